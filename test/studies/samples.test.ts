/** Matings written one by one: what a replay finds, in CSV and Parquet, read back by other programs. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayMating } from '../../src/engine/replay.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Scenario } from '../../src/scenario/types.js';
import { writeSamples } from '../../src/studies/samples.js';
import { simulate } from '../../src/studies/simulate.js';
import { parse } from '../scenario/helpers.js';

const DESIGNS = `designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { 'mpo, "old"': { pinned: mpo, unpinned: mpo }, mtp: { pinned: mtp, unpinned: mtp } }
seed: samples`;
const scenario = { ...parse(DESIGNS), matings: 3000 };
const folder = mkdtempSync(join(tmpdir(), 'matedpair-samples-'));
const file = (name: string) => join(folder, name);

type Row = Readonly<Record<string, string | number | bigint>>;
const csvRows = (name: string): Row[] =>
  parseCsv(readFileSync(file(name), 'utf8'), {
    columns: true,
    cast: (text) => (text === '' || Number.isNaN(Number(text)) ? text : Number(text)),
  });
const parquetRows = async (name: string): Promise<Row[]> =>
  (await parquetReadObjects({ file: await asyncBufferFromFile(file(name)) })) as Row[];
const asNumbers = (rows: readonly Row[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, x]) => [key, typeof x === 'bigint' ? Number(x) : x]),
    ),
  );

/** Whether two rows have the same values of the same names. */
const isSame = (one: Row, other: Row | undefined) => {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other ?? {}).length &&
    names.every((name) => Object.is(one[name], other?.[name]))
  );
};

/** All matings, in both formats, and the rows of the first. */
let rows: Row[] = [];
beforeAll(async () => {
  expect(await writeSamples(scenario, file('f.csv'))).toBe(2 * 12 * 3000);
  await writeSamples(scenario, file('f.parquet'));
  rows = csvRows('f.csv');
});

describe('a row a fibre', () => {
  it('is what a replay of its mating finds, bit for bit, in either format', async () => {
    const others = asNumbers(await parquetRows('f.parquet'));
    expect(others).toHaveLength(rows.length);
    const first = rows.findIndex((row, i) => !isSame(row, others[i]));
    expect(others[first]).toEqual(rows[first]);
    expect(first).toBe(-1);
    const plan = compilePlan(scenario);
    for (const mating of [0, 1, 1500, 2999]) {
      scenario.pairs.forEach(({ name }, p) => {
        const found = rows.filter((row) => row['pair'] === name && row['mating'] === mating);
        const { fibres } = replayMating(plan, p, mating);
        expect(found).toHaveLength(12);
        found.forEach((row, i) => {
          const { pair, mating: of, ...values } = row;
          expect(fibres[i]).toMatchObject(values);
        });
      });
    }
  });

  it('adds up to what the run says', async () => {
    const result = await simulate(scenario, { workers: 0 });
    for (const { name, il } of result.pairs) {
      const losses = rows.flatMap((row) => (row['pair'] === name ? [Number(row['lossDb'])] : []));
      expect(losses.reduce((a, b) => a + b, 0) / losses.length).toBeCloseTo(il.mean.value, 12);
      const sorted = losses.sort((a, b) => a - b);
      expect(Math.abs(sorted[Math.floor(0.97 * sorted.length)]! - il.p97.value)).toBeLessThan(
        0.001,
      );
    }
  });

  it('has return losses where they are worked out, and steps where there are some', async () => {
    const steps = parse(`${DESIGNS}
returnLoss: true
experiment: { type: stress, steps: { room: {}, hot: { temperature: 85 degC } } }`);
    const few: Scenario = { ...steps, matings: 5 };
    expect(await writeSamples(few, file('steps.csv'))).toBe(2 * 2 * 12 * 5);
    const stepped = csvRows('steps.csv');
    expect(new Set(stepped.map((row) => row['step']))).toEqual(new Set(['room', 'hot']));
    expect(Object.keys(stepped[0]!)).toContain('returnLossDb');
    const remating = parse(`${DESIGNS}\nexperiment: { type: re-mating, cycles: [1, 500] }`);
    await writeSamples({ ...remating, matings: 2 }, file('cycles.csv'), { row: 'mating' });
    expect(new Set(csvRows('cycles.csv').map((row) => row['step']))).toEqual(
      new Set(['mating 1', 'mating 500']),
    );
  });
});

describe('a row a mating', () => {
  it('is what a replay finds', async () => {
    expect(await writeSamples(scenario, file('m.parquet'), { row: 'mating' })).toBe(2 * 3000);
    const means = asNumbers(await parquetRows('m.parquet'));
    const plan = compilePlan(scenario);
    for (const mating of [0, 2999]) {
      const row = means.find((one) => one['pair'] === 'mtp' && one['mating'] === mating)!;
      const { steps, fibres, meanDb, worstFibreDb } = replayMating(plan, 1, mating);
      expect(row['meanLossDb']).toBeCloseTo(meanDb, 14);
      expect(row['worstLossDb']).toBe(worstFibreDb);
      expect(fibres[Number(row['worstFibre']) - 1]!.lossDb).toBe(worstFibreDb);
      expect(row['offsetXUm']).toBe(steps.offsetXUm);
      expect(row['fibresInContact']).toBe(steps.contacts);
      expect(row['springForceN']).toBe(steps.springForceN);
    }
  });
});

describe('writing', () => {
  it('leaves nothing behind when it is ended', async () => {
    const before = readdirSync(folder);
    const ended = new AbortController();
    const onRows = () => ended.abort(new Error('enough'));
    const many = { ...scenario, matings: 1e7 };
    for (const name of ['e.csv', 'e.parquet']) {
      await expect(
        writeSamples(many, file(name), { onRows, signal: ended.signal }),
      ).rejects.toThrow('enough');
    }
    expect(readdirSync(folder)).toEqual(before);
  });

  it('is refused where it cannot be, and for other formats', async () => {
    writeFileSync(file('plain'), '');
    await expect(writeSamples(scenario, join(file('plain'), 's.csv'))).rejects.toThrow(
      'cannot write the samples',
    );
    await expect(writeSamples(scenario, file('s.xlsx'))).rejects.toThrow(
      'the ending of a table says its format',
    );
    expect(existsSync(file('s.xlsx'))).toBe(false);
  });
});

/** Where .ci/run has installed DuckDB; nothing that users need. */
const duckdb = process.env['MATEDPAIR_DUCKDB'];
if (duckdb === undefined)
  console.warn('skipped: DuckDB reads samples (MATEDPAIR_DUCKDB is not set)');

describe.runIf(duckdb !== undefined)('DuckDB', () => {
  it('reads both formats, and the same from both', async () => {
    const { DuckDBInstance } = createRequire(join(duckdb as string, 'x.js'))('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
    const [csv, parquet] = [`'${file('f.csv')}'`, `'${file('f.parquet')}'`];
    const types = await query(
      `select column_name, column_type from (describe select * from ${parquet})`,
    );
    expect(types.slice(0, 4)).toEqual([
      ['pair', 'VARCHAR'],
      ['mating', 'BIGINT'],
      ['fibre', 'BIGINT'],
      ['offsetXUm', 'DOUBLE'],
    ]);
    expect(
      await query(
        `select count(*)::int from (select * from ${csv} except select * from ${parquet})`,
      ),
    ).toEqual([[0]]);
    const [mean] = await query(`select avg(lossDb) from ${parquet} where pair = 'mtp'`);
    const result = await simulate(scenario, { workers: 0 });
    expect(mean[0]).toBeCloseTo(result.pairs[1]!.il.mean.value, 12);
  });
});
