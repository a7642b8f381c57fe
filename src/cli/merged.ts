/** What was drawn as one, as text. */
import type { MergedNormals } from '../plan/merge.js';
import { showQuantity } from '../scenario/show-quantity.js';
import { wrap } from './table.js';

/** `bores.rowBiasX of both plugs: sigma 0.169706 um, per plug`, one of them a line where that fits. */
export function mergedLines(merged: readonly MergedNormals[]): string[] {
  return merged.flatMap(({ inputs, level, sigma, unit }) =>
    wrap(`${sumText(inputs)}: sigma ${showQuantity(sigma, unit)}, per ${level}`),
  );
}

/** The inputs, those of both plugs named once. */
function sumText(inputs: readonly string[]): string {
  const texts = inputs.map((input) => {
    const [, side, name] = /^(pinned|unpinned) (.*)$/.exec(input) ?? [];
    const other = side === 'pinned' ? `unpinned ${name}` : `pinned ${name}`;
    return inputs.includes(other) ? `${name} of both plugs` : input;
  });
  return [...new Set(texts)].join(' + ');
}
