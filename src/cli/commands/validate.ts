/** `matedpair validate`: checks a scenario without running it. */
import type { Command } from 'commander';
import { describeScenario, loadScenario, scenarioHash } from '../../scenario/index.js';
import { integer } from '../format.js';
import { addScenarioOptions, type ScenarioFlags, scenarioOptions } from '../scenario-options.js';

interface ValidateFlags extends ScenarioFlags {
  readonly resolved?: boolean;
}

export function addValidateCommand(program: Command): void {
  const command = program
    .command('validate')
    .summary('check a scenario without running it')
    .description('Checks scenario files and reports all mistakes with their line and column.')
    .argument('<scenario...>', 'scenario files, YAML or JSON');
  addScenarioOptions(command)
    .option('--resolved', 'print the resolved scenario: extends flattened, defaults written out')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair validate scenarios/*.yaml
  $ matedpair validate my.yaml --resolved
  $ matedpair validate my.yaml --set matings=1e9`,
    )
    .action(async (files: string[], flags: ValidateFlags) => {
      for (const file of files) {
        const { scenario, warnings } = await loadScenario(file, scenarioOptions(flags));
        for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
        if (flags.resolved === true) {
          process.stdout.write(`${JSON.stringify(describeScenario(scenario), null, 2)}\n`);
        } else {
          const pairs = scenario.pairs.map((pair) => pair.name).join(', ');
          process.stdout.write(
            `${file}: valid; pairs ${pairs}; ${integer(scenario.matings)} matings; hash ${scenarioHash(scenario).slice(0, 12)}\n`,
          );
        }
      }
    });
}
