/** Places of the sums of one comparison; differences are second minus first. Read by both compilers. */

/** Difference of the mating's mean losses, and its square. */
export const mean = 0;
export const mean2 = 1;
/** Matings in which the second pair has the lower mean loss, the first one has, and the same by the worst fibre. */
export const meanSecondLower = 2;
export const meanFirstLower = 3;
export const worstSecondLower = 4;
export const worstFirstLower = 5;

export const length = 6;
