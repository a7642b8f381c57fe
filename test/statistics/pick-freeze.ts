/** Pick-freeze sampling of models with known Sobol' indices, on the project's own streams. */
import { fillDraws, STREAM_FAMILY, streamKey } from '../../src/random/stream.js';
import { type Estimate, studentT975 } from '../../src/statistics/intervals.js';
import {
  type PickFreezeSums,
  type SobolIndices,
  sobolIndices,
} from '../../src/statistics/sobol-indices.js';
import type { Model } from './sobol-models.js';

/** All outputs of a run by themselves: [mating][position] of A, B and AB of each group. */
export interface Outputs {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
  readonly mixed: readonly (readonly (readonly number[])[])[];
}

/** `swapped` makes the groups' sets wrong: all inputs of B but the group's, which are those of A. */
export function sample(model: Model, matings: number, seed: string, swapped = false): Outputs {
  const key = streamKey(seed);
  const raw = new Uint32Array(model.count);
  const drawn = (mating: number, family: number): Float64Array => {
    fillDraws(key, mating, family, raw, 0, model.count);
    const x = Float64Array.from(raw, (word) => (word + 0.5) * 2 ** -32);
    model.inputs(x);
    return x;
  };
  const outputs = {
    a: new Array<readonly number[]>(matings),
    b: new Array<readonly number[]>(matings),
    mixed: model.groups.map(() => new Array<readonly number[]>(matings)),
  };
  for (let mating = 0; mating < matings; mating++) {
    const [a, b] = [drawn(mating, STREAM_FAMILY.base), drawn(mating, STREAM_FAMILY.extra)];
    outputs.a[mating] = model.outputs(a);
    outputs.b[mating] = model.outputs(b);
    const [kept, taken] = swapped ? [b, a] : [a, b];
    model.groups.forEach((group, g) => {
      const x = Float64Array.from(kept);
      for (const k of group) x[k] = taken[k]!;
      outputs.mixed[g]![mating] = model.outputs(x);
    });
  }
  return outputs;
}

/** Sums of sections of equal length, f less `shift` at each position. */
export function sumsOf(
  outputs: Outputs,
  sections: number,
  shift: readonly number[],
): PickFreezeSums {
  const { a, b, mixed } = outputs;
  const length = a.length / sections;
  const bySection = (term: (mating: number) => number): Float64Array => {
    const sums = new Float64Array(sections);
    for (let i = 0; i < a.length; i++) sums[Math.floor(i / length)]! += term(i);
    return sums;
  };
  const overPositions = (term: (position: number) => number): number =>
    shift.reduce((sum, _, p) => sum + term(p), 0);
  const differences = (x: Outputs['a'], y: Outputs['a']): Float64Array =>
    bySection((i) => overPositions((p) => (x[i]![p]! - y[i]![p]!) ** 2));
  const own = (x: Outputs['a']) => ({
    sums: shift.map((s, p) => bySection((i) => x[i]![p]! - s)),
    squares: bySection((i) => overPositions((p) => (x[i]![p]! - shift[p]!) ** 2)),
  });
  return {
    matings: bySection(() => 1),
    a: own(a),
    b: own(b),
    aToB: differences(a, b),
    groups: mixed.map((x) => ({ ...own(x), toA: differences(x, a), toB: differences(x, b) })),
  };
}

/** Sections of a run, unless others are asked for. */
export const SECTIONS = 64;

export const noShift = (model: Model): number[] => new Array<number>(model.positions).fill(0);

export function indicesFrom(model: Model, outputs: Outputs, sections = SECTIONS): SobolIndices {
  return sobolIndices(sumsOf(outputs, sections, noShift(model))) as SobolIndices;
}

/** S of all groups, T of all groups, interactions. */
export const listed = ({ groups, interactions }: SobolIndices): Estimate[] => [
  ...groups.map(({ first }) => first),
  ...groups.map(({ total }) => total),
  interactions,
];

/** Standard error behind an interval from SECTIONS sections. */
export const standardError = ({ value, high }: Estimate): number =>
  ((high as number) - value) / studentT975(SECTIONS - 1);
