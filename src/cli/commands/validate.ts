/** `matedpair validate`: checks scenarios without running them. */
import type { Command } from 'commander';
import { type Problem, UserError } from '../../errors.js';
import { compilePlan } from '../../plan/compile.js';
import { describeScenario, loadScenario, scenarioHash } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/types.js';
import { counted } from '../format.js';
import { mergedLines } from '../merged.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';

interface ValidateFlags extends ScenarioFlags {
  readonly resolved?: boolean;
}

export function addValidateCommand(program: Command): void {
  const command = program
    .command('validate')
    .summary('check scenarios without running them')
    .description('Checks scenario files and reports all mistakes with their line and column.')
    .argument('<scenario...>', 'scenario files, YAML or JSON');
  addScenarioOptions(command)
    .option(
      '--resolved',
      'print the resolved scenario as JSON: extends flattened, defaults written out',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair validate scenarios/*.yaml
  $ matedpair validate my.yaml --resolved
  $ matedpair validate my.yaml --set "mating.sideLoad=6 N"`,
    )
    .action((files: string[], flags: ValidateFlags) => validate(files, flags));
}

/** Checks all files before it throws the problems of the bad ones. */
function validate(files: readonly string[], flags: ValidateFlags): void {
  const problems: Problem[] = [];
  for (const file of files) {
    try {
      const { scenario, warnings } = loadScenario(file, scenarioOptions(flags));
      printWarnings(warnings);
      process.stdout.write(
        flags.resolved === true
          ? `${JSON.stringify(describeScenario(scenario), null, 2)}\n`
          : [validLine(file, scenario), ...mergedReport(scenario)]
              .map((line) => `${line}\n`)
              .join(''),
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems.map((problem) => ({ file, ...problem })));
    }
  }
  if (problems.length > 0) throw new UserError(problems);
}

function validLine(file: string, scenario: Scenario): string {
  const pairs = scenario.pairs.map((pair) => pair.name).join(', ');
  const hash = scenarioHash(scenario).slice(0, 12);
  return `${file}: valid; pairs ${pairs}; ${counted(scenario.matings, 'mating')}; hash ${hash}`;
}

/** Which inputs of which pairs a run draws together. */
function mergedReport(scenario: Scenario): string[] {
  return compilePlan(scenario).pairs.flatMap(({ merged }, p) =>
    merged.length === 0
      ? []
      : [`pair ${scenario.pairs[p]?.name}: drawn as one sum`, ...mergedLines(merged)],
  );
}
