/** Numbers and text on their way into a page. */
import { type Grade, gradeText } from '../statistics/grade.js';
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

/** Text whose lines may break within the path of a parameter. */
export function breakable(text: string): string {
  return escapeHtml(text).replaceAll(/\.(?=[a-z])/gi, '.<wbr>');
}

const TAG = /<[a-z][^>]*>/g;

/** A drawing with each of its tags changed and its text as it is: in tags, the text of attributes has no bare `<`, `>` or `"`. */
export function inTags(svg: string, change: (tag: string) => string): string {
  return svg.replaceAll(TAG, (tag) => change(tag));
}

/** A value as JSON that may stand between single quotes in HTML: half as long as with all its double quotes escaped. */
export function jsonAttribute(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
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

/** `grade C`, `no grade`; `grade C or D (undecided)` where a run is too short to tell. */
export function gradeWords(grade: Grade): string {
  const text = gradeText(grade);
  if (!grade.decided) return `grade ${text} (undecided)`;
  return text === 'none' ? 'no grade' : `grade ${text}`;
}

/** `p97 ≤ 0.5 dB` of `p97 <= 0.5 dB`. */
export function limitText(limit: string): string {
  return limit.replaceAll('<=', '≤').replaceAll('>=', '≥');
}

/** `5.00`, or `5.00 to 6.00`. */
export function moneyText(low: number, high: number): string {
  return low === high ? low.toFixed(2) : `${low.toFixed(2)} to ${high.toFixed(2)}`;
}

/** `1 point`, `2 points`. */
export function countText(count: number, noun: string): string {
  return `${groupedText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `200 000`, with narrow spaces that do not break. */
export function groupedText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** With true minus signs. */
function signed(text: string): string {
  return text.replaceAll('-', '−');
}

/** As many decimals as tell the ends of the interval apart, 3 to 6. */
function decimalsOf(low: number | null, high: number | null): number {
  if (low === null || high === null || !(high > low)) return 3;
  return Math.min(6, Math.max(3, Math.ceil(-Math.log10((high - low) / 2))));
}

/** Orders of magnitude in a column beyond which a number has its own decimals. */
const WIDE = 1e4;

/** A column of a table: numbers of like size with the same decimals, five digits for the largest. */
export function columnTexts(values: readonly (string | number | null)[]): string[] {
  const sizes = values
    .filter((x) => typeof x === 'number' && x !== 0)
    .map((x) => Math.abs(Number(x)));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const isWhole = sizes.every(Number.isInteger);
  if (sizes.length === 0 || isWhole || most > WIDE * least || most < 1e-3 || most >= 1e6)
    return values.map(cellText);
  const decimals = Math.max(0, 4 - Math.floor(Math.log10(most)));
  const texts = values.map((x) => (typeof x === 'number' ? x.toFixed(decimals) : null));
  // zeros that no number of the column needs
  const spare = Math.min(...texts.map((text) => (text === null ? decimals : zerosAtTheEnd(text))));
  return values.map((x) =>
    typeof x === 'number' ? signed(x.toFixed(decimals - spare)) : cellText(x),
  );
}

function zerosAtTheEnd(text: string): number {
  return text.includes('.') ? (/0*$/.exec(text)?.[0].length ?? 0) : 0;
}

function cellText(value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return signed(String(value));
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e6)
      ? value.toExponential(3)
      : String(Number(value.toPrecision(5)));
  return signed(text);
}

const PLAIN_NUMBER = /^[-−]?\d+(\.\d+)?(e[-+−]?\d+)?$/;
/** Digits that a reader who points at a mark is told. */
const DIGITS = 4;

/** What Vega says of a mark's value: numbers to four digits with true minus signs, all else as it is. */
export function markText(text: string): string {
  if (!PLAIN_NUMBER.test(text)) return text;
  const value = Number(text.replaceAll('−', '-'));
  const digits = (text.split('e')[0] as string).replaceAll(/\D/g, '').replace(/^0+/, '').length;
  const isSmall = value !== 0 && Math.abs(value) < 1e-4;
  if (digits <= DIGITS && !isSmall && !text.includes('e')) return signed(text);
  const whole = Number.isInteger(value) && Math.abs(value) < 1e7;
  return whole ? signed(String(value)) : cellText(Number(value.toPrecision(DIGITS)));
}

/** Longer texts are no quantities. */
const LONGEST_QUANTITY = 100;
const QUANTITY = /^([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*(\D*)$/i;

/** A value of a parameter as engineers write it: `8.10256410256 N` → `8.10256 N`, `0.3 um` → `0.3 µm`; all else as it stands. */
export function parameterText(text: string): string {
  if (text.length > LONGEST_QUANTITY) return text;
  const [, digits, unit] = QUANTITY.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return text;
  return `${Number(Number(digits).toPrecision(6))} ${unitText(unit)}`.trim();
}

/** `um` → `µm`, `degC` → `°C`, `deg` → `°`. */
export function unitText(unit: string): string {
  return unit
    .replaceAll(/\bum\b/g, 'µm')
    .replaceAll(/\bdegC\b/g, '°C')
    .replaceAll(/\bdeg\b/g, '°');
}
