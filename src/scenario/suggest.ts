/** "Did you mean": the known name nearest to a mistyped one. */
import leven from 'leven';

const LONGEST_NAME = 60;

/** The nearest of the known names, if it is near enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = leven(wanted, candidate.toLowerCase(), { maxDistance: bestDistance });
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean "diameter"?`, or undefined. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const found = nearest(name, known);
  return found === undefined ? undefined : `did you mean "${found}"?`;
}

/** `a, b or c`, cut after twenty. */
export function oneOf(names: Iterable<string>): string {
  const all = [...names];
  if (all.length > 20) return `${all.slice(0, 20).join(', ')} …`;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all[all.length - 1]}`;
}
