/** `matedpair init`: a commented scenario to start from. */
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import { systemReason } from '../../result/whole-file.js';
import { starterScenario } from '../starter.js';

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .summary('write a commented scenario to start from')
    .description('Writes a commented scenario that runs as it stands. Never overwrites a file.')
    .argument('[file]', 'file to write', 'scenario.yaml')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair init
  $ matedpair init studies/spring-force.yaml`,
    )
    .action(init);
}

async function init(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeNew(file, starterScenario());
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UserError([
      {
        message: exists
          ? 'exists already and is not overwritten'
          : `the scenario cannot be written: ${systemReason(error)}`,
        file,
        suggestion: 'name another file',
      },
    ]);
  }
  process.stdout.write(`Wrote ${file}. Run it with: matedpair run ${file}\n`);
}

/** Nothing is left of a file that could not be written whole. */
async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}
