/** Words of the record of a stream: which one it is, and where its draws go. Read by both compilers. */
export const family = 0;
export const slot = 1;
export const drawsAt = 2;
export const length = 3;

export const words = 4;
