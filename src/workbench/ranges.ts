/** Over what a slider goes. */
import { shownPer, tidy } from './quantity.js';

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

const STEPS = 200;
/** How far around a value a slider goes at least, by unit. */
const REACH: Readonly<Record<string, number>> = { um: 1, deg: 0.5, N: 5, degC: 60, dB: 10 };

/**
 * Around where a law lies.
 *
 * @param origin the value with which the design came
 * @param width of the law, by which it may move too
 */
export function centreRange(
  origin: number,
  width: number,
  unit: string,
  plausible: readonly [number, number] | null,
  now: number,
): Range {
  const reach = Math.max(REACH[unit] ?? (Math.abs(origin) || 1), 3 * width);
  const [least, most] = shown(plausible, unit);
  return including(Math.max(least, origin - reach), Math.min(most, origin + reach), now);
}

/** From hardly any width to three times what the design came with. */
export function widthRange(origin: number, now: number): Range {
  const width = origin > 0 ? origin : now;
  return including(width / 100, 3 * width, now);
}

/** Of a number without a law. */
export function numberRange(
  origin: number,
  unit: string,
  plausible: readonly [number, number] | null,
  now: number,
): Range {
  const [least, most] = shown(plausible, unit);
  if (unit === 'degC') return including(origin - 60, origin + 60, now);
  const reach = origin === 0 ? Math.min(most - least, REACH[unit] ?? 1000) : 3 * Math.abs(origin);
  return including(
    Math.max(least, origin < 0 ? -reach : 0),
    Math.min(most, least === 0 && most === 1 ? 1 : reach),
    now,
  );
}

function shown(plausible: readonly [number, number] | null, unit: string): [number, number] {
  const [least, most] = plausible ?? [-Infinity, Infinity];
  return [least * shownPer(unit), most * shownPer(unit)];
}

/** In steps of 1, 2 or 5 times a power of ten, whose ends are multiples of it where that costs nothing. */
function including(from: number, to: number, now: number): Range {
  const low = Math.min(from, now);
  const high = Math.max(to, now);
  const raw = (high - low) / STEPS || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((digit) => digit * power >= raw) ?? 10);
  return { low: tidy(low), high: tidy(high), step: tidy(step) };
}
