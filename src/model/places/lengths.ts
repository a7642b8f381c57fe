/** How many numbers the record of parts has for a mating, a plug and a fibre of a plug, and for its optics. */
export const matingLength = 12;
export const plugLength = 15;
export const fibreLength = 12;
export const opticsLength = 5;
