/** Words of the record of a series of steps. Read by both compilers. */
/** Steps, the first one included. */
export const steps = 0;
/** Fibres of a step. */
export const fibres = 1;
/** Address of a list of the steps' pairs (addresses). */
export const pairsAt = 2;
/** Spreads (spread.ts) of the changes, one a step after the first, and behind them that of the largest change. */
export const spreadsAt = 3;
/** Sums of the signed changes, a vector each. */
export const signedAt = 4;
/** Room for the size of the change of each fibre, and for the largest so far: two vectors a fibre. */
export const changeAt = 5;
export const mostAt = 6;

export const words = 7;
