/** Numbers of one fibre of a plug that only multimode fibres and return loss need. Read by both compilers. */
export const coreDiameterUm = 0;
export const numericalAperture = 1;
/** Layer that polishing leaves on the tip. */
export const layerIndex = 2;
export const layerThicknessUm = 3;
/** Return loss where nothing reflects, of the fibre pair: stands with the pinned plug's fibre. */
export const scatterFloorDb = 4;
