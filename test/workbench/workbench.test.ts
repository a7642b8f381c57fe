/** A workbench gives the numbers of a run of the file that it writes, to the last bit, and begins with any scenario. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runPlan } from '../../src/engine/run.js';
import { UserError } from '../../src/errors.js';
import { loadScenario, parseScenario, scenarioJsonSchema } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { answers } from '../../src/workbench/answer.js';
import { CHOICES, dependents } from '../../src/workbench/choices.js';
import { type Benches, edited, resolvedTexts } from '../../src/workbench/edits.js';
import { rowsOf } from '../../src/workbench/fields.js';
import { beginHistory } from '../../src/workbench/history.js';
import { centreRange, numberRange, widthRange } from '../../src/workbench/ranges.js';
import { readWorkbench, resolvedSides, scenarioFile } from '../../src/workbench/scenario.js';
import { stagesFor } from '../../src/workbench/stages.js';
import { startOf } from '../../src/workbench/start.js';
import { valueAt, withValue } from '../../src/workbench/tree.js';
import type { Answer, JsonMap, Workbench } from '../../src/workbench/types.js';

const shipped = loadScenario('scenarios/mpo-vs-mtp.yaml').scenario;
const { bench } = startOf(shipped, 'mpo-vs-mtp.yaml');

async function firstAnswers(of: Workbench, count: number): Promise<Answer[]> {
  const found: Answer[] = [];
  const run = (plan: Parameters<typeof runPlan>[0]) =>
    runPlan(plan, { workers: 0, engine: 'kernel' });
  for await (const answer of answers({ id: 1, bench: of, mating: 3 }, run, () => 0)) {
    found.push(answer);
    if (found.length === count) break;
  }
  return found;
}

describe('answers', () => {
  it('are the numbers of a run of the scenario file, whatever was changed', async () => {
    let changed = bench;
    for (const [keys, value] of [
      [['sides', '0', 'design', 'spring', 'force'], '8 N ± 1 N at 3 sigma, truncated'],
      [['sides', '1', 'mating', 'friction'], 0.3],
    ] as const) {
      const [, index, ...rest] = keys;
      const sides = changed.sides.map((side, i) =>
        String(i) === index ? withValue(side, rest, value) : side,
      ) as unknown as Workbench['sides'];
      changed = { ...changed, sides };
    }
    const found = await firstAnswers(changed, 2);
    expect(found.map(({ matings }) => matings)).toEqual([2000, 20_000]);
    for (const answer of found) {
      const file = parseScenario(scenarioFile(changed, answer.matings)).scenario;
      const run = await simulate(file, { workers: 2 });
      expect(answer.pairs).toEqual(run.pairs);
      expect(answer.difference).toEqual(run.comparisons[0]);
      expect(file.matings).toBe(answer.matings);
    }
    const [one] = await firstAnswers(bench, 1);
    expect(one!.pairs[0].il.mean).not.toEqual(found[0]!.pairs[0].il.mean);
    expect(one!.pairs[1].il.mean).not.toEqual(found[0]!.pairs[1].il.mean);
  });

  it('go without a difference where fibres do not correspond', async () => {
    const { scenario } = loadScenario('scenarios/fibre-counts.yaml');
    const of = startOf(scenario, 'x').bench;
    const [answer] = await firstAnswers(of, 1);
    expect(answer!.pairs.map(({ fibres }) => fibres)).toEqual([12, 24]);
    expect(answer!.difference).toBeNull();
  });

  it('are refused with all problems of both sides', async () => {
    const sides = bench.sides.map((side) =>
      withValue(side, ['design', 'spring', 'force'], '3 apples'),
    ) as unknown as Workbench['sides'];
    const refused = firstAnswers({ ...bench, sides }, 1);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/apples/);
  });
});

describe('a start', () => {
  const files = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

  it.each(files)('%s: two sides that read back to themselves', (name) => {
    const { scenario } = loadScenario(`scenarios/${name}`);
    const start = startOf(scenario, name);
    const [a, b] = start.bench.sides;
    expect(a.name).not.toBe(b.name);
    const sides = resolvedSides(readWorkbench(start.bench, 1000));
    expect(sides).toEqual(start.bench.sides);
    expect(start.choices.length).toBeGreaterThanOrEqual(6);
  });

  it('says what has no place on a workbench', () => {
    expect(startOf(shipped, 'x').leftOut).toEqual(['mixed pairs (mpo-mtp, mpo-elite)']);
    const { scenario } = loadScenario('scenarios/stress.yaml');
    expect(startOf(scenario, 'x').leftOut).toEqual(['the experiment stress']);
  });

  it('is refused where no design can be mated with itself', () => {
    const { scenario } = parseScenario(`designs:
  a: { extends: mtp-elite, gender: pinned }
  b: { extends: mtp-elite, gender: unpinned }
pairs: { p: { pinned: a, unpinned: b } }`);
    expect(() => startOf(scenario, 'one.yaml')).toThrow(/one\.yaml: no design/);
  });
});

describe('rows', () => {
  it('hold every input, number and choice of a design and its mating', () => {
    const [side] = bench.sides;
    const paths = new Set(
      rowsOf(bench.sides).flatMap(({ rows }) => rows.map(({ keys }) => keys.join('.'))),
    );
    const missing = leavesOf(side.design, 'design')
      .concat(leavesOf(side.mating, 'mating'))
      .filter((path) => !paths.has(path));
    // What says what the design is, and tables.
    expect(missing).toEqual([
      'design.description',
      'design.gender',
      'design.fibres.mode',
      'design.correlations',
      'mating.correlations',
    ]);
  });

  it('offer the choices of the scenario schema', () => {
    const schema = scenarioJsonSchema() as unknown as { $defs: Record<string, Schema> };
    for (const [path, options] of Object.entries(CHOICES)) {
      const [of, ...keys] = path.split('.');
      let at: Schema | undefined = schema.$defs[of!];
      for (const key of keys) at = at?.properties?.[key];
      expect({ path, options: enumOf(at) }).toEqual({ path, options: [...options] });
    }
  });

  it('change what depends on a choice as a scenario file does', () => {
    // What a choice does not decide in a file, but a design could not do without.
    const others = /minorAxisShorterBy|diameter$/;
    for (const [path, options] of Object.entries(CHOICES)) {
      // A count of fibres decides no default that a resolved design leaves to it: see below.
      if (/count|majorAxis|^mating/.test(path)) continue;
      for (const option of options) {
        const base = option === 'clamped' || option === 'round' ? 'mtp-elite' : 'mtp-standard';
        const from = withValue({ extends: base }, short(path), opposite(option));
        const [side] = benchOf(needs(from)).sides;
        for (const [other, value] of Object.entries(dependents(side, path, option))) {
          if (others.test(other)) continue;
          const design = needs(withValue(from, short(path), option));
          const read = benchOf(design).sides[0].design;
          const set = benchOf(withValue(design, short(other), value)).sides[0].design;
          expect({ path, option, value: valueAt(set, short(other)) }).toEqual({
            path,
            option,
            value: valueAt(read, short(other)),
          });
        }
      }
    }
  });

  it('take the guides and the spring along to another ferrule, with their fits and spreads', () => {
    const [side] = bench.sides;
    const law = (changes: object, name: string) =>
      (changes as Record<string, JsonMap>)[`design.${name}.diameter`];
    const to16 = dependents(side, 'design.fibres.count', 16);
    expect(law(to16, 'guideHoles')).toMatchObject({ mean: '549.7 um', sigma: '0.2 um' });
    expect(law(to16, 'guidePins')).toMatchObject({ mean: '548.6 um', lower: '548 um' });
    expect(to16).not.toHaveProperty('design.spring.force');
    const to24 = dependents(side, 'design.fibres.count', 24);
    expect(to24).toEqual({ 'design.spring.force': '20 N ± 3.6 N at 3 sigma, truncated' });
    expect(dependents(side, 'design.fibres.count', 8)).toEqual({});
  });

  it('leave a design that can be read, whatever is chosen of any shipped one', () => {
    const { choices } = startOf(shipped, 'x');
    for (const choice of choices) {
      let history: Benches = beginHistory({
        bench: { ...bench, sides: [choice, { ...choice, name: 'other' }] },
        origins: [choice, choice],
      });
      for (const [path, options] of Object.entries(CHOICES)) {
        for (const option of [...options, ...options]) {
          if (valueAt(choice, path.split('.')) === undefined) continue;
          history = edited(history, 0, path.split('.'), option, null);
          const parsed = readWorkbench(history.present.bench, 1000);
          history = {
            ...history,
            present: resolvedTexts(history.present, resolvedSides(parsed)),
          };
        }
      }
    }
  });

  it('have sliders that hold the value and have steps', () => {
    for (const range of [
      centreRange(699.4, 0.1, 'um', [400, 1000], 699.4),
      centreRange(0, 0, 'um', [0, 5], 0),
      centreRange(0, 0.5, 'deg', [-0.03, 0.03], 9),
      widthRange(0.1, 0.7),
      widthRange(0, 0.2),
      numberRange(0.12, '', [0, 1], 0.12),
      numberRange(23, 'degC', [-60, 150], 85),
      numberRange(-200, 'ppm/K', [-0.01, 0.01], -200),
      numberRange(0, '', [0, 100_000], 0),
    ]) {
      expect(range.low).toBeLessThan(range.high);
      expect(range.step).toBeGreaterThan(0);
      expect((range.high - range.low) / range.step).toBeGreaterThan(60);
      expect((range.high - range.low) / range.step).toBeLessThanOrEqual(201);
    }
    expect(centreRange(0, 0, 'um', [0, 5], 0).low).toBe(0);
    expect(centreRange(0, 0.5, 'deg', null, 9).high).toBe(9);
  });
});

describe('stages', () => {
  it.each([
    [24, [2000, 20_000, 200_000, 1_000_000]],
    [144, [1000, 2000, 20_000, 100_000]],
  ])('of %s fibres', (fibres, stages) => expect(stagesFor(fibres)).toEqual(stages));
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
}

function enumOf(schema: Schema | undefined): readonly unknown[] | undefined {
  return schema?.enum ?? schema?.anyOf?.map(enumOf).find((found) => found !== undefined);
}

function leavesOf(map: JsonMap, prefix: string): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const isSection =
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      !('distribution' in value);
    return isSection ? leavesOf(value as JsonMap, `${prefix}.${key}`) : [`${prefix}.${key}`];
  });
}

const short = (path: string): string[] => path.split('.').slice(1);

function opposite(option: string | number): string | number {
  const pairs: Record<string, string | number> = {
    round: 'elliptical',
    elliptical: 'round',
    clamped: 'loose',
    loose: 'clamped',
    APC: 'PC',
    PC: 'APC',
    floating: 'fixed',
    fixed: 'floating',
  };
  return pairs[String(option)] ?? option;
}

/** An elliptical pin says by how much. */
function needs(design: object): object {
  return valueAt(design, ['guidePins', 'shape']) === 'elliptical'
    ? withValue(design, ['guidePins', 'minorAxisShorterBy'], '0.3 um')
    : design;
}

function benchOf(design: object): Workbench {
  const text = { designs: { d: design }, pairs: { p: { pinned: 'd', unpinned: 'd' } } };
  return startOf(parseScenario(JSON.stringify(text)).scenario, 'x').bench;
}
