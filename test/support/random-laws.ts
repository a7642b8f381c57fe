/** A random law of any kind, with values about from `low` to `high`. */
import type { LawName } from '../../src/scenario/law-fields.js';
import type { Distribution } from '../../src/scenario/types.js';
import type { Chance } from './chance.js';

/** Few shapes, so that the laws of many plans share their tables, which take long to build. */
const SHAPES = { sigmaLog: [0.1, 0.5, 2], weibull: [0.5, 1.5, 3.5], beta: [0.5, 2, 20] };

/**
 * The law, and a fixed contribution that lifts a law from 0 to `low`. Long tails may reach beyond `high`; nothing lies
 * below `low` but a share of 1e-9 of the normal laws, for low < high.
 */
export function randomLaw(
  chance: Chance,
  kind: LawName,
  low: number,
  high: number,
): readonly [law: Distribution, lift: number] {
  const size = high - low;
  const middle = (low + high) / 2;
  switch (kind) {
    case 'fixed':
      return [{ distribution: kind, value: chance.between(low, high) }, 0];
    case 'uniform':
      return [{ distribution: kind, low, high }, 0];
    case 'normal':
      return [randomNormal(chance, low, high), 0];
    case 'triangular': {
      const mode = chance.pick([low, high, chance.between(low, high)]);
      return [{ distribution: kind, low, mode, high }, 0];
    }
    case 'beta': {
      const [alpha, beta] = [chance.pick(SHAPES.beta), chance.pick(SHAPES.beta)];
      return [{ distribution: kind, low, high, alpha, beta }, 0];
    }
    case 'histogram': {
      const weights = randomWeights(chance);
      const edges = Array.from({ length: weights.length + 1 }, (_, i) => {
        return low + (size * (i + chance.between(0, 0.9))) / (weights.length + 1);
      });
      return [{ distribution: kind, edges, weights }, 0];
    }
    case 'discrete': {
      const weights = randomWeights(chance);
      const values = weights.map(() => chance.between(low, high));
      return [{ distribution: kind, values, weights }, 0];
    }
    case 'empirical': {
      const values = Array.from({ length: chance.whole(1, 40) }, () => chance.between(low, high));
      return [{ distribution: kind, values }, 0];
    }
    case 'toleranced': {
      const nominal = chance.between(low + 0.3 * size, high - 0.3 * size);
      const [plus, minus] = [chance.between(0.01, 0.1) * size, chance.between(0, 0.1) * size];
      const cpk = chance.pick([0.5, 1, 1.33]);
      return [{ distribution: kind, nominal, plus, minus, cpk, sorted: chance.is(0.5) }, 0];
    }
    // What follows starts at 0. Without width a scale would be 0, which no scenario may give.
    case 'half-normal':
      return [{ distribution: kind, sigma: size / 4 }, low];
    case 'lognormal': {
      const sigmaLog = chance.pick(SHAPES.sigmaLog);
      return size > 0
        ? [{ distribution: kind, median: size / 5, sigmaLog }, low]
        : [{ distribution: 'fixed', value: middle }, 0];
    }
    case 'rayleigh': {
      const max = chance.pick([null, 1.5, 3.5]);
      const scale = size / 4;
      return size > 0
        ? [{ distribution: kind, scale, max: max === null ? null : max * scale }, low]
        : [{ distribution: 'fixed', value: middle }, 0];
    }
    case 'weibull':
      return size > 0
        ? [{ distribution: kind, scale: size / 4, shape: chance.pick(SHAPES.weibull) }, low]
        : [{ distribution: 'fixed', value: middle }, 0];
  }
}

/** Whole, or truncated: evenly, unevenly, or to one of its tails. */
function randomNormal(chance: Chance, low: number, high: number): Distribution {
  const law = { distribution: 'normal', lower: low, upper: high } as const;
  const size = high - low;
  const whole = { ...law, mean: (low + high) / 2, sigma: size / 12, lower: null, upper: null };
  const even = { ...law, mean: (low + high) / 2, sigma: size / 6 };
  const uneven = { ...law, mean: low + 0.25 * size, sigma: 0.25 * size };
  const upperTail = { ...law, mean: low - 1.5 * size, sigma: 0.5 * size };
  const lowerTail = { ...law, mean: high + size, sigma: 0.5 * size };
  return chance.pick([whole, whole, even, uneven, upperTail, lowerTail]);
}

/** Some of them 0, not all. */
function randomWeights(chance: Chance): number[] {
  const weights = Array.from({ length: chance.whole(1, 12) }, () =>
    chance.is(0.2) ? 0 : chance.between(0.1, 2),
  );
  weights[chance.whole(0, weights.length - 1)] = 1;
  return weights;
}
