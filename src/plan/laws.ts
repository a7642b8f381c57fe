/** A distribution of the scenario as the law and parameters of a Draw. */
import { InvariantError } from '../errors.js';
import { exp, log, log1p } from '../numerics/elementary.js';
import { normalCdf, normalQuantile } from '../numerics/normal.js';
import { betaLaw } from '../random/beta.js';
import { LAW, type LawNumbers } from '../random/draw.js';
import { rayleighKept } from '../random/laws.js';
import { buildQuantileTable, type TwoSidedQuantile } from '../random/quantile-table.js';
import type { Distribution } from '../scenario/types.js';

/** Law and parameters; `fixed` where nothing is left to chance. */
export type CompiledLaw = { readonly fixed: number } | LawNumbers;

const NO_QUANTILES = new Float32Array(0);
const NO_SHARES = new Float64Array(0);

function law(code: number, a: number, b = 0, c = 0, shares: Float64Array = NO_SHARES): LawNumbers {
  return { law: code, a, b, c, quantiles: NO_QUANTILES, shares };
}

/** Tables by law and parameters: building one takes up to a tenth of a second, and inputs of all designs share them. */
const tables = new Map<string, Float32Array>();
const MOST_TABLES = 256;

/** a + b·v, v from the table of a law, which is built once for its key. */
function tableLaw(key: string, a: number, b: number, quantile: () => TwoSidedQuantile): LawNumbers {
  let table = tables.get(key);
  if (table === undefined) {
    table = buildQuantileTable(quantile());
    if (tables.size >= MOST_TABLES) tables.clear();
    tables.set(key, table);
  }
  return { law: LAW.quantileTable, a, b, c: 0, quantiles: table, shares: NO_SHARES };
}

/**
 * Normal with mean and sigma, drawn from its law on [lower, upper] (±Infinity: whole).
 *
 * The table holds scores, so that inputs truncated at the same multiples of sigma share it. Error of a score ≤ 5e-7
 * (tested); scores never leave the bounds, values by at most their rounding.
 */
function normalLaw(mean: number, sigma: number, lower: number, upper: number): CompiledLaw {
  if (sigma === 0) return { fixed: mean };
  const low = (lower - mean) / sigma;
  const high = (upper - mean) / sigma;
  return tableLaw(`normal ${low} ${high}`, mean, sigma, () =>
    low > 0 ? mirrored(truncatedScore(-high, -low)) : truncatedScore(low, high),
  );
}

/** The law of −X. Bounds in the upper tail are worked out in the lower one, where probabilities stay sharp. */
function mirrored(law: TwoSidedQuantile): TwoSidedQuantile {
  return {
    fromBelow: (p) => -law.fromAbove(p),
    fromAbove: (p) => -law.fromBelow(p),
    low: -law.high,
    high: -law.low,
  };
}

/** The whole standard normal law. */
export function standardNormal(): LawNumbers {
  return normalLaw(0, 1, -Infinity, Infinity) as LawNumbers;
}

/** Score of the normal law on [low, high], low ≤ 0. */
function truncatedScore(low: number, high: number): TwoSidedQuantile {
  const below = normalCdf(low);
  const above = normalCdf(-high);
  const kept = normalCdf(high) - below;
  return {
    fromBelow: (p) => normalQuantile(below + kept * p),
    fromAbove: (p) => -normalQuantile(above + kept * p),
    low,
    high,
  };
}

/** exp(sigmaLog·Z). Relative error ≤ 3e-7 up to sigmaLog = 2, 5e-5 at 10, for values above 1e-35 (tested). */
function lognormalLaw(sigmaLog: number): TwoSidedQuantile {
  return {
    fromBelow: (p) => exp(sigmaLog * normalQuantile(p)),
    fromAbove: (p) => exp(-sigmaLog * normalQuantile(p)),
    low: 0,
    high: Infinity,
  };
}

/** √(−2 ln(1 − u·kept)) with kept = 1 − exp(−limit²/2): the Rayleigh law of scale 1 on [0, limit]. Relative error ≤ 2e-7. */
function rayleighLaw(limit: number): TwoSidedQuantile {
  const kept = rayleighKept(1, limit);
  const cut = exp(-0.5 * limit * limit);
  return {
    fromBelow: (p) => Math.sqrt(-2 * log1p(-p * kept)),
    fromAbove: (p) => Math.sqrt(-2 * log(cut + kept * p)),
    low: 0,
    high: limit,
  };
}

