/** Turning 32-bit draws into parts: each Draw adds one random contribution to one kind of number in the record. */
import { InvariantError } from '../errors.js';
import { exp } from '../numerics/elementary.js';
import { drawNormal } from '../numerics/normal.js';
import { betaQuantile } from './beta.js';
import { rayleighQuantile, tableQuantile, triangularQuantile, weibullQuantile } from './laws.js';

/** Which law a Draw follows. With u = (x + ½)/2³² for the 32-bit draw x, and Z the normal score: */
export const LAW = {
  /** a + b·u */
  uniform: 0,
  /** a + b·Z, Z at the scaled probability c + d·(x + ½), kept within [e, f] */
  normal: 1,
  /** triangular: low a, mode b, high c */
  triangular: 2,
  /** a·exp(b·Z) */
  lognormal: 3,
  /** scale a, kept share b */
  rayleigh: 4,
  /** scale a, shape b */
  weibull: 5,
  /** a + b·B, B from the beta table */
  beta: 6,
  /** piecewise linear quantile table */
  histogram: 7,
  /** step quantile table */
  discrete: 8,
  /** a·√u: radius of a point uniform on a disc */
  discRadius: 9,
  /** a + Σ table coefficients × scores; table = [m, (position, stride, coefficient) × m] */
  correlated: 10,
} as const;

/** A law with its parameters, as LAW explains them. */
export interface LawNumbers {
  readonly law: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
  readonly table: Float64Array;
}

/** One contribution of one input, for all the units (fibres, pins) that it is drawn for. Numbers only. */
export interface Draw extends LawNumbers {
  /** Index of the first unit's 32-bit draw, and the step to the next unit's; step 0 shares one draw. */
  readonly position: number;
  readonly positionStep: number;
  readonly count: number;
  /** Index in the record of parts of the first unit's number, and the step to the next. */
  readonly target: number;
  readonly targetStep: number;
  /** Factor on the drawn value. */
  readonly scale: number;
}

const UNIT = 2 ** -32;

/**
 * Adds the drawn value of every contribution to the record of parts.
 *
 * @param draws contributions, in a fixed order
 * @param raw 32-bit draws of the mating (and of its lots)
 * @param parts the record, holding the fixed contributions
 */
export function applyDraws(draws: readonly Draw[], raw: Uint32Array, parts: Float64Array): void {
  for (let k = 0; k < draws.length; k++) {
    const draw = draws[k]!;
    if (draw.law === LAW.normal) addNormal(draw, raw, parts);
    else if (draw.law === LAW.uniform) addUniform(draw, raw, parts);
    else addOther(draw, raw, parts);
  }
}

/** The law that most inputs follow has a loop of its own, without a call a unit. */
function addNormal(draw: Draw, raw: Uint32Array, parts: Float64Array): void {
  const { a, b, c, d, e, f, scale, positionStep, targetStep, count } = draw;
  let position = draw.position;
  let target = draw.target;
  for (let unit = 0; unit < count; unit++) {
    const z = drawNormal(c + d * (raw[position]! + 0.5));
    parts[target] = parts[target]! + scale * (a + b * (z < e ? e : Math.min(z, f)));
    position += positionStep;
    target += targetStep;
  }
}

function addUniform(draw: Draw, raw: Uint32Array, parts: Float64Array): void {
  const { a, b, scale, positionStep, targetStep, count } = draw;
  let position = draw.position;
  let target = draw.target;
  for (let unit = 0; unit < count; unit++) {
    parts[target] = parts[target]! + scale * (a + b * ((raw[position]! + 0.5) * UNIT));
    position += positionStep;
    target += targetStep;
  }
}

function addOther(draw: Draw, raw: Uint32Array, parts: Float64Array): void {
  let position = draw.position;
  let target = draw.target;
  for (let unit = 0; unit < draw.count; unit++) {
    parts[target] = parts[target]! + draw.scale * otherValue(draw, raw, position, unit);
    position += draw.positionStep;
    target += draw.targetStep;
  }
}

/** Value of one unit of a contribution that is neither normal nor uniform. */
function otherValue(draw: Draw, raw: Uint32Array, position: number, unit: number): number {
  const P = raw[position]! + 0.5;
  switch (draw.law) {
    case LAW.discRadius:
      return draw.a * Math.sqrt(P * UNIT);
    case LAW.rayleigh:
      return rayleighQuantile(P * UNIT, draw.a, draw.b);
    case LAW.triangular:
      return triangularQuantile(P * UNIT, draw.a, draw.b, draw.c);
    case LAW.lognormal:
      return draw.a * exp(draw.b * drawNormal(P));
    case LAW.weibull:
      return weibullQuantile(P * UNIT, draw.a, draw.b);
    case LAW.beta:
      return draw.a + draw.b * betaQuantile(P, draw.table);
    case LAW.histogram:
      return tableQuantile(P * UNIT, draw.table, true);
    case LAW.discrete:
      return tableQuantile(P * UNIT, draw.table, false);
    case LAW.correlated:
      return draw.a + correlatedScore(draw.table, raw, unit);
    default:
      throw new InvariantError(`unknown law ${draw.law}`);
  }
}

/** Linear combination of normal scores drawn at the positions that the table names. */
function correlatedScore(table: Float64Array, raw: Uint32Array, unit: number): number {
  let sum = 0;
  const terms = table[0]!;
  for (let j = 0; j < terms; j++) {
    const at = 1 + 3 * j;
    sum += table[at + 2]! * drawNormal(raw[table[at]! + unit * table[at + 1]!]! + 0.5);
  }
  return sum;
}
