/** The record of a group of draws: words. Read by both compilers. */
/** A law of random/law-codes.ts, or one of those below. */
export const law = 0;
/** 1: adds to what the target holds; 0: replaces it. */
export const adds = 1;
/** Number and address of the units (unit.ts). */
export const units = 2;
export const unitsAt = 3;
/** Address of the quantile table or of the shares. */
export const tableAt = 4;
/** Where the row of an exponent field 0 would lie in the quantile table. */
export const rowsAt = 5;

export const words = 6;

/** v from the quantile table, stored as four floats for several pairs. */
export const LAW_SCORE = 100;
/** a + b·v, v such a score. */
export const LAW_SCALED = 101;
