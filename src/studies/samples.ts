/** Writes the matings of a scenario one by one as a table, for tools that read CSV or Parquet. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SampledPair, type SampleRow, sampleChunks } from '../engine/sample-rows.js';
import { compilePlan } from '../plan/compile.js';
import type { Plan } from '../plan/types.js';
import { openTable, tableFormat } from '../result/tables.js';
import { writeWholeFile } from '../result/whole-file.js';
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
  return writeWholeFile(path, 'the samples', async (temporary) => {
    let rows = 0;
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
    return rows;
  });
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
