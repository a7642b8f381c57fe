/** The contact problem of two matings, one vector each (offsets in octets). The loader reads its length alone. */

// What stays the same while it is solved.
export const freeTiltXRad = 0;
export const freeTiltYRad = 16;
export const restTiltXRad = 32;
export const restTiltYRad = 48;
export const forceN = 64;
// The point: approach d, tilts a and b, and what was found there (see ContactPoint of src/model/contact-point.ts).
export const d = 80;
export const a = 96;
export const b = 112;
export const sideA = 128;
export const sideB = 144;
export const count = 160;
export const sumX = 176;
export const sumY = 192;
export const sumXX = 208;
export const sumXY = 224;
export const sumYY = 240;
export const sumG = 256;
export const sumGX = 272;
export const sumGY = 288;
export const gradientD = 304;
export const gradientA = 320;
export const gradientB = 336;

export const octets = 352;
