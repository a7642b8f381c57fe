/** Options of a run that goes on until its intervals are narrow enough. */
import { type Command, InvalidArgumentError } from 'commander';
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
const SECONDS_OF = { s: 1, min: 60, h: 3600 } as const;

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
    )
    .option(
      '--max-time <time>',
      'time at most, such as 90 s, 10 min or 2 h; with --until a result is written then, otherwise what was computed is kept and the same command goes on',
      seconds,
    );
}

/** A time such as `90 s` in seconds. */
export function seconds(text: string): number {
  const [, amount, unit] = /^\s*(\d+\.?\d*|\.\d+)\s*(s|min|h)\s*$/.exec(text) ?? [];
  const value = Number(amount) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
  if (!(value > 0)) throw new InvalidArgumentError('Expected a time such as 90 s, 10 min or 2 h.');
  return value;
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
