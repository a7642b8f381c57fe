/** Twin of src/model/offsets.ts. */
import * as PART from '../../model/places/fibre';
import * as PLUG from '../../model/places/plug';
import * as CONTACT from '../places/contact';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { FIBRE_STEP, halfOf, PINNED_FIBRES, PINNED_PLUG, part, UNPINNED_PLUG } from './parts';
import { address, word } from './record';
import { add, constant, mul, splat, sub } from './vector';

/** @param directions the fibre's place in the record that holds the directions of all pairs */
function coreErrorXUm(plug: usize, fibre: usize, directions: usize): v128 {
  return add(
    add(
      add(part(plug, PLUG.rowBiasXUm), part(fibre, PART.positionErrorXUm)),
      mul(halfOf(fibre, PART.boreClearanceUm), part(directions, PART.placeInBoreX)),
    ),
    mul(part(fibre, PART.coreEccentricityUm), part(directions, PART.coreDirectionX)),
  );
}

function coreErrorYUm(plug: usize, fibre: usize, directions: usize): v128 {
  return add(
    add(
      add(part(plug, PLUG.rowBiasYUm), part(fibre, PART.positionErrorYUm)),
      mul(halfOf(fibre, PART.boreClearanceUm), part(directions, PART.placeInBoreY)),
    ),
    mul(part(fibre, PART.coreEccentricityUm), part(directions, PART.coreDirectionY)),
  );
}

export function faceSlopes(pair: usize, parts: usize, state: usize): void {
  const male = parts + PINNED_PLUG;
  const female = parts + UNPINNED_PLUG;
  const alongX = add(
    mul(constant(pair + PAIR.signX), part(female, PLUG.slopeErrorXRad)),
    part(male, PLUG.slopeErrorXRad),
  );
  const alongY = add(
    mul(constant(pair + PAIR.signY), part(female, PLUG.slopeErrorYRad)),
    part(male, PLUG.slopeErrorYRad),
  );
  v128.store(state, f64x2.neg(alongX), STATE.slopeXRad);
  v128.store(state, f64x2.neg(alongY), STATE.slopeYRad);
}

/** Free gaps, and their sums over all fibres, from which the contact starts. */
export function freeGaps(
  pair: usize,
  parts: usize,
  state: usize,
  half: usize,
  contact: usize,
): void {
  const slopeX = v128.load(state, STATE.slopeXRad);
  const slopeY = v128.load(state, STATE.slopeYRad);
  let sumG = splat(0);
  let sumGX = splat(0);
  let sumGY = splat(0);
  let male = parts + PINNED_FIBRES;
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const female = parts + load<usize>(fibre, FIBRE.femaleAt);
    const x = constant(fibre + FIBRE.xUm);
    const y = constant(fibre + FIBRE.yUm);
    const raised = sub(add(mul(slopeX, x), mul(slopeY, y)), part(male, PART.heightUm));
    const g = sub(raised, part(female, PART.heightUm));
    v128.store(fibre + half, g, FIBRE.freeGapUm);
    sumG = add(sumG, g);
    sumGX = add(sumGX, mul(g, x));
    sumGY = add(sumGY, mul(g, y));
    male += FIBRE_STEP;
    fibre += FIBRE.octets;
  }
  v128.store(contact, sumG, CONTACT.sumG);
  v128.store(contact, sumGX, CONTACT.sumGX);
  v128.store(contact, sumGY, CONTACT.sumGY);
}

/** (n−1)ψ and the tilt, the same for all fibres. */
export function wedges(pair: usize, state: usize): void {
  const bend = constant(pair + PAIR.bend);
  const slopeX = mul(bend, v128.load(state, STATE.slopeXRad));
  const slopeY = mul(bend, v128.load(state, STATE.slopeYRad));
  v128.store(state, add(v128.load(state, STATE.tiltXRad), slopeX), STATE.wedgeXRad);
  v128.store(state, add(v128.load(state, STATE.tiltYRad), slopeY), STATE.wedgeYRad);
}

/** Each result is stored before the next one's numbers are loaded: V8 keeps the order of loads and stores. */
export function fibreOffsets(pair: usize, parts: usize, state: usize, half: usize): void {
  const toDirections = address(pair, PAIR.toDirections);
  const leans = word(pair, PAIR.leans) !== 0;
  const malePlug = parts + PINNED_PLUG;
  const femalePlug = parts + UNPINNED_PLUG;
  let male = parts + PINNED_FIBRES;
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const female = parts + load<usize>(fibre, FIBRE.femaleAt);
    const at = fibre + half;
    const femaleX = mul(
      constant(pair + PAIR.signX),
      coreErrorXUm(femalePlug, female, female + toDirections),
    );
    const coreX = sub(femaleX, coreErrorXUm(malePlug, male, male + toDirections));
    const turnX = mul(v128.load(state, STATE.offsetTurnRad), constant(fibre + FIBRE.yUm));
    const plugX = sub(v128.load(state, STATE.offsetXUm), turnX);
    v128.store(at, add(plugX, coreX), FIBRE.offsetXUm);

    const femaleY = mul(
      constant(pair + PAIR.signY),
      coreErrorYUm(femalePlug, female, female + toDirections),
    );
    const coreY = sub(femaleY, coreErrorYUm(malePlug, male, male + toDirections));
    const turnY = mul(v128.load(state, STATE.offsetTurnRad), constant(fibre + FIBRE.xUm));
    const plugY = add(v128.load(state, STATE.offsetYUm), turnY);
    const walkOff = mul(v128.load(at, FIBRE.gapUm), constant(pair + PAIR.walkOff));
    v128.store(at, add(add(plugY, coreY), walkOff), FIBRE.offsetYUm);

    let tiltX = v128.load(state, STATE.wedgeXRad);
    let tiltY = v128.load(state, STATE.wedgeYRad);
    if (leans) {
      const femaleLeanX = mul(constant(pair + PAIR.signX), part(female, PART.tiltXRad));
      const femaleLeanY = mul(constant(pair + PAIR.signY), part(female, PART.tiltYRad));
      const leanX = add(femaleLeanX, part(male, PART.tiltXRad));
      const leanY = add(femaleLeanY, part(male, PART.tiltYRad));
      tiltX = sub(tiltX, mul(constant(pair + PAIR.glassIndex), leanX));
      tiltY = sub(tiltY, mul(constant(pair + PAIR.glassIndex), leanY));
    }
    v128.store(at, tiltX, FIBRE.tiltXRad);
    v128.store(at, tiltY, FIBRE.tiltYRad);
    male += FIBRE_STEP;
    fibre += FIBRE.octets;
  }
}
