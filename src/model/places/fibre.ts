/** Numbers of one fibre of a plug in the record of parts. */
export const positionErrorXUm = 0;
export const positionErrorYUm = 1;
export const boreClearanceUm = 2;
/** Place of the fibre in its bore, a point of the unit disc. */
export const placeInBoreX = 3;
export const placeInBoreY = 4;
export const coreEccentricityUm = 5;
/** Direction of the eccentricity, a unit vector. */
export const coreDirectionX = 6;
export const coreDirectionY = 7;
export const modeFieldDiameterUm = 8;
export const heightUm = 9;
export const tiltXRad = 10;
export const tiltYRad = 11;
