/** Which law a Draw follows, for the 32-bit draw x with u = (x + ½)/2³². Read by both compilers. */

/** a + b·v, v from the quantile table */
export const quantileTable = 0;
/** a + b·x */
export const uniform = 1;
/** triangular: low a, mode b, high c */
export const triangular = 2;
/** piecewise linear quantile by shares */
export const histogram = 3;
/** step quantile by shares */
export const discrete = 4;
/** a point uniform on the unit disc: two numbers from two draws, radius and direction */
export const discPoint = 5;
/** a unit vector: two numbers from one draw */
export const direction = 6;
