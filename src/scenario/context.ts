/** What the readers of one scenario share. */
import type { ScenarioFiles } from './files.js';
import type { Memory } from './memory.js';
import type { Problems } from './problems.js';
import type { ExpressionBudget } from './quantity.js';
import type { Place } from './raw.js';

export interface Context {
  readonly problems: Problems;
  readonly budget: ExpressionBudget;
  readonly files: ScenarioFiles;
  readonly memory: Memory;
  readonly allowImplausible: boolean;
}

/** Tells an implausible value: as a problem, or as a warning to those who insist. */
export function tellImplausible(
  context: Context,
  place: Place,
  message: string,
  details: { found: string; expected: string; suggestion: string | undefined },
): void {
  if (!context.allowImplausible) {
    context.problems.add(place, message, details);
    return;
  }
  const where = [place.file, place.line, place.column]
    .filter((part) => part !== undefined)
    .join(':');
  context.problems.warn(
    `${where === '' ? '' : `${where}: `}${message}: ${details.found}, expected ${details.expected}`,
  );
}
