/** Words (32 bits) of the record of a run. Read by both compilers. */
export const key0 = 0;
export const key1 = 1;
/** Address of the draws of the base stream and their number, and those of the extra stream. */
export const baseAt = 2;
export const baseLength = 3;
export const extraAt = 4;
export const extraLength = 5;
/** Address of the records of pairs (pair.ts), one after the other, and their number. */
export const pairsAt = 6;
export const pairs = 7;
/** Draws that all pairs share: number and address of their groups. */
export const draws = 8;
export const drawsAt = 9;
/** Address of the records of comparisons (comparison.ts), and their number. */
export const comparisonsAt = 10;
export const comparisons = 11;

export const words = 12;
