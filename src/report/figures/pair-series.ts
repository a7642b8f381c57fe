/** What tells the curves of pairs apart: a colour each, and where colours come again other dashes. */
import { SERIES } from '../theme.js';

/** Dashes of the first six pairs, the next six and so on. */
const DASHES = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
] as const;
/** Curves that can be told apart. */
export const MOST_CURVES = SERIES.length * DASHES.length;

/** The channels of such curves by the field `pair`; dashes only where there are more pairs than colours. */
export function pairSeries(names: readonly string[], legend: object = {}) {
  const scale = (range: readonly unknown[]) => ({ domain: [...names], range: [...range] });
  const channel = (range: readonly unknown[]) => ({
    field: 'pair',
    type: 'nominal' as const,
    sort: null,
    scale: scale(range),
    legend: { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 300, ...legend },
  });
  const colours = names.map((_, i) => SERIES[i % SERIES.length]);
  const dashes = names.map((_, i) => DASHES[Math.floor(i / SERIES.length) % DASHES.length]);
  if (names.length <= SERIES.length) {
    const color = { field: 'pair', type: 'nominal' as const, sort: null, legend };
    return { color, line: { color } };
  }
  const color = channel(colours);
  return { color, line: { color, strokeDash: channel(dashes) } };
}

/** What a note adds where there are more pairs than curves. */
export function leftOutNote(pairs: number, drawn = MOST_CURVES): string {
  return pairs > drawn ? ` ${pairs - drawn} more pairs are not drawn.` : '';
}
