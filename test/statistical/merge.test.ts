/**
 * Drawing independent normals as one changes no distribution: the same pair with and without, on other random numbers.
 *
 * Twelve differences a pair, each over its standard error, must all stay below the limit that correct code exceeds in one
 * of them at a rate of FALSE_ALARM_RATE at most (Bonferroni). Wrong twins must exceed it.
 */
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/numerics/normal.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import type { Design, Scenario } from '../../src/scenario/types.js';
import { type Estimate, Z975 } from '../../src/statistics/intervals.js';
import { summarisePair } from '../../src/statistics/summary.js';
import { withDraws } from '../support/distributions.js';
import { FALSE_ALARM_RATE } from '../support/ks.js';
import { totalOf } from '../support/matings.js';
import { allNormal, apart, scenarioWith } from '../support/normals.js';

const STATISTICS = 12;
const LIMIT = -normalQuantile(FALSE_ALARM_RATE / STATISTICS / 2);

interface Measured {
  readonly value: number;
  readonly error: number;
}

function measuredOf({ value, low, high }: Estimate): Measured {
  return { value, error: ((high as number) - (low as number)) / (2 * Z975) };
}

/**
 * How often two fibres of a mating lie on the same side of a loss less how often they do not: tells how the fibres of a
 * mating are correlated. The mean of ±1 over independent matings.
 */
class Agreement {
  readonly #a: number;
  readonly #b: number;
  readonly #thresholdDb: number;
  #sum = 0;
  #n = 0;

  constructor(a: number, b: number, thresholdDb: number) {
    this.#a = a;
    this.#b = b;
    this.#thresholdDb = thresholdDb;
  }

  add(lossDb: Float64Array): void {
    const isAbove = (i: number): boolean => (lossDb[i] as number) > this.#thresholdDb;
    this.#sum += isAbove(this.#a) === isAbove(this.#b) ? 1 : -1;
    this.#n += 1;
  }

  measured(): Measured {
    const value = this.#sum / this.#n;
    return { value, error: Math.sqrt((1 - value * value) / this.#n) };
  }
}

type Sample = Readonly<Record<string, Measured>>;

function sampleOf(plan: Plan): Sample {
  const fibres = (plan.pairs[0] as PairPlan).mechanics.fibres;
  // Near the median and the 90 % point of the losses here.
  const ends = new Agreement(0, fibres - 1, 0.3);
  const neighbours = new Agreement(0, 1, 0.3);
  const farOut = new Agreement(0, 1, 0.8);
  const total = totalOf(plan, 0, plan.matings, ({ results }) => {
    for (const agreement of [ends, neighbours, farOut]) agreement.add(results.lossDb);
  });
  const { il, worstFibre, gapFraction, positions } = summarisePair(total);
  const [first] = positions as [(typeof positions)[number]];
  return {
    mean: measuredOf(il.mean),
    sd: measuredOf(il.sd),
    p50: measuredOf(il.p50),
    p97: measuredOf(il.p97),
    'mean of the worst fibre': measuredOf(worstFibre.mean),
    'p97 of the worst fibre': measuredOf(worstFibre.p97),
    'gap fraction': measuredOf(gapFraction),
    'mean of the first fibre': measuredOf(first.mean),
    'p97 of the first fibre': measuredOf(first.p97),
    'agreement of the first and the last fibre': ends.measured(),
    'agreement of neighbours': neighbours.measured(),
    'agreement of neighbours far out': farOut.measured(),
  };
}

/** Differences of two independent samples in standard errors. */
function deviations(one: Sample, other: Sample): [string, number][] {
  return Object.entries(one).map(([name, a]) => {
    const b = other[name] as Measured;
    return [name, (a.value - b.value) / Math.hypot(a.error, b.error)];
  });
}

/** How far a wrong twin is off, in few matings. */
function farthest(wrong: Plan, other: Sample): number {
  const one = sampleOf({ ...wrong, matings: FEW });
  return Math.max(...deviations(one, other).map(([, z]) => Math.abs(z)));
}

const MATINGS = 120_000;
const ROW = scenarioWith(allNormal(1), MATINGS);
/** Matings of wrong twins that are far off: what is caught in these is caught in all the more. */
const FEW = 20_000;
/** By how much the sum of two equal standard deviations is more than that of the sum: 2 instead of √2. */
const SUMMED = Math.SQRT2;

/** Two rows, flat faces, keys up on both plugs: other fibres face each other, other signs hold. */
function twoRows(): Scenario {
  const designs = Object.entries(ROW.designs).map(([name, design]): [string, Design] => [
    name,
    { ...design, fibreCount: 24, polish: 'PC', endFaceAngleRad: 0 },
  ]);
  const pairs = ROW.pairs.map((pair) => ({
    ...pair,
    mating: { ...pair.mating, adapter: 'key-up-to-key-up' as const },
  }));
  return { ...ROW, designs: Object.fromEntries(designs), pairs, matings: 80_000 };
}

describe.each([
  ['12 fibres, APC, key up to key down', ROW],
  ['24 fibres, PC, key up to key up', twoRows()],
])('%s: inputs drawn as one', (_, scenario) => {
  const plan = compilePlan({ ...scenario, seed: 'as one' });
  const { merged } = plan.pairs[0] as PairPlan;
  const separate = sampleOf(compilePlan(apart({ ...scenario, seed: 'apart' })));

  it('give the same distributions', () => {
    expect(merged).toHaveLength(13);
    const found = deviations(sampleOf(plan), separate);
    expect(found).toHaveLength(STATISTICS);
    for (const [name, z] of found) expect(Math.abs(z), name).toBeLessThan(LIMIT);
  });

  it('but not with a sum of the standard deviations', () => {
    const sigmas = new Set(merged.map(({ sigma }) => sigma));
    const wrong = withDraws(
      plan,
      ({ b }) => sigmas.has(b),
      ({ b }) => ({ b: SUMMED * b }),
    );
    expect(farthest(wrong, separate)).toBeGreaterThan(LIMIT);
  });

  it.each(['bores.positionErrorX', 'bores.rowBiasY', 'bores.tiltX', 'endFace.fibreHeight'])(
    'nor with that of %s alone',
    (name) => {
      const group = merged.find(({ inputs }) => inputs[0] === `pinned ${name}`);
      const wrong = withDraws(
        plan,
        ({ b }) => b === group?.sigma,
        ({ b }) => ({ b: SUMMED * b }),
      );
      expect(farthest(wrong, separate)).toBeGreaterThan(LIMIT);
    },
  );

  it('nor with what the fibres of a plug share added to what they do not', () => {
    // Losses of single fibres keep their distribution; those of a mating become independent of each other.
    const sigmaOf = (input: string): number => {
      const group = merged.find(({ inputs }) => inputs[0] === `pinned ${input}`);
      if (group === undefined) throw new Error(`${input} is drawn apart`);
      return group.sigma;
    };
    const to = new Map<number, number>();
    for (const axis of ['X', 'Y']) {
      const shared = sigmaOf(`bores.rowBias${axis}`);
      const own = sigmaOf(`bores.positionError${axis}`);
      to.set(shared, 0).set(own, Math.hypot(shared, own));
    }
    const wrong = withDraws(
      plan,
      ({ b }) => to.has(b),
      ({ b }) => ({ b: to.get(b) as number }),
    );
    const found = deviations(sampleOf(wrong), separate);
    const moved = found.filter(([, z]) => Math.abs(z) > LIMIT).map(([name]) => name);
    expect(moved).toContain('agreement of the first and the last fibre');
    expect(moved).not.toContain('mean');
  });
});
