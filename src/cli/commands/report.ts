/** `matedpair report`: results as one page to look at. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { InvariantError, UserError } from '../../errors.js';
import { type AnyResult, readAnyResult } from '../../result/read-any.js';
import { systemReason, writeWholeText } from '../../result/whole-file.js';
import { parseScenario } from '../../scenario/index.js';

interface Flags {
  readonly out: string;
  readonly figures?: string;
  readonly interactive?: boolean;
}

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .summary('draw results as one HTML page')
    .description(
      'Writes one self-contained HTML page with the figures of results of any kind, their numbers, and how to reproduce them.',
    )
    .argument('<result...>', 'result files')
    .option('-o, --out <file>', 'the page', 'report.html')
    .option('--figures <folder>', 'also each figure as .svg, .png, .vl.json (Vega-Lite) and .csv')
    .option('--interactive', 'with a workbench for what-if questions in the page')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair report results/mpo-vs-mtp.json
  $ matedpair report results/my-sweep.json results/my-sensitivity.json -o my.html
  $ matedpair report results/my-sweep.json --figures figures`,
    )
    .action(async (paths: readonly string[], { out, figures, interactive }: Flags) => {
      await checkPage(out);
      if (figures !== undefined) await checkFolder(figures);
      const results = await Promise.all(paths.map(readAnyResult));
      // Only here: the charting library takes a third of a second to load.
      const { reportPage } = await import('../../report/page.js');
      const { redraw } = await import('../../studies/redraw.js');
      const redrawn = results.map((any) => (any.kind === 'run' ? redraw(any.result) : undefined));
      const insert = interactive === true ? await workbenchOf(results, paths) : undefined;
      await writeWholeText(out, 'the report', await reportPage(results, redrawn, insert));
      process.stdout.write(`Report: ${out}\n`);
      if (figures === undefined) return;
      const { figureFiles, INDEX_NAME, listedFiles } = await import('../../report/figure-files.js');
      const earlier = await readFile(join(figures, INDEX_NAME), 'utf8').then(listedFiles, () => []);
      const files = await figureFiles(results, redrawn);
      // The list comes first: by it a folder is known that a full disk left half filled.
      for (const { name, content } of files.reverse())
        await writeWholeText(join(figures, name), 'the figure', content);
      const kept = new Set(files.map(({ name }) => name));
      for (const name of earlier.filter((one) => !kept.has(one)))
        await removed(join(figures, name));
      process.stdout.write(`Figures: ${figures}\n`);
    });
}

/** Throws UserError if the system refuses. */
async function removed(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error) => {
    throw new UserError([
      { message: `an earlier figure cannot be removed: ${systemReason(error)}`, file: path },
    ]);
  });
}

/** Of the scenario of the first result; undefined, and said so, if none of its designs can be mated with itself. */
async function workbenchOf(results: readonly AnyResult[], paths: readonly string[]) {
  const [first] = results;
  const [file] = paths;
  if (first === undefined || file === undefined) throw new InvariantError('a report of no result');
  const { startOf } = await import('../../workbench/start.js');
  const { embeddedWorkbench } = await import('../../studio/embedded.js');
  try {
    const text = JSON.stringify(first.result.scenario);
    const { scenario, warnings } = parseScenario(text, { allowImplausible: true });
    return embeddedWorkbench(startOf(scenario, file, warnings.length > 0));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`No workbench in the report: ${error.message}\n`);
    return undefined;
  }
}

/** Larger files are no reports. */
const MOST_PAGE_BYTES = 200_000_000;
const MARK = '<meta name="generator" content="matedpair">';

/** Throws UserError if anything but an earlier report stands there. */
async function checkPage(path: string): Promise<void> {
  const size = await stat(path).then(
    (status) => (status.isFile() ? status.size : -1),
    () => 0,
  );
  if (size === 0) return;
  if (size > 0 && size <= MOST_PAGE_BYTES && (await textOf(path)).includes(MARK)) return;
  throw new UserError([
    {
      message: 'exists already and is not a report: it will not be overwritten',
      file: path,
      suggestion: 'name another file with --out',
    },
  ]);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError([
      { message: `cannot be read, nor replaced: ${systemReason(error)}`, file: path },
    ]);
  }
}

/** Throws UserError for a folder that holds anything but figures. */
async function checkFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw new UserError([
      { message: `cannot be written to: ${systemReason(error)}`, file: folder },
    ]);
  });
  if (names.length === 0 || names.includes('figures.json')) return;
  throw new UserError([
    {
      message: 'is not empty and holds no figures: nothing is written there',
      file: folder,
      suggestion: 'name a new folder with --figures',
    },
  ]);
}
