#!/usr/bin/env node
/** The command line. The only place that knows commander, exit codes and how errors look. */
import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { formatProblem, UserError } from '../errors.js';
import { VERSION } from '../package-root.js';
import { addInitCommand } from './commands/init.js';
import { addReplayCommand } from './commands/replay.js';
import { addRunCommand } from './commands/run.js';
import { addSchemaCommand } from './commands/schema.js';
import { addValidateCommand } from './commands/validate.js';
import { EXIT } from './exit-codes.js';

function buildProgram(): Command {
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
  addRunCommand(program);
  addReplayCommand(program);
  addSchemaCommand(program);
  return program;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.userError;
  if (error instanceof UserError) {
    const count = error.problems.length;
    for (const problem of error.problems) {
      process.stderr.write(`${pc.red('error:')} ${formatProblem(problem)}\n`);
    }
    if (count > 1) process.stderr.write(`${count} problems\n`);
    return EXIT.userError;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `This is a defect of matedpair; please report it with the command you ran.\n${text}\n`,
  );
  return EXIT.internalError;
}

// A reader that closes the pipe early (| head) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
