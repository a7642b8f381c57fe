/** Options that change a scenario before it is checked; shared by `run` and `validate`. */
import { type Command, InvalidArgumentError } from 'commander';
import { MOST_MATINGS } from '../scenario/read-scenario.js';
import { coloursOf } from './colours.js';

export interface ScenarioFlags {
  readonly trials?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly limit?: readonly string[];
  readonly allowImplausible?: boolean;
  readonly allowOutside?: boolean;
}

/** Gathers an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function collectAssignment(value: string, previous: readonly string[] = []): readonly string[] {
  if (!/^[^=]+=/.test(value)) {
    throw new InvalidArgumentError('Expected path=value, for example mating.sideLoad="6 N".');
  }
  return [...previous, value];
}

export function matingCount(text: string): string {
  const count = Number(text);
  if (text.trim() === '' || !Number.isInteger(count) || count < 1 || count > MOST_MATINGS) {
    throw new InvalidArgumentError(
      `Expected a whole number from 1 to ${MOST_MATINGS}, for example 1e6.`,
    );
  }
  return text;
}

export function addScenarioOptions(command: Command): Command {
  return command
    .option('--trials <n>', 'matings a pair, for example 1e6', matingCount)
    .option('--seed <text>', 'seed of the random numbers')
    .option('--set <path=value>', 'set a value of the scenario; repeatable', collectAssignment)
    .option('--limit <limit>', 'limit for all pairs, or "pair: limit" for one; repeatable', collect)
    .option('--allow-implausible', 'accept values outside their plausible range')
    .option('--allow-outside', 'let extends and CSV files leave the folder of the scenario');
}

/** The flags as options of loadScenario. */
export function scenarioOptions(flags: ScenarioFlags): {
  overrides: readonly { path: string; value: string }[];
  limits: readonly string[];
  allowImplausible: boolean;
  allowOutside: boolean;
} {
  const overrides = (flags.set ?? []).map((assignment) => {
    const at = assignment.indexOf('=');
    return { path: assignment.slice(0, at).trim(), value: assignment.slice(at + 1).trim() };
  });
  if (flags.trials !== undefined) overrides.push({ path: 'matings', value: flags.trials });
  // Overrides are YAML; a seed is text, whatever it looks like.
  if (flags.seed !== undefined) {
    overrides.push({ path: 'seed', value: JSON.stringify(flags.seed) });
  }
  return {
    overrides,
    limits: flags.limit ?? [],
    allowImplausible: flags.allowImplausible === true,
    allowOutside: flags.allowOutside === true,
  };
}

export function printWarnings(warnings: readonly string[]): void {
  const { yellow } = coloursOf(process.stderr);
  for (const warning of warnings) process.stderr.write(`${yellow('warning:')} ${warning}\n`);
}
