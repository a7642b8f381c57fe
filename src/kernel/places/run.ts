/** Words (32 bits) of the record of a run. Read by both compilers. */
export const key0 = 0;
export const key1 = 1;
/** Address of the draws of the base stream and their number, and those of the extra stream. */
export const baseAt = 2;
export const baseLength = 3;
export const extraAt = 4;
export const extraLength = 5;
/** Addresses of the records of pairs, one after the other, and their number. */
export const pairsAt = 6;
export const pairs = 7;
/** Draws that all pairs share: number and address of their groups. */
export const draws = 10;
export const drawsAt = 11;
/** Comparisons: their number and address; each holds the two pairs' record addresses and that of its sums. */
export const comparisonsAt = 8;
export const comparisons = 9;

export const words = 12;
