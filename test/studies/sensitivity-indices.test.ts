/** Sobol' indices and changes of whole runs against closed forms: losses that are squares of normal offsets. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type PlannedRun, runPlans } from '../../src/engine/run-many.js';
import type { FactorResult, SensitivityOfPair } from '../../src/result/schema-sensitivity.js';
import type { Estimate } from '../../src/statistics/intervals.js';
import { studentT975 } from '../../src/statistics/intervals.js';
import { type Factor, factorsOf } from '../../src/studies/sensitivity/factors.js';
import { type IndicesOfPair, pickFreeze } from '../../src/studies/sensitivity/indices.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import {
  FIBRES,
  meanDb,
  mixedDesigns,
  type OffsetCase,
  oneDesign,
  trueIndices,
} from './offset-scenarios.js';

/**
 * Deviations in standard errors that are too many. Student's t of 63 degrees is beyond it at the rate 1e-8; a test looks at
 * fewer than 100 estimates, so that it fails at the rate 1e-6 at most.
 */
const TOO_FAR = 6.6;
/** Sections less one: degrees of freedom of the jackknife. */
const DEGREES = 63;

function deviation({ value, high }: Estimate, truth: number): number {
  const error = ((high as number) - value) / studentT975(DEGREES);
  return error === 0 ? (value === truth ? 0 : Infinity) : (value - truth) / error;
}

const CASES: Readonly<Record<string, (seed: string, matings: number) => OffsetCase>> = {
  'one design': (seed, matings) =>
    oneDesign(
      {
        'bores.positionError': { plug: 0.1, fibre: 0.22 },
        'bores.rowBias': { plug: 0.2, fibre: 0 },
        'guidePins.seatError': { plug: 0.12, fibre: 0 },
      },
      seed,
      matings,
    ),
  'a mixed pair': (seed, matings) =>
    mixedDesigns(
      {
        'bores.positionError': { plug: 0, fibre: 0.3 },
        'bores.rowBias': { plug: 0.12, fibre: 0 },
      },
      {
        'bores.positionError': { plug: 0.15, fibre: 0.15 },
        'bores.rowBias': { plug: 0.3, fibre: 0 },
      },
      seed,
      matings,
    ),
};

/** Indices of chosen factors of each case, from the engine. */
async function allIndices(
  cases: readonly (readonly [OffsetCase, readonly Factor[]])[],
): Promise<IndicesOfPair[]> {
  const found: IndicesOfPair[] = [];
  function* runs(): Generator<PlannedRun> {
    for (const [{ scenario }, factors] of cases) {
      const { plan, own, indices } = pickFreeze(scenario, 'pair', factors);
      yield {
        ...{ plan, own },
        done: (totals) => found.push(indices(totals)),
        failed: (error) => {
          throw error;
        },
      };
    }
  }
  await runPlans(runs(), { workers: 0, engine: 'kernel' });
  return found;
}

/** Factors that spread, and the truths of their S and T, of the mean loss and of a fibre: one list, in this order. */
function truthsOf({ factors }: OffsetCase): number[] {
  return [FIBRES, 1].flatMap((n) => {
    const of = trueIndices(factors, n);
    const firsts = factors.map(({ name }) => of.get(name)?.first as number);
    const totals = factors.map(({ name }) => of.get(name)?.total as number);
    return [...firsts, ...totals, firsts.reduce((rest, share) => rest - share, 1)];
  });
}

function listed({ mating, fibre }: IndicesOfPair): Estimate[] {
  return [mating, fibre].flatMap((indices) => {
    const groups = indices?.groups ?? [];
    return [
      ...groups.map(({ first }) => first),
      ...groups.map(({ total }) => total),
      indices?.interactions as Estimate,
    ];
  });
}

/** The factors of the case, in its order. */
function spreading({ scenario, factors }: OffsetCase): Factor[] {
  const all = factorsOf(scenario, 'pair', false);
  return factors.map(({ name }) => all.find((factor) => factor.name === name) as Factor);
}

const farthest = (estimates: readonly Estimate[], truths: readonly number[]): number =>
  Math.max(...estimates.map((estimate, k) => Math.abs(deviation(estimate, truths[k] as number))));

