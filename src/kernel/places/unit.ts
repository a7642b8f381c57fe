/** One number to be drawn: words, then numbers (offsets in octets). Read by both compilers. */
/** Address of the score, or of the draw: four words, the offsets of their table rows, and s within these rows. */
export const drawAt = 0;
/** Address of the number in the record of parts, or of the score. */
export const targetAt = 4;
/** Parameters of the law (random/law-codes.ts). */
export const a = 8;
export const b = 16;
export const c = 24;

export const octets = 32;

/** Octets of a draw of four matings. */
export const DRAW_OCTETS = 48;