/** (−ln(1 − u))^(1/shape). Relative error ≤ 3e-7 from shape ½ on, 1e-4 at 0.1, for values above 1e-35 (tested). */
function weibullLaw(shape: number): TwoSidedQuantile {
  return {
    fromBelow: (p) => exp(log(-log1p(-p)) / shape),
    fromAbove: (p) => exp(log(-log(p)) / shape),
    low: 0,
    high: Infinity,
  };
}

/** Shares and values: [n, cumulated shares 1…n, values 0…n]; the last cumulated share is exactly 1. */
function shareTable(weights: readonly number[], values: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const n = weights.length;
  const table = new Float64Array(2 * n + 2);
  table[0] = n;
  let cumulated = 0;
  weights.forEach((weight, i) => {
    cumulated += weight;
    table[1 + i] = cumulated / total;
  });
  table[n] = 1;
  table.set(values, n + 1);
  return table;
}

/** A process with a capability index: centred between its limits, Cpk = (half the tolerance)/(3·sigma). */
function tolerancedLaw(d: Extract<Distribution, { distribution: 'toleranced' }>): CompiledLaw {
  const mean = d.nominal + 0.5 * (d.plus - d.minus);
  const sigma = (0.5 * (d.plus + d.minus)) / (3 * d.cpk);
  return d.sorted
    ? normalLaw(mean, sigma, d.nominal - d.minus, d.nominal + d.plus)
    : normalLaw(mean, sigma, -Infinity, Infinity);
}

export function compileLaw(d: Distribution): CompiledLaw {
  switch (d.distribution) {
    case 'fixed':
      return { fixed: d.value };
    case 'uniform':
      // u = (x + ½)/2³²
      return d.low === d.high
        ? { fixed: d.low }
        : law(LAW.uniform, d.low + (d.high - d.low) * 2 ** -33, (d.high - d.low) * 2 ** -32);
    case 'normal':
      return normalLaw(d.mean, d.sigma, d.lower ?? -Infinity, d.upper ?? Infinity);
    case 'half-normal':
      return normalLaw(0, d.sigma, 0, Infinity);
    case 'triangular':
      return law(LAW.triangular, d.low, d.mode, d.high);
    case 'lognormal':
      return tableLaw(`lognormal ${d.sigmaLog}`, 0, d.median, () => lognormalLaw(d.sigmaLog));
    case 'rayleigh':
      return tableLaw(`rayleigh ${(d.max ?? Infinity) / d.scale}`, 0, d.scale, () =>
        rayleighLaw((d.max ?? Infinity) / d.scale),
      );
    case 'weibull':
      return tableLaw(`weibull ${d.shape}`, 0, d.scale, () => weibullLaw(d.shape));
    case 'beta':
      return tableLaw(`beta ${d.alpha} ${d.beta}`, d.low, d.high - d.low, () =>
        betaLaw(d.alpha, d.beta),
      );
    case 'histogram':
      return law(LAW.histogram, 0, 0, 0, shareTable(d.weights, d.edges));
    case 'discrete':
      // Piece i of a step table gives value i, counted from 1; value 0 is never read.
      return law(LAW.discrete, 0, 0, 0, shareTable(d.weights, [0, ...d.values]));
    case 'empirical':
      return law(
        LAW.discrete,
        0,
        0,
        0,
        shareTable(
          d.values.map(() => 1),
          [0, ...d.values],
        ),
      );
    case 'toleranced':
      return tolerancedLaw(d);
    default:
      throw new InvariantError(`no law for ${JSON.stringify(d)}`);
  }
}

/** The law of factor·X + offset for the law of X. */
export function scaledLaw(x: LawNumbers, factor: number, offset: number): LawNumbers {
  const move = (value: number): number => factor * value + offset;
  switch (x.law) {
    case LAW.triangular:
      return { ...x, a: move(x.a), b: move(x.b), c: move(x.c) };
    case LAW.histogram:
    case LAW.discrete: {
      const values = x.shares[0]! + 1;
      return { ...x, shares: x.shares.map((value, i) => (i < values ? value : move(value))) };
    }
    default:
      return { ...x, a: move(x.a), b: factor * x.b };
  }
}
