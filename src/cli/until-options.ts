/** Options of a run that goes on until its intervals are narrow enough. */
import type { Command } from 'commander';
import { UserError } from '../errors.js';
import { type PrecisionTarget, parsePrecision } from '../scenario/precision.js';
import type { Until } from './run-and-report.js';
import { matingCount } from './scenario-options.js';

export interface UntilFlags {
  readonly until?: readonly PrecisionTarget[];
  readonly maxMatings?: string;
  readonly maxTime?: number;
  readonly trials?: string;
}

/** Hours of one machine for a small scenario. */
const MOST_MATINGS = 1e10;

export function addUntilOptions(command: Command): Command {
  const collect = (text: string, targets: readonly PrecisionTarget[] = []) => [
    ...targets,
    parsePrecision(text),
  ];
  return command
    .option('--until <precision>', 'run until an interval is so narrow; repeatable', collect)
    .option(
      '--max-matings <n>',
      `with --until, matings at most (default: ${MOST_MATINGS})`,
      matingCount,
    );
}

/** The targets and bounds; undefined without any target. Throws UserError for options that contradict each other. */
export function untilOf(flags: UntilFlags): Until | undefined {
  const { until, maxMatings, maxTime, trials } = flags;
  if (until === undefined) {
    if (maxMatings === undefined) return undefined;
    throw new UserError([
      { message: '--max-matings without --until', expected: '--until "p97 ± 0.002 dB"' },
    ]);
  }
  if (trials !== undefined) {
    throw new UserError([
      {
        message: '--until and --trials: only one of them can say how many matings there are',
        expected: '--max-matings for a bound',
      },
    ]);
  }
  return { targets: until, maxMatings: Number(maxMatings ?? MOST_MATINGS), maxSeconds: maxTime };
}
