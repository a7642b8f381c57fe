/** Matings whose bins are kept before they are counted; a multiple of four. Read by both compilers. */
export const BATCH = 256;
