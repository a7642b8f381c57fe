/** The program: its commands, and how errors turn into text and exit codes. */
import { Command, CommanderError } from 'commander';
import { formatProblem, UserError } from '../errors.js';
import { VERSION } from '../package-root.js';
import { coloursOf } from './colours.js';
import { addAllocateCommand } from './commands/allocate.js';
import { addBenchCommand } from './commands/bench.js';
import { addClaimsCommand } from './commands/claims.js';
import { addClusterCommand } from './commands/cluster.js';
import { addCompareCommand } from './commands/compare.js';
import { addExceedanceCommand } from './commands/exceedance.js';
import { addInitCommand } from './commands/init.js';
import { addMergeCommand } from './commands/merge.js';
import { addPredictCommand } from './commands/predict.js';
import { addReplayCommand } from './commands/replay.js';
import { addReportCommand } from './commands/report.js';
import { addRunCommand } from './commands/run.js';
import { addSchemaCommand } from './commands/schema.js';
import { addSensitivityCommand } from './commands/sensitivity.js';
import { addStatusCommand } from './commands/status.js';
import { addStudioCommand } from './commands/studio.js';
import { addSweepCommand } from './commands/sweep.js';
import { addValidateCommand } from './commands/validate.js';
import { EXIT } from './exit-codes.js';
import { tellFailure } from './failure.js';

/** Runs the command that the arguments name and returns its exit code; a defect is thrown on. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.userError;
    if (tellFailure(error, argv.slice(2))) return EXIT.internalError;
    if (!(error instanceof UserError)) throw error;
    reportProblems(error);
    return EXIT.userError;
  }
}

function buildProgram(onDone: (exitCode: number) => void): Command {
  const program = new Command('matedpair')
    .description(
      'Monte Carlo simulator of the insertion loss of mated multi-fibre connectors (MPO, MTP).',
    )
    .version(VERSION)
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair init my.yaml
  $ matedpair validate my.yaml
  $ matedpair run my.yaml --trials 1e6
  $ matedpair replay results/my-study.json --pair standard`,
    );
  addInitCommand(program);
  addValidateCommand(program);
  addRunCommand(program, onDone);
  addSweepCommand(program, onDone);
  addSensitivityCommand(program, onDone);
  addAllocateCommand(program, onDone);
  addExceedanceCommand(program, onDone);
  addMergeCommand(program, onDone);
  addStatusCommand(program, onDone);
  addClusterCommand(program);
  addPredictCommand(program, onDone);
  addClaimsCommand(program, onDone);
  addCompareCommand(program, onDone);
  addReportCommand(program);
  addStudioCommand(program);
  addReplayCommand(program);
  addSchemaCommand(program);
  addBenchCommand(program, onDone);
  return program;
}

function reportProblems({ problems }: UserError): void {
  const { red } = coloursOf(process.stderr);
  for (const problem of problems) {
    process.stderr.write(`${red('error:')} ${formatProblem(problem)}\n`);
  }
  if (problems.length > 1) process.stderr.write(`${problems.length} problems\n`);
}
