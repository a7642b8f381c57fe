/**
 * Intervals of runs that stop when they are narrow enough still hold the truth: 300 repeats of a connector whose loss is known
 * in closed form (exponential, see closed-form.test.ts).
 */
import { describe, expect, it } from 'vitest';
import { parsePrecision } from '../../src/scenario/precision.js';
import { simulateUntil } from '../../src/studies/until.js';
import { Chance } from '../support/chance.js';
import { exponentialScenario, MEAN_DB } from '../support/closed-form.js';

const REPEATS = 300;

/** The least number of misses in 300 that right intervals have with a probability of 1e-6 at most: 35. */
function mostMisses(): number {
  let term = 0.95 ** REPEATS;
  let above = 1;
  for (let misses = 0; ; misses++) {
    above -= term;
    if (above <= 1e-6) return misses + 1;
    term *= ((REPEATS - misses) / (misses + 1)) * (0.05 / 0.95);
  }
}

const scenarioOf = (repeat: number) => exponentialScenario(`until ${repeat}`);

/** How often the interval of a statistic misses its true value, and at how many matings runs stop. */
async function missesOf(statistic: 'mean' | 'p97', widthDb: number, truthDb: number) {
  const targets = [parsePrecision(`${statistic} ± ${widthDb} dB`)];
  const stops = new Set<number>();
  let misses = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const result = await simulateUntil(scenarioOf(repeat), {
      targets,
      maxMatings: 1e6,
      workers: 0,
    });
    const { low, high } = result.pairs[0]!.il[statistic];
    expect(result.precision?.endedBy).toBe('precision');
    if (!(low! <= truthDb && truthDb <= high!)) misses += 1;
    stops.add(result.matings);
  }
  return { misses, stops };
}

describe('stopped intervals', () => {
  it('of the mean hold it', async () => {
    const { misses, stops } = await missesOf('mean', 0.00036, MEAN_DB);
    // about 25,000 matings; the stop depends on what was drawn
    expect(stops.size).toBeGreaterThan(1);
    expect(Math.min(...stops)).toBeGreaterThan(10_000);
    expect(misses).toBeLessThan(mostMisses());
  });

  it('of the 97 % point hold it', async () => {
    const { misses, stops } = await missesOf('p97', 0.0025, MEAN_DB * Math.log(1 / 0.03));
    expect(stops.size).toBeGreaterThan(1);
    expect(misses).toBeLessThan(mostMisses());
  });

  it('of a rule that looks after every value and stops at the first that is narrow enough would not', () => {
    const chance = new Chance(2026);
    let misses = 0;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      let [n, sum, squares, half] = [0, 0, 0, Infinity];
      while (n < 5 || half > 0.5) {
        const value = -Math.log(1 - chance.between(0, 1));
        n += 1;
        sum += value;
        squares += value * value;
        half = 1.96 * Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2) / n);
      }
      if (Math.abs(sum / n - 1) > half) misses += 1;
    }
    expect(misses).toBeGreaterThanOrEqual(mostMisses());
  });
});
