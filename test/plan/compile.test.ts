/** What a plan makes of levels, correlations, laws and mixed pairs. */
import * as ss from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  FIBRE,
  fibreOffset,
  MATING,
  PINNED,
  PLUG,
  plugOffset,
  UNPINNED,
} from '../../src/model/parts.js';
import { cholesky } from '../../src/numerics/cholesky.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { Contribution, Correlation, Design, Scenario } from '../../src/scenario/types.js';
import { eachMating } from '../support/matings.js';
import { MTP, scenarioFrom } from '../support/scenarios.js';

const normal = (sigma: number, level: Contribution['level']): Contribution => ({
  distribution: 'normal',
  mean: 0,
  sigma,
  lower: null,
  upper: null,
  level,
});

function withInputs(
  inputs: Partial<Record<DesignInput, readonly Contribution[]>>,
  correlations: readonly Correlation[] = [],
): Scenario {
  const scenario = scenarioFrom(MTP, 'plan', 1000);
  const design = scenario.designs['design'] as Design;
  const changed = { ...design, inputs: { ...design.inputs, ...inputs }, correlations };
  // A comparison, so that every input has its own draw (see merge.test.ts).
  return { ...scenario, designs: { design: changed }, comparisons: [['pair', 'pair']] };
}

/** Heights of all fibres, [mating][side][fibre]. */
function heights(scenario: Scenario, matings = 50): number[][][] {
  const out: number[][][] = [];
  eachMating(compilePlan(scenario), 0, 0, matings, (_, __, parts) => {
    out.push(
      [PINNED, UNPINNED].map((side) =>
        Array.from(
          { length: 12 },
          (_, i) => parts[fibreOffset(side, i) + FIBRE.heightUm] as number,
        ),
      ),
    );
  });
  return out;
}

const distinct = (values: readonly number[]) => new Set(values).size;

describe('levels', () => {
  it('fibre: every fibre of every plug of every mating has its own draw', () => {
    const all = heights(withInputs({ 'endFace.fibreHeight': [normal(1, 'fibre')] })).flat(2);
    expect(distinct(all)).toBe(50 * 2 * 12);
  });

  it('plug: the fibres of a plug share one, plugs and matings do not', () => {
    const all = heights(withInputs({ 'endFace.fibreHeight': [normal(1, 'plug')] }));
    for (const plug of all.flat()) expect(distinct(plug)).toBe(1);
    expect(distinct(all.flat(2))).toBe(50 * 2);
  });

  it('lot: all plugs of a design share one; another seed is another lot', () => {
    const scenario = withInputs({ 'endFace.fibreHeight': [normal(1, 'lot')] });
    const all = heights(scenario).flat(2);
    expect(distinct(all)).toBe(1);
    expect(heights({ ...scenario, seed: 'other' }).flat(2)[0]).not.toBe(all[0]);
  });

  it('contributions of several levels add up, each with its own draw', () => {
    const levels = ['fibre', 'plug', 'lot'] as const;
    const sum = heights(
      withInputs({ 'endFace.fibreHeight': levels.map((level) => normal(1, level)) }),
    );
    const parts = levels.map((level) =>
      heights(withInputs({ 'endFace.fibreHeight': [normal(1, level)] })),
    );
    sum.forEach((mating, m) => {
      mating.forEach((plug, side) => {
        plug.forEach((height, i) => {
          const expected = ss.sum(parts.map((part) => part[m]?.[side]?.[i] as number));
          expect(height).toBeCloseTo(expected, 12);
        });
      });
    });
  });

  it('two designs of a pair are two lots, and a design has the same lot wherever it stands', () => {
    const scenario = withInputs({ 'endFace.fibreHeight': [normal(1, 'lot')] });
    const design = scenario.designs['design'] as Design;
    const pair = scenario.pairs[0] as Scenario['pairs'][number];
    const lots = (pinned: string, unpinned: string, designs: Scenario['designs']) =>
      heights({ ...scenario, designs, pairs: [{ ...pair, pinned, unpinned }] }, 1)
        .flat()
        .map((plug) => plug[0]);
    const both = { a: design, b: design };
    const [a, b] = lots('a', 'b', both);
    expect(a).not.toBe(b);
    expect(lots('b', 'a', both)).toEqual([b, a]);
    expect(lots('a', 'a', both)).toEqual([a, a]);
    expect(lots('b', 'b', { b: design, c: design })).toEqual([b, b]);
  });
});

describe('shared random numbers', () => {
  it('a design draws the same numbers whatever else the scenario holds', () => {
    const alone = heights(withInputs({}));
    const scenario = withInputs({});
    const other = withInputs({ 'bores.tiltX': [normal(0.001, 'fibre')] });
    const both: Scenario = {
      ...scenario,
      designs: {
        ...scenario.designs,
        rows: { ...(other.designs['design'] as Design), fibreCount: 24 },
      },
      pairs: [
        ...scenario.pairs,
        {
          ...(scenario.pairs[0] as Scenario['pairs'][number]),
          name: 'rows',
          pinned: 'rows',
          unpinned: 'rows',
        },
      ],
    };
    expect(heights(both)).toEqual(alone);
  });

  it('an input that becomes fixed changes no other draw', () => {
    const fixed = withInputs({
      'bores.positionErrorX': [{ distribution: 'fixed', value: 0, level: 'fibre' }],
    });
    expect(heights(fixed)).toEqual(heights(withInputs({})));
  });
});

