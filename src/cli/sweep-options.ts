/** Options that say what a sweep varies and where its table goes. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../errors.js';
import { tableFormat } from '../result/tables.js';
import { systemReason } from '../result/whole-file.js';
import { parseSweepParameter, type SweepSpec } from '../scenario/read-sweep.js';
import { MOST_POINTS, SWEEP_DESIGNS, type SweepDesign } from '../scenario/sweep-schema.js';
import { collect } from './scenario-options.js';

export interface SweepFlags {
  /** As they were typed. */
  readonly sweep?: readonly string[];
  readonly design?: SweepDesign;
  readonly points?: number;
  readonly table?: string;
}

export function addSweepOptions(command: Command): Command {
  return command
    .option(
      '--sweep <path=values>',
      'what to vary, instead of the scenario’s sweep; repeatable',
      collect,
    )
    .addOption(
      new Option('--design <design>', 'how points are chosen (default: grid)').choices(
        SWEEP_DESIGNS,
      ),
    )
    .option('--points <n>', 'number of points of latin-hypercube and sobol', points)
    .option('--table <file>', 'table, .csv or .parquet (default: .csv beside the result)');
}

function points(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_POINTS) return count;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_POINTS}.`);
}

/** What to sweep: by the options, and by the scenario where they are silent. Throws UserError if nothing is. */
export function sweepSpec(
  { sweep, design, points: count }: Omit<SweepFlags, 'table'>,
  written: SweepSpec | null,
): SweepSpec {
  const base: SweepSpec | null =
    sweep === undefined
      ? written
      : { design: 'grid', points: null, parameters: sweep.map(parseSweepParameter) };
  if (base === null) {
    throw new UserError([
      {
        message: 'the scenario has no section sweep, and there is no --sweep',
        expected: '--sweep "mating.friction=range(0.05, 0.25, 5)"',
      },
    ]);
  }
  const chosen = design ?? base.design;
  const isListed = chosen === 'grid' || chosen === 'list';
  return {
    ...base,
    design: chosen,
    points: count ?? (isListed && design !== undefined ? null : base.points),
  };
}

/** Words that the header of a CSV table, and the end of a Parquet table, of a sweep hold. */
const OWN = /worstFibreP97HighDb|worstLaneP97HighDb|meanHighDb/;
const LOOKED_AT = 65_536;

/** Throws UserError unless a table can be written there and nothing but an earlier table of a sweep is lost. */
export function checkTable(path: string, result: string | undefined): void {
  const format = tableFormat(path);
  const refuse = (message: string): never => {
    throw new UserError([{ message, file: path, suggestion: 'name another file with --table' }]);
  };
  if (result !== undefined && resolve(result) === resolve(path)) refuse('is the result itself');
  try {
    accessSync(existingFolder(dirname(resolve(path))), constants.W_OK);
    const found = partsOf(path);
    if (found === undefined || found.start === '') return;
    const isOwn =
      format === 'csv'
        ? /^"?point"?,/.test(found.start) && OWN.test(found.start.split('\n')[0] as string)
        : found.start.startsWith('PAR1') && OWN.test(found.end) && found.end.includes('matedpair');
    if (!isOwn)
      refuse('exists already and is not the table of a sweep: it will not be overwritten');
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(`the table cannot be written: ${systemReason(error)}`);
  }
}

function existingFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder)
    ? folder
    : existingFolder(dirname(folder));
}

/** Start and end of a file; undefined if there is none. */
function partsOf(path: string): { readonly start: string; readonly end: string } | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const octets = Buffer.alloc(LOOKED_AT);
    const text = (from: number) =>
      octets.toString('latin1', 0, readSync(file, octets, 0, LOOKED_AT, from));
    return { start: text(0), end: text(Math.max(0, size - LOOKED_AT)) };
  } finally {
    closeSync(file);
  }
}
