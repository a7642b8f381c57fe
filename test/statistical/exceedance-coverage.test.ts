/**
 * Probabilities by multilevel splitting against a closed form, 1e-4 to 1e-7: they are right, their intervals hold them as often as they
 * say, and moves that do not keep the law are caught.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { climb } from '../../src/engine/splitting/pilot.js';
import {
  createReplicateRunner,
  type Ladder,
  type ReplicateSource,
} from '../../src/engine/splitting/replicate.js';
import { compilePlan } from '../../src/plan/compile.js';
import { replicatedShare } from '../../src/studies/exceedance-interval.js';
import { exceededBy, exponentialScenario } from '../support/closed-form.js';

const TRUTHS = [1e-4, 1e-5, 1e-6, 1e-7];
const EFFORT = { seeds: 48, cycles: 4, ownMoves: 4 };
const REPEATS = 80;
/** Replicates of one study, as in its first round. */
const ROUND = 20;

let source: ReplicateSource;
/** For each loss what many replicates find. */
let found: number[][];
beforeAll(() => {
  const plan = compilePlan(exponentialScenario('splitting'));
  const pair = plan.pairs[0]!;
  const ladder = climb(pair, 0, plan.key, TRUTHS.map(exceededBy), EFFORT);
  source = { key: plan.key, pair, name: 'pair', index: 0, ladder };
  found = replicates(ladder, REPEATS * ROUND);
});

/** For each loss what replicates 1 to `count` find. */
function replicates(ladder: Ladder, count: number): number[][] {
  const run = createReplicateRunner({ ...source, ladder });
  const results = Array.from({ length: count }, (_, r) => run(r + 1).asked);
  return TRUTHS.map((_, a) => results.map((asked) => asked[a]!));
}

/** Means of many replicates against the truth, in standard errors of their own. */
function zScores(all: readonly (readonly number[])[]): number[] {
  return all.map((values, a) => {
    const count = values.length;
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
    return (mean - TRUTHS[a]!) / Math.sqrt(variance / count);
  });
}

/** The least number of misses that right intervals have with a probability of 1e-6 at most. */
function mostMisses(repeats: number): number {
  let term = 0.95 ** repeats;
  let above = 1;
  for (let misses = 0; ; misses++) {
    above -= term;
    if (above <= 1e-6) return misses + 1;
    term *= ((repeats - misses) / (misses + 1)) * (0.05 / 0.95);
  }
}

describe('shares of great losses', () => {
  it('are those of the closed form', () => {
    // |z| < 5.5 has a false-alarm rate of 4e-8 for normal z; the skewness of 1600 replicates leaves it below 1e-6.
    for (const z of zScores(found)) expect(Math.abs(z)).toBeLessThan(5.5);
  });

  it('have intervals that hold them', () => {
    found.forEach((values, a) => {
      let misses = 0;
      for (let k = 0; k < REPEATS; k++) {
        const { low, high } = replicatedShare(values.slice(k * ROUND, (k + 1) * ROUND), 1).estimate;
        if (!(low! <= TRUTHS[a]! && TRUTHS[a]! <= high!)) misses += 1;
      }
      expect(misses, `${TRUTHS[a]}`).toBeLessThan(mostMisses(REPEATS));
    });
  });

  it.each([
    ['keep all of the old score', (_: number) => 1],
    ['keep one less the step of it', (step: number) => 1 - step],
    ['take the root of the wrong number', (step: number) => Math.sqrt(Math.max(0, 1 - step))],
  ])('and moves that %s are caught', (_, keepOf) => {
    const wrong = ({ step }: { step: number }) => ({ step, keep: keepOf(step) });
    const [bottom, ...levels] = source.ladder.levels;
    const ladder = {
      ...source.ladder,
      levels: [
        bottom!,
        ...levels.map((level) => ({
          ...level,
          contact: wrong(level.contact),
          own: wrong(level.own),
        })),
      ],
    };
    expect(Math.max(...zScores(replicates(ladder, 150)).map(Math.abs))).toBeGreaterThan(5.5);
  });
});
