/** Where the fibres of a ferrule lie, and which fibre faces which (model §1). */
import { InvariantError } from '../errors.js';

/** Fibre counts that the model knows. */
export const FIBRE_COUNTS = [8, 12, 16, 24, 32, 36, 48, 60, 72] as const;
export type FibreCount = (typeof FIBRE_COUNTS)[number];

/** Adapter types: A turns the second plug's key down, B leaves both keys up. */
export const ADAPTERS = ['key-up-to-key-down', 'key-up-to-key-up'] as const;
export type Adapter = (typeof ADAPTERS)[number];

export interface Layout {
  readonly fibres: FibreCount;
  readonly rows: number;
  /** Guide-hole pitch P, µm. 4600 by IEC 61754-7; 5300 for rows of 16 is an estimate. */
  readonly guidePitchUm: number;
  /** Nominal guide-hole diameter, µm. [S] 700, of 16 and 32 fibres 550. */
  readonly guideHoleDiameterUm: number;
  /** Fibre positions in the plug's own frame, µm; fibre 1 first. */
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
}

const FIBRE_PITCH_UM = 250;
const PER_ROW: Record<FibreCount, number> = {
  8: 12,
  12: 12,
  16: 16,
  24: 12,
  32: 16,
  36: 12,
  48: 12,
  60: 12,
  72: 12,
};

/**
 * Layout of a fibre count: rows of 12 or 16 at 250 µm, centred; 8 fibres are the row of 12 without its middle four.
 *
 * Two rows lie at y = ±250 µm (IEC 61754-7), more rows at a pitch of 250 µm centred on y = 0 (an estimate).
 * Fibre 1 has the lowest x of the row nearest the key (highest y); numbers run along x, then row by row away.
 */
export function ferruleLayout(fibres: FibreCount): Layout {
  const perRow = PER_ROW[fibres];
  const rows = Math.ceil(fibres / perRow);
  const rowPitch = rows === 2 ? 500 : 250;
  const xUm = new Float64Array(fibres);
  const yUm = new Float64Array(fibres);
  let i = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < perRow; column++) {
      if (fibres === 8 && column >= 4 && column < 8) continue;
      xUm[i] = (column - (perRow - 1) / 2) * FIBRE_PITCH_UM;
      yUm[i] = ((rows - 1) / 2 - row) * rowPitch;
      i += 1;
    }
  }
  if (i !== fibres) throw new InvariantError(`layout of ${fibres} fibres has ${i} positions`);
  const guides =
    perRow === 16
      ? { guidePitchUm: 5300, guideHoleDiameterUm: 550 }
      : { guidePitchUm: 4600, guideHoleDiameterUm: 700 };
  return { fibres, rows, ...guides, xUm, yUm };
}

/** Signs by which a feature (x, y) of the unpinned plug appears in the pinned plug's frame. */
export function adapterSigns(adapter: Adapter): { signX: 1 | -1; signY: 1 | -1 } {
  return adapter === 'key-up-to-key-down' ? { signX: 1, signY: -1 } : { signX: -1, signY: 1 };
}

/**
 * For each fibre of the pinned plug the index of the unpinned plug's fibre that faces it.
 *
 * Key-up to key-down with one row: i faces i; with two: 1 faces 13. Key-up to key-up: 1 faces 12 of its row.
 */
export function facingFibres(layout: Layout, adapter: Adapter): Int32Array {
  const { signX, signY } = adapterSigns(adapter);
  const facing = new Int32Array(layout.fibres);
  for (let i = 0; i < layout.fibres; i++) {
    // x + 0 turns −0 into 0, so that positions compare equal
    const x = signX * layout.xUm[i]! + 0;
    const y = signY * layout.yUm[i]! + 0;
    let found = -1;
    for (let j = 0; j < layout.fibres; j++) {
      if (layout.xUm[j] === x && layout.yUm[j] === y) found = j;
    }
    if (found < 0) throw new InvariantError(`no fibre faces fibre ${i + 1}`);
    facing[i] = found;
  }
  return facing;
}
