/** How many matings are run one after the other: few for a first look, then more. */

/** Fibre matings of both sides together: the first is a matter of milliseconds, the last of seconds. */
const STAGES = [60_000, 600_000, 6_000_000, 24_000_000];
const LEAST = 1000;

/** Matings of each stage, in round numbers. */
export function stagesFor(fibres: number): number[] {
  return STAGES.map((all) => Math.max(LEAST, round(all / fibres)));
}

/** Down to 1, 2 or 5 times a power of ten. */
function round(matings: number): number {
  const power = 10 ** Math.floor(Math.log10(matings));
  return power * ([5, 2, 1].find((first) => first * power <= matings) ?? 1);
}
