/** Independent normals that count only as a sum: what is drawn as one, what never is, and that the plan says so. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runnerSource } from '../../src/engine/load-kernel.js';
import { createRunner } from '../../src/engine/runner.js';
import { plugOffset, UNPINNED } from '../../src/model/parts.js';
import { compilePlan } from '../../src/plan/compile.js';
import { PLACES } from '../../src/plan/positions.js';
import type { PairPlan } from '../../src/plan/types.js';
import { LAW } from '../../src/random/draw.js';
import { STREAM_FAMILY } from '../../src/random/stream.js';
import type { DesignInput } from '../../src/scenario/inputs.js';
import type {
  Contribution,
  Correlation,
  MatingConditions,
  Scenario,
} from '../../src/scenario/types.js';
import { temporaryFolder } from '../cli/helpers.js';
import { runHere } from '../cli/in-process.js';
import {
  allNormal,
  apart,
  type Inputs,
  mixedScenario,
  normal,
  scenarioWith,
} from '../support/normals.js';

const planOf = (scenario: Scenario): PairPlan => compilePlan(scenario).pairs[0] as PairPlan;
const mergedInputs = (scenario: Scenario) => planOf(scenario).merged.map(({ inputs }) => inputs);

/** What the model page (§3, §5, §6) says of the sums, written down by hand. */
const BOTH = ['pinned', 'unpinned'] as const;
const EXPECTED: readonly (readonly [level: string, inputs: readonly DesignInput[]])[] = [
  ['plug', ['guideHoles.pitchError']],
  ['plug', ['bores.rowBiasX', 'bores.positionErrorX']],
  ['plug', ['bores.rowBiasY', 'bores.positionErrorY']],
  ['fibre', ['bores.positionErrorX']],
  ['fibre', ['bores.positionErrorY']],
  ['fibre', ['bores.tiltX']],
  ['plug', ['bores.tiltX']],
  ['fibre', ['bores.tiltY']],
  ['plug', ['bores.tiltY']],
  ['fibre', ['endFace.fibreHeight']],
  ['plug', ['endFace.fibreHeight']],
  ['plug', ['endFace.slopeErrorX']],
  ['plug', ['endFace.slopeErrorY']],
];

const ALL = scenarioWith(allNormal(1), 1000);
/** Lengths that grow, each fibre's place by its own distance. */
const HOT = withMating(ALL, { temperatureDegC: 60, unpinnedWarmerByDegC: 5 });

function withMating(scenario: Scenario, mating: Partial<MatingConditions>): Scenario {
  const pairs = scenario.pairs.map((pair) => ({ ...pair, mating: { ...pair.mating, ...mating } }));
  return { ...scenario, pairs };
}

