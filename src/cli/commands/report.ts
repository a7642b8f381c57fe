/** `matedpair report`: results as one page to look at. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import { readAnyResult } from '../../result/read-any.js';
import { systemReason, writeWholeText } from '../../result/whole-file.js';

interface Flags {
  readonly out: string;
  readonly figures?: string;
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
    .option('--figures <folder>', 'also each figure as .svg, .vl.json (Vega-Lite) and .csv')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair report results/mpo-vs-mtp.json
  $ matedpair report results/my-sweep.json results/my-sensitivity.json -o my.html`,
    )
    .action(async (paths: readonly string[], { out, figures }: Flags) => {
      await checkPage(out);
      if (figures !== undefined) await checkFolder(figures);
      const results = await Promise.all(paths.map(readAnyResult));
      // Only here: the charting library takes a third of a second to load.
      const { reportPage } = await import('../../report/page.js');
      await writeWholeText(out, 'the report', await reportPage(results));
      process.stdout.write(`Report: ${out}\n`);
      if (figures === undefined) return;
      const { figureFiles } = await import('../../report/figure-files.js');
      for (const { name, text } of await figureFiles(results))
        await writeWholeText(join(figures, name), 'the figure', text);
      process.stdout.write(`Figures: ${figures}\n`);
    });
}

const MARK = '<meta name="generator" content="matedpair">';

/** Throws UserError if anything but an earlier report stands there. */
async function checkPage(path: string): Promise<void> {
  const size = await stat(path).then(
    (status) => (status.isFile() ? status.size : -1),
    () => 0,
  );
  if (size === 0) return;
  if (size > 0 && (await readFile(path, 'utf8')).includes(MARK)) return;
  throw new UserError([
    {
      message: 'exists already and is not a report: it will not be overwritten',
      file: path,
      suggestion: 'name another file with --out',
    },
  ]);
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
