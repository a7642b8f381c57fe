/** Words (32 bits) of the record of a run. Read by both compilers. */
export const key0 = 0;
export const key1 = 1;
/** Address of the records of streams (stream.ts), and their number. */
export const streamsAt = 2;
export const streams = 3;
/** Address of the records of pairs (pair.ts), one after the other, and their number. */
export const pairsAt = 4;
export const pairs = 5;
/** Draws that all pairs share: number and address of their groups. */
export const draws = 6;
export const drawsAt = 7;
/** Address of the records of comparisons (comparison.ts), and their number. */
export const comparisonsAt = 8;
export const comparisons = 9;
/** Address of the records of series (series.ts), and their number. */
export const seriesAt = 10;
export const series = 11;

export const words = 12;
