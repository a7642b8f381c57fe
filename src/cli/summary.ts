/** The summary of a run: one table to read at a glance, plots, differences and limits. */
import pc from 'picocolors';
import type { ComparisonResult, LimitResult, PairResult, Result } from '../result/schema.js';
import {
  decibels,
  duration,
  integer,
  percent,
  rate,
  shorten,
  signedDecibels,
  table,
} from './format.js';
import { distributionPlots } from './plot.js';

const NAME_WIDTH = 16;
/** Yield shown in the table: the 97 % limit of grade B. */
const YIELD_DB = 0.25;

/** Lines of the whole summary. */
export function summaryLines(result: Result): string[] {
  const name = (result.scenario as { name?: string }).name ?? 'scenario';
  const description = (result.scenario as { description?: string }).description ?? '';
  return [
    pc.bold(`${name}${description === '' ? '' : `: ${description}`}`),
    `${integer(result.matings)} matings a pair, seed "${result.seed}", ± is half the 95 % interval (unit: the mating)`,
    '',
    ...pairTable(result.pairs),
    '',
    pc.bold('Insertion loss of all fibres, each pair to its own peak'),
    ...distributionPlots(result.pairs, Math.min(NAME_WIDTH, longest(result.pairs))),
    ...causeLines(result.pairs),
    ...comparisonLines(result.comparisons),
    ...limitLines(result.pairs),
    '',
    pc.dim(`Left out of the model: ${result.leftOut.join(', ')}.`),
    pc.dim(
      `${duration(result.host.seconds)} on ${result.host.workers} worker${result.host.workers === 1 ? '' : 's'}, ${rate(result.host.fibreMatingsPerSecond)} fibre matings/s`,
    ),
  ];
}

function longest(pairs: readonly PairResult[]): number {
  return Math.max(...pairs.map((pair) => pair.name.length));
}

function pairTable(pairs: readonly PairResult[]): string[] {
  const header = ['pair', 'mean', 'median', '97 %', 'worst 97 %', '≤ 0.25 dB', 'grade'];
  const rows = pairs.map((pair) => [
    shorten(pair.name, NAME_WIDTH),
    decibels(pair.il.mean),
    pair.il.p50.value.toFixed(3),
    decibels(pair.il.p97),
    decibels(pair.worstFibre.p97),
    percent(
      pair.yields.find((entry) => entry.limitDb === YIELD_DB)?.fibre ?? {
        value: Number.NaN,
        low: null,
        high: null,
      },
    ),
    gradeText(pair),
  ]);
  const [head, ...lines] = table([header, ...rows]) as [string, ...string[]];
  const overflow = pairs.filter((pair) => pair.histogram.il.overflow > 0);
  return [
    pc.bold(head),
    ...lines,
    ...overflow.map((pair) =>
      pc.yellow(
        `${pair.name}: ${integer(pair.histogram.il.overflow)} fibre matings lie at 20 dB or more`,
      ),
    ),
  ];
}

function gradeText({ grade }: PairResult): string {
  if (grade.decided) return grade.name ?? 'none';
  return `${grade.best ?? 'none'} or ${grade.worst ?? 'none'}`;
}

function causeLines(pairs: readonly PairResult[]): string[] {
  const rows = pairs.map((pair) => [
    shorten(pair.name, NAME_WIDTH),
    pair.causes.lateral.value.toFixed(4),
    pair.causes.angular.value.toFixed(4),
    pair.causes.modeMismatch.value.toFixed(4),
    pair.causes.gap.value.toFixed(4),
    percent(pair.gapFraction),
  ]);
  const header = ['mean dB by cause', 'lateral', 'angular', 'mismatch', 'gap', 'fibres with gap'];
  const [head, ...lines] = table([header, ...rows]) as [string, ...string[]];
  return ['', pc.bold(head), ...lines];
}

function comparisonLines(comparisons: readonly ComparisonResult[]): string[] {
  if (comparisons.length === 0) return [];
  const header = ['difference, dB', 'mean', '97 %', '99 %', 'lower in'];
  const rows = comparisons.map((c) => [
    `${shorten(c.second, NAME_WIDTH)} − ${shorten(c.first, NAME_WIDTH)}`,
    signedDecibels(c.mean),
    signedDecibels(c.p97),
    signedDecibels(c.p99),
    percent(c.secondLower.mean),
  ]);
  const [head, ...lines] = table([header, ...rows]) as [string, ...string[]];
  return ['', pc.bold(head), ...lines];
}

const VERDICT_COLOUR = { met: pc.green, missed: pc.red, undecided: pc.yellow } as const;

function limitLines(pairs: readonly PairResult[]): string[] {
  const limits = pairs.flatMap((pair) => pair.limits.map((limit) => ({ pair, limit })));
  if (limits.length === 0) return [];
  const rows = limits.map(({ pair, limit }) => [
    shorten(pair.name, NAME_WIDTH),
    limit.limit,
    limitValue(limit),
    limit.verdict,
  ]);
  const lines = table([['limit', '', 'result', 'verdict'], ...rows]);
  return [
    '',
    ...lines.map((line, i) => {
      const verdict = limits[i - 1]?.limit.verdict;
      return verdict === undefined ? pc.bold(line) : VERDICT_COLOUR[verdict](line);
    }),
  ];
}

function limitValue({ limit, estimate }: LimitResult): string {
  return limit.includes('dB)') || limit.startsWith('gapFraction')
    ? percent(estimate)
    : `${decibels(estimate)} dB`;
}
