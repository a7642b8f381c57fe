/** Two results after the fact: what differs in their scenarios, and by how much their figures. */
import { normalQuantile } from '../numerics/normal.js';
import type { ChannelResult, PairResult, Result } from '../result/schema.js';
import { type Estimate, Z975 } from '../statistics/intervals.js';

/** A figure that both results have. */
export interface ComparedFigure {
  /** The pair or channel. */
  readonly of: string;
  readonly statistic: string;
  readonly unit: 'dB' | 'share';
  readonly first: number;
  readonly second: number;
  /** Second minus first, with its 95 % interval. */
  readonly difference: Estimate;
  readonly verdict: 'differ' | 'alike' | 'undecided';
}

export interface ComparedResults {
  /** `differ` if any figure does, `alike` if all are within the tolerance, else `undecided`. */
  readonly verdict: ComparedFigure['verdict'];
  /** The same scenario, seed and number of matings: any difference is one of the programs. */
  readonly isSameRun: boolean;
  /** Both drew from the same seed, so that the intervals are rather too wide than too narrow. */
  readonly isSameSeed: boolean;
  readonly toleranceDb: number;
  readonly figures: readonly ComparedFigure[];
  /** Pairs and channels that only one of them has. */
  readonly onlyInOne: readonly string[];
  readonly changes: readonly ScenarioChange[];
}

/** A value of the resolved scenarios that differs; null where one has none. */
export interface ScenarioChange {
  readonly path: string;
  readonly first: string | null;
  readonly second: string | null;
}

/** Chance that any figure of equal scenarios is called different. */
const FALSE_ALARM = 0.05;

/**
 * Differences of all figures that both results have.
 *
 * Intervals add the distances to either bound as roots of squares (Zou & Donner 2008), as if the results were independent. A
 * figure differs if its interval at 1 − 0.05/k lies outside ± tolerance, k the number of figures (Bonferroni), and is alike if
 * it lies inside. Shares have no tolerance.
 */
export function compareResults(first: Result, second: Result, toleranceDb = 0): ComparedResults {
  const isSameRun =
    first.scenarioHash === second.scenarioHash &&
    first.seed === second.seed &&
    first.matings === second.matings;
  const pairs = matched(first.pairs, second.pairs);
  const channels = matched(first.channels, second.channels);
  const raw = [
    ...pairs.both.flatMap(([a, b]) => figuresOf(a.name, pairEstimates(a), pairEstimates(b))),
    ...channels.both.flatMap(([a, b]) =>
      figuresOf(a.name, channelEstimates(a), channelEstimates(b)),
    ),
  ];
  const widening = normalQuantile(1 - FALSE_ALARM / (2 * Math.max(1, raw.length))) / Z975;
  const figures = raw.map((figure): ComparedFigure => {
    const tolerance = figure.unit === 'dB' ? toleranceDb : 0;
    return { ...figure, verdict: verdictOf(figure.difference, tolerance, widening, isSameRun) };
  });
  const isAlike = figures.length > 0 && figures.every(({ verdict }) => verdict === 'alike');
  const isDifferent = figures.some(({ verdict }) => verdict === 'differ');
  return {
    verdict: isDifferent ? 'differ' : isAlike ? 'alike' : 'undecided',
    isSameRun,
    isSameSeed: first.seed === second.seed,
    toleranceDb,
    figures,
    onlyInOne: [...pairs.alone, ...channels.alone],
    changes: changesOf(first.scenario, second.scenario, ''),
  };
}

function verdictOf(
  { value, low, high }: Estimate,
  tolerance: number,
  widening: number,
  isSameRun: boolean,
): ComparedFigure['verdict'] {
  if (isSameRun) return Math.abs(value) <= tolerance ? 'alike' : 'differ';
  if (low === null || high === null) return 'undecided';
  const [from, to] = [value - widening * (value - low), value + widening * (high - value)];
  if (from > tolerance || to < -tolerance) return 'differ';
  return from >= -tolerance && to <= tolerance ? 'alike' : 'undecided';
}

type Estimates = ReadonlyMap<string, Estimate>;

function figuresOf(of: string, first: Estimates, second: Estimates) {
  return [...first].flatMap(([statistic, a]) => {
    const b = second.get(statistic);
    if (b === undefined) return [];
    const unit = /yield|gapFraction|budget/.test(statistic) ? ('share' as const) : ('dB' as const);
    return [{ of, statistic, unit, first: a.value, second: b.value, difference: minus(b, a) }];
  });
}

/** b − a of independent estimates. */
function minus(b: Estimate, a: Estimate): Estimate {
  const value = b.value - a.value;
  const root = (x: number, y: number) => Math.sqrt(x * x + y * y);
  const low = a.high === null || b.low === null ? null : root(b.value - b.low, a.high - a.value);
  const high = a.low === null || b.high === null ? null : root(b.high - b.value, a.value - a.low);
  return {
    value,
    low: low === null ? null : value - low,
    high: high === null ? null : value + high,
  };
}

function pairEstimates(pair: PairResult): Estimates {
  const { il, worstFibre, gapFraction, yields, returnLoss, largestChange } = pair;
  return new Map([
    ...(['mean', 'sd', 'p50', 'p97', 'p99'] as const).map((name) => [name, il[name]] as const),
    ['worstFibre.mean', worstFibre.mean],
    ['worstFibre.p97', worstFibre.p97],
    ...yields.map(({ limitDb, fibre }) => [`yield(${limitDb} dB)`, fibre] as const),
    ['gapFraction', gapFraction],
    ...(returnLoss === null
      ? []
      : (['mean', 'p3'] as const).map(
          (name) => [`returnLoss.${name}`, returnLoss.all[name]] as const,
        )),
    ...(largestChange === null ? [] : [['largestChange.p97', largestChange.all.p97] as const]),
  ]);
}

function channelEstimates({ loss, budget }: ChannelResult): Estimates {
  return new Map([
    ['mean', loss.all.mean],
    ['p97', loss.all.p97],
    ['worst lane p97', loss.worst.p97],
    ...(budget === null ? [] : [['budget met', budget.met] as const]),
  ]);
}

function matched<T extends { readonly name: string }>(first: readonly T[], second: readonly T[]) {
  const names = (list: readonly T[]) => list.map(({ name }) => name);
  const both = first.flatMap((a) => {
    const b = second.find(({ name }) => name === a.name);
    return b === undefined ? [] : [[a, b] as const];
  });
  const alone = [
    ...names(first).filter((name) => !names(second).includes(name)),
    ...names(second).filter((name) => !names(first).includes(name)),
  ];
  return { both, alone };
}

/** Differing leaves of two JSON values, in the order of their paths. */
function changesOf(first: unknown, second: unknown, path: string): ScenarioChange[] {
  if (isObject(first) && isObject(second)) {
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    return keys.flatMap((key) =>
      changesOf(first[key], second[key], path === '' ? key : `${path}.${key}`),
    );
  }
  const [a, b] = [first, second].map((value) =>
    value === undefined ? null : JSON.stringify(value),
  ) as [string | null, string | null];
  return a === b ? [] : [{ path, first: a, second: b }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
