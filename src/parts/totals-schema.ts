/** What totals look like in a file: checked before anything is merged. */
import { z } from 'zod';
import type { OwnSums, TotalsState } from '../engine/totals.js';
import type { Plan } from '../plan/types.js';
import * as DIFFERENCE from '../statistics/differences.js';
import { HISTOGRAM_LENGTH } from '../statistics/histogram.js';
import * as SUM from '../statistics/sums.js';
import { WORST_KEPT } from '../statistics/worst.js';

const count = z.int().min(0);
const finite = z.number();

// Checked in loops of their own: a part has a hundred thousand numbers, which schemas would take longer to check than to merge.
const counts = arrayOf('counts', isCount);
const numbers = arrayOf('numbers', Number.isFinite);
const exact = z.array(numbers.refine(({ length }) => length <= MOST_TERMS, 'is no sum'));
/** Of an exact sum: numbers of 53 bits that do not overlap, from 2^-1074 to 2^1023. */
const MOST_TERMS = 40;

function arrayOf(what: string, isOne: (value: unknown) => boolean) {
  return z.custom<readonly number[]>(
    (value) => Array.isArray(value) && value.every((item) => isOne(item)),
    `are no ${what}`,
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Ascending bins, each with a count of its own. */
const bins = z
  .object({ bins: counts, counts })
  .refine(
    ({ bins: places, counts: its }) =>
      places.length === its.length &&
      its.every((one) => one > 0) &&
      places.every((bin, i) => bin < HISTOGRAM_LENGTH && (i === 0 || bin > places[i - 1]!)),
    'bins are no histogram',
  );

const spread = z.object({
  matings: count,
  shiftDb: finite,
  minDb: finite,
  maxDb: finite,
  worstMinDb: finite,
  worstMaxDb: finite,
  sums: exact,
  fibres: bins,
  squares: bins,
  worst: bins,
});

const pair = spread.extend({
  mostContactVisits: finite,
  positions: z.array(bins),
  sections: z.array(z.object({ matings: count, bins, sums: exact })),
  worstMatings: z
    .array(z.object({ mating: count, worstFibreDb: finite, meanDb: finite, fibre: count }))
    .max(WORST_KEPT),
  returnLoss: spread.nullable(),
});

const changes = z.object({ steps: z.array(spread), largest: spread, signed: exact });

const channel = z.object({
  losses: spread,
  lanes: z.array(bins),
  passes: count,
  connectorPasses: count,
});

const totals = z.object({
  pairs: z.array(pair),
  comparisons: z.array(exact),
  series: z.array(changes),
  channels: z.array(channel),
  losses: z.array(z.object({ firstMating: count, lossesDb: z.array(numbers) })),
  own: z.array(exact),
  seconds: finite.min(0),
}) satisfies z.ZodType<TotalsState>;

/** What some consecutive blocks of one plan came to. */
export const keptSchema = z
  .object({ from: count, next: count, totals })
  .refine(({ from, next }) => from <= next, 'blocks run backwards');

/** Sums of nothing are none at all. */
function fits(of: { readonly matings: number; readonly sums: readonly unknown[] }, length: number) {
  return of.sums.length === (of.matings === 0 ? 0 : length);
}

/** Whether totals have the shape of those of a plan. Those with other numbers of pairs or fibres would be merged wrongly. */
export function isOfPlan(state: TotalsState, plan: Plan, own?: OwnSums): boolean {
  const fibresOf = (index: number): number => plan.pairs[index]!.mechanics.fibres;
  const compared = new Set(plan.comparisons.flat());
  return (
    state.pairs.length === plan.pairs.length &&
    state.pairs.every(
      (of, p) =>
        fits(of, SUM.positions + 2 * fibresOf(p)) &&
        of.positions.length === fibresOf(p) &&
        of.sections.length === (compared.has(p) ? plan.sections : 0) &&
        of.sections.every((section) => fits(section, SUM.spread)) &&
        (of.returnLoss === null || fits(of.returnLoss, SUM.spread)),
    ) &&
    state.comparisons.length === plan.comparisons.length &&
    state.comparisons.every((sums) => sums.length === DIFFERENCE.length) &&
    state.series.length === plan.series.length &&
    state.series.every(
      (of, s) =>
        of.steps.length === plan.series[s]!.length - 1 &&
        [...of.steps, of.largest].every((spread) => fits(spread, SUM.spread)) &&
        of.signed.length === 2 * of.steps.length,
    ) &&
    state.channels.length === plan.channels.length &&
    state.channels.every(
      (of, c) =>
        of.lanes.length === plan.channels[c]!.lanes &&
        fits(of.losses, SUM.spread + 2 * of.lanes.length),
    ) &&
    state.own.length === (own === undefined ? 0 : plan.sections) &&
    state.own.every((sums) => sums.length === own?.length) &&
    state.losses.every(
      ({ firstMating, lossesDb }) =>
        plan.lot !== null &&
        lossesDb.length === plan.pairs.length &&
        lossesDb.every(
          (losses, p) => firstMating * fibresOf(p) + losses.length <= plan.matings * fibresOf(p),
        ),
    )
  );
}
