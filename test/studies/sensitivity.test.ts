/** Sensitivity studies as a whole: their figures are differences of runs, whatever computed them; what factors are. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { runPlan } from '../../src/engine/run.js';
import { UserError } from '../../src/errors.js';
import { compilePlan } from '../../src/plan/compile.js';
import {
  type FactorResult,
  type SensitivityOfPair,
  type SensitivityResult,
  sensitivityJsonSchema,
  sensitivitySchema,
} from '../../src/result/schema-sensitivity.js';
import { parseScenario } from '../../src/scenario/index.js';
import type { Design, Scenario } from '../../src/scenario/types.js';
import { type SpreadInput, withSpread } from '../../src/scenario/with-spread.js';
import { SINGLE_MODE_GRADES } from '../../src/statistics/grade.js';
import { summariseFibres, yields } from '../../src/statistics/summary.js';
import type { PairTotal } from '../../src/statistics/total.js';
import { factorsOf } from '../../src/studies/sensitivity/factors.js';
import { type SensitivityOptions, sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { everyInput } from '../support/every-input.js';
import { PERFECT, scenarioFrom } from '../support/scenarios.js';

const LIMIT_DB = 0.3;
const scenario = parseScenario(
  `designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mtp: { pinned: mtp, unpinned: mtp }, mixed: { pinned: mpo, unpinned: mtp } }
matings: 700
seed: sensitivity`,
  { file: 's.yaml' },
).scenario;

const study = (of: Scenario, options: SensitivityOptions = {}) =>
  sensitivity(of, { workers: 0, yieldAtDb: LIMIT_DB, ...options });
const withoutHost = ({ host: _, ...rest }: SensitivityResult) => rest;
const pairCalled = ({ pairs }: SensitivityResult, name: string) =>
  pairs.find((pair) => pair.name === name) as SensitivityOfPair;
const namesOf = (factors: readonly { name: string }[]): string[] =>
  factors.map(({ name }) => name).sort();

/** Statistics of a pair in a plain run in which nothing is drawn as one with others. */
async function statisticsOf(of: Scenario, name: string) {
  const [first, second] = of.pairs.map((pair) => pair.name) as [string, string];
  const plan = compilePlan({ ...of, comparisons: [[first, second]] });
  const { pairs } = await runPlan(plan, { workers: 0, engine: 'kernel' });
  const total = pairs[name === first ? 0 : 1] as PairTotal;
  const { mean, sd, p97 } = summariseFibres(total, SINGLE_MODE_GRADES).il;
  return { mean, sd, p97, yield: yields(total, LIMIT_DB).fibre };
}

