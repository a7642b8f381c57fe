/** Numbers of one plug in the record of parts. The guide feature is a pin (pinned plug) or a hole (unpinned). */
export const pitchErrorUm = 0;
export const rowBiasXUm = 1;
export const rowBiasYUm = 2;
export const slopeErrorXRad = 3;
export const slopeErrorYRad = 4;
export const guideDiameter1Um = 5;
export const guideDiameter2Um = 6;
export const minorAxisShorterBy1Um = 7;
export const minorAxisShorterBy2Um = 8;
export const seatErrorX1Um = 9;
export const seatErrorX2Um = 10;
export const seatErrorY1Um = 11;
export const seatErrorY2Um = 12;
export const springOffsetXUm = 13;
export const springOffsetYUm = 14;
