/** Makes an input that fails shorter, for those who read it: drops ever smaller stretches that it does not need. */
const MOST_TRIES = 300;
const MOST_MS = 10_000;

export async function shrink(
  input: string,
  fails: (text: string) => Promise<boolean>,
): Promise<string> {
  const began = performance.now();
  let best = input;
  let tries = 0;
  for (let length = Math.ceil(best.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let at = 0; at < best.length; ) {
      if (tries++ >= MOST_TRIES || performance.now() - began > MOST_MS) return best;
      const shorter = best.slice(0, at) + best.slice(at + length);
      if (await fails(shorter)) best = shorter;
      else at += length;
    }
  }
  return best;
}
