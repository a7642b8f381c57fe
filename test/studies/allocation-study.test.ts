/**
 * Allocations by the engine itself, against a closed form: isotropic Gaussian offsets alone make the loss exponential
 * (Marcuse 1977), so that P97 = ln(1/0.03)·mean, and the mean is proportional to Σ f_j²·σ_j².
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openRunner } from '../../src/engine/run-many.js';
import {
  type AllocationResult,
  allocationJsonSchema,
  allocationSchema,
} from '../../src/result/schema-allocation.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import type { Contribution, Design, Limit, Scenario } from '../../src/scenario/types.js';
import type { PairTotal } from '../../src/statistics/total.js';
import { allocated, evaluationOf, runVariants } from '../../src/studies/allocate/evaluation.js';
import { allocationStudy } from '../../src/studies/allocate/study.js';
import { simulate } from '../../src/studies/simulate.js';
import { PERFECT, scenarioFrom } from '../support/scenarios.js';

/** Of each plug along one axis: the place of the bore, and the core in its fibre. */
const SIGMA = { bores: 0.4, cores: 0.25 };
const COST = { bores: 1, cores: 4 };
/** Loss per µm² of variance of one plug along one axis: 4.343·2·2/w², w = 4.6 µm. */
const DB_PER_UM2 = ((10 / Math.LN10) * 4) / 4.6 ** 2;
const P97 = Math.log(1 / 0.03);
const LIMIT_DB = 0.25;
/** What Σ f²σ² may be. */
const BUDGET_UM2 = LIMIT_DB / P97 / DB_PER_UM2;
const MATINGS = 50_000;
/** Standard error of a P97 of `n` independent fibres, as a share of it. */
const errorOf = (n: number) => Math.sqrt(0.97 / 0.03) / P97 / Math.sqrt(n);
const OF_SEARCH = errorOf(12 * MATINGS);
const OF_VERIFICATION = errorOf(4 * 12 * MATINGS);

const limit = (text: string, subject: Limit['subject'], value: number): Limit => ({
  text,
  subject,
  relation: subject.of === 'yield' ? '>=' : '<=',
  value,
});
const P97_LIMIT = limit('p97 <= 0.25 dB', { of: 'il', statistic: 'p97' }, LIMIT_DB);

function offsetsOnly(matings = MATINGS, limits: readonly Limit[] = [P97_LIMIT]): Scenario {
  const scenario = scenarioFrom(PERFECT, 'allocation', matings);
  const design = scenario.designs['design'] as Design;
  const level = 'fibre';
  const bores: Contribution[] = [
    { distribution: 'normal', mean: 0, sigma: SIGMA.bores, lower: null, upper: null, level },
  ];
  const inputs = {
    ...design.inputs,
    'bores.positionErrorX': bores,
    'bores.positionErrorY': bores,
    'fibres.coreEccentricity': [
      { distribution: 'rayleigh', scale: SIGMA.cores, max: null, level } as const,
    ],
  };
  const pairs = scenario.pairs.map((pair) => ({ ...pair, limits }));
  return { ...scenario, designs: { design: { ...design, inputs } }, pairs };
}

const tolerances = parseTolerances(
  '--tolerance',
  [
    `designs.design.bores.positionError, cost ${COST.bores}`,
    `designs.design.fibres.coreEccentricity, cost ${COST.cores}`,
  ],
  ['design'],
  { least: 0.1, most: 2 },
);
const study = (scenario: Scenario, more: Partial<Parameters<typeof allocationStudy>[1]> = {}) =>
  allocationStudy(scenario, {
    pair: 'pair',
    tolerances,
    question: 'cheapest',
    workers: 1,
    ...more,
  });

const varianceOf = ([bores, cores]: readonly number[]) =>
  (bores! * SIGMA.bores) ** 2 + (cores! * SIGMA.cores) ** 2;
const spendOf = ([bores, cores]: readonly number[]) => COST.bores / bores! + COST.cores / cores!;
/** f_j ∝ (c_j/σ_j²)^⅓: the derivatives of Σ c/f and of Σ f²σ² are proportional there. */
const shares = [
  (COST.bores / SIGMA.bores ** 2) ** (1 / 3),
  (COST.cores / SIGMA.cores ** 2) ** (1 / 3),
];
const scaledToBudget = (factors: readonly number[]) =>
  factors.map((factor) => factor * Math.sqrt(BUDGET_UM2 / varianceOf(factors)));
const CHEAPEST = scaledToBudget(shares);

