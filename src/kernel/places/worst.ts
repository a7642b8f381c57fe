/** The list of the worst matings: numbers of an entry, offsets in octets. Read by both compilers. */
export const WORST_LOSS = 0;
export const WORST_MEAN = 8;
export const WORST_MATING = 16;
export const WORST_FIBRE = 24;
export const WORST_OCTETS = 32;
/** How many are kept: WORST_KEPT of statistics/worst.ts. */
export const WORST_KEPT = 10;
