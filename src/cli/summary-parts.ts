/** Parts of the summary that only some runs have: return loss, steps, lots, sides, costs. */
import type { PairResult } from '../result/schema.js';
import { gradeText } from '../statistics/grade.js';
import type { Estimate } from '../statistics/intervals.js';
import type { Colours } from './colours.js';
import { estimateTable, label } from './estimate-table.js';
import { decibels, fixed, percents, signedDecibels } from './format.js';
import { table, wrap } from './table.js';

/** Which side of a mixed pair limits it. */
export function sideLines(pairs: readonly PairResult[]): string[] {
  const lines = pairs.flatMap(({ name, pinned, unpinned, origins }) => {
    if (origins === null) return [];
    const { pinnedUm2, unpinnedUm2, fitUm2, limitedBy } = origins;
    const total = pinnedUm2.value + unpinnedUm2.value + fitUm2.value;
    const percent = ({ value }: Estimate) => `${fixed((100 * value) / total, 0)} %`;
    const limit =
      limitedBy === null
        ? 'neither side limits it'
        : `limited by the ${limitedBy} plug (${label(limitedBy === 'pinned' ? pinned : unpinned)})`;
    return wrap(
      `${label(name)}: ${limit}; of the squared offset ${percent(pinnedUm2)} pinned cores, ${percent(unpinnedUm2)} unpinned cores, ${percent(fitUm2)} fit of the pins.`,
    );
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

export function returnLossTable(pairs: readonly PairResult[], colours: Colours): string[] {
  const shown = pairs.filter(({ returnLoss }) => returnLoss !== null);
  if (shown.length === 0) return [];
  const of = (pick: (loss: NonNullable<PairResult['returnLoss']>) => Estimate) =>
    decibels(
      shown.map(({ returnLoss }) => pick(returnLoss as NonNullable<PairResult['returnLoss']>)),
      1,
      2,
    );
  return [
    '',
    ...estimateTable(
      ['return loss, dB', 'mean', '97 % have', '99 % have', 'worst 97 % have', 'grade'],
      [
        shown.map(({ name }) => label(name)),
        of(({ all }) => all.mean),
        of(({ all }) => all.p3),
        of(({ all }) => all.p1),
        of(({ worst }) => worst.p3),
        shown.map(({ returnLoss }) => (returnLoss === null ? '' : gradeText(returnLoss.grade))),
      ],
      colours,
    ),
  ];
}

/** One table a pair, a row a step; and over all steps the largest change of a fibre. */
export function stepTables(pairs: readonly PairResult[], colours: Colours): string[] {
  return pairs.flatMap((pair) => {
    const { steps, largestChange } = pair;
    if (steps.length === 0 || largestChange === null) return [];
    const later = steps.slice(1);
    const changes = later.map(({ change }) => change as NonNullable<typeof change>);
    const [largest] = decibels([largestChange.all.p97]);
    const column = <T>(values: readonly T[]) => ['' as const, ...values];
    return [
      '',
      ...estimateTable(
        [label(pair.name), 'mean', '97 %', 'gap in', 'mean change', '97 % change <'],
        [
          steps.map(({ name }) => label(name)),
          decibels(steps.map(({ il }) => il.mean)),
          decibels(steps.map(({ il }) => il.p97)),
          percents(steps.map(({ gapFraction }) => gapFraction)),
          column(signedDecibels(later.map(({ meanChange }) => meanChange as Estimate))),
          column(decibels(changes.map(({ all }) => all.p97))),
        ],
        colours,
      ),
      ...wrap(
        `Largest change of a fibre since ${label(steps[0]?.name ?? '')}: 97 % below ${largest?.value} dB (${largest?.interval}), mean ${fixed(largestChange.all.mean.value, 3)} dB.`,
      ),
    ];
  });
}

/** Takes no decimals in a column of estimates. */
const NOTHING: Estimate = { value: 0, low: null, high: null };

/** Variance of a fibre's loss in a lot, by where it comes from. */
export function lotTable(pairs: readonly PairResult[], colours: Colours): string[] {
  const shown = pairs.filter(({ lot }) => lot !== null);
  const [first] = shown;
  if (first?.lot === undefined || first.lot === null) return [];
  const names = ['position', 'pinned', 'unpinned', 'combination', 'partToPart', 'matingToMating'];
  const header = ['sd of loss by, dB', 'position', 'pinned', 'unpinned', 'both', 'parts', 'mating'];
  const columns = names.map((name) => {
    const parts = shown.map(({ lot }) => lot?.components[name as keyof typeof lot.components]);
    const texts = decibels(parts.map((part) => part?.sdDb ?? NOTHING));
    return texts.map((text, i) => (parts[i] ? text : '–'));
  });
  const isUnknown = columns.some((column) => column.includes('–'));
  const { pinnedPlugs, unpinnedPlugs, repeats } = first.lot;
  return [
    '',
    ...estimateTable(header, [shown.map(({ name }) => label(name)), ...columns], colours),
    ...wrap(
      `A lot of ${pinnedPlugs} pinned and ${unpinnedPlugs} unpinned plugs, each combination mated ${repeats === 1 ? 'once' : `${repeats} times`}; intervals take the plug as their unit${isUnknown ? '; –: one mating each does not tell' : ''}.`,
    ),
  ];
}

/** Price of an assembly, and of a fibre that keeps a limit, for all limits: a row each. */
export function costTable(pairs: readonly PairResult[]): string[] {
  const rows = pairs.flatMap(({ name, cost }) => {
    if (cost === null) return [];
    const range = ({ low, high }: { low: number | null; high: number | null }) =>
      low === null || high === null
        ? 'none passes'
        : low === high
          ? fixed(low, 2)
          : `${fixed(low, 2)} to ${fixed(high, 2)}`;
    return cost.limits.map(({ limitDb, perPassingChannel }, i) => [
      i === 0 ? label(name) : '',
      i === 0 ? `${range(cost.assembly)} ${cost.currency}` : '',
      `≤ ${limitDb} dB`,
      range(perPassingChannel),
    ]);
  });
  if (rows.length === 0) return [];
  return ['', ...table([['cost', 'assembly', 'limit', 'a passing fibre'], ...rows], 3)];
}
