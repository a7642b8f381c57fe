/** Lots for the tests of their statistics, and comparisons of estimates. */
import { expect } from 'vitest';
import type { LotLosses } from '../../src/statistics/crossed.js';
import type { Estimate } from '../../src/statistics/intervals.js';
import { Chance } from '../support/chance.js';

type Counts = readonly [repeats: number, pinned: number, unpinned: number, fibres: number];

export function lotOf(
  [repeats, pinned, unpinned, fibres]: Counts,
  loss: (r: number, i: number, j: number, f: number) => number,
): LotLosses {
  const lossDb = new Float64Array(repeats * pinned * unpinned * fibres);
  let k = 0;
  for (let r = 0; r < repeats; r++)
    for (let i = 0; i < pinned; i++)
      for (let j = 0; j < unpinned; j++)
        for (let f = 0; f < fibres; f++) lossDb[k++] = loss(r, i, j, f);
  return { lossDb, repeats, pinned, unpinned, fibres };
}

/** Skewed losses to which plugs, combinations and matings add. */
export function chanceLot(counts: Counts, seed = 1): LotLosses {
  const chance = new Chance(seed);
  const [, pinned, unpinned] = counts;
  const skewed = () => -0.1 * Math.log(1 - chance.unit());
  const a = Array.from({ length: pinned }, skewed);
  const b = Array.from({ length: unpinned }, skewed);
  return lotOf(counts, (_, i, j, f) => {
    const [own, its] = [a[i] as number, b[j] as number];
    return own + its + 10 * own * its + skewed() + 0.01 * f * f;
  });
}

export const at = (
  { lossDb, pinned, unpinned, fibres }: LotLosses,
  r: number,
  i: number,
  j: number,
  f: number,
) => lossDb[((r * pinned + i) * unpinned + j) * fibres + f] as number;

export const numbers = ({ value, low, high }: Estimate) => [value, low, high];

export function expectClose(
  estimate: Estimate,
  expected: readonly (number | null)[],
  digits = 10,
): void {
  numbers(estimate).forEach((x, i) => {
    const e = expected[i] as number | null;
    if (e === null) expect(x).toBeNull();
    else expect(x).toBeCloseTo(e, digits);
  });
}
