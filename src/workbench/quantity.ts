/** Numbers with their units as they stand in scenario files, and as fields show them. */

export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

const PLAIN = /^\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*(.*?)\s*$/i;
const DEG = Math.PI / 180;

/** Units that are read more easily than those of the model: how many of the one are in one of the other. */
const SHOWN: Readonly<Record<string, { readonly unit: string; readonly perUnit: number }>> = {
  rad: { unit: 'deg', perUnit: 1 / DEG },
  '/degC': { unit: 'ppm/K', perUnit: 1e6 },
};

/** How many of the unit in which a field shows a quantity are in one of the model's. */
export function shownPer(unit: string): number {
  return Object.values(SHOWN).find((shown) => shown.unit === unit)?.perUnit ?? 1;
}

/** `0.4 um` → 0.4 and um; angles in degrees. Undefined for anything that is more than a number and a unit. */
export function readQuantity(json: unknown): Quantity | undefined {
  if (typeof json === 'number') return { value: json, unit: '' };
  const match = typeof json === 'string' ? PLAIN.exec(json) : null;
  const [, digits, unit] = match ?? [];
  if (digits === undefined || unit === undefined || /[^\p{L}/% ]/u.test(unit)) return undefined;
  const value = Number(digits);
  const shown = SHOWN[unit];
  return shown === undefined
    ? { value, unit }
    : { value: tidy(value * shown.perUnit), unit: shown.unit };
}

export function writeQuantity({ value, unit }: Quantity): string | number {
  return unit === '' ? value : `${value} ${unit}`;
}

/** Without the digits that binary fractions bring in. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
