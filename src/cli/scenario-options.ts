/** Options that change a scenario before it is checked; shared by `run` and `validate`. */
import { type Command, InvalidArgumentError } from 'commander';

export interface ScenarioFlags {
  readonly trials?: string;
  readonly seed?: string;
  readonly set: readonly string[];
  readonly limit: readonly string[];
  readonly allowImplausible?: boolean;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function collectAssignment(value: string, previous: readonly string[]): readonly string[] {
  if (!/^[^=]+=/.test(value)) {
    throw new InvalidArgumentError('expected path=value, for example mating.sideLoad="6 N".');
  }
  return [...previous, value];
}

export function addScenarioOptions(command: Command): Command {
  return command
    .option('--trials <n>', 'matings a pair, for example 1e6')
    .option('--seed <text>', 'seed of the random numbers')
    .option('--set <path=value>', 'set a value of the scenario; repeatable', collectAssignment, [])
    .option(
      '--limit <limit>',
      'limit for all pairs, or "pair: limit" for one; repeatable',
      collect,
      [],
    )
    .option('--allow-implausible', 'accept values outside their plausible range');
}

/** The flags as options of loadScenario. */
export function scenarioOptions(flags: ScenarioFlags): {
  overrides: readonly { path: string; value: string }[];
  limits: readonly string[];
  allowImplausible: boolean;
} {
  const overrides = flags.set.map((assignment) => {
    const at = assignment.indexOf('=');
    return { path: assignment.slice(0, at).trim(), value: assignment.slice(at + 1).trim() };
  });
  if (flags.trials !== undefined) overrides.push({ path: 'matings', value: flags.trials });
  if (flags.seed !== undefined) overrides.push({ path: 'seed', value: flags.seed });
  return {
    overrides,
    limits: flags.limit,
    allowImplausible: flags.allowImplausible === true,
  };
}
