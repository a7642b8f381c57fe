/** Random laws about any place, and what is drawn of them. */
import { compileLaw } from '../../src/plan/laws.js';
import { lawValue } from '../../src/random/draw.js';
import { LAW_NAMES } from '../../src/scenario/law-fields.js';
import type { Distribution } from '../../src/scenario/types.js';
import { Chance } from '../support/chance.js';
import { randomLaw } from '../support/random-laws.js';

/** Value of the sum of the contributions of one input at a draw that all of them share. */
export function valueAt(laws: readonly Distribution[]): (x: number) => number {
  const compiled = laws.map(compileLaw);
  return (x) =>
    compiled.reduce((sum, law) => sum + ('fixed' in law ? law.fixed : lawValue(law, x)), 0);
}

/** Random laws of every family about a place that is large against their width, or 0. */
export function randomLaws(seed: number, count: number): Distribution[] {
  const chance = new Chance(seed);
  return LAW_NAMES.flatMap((kind) =>
    Array.from({ length: count }, () => {
      const low = chance.pick([-1, 0, 0.3, 699]);
      return randomLaw(chance, kind, low, low + chance.between(0.1, 2))[0];
    }),
  );
}

const size = (values: readonly number[]) => Math.max(...values.map(Math.abs));
/** Largest number that goes into a value of the law, for roundings. */
export function magnitude(law: Distribution): number {
  return size(
    Object.values(law)
      .flat()
      .filter((field): field is number => typeof field === 'number'),
  );
}

export function normal(mean: number, sigma: number, lower: number | null, upper: number | null) {
  return { distribution: 'normal', mean, sigma, lower, upper } as const;
}

export function toleranced(nominal: number, plus: number, minus: number, sorted: boolean) {
  return { distribution: 'toleranced', nominal, plus, minus, cpk: 1, sorted } as const;
}
