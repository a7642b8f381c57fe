/** Numbers and tables as text for a terminal. */
import type { Estimate } from '../statistics/intervals.js';

/** Half the width of an interval, or undefined where a bound is unknown. */
function halfWidth({ low, high }: Estimate): number | undefined {
  return low === null || high === null ? undefined : (high - low) / 2;
}

/** Decimals that show an interval's half-width to two figures, between `fewest` and 5. */
function decimalsFor(half: number | undefined, fewest: number): number {
  if (half === undefined || !(half > 0)) return fewest + 1;
  let decimals = fewest;
  while (decimals < 5 && half * 10 ** decimals < 1) decimals += 1;
  return decimals;
}

/** `0.2115 ±0.0006`: an estimate in dB with half its interval. */
export function decibels(estimate: Estimate): string {
  const half = halfWidth(estimate);
  const decimals = decimalsFor(half, 3);
  const value = estimate.value.toFixed(decimals);
  return half === undefined ? value : `${value} ±${half.toFixed(decimals)}`;
}

/** The same with a sign, for differences. */
export function signedDecibels(estimate: Estimate): string {
  return (
    (estimate.value >= 0 ? '+' : '−') + decibels({ ...estimate, value: Math.abs(estimate.value) })
  );
}

/** `97.1 %`: a share, with as many decimals as its interval bears out. */
export function percent(estimate: Estimate): string {
  const half = halfWidth(estimate);
  const decimals = Math.min(3, decimalsFor(half === undefined ? undefined : 100 * half, 1));
  return `${(100 * estimate.value).toFixed(decimals)} %`;
}

/** `1 234 567`: thousands apart. */
export function integer(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** `2.13 M`: a rate in millions, thousands or ones. */
export function rate(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)} k`;
  return value.toFixed(0);
}

/** `1 h 02 min`, `3 min 05 s`, `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole >= 3600) {
    return `${Math.floor(whole / 3600)} h ${pad2(Math.floor((whole % 3600) / 60))} min`;
  }
  return whole >= 60 ? `${Math.floor(whole / 60)} min ${pad2(whole % 60)} s` : `${whole} s`;
}

function pad2(value: number): string {
  return value.toString().padStart(2, '0');
}

/** Columns aligned by their widest cell, the first to the left and the rest to the right, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Shortens a text to a width, its end replaced by an ellipsis. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
