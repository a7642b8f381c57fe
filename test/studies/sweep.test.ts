/** Sweeps: every point is the run of its values, whatever the number of workers and whatever was known before. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { streamKey } from '../../src/random/stream.js';
import { sweepJsonSchema, sweepSchema } from '../../src/result/schema-sweep.js';
import { sweepColumns } from '../../src/result/sweep-table.js';
import { scenarioHash } from '../../src/scenario/index.js';
import { ScenarioText } from '../../src/scenario/parse.js';
import { parseSweepParameter, type SweepSpec } from '../../src/scenario/read-sweep.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweepPoints } from '../../src/studies/sweep/points.js';
import { overridesOf, sweep } from '../../src/studies/sweep/sweep.js';

const text =
  new ScenarioText(`designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mtp: { pinned: mtp, unpinned: mtp }, mpo: { pinned: mpo, unpinned: mpo } }
limits: [ "yield(0.4 dB) >= 50 %" ]
matings: 2500
seed: sweep`);
const spec = (
  design: SweepSpec['design'],
  points: number | null,
  ...parameters: string[]
): SweepSpec => ({
  design,
  points,
  parameters: parameters.map(parseSweepParameter),
});
const key = streamKey('sweep');
const shown = (its: SweepSpec) =>
  sweepPoints(its, key).map((values) => values.map((v) => v.text).join(' | '));
const withoutHost = ({ host: _, ...rest }: object & { host: unknown }) => rest;

describe('points', () => {
  it('of a grid are every combination, the last parameter fastest', () => {
    expect(shown(spec('grid', null, 'a=1, 2', 'b=x, y, z'))).toEqual([
      '1 | x',
      '1 | y',
      '1 | z',
      '2 | x',
      '2 | y',
      '2 | z',
    ]);
  });

  it('of a list stand side by side', () => {
    expect(shown(spec('list', null, 'a=1, 2', 'b=x, y'))).toEqual(['1 | x', '2 | y']);
  });

  it.each(['latin-hypercube', 'sobol'] as const)(
    'of %s cover each range evenly, and take values equally often',
    (design) => {
      const points = sweepPoints(
        spec(design, 64, 'a=range(0 N, 64 N)', 'b=logrange(1, 16)', 'c=w, x, y, z'),
        key,
      );
      const column = (p: number) => points.map((values) => values[p]?.number as number);
      const cells = (numbers: number[]) => numbers.map(Math.floor).sort((a, b) => a - b);
      expect(cells(column(0))).toEqual(Array.from({ length: 64 }, (_, i) => i));
      expect(cells(column(1).map((b) => 16 * Math.log2(b)))).toEqual(
        Array.from({ length: 64 }, (_, i) => i),
      );
      for (const value of 'wxyz')
        expect(points.filter((values) => values[2]?.text === value)).toHaveLength(16);
      expect(
        sweepPoints(
          spec(design, 64, 'a=range(0 N, 64 N)', 'b=logrange(1, 16)', 'c=w, x, y, z'),
          streamKey('other'),
        ),
      ).not.toEqual(points);
    },
  );

  it.each([
    [spec('grid', 5, 'a=1, 2'), 'a grid has as many points as its values make'],
    [spec('grid', null, 'a=range(1, 2)'), 'a: a grid needs to know how many values a range has'],
    [spec('list', null, 'a=1, 2', 'b=1'), 'the values of a list stand side by side'],
    [spec('sobol', null, 'a=1, 2'), 'sobol needs a number of points'],
    [spec('grid', null), 'nothing to sweep'],
    [spec('grid', null, 'a=1', 'b,a=2'), 'a is swept twice'],
    [spec('grid', null, 'a.b=1', 'a={ b: 2 }'), 'a is swept twice'],
    [
      spec('grid', null, ...'abcdefgh'.split('').map((name) => `${name}=range(0, 1, 10)`)),
      '100000000 points',
    ],
  ])('that cannot be are refused: $design', (its, message) => {
    expect(() => shown(its)).toThrow(UserError);
    expect(() => shown(its)).toThrow(message);
  });
});

describe('a sweep', () => {
  const grid = spec(
    'grid',
    null,
    'designs.mtp.spring.force=8 N, 12 N',
    'designs.mtp.mounting.type,designs.mpo.mounting.type=floating, fixed',
  );

  it('has at each point the figures of the run of its values, bit for bit', async () => {
    const result = await sweep(text, grid, { workers: 0 });
    const points = sweepPoints(grid, key);
    expect(result.points).toHaveLength(4);
    for (const [i, values] of points.entries()) {
      const run = await simulate(text.parse(overridesOf(grid, values)).scenario, { workers: 0 });
      expect(result.points[i]?.pairs).toHaveLength(2);
      result.points[i]?.pairs.forEach((pair, p) => {
        expect(run.pairs[p]).toMatchObject(pair);
      });
      expect(result.points[i]?.comparisons).toEqual(run.comparisons);
    }
    expect(new Set(result.points.map(({ pairs }) => pairs[0]?.il.mean.value)).size).toBe(4);
  });

  it('is the same with any number of workers and on either engine, and keeps to its schema', async () => {
    const alone = await sweep(text, grid, { workers: 0 });
    for (const workers of [1, 3])
      expect(withoutHost(await sweep(text, grid, { workers }))).toEqual(withoutHost(alone));
    expect(withoutHost(await sweep(text, grid, { workers: 2, engine: 'reference' }))).toEqual(
      withoutHost(alone),
    );
    const copy = JSON.parse(JSON.stringify(alone));
    expect(sweepSchema.parse(copy)).toEqual(copy);
    const validate = new Ajv2020({ strict: false }).compile(sweepJsonSchema());
    expect(validate(copy), JSON.stringify(validate.errors)).toBe(true);
  });

  it('records a point that cannot be read or run, and goes on', async () => {
    const its = spec('list', null, 'designs.mtp.spring.force=8 N, 8 um, 10 N, 12 N');
    const { points } = await sweep(text, its, { workers: 2 });
    expect(points.map(({ error }) => error === null)).toEqual([
      true,
      false,
      expect.any(Boolean),
      true,
    ]);
    expect(points[1]?.error).toMatch(/--set designs\.mtp\.spring\.force=8 um: .*\n {4}found/);
    expect(points[1]?.pairs).toEqual([]);
    const columns = sweepColumns(await sweep(text, its, { workers: 0 }));
    const column = (name: string) => columns.find((one) => one.name === name)?.values;
    expect(column('point')?.filter((point) => point === 2)).toHaveLength(1);
    expect(column('error')?.filter((error) => error !== null).length).toBeGreaterThan(0);
  });

  it('reads each point as if it were the only one', async () => {
    // a mistake in a file that two designs inherit, which one point reads after another
    const files: Record<string, string> = {
      'bad.yaml': 'extends: mtp-standard\nguidePins: { diameter: 350 um }',
      'unreadable.yaml': 'extends: mtp-standard\nbores: { rowBiasX: 0.3 um ± -1 um uniform }',
    };
    const heirs = new ScenarioText(
      `designs: { a: { extends: mtp-standard }, b: { extends: a } }
pairs: { a: { pinned: a, unpinned: a }, b: { pinned: b, unpinned: b } }
matings: 300`,
      { file: 's.yaml', readFile: (path) => files[path] ?? readFileSync(path, 'utf8') },
    );
    const its = spec(
      'grid',
      null,
      'designs.a.extends=mtp-standard, ./bad.yaml, ./unreadable.yaml',
      'mating.friction=0.1, 0.15, 0.2',
    );
    const { points } = await sweep(heirs, its, { workers: 0 });
    expect(points.map(({ error }) => error === null)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(new Set(points.slice(3, 6).map(({ error }) => error)).size).toBe(1);
    expect(points[8]?.error).toContain('the tolerance is negative');
  });

  it('refuses to sweep what is set', async () => {
    const its = spec('grid', null, 'mating.friction=0.1, 0.2');
    const overrides = [{ path: 'mating', value: '{ friction: 0.3 }' }];
    await expect(sweep(text, its, { overrides })).rejects.toThrow('mating is set and swept');
  });

  it('holds what reproduces it: the text, what was set, and the hash of each point', async () => {
    const overrides = [{ path: 'matings', value: '400' }];
    const result = await sweep(text, grid, { workers: 0, overrides });
    const again = new ScenarioText(result.written);
    for (const { values, scenarioHash: hash } of result.points) {
      const set = result.parameters.flatMap(({ paths }, p) =>
        paths.map((path) => ({ path, value: values[p]?.text as string })),
      );
      expect(scenarioHash(again.parse([...result.set, ...set]).scenario)).toBe(hash);
    }
    const range = await sweep(text, spec('sobol', 2, 'mating.friction=range(0.1, 0.2)'), {
      workers: 0,
      overrides,
    });
    expect(range.parameters[0]?.range).toEqual({ low: 0.1, high: 0.2, unit: '', isLog: false });
  });

  it('is refused where its file would be too large', async () => {
    const its = spec('sobol', 20_000, 'mating.friction=range(0.1, 0.2)');
    const third = new ScenarioText(`designs: { mtp: { extends: mtp-standard } }
pairs: { a: { pinned: mtp, unpinned: mtp }, b: { pinned: mtp, unpinned: mtp }, c: { pinned: mtp, unpinned: mtp } }`);
    await expect(sweep(third, its)).rejects.toThrow('too many figures for one file');
  });

  it('is refused as a whole if no point can be run', async () => {
    const its = spec('grid', null, 'designs.mtp.spring.forse=8 N, 9 N');
    await expect(sweep(text, its, { workers: 0 })).rejects.toThrow(
      /no point of the sweep could be run[\s\S]*did you mean "force"/,
    );
  });
});

describe('the table of a sweep', () => {
  it('tells a swept field from a column of the same name', async () => {
    const { matings, ...its } = { matings: 'matings=300, 400', ...spec('grid', null) };
    const result = await sweep(
      text,
      { ...its, parameters: [parseSweepParameter(matings)] },
      { workers: 0 },
    );
    const names = sweepColumns(result).map(({ name }) => name);
    expect(names.slice(0, 5)).toEqual(['point', 'matings (swept)', 'pair', 'fibres', 'matings']);
  });

  it('has a row a point and pair, and units in its columns', async () => {
    const its = spec(
      'grid',
      null,
      'designs.mtp.spring.force=8 N, 12 N',
      'mating.friction=0.1, 0.2',
      'designs.mtp.mounting.type=floating, fixed',
    );
    const result = await sweep(text, its, { workers: 2 });
    const columns = sweepColumns(result);
    const names = columns.map(({ name }) => name);
    expect(names.slice(0, 7)).toEqual([
      'point',
      'designs.mtp.spring.force (N)',
      'mating.friction',
      'designs.mtp.mounting.type',
      'pair',
      'fibres',
      'matings',
    ]);
    expect(names).toContain('yieldWithin0.4Db');
    for (const { values } of columns) expect(values).toHaveLength(16);
    const at = (name: string) => columns[names.indexOf(name)]?.values as number[];
    expect(at('designs.mtp.spring.force (N)')).toEqual([...Array(8).fill(8), ...Array(8).fill(12)]);
    result.points.forEach(({ pairs }, i) => {
      pairs.forEach(({ il }, p) => {
        expect([
          at('p97Db')[2 * i + p],
          at('p97LowDb')[2 * i + p],
          at('p97HighDb')[2 * i + p],
        ]).toEqual([il.p97.value, il.p97.low, il.p97.high]);
      });
    });
    expect(new Set(names).size).toBe(names.length);
  });
});