describe('correlated normals', () => {
  const matrix = [
    [1, 0.8, -0.3],
    [0.8, 1, 0.1],
    [-0.3, 0.1, 1],
  ];
  const inputs = ['bores.positionErrorX', 'bores.positionErrorY', 'endFace.fibreHeight'] as const;
  const places = [FIBRE.positionErrorXUm, FIBRE.positionErrorYUm, FIBRE.heightUm];
  const sigmas = [0.3, 0.2, 0.05];

  function samples(correlations: readonly Correlation[]): number[][] {
    const scenario = withInputs(
      Object.fromEntries(
        inputs.map((name, i) => [name, [normal(sigmas[i] as number, 'fibre')]]),
      ) as Partial<Record<DesignInput, readonly Contribution[]>>,
      correlations,
    );
    const columns: number[][] = [[], [], []];
    eachMating(compilePlan(scenario), 0, 0, 3000, (_, __, parts) => {
      for (const side of [PINNED, UNPINNED]) {
        for (let i = 0; i < 12; i++) {
          places.forEach((place, k) => {
            columns[k]?.push(parts[fibreOffset(side, i) + place] as number);
          });
        }
      }
    });
    return columns;
  }

  /**
   * Deviation of the sample correlations from the matrix, in standard errors (Fisher's z, 72,000 independent fibres).
   * |z| < 5 has a false-alarm rate of 6e-7 each.
   */
  function worstZ(columns: number[][]): number {
    let worst = 0;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < i; j++) {
        const r = ss.sampleCorrelation(columns[i] as number[], columns[j] as number[]);
        const known = matrix[i]?.[j] as number;
        worst = Math.max(
          worst,
          Math.abs(Math.atanh(r) - Math.atanh(known)) * Math.sqrt(72_000 - 3),
        );
      }
    }
    return worst;
  }

  it('have the correlations of the matrix and keep their spreads', () => {
    const columns = samples([{ inputs, matrix }]);
    expect(worstZ(columns)).toBeLessThan(5);
    columns.forEach((column, k) => {
      // A standard deviation of 72,000 normals has a relative standard error of 0.26 %.
      const relative = ss.standardDeviation(column) / (sigmas[k] as number) - 1;
      expect(Math.abs(relative)).toBeLessThan(5 / Math.sqrt(2 * 72_000));
    });
  });

  it('and a sampler that forgets the correlation is caught', () => {
    expect(worstZ(samples([]))).toBeGreaterThan(5);
  });

  it('Cholesky factor times its transpose is the matrix', () => {
    const rows = cholesky(matrix) ?? [];
    matrix.forEach((row, i) => {
      row.forEach((value, j) => {
        const product = ss.sum(
          (rows[i] as number[]).map((x, k) => x * ((rows[j] as number[])[k] ?? 0)),
        );
        expect(product).toBeCloseTo(value, 14);
      });
    });
  });
});

describe('mixed pairs', () => {
  it('average the spring forces, transmissions and compliances', () => {
    const scenario = scenarioFrom(MTP, 'mixed', 10);
    const soft = scenario.designs['design'] as Design;
    const stiff: Design = {
      ...soft,
      mounting: { type: 'fixed', sideLoadTransmission: 1, angularStiffness: 2e7 },
      inputs: {
        ...soft.inputs,
        'spring.force': [{ distribution: 'fixed', value: 20, level: 'mating' }],
      },
    };
    const plan = compilePlan({
      ...scenario,
      designs: { soft, stiff },
      pairs: scenario.pairs.map((pair) => ({ ...pair, pinned: 'stiff', unpinned: 'soft' })),
    });
    const mechanics = plan.pairs[0]?.mechanics;
    expect(mechanics?.sideLoadTransmission).toBeCloseTo((1 + 0.15) / 2, 15);
    expect(1 / (mechanics?.mountingAngularStiffness as number)).toBeCloseTo(
      (1 / 2e7 + 1 / 2e5) / 2,
      15,
    );
    eachMating(plan, 0, 0, 10, (_, mating, parts) => {
      eachMating(compilePlan(scenario), 0, mating, mating + 1, (__, ___, own) => {
        const expected = 10 + 0.5 * (own[MATING.springForceN] as number);
        expect(parts[MATING.springForceN]).toBeCloseTo(expected, 12);
      });
    });
  });
});

describe('guide features', () => {
  it('pins belong to the pinned plug, holes to the other', () => {
    eachMating(compilePlan(scenarioFrom(MTP, '1', 10)), 0, 0, 10, (_, __, parts) => {
      for (const at of [PLUG.guideDiameter1Um, PLUG.guideDiameter2Um]) {
        expect(Math.abs((parts[plugOffset(PINNED) + at] as number) - 698.8)).toBeLessThanOrEqual(
          0.3,
        );
        expect(Math.abs((parts[plugOffset(UNPINNED) + at] as number) - 699.5)).toBeLessThanOrEqual(
          0.45 + 1e-9,
        );
      }
    });
  });
});
