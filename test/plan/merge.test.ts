/** Independent normals that count only as a sum: what is drawn as one, what never is, and that the plan says so. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunner, runnerSource } from '../../src/engine/runner.js';
import { evaluateMating } from '../../src/model/mating.js';
import { fibreOffset, PINNED, plugOffset, UNPINNED } from '../../src/model/parts.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import { PLACES } from '../../src/plan/positions.js';
import type { PairPlan } from '../../src/plan/types.js';
import { LAW } from '../../src/random/draw.js';
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { Contribution, Correlation, Design, Scenario } from '../../src/scenario/types.js';
import { matedpair, temporaryFolder } from '../cli/helpers.js';
import { eachMating } from '../support/matings.js';
import { allNormal, apart, type Inputs, mixedScenario, normal } from '../support/normals.js';

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

const ALL = mixedScenario(allNormal(1), allNormal(0.7), 1000);

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
    const laws = { pinned: allNormal(1), unpinned: allNormal(0.7) };
    for (const { inputs, level, sigma } of merged) {
      let variance = 0;
      for (const text of inputs) {
        const [side, name] = text.split(' ') as [keyof typeof laws, DesignInput];
        const law = laws[side][name]?.find((contribution) => contribution.level === level);
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

  it('means stay where they are', () => {
    const [one, own] = [planOf(ALL), planOf(apart(ALL))].map(meanParts) as [number[], number[]];
    one.forEach((mean, i) => {
      expect(mean, `number ${i}`).toBeCloseTo(own[i] as number, 13);
    });
    const slope = plugOffset(UNPINNED) + PLACES['endFace.slopeErrorX'].part;
    expect(planOf(ALL).fixedParts[slope]).toBe(0.0001);
  });

  it('two pins off their seats both alike count as row bias', () => {
    const inputs = { ...allNormal(1), 'guidePins.seatErrorX': [normal(0.3, 'plug')] };
    expect(mergedInputs(mixedScenario(inputs, {}, 10))).toEqual([
      ['pinned bores.rowBiasX', 'pinned bores.positionErrorX', 'pinned guidePins.seatErrorX'],
      ['pinned bores.rowBiasY', 'pinned bores.positionErrorY'],
    ]);
  });

  it('delivered parts of a toleranced process are whole normals', () => {
    const part = { distribution: 'toleranced', nominal: 0, plus: 3, minus: 3, cpk: 1 } as const;
    const bias = (sorted: boolean): Inputs => ({
      'bores.rowBiasX': [{ ...part, sorted, level: 'plug' }],
    });
    expect(planOf(mixedScenario(bias(false), bias(false), 10)).merged).toEqual([
      {
        inputs: ['pinned bores.rowBiasX', 'unpinned bores.rowBiasX'],
        level: 'plug',
        sigma: Math.SQRT2,
        unit: 'um',
      },
    ]);
    expect(mergedInputs(mixedScenario(bias(true), bias(true), 10))).toEqual([]);
  });

  it('a stream that only merged draws would need is not drawn', () => {
    const errors = [normal(0.2, 'fibre'), normal(0.1, 'plug')];
    const inputs: Inputs = {
      'bores.rowBiasX': [normal(0.1, 'plug')],
      'bores.positionErrorX': errors,
    };
    const scenario = mixedScenario(inputs, inputs, 10);
    expect(compilePlan(scenario).raw.extraLength).toBe(0);
    expect(compilePlan(apart(scenario)).raw.extraLength).toBeGreaterThan(0);
  });

  it('both engines draw the same, in places with and without draws', () => {
    const plan = compilePlan({ ...ALL, matings: 2000 });
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
    const scenario = mixedScenario(inputs, inputs, 10);
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
    'different levels': mixedScenario(
      { 'bores.rowBiasX': [normal(1, 'plug')] },
      { 'bores.positionErrorX': [normal(1, 'fibre')] },
      10,
    ),
    'different directions': mixedScenario(
      { 'bores.rowBiasX': [normal(1, 'plug')] },
      { 'bores.rowBiasY': [normal(1, 'plug')] },
      10,
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
  };

  it.each(Object.entries(cases))('%s', (_, scenario) => {
    expect(planOf(scenario).merged).toEqual([]);
    expect(planOf(scenario).draws).toEqual(planOf(apart(scenario)).draws);
  });

  it('inputs of pairs that are compared: the differences need every draw', () => {
    const { merged, draws } = planOf(apart(ALL));
    expect(merged).toEqual([]);
    const normals = [allNormal(1), allNormal(0.7)].flatMap((inputs) => Object.values(inputs));
    const sigmas = new Set(draws.map((draw) => draw.b));
    for (const law of normals.flat()) {
      if (law.distribution === 'normal') expect(sigmas).toContain(law.sigma);
    }
  });
});

interface Member {
  readonly side: number;
  readonly name: DesignInput;
  readonly level: string;
}

/** Adds to an input: of fibre i and the one that faces it, or of the whole plug. */
function shift(pair: PairPlan, parts: Float64Array, member: Member, i: number, by: number): void {
  const { side, name, level } = member;
  const { group, part } = PLACES[name];
  const { fibres, facing } = pair.mechanics;
  if (group !== 'fibre') {
    for (let unit = 0; unit < (group === 'guide' ? 2 : 1); unit++) {
      parts[plugOffset(side) + part + unit] = (parts[plugOffset(side) + part + unit] ?? 0) + by;
    }
    return;
  }
  const own = side === PINNED ? i : (facing[i] as number);
  for (let fibre = 0; fibre < fibres; fibre++) {
    if (level !== 'plug' && fibre !== own) continue;
    const at = fibreOffset(side, fibre) + part;
    parts[at] = (parts[at] ?? 0) + by;
  }
}

