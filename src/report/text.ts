/** Numbers and text on their way into a page. */
import type { Estimate } from '../statistics/intervals.js';

/** Text as it may stand anywhere in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** `0.477 dB (0.476 to 0.478)`. */
export function decibelText({ value, low, high }: Estimate): string {
  const digits = (x: number): string => signed(x.toFixed(decimalsOf(low, high)));
  return `${digits(value)} dB${low === null || high === null ? '' : ` (${digits(low)} to ${digits(high)})`}`;
}

export function percentText({ value, low, high }: Estimate): string {
  const digits = (x: number): string => (100 * x).toFixed(Math.max(1, decimalsOf(low, high) - 2));
  return `${digits(value)} %${low === null || high === null ? '' : ` (${digits(low)} to ${digits(high)})`}`;
}

/** With a true minus sign. */
function signed(text: string): string {
  return text.replace('-', '−');
}

/** As many decimals as tell the ends of the interval apart, 3 to 6. */
function decimalsOf(low: number | null, high: number | null): number {
  if (low === null || high === null || !(high > low)) return 3;
  return Math.min(6, Math.max(3, Math.ceil(-Math.log10((high - low) / 2))));
}

export function cellText(value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6)
    ? value.toExponential(3)
    : String(Number(value.toPrecision(5)));
}