describe('the figures of a study', () => {
  it('are those of a run, and changes the differences of runs of the scaled scenarios', async () => {
    const result = await study(scenario);
    for (const name of ['mtp', 'mixed']) {
      const pair = pairCalled(result, name);
      const base = await statisticsOf(scenario, name);
      expect({ p97: pair.p97, yield: pair.yield }).toEqual({ p97: base.p97, yield: base.yield });
      expect(pair.mean.value).toBeCloseTo(base.mean.value, 13);
      expect(pair.sd.value).toBeCloseTo(base.sd.value, 12);
      for (const { inputs, without, cut } of pair.factors) {
        for (const [change, factor] of [
          [without, 0],
          [cut, 0.9],
        ] as const) {
          const those = inputs as SpreadInput[];
          const scaled = await statisticsOf(
            withSpread(scenario, [{ inputs: those, factor }]),
            name,
          );
          expect(change.p97.value).toBe(scaled.p97.value - base.p97.value);
          expect(change.yield.value).toBe(scaled.yield.value - base.yield.value);
          // Sums of blocks: blocks are others, and so are the last bits.
          expect(change.mean.value).toBeCloseTo(scaled.mean.value - base.mean.value, 13);
          expect(change.sd.value).toBeCloseTo(scaled.sd.value - base.sd.value, 12);
        }
      }
    }
  });

  it('are the same with any number of workers and on either engine', async () => {
    const small = { ...scenario, matings: 100 };
    const alone = withoutHost(await study(small));
    // Nor do they depend on which pairs are asked for.
    const mixed = { ...alone, pairs: alone.pairs.filter(({ name }) => name === 'mixed') };
    for (const options of [{ workers: 1 }, { workers: 3 }, { engine: 'reference' }] as const) {
      const other = await study(small, { ...options, pairs: ['mixed'] });
      expect(withoutHost(other)).toEqual(mixed);
    }
  });

  it('keep to the schemas, and are sorted by the change of the 97 % point', async () => {
    const result = await study({ ...scenario, matings: 200 });
    const copy = JSON.parse(JSON.stringify(result));
    expect(sensitivitySchema.parse(copy)).toEqual(copy);
    const validate = new Ajv2020({ strict: false }).compile(sensitivityJsonSchema());
    expect(validate(copy), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...copy, pairs: [{ name: 'x' }] })).toBe(false);
    expect(validate({ ...copy, kind: 'sweep' })).toBe(false);
    for (const { factors } of result.pairs) {
      const sizes = factors.map(({ without }) => Math.abs(without.p97.value));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });

  it('come with progress from 0 to 1, and end at once when aborted', async () => {
    const shares: number[] = [];
    const small = { ...scenario, matings: 100 };
    await study(small, { onProgress: (share) => shares.push(share), pairs: ['mtp'] });
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const controller = new AbortController();
    const onProgress = (share: number): void => {
      if (share > 0) controller.abort(new Error('enough'));
    };
    await expect(
      study(scenario, { workers: 2, onProgress, signal: controller.signal }),
    ).rejects.toThrow('enough');
  });

  it('count of a stress its first step, and of a re-mating the first mating', async () => {
    const small = { ...scenario, matings: 100 };
    const changed = (of: Partial<Scenario>): Scenario => ({ ...small, ...of });
    const stress = changed({
      experiment: {
        type: 'stress',
        steps: ['as it is', 'hot'].map((name) => ({ name, sets: [] })),
      },
      pairs: small.pairs.map((pair) => ({
        ...pair,
        steps: [pair.mating, { ...pair.mating, temperatureDegC: 80 }],
      })),
    });
    const again = changed({ experiment: { type: 're-mating', cycles: [1, 500] } });
    const { pairs } = await study(small, { pairs: ['mtp'] });
    expect((await study(stress, { pairs: ['mtp'] })).pairs).toEqual(pairs);
    expect((await study(again, { pairs: ['mtp'] })).pairs).toEqual(pairs);
  });
});