const ajv = new Ajv2020({ strict: false });
const checkFile = ajv.compile(allocationJsonSchema());
function expectValidFile(result: AllocationResult): void {
  const file = JSON.parse(JSON.stringify(result));
  expect(allocationSchema.parse(file)).toEqual(file);
  expect(checkFile(file), ajv.errorsText(checkFile.errors)).toBe(true);
}
const withoutHost = ({ host: _, ...rest }: AllocationResult) => rest;

describe('the cheapest of two tolerances of Gaussian offsets', () => {
  it('costs what theory says within 1 %, is verified, and its run meets the limit', async () => {
    const result = await study(offsetsOnly());
    const { outcome, factors, slack, cost, targets } = result.cheapest!;
    expect({ outcome, slack, widest: result.widest }).toEqual({
      outcome: 'verified',
      slack: false,
      widest: null,
    });
    expect(cost).toBeCloseTo(spendOf(factors) - COST.bores - COST.cores, 9);
    // Half of 5 errors of the search (false-alarm rate 6e-7), of its margin of 0.5 %, and its steps of 0.1 %: 0.88 %.
    expect(0.5 * (5 * OF_SEARCH + 0.005) + 0.001).toBeLessThan(0.01);
    expect(Math.abs(spendOf(factors) / spendOf(CHEAPEST) - 1)).toBeLessThan(0.01);
    // The optimum is flat: factors may be off by more than the cost.
    factors.forEach((factor, j) => {
      expect(Math.abs(factor / CHEAPEST[j]! - 1)).toBeLessThan(0.05);
    });
    // As tight as it passes, true loss above the limit only if the verification erred by 4.9 errors (rate 5e-7).
    const truth = varianceOf(factors) / BUDGET_UM2;
    expect(truth).toBeLessThan(1 + (4.9 - 2.128) * OF_VERIFICATION);
    // Shadow price of the limit: Σ c/f ∝ limit^−½, so that 1 % more saves half a per cent of it.
    expect(targets[0]!.costOfOnePercent / (0.005 * spendOf(CHEAPEST))).toBeCloseTo(1, 1);

    expect(result.before!.il.mean.value / (DB_PER_UM2 * varianceOf([1, 1]))).toBeCloseTo(1, 2);
    expect(Math.abs(result.after!.il.p97.value / LIMIT_DB / truth - 1)).toBeLessThan(
      5 * OF_VERIFICATION,
    );
    expectValidFile(result);
    const { scenario } = parseScenario(JSON.stringify(result.allocated));
    const again = await simulate(
      { ...scenario, seed: 'another', matings: 300_000 },
      { workers: 1 },
    );
    expect(again.pairs[0]?.limits).toMatchObject([{ limit: 'p97 <= 0.25 dB', verdict: 'met' }]);
  });

  it('and other allocations of the same variance would be told from it', () => {
    const costs = [
      [1, 1],
      [COST.bores ** (1 / 3), COST.cores ** (1 / 3)],
      shares.map((x) => x ** 2),
    ].map((factors) => spendOf(scaledToBudget(factors)) / spendOf(CHEAPEST));
    expect(Math.min(...costs)).toBeGreaterThan(1.01);
  });
});

describe('verifications', () => {
  it('have random numbers of their own, and not those of the search', async () => {
    // So short that the first one does not pass.
    const scenario = offsetsOnly(300);
    const { cheapest, verificationMatings: matings } = await study(scenario);
    expect(matings).toBe(1200);
    expect(cheapest!.verifications.length).toBeGreaterThan(1);
    const runner = openRunner({ workers: 0, engine: 'kernel' });
    const ratiosWith = async (seed: string, factors: readonly number[], confidence: number) => {
      const variant = allocated({ ...scenario, seed, matings }, tolerances, factors);
      const [total] = await runVariants(runner, 'pair', [variant]);
      return evaluationOf(total!, [P97_LIMIT], 'single-mode', confidence).ratios;
    };
    for (const { attempt, factors, confidence, ratios } of cheapest!.verifications) {
      const seeds = ['allocation', 1, 2, 3].map((of) =>
        typeof of === 'number' ? `allocation verification ${of}` : of,
      );
      for (const [k, seed] of seeds.entries()) {
        const same = expect(await ratiosWith(seed, factors, confidence));
        if (k === attempt) same.toEqual(ratios);
        else same.not.toEqual(ratios);
      }
      expect(confidence).toBe(1 - 0.05 / 3);
    }
    await runner.close();
  });
});

