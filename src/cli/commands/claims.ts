/** `matedpair claims`: what vendors say, held against the shipped designs. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import { PACKAGE_ROOT } from '../../package-root.js';
import type { ClaimResult, Result } from '../../result/schema.js';
import { systemReason } from '../../result/whole-file.js';
import { loadScenario } from '../../scenario/index.js';
import { claimLines } from '../claim-table.js';
import { coloursOf } from '../colours.js';
import { EXIT } from '../exit-codes.js';
import { replayable } from '../failure.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { addEngineOptions, type RunFlags, simulateWithProgress } from '../run-and-report.js';
import {
  matingCount,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { wrap } from '../table.js';

const SHIPPED = join(PACKAGE_ROOT, 'scenarios', 'claims');

/** What `--json` prints. */
interface Claimed extends ClaimResult {
  readonly scenario: string;
  readonly scenarioHash: string;
  readonly seed: string;
  readonly matings: number;
}

export function addClaimsCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('claims')
    .summary('hold what vendors say against the prediction')
    .description(
      'Runs the scenarios of a folder and tells for each of their claims what is predicted, and whether both agree.',
    )
    .argument('[folder]', 'folder of scenarios with claims', SHIPPED)
    .option('--trials <n>', 'matings a pair instead of those of the scenarios', matingCount)
    .option('--json', 'print the claims and verdicts as JSON');
  addEngineOptions(command).action(
    async (folder: string, flags: RunFlags & Pick<ScenarioFlags, 'trials'>) => {
      onDone(await runClaims(folder, flags));
    },
  );
}

async function runClaims(
  folder: string,
  flags: RunFlags & Pick<ScenarioFlags, 'trials'>,
): Promise<number> {
  const scenarios = scenarioFiles(folder).map((file) => {
    const { scenario, warnings } = loadScenario(file, scenarioOptions(flags));
    printWarnings(warnings);
    return { file, scenario };
  });
  if (scenarios.every(({ scenario }) => scenario.claims.length === 0)) {
    throw new UserError([
      {
        message: 'no claims in these scenarios',
        file: folder,
        expected: 'a section claims, as in those that "matedpair claims" runs',
      },
    ]);
  }
  return interruptible(async (signal) => {
    const results: Result[] = [];
    for (const [i, { file, scenario }] of scenarios.entries()) {
      // The lines of progress that stay must say what they speak of.
      if (!process.stderr.isTTY) {
        process.stderr.write(`${basename(file)} (${i + 1} of ${scenarios.length})\n`);
      }
      const run = () => simulateWithProgress(scenario, flags, { signal });
      const result = await replayable(file, flags, scenario.matings, run);
      if (result instanceof Interrupted) return result.exitCode;
      results.push(result);
    }
    if (flags.json === true) process.stdout.write(`${JSON.stringify(claimed(results), null, 2)}\n`);
    else process.stdout.write(`${claimReport(results).join('\n')}\n`);
    return EXIT.ok;
  });
}

function scenarioFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name));
  } catch (error) {
    throw new UserError([{ message: `cannot read: ${systemReason(error)}`, file: folder }]);
  }
  if (names.length > 0) return names.sort().map((name) => join(folder, name));
  throw new UserError([
    { message: 'no scenarios in this folder', file: folder, expected: 'files such as my.yaml' },
  ]);
}

function claimed(results: readonly Result[]): Claimed[] {
  return results.flatMap(({ scenario, scenarioHash, seed, matings, claims }) =>
    claims.map((claim) => ({
      scenario: String(scenario['name']),
      scenarioHash,
      seed,
      matings,
      ...claim,
    })),
  );
}

/** One table of all claims, in the order of the files. */
function claimReport(results: readonly Result[]): string[] {
  const claims = results.flatMap((result) => result.claims);
  const count = (verdict: ClaimResult['verdict']) =>
    claims.filter((claim) => claim.verdict === verdict).length;
  return [
    ...claimLines(claims, coloursOf(process.stdout)),
    '',
    ...wrap(
      `${claims.length} claims: the prediction agrees with ${count('agrees')}, disagrees with ${count('disagrees')}, ${count('undecided')} undecided. ± is half the 95 % interval of the simulation; what the designs leave uncertain is not in it.`,
    ),
  ];
}
