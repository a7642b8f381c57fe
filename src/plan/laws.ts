/** A distribution of the scenario as the law and parameters of a Draw. */
import { InvariantError } from '../errors.js';
import { normalCdf } from '../numerics/normal.js';
import { buildBetaTable } from '../random/beta.js';
import { LAW, type LawNumbers } from '../random/draw.js';
import { rayleighKept } from '../random/laws.js';
import type { Distribution } from '../scenario/types.js';

/** Law and parameters; `fixed` where nothing is left to chance. */
export type CompiledLaw = { readonly fixed: number } | LawNumbers;

const NO_TABLE = new Float64Array(0);

function law(code: number, a: number, b = 0, c = 0, table: Float64Array = NO_TABLE): CompiledLaw {
  return { law: code, a, b, c, d: 0, e: 0, f: 0, table };
}

/**
 * Normal with mean and sigma, drawn from its law on [lower, upper] (±Infinity: whole).
 *
 * The 32-bit draw is mapped linearly onto the probabilities between the bounds. Bounds in the upper tail are mirrored
 * into the lower one, where probabilities keep their relative accuracy.
 */
function normalLaw(mean: number, sigma: number, lower: number, upper: number): CompiledLaw {
  if (sigma === 0) return { fixed: mean };
  let b = sigma;
  let low = (lower - mean) / sigma;
  let high = (upper - mean) / sigma;
  if (low > 0) {
    b = -sigma;
    [low, high] = [-high, -low];
  }
  const pLow = normalCdf(low);
  const pHigh = normalCdf(high);
  return {
    law: LAW.normal,
    a: mean,
    b,
    c: pLow * 2 ** 32,
    d: pHigh - pLow,
    e: low,
    f: high,
    table: NO_TABLE,
  };
}

/** Table of a law by shares: [n, cumulated shares 1…n, values 0…n]; the last cumulated share is exactly 1. */
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

/** Tables by their parameters: building one takes a tenth of a second, and designs share them. */
const betaTables = new Map<string, Float64Array>();
const MOST_BETA_TABLES = 64;

function betaTable(alpha: number, beta: number): Float64Array {
  const key = `${alpha} ${beta}`;
  let table = betaTables.get(key);
  if (table === undefined) {
    table = buildBetaTable(alpha, beta);
    if (betaTables.size < MOST_BETA_TABLES) betaTables.set(key, table);
  }
  return table;
}

export function compileLaw(d: Distribution): CompiledLaw {
  switch (d.distribution) {
    case 'fixed':
      return { fixed: d.value };
    case 'uniform':
      return d.low === d.high ? { fixed: d.low } : law(LAW.uniform, d.low, d.high - d.low);
    case 'normal':
      return normalLaw(d.mean, d.sigma, d.lower ?? -Infinity, d.upper ?? Infinity);
    case 'half-normal':
      return d.sigma === 0
        ? { fixed: 0 }
        : {
            law: LAW.normal,
            a: 0,
            b: d.sigma,
            c: 2 ** 31,
            d: 0.5,
            e: 0,
            f: Infinity,
            table: NO_TABLE,
          };
    case 'triangular':
      return law(LAW.triangular, d.low, d.mode, d.high);
    case 'lognormal':
      return law(LAW.lognormal, d.median, d.sigmaLog);
    case 'rayleigh':
      return law(LAW.rayleigh, d.scale, rayleighKept(d.scale, d.max ?? Infinity));
    case 'weibull':
      return law(LAW.weibull, d.scale, d.shape);
    case 'beta':
      return law(LAW.beta, d.low, d.high - d.low, 0, betaTable(d.alpha, d.beta));
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
