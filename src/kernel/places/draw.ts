/** The record of a draw, or of all draws of one round that read the same table: words. Read by both compilers. */
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
