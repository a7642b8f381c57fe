/** `matedpair studio`: two designs side by side in the browser, moving as their parameters do. */
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../errors.js';
import { PACKAGE_ROOT } from '../../package-root.js';
import { loadScenario } from '../../scenario/index.js';
import { interruptible } from '../interrupt.js';
import { printWarnings } from '../scenario-options.js';

interface Flags {
  readonly port: number;
  readonly open: boolean;
  readonly allowImplausible?: boolean;
}

const DEFAULT_SCENARIO = join(PACKAGE_ROOT, 'scenarios', 'mpo-vs-mtp.yaml');

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError('Expected a port from 0 (any free one) to 65535.');
  }
  return port;
}

export function addStudioCommand(program: Command): void {
  program
    .command('studio')
    .summary('explore two designs in the browser')
    .description(
      'Opens a page in the browser on which two designs of a scenario are run again as their parameters are moved. The page is served to this machine alone; nothing leaves it. Ctrl-C ends it.',
    )
    .argument('[scenario]', 'scenario file (default: the shipped MPO against MTP)')
    .addOption(
      new Option('--port <number>', 'port to listen to')
        .default(0, 'any free')
        .argParser(portNumber),
    )
    .option('--no-open', 'only print the address')
    .option('--allow-implausible', 'take values that are hardly those of a connector')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair studio
  $ matedpair studio my.yaml --no-open`,
    )
    .action((file: string | undefined, flags: Flags) => studio(file ?? DEFAULT_SCENARIO, flags));
}

async function studio(file: string, flags: Flags): Promise<void> {
  const { port, open, allowImplausible = false } = flags;
  const { scenario, warnings } = loadScenario(file, { allowImplausible });
  printWarnings(warnings);
  const { startOf } = await import('../../workbench/start.js');
  const { studioFiles } = await import('../../studio/files.js');
  const { openStudio } = await import('../../studio/server.js');
  const files = studioFiles(startOf(scenario, file, allowImplausible));
  const { url, close } = await openStudio(files, port).catch((error: NodeJS.ErrnoException) => {
    throw new UserError([
      {
        message: `cannot listen to port ${port}: ${error.code === 'EADDRINUSE' ? 'it is in use' : error.message}`,
        suggestion: 'leave --port out to take any free one',
      },
    ]);
  });
  process.stdout.write(`Studio of ${basename(file)}: ${url}\nCtrl-C ends it.\n`);
  if (open) await openBrowser(url);
  await interruptible(ended);
  await close();
  process.stdout.write('Studio closed.\n');
}

/** The address stands in the terminal: a browser that does not open is no error. */
async function openBrowser(url: string): Promise<void> {
  const { default: launch } = await import('open');
  const child = await launch(url).catch(() => undefined);
  child?.on('error', () => undefined);
}

/** Resolves with Ctrl-C. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // Keeps the process alive also where nothing is connected.
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
