/** Twin of src/random/draw.ts: draws in groups of units (see draw-layout.ts), for four matings. */
import * as LAW from '../../random/law-codes';
import * as DRAW from '../places/draw';
import { NUMBER } from '../places/octets';
import * as UNIT from '../places/unit';
import { discRadius, oddQuarter, quarterCosine, quarterSine, restOf } from './direction';
import { sharesQuantile, triangularQuantile } from './laws';
import { tableValue } from './quantile-table';
import { address, word } from './record';
import { add, mul, splat } from './vector';

/** An eighth of a turn, and the sign bit. */
const EIGHTH = memory.data<i32>([0x20000000, 0x20000000, 0x20000000, 0x20000000], 16);
const SIGN = memory.data<u32>([0x80000000, 0x80000000, 0x80000000, 0x80000000], 16);

export function applyDraw(draw: usize): void {
  const law = word(draw, DRAW.law);
  if (law === DRAW.LAW_SCALED) scaleScores(draw);
  else if (law === DRAW.LAW_SCORE) storeScores(draw);
  else if (law === LAW.quantileTable) applyTable(draw);
  else if (law === LAW.discPoint || law === LAW.direction) applyDirections(draw, law);
  else applyOther(draw, law);
}

/** The upper two lanes of four floats or words, moved to the lower places. */
function upper(x: v128): v128 {
  return v128.shuffle<i64>(x, x, 1, 1);
}

function applyTable(draw: usize): void {
  const rows = address(draw, DRAW.rowsAt);
  const bounds = address(draw, DRAW.tableAt);
  const adds = word(draw, DRAW.adds) !== 0;
  let unit = address(draw, DRAW.unitsAt);
  for (let i = word(draw, DRAW.units); i > 0; i--) {
    const target = load<usize>(unit, UNIT.targetAt);
    const v = tableValue(rows, bounds, load<usize>(unit, UNIT.drawAt));
    put(target, adds, scaled(unit, v));
    put(target + 16, adds, scaled(unit, upper(v)));
    unit += UNIT.octets;
  }
}

/** Scores in a quantile table, as four floats, for the pairs that share them. */
function storeScores(draw: usize): void {
  const rows = address(draw, DRAW.rowsAt);
  const bounds = address(draw, DRAW.tableAt);
  let unit = address(draw, DRAW.unitsAt);
  for (let i = word(draw, DRAW.units); i > 0; i--) {
    const v = tableValue(rows, bounds, load<usize>(unit, UNIT.drawAt));
    v128.store(load<usize>(unit, UNIT.targetAt), v);
    unit += UNIT.octets;
  }
}

/** What a pair makes of these scores. */
function scaleScores(draw: usize): void {
  const adds = word(draw, DRAW.adds) !== 0;
  let unit = address(draw, DRAW.unitsAt);
  for (let i = word(draw, DRAW.units); i > 0; i--) {
    const target = load<usize>(unit, UNIT.targetAt);
    const v = v128.load(load<usize>(unit, UNIT.drawAt));
    put(target, adds, scaled(unit, v));
    put(target + 16, adds, scaled(unit, upper(v)));
    unit += UNIT.octets;
  }
}

/** a + b·v for the lower two of four floats. */
function scaled(unit: usize, v: v128): v128 {
  const wide = f64x2.promote_low_f32x4(v);
  return add(v128.load_splat<f64>(unit, UNIT.a), mul(v128.load_splat<f64>(unit, UNIT.b), wide));
}

/** Stores four floats as the four lanes of one number. */
function storeWide(at: usize, v: v128): void {
  v128.store(at, f64x2.promote_low_f32x4(v));
  v128.store(at, f64x2.promote_low_f32x4(upper(v)), 16);
}

/** Points of the unit disc (radius and direction from two draws) or unit vectors. */
function applyDirections(draw: usize, law: i32): void {
  const isPoint = law === LAW.discPoint;
  let unit = address(draw, DRAW.unitsAt);
  for (let i = word(draw, DRAW.units); i > 0; i--) {
    const at = load<usize>(unit, UNIT.drawAt);
    const target = load<usize>(unit, UNIT.targetAt);
    const angle = v128.load(isPoint ? at + UNIT.DRAW_OCTETS : at);
    const sine = quarterSine(restOf(angle));
    const cosine = quarterCosine(sine);
    const turned = i32x4.add(angle, v128.load(EIGHTH));
    const odd = oddQuarter(turned);
    const sign = v128.load(SIGN);
    const signX = v128.and(v128.xor(turned, i32x4.shl(turned, 1)), sign);
    let directionX = v128.xor(v128.bitselect(sine, cosine, odd), signX);
    let directionY = v128.xor(v128.bitselect(cosine, sine, odd), v128.and(turned, sign));
    if (isPoint) {
      const radius = discRadius(v128.load(at));
      directionX = f32x4.mul(radius, directionX);
      directionY = f32x4.mul(radius, directionY);
    }
    storeWide(target, directionX);
    storeWide(target + NUMBER, directionY);
    unit += UNIT.octets;
  }
}

function applyOther(draw: usize, law: i32): void {
  const adds = word(draw, DRAW.adds) !== 0;
  let unit = address(draw, DRAW.unitsAt);
  for (let i = word(draw, DRAW.units); i > 0; i--) {
    const target = load<usize>(unit, UNIT.targetAt);
    const x = v128.load(load<usize>(unit, UNIT.drawAt));
    put(target, adds, otherValue(draw, unit, law, x));
    put(target + 16, adds, otherValue(draw, unit, law, upper(x)));
    unit += UNIT.octets;
  }
}

function put(at: usize, adds: bool, value: v128): void {
  v128.store(at, adds ? add(v128.load(at), value) : value);
}

/** Values of the first two draws of x. */
function otherValue(draw: usize, unit: usize, law: i32, x: v128): v128 {
  const a = load<f64>(unit, UNIT.a);
  const b = load<f64>(unit, UNIT.b);
  if (law === LAW.uniform) {
    return add(splat(a), mul(splat(b), f64x2.convert_low_i32x4_u(x)));
  }
  if (law === LAW.triangular) return triangularQuantile(x, a, b, load<f64>(unit, UNIT.c));
  return sharesQuantile(x, address(draw, DRAW.tableAt), law === LAW.histogram);
}