describe.each(Object.entries(CASES))('%s', (_, caseOf) => {
  const known = caseOf('indices', 30_000);
  const truths = truthsOf(known);
  let pair: SensitivityOfPair;
  beforeAll(async () => {
    [pair] = (await sensitivity(known.scenario, { workers: 2 })).pairs as [SensitivityOfPair];
  });
  const factorCalled = (name: string) =>
    pair.factors.find((factor) => factor.name === name) as FactorResult;

  it('has the indices that theory gives, of a fibre and of the mean of a mating', () => {
    for (const [n, output] of [
      [1, 'fibre'],
      [FIBRES, 'mating'],
    ] as const) {
      const truth = trueIndices(known.factors, n);
      for (const { name } of known.factors) {
        const { first, total } = factorCalled(name)[output] as { first: Estimate; total: Estimate };
        const where = `${output}, ${name}`;
        expect(Math.abs(deviation(first, truth.get(name)?.first as number)), where).toBeLessThan(
          TOO_FAR,
        );
        expect(Math.abs(deviation(total, truth.get(name)?.total as number)), where).toBeLessThan(
          TOO_FAR,
        );
      }
      const shares = [...truth.values()].map(({ first }) => first);
      const rest = shares.reduce((left, share) => left - share, 1);
      const interactions = pair.interactions?.[output] as Estimate;
      expect(Math.abs(deviation(interactions, rest))).toBeLessThan(TOO_FAR);
    }
  });

  it('and of all else that is drawn 0, exactly', () => {
    const names = known.factors.map(({ name }) => name);
    const others = pair.factors.filter(({ name }) => !names.includes(name));
    expect(others.length).toBeGreaterThan(2);
    const none = { value: 0, low: 0, high: 0 };
    for (const { fibre, mating, without, cut } of others) {
      expect(mating?.total).toEqual(none);
      expect(fibre?.total).toEqual(none);
      expect(without).toEqual({ mean: none, sd: none, p97: none, yield: none });
      expect(cut).toEqual(without);
    }
  });

  it('loses its share of the loss without a factor: of mean, sd, 97 % point and yield', () => {
    const all = meanDb(known.factors);
    // mean, sd = mean, 97 % point = ln(1/0.03)·mean = 3.507·mean, yield 1 − exp(−0.25/mean)
    const statistics = {
      mean: (m: number) => m,
      sd: (m: number) => m,
      p97: (m: number) => Math.log(1 / 0.03) * m,
      yield: (m: number) => 1 - Math.exp(-0.25 / m),
    };
    expect(Math.log(1 / 0.03)).toBeCloseTo(3.507, 3);
    for (const [change, left] of [
      ['without', 0],
      ['cut', 0.81],
    ] as const) {
      for (const factor of known.factors) {
        const m = all - (1 - left) * meanDb([factor]);
        const found = factorCalled(factor.name)[change];
        for (const [name, of] of Object.entries(statistics)) {
          const truth = of(m) - of(all);
          const z = deviation(found[name as keyof typeof statistics], truth);
          expect(Math.abs(z), `${change} ${factor.name}: ${name}`).toBeLessThan(TOO_FAR);
        }
      }
    }
    for (const [name, of] of Object.entries(statistics)) {
      const z = deviation(pair[name as keyof typeof statistics], of(all));
      expect(Math.abs(z), name).toBeLessThan(TOO_FAR);
    }
  });

  it('a twin with two factors swapped, or with all but the factor from the second set, is caught', async () => {
    const small = caseOf('twins', 5000);
    const right = spreading(small);
    const [first, second, ...rest] = right as [Factor, Factor, ...Factor[]];
    const swapped = [{ ...first, has: second.has }, { ...second, has: first.has }, ...rest];
    const wrongSet = right.map((factor) => ({
      ...factor,
      has: (...drawn: Parameters<Factor['has']>) => !factor.has(...drawn),
    }));
    const found = await allIndices([right, swapped, wrongSet].map((those) => [small, those]));
    const [asMeant, ...twins] = found.map((indices) => farthest(listed(indices), truths));
    expect(asMeant).toBeLessThan(TOO_FAR);
    expect(twins).toHaveLength(2);
    for (const twin of twins) expect(twin).toBeGreaterThan(TOO_FAR);
  });

  it('one of its levels taken for the other is caught', () => {
    const { fibre, mating } = Object.fromEntries(
      (['fibre', 'mating'] as const).map((output) => [
        output,
        known.factors.map(({ name }) => factorCalled(name)[output]?.first as Estimate),
      ]),
    ) as Record<'fibre' | 'mating', Estimate[]>;
    const [ofMating, ofFibre] = [FIBRES, 1].map((n) =>
      [...trueIndices(known.factors, n).values()].map(({ first }) => first),
    ) as [number[], number[]];
    expect(farthest(fibre, ofMating)).toBeGreaterThan(TOO_FAR);
    expect(farthest(mating, ofFibre)).toBeGreaterThan(TOO_FAR);
  });
});

const RUNS = 100;
const COVERAGE = 0.93;
/** Of 100 runs fewer than these cover at the rate 3e-8 each, if 93 % do (binomial): 1e-6 for all estimates of a case. */
const FEWEST_COVERING = 76;

describe('repeated runs', () => {
  it.each(Object.entries(CASES))(
    'of %s: the intervals cover, half as wide they would not',
    async (_, caseOf) => {
      const truths = truthsOf(caseOf('', 64));
      const covering = new Float64Array(truths.length);
      const coveringHalf = new Float64Array(truths.length);
      const runs = Array.from({ length: RUNS }, (_, r) => caseOf(`run ${r}`, 640));
      for (const indices of await allIndices(runs.map((one) => [one, spreading(one)]))) {
        listed(indices).forEach((estimate, k) => {
          const far = Math.abs(deviation(estimate, truths[k] as number)) / studentT975(DEGREES);
          if (far <= 1) covering[k]! += 1;
          if (far <= 0.5) coveringHalf[k]! += 1;
        });
      }
      let below = 0;
      let term = (1 - COVERAGE) ** RUNS;
      for (let k = 0; k < FEWEST_COVERING; k++) {
        below += term;
        term *= ((RUNS - k) / (k + 1)) * (COVERAGE / (1 - COVERAGE));
      }
      expect(below).toBeLessThan(5e-8);
      expect(Math.min(...covering)).toBeGreaterThanOrEqual(FEWEST_COVERING);
      expect(Math.min(...coveringHalf)).toBeLessThan(FEWEST_COVERING);
    },
  );
});
