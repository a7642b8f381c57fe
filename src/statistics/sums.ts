/**
 * Places of the sums that a tally keeps. Read by both compilers.
 *
 * Losses are taken minus the pair's shift, so that nothing cancels when the spread is small. Per mating: a = mean over
 * its fibres of (loss − shift), b = mean of (loss − shift)²; w = (loss of the worst fibre − shift).
 */
export const a = 0;
export const aa = 1;
export const b = 2;
export const bb = 3;
export const ab = 4;
export const w = 5;
export const w2 = 6;
export const w3 = 7;
export const w4 = 8;
/** So far the sums of the spread of any number; what follows are those of insertion loss alone. */
export const spread = 9;
/** Fibres with an air gap, and the square of their number in a mating. */
export const gaps = 9;
export const gaps2 = 10;
/** Points that the contact solver looked at. */
export const contactVisits = 11;
/** Per cause: the mating's mean over its fibres, and its square, dB. */
export const causes = 12;
/** Per fibre position: loss − shift, and its square. */
export const positions = 22;
