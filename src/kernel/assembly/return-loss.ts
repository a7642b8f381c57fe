/** Twin of src/model/return-loss.ts for two matings. */
import * as PART from '../../model/places/fibre';
import * as OPTICS from '../../model/places/optics';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import { DB_PER_NEPER, exp, log, NEPERS_PER_DB, sinTurns } from './elementary';
import { FIBRE_STEP, halfOf, PINNED_FIBRES, part } from './parts';
import { address, word } from './record';
import { add, constant, div, gt, min, mul, ONE, select, splat, sub } from './vector';

const HIGHEST_FLOOR_DB: f64 = 300;

export function returnLosses(pair: usize, parts: usize, half: usize): void {
  const wavelength = constant(pair + PAIR.wavelengthUm);
  const index = constant(pair + PAIR.glassIndex);
  let male = parts + PINNED_FIBRES;
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const source = parts + load<usize>(fibre, FIBRE.opticsAt);
    const receiver = parts + load<usize>(fibre, FIBRE.femaleOpticsAt);
    const gap = v128.load(fibre + half, FIBRE.gapUm);
    const apart = sinTurns(div(gap, wavelength));
    const x = mul(constant(pair + PAIR.gapFinesse), mul(apart, apart));
    const layerIndex = meanOf(source, receiver, OPTICS.layerIndex);
    const thickness = meanOf(source, receiver, OPTICS.layerThicknessUm);
    const step = div(sub(layerIndex, index), add(layerIndex, index));
    const layer = sinTurns(div(mul(mul(splat(2), layerIndex), thickness), wavelength));
    const inGap = div(x, add(v128.load(ONE), x));
    const inContact = mul(mul(splat(4), mul(step, step)), mul(layer, layer));
    const reflected = select(gt(gap, splat(0)), inGap, inContact);
    const radius = halfOf(male, PART.modeFieldDiameterUm);
    const angle = add(
      constant(pair + PAIR.angleNepers),
      mul(constant(pair + PAIR.angleNepersPerUm2), mul(radius, radius)),
    );
    const floorDb = min(part(source, OPTICS.scatterFloorDb), splat(HIGHEST_FLOOR_DB));
    const floor = exp(mul(splat(-NEPERS_PER_DB), floorDb));
    const returned = add(floor, mul(reflected, exp(f64x2.neg(angle))));
    const lossDb = mul(splat(-DB_PER_NEPER), log(returned));
    v128.store(fibre + half, lossDb, FIBRE.returnLossDb);
    male += FIBRE_STEP;
    fibre += FIBRE.octets;
  }
}

/** Half the sum of a number of both fibres. */
function meanOf(source: usize, receiver: usize, place: usize): v128 {
  return mul(splat(0.5), add(part(source, place), part(receiver, place)));
}
