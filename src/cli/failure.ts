/** What is said of work that failed, while it is tried again and when it is given up. */
import { BlockFailure, ComputeFailure, type Faults } from '../engine/failure.js';
import type { Engine } from '../engine/runner.js';
import { argument } from '../report/shell.js';
import { PointFailure } from '../studies/sweep/sweep.js';
import { coloursOf } from './colours.js';
import { printWarnings, type ScenarioFlags } from './scenario-options.js';

/** Tells of each failure after which the work is tried again. */
export const TOLD_FAULTS: Faults = {
  onRetry: ({ message }) => {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K'); // takes the bar away
    printWarnings([`${message}; trying it again`]);
  },
};

/** Whether some work failed, however often it was tried. */
export function isFailure(error: unknown): error is Error {
  return error instanceof ComputeFailure || error instanceof PointFailure;
}

/** A block failed: of which scenario or point, and the command that computes it once more. */
class ReplayableFailure extends Error {
  override readonly name = 'ReplayableFailure';
  readonly command: string;

  constructor(where: string, failure: Error, command: string) {
    super(`${where}: ${failure.message}`);
    this.command = command;
  }
}

type Flags = ScenarioFlags & { readonly engine?: Engine };

/**
 * Runs a scenario, or many points of one, so that a block that fails is told with the command that replays it.
 *
 * @param matings those of the scenario; a run that goes on until it is precise has others
 */
export async function replayable<T>(
  file: string,
  flags: Flags,
  matings: number | undefined,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const failure = error instanceof PointFailure ? error.cause : error;
    if (!(failure instanceof BlockFailure)) throw error;
    const values = error instanceof PointFailure ? error.values : [];
    const set = values.map(({ path, value }) => `${path}=${value}`);
    const point = error instanceof PointFailure ? `, point ${error.point} (${set.join(', ')})` : '';
    const { block, planMatings } = failure;
    const isOther = matings !== undefined && matings !== planMatings;
    const command = replayCommand(file, block, {
      ...flags,
      ...(isOther ? { trials: String(planMatings) } : {}),
      set: [...(flags.set ?? []), ...set],
    });
    throw new ReplayableFailure(`${file}${point}`, failure, command);
  }
}

function replayCommand(file: string, block: number, flags: Flags): string {
  const { trials, seed, set = [], engine = 'kernel' } = flags;
  return [
    `matedpair replay ${argument(file)} --block ${block}`,
    ...(trials === undefined ? [] : [`--trials ${trials}`]),
    ...(seed === undefined ? [] : [`--seed ${argument(seed)}`]),
    ...set.map((assignment) => `--set ${argument(assignment)}`),
    ...(flags.allowImplausible === true ? ['--allow-implausible'] : []),
    ...(flags.allowOutside === true ? ['--allow-outside'] : []),
    ...(engine === 'kernel' ? [] : [`--engine ${engine}`]),
  ].join(' ');
}

/**
 * Tells of work that failed, without a trace of the program's own. False for any other error.
 *
 * @param args the command line, which without threads fails where a debugger can be
 */
export function tellFailure(error: unknown, args: readonly string[]): boolean {
  if (!(error instanceof ReplayableFailure || error instanceof ComputeFailure)) return false;
  const again =
    error instanceof ReplayableFailure
      ? error.command
      : `matedpair ${args.map(typed).join(' ')} --workers 0`;
  const { red } = coloursOf(process.stderr);
  process.stderr.write(
    `${red('error:')} ${error.message}\n    replay:   ${again}\n    hint:     a defect of matedpair or of this machine; please report it with the command\n`,
  );
  return true;
}

function typed(arg: string): string {
  return /^--?[a-z-]+$/.test(arg) ? arg : argument(arg);
}
