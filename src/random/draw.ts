/** Turning 32-bit draws into parts: each Draw gives one kind of number in the record one random contribution. */
import { InvariantError } from '../errors.js';
import { directionX, directionY, discRadius } from './direction.js';
import * as LAW from './law-codes.js';
import { sharesQuantile, triangularQuantile } from './laws.js';
import { tableValue } from './quantile-table.js';

export { LAW };

/** A law with its parameters, as law-codes.ts explains them. */
export interface LawNumbers {
  readonly law: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Quantile table of a continuous law; empty for all others. */
  readonly quantiles: Float32Array;
  /** Shares and values of a histogram or a discrete law; empty for all others. */
  readonly shares: Float64Array;
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
  /** Adds to what earlier draws left there; otherwise it is the first one, which holds the fixed contributions too. */
  readonly adds: boolean;
}

const UNIT = 2 ** -32;

/** Value of a law of one number for the 32-bit draw x. */
export function lawValue(law: LawNumbers, x: number): number {
  switch (law.law) {
    case LAW.quantileTable:
      return law.a + law.b * tableValue(law.quantiles, x);
    case LAW.uniform:
      return law.a + law.b * x;
    case LAW.triangular:
      return triangularQuantile((x + 0.5) * UNIT, law.a, law.b, law.c);
    case LAW.histogram:
      return sharesQuantile((x + 0.5) * UNIT, law.shares, true);
    case LAW.discrete:
      return sharesQuantile((x + 0.5) * UNIT, law.shares, false);
    default:
      throw new InvariantError(`unknown law ${law.law}`);
  }
}

/**
 * Writes the drawn values of all contributions into the record of parts.
 *
 * @param draws contributions, in a fixed order
 * @param raw 32-bit draws of the mating
 * @param parts the record; places that no draw writes keep what they hold
 */
export function applyDraws(draws: readonly Draw[], raw: Uint32Array, parts: Float64Array): void {
  for (let k = 0; k < draws.length; k++) {
    const draw = draws[k]!;
    if (draw.law === LAW.discPoint) placeInDisc(draw, raw, parts);
    else if (draw.law === LAW.direction) direct(draw, raw, parts);
    else applyValues(draw, raw, parts);
  }
}

function applyValues(draw: Draw, raw: Uint32Array, parts: Float64Array): void {
  const { law, a, b, quantiles, adds, positionStep, targetStep, count } = draw;
  let position = draw.position;
  let target = draw.target;
  for (let unit = 0; unit < count; unit++) {
    const x = raw[position]!;
    // The law that most inputs follow is spared a call.
    const value = law === LAW.quantileTable ? a + b * tableValue(quantiles, x) : lawValue(draw, x);
    parts[target] = adds ? parts[target]! + value : value;
    position += positionStep;
    target += targetStep;
  }
}

function placeInDisc(draw: Draw, raw: Uint32Array, parts: Float64Array): void {
  for (let unit = 0; unit < draw.count; unit++) {
    const position = draw.position + unit * draw.positionStep;
    const target = draw.target + unit * draw.targetStep;
    const radius = discRadius(raw[position]!);
    parts[target] = Math.fround(radius * directionX(raw[position + 1]!));
    parts[target + 1] = Math.fround(radius * directionY(raw[position + 1]!));
  }
}

function direct(draw: Draw, raw: Uint32Array, parts: Float64Array): void {
  for (let unit = 0; unit < draw.count; unit++) {
    const x = raw[draw.position + unit * draw.positionStep]!;
    const target = draw.target + unit * draw.targetStep;
    parts[target] = directionX(x);
    parts[target + 1] = directionY(x);
  }
}
