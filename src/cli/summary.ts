/** The summary of a run: one table to read at a glance, plots, causes, differences and limits. */

import { InvariantError } from '../errors.js';
import type { ComparisonResult, LimitResult, PairResult, Result } from '../result/schema.js';
import { gradeText } from '../statistics/grade.js';
import type { Estimate } from '../statistics/intervals.js';
import { channelTables } from './channel-tables.js';
import { claimLines } from './claim-table.js';
import type { Colours } from './colours.js';
import { estimateTable, label, NAME_WIDTH } from './estimate-table.js';
import {
  counted,
  decibels,
  type EstimateText,
  fixed,
  integer,
  percents,
  signedDecibels,
} from './format.js';
import { hostLine } from './host-line.js';
import { distributionPlots } from './plot.js';
import { precisionTable } from './precision-table.js';
import { costTable, lotTable, returnLossTable, sideLines, stepTables } from './summary-parts.js';
import { shorten, table, wrap } from './table.js';

const LIMIT_WIDTH = 30;
/** Yield shown in the table: the 97 % limit of grade B. */
const YIELD_DB = 0.25;

/** Lines of the whole summary, none wider than 80 columns. */
export function summaryLines(result: Result, colours: Colours): string[] {
  const { bold, dim } = colours;
  const { host, pairs } = result;
  const figures = pairTable(pairs, colours);
  const isLot = pairs.some(({ lot }) => lot !== null);
  const isUnknown = figures.some((line) => line.includes(' –'));
  return [
    ...wrap(title(result)).map(bold),
    ...wrap(
      `${counted(result.matings, 'mating')} a pair, seed "${shorten(result.seed, 40)}". ± is half the 95 % interval, whose unit is the ${isLot ? 'plug' : 'mating'}${isUnknown ? `; –: ${isLot ? 'not known' : 'too few matings for one'}` : ''}.`,
    ),
    '',
    ...figures,
    ...overflowLines(pairs).map(colours.yellow),
    '',
    bold('Insertion loss of all fibres, each pair to its own peak'),
    ...distributionPlots(pairs, Math.min(NAME_WIDTH, longestName(pairs))),
    '',
    ...causeTable(pairs, colours),
    ...sideLines(pairs),
    ...comparisonTable(result.comparisons, colours),
    ...returnLossTable(pairs, colours),
    ...stepTables(pairs, colours),
    ...lotTable(pairs, colours),
    ...precisionTable(result.precision, colours),
    ...channelTables(result, colours),
    ...costTable(pairs),
    ...limitTable(pairs, isLot ? 'plugs' : 'matings (--trials)', colours),
    ...(result.claims.length === 0 ? [] : ['', ...claimLines(result.claims, colours)]),
    '',
    ...wrap(`Left out of the model: ${result.leftOut.join(', ')}.`).map(dim),
    dim(hostLine(host)),
  ];
}

function title({ scenario }: Result): string {
  const { name, description } = scenario as { name?: string; description?: string };
  return [name, description].filter((part) => part !== undefined && part !== '').join(': ');
}

function longestName(pairs: readonly PairResult[]): number {
  return Math.max(...pairs.map((pair) => pair.name.length));
}

function pairTable(pairs: readonly PairResult[], colours: Colours): string[] {
  const header = ['pair', 'mean', 'median', '97 %', 'worst 97 %', '≤ 0.25 dB', 'grade'];
  const columns = [
    pairs.map((pair) => label(pair.name)),
    decibels(pairs.map((pair) => pair.il.mean)),
    decibels(pairs.map((pair) => pair.il.p50)),
    decibels(pairs.map((pair) => pair.il.p97)),
    decibels(pairs.map((pair) => pair.worstFibre.p97)),
    percents(pairs.map(shareWithin)),
    pairs.map(({ grade }) => gradeText(grade)),
  ];
  return estimateTable(header, columns, colours);
}

function shareWithin({ name, yields }: PairResult): Estimate {
  const found = yields.find((entry) => entry.limitDb === YIELD_DB);
  if (found === undefined) throw new InvariantError(`no yield at ${YIELD_DB} dB of pair ${name}`);
  return found.fibre;
}

function overflowLines(pairs: readonly PairResult[]): string[] {
  return pairs
    .filter((pair) => pair.histogram.il.overflow > 0)
    .flatMap((pair) =>
      wrap(
        `${label(pair.name)}: ${integer(pair.histogram.il.overflow)} of ${integer(pair.fibres * pair.matings)} fibre matings lost 20 dB or more; percentiles there are rough.`,
      ),
    );
}

function causeTable(pairs: readonly PairResult[], { bold }: Colours): string[] {
  const header = ['mean dB by cause', 'lateral', 'angular', 'mismatch', 'gap', 'interaction'];
  const gaps = percents(pairs.map((pair) => pair.gapFraction));
  const rows = pairs.map(({ name, causes }, i) => [
    label(name),
    ...[causes.lateral, causes.angular, causes.modeMismatch, causes.gap, causes.interaction].map(
      ({ value }) => fixed(value, 4),
    ),
    gaps[i]?.value ?? '',
  ]);
  const [head = '', ...lines] = table([[...header, 'air gap in'], ...rows]);
  return [bold(head), ...lines];
}

function comparisonTable(comparisons: readonly ComparisonResult[], colours: Colours): string[] {
  if (comparisons.length === 0) return [];
  const header = ['difference, dB', 'mean', '97 %', '99 %', 'lower in'];
  const columns = [
    comparisons.map(({ first, second }) => `${label(second)} − ${label(first)}`),
    signedDecibels(comparisons.map(({ mean }) => mean)),
    signedDecibels(comparisons.map(({ p97 }) => p97)),
    signedDecibels(comparisons.map(({ p99 }) => p99)),
    percents(comparisons.map(({ secondLower }) => secondLower.mean)),
  ];
  return ['', ...estimateTable(header, columns, colours)];
}

/** @param more what makes the intervals narrower */
function limitTable(pairs: readonly PairResult[], more: string, colours: Colours): string[] {
  const limits = pairs.flatMap(({ name, limits }) => limits.map((limit) => ({ name, limit })));
  if (limits.length === 0) return [];
  const verdictColour = { met: colours.green, missed: colours.red, undecided: colours.yellow };
  const rows = limits.map(({ name, limit }) => {
    const { value, interval } = limitEstimate(limit);
    return [label(name), shorten(limit.limit, LIMIT_WIDTH), value, interval, limit.verdict];
  });
  const [head = '', ...lines] = table([['pair', 'limit', 'result', '', 'verdict'], ...rows], 2);
  const undecided = limits.some(({ limit }) => limit.verdict === 'undecided');
  return [
    '',
    colours.bold(head),
    ...lines.map((line, i) => verdictColour[limits[i]?.limit.verdict ?? 'undecided'](line)),
    ...(undecided
      ? wrap(`Undecided: the interval straddles the limit or is unknown; more ${more} help.`)
      : []),
  ];
}

function limitEstimate({ limit, estimate }: LimitResult): EstimateText {
  const isShare = /^(yield|matingYield|gapFraction)\b/.test(limit);
  const [text] = (isShare ? percents : decibels)([estimate]);
  return text as EstimateText;
}
