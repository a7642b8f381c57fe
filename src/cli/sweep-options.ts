/** Options that say what a sweep varies and where its table goes. */
import { closeSync, openSync, readSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../errors.js';
import { tableFormat } from '../result/tables.js';
import {
  parseSweepParameter,
  type SweepParameter,
  type SweepSpec,
} from '../scenario/read-sweep.js';
import { MOST_POINTS, SWEEP_DESIGNS, type SweepDesign } from '../scenario/sweep-schema.js';

export interface SweepFlags {
  readonly sweep?: readonly SweepParameter[];
  readonly design?: SweepDesign;
  readonly points?: number;
  readonly table?: string;
  readonly fresh?: boolean;
}

export function addSweepOptions(command: Command): Command {
  return command
    .option(
      '--sweep <path=values>',
      'what to vary, instead of the scenario’s sweep; repeatable',
      (text: string, before: readonly SweepParameter[] = []) => [
        ...before,
        parseSweepParameter(text),
      ],
    )
    .addOption(
      new Option('--design <design>', 'how points are chosen (default: grid)').choices(
        SWEEP_DESIGNS,
      ),
    )
    .option('--points <n>', 'number of points of latin-hypercube and sobol', points)
    .option('--table <file>', 'table, .csv or .parquet (default: .csv beside the result)')
    .option('--fresh', 'begin anew instead of going on with an interrupted sweep');
}

function points(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_POINTS) return count;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_POINTS}.`);
}

/** What to sweep: by the options, and by the scenario where they are silent. Throws UserError if nothing is. */
export function sweepSpec(
  { sweep, design, points: count }: SweepFlags,
  written: SweepSpec | null,
): SweepSpec {
  const base: SweepSpec | null =
    sweep === undefined ? written : { design: 'grid', points: null, parameters: sweep };
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

/** Throws UserError unless a table can be written there and nothing but an earlier table is lost. */
export function checkTable(path: string): void {
  const format = tableFormat(path);
  const start = startOf(path);
  if (start === undefined || start === '' || (format === 'csv' && start.startsWith('point,')))
    return;
  throw new UserError([
    {
      message: 'exists already and is not the table of a sweep: it will not be overwritten',
      file: path,
      suggestion: 'name another file with --table',
    },
  ]);
}

/** The first octets of a file; undefined if there is none that can be read. */
function startOf(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const octets = Buffer.alloc(6);
    return octets.toString('utf8', 0, readSync(file, octets, 0, 6, 0));
  } catch {
    return 'folder';
  } finally {
    closeSync(file);
  }
}
