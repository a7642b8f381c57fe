/** Laws made narrower or wider by a factor, drawn from the same random numbers. */
import { InvariantError } from '../errors.js';
import { meanOf } from './law-mean.js';
import type { Contribution, Distribution } from './types.js';

/** What a law keeps when it is scaled. */
export type Centre = 'mean' | 'zero';

/**
 * The contributions whose every draw is c + f·(x − c) where it was x, c the mean of the contribution or 0.
 *
 * The same draw gives the same quantile as before: families and shapes stay, down to the tables of quantiles, whose keys are
 * matched to the last bit; what a family cannot shift by is a fixed contribution of the same level after it. Factor 1 returns
 * the contributions as they are. Factor 0 leaves fixed values, but a whole normal stays a normal (without width), because
 * correlated inputs have to be normals.
 *
 * @param factor f ≥ 0, finite; otherwise InvariantError
 */
export function scaleSpread(
  contributions: readonly Contribution[],
  factor: number,
  about: Centre,
): Contribution[] {
  if (!(factor >= 0 && factor < Infinity)) {
    throw new InvariantError(`a spread cannot be multiplied by ${factor}`);
  }
  if (factor === 1) return [...contributions];
  return contributions.flatMap((contribution) => {
    const { level, ...law } = contribution;
    const centre = about === 'zero' ? 0 : meanOf(law);
    return scaledLaw(law, factor, centre).map((part) => ({ ...part, level }));
  });
}

/** The law of c + f·(X − c): one law, or one and a fixed value to add. */
function scaledLaw(law: Distribution, f: number, c: number): Distribution[] {
  const move = (x: number): number => c + f * (x - c);
  if (law.distribution === 'normal' && law.lower === null && law.upper === null) {
    return [{ ...law, mean: move(law.mean), sigma: f * law.sigma }];
  }
  if (f === 0) return [fixed(c)];
  switch (law.distribution) {
    case 'fixed':
      return [fixed(move(law.value))];
    case 'uniform':
      return [{ ...law, low: move(law.low), high: move(law.high) }];
    case 'triangular':
      return [{ ...law, low: move(law.low), mode: move(law.mode), high: move(law.high) }];
    case 'beta':
      return [{ ...law, low: move(law.low), high: move(law.high) }];
    case 'histogram':
      return [{ ...law, edges: law.edges.map(move) }];
    case 'discrete':
    case 'empirical':
      return [{ ...law, values: law.values.map(move) }];
    case 'normal':
      return truncatedNormal(law, f, move);
    case 'toleranced':
      return toleranced(law, f, move);
    case 'half-normal':
      return shifted({ ...law, sigma: f * law.sigma }, move(0));
    case 'lognormal':
      return shifted({ ...law, median: f * law.median }, move(0));
    case 'weibull':
      return shifted({ ...law, scale: f * law.scale }, move(0));
    case 'rayleigh': {
      const { scale, max } = law;
      const { width, bounds } = scaledAlike(scale, max === null ? [] : [max], f);
      return shifted({ ...law, scale: width, max: bounds[0] ?? null }, move(0));
    }
  }
}

/** About 0 with the mean added as a fixed value: only so can the bounds be the same multiples of sigma to the last bit. */
function truncatedNormal(
  { mean, sigma, lower, upper }: Extract<Distribution, { distribution: 'normal' }>,
  f: number,
  move: (x: number) => number,
): Distribution[] {
  // Drawn at its mean, whatever the bounds.
  if (sigma === 0) return [fixed(move(mean))];
  const { width, bounds } = scaledAlike(
    sigma,
    [lower ?? -Infinity, upper ?? Infinity].map((bound) => bound - mean),
    f,
  );
  const [low, high] = bounds.map((bound) => (Math.abs(bound) === Infinity ? null : bound));
  const law = { distribution: 'normal', mean: 0, sigma: width } as const;
  return shifted({ ...law, lower: low ?? null, upper: high ?? null }, move(mean));
}

/** Delivered as made it stays a tolerance, f times as wide; sorted it is a truncated normal. */
function toleranced(
  law: Extract<Distribution, { distribution: 'toleranced' }>,
  f: number,
  move: (x: number) => number,
): Distribution[] {
  const { nominal, plus, minus, cpk, sorted } = law;
  const mean = meanOf(law);
  if (sorted) {
    const sigma = (0.5 * (plus + minus)) / (3 * cpk);
    const [lower, upper] = [nominal - minus, nominal + plus];
    return truncatedNormal({ distribution: 'normal', mean, sigma, lower, upper }, f, move);
  }
  const shift = 0.5 * f * (plus - minus);
  return [{ ...law, nominal: move(mean) - shift, plus: f * plus, minus: f * minus }];
}

function fixed(value: number): Distribution {
  return { distribution: 'fixed', value };
}

function shifted(law: Distribution, shift: number): Distribution[] {
  return shift === 0 ? [law] : [law, fixed(shift)];
}

/** How many neighbours of the scaled width are tried; every one fails half the time at most for each bound. */
const NEIGHBOURS = 32;
const UNIT = 2 ** -52;

/**
 * f·width and f·bounds, rounded so that every bound is the same multiple of the width as before, to the last bit.
 *
 * Where rounding allows none within 32 units in the last place, the plainly scaled ones (another table of quantiles, that
 * differs by its rounding).
 */
function scaledAlike(
  width: number,
  bounds: readonly number[],
  f: number,
): { readonly width: number; readonly bounds: readonly number[] } {
  const multiples = bounds.map((bound) => bound / width);
  for (let k = 0; k < NEIGHBOURS; k++) {
    const near = f * width * (1 + (k % 2 === 0 ? k / 2 : -(k + 1) / 2) * UNIT);
    const alike = multiples.map((multiple) => boundAt(multiple, near));
    if (!alike.includes(undefined)) return { width: near, bounds: alike as number[] };
  }
  return { width: f * width, bounds: bounds.map((bound) => f * bound) };
}

/** The number that is this multiple of the width when it is divided by it; undefined if there is none. */
function boundAt(multiple: number, width: number): number | undefined {
  const bound = multiple * width;
  return [bound, bound * (1 + UNIT), bound * (1 - UNIT)].find(
    (candidate) => candidate / width === multiple,
  );
}