describe('of two plugs of whole normals', () => {
  it('everything linear is drawn as one, level by level', () => {
    const found = planOf(ALL).merged.map(({ level, inputs }) => `${level}: ${inputs.join(', ')}`);
    const expected = EXPECTED.map(
      ([level, inputs]) =>
        `${level}: ${BOTH.flatMap((side) => inputs.map((name) => `${side} ${name}`)).join(', ')}`,
    );
    expect(found.sort()).toEqual(expected.sort());
  });

  it('variances add up, and the plan has as many draws fewer as it says', () => {
    const { merged, draws } = planOf(ALL);
    const laws = allNormal(1);
    for (const { inputs, level, sigma } of merged) {
      let variance = 0;
      for (const text of inputs) {
        const [, name] = text.split(' ') as [string, DesignInput];
        const law = laws[name]?.find((contribution) => contribution.level === level);
        if (law?.distribution !== 'normal') throw new Error(`no normal for ${text}`);
        variance += law.sigma ** 2;
      }
      expect(sigma ** 2 / variance, inputs[0]).toBeCloseTo(1, 14);
      expect(draws.filter((draw) => draw.b === sigma).length, inputs[0]).toBe(1);
    }
    const fewer = merged.reduce((sum, { inputs }) => sum + inputs.length - 1, 0);
    expect(fewer).toBe(17);
    expect(draws.length).toBe(planOf(apart(ALL)).draws.length - fewer);
  });

  it.each([
    ['', ALL],
    [' of hot plugs', HOT],
  ])('means%s stay where they are', (_, scenario) => {
    const plans = [planOf(scenario), planOf(apart(scenario))];
    const [one, own] = plans.map(meanParts) as [number[], number[]];
    one.forEach((mean, i) => {
      expect(mean, `number ${i}`).toBeCloseTo(own[i] as number, 12);
    });
    const slope = plugOffset(UNPINNED) + PLACES['endFace.slopeErrorX'].part;
    expect(plans[0]?.fixedParts[slope]).toBe(0.0001);
  });

  it('groups stay apart by level and by direction', () => {
    const inputs: Inputs = {
      'bores.rowBiasX': [normal(1, 'plug')],
      'bores.positionErrorX': [normal(1, 'fibre')],
      'bores.rowBiasY': [normal(1, 'plug')],
    };
    expect(mergedInputs(scenarioWith(inputs, 10))).toEqual(
      ['bores.rowBiasX', 'bores.rowBiasY', 'bores.positionErrorX'].map((name) =>
        BOTH.map((side) => `${side} ${name}`),
      ),
    );
  });

  it('a pair that is mated again keeps the draws of its parts', () => {
    const again = compilePlan({ ...ALL, experiment: { type: 're-mating', cycles: [1, 2, 7] } });
    // Holes wear, so their means move.
    const ofParts = ({ draws }: PairPlan) =>
      draws.filter(({ target }) => target >= plugOffset(0)).map(({ a, ...draw }) => draw);
    for (const pair of again.pairs) {
      expect(pair.merged).toEqual(planOf(ALL).merged);
      expect(ofParts(pair)).toEqual(ofParts(planOf(ALL)));
    }
    expect(again.pairs).toHaveLength(3);
  });

  it('two pins off their seats both alike count as row bias', () => {
    const inputs = { ...allNormal(1), 'guidePins.seatErrorX': [normal(0.3, 'plug')] };
    const isOfPlugs = (group: readonly string[]) => group.includes('pinned bores.rowBiasX');
    expect(mergedInputs(scenarioWith(inputs, 10)).filter(isOfPlugs)).toEqual([
      [
        'pinned bores.rowBiasX',
        'pinned bores.positionErrorX',
        'pinned guidePins.seatErrorX',
        'unpinned bores.rowBiasX',
        'unpinned bores.positionErrorX',
      ],
    ]);
  });

  it('delivered parts of a toleranced process are whole normals', () => {
    const part = { distribution: 'toleranced', nominal: 0, plus: 3, minus: 3, cpk: 1 } as const;
    const bias = (sorted: boolean): Inputs => ({
      'bores.rowBiasX': [{ ...part, sorted, level: 'plug' }],
    });
    expect(planOf(scenarioWith(bias(false), 10)).merged).toEqual([
      {
        inputs: ['pinned bores.rowBiasX', 'unpinned bores.rowBiasX'],
        level: 'plug',
        sigma: Math.SQRT2,
        unit: 'um',
      },
    ]);
    expect(mergedInputs(scenarioWith(bias(true), 10))).toEqual([]);
  });

  it('a stream that only merged draws would need is not drawn', () => {
    const errors = [normal(0.2, 'fibre'), normal(0.1, 'plug')];
    const inputs: Inputs = {
      'bores.rowBiasX': [normal(0.1, 'plug')],
      'bores.positionErrorX': errors,
    };
    const scenario = scenarioWith(inputs, 10);
    const families = (of: Scenario) => compilePlan(of).raw.streams.map(({ family }) => family);
    expect(families(scenario)).toEqual([STREAM_FAMILY.base]);
    expect(families(apart(scenario))).toEqual([STREAM_FAMILY.base, STREAM_FAMILY.extra]);
  });

  it.each([
    ['', ALL],
    [' of hot plugs', HOT],
  ])('both engines draw the same, in places%s with and without draws', (_, scenario) => {
    const plan = compilePlan({ ...scenario, matings: 2000 });
    const blocks = (['kernel', 'reference'] as const).map((engine) =>
      createRunner(runnerSource(plan, engine))(0),
    );
    expect(blocks[0]).toEqual(blocks[1]);
  });
});

/** Means of the numbers that draws and fixed contributions give, of laws that are a + b·score. */
function meanParts({ fixedParts, draws }: PairPlan): number[] {
  const means = Array.from(fixedParts);
  for (const { law, target, targetStep, count, a, adds } of draws) {
    if (law !== LAW.quantileTable) continue;
    for (let i = 0; i < count; i++) {
      const at = target + i * targetStep;
      means[at] = a + (adds ? (means[at] as number) : 0);
    }
  }
  return means;
}

