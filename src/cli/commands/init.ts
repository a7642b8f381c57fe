/** `matedpair init`: a commented scenario to start from. */
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import { PACKAGE_ROOT } from '../../package-root.js';
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
  $ matedpair init studies/spring-force.yaml && matedpair run studies/spring-force.yaml`,
    )
    .action(async (file: string) => {
      try {
        await writeFile(file, starterScenario(), { flag: 'wx' });
      } catch (error) {
        const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
        throw new UserError([
          {
            message: exists
              ? 'the file exists already'
              : `cannot write: ${(error as Error).message}`,
            file,
            suggestion: exists ? 'name another file' : undefined,
          },
        ]);
      }
      process.stdout.write(
        `Wrote ${file}. Run it with: matedpair run ${file}\nDesigns to extend: ${relative('.', PACKAGE_ROOT) || '.'}/scenarios/designs\n`,
      );
    });
}
