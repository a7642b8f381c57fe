/** How many numbers the record of parts has for a mating, a plug and a fibre of a plug. */
export const matingLength = 10;
export const plugLength = 13;
export const fibreLength = 12;
