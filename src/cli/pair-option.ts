/** Pairs that are named on the command line. */
import { UserError } from '../errors.js';
import { didYouMean, oneOf } from '../scenario/suggest.js';
import type { Scenario } from '../scenario/types.js';

/** Throws UserError for a pair that the scenario does not have. */
export function knownPairs(asked: readonly string[], { pairs }: Scenario): readonly string[] {
  const names = pairs.map(({ name }) => name);
  for (const name of asked) {
    if (names.includes(name)) continue;
    throw new UserError([
      {
        message: `--pair: there is no pair "${name.slice(0, 80)}"`,
        expected: oneOf(names),
        suggestion: didYouMean(name, names),
      },
    ]);
  }
  return [...new Set(asked)];
}
