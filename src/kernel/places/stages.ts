/** Stages of a mating in the kernel, in order. Read by both compilers. */
export const STAGE_DRAWS = 1;
export const STAGE_POSE = 2;
export const STAGE_CONTACT = 3;
export const STAGE_COUPLING = 4;
export const STAGE_STATISTICS = 5;
