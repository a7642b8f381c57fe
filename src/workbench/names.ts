/** Names of designs. */

/** A name for a copy. */
export function freeName(name: string, taken: readonly string[] = [name]): string {
  for (let i = 2; ; i++) {
    const free = `${name}-${i}`;
    if (!taken.includes(free)) return free;
  }
}