describe('never drawn as one are', () => {
  const both = (inputs: Inputs, correlations: readonly Correlation[] = []): Scenario => {
    const scenario = scenarioWith(inputs, 10);
    const designs = Object.entries(scenario.designs).map(
      ([name, design]) => [name, { ...design, correlations }] as const,
    );
    return { ...scenario, designs: Object.fromEntries(designs) };
  };
  const bias = (law: Contribution): Scenario => both({ 'bores.rowBiasX': [law] });
  const mating: Contribution = normal(1, 'mating', 10);
  const cases: Readonly<Record<string, Scenario>> = {
    'truncated normals': bias({ ...normal(1, 'plug'), lower: -3, upper: 3 } as Contribution),
    'half-normals': bias({ distribution: 'half-normal', sigma: 1, level: 'plug' }),
    'other laws': bias({ distribution: 'uniform', low: -1, high: 1, level: 'plug' }),
    lots: bias(normal(1, 'lot')),
    'correlated normals': both(
      { 'bores.rowBiasX': [normal(1, 'plug')], 'bores.rowBiasY': [normal(1, 'plug')] },
      [
        {
          inputs: ['bores.rowBiasX', 'bores.rowBiasY'],
          matrix: [
            [1, 0.5],
            [0.5, 1],
          ],
        },
      ],
    ),
    'pins off their seats one by one': both({
      'bores.rowBiasX': [{ distribution: 'fixed', value: 0, level: 'plug' }],
      'guidePins.seatErrorX': [normal(1, 'pin')],
    }),
    'diameters, of which play and tilt take their own shares': both({
      'guideHoles.diameter': [normal(0.1, 'plug', 699.5)],
      'guidePins.diameter': [normal(0.1, 'plug', 698.5)],
    }),
    'mode fields': both({ 'fibres.modeFieldDiameter': [normal(0.1, 'fibre', 9.2)] }),
    'spring forces, which share their draw': both({ 'spring.force': [mating] }),
    'springs that press off the middle, by the force too': both({
      'spring.offsetX': [normal(100, 'plug')],
    }),
    'two designs, whose shares are told from draws of their own': mixedScenario(
      allNormal(1),
      allNormal(0.7),
      10,
    ),
    'plugs of a lot, each of which is told from draws of its own': {
      ...ALL,
      experiment: { type: 'lot', pinned: 3, unpinned: 4, repeats: 2 },
      matings: 24,
    },
  };

  it.each(Object.entries(cases))('%s', (_, scenario) => {
    expect(planOf(scenario).merged).toEqual([]);
    expect(planOf(scenario).draws).toEqual(planOf(apart(scenario)).draws);
  });

  it('inputs of pairs that are compared: the differences need every draw', () => {
    const { merged, draws } = planOf(apart(ALL));
    expect(merged).toEqual([]);
    const sigmas = new Set(draws.map((draw) => draw.b));
    for (const law of Object.values(allNormal(1)).flat()) {
      if (law.distribution === 'normal') expect(sigmas).toContain(law.sigma);
    }
  });
});

describe('what was drawn as one is told', () => {
  const text = [
    'name: normals',
    'matings: 100',
    'designs:',
    '  plug: { extends: mtp-elite, bores: { rowBiasX: 0.1 um ± 0.3 um at 3 sigma } }',
    'pairs: { plug: { pinned: plug, unpinned: plug }, other: { pinned: plug, unpinned: plug } }',
  ].join('\n');
  const told = 'bores.rowBiasX of both plugs: sigma 0.141421 um, per plug\n';

  it('by validate, run and replay', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'normals.yaml'), `${text}\ncomparisons: []\n`);
    const valid = await runHere(folder, ['validate', 'normals.yaml']);
    expect(valid.stdout).toContain(`\npair plug: drawn as one sum\n${told}pair other: `);
    const run = await runHere(folder, ['run', 'normals.yaml', '--json', '--out', 'r.json']);
    const { inputs, ...rest } = JSON.parse(run.stdout).pairs[1].merged[0];
    expect(inputs).toEqual(['pinned bores.rowBiasX', 'unpinned bores.rowBiasX']);
    expect(rest).toMatchObject({ level: 'plug', unit: 'um' });
    const shown = await runHere(folder, ['replay', 'r.json']);
    expect(shown.stdout).toContain(`the others show their means\n${told}`);
    expect(shown.stdout).toMatch(/\nrow bias x +−?\d\.\d{4} µm +0\.1000 µm\n/);
    const json = await runHere(folder, ['replay', 'r.json', '--json']);
    expect(JSON.parse(json.stdout).sampled.merged).toEqual([{ inputs, ...rest }]);
  });

  it('and nothing is told, nor merged, of pairs that are compared', async () => {
    const folder = temporaryFolder();
    // Unless a scenario says otherwise, its first pair is compared with every other.
    writeFileSync(join(folder, 'normals.yaml'), text);
    const valid = await runHere(folder, ['validate', 'normals.yaml']);
    expect(valid.stdout).toMatch(/^normals.yaml: valid; .*\n$/);
    const run = await runHere(folder, ['run', 'normals.yaml', '--json', '--out', 'r.json']);
    expect(JSON.parse(run.stdout).pairs[0].merged).toEqual([]);
    const shown = await runHere(folder, ['replay', 'r.json']);
    expect(shown.stdout).not.toContain('Drawn as one');
  });
});
