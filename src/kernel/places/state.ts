/** What the stages of two matings hand on, one vector each (offsets in octets). The loader reads its length alone. */
export const clearanceX1Um = 0;
export const clearanceY1Um = 16;
export const clearanceX2Um = 32;
export const clearanceY2Um = 48;
export const halfPitchMismatchUm = 64;
export const insertionXUm = 80;
export const insertionYUm = 96;
export const turnRad = 112;
/** Mask */
export const pressFit = 128;
export const offsetXUm = 144;
export const offsetYUm = 160;
export const offsetTurnRad = 176;
export const springForceN = 192;
export const slopeXRad = 208;
export const slopeYRad = 224;
export const tiltXRad = 240;
export const tiltYRad = 256;
export const contactVisits = 272;
/** Sums over the fibres: loss by cause in nepers (lateral, angular, mismatch, gap, interaction), fibres with a gap. */
export const causes = 288;
export const gaps = 368;
/** Angle that the tilt and the slope of the faces give every fibre. */
export const wedgeXRad = 384;
export const wedgeYRad = 400;

export const octets = 416;
