/** Words of the record of a comparison. Read by both compilers. */
/** Addresses of the records of the first and the second pair. */
export const firstAt = 0;
export const secondAt = 1;
/** Address of the sums, a vector each (even and odd matings). */
export const sumsAt = 2;

export const words = 3;
