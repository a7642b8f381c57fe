/** The record of a pair: words first, then numbers. Read by both compilers. */
export const fibres = 0;
export const singleRow = 1;
/** 1 if any bore leans: if its own tilt is drawn or fixed at another value than 0. */
export const leans = 2;
export const draws = 3;
export const drawsAt = 4;
/** Record of parts: each number has four lanes, one a mating. */
export const partsAt = 5;
/** From there to the record that holds the directions of all pairs, in octets. */
export const toDirections = 6;
/** Records of the fibres (fibre.ts). */
export const fibresAt = 7;
/** What the stages of a mating hand on (state.ts), for matings 0 and 1 and then for 2 and 3; the contact problem. */
export const stateAt = 8;
export const contactAt = 9;
/** Sums (statistics/sums.ts), a vector each: even and odd matings. */
export const sumsAt = 10;
/** Histograms: of each position one after the other, of squares, of the worst fibre. */
export const positionsAt = 11;
export const squaresAt = 12;
export const worstAt = 13;
/** Octets from one position's histogram to the next. */
export const positionsStep = 14;
/** Rows of bins (histogram.ts), one a fibre in order of position, one a fibre in order of loss, one of worst fibres. */
export const rowsAt = 15;
/** Matings that these rows hold. */
export const kept = 16;
/** Comparators of the sorting network: pairs of offsets into the bins. */
export const networkAt = 17;
export const comparators = 18;
/** The worst matings (see worst.ts): their number so far, and address. */
export const worstCount = 19;
export const worstListAt = 20;
/** What went wrong (failures.ts). */
export const failure = 21;
/** 1 where a particle may be caught, where the fibres are multimode, where return loss is worked out. */
export const debris = 22;
export const multimode = 23;
export const returnLoss = 24;
/** Table of mode groups (model/multimode-table.ts). */
export const tableAt = 25;
/** The spread of return losses (spread.ts). */
export const returnSpreadAt = 26;

/** Offsets of the numbers, in octets. */
export const signX = 112;
export const signY = 120;
export const guidePitchUm = 128;
export const engagedLengthUm = 136;
export const seatCentring = 144;
export const frictionCoefficient = 152;
export const slipStiffnessNPerUm = 160;
export const pinStiffnessNPerUm = 168;
export const pinAngularStiffness = 176;
export const mountingAngularStiffness = 184;
export const contactStiffnessNPerUm = 192;
export const sideLoadTransmission = 200;
export const tanEndFaceAngle = 208;
export const minorShareX = 216;
export const minorShareY = 224;
export const wavelengthUm = 232;
export const glassIndex = 240;
export const gapFinesse = 248;
/** (n−1)φ, n−1, 2/k, ½k² and −2k with k = 2π/λ: factors of the losses. */
export const walkOff = 256;
export const bend = 264;
export const spreadPerGap = 272;
export const halfK2 = 280;
export const minusTwoK = 288;
/** Sums over all fibres of x, y, x², xy and y². */
export const allX = 296;
export const allY = 304;
export const allXX = 312;
export const allXY = 320;
export const allYY = 328;
export const debrisProbability = 336;
/** Of multimode pairs: groups of the source, and displacement by offset and by angle. */
export const groups = 344;
export const offsetPerUm2 = 352;
export const tiltPerRad2 = 360;
/** What an angled face keeps from returning (model/return-loss.ts). */
export const angleNepers = 368;
export const angleNepersPerUm2 = 376;
export const shiftDb = 384;
/** Extremes of the block, two lanes each: least and greatest loss of a fibre, least loss of a worst fibre, dB. */
export const minDb = 400;
export const maxDb = 416;
export const worstMinDb = 432;
/** Mean and worst loss of the last four matings, dB. */
export const lastMeanDb = 448;
export const lastWorstDb = 480;

export const octets = 512;
