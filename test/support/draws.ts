/** 32-bit draws that reach every cell of a quantile table (16 an octave, counted from the nearer end). */

export const LAST_DRAW = 2 ** 32 - 1;

/**
 * Draws of the lower half, ascending: the first 16, then of every cell its first, its last and `inside` more, evenly
 * spread. The upper half is their mirror image, LAST_DRAW − x.
 */
export function drawsOfAllCells(inside: number): number[] {
  const draws = new Set(Array.from({ length: 16 }, (_, x) => x));
  for (let octave = 4; octave < 31; octave++) {
    const width = 2 ** (octave - 4);
    for (let cell = 16; cell < 32; cell++) {
      for (let k = 0; k <= inside; k++) {
        draws.add(width * cell + Math.floor((width * k) / (inside + 1)));
      }
      draws.add(width * (cell + 1) - 1);
    }
  }
  return [...draws].sort((a, b) => a - b);
}

/** Probability (x + ½)/2³² of a draw, exact. */
export function shareOf(x: number): number {
  return (x + 0.5) * 2 ** -32;
}
