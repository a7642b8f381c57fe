/** Twin of src/model/multimode.ts, and of fibreLosses for multimode fibres, for two matings. */
import * as OPTICS from '../../model/places/optics';
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import * as STATE from '../places/state';
import { DB_PER_NEPER } from './elementary';
import { part } from './parts';
import { address, word } from './record';
import { gapTransmissionNepers } from './reflection';
import {
  add,
  addTo,
  and,
  constant,
  div,
  gt,
  isAny,
  lt,
  mul,
  ONE,
  select,
  splat,
  sub,
} from './vector';

/** Numbers of the table's header, octets of a row of coefficients, and where the rows begin (multimode-table.ts). */
const FIRST_CUT: usize = 0;
const CUTS: usize = 8;
const LAST_CELL: usize = 16;
const CELLS_PER_UNIT: usize = 24;
const ROWS: usize = 64;
const ROW_OCTETS: usize = 32;

export function multimodeLosses(pair: usize, parts: usize, state: usize, half: usize): void {
  for (let sum = STATE.causes; sum <= STATE.gaps; sum += 16) v128.store(state + sum, splat(0));
  let fibre = address(pair, PAIR.fibresAt);
  for (let i = word(pair, PAIR.fibres); i > 0; i--) {
    const at = fibre + half;
    const source = parts + load<usize>(fibre, FIBRE.opticsAt);
    const receiver = parts + load<usize>(fibre, FIBRE.femaleOpticsAt);
    const coupled = couple(pair, state, at, receivingCut(pair, source, receiver));
    const gap = v128.load(at, FIBRE.gapUm);
    const apart = gt(gap, splat(0));
    let interference = splat(0);
    if (isAny(apart)) {
      const wavelength = constant(pair + PAIR.wavelengthUm);
      const nepers = gapTransmissionNepers(gap, wavelength, constant(pair + PAIR.gapFinesse));
      interference = and(apart, nepers);
      addTo(state + STATE.causes + 48, interference);
      addTo(state + STATE.gaps, and(apart, v128.load(ONE)));
    }
    v128.store(at, mul(splat(DB_PER_NEPER), add(coupled, interference)), FIBRE.lossDb);
    fibre += FIBRE.octets;
  }
}

function receivingCut(pair: usize, source: usize, receiver: usize): v128 {
  const received = mul(
    part(receiver, OPTICS.coreDiameterUm),
    part(receiver, OPTICS.numericalAperture),
  );
  const sent = mul(part(source, OPTICS.coreDiameterUm), part(source, OPTICS.numericalAperture));
  return mul(constant(pair + PAIR.groups), div(received, sent));
}

/** multimodeCoupling; adds the causes of one fibre to their sums. */
function couple(pair: usize, state: usize, at: usize, cut: v128): v128 {
  const table = address(pair, PAIR.tableAt);
  const one = v128.load(ONE);
  const dx = v128.load(at, FIBRE.offsetXUm);
  const dy = v128.load(at, FIBRE.offsetYUm);
  const tiltX = v128.load(at, FIBRE.tiltXRad);
  const tiltY = v128.load(at, FIBRE.tiltYRad);
  const offset = mul(constant(pair + PAIR.offsetPerUm2), add(mul(dx, dx), mul(dy, dy)));
  const tilt = mul(constant(pair + PAIR.tiltPerRad2), add(mul(tiltX, tiltX), mul(tiltY, tiltY)));
  const s = add(offset, tilt);

  const cuts = constant(table + CUTS);
  const zero = splat(0);
  let position = sub(cut, constant(table + FIRST_CUT));
  position = select(gt(position, zero), position, zero);
  const highest = sub(cuts, one);
  position = select(lt(position, highest), position, highest);
  const below = f64x2.floor(position);
  const lastBut = sub(cuts, splat(2));
  const lower = select(lt(below, lastBut), below, lastBut);
  const f = sub(position, lower);
  const rest = sub(one, f);

  const x = mul(f64x2.sqrt(s), constant(table + CELLS_PER_UNIT));
  const last = constant(table + LAST_CELL);
  const cell = f64x2.floor(select(lt(x, last), x, last));
  const u = sub(x, cell);

  const inLine = i32x4.trunc_sat_f64x2_s_zero(lower);
  const row = i32x4.trunc_sat_f64x2_s_zero(add(lower, mul(cell, cuts)));
  const rows = table + ROWS;
  const line0 = rows + <usize>i32x4.extract_lane(inLine, 0) * ROW_OCTETS;
  const line1 = rows + <usize>i32x4.extract_lane(inLine, 1) * ROW_OCTETS;
  const row0 = rows + <usize>i32x4.extract_lane(row, 0) * ROW_OCTETS;
  const row1 = rows + <usize>i32x4.extract_lane(row, 1) * ROW_OCTETS;
  const mismatch = add(
    mul(rest, both(line0, line1)),
    mul(f, both(line0 + ROW_OCTETS, line1 + ROW_OCTETS)),
  );
  const whole = add(
    mul(rest, cubic(row0, row1, u)),
    mul(f, cubic(row0 + ROW_OCTETS, row1 + ROW_OCTETS, u)),
  );
  const excess = sub(whole, mismatch);
  const lateral = mul(and(gt(s, zero), div(offset, s)), excess);
  const angular = sub(excess, lateral);
  addTo(state + STATE.causes, lateral);
  addTo(state + STATE.causes + 16, angular);
  addTo(state + STATE.causes + 32, mismatch);
  return add(add(lateral, angular), mismatch);
}

/** The numbers at two addresses. */
function both(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

function cubic(first: usize, second: usize, u: v128): v128 {
  const low0 = v128.load(first);
  const low1 = v128.load(second);
  const high0 = v128.load(first, 16);
  const high1 = v128.load(second, 16);
  const a = v128.shuffle<f64>(low0, low1, 0, 2);
  const b = v128.shuffle<f64>(low0, low1, 1, 3);
  const c = v128.shuffle<f64>(high0, high1, 0, 2);
  const d = v128.shuffle<f64>(high0, high1, 1, 3);
  return add(a, mul(u, add(b, mul(u, add(c, mul(u, d))))));
}