describe('factors', () => {
  const OF_DESIGN = [
    'bores.diametralClearance',
    'bores.positionError',
    'bores.rowBias',
    'bores.tilt',
    'endFace.fibreHeight',
    'endFace.layerIndex',
    'endFace.layerThickness',
    'endFace.slopeError',
    'fibres.coreEccentricity',
    'fibres.modeFieldDiameter',
    'guideHoles.pitchError',
    'spring.offset',
  ];
  const PINS = ['diameter', 'minorAxisShorterBy', 'seatError'].map((name) => `guidePins.${name}`);
  const SHARED = [
    'debrisGap',
    'restTilt',
    'scatterFloor',
    'seatCentring',
    'sideLoad',
    'sideLoadDirection',
    'spring.force',
  ];
  const every = everyInput(64);

  it('of a design with itself are its inputs, both axes together', () => {
    expect(namesOf(factorsOf(every, 'own', false))).toEqual(
      [...OF_DESIGN, ...PINS, 'guideHoles.diameter', ...SHARED].sort(),
    );
  });

  it('of a mixed pair stand by design; there is one spring force', () => {
    const factors = factorsOf(every, 'mixed', false);
    expect(namesOf(factors)).toEqual(
      [
        ...OF_DESIGN.flatMap((name) => [`a: ${name}`, `b: ${name}`]),
        ...PINS.map((name) => `a: ${name}`),
        'b: guideHoles.diameter',
        ...SHARED,
      ].sort(),
    );
    expect(factors.find(({ name }) => name === 'spring.force')?.inputs).toEqual([
      { design: 'a', input: 'spring.force' },
      { design: 'b', input: 'spring.force' },
    ]);
    expect(factors.find(({ name }) => name === 'b: bores.rowBias')?.inputs).toEqual([
      { design: 'b', input: 'bores.rowBiasX' },
      { design: 'b', input: 'bores.rowBiasY' },
    ]);
  });

  it('are split by axis where that is asked for, and together have the same inputs', () => {
    const inputs = (axes: boolean) =>
      factorsOf(every, 'mixed', axes)
        .flatMap((factor) => factor.inputs.map(({ design, input }) => `${design} ${input}`))
        .sort();
    expect(inputs(true)).toEqual(inputs(false));
    expect(new Set(inputs(true)).size).toBe(inputs(true).length);
    const names = namesOf(factorsOf(every, 'own', true));
    expect(names).toContain('bores.rowBiasX');
    expect(names).toContain('restTiltY');
    expect(names).not.toContain('bores.rowBias');
  });

  describe('of correlated inputs are one', () => {
    const normal = (input: string) =>
      `${input}X: 0 um ± 0.1 um at 3 sigma, ${input}Y: 0 um ± 0.1 um at 3 sigma`;
    const correlated = parseScenario(
      `designs:
  a:
    extends: mtp-standard
    bores: { ${normal('positionError')}, ${normal('rowBias')} }
    correlations:
      - { inputs: [bores.rowBiasX, endFace.slopeErrorX], matrix: [[1, 0.7], [0.7, 1]] }
    endFace: { slopeErrorX: 0 deg ± 0.01 deg at 3 sigma }
mating:
  sideLoadDirection: 0 deg ± 40 deg at 3 sigma
  restTiltX: 0 deg ± 0.02 deg at 3 sigma
  correlations: [ { inputs: [sideLoadDirection, restTiltX], matrix: [[1, -0.8], [-0.8, 1]] } ]
pairs: { a: { pinned: a, unpinned: a } }
matings: 200
seed: correlated`,
      { file: 's.yaml' },
    ).scenario;

    it.each([
      [false, 'bores.rowBias + endFace.slopeError', 'sideLoadDirection + restTilt'],
      [true, 'bores.rowBiasX + endFace.slopeErrorX', 'sideLoadDirection + restTiltX'],
    ])('of a design and of the mating; axes %s', async (axes, ofDesign, ofMating) => {
      const factors = factorsOf(correlated, 'a', axes);
      const inputsOf = (name: string) =>
        factors.find((factor) => factor.name === name)?.inputs.map(({ input }) => input);
      expect(inputsOf(ofDesign)?.sort()).toEqual(['bores.rowBiasX', 'endFace.slopeErrorX']);
      expect(inputsOf(ofMating)?.sort()).toEqual(['restTiltX', 'sideLoadDirection']);
      const { pairs } = await study(correlated, { axes });
      expect(namesOf(pairs[0]?.factors ?? [])).toEqual(namesOf(factors));
    });
  });

  it('are not what was measured', async () => {
    const zeros = Array.from({ length: 12 }, (_, i) => 0.01 * i);
    const { designs } = scenario;
    const measured = { coreErrorXUm: zeros, coreErrorYUm: zeros, pitchErrorUm: 0.2 };
    const plug: Design = { ...(designs['mpo'] as Design), gender: 'pinned', measured } as Design;
    const result = await study(
      { ...scenario, matings: 200, designs: { ...designs, mpo: plug } },
      { pairs: ['mixed'] },
    );
    const names = namesOf(pairCalled(result, 'mixed').factors);
    expect(names).toContain('mtp: bores.positionError');
    expect(names).toContain('mpo: endFace.slopeError');
    const gone = ['bores.positionError', 'bores.rowBias', 'bores.diametralClearance'];
    for (const name of [...gone, 'fibres.coreEccentricity', 'guideHoles.pitchError'])
      expect(names).not.toContain(`mpo: ${name}`);
  });
});

describe('scenarios that are not as others', () => {
  it('a lot is refused', async () => {
    const lot: Scenario = {
      ...scenario,
      matings: 100,
      experiment: { type: 'lot', pinned: 10, unpinned: 10, repeats: 1 },
    };
    await expect(study(lot)).rejects.toThrow(UserError);
    await expect(study(lot)).rejects.toThrow(/a lot draws its plugs once/);
  });

  it('a pair in which nothing varies has no indices, and nothing changes it', async () => {
    const { pairs } = await study(scenarioFrom(PERFECT, 'nothing', 1000));
    const [pair] = pairs as [SensitivityOfPair];
    expect(pair.interactions).toBeNull();
    const none = { value: 0, low: 0, high: 0 };
    const unchanged = { mean: none, sd: none, p97: none, yield: none };
    expect(pair.factors.length).toBeGreaterThan(0);
    for (const factor of pair.factors as FactorResult[]) {
      expect(factor).toMatchObject({ mating: null, fibre: null });
      expect(factor.without).toEqual(unchanged);
      expect(factor.cut).toEqual(unchanged);
    }
  });

  it('a single mating gives figures without intervals', async () => {
    const { pairs } = await study({ ...scenario, matings: 1 });
    for (const { factors } of pairs) {
      for (const { without, fibre } of factors) {
        expect(Number.isFinite(without.p97.value)).toBe(true);
        expect(without.p97).toMatchObject({ low: null, high: null });
        expect(fibre?.first.low ?? null).toBeNull();
      }
    }
  });
});
