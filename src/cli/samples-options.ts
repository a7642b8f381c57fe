/** Options of a run that writes its matings one by one. */
import { access } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { SAMPLE_ROWS, type SampleRow } from '../engine/sample-rows.js';
import { UserError } from '../errors.js';
import { tableFormat } from '../result/tables.js';

export interface SamplesFlags {
  readonly samples?: string;
  readonly samplesPer: SampleRow;
}

export function addSamplesOptions(command: Command): Command {
  return command
    .option('--samples <file>', 'also write every mating, as .csv or .parquet')
    .addOption(
      new Option('--samples-per <row>', 'a row of --samples').choices(SAMPLE_ROWS).default('fibre'),
    );
}

/** Throws UserError unless samples can be written there and nothing is lost; asked before the run. */
export async function checkSamples({ samples }: SamplesFlags): Promise<void> {
  if (samples === undefined) return;
  tableFormat(samples);
  const isThere = await access(samples).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new UserError([
    { message: 'exists already', file: samples, expected: 'a new file for --samples' },
  ]);
}
