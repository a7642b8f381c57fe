/** The data that figures draw. */
import type { Figure } from '../../src/report/figure.js';

export type Values = readonly Readonly<Record<string, unknown>>[];
interface Layer {
  readonly data?: { readonly values: Values };
  readonly layer?: readonly Layer[];
  readonly concat?: readonly Layer[];
}
/** All data of a figure, layer after layer. */
const dataOf = (spec: Layer): Values[] => [
  ...(spec.data === undefined ? [] : [spec.data.values]),
  ...[...(spec.layer ?? []), ...(spec.concat ?? [])].flatMap(dataOf),
];
/** The same of a figure. */
export const layersOf = (figure: Figure | undefined): Values[] =>
  dataOf(figure?.spec as unknown as Layer);
export const byId = (figures: readonly Figure[], id: string) =>
  figures.find((one) => one.id === id);