/** Largest difference of two mating's losses, dB. */
function difference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
}

/**
 * How the losses of 30 matings tell two inputs apart: moves one, then the other by as much the same or the opposite way.
 * `apart` is the largest difference in dB by the better of the two signs, `effect` what the move does at all.
 */
function exchange(scenario: Scenario, first: Member, second: Member) {
  const plan = compilePlan(scenario);
  const pair = plan.pairs[0] as PairPlan;
  const workspace = createWorkspace(pair.mechanics.fibres);
  const losses = (parts: Float64Array): Float64Array => {
    evaluateMating(pair.mechanics, parts, workspace);
    return workspace.results.lossDb.slice();
  };
  const step = /tilt|slope/.test(first.name) ? 0.002 : 0.3;
  let [effect, same, opposite] = [0, 0, 0];
  eachMating(plan, 0, 0, 30, ({ results }, mating, parts) => {
    const base = results.lossDb.slice();
    const moved = (member: Member, by: number): Float64Array => {
      const copy = parts.slice();
      shift(pair, copy, member, mating % pair.mechanics.fibres, by);
      return losses(copy);
    };
    const one = moved(first, step);
    effect = Math.max(effect, difference(one, base));
    same = Math.max(same, difference(one, moved(second, step)));
    opposite = Math.max(opposite, difference(one, moved(second, -step)));
  });
  return { apart: Math.min(same, opposite), effect };
}

/** A single row of APC, and two rows of a flat polish in both adapters. */
const GEOMETRIES: readonly (readonly [string, Scenario])[] = [
  ['12 fibres, APC, key up to key down', ALL],
  ['24 fibres, PC, key up to key up', flat('key-up-to-key-up')],
  ['24 fibres, PC, key up to key down', flat('key-up-to-key-down')],
];

function flat(adapter: 'key-up-to-key-up' | 'key-up-to-key-down'): Scenario {
  const designs = Object.entries(ALL.designs).map(([name, design]): [string, Design] => [
    name,
    { ...design, fibreCount: 24, polish: 'PC', endFaceAngleRad: 0 },
  ]);
  const pairs = ALL.pairs.map((pair) => ({ ...pair, mating: { ...pair.mating, adapter } }));
  return { ...ALL, designs: Object.fromEntries(designs), pairs };
}

