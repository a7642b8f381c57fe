/** The summary of a sweep: its points, and what each parameter does on average. */
import type { SweepResult, SweptPair, SweptPoint } from '../result/schema-sweep.js';
import { plainText } from '../result/sweep-table.js';
import type { Estimate } from '../statistics/intervals.js';
import type { Colours } from './colours.js';
import { label } from './estimate-table.js';
import { counted, fixed, integer, percents } from './format.js';
import { hostLine } from './host-line.js';
import { shorten, table, wrap } from './table.js';

/** Rows of a table of points; beyond it the best and the worst are shown. */
const MOST_ROWS = 24;
const FEWER_ROWS = 8;
const MOST_ERRORS = 3;
const VALUE_WIDTH = 14;
const MOST_VALUES_SHOWN = 3;

/** A line of the tables: a pair or a channel of a point. */
interface Row {
  readonly point: SweptPoint;
  readonly name: string;
  readonly mean: number;
  readonly p97: Estimate;
  /** 97 % point of the worst fibre or lane. */
  readonly worstDb: number;
  /** Yield of a pair, or how often a channel keeps its budget. */
  readonly share: Estimate;
}

function rowsOf(point: SweptPoint): Row[] {
  const pairs = point.pairs.map(({ name, il, worstFibre, yields }) => ({
    ...{ point, name, mean: il.mean.value, p97: il.p97, worstDb: worstFibre.p97.value },
    share: yields.find(({ limitDb }) => limitDb === SHOWN_YIELD_DB)?.fibre ?? UNKNOWN,
  }));
  const channels = point.channels.map(({ name, loss, budget }) => ({
    ...{ point, name: `${name} (link)`, mean: loss.all.mean.value, p97: loss.all.p97 },
    ...{ worstDb: loss.worst.p97.value, share: budget?.met ?? UNKNOWN },
  }));
  return [...pairs, ...channels];
}

export function sweepLines(result: SweepResult, colours: Colours): string[] {
  const { bold, dim, red } = colours;
  const { points, host } = result;
  const failed = points.filter(({ error }) => error !== null);
  const rows = points.flatMap(rowsOf);
  const missed = points.filter(({ pairs }) => pairs.some(isMissed)).length;
  const warnings = points.flatMap((point) => point.warnings);
  const { name } = result.scenario as { name: string };
  return [
    bold(
      shorten(
        `${name}: sweep of ${counted(result.parameters.length, 'parameter')}, ${counted(points.length, 'point')}`,
        80,
      ),
    ),
    ...wrap(
      'All points have the same random numbers. Losses of all fibres in dB; ± is half the 95 % interval of the 97 % point.',
    ),
    ...effectTables(result, rows, colours),
    ...pointTables(result, rows, colours),
    ...(missed === 0
      ? []
      : ['', red(`${counted(missed, 'point')} missed a limit; the table says which.`)]),
    ...(warnings.length === 0
      ? []
      : [
          '',
          ...wrap(`${counted(warnings.length, 'warning')}, such as: ${warnings[0]}`).map(
            colours.yellow,
          ),
        ]),
    ...(failed.length === 0
      ? []
      : ['', red(`${counted(failed.length, 'point')} could not be run:`)]),
    ...failed
      .slice(0, MOST_ERRORS)
      .flatMap(({ point, error }) =>
        `point ${point}: ${error}`.split('\n').map((line) => shorten(line, 80)),
      ),
    ...(failed.length > MOST_ERRORS ? ['… the others are in the result'] : []),
    '',
    ...wrap(
      host.fibreMatingsPerSecond === 0
        ? `${hostLine(host)}.`
        : `${hostLine(host)}; ${Math.round(100 * host.computingShare)} % of the time of the workers went into matings.`,
    ).map(dim),
  ];
}

/** The shortest ends of the paths that still tell them apart. */
function parameterNames({ parameters }: SweepResult): string[] {
  const paths = parameters.map((parameter) => parameter.paths.join(','));
  return paths.map((path, i) => {
    const parts = path.split('.');
    for (let from = parts.length - 1; from > 0; from--) {
      const end = parts.slice(from).join('.');
      if (!paths.some((other, j) => j !== i && (other === end || other.endsWith(`.${end}`))))
        return end;
    }
    return path;
  });
}

