/** Comparators that sort n numbers, whatever they are: the same steps for every lane of a vector. */

/**
 * Pairs of indices (i, j), i < j, to be put in order one after the other.
 *
 * Batcher's merge exchange, about ¼·n·(log₂ n)² comparators. Source: Knuth 1998, vol. 3, algorithm 5.2.2M.
 */
export function sortingNetwork(n: number): (readonly [number, number])[] {
  const comparators: (readonly [number, number])[] = [];
  let top = 1;
  while (2 * top < n) top *= 2;
  for (let p = top; p > 0; p >>= 1) {
    let q = top;
    let r = 0;
    let d = p;
    for (;;) {
      for (let i = 0; i < n - d; i++) if ((i & p) === r) comparators.push([i, i + d]);
      if (q === p) break;
      d = q - p;
      q >>= 1;
      r = p;
    }
  }
  return comparators;
}