describe.each(GEOMETRIES)('the losses of a mating, %s,', (_, scenario) => {
  const seats = {
    'guidePins.seatErrorX': [normal(0.3, 'plug')],
    'guidePins.seatErrorY': [normal(0.3, 'plug')],
  };
  const loose: Scenario = {
    ...scenario,
    designs: Object.fromEntries(
      Object.entries(scenario.designs).map(([name, design]): [string, Design] => [
        name,
        { ...design, inputs: { ...design.inputs, ...seats } },
      ]),
    ),
  };
  const groups = planOf(loose).merged.map(({ inputs, level }) =>
    inputs.map((text): Member => {
      const [side, name] = text.split(' ') as [string, DesignInput];
      return { side: side === 'pinned' ? PINNED : UNPINNED, name, level };
    }),
  );

  it('do not tell apart what is drawn as one', () => {
    expect(groups.flat()).toHaveLength(32);
    for (const [first, ...others] of groups as [Member, ...Member[]][]) {
      for (const other of others) {
        const found = exchange(loose, first, other);
        const what = `${first.name} ${first.level}, ${other.name} of plug ${other.side}`;
        expect(found.apart, what).toBeLessThan(1e-9);
        // A height that a whole plug shares is taken up by the approach of the ferrules.
        const isTakenUp = first.name === 'endFace.fibreHeight' && first.level === 'plug';
        if (!isTakenUp) expect(found.effect, what).toBeGreaterThan(1e-3);
      }
    }
  });

  it.each<readonly [string, Member, Member]>([
    [
      'another direction',
      { side: PINNED, name: 'bores.rowBiasX', level: 'plug' },
      { side: UNPINNED, name: 'bores.rowBiasY', level: 'plug' },
    ],
    [
      'another level',
      { side: PINNED, name: 'bores.rowBiasX', level: 'plug' },
      { side: PINNED, name: 'bores.positionErrorX', level: 'fibre' },
    ],
    [
      'another size',
      { side: PINNED, name: 'endFace.slopeErrorX', level: 'plug' },
      { side: PINNED, name: 'bores.tiltX', level: 'plug' },
    ],
  ])('but would tell apart %s', (_name, first, second) => {
    expect(exchange(loose, first, second).apart).toBeGreaterThan(1e-3);
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
    const valid = await matedpair(folder, ['validate', 'normals.yaml']);
    expect(valid.stdout).toContain(`\npair plug: drawn as one sum\n${told}pair other: `);
    const run = await matedpair(folder, ['run', 'normals.yaml', '--json', '--out', 'r.json']);
    const { inputs, ...rest } = JSON.parse(run.stdout).pairs[1].merged[0];
    expect(inputs).toEqual(['pinned bores.rowBiasX', 'unpinned bores.rowBiasX']);
    expect(rest).toMatchObject({ level: 'plug', unit: 'um' });
    const shown = await matedpair(folder, ['replay', 'r.json']);
    expect(shown.stdout).toContain(`the others show their means\n${told}`);
    expect(shown.stdout).toMatch(/\nrow bias x +−?\d\.\d{4} µm +0\.1000 µm\n/);
    const json = await matedpair(folder, ['replay', 'r.json', '--json']);
    expect(JSON.parse(json.stdout).sampled.merged).toEqual([{ inputs, ...rest }]);
  });

  it('and nothing is told, nor merged, of pairs that are compared', async () => {
    const folder = temporaryFolder();
    // Unless a scenario says otherwise, its first pair is compared with every other.
    writeFileSync(join(folder, 'normals.yaml'), text);
    const valid = await matedpair(folder, ['validate', 'normals.yaml']);
    expect(valid.stdout).toMatch(/^normals.yaml: valid; .*\n$/);
    const run = await matedpair(folder, ['run', 'normals.yaml', '--json', '--out', 'r.json']);
    expect(JSON.parse(run.stdout).pairs[0].merged).toEqual([]);
    const shown = await matedpair(folder, ['replay', 'r.json']);
    expect(shown.stdout).not.toContain('Drawn as one');
  });
});
