/** Numbers with their units as they stand in scenario files, and as fields show them. */

export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

const PLAIN = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(.*?)\s*$/i;
const DEG = Math.PI / 180;

/** `0.4 um` → 0.4 and um; angles in degrees. Undefined for anything that is more than a number and a unit. */
export function readQuantity(json: unknown): Quantity | undefined {
  if (typeof json === 'number') return { value: json, unit: '' };
  const match = typeof json === 'string' ? PLAIN.exec(json) : null;
  const [, digits, unit] = match ?? [];
  if (digits === undefined || unit === undefined || /[^\p{L}/% ]/u.test(unit)) return undefined;
  const value = Number(digits);
  return unit === 'rad' ? { value: tidy(value / DEG), unit: 'deg' } : { value, unit };
}

export function writeQuantity({ value, unit }: Quantity): string | number {
  return unit === '' ? value : `${value} ${unit}`;
}

/** Without the digits that binary fractions bring in. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
