/** Models of the losses of a lot whose true values are closed forms: normal effects, and squares of offsets. */
import { normalCdf, normalQuantile } from '../../src/numerics/normal.js';
import type { Chance } from '../support/chance.js';

export const [REPEATS, PLUGS, FIBRES] = [2, 12, 4];
export const LOSSES = REPEATS * PLUGS * PLUGS * FIBRES;
/** Correlation between the fibres of a plug, of a combination, of a mating. */
const CORRELATION = 0.7;
/** Positions differ by this from one to the next. */
const STEP_DB = 0.3;

export function normalOf(chance: Chance): number {
  return normalQuantile(chance.unit() + 2 ** -33);
}

/** Standard normal effects of so many plugs, combinations or matings on their fibres. */
function effects(chance: Chance, count: number): (which: number, fibre: number) => number {
  const values = Array.from({ length: count }, () => {
    const shared = Math.sqrt(CORRELATION) * normalOf(chance);
    return Array.from(
      { length: FIBRES },
      () => shared + Math.sqrt(1 - CORRELATION) * normalOf(chance),
    );
  });
  return (which, fibre) => values[which]?.[fibre] as number;
}

type Loss = (mating: number, cell: number, pinned: number, unpinned: number, f: number) => number;
export const CELLS = PLUGS * PLUGS;

interface Model {
  readonly name: string;
  /** Draws a lot; losses without what the positions add. */
  readonly draw: (chance: Chance) => Loss;
  readonly mean: number;
  /** P(loss ≤ x), likewise. */
  readonly share: (x: number) => number;
  readonly variances: Readonly<
    Record<'pinned' | 'unpinned' | 'combination' | 'matingToMating', number>
  >;
}

export const NORMAL: Model = {
  name: 'normal effects',
  draw: (chance) => {
    const [a, b] = [effects(chance, PLUGS), effects(chance, PLUGS)];
    const [c, e] = [effects(chance, CELLS), effects(chance, REPEATS * CELLS)];
    return (mating, cell, i, j, f) =>
      10 + a(i, f) + 0.8 * b(j, f) + 0.6 * c(cell, f) + 0.5 * e(mating, f);
  },
  mean: 10,
  share: (x) => normalCdf((x - 10) / 1.5),
  variances: { pinned: 1, unpinned: 0.64, combination: 0.36, matingToMating: 0.25 },
};

/** Offsets of pinned plug, unpinned plug and mating along each of two axes: standard deviations. */
const [A, B, E] = [0.7, 0.6, 0.3];
const SQUARES_MEAN = 2 * (A ** 2 + B ** 2 + E ** 2);

/** (a − b + e)² along two axes: exponential. Of an axis, the variance of a² is 2A⁴, of 2ab 4A²B². */
export const SQUARES: Model = {
  name: 'squares of offsets',
  draw: (chance) => {
    const axes = [0, 1].map(() => {
      const [a, b] = [effects(chance, PLUGS), effects(chance, PLUGS)];
      const e = effects(chance, REPEATS * CELLS);
      return (mating: number, i: number, j: number, f: number): number =>
        (A * a(i, f) - B * b(j, f) + E * e(mating, f)) ** 2;
    });
    return (mating, _cell, i, j, f) => axes.reduce((sum, axis) => sum + axis(mating, i, j, f), 0);
  },
  mean: SQUARES_MEAN,
  share: (x) => (x > 0 ? 1 - Math.exp(-x / SQUARES_MEAN) : 0),
  variances: {
    pinned: 4 * A ** 4,
    unpinned: 4 * B ** 4,
    combination: 8 * A ** 2 * B ** 2,
    matingToMating: 4 * E ** 4 + 8 * E ** 2 * (A ** 2 + B ** 2),
  },
};

/** What the position adds: −1.5 to 1.5 steps, mean square 1.25 steps². */
const positionDb = (f: number): number => STEP_DB * (f - (FIBRES - 1) / 2);

export function lotOf(model: Model, chance: Chance) {
  const loss = model.draw(chance);
  const lossDb = Float64Array.from({ length: LOSSES }, (_, k) => {
    const [mating, f] = [Math.floor(k / FIBRES), k % FIBRES];
    const cell = mating % CELLS;
    return loss(mating, cell, Math.floor(cell / PLUGS), cell % PLUGS, f) + positionDb(f);
  });
  return { lossDb, repeats: REPEATS, pinned: PLUGS, unpinned: PLUGS, fibres: FIBRES };
}

/** True values by name. */
export function truthOf(model: Model) {
  const { pinned, unpinned, combination, matingToMating } = model.variances;
  const position = 1.25 * STEP_DB ** 2;
  const partToPart = pinned + unpinned + combination;
  const shareUpTo = (x: number): number => {
    let sum = 0;
    for (let f = 0; f < FIBRES; f++) sum += model.share(x - positionDb(f)) / FIBRES;
    return sum;
  };
  const quantile = (p: number): number => {
    let [low, high] = [-10, 40];
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (shareUpTo(middle) < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return {
    mean: model.mean,
    sd: Math.sqrt(partToPart + matingToMating + position),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p97: quantile(0.97),
    share: 0.97,
    ...model.variances,
    partToPart,
    position,
  };
}
export type Name = keyof ReturnType<typeof truthOf>;
