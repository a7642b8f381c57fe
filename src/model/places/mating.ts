/** Numbers of the record of parts that belong to the whole mating. Read by both compilers, of TypeScript and of the kernel. */
export const poseU1 = 0;
export const poseU2 = 1;
export const poseU3 = 2;
export const poseU4 = 3;
export const poseU5 = 4;
export const springForceN = 5;
export const sideLoadN = 6;
export const sideLoadDirectionTurns = 7;
export const restTiltXRad = 8;
export const restTiltYRad = 9;
/** Uniform number that decides whether a particle is caught, and the gap that it makes. */
export const debrisChance = 10;
export const debrisGapUm = 11;
