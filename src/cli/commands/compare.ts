/** `matedpair compare`: two results after the fact. */
import { type Command, InvalidArgumentError } from 'commander';
import { readResult } from '../../result/files.js';
import {
  type ComparedFigure,
  type ComparedResults,
  compareResults,
} from '../../studies/compare-results.js';
import { type Colours, coloursOf } from '../colours.js';
import { estimateTable, label } from '../estimate-table.js';
import { EXIT } from '../exit-codes.js';
import { counted, type EstimateText, fixed, percents, signedDecibels } from '../format.js';
import { shorten, wrap } from '../table.js';

interface CompareFlags {
  readonly tolerance: number;
  readonly json?: boolean;
}

const MOST_CHANGES = 12;

export function addCompareCommand(program: Command, onDone: (exitCode: number) => void): void {
  program
    .command('compare')
    .summary('compare two results')
    .description(
      'Tells what differs in the scenarios of two results and by how much their figures do, second minus first.',
    )
    .argument('<first>', 'result file')
    .argument('<second>', 'result file')
    .option('--tolerance <dB>', 'difference of a loss that does not matter', decibelsOf, 0)
    .option('--json', 'print the comparison as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair compare before.json after.json
  $ matedpair compare before.json after.json --tolerance "0.01 dB" --json | jq .verdict

Exit code: 0 if no figure differs, 1 if any does, 2 if a file is no result`,
    )
    .action(async (first: string, second: string, flags: CompareFlags) => {
      const compared = compareResults(
        await readResult(first),
        await readResult(second),
        flags.tolerance,
      );
      const text =
        flags.json === true
          ? JSON.stringify(compared, null, 2)
          : compareLines(compared, coloursOf(process.stdout)).join('\n');
      process.stdout.write(`${text}\n`);
      onDone(compared.verdict === 'differ' ? EXIT.differ : EXIT.ok);
    });
}

function decibelsOf(text: string): number {
  const value = Number(/^\s*(\d+(?:\.\d*)?|\.\d+)\s*(?:dB\s*)?$/.exec(text)?.[1]);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a loss such as "0.01 dB".');
}

const VERDICTS = { differ: 'differ', alike: 'alike', undecided: '–' } as const;

function compareLines(compared: ComparedResults, colours: Colours): string[] {
  const { figures, changes, onlyInOne } = compared;
  return [
    ...changeLines(compared),
    ...(onlyInOne.length === 0 ? [] : wrap(`Only in one of them: ${onlyInOne.join(', ')}.`)),
    ...(changes.length + onlyInOne.length === 0 ? [] : ['']),
    ...(figures.length === 0 ? [] : estimateTable(HEADER, columnsOf(figures), colours)),
    '',
    ...wrap(conclusion(compared)).map(colours.bold),
  ];
}

const HEADER = ['of', 'figure', 'first', 'second', 'difference', 'verdict'];

function columnsOf(figures: readonly ComparedFigure[]) {
  const isShare = ({ unit }: ComparedFigure) => unit === 'share';
  const value = (figure: ComparedFigure, x: number) =>
    isShare(figure) ? `${fixed(100 * x, 2)} %` : fixed(x, 4);
  return [
    figures.map(({ of }, i) => (figures[i - 1]?.of === of ? '' : label(of))),
    figures.map(({ statistic }) => statistic),
    figures.map((figure) => value(figure, figure.first)),
    figures.map((figure) => value(figure, figure.second)),
    figures.map((figure) => differenceText(figure)),
    figures.map(({ verdict }) => VERDICTS[verdict]),
  ];
}

function differenceText({ unit, difference }: ComparedFigure): EstimateText {
  const [text] = unit === 'dB' ? signedDecibels([difference]) : percents([difference]);
  const { value, interval } = text as EstimateText;
  return { value: /^[+−]/.test(value) ? value : `+${value}`, interval };
}

function changeLines({ changes }: ComparedResults): string[] {
  const shown = changes.slice(0, MOST_CHANGES);
  const lines = shown.map(
    ({ path, first, second }) =>
      `${shorten(path, 36)}: ${shorten(first ?? 'nothing', 18)} → ${shorten(second ?? 'nothing', 18)}`,
  );
  const rest = changes.length - shown.length;
  return rest > 0 ? [...lines, `and ${counted(rest, 'other change')}`] : lines;
}

function conclusion({ verdict, isSameRun, isSameSeed, toleranceDb, figures }: ComparedResults) {
  const differing = figures.filter((figure) => figure.verdict === 'differ').length;
  if (figures.length === 0) return 'They have no pair in common.';
  if (isSameRun) {
    return differing === 0
      ? 'The same scenario, seed and matings, and the same figures.'
      : `The same scenario, seed and matings, but ${counted(differing, 'figure')} of ${figures.length} differ: another version of matedpair computed one of them.`;
  }
  const within = toleranceDb > 0 ? ` by more than ${toleranceDb} dB` : '';
  const seed = isSameSeed
    ? ' Both drew from the same seed: the intervals, as of independent runs, are rather too wide.'
    : '';
  if (verdict === 'alike') return `All figures agree within ${toleranceDb} dB.${seed}`;
  return differing === 0
    ? `No difference${within} is shown.${seed}`
    : `${counted(differing, 'figure')} of ${figures.length} differ${within}, beyond what chance does to one of them in 20 comparisons.${seed}`;
}
