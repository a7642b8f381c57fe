/** Writes the matings of a scenario one by one as a table, for tools that read CSV or Parquet. */
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SampledPair, type SampleRow, sampleChunks } from '../engine/sample-rows.js';
import { UserError } from '../errors.js';
import { compilePlan } from '../plan/compile.js';
import type { Plan } from '../plan/types.js';
import { systemReason } from '../result/files.js';
import { openTable, TABLE_FORMATS, type TableFormat } from '../result/tables.js';
import { stepName } from '../scenario/steps.js';
import type { Scenario } from '../scenario/types.js';

export interface SamplesOptions {
  /** A row a fibre pair, or a row a mating. Default: fibre. */
  readonly row?: SampleRow | undefined;
  /** Called with the number of rows so far. */
  readonly onRows?: ((rows: number) => void) | undefined;
  /** Aborting ends the writing and leaves no file; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The format that the ending of a file names. Throws UserError for another one. */
export function tableFormat(path: string): TableFormat {
  const format = TABLE_FORMATS.find((known) => extname(path).toLowerCase() === `.${known}`);
  if (format !== undefined) return format;
  throw new UserError([
    {
      message: 'the ending of a table says its format',
      file: path,
      expected: 'a name such as samples.csv or samples.parquet',
    },
  ]);
}

/**
 * Writes a row for every fibre (or mating) of every pair and step: offsets, gap, tilt, loss by cause. Rows come in the order of
 * matings, within one by pair, step and fibre, and hold the bits of the run. Memory is bounded, and the file appears under its
 * name when it is whole.
 *
 * @returns the number of rows
 */
export async function writeSamples(
  scenario: Scenario,
  path: string,
  { row = 'fibre', onRows, signal }: SamplesOptions = {},
): Promise<number> {
  const format = tableFormat(path);
  const plan = compilePlan(scenario);
  const temporary = join(dirname(path), `.matedpair-${randomBytes(6).toString('hex')}.tmp`);
  let rows = 0;
  try {
    await mkdir(dirname(path), { recursive: true });
    const table = await openTable(temporary, format);
    try {
      for (const columns of sampleChunks(plan, sampledPairs(scenario, plan), row)) {
        await nextTurn(); // lets signals in
        signal?.throwIfAborted();
        await table.write(columns);
        rows += columns[0]?.values.length ?? 0;
        onRows?.(rows);
      }
    } finally {
      await table.close();
    }
    await rename(temporary, path);
    return rows;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal?.aborted === true || (error as NodeJS.ErrnoException).code === undefined)
      throw error;
    throw new UserError([
      { message: `cannot write the samples: ${systemReason(error)}`, file: path },
    ]);
  }
}

/** Every pair in each of its steps. */
function sampledPairs({ pairs, experiment }: Scenario, plan: Plan): SampledPair[] {
  return pairs.flatMap(({ name }, p) =>
    (plan.members[p] ?? []).map((index, k) => ({
      index,
      pair: name,
      step: stepName(experiment, k),
    })),
  );
}