/** For each parameter and pair the figures averaged over the points of each value. */
function effectTables(result: SweepResult, rows: readonly Row[], { bold }: Colours): string[] {
  if (result.design !== 'grid' || result.parameters.length < 2) return [];
  const names = parameterNames(result);
  return result.parameters.flatMap((_, p) => {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = JSON.stringify([row.point.values[p]?.text, row.name]);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    if (groups.size > MOST_ROWS) return [];
    const lines = [...groups].map(([key, group]) => {
      const [text, pair] = JSON.parse(key) as [string, string];
      const mean = (of: (row: Row) => number): string =>
        fixed(group.reduce((sum, row) => sum + of(row), 0) / group.length, 3);
      return [
        shorten(plainText(text), VALUE_WIDTH),
        label(pair),
        mean((row) => row.mean),
        mean(({ p97 }) => p97.value),
        mean(({ worstDb }) => worstDb),
      ];
    });
    const header = [shorten(names[p] as string, 24), 'pair', 'mean', '97 %', 'worst fibre 97 %'];
    const [head = '', ...body] = table([header, ...lines], 2);
    return ['', bold(head), ...body];
  });
}

/** Every point, or of many the best and the worst ones by the 97 % point. */
function pointTables(result: SweepResult, rows: readonly Row[], colours: Colours): string[] {
  if (rows.length <= MOST_ROWS) return pointTable(result, rows, colours);
  const sorted = [...rows].sort((a, b) => a.p97.value - b.p97.value);
  return [
    ...pointTable(result, sorted.slice(0, FEWER_ROWS), colours, 'least 97 % points'),
    ...pointTable(result, sorted.slice(-FEWER_ROWS), colours, 'largest 97 % points'),
  ];
}

function pointTable(
  result: SweepResult,
  rows: readonly Row[],
  { bold }: Colours,
  title?: string,
): string[] {
  if (rows.length === 0) return [];
  const names = parameterNames(result);
  const shown = names.slice(0, MOST_VALUES_SHOWN);
  const yields = percents(rows.map(({ share }) => share));
  const lines = rows.map(({ point, name, mean, p97 }, i) => [
    integer(point.point),
    ...shown.map((_, p) =>
      shorten(valueText(point.values[p]), shown.length > 2 ? 10 : VALUE_WIDTH),
    ),
    shorten(name, 12),
    fixed(mean, 3),
    fixed(p97.value, 3),
    widthOf(p97),
    Number.isNaN(rows[i]?.share.value) ? '–' : (yields[i]?.value ?? ''),
  ]);
  const header = [
    '#',
    ...shown.map((name) => shorten(name, shown.length > 2 ? 10 : VALUE_WIDTH)),
    'pair',
    'mean',
    '97 %',
    '±',
    '≤ 0.25 dB',
  ];
  const [head = '', ...body] = table([header, ...lines], shown.length + 2);
  const more = names.length - shown.length;
  const note = more > 0 ? ` (${counted(more, 'parameter')} more in the table)` : '';
  return [
    '',
    ...(title === undefined ? [] : [bold(`Points with the ${title}${note}`)]),
    bold(head),
    ...body,
  ];
}

/** Numbers to five digits: those of a point chosen at random have many. */
function valueText(value: SweptPoint['values'][number] | undefined): string {
  if (value === undefined || value.number === null) return plainText(value?.text ?? '');
  return `${Number(value.number.toPrecision(5))} ${value.unit}`.trim();
}

const SHOWN_YIELD_DB = 0.25;

const UNKNOWN: Estimate = { value: Number.NaN, low: null, high: null };

function isMissed({ limits }: SweptPair): boolean {
  return limits.some(({ verdict }) => verdict === 'missed');
}

function widthOf({ low, high }: Estimate): string {
  return low === null || high === null ? '–' : fixed((high - low) / 2, 4);
}
