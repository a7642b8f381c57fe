/** Lengths in octets. Read by both compilers. */

export const VECTOR = 16;
/** A number of the record of parts, which has four lanes. */
export const NUMBER = 32;
