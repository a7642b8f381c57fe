/** What a sweep answers: its best and worst points, its limits, and what could not be run. */
import type { LimitResult } from '../result/schema.js';
import type { SweepResult, SweptPoint } from '../result/schema-sweep.js';
import type { Estimate } from '../statistics/intervals.js';
import { placeText } from './point-text.js';
import { countText, decibelText, percentText } from './text.js';

interface Row {
  readonly point: SweptPoint;
  readonly name: string;
  readonly value: Estimate;
}

export function sweepAnswers({ points }: SweepResult): string[] {
  const run = points.filter(({ error }) => error === null);
  if (run.length === 0) return ['No point could be run.'];
  const losses = run.flatMap((point) =>
    point.pairs.map(({ name, il }) => ({ point, name, value: il.p97 })),
  );
  const lanes = run.flatMap((point) =>
    point.channels.map(({ name, loss }) => ({ point, name, value: loss.worst.p97 })),
  );
  const budgets = run.flatMap((point) =>
    point.channels.flatMap(({ name, budget }) =>
      budget === null ? [] : [{ point, name, value: budget.met }],
    ),
  );
  return [
    ...ends(losses, ['least', 'largest'], '97 % point', '', decibelText),
    ...ends(lanes, ['least', 'largest'], '97 % point of a worst lane', 'link ', decibelText),
    ...ends(budgets, ['least', 'greatest'], 'probability to keep a budget', 'link ', percentText),
    ...limitAnswers(run),
    ...failedAnswers(points),
  ];
}

function ends(
  rows: readonly Row[],
  [least, most]: readonly [string, string],
  what: string,
  kind: string,
  text: (estimate: Estimate) => string,
): string[] {
  const sorted = [...rows].sort((a, b) => a.value.value - b.value.value);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const say = (which: string, { point, name, value }: Row): string =>
    `The ${which} ${what} is that of ${kind}${name} at point ${point.point} (${placeText(point)}): ${text(value)}.`;
  return [say(least, first), say(most, last)];
}

/** A point counts by the worst of its verdicts. */
function limitAnswers(run: readonly SweptPoint[]): string[] {
  const verdicts = run.flatMap(({ pairs }) => {
    const all = pairs.flatMap(({ limits }) => limits.map(({ verdict }) => verdict));
    const worst = WORST_FIRST.find((verdict) => all.includes(verdict));
    return worst === undefined ? [] : [worst];
  });
  if (verdicts.length === 0) return [];
  const count = (verdict: LimitResult['verdict']): number =>
    verdicts.filter((one) => one === verdict).length;
  return [
    `Limits: all are met at ${countText(count('met'), 'point')}, one or more missed at ${count('missed')}, undecided at ${count('undecided')}.`,
  ];
}

const WORST_FIRST = ['missed', 'undecided', 'met'] as const;

function failedAnswers(points: readonly SweptPoint[]): string[] {
  const failed = points.filter(({ error }) => error !== null);
  const [first] = failed;
  if (first === undefined) return [];
  return [
    `${countText(failed.length, 'point')} of ${points.length} could not be run, such as ${first.point} (${placeText(first)}).`,
  ];
}
