/** Quantiles of continuous laws from both ends in double precision: closed forms by the engine's own Math. */
import { normalCdf, normalQuantile } from '../../src/numerics/normal.js';
import type { Distribution } from '../../src/scenario/types.js';

type Quantile = (p: number) => number;
export type BothEnds = readonly [fromBelow: Quantile, fromAbove: Quantile];

/** Undefined for laws that have no closed form. Normals stand on normalQuantile, which is good to 1e-15. */
export function quantilesOf(law: Distribution): BothEnds | undefined {
  switch (law.distribution) {
    case 'normal': {
      const { mean, sigma } = law;
      const score = scoresWithin(
        ((law.lower ?? -Infinity) - mean) / sigma,
        ((law.upper ?? Infinity) - mean) / sigma,
      );
      return [(p) => mean + sigma * score[0](p), (p) => mean + sigma * score[1](p)];
    }
    case 'lognormal': {
      const value = (z: number) => law.median * Math.exp(law.sigmaLog * z);
      return [(p) => value(normalQuantile(p)), (p) => value(-normalQuantile(p))];
    }
    case 'rayleigh': {
      const { scale } = law;
      const half = 0.5 * ((law.max ?? Infinity) / scale) ** 2;
      const [kept, cut] = [-Math.expm1(-half), Math.exp(-half)];
      return [
        (p) => scale * Math.sqrt(-2 * Math.log1p(-p * kept)),
        (p) => scale * Math.sqrt(-2 * Math.log(cut + kept * p)),
      ];
    }
    case 'weibull': {
      const { scale, shape } = law;
      return [
        (p) => scale * (-Math.log1p(-p)) ** (1 / shape),
        (p) => scale * (-Math.log(p)) ** (1 / shape),
      ];
    }
    default:
      return undefined;
  }
}

function scoresWithin(low: number, high: number): BothEnds {
  if (low > 0) {
    // Below 0 small probabilities keep their digits.
    const [below, above] = scoresWithin(-high, -low);
    return [(p) => -above(p), (p) => -below(p)];
  }
  const [below, above] = [normalCdf(low), normalCdf(-high)];
  const kept = normalCdf(high) - below;
  return [(p) => normalQuantile(below + kept * p), (p) => -normalQuantile(above + kept * p)];
}
