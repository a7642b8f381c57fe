/** Points of sweeps in words. */
import type { SweptPoint } from '../result/schema-sweep.js';
import { plainText } from '../result/sweep-table.js';
import { parameterText } from './text.js';

/** The values of a point of a sweep. */
export function valueTexts({ values }: Pick<SweptPoint, 'values'>): string[] {
  return values.map(({ text }) => parameterText(plainText(text)));
}

/** The same in a sentence. */
export function placeText(point: Pick<SweptPoint, 'values'>): string {
  return valueTexts(point).join(', ');
}
