/** What the kernel works out for one fibre of four matings (offsets in octets). Read by both compilers. */

/** Nominal position, µm. */
export const xUm = 0;
export const yUm = 8;
/** Offset of the facing fibre's numbers in the record of parts (a word). */
export const femaleAt = 16;
/** Offsets of its own optics and of those of the facing fibre (words). */
export const opticsAt = 20;
export const femaleOpticsAt = 24;

// From here on a vector for matings 0 and 1, and one for 2 and 3.
export const freeGapUm = 32;
/** Mask: presses at the point of the contact problem visited last. */
export const presses = 64;
export const gapUm = 96;
export const offsetXUm = 128;
export const offsetYUm = 160;
export const tiltXRad = 192;
export const tiltYRad = 224;
export const mismatchNepers = 256;
/** Lateral and angular together. */
export const misalignedNepers = 288;
export const lossDb = 320;
/** Bins of the losses, four words. */
export const bins = 352;

/** Where it is worked out. */
export const returnLossDb = 368;

export const octets = 400;