describe('the widest tolerance of Gaussian offsets', () => {
  it('is what the others leave of the variance, within 1 %', async () => {
    const [bores] = tolerances;
    const matings = 80_000;
    const limits = [limit('p97 <= 0.6 dB', { of: 'il', statistic: 'p97' }, 0.6)];
    const budget = 0.6 / P97 / DB_PER_UM2;
    const result = await study(offsetsOnly(matings, limits), {
      question: 'widest',
      tolerances: [bores!],
    });
    const truth = Math.sqrt(budget - SIGMA.cores ** 2) / SIGMA.bores;
    const { outcome, factor, slack, monotone } = result.widest!;
    expect({ outcome, slack, monotone }).toEqual({
      outcome: 'verified',
      slack: false,
      monotone: true,
    });
    // df/f = ½·dP97/P97·(Σσ²)/(f²σ²): 5 errors of the search (false-alarm rate 6e-7), its margin, its bracket of 0.05 %
    const leverage = (0.5 * budget) / (truth * SIGMA.bores) ** 2;
    expect(leverage * (5 * errorOf(12 * matings) + 0.005) + 5e-4).toBeLessThan(0.01);
    expect(Math.abs(factor / truth - 1)).toBeLessThan(0.01);
    expect(result.cheapest).toBeNull();
    expectValidFile(result);
  });
});

describe('bounds', () => {
  const limits = [
    limit('mean', { of: 'il', statistic: 'mean' }, 0.1),
    P97_LIMIT,
    limit('yield', { of: 'yield', atDb: 0.25 }, 0.97),
  ];
  it('are one-sided ones of the confidence asked, by normal theory', async () => {
    const scenario = offsetsOnly(40_000, limits);
    const runner = openRunner({ workers: 0, engine: 'kernel' });
    const [total] = await runVariants(runner, 'pair', [scenario]);
    await runner.close();
    const n = 12 * scenario.matings;
    const mean = DB_PER_UM2 * varianceOf([1, 1]);
    const exceeding = Math.exp(-0.25 / mean);
    // Standard errors over limits. That of a quantile is estimated from few counts near it, the others by all fibres.
    const errors = [
      [mean / Math.sqrt(n) / 0.1, 0.02],
      [(mean * Math.sqrt(0.97 / 0.03)) / Math.sqrt(n) / LIMIT_DB, 0.1],
      [Math.sqrt((exceeding * (1 - exceeding)) / n) / 0.03, 0.02],
    ] as const;
    for (const [confidence, z] of [
      [undefined, 1.6448536],
      [1 - 0.05 / 3, 2.1280452],
    ] as const) {
      const { ratios } = evaluationOf(total!, limits, 'single-mode', confidence);
      for (const [t, [error, within]] of errors.entries()) {
        const found = (ratios[t]!.upper! - ratios[t]!.value) / (z * error);
        expect(Math.abs(found - 1), `${limits[t]!.text}, z = ${z}`).toBeLessThan(within);
        // the half width of a two-sided interval would not pass
        expect(Math.abs((found * 1.959964) / 1.6448536 - 1)).toBeGreaterThan(within);
      }
      expect(ratios[0]!.value / (mean / 0.1)).toBeCloseTo(1, 1);
      expect(ratios[2]!.value / (exceeding / 0.03)).toBeCloseTo(1, 1);
    }
  });

  it('are not known of a run that is too short', async () => {
    const result = await study(offsetsOnly(3), { verificationMatings: 20 });
    expect(result.cheapest!.outcome).not.toBe('verified');
    expectValidFile(result);
  });
});

describe('the numbers of a study', () => {
  it('of more variants than one plan takes are those of each alone', async () => {
    const variants = Array.from({ length: 45 }, (_, i) =>
      allocated(offsetsOnly(100), tolerances, [1 - i / 50, 0.5 + i / 50]),
    );
    const runner = openRunner({ workers: 2, engine: 'kernel' });
    const sums = (totals: readonly PairTotal[]) => totals.map((total) => total.sums());
    const together = sums(await runVariants(runner, 'pair', variants));
    expect(together).toHaveLength(variants.length);
    for (const [i, variant] of variants.entries())
      expect([together[i]]).toEqual(sums(await runVariants(runner, 'pair', [variant])));
    await runner.close();
  });

  it('are the same for any number of workers, and of either engine', async () => {
    const scenario = offsetsOnly(600);
    const alone = withoutHost(await study(scenario, { workers: 0 }));
    for (const more of [{ workers: 1 }, { workers: 2 }, { engine: 'reference' as const }]) {
      expect(withoutHost(await study(scenario, more))).toEqual(alone);
    }
    const other = await study({ ...scenario, seed: 'other' }, { workers: 0 });
    expect(other.cheapest!.factors).not.toEqual(alone.cheapest!.factors);
  });
});
