/** Numbers as messages show them: six digits, angles in degrees. */
import type { Unit } from './inputs.js';

export const DEG = Math.PI / 180;

/** Six digits at most, no trailing zeros. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** The value with its unit; angles in degrees, as engineers read them. */
export function showQuantity(value: number, unit: Unit): string {
  if (unit === 'rad') return `${shortNumber(value / DEG)} deg`;
  return unit === '1' ? shortNumber(value) : `${shortNumber(value)} ${unit}`;
}
