/** The record of a spread (statistics/spread.ts): words, then numbers (offsets in octets). Read by both compilers. */
export const fibres = 0;
/** 1 where the lowest value is the worst. */
export const lowestIsWorst = 1;
/** Sums (statistics/sums.ts, up to w4), a vector each: even and odd matings. */
export const sumsAt = 2;
/** Histograms: of all fibres, of squares, of the worst fibre. */
export const histogramAt = 3;
export const squaresAt = 4;
export const worstAt = 5;
/** Comparators of the sorting network: pairs of offsets into the bins at `binsAt`, four words a fibre. */
export const networkAt = 6;
export const comparators = 7;
export const binsAt = 8;
/** Where the values of the first fibre are (two vectors), and octets from fibre to fibre. */
export const valuesAt = 9;
export const valuesStep = 10;

export const shiftDb = 48;
export const binsPerDb = 56;
/** Extremes of the block, two lanes each. */
export const minDb = 64;
export const maxDb = 80;
export const worstMinDb = 96;
export const worstMaxDb = 112;

export const octets = 128;
