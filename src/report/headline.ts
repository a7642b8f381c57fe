/** The question of a result and its answer, in a sentence each. */
import type { AnyResult } from '../result/read-any.js';
import type { AllocationResult } from '../result/schema-allocation.js';
import type { ExceedanceLoss } from '../result/schema-exceedance.js';
import { runAnswers } from './run-answers.js';
import { sweepAnswers } from './sweep-answers.js';
import { decibelText, limitText } from './text.js';

export { comparisonAnswer } from './run-answers.js';

export interface Headline {
  readonly title: string;
  readonly question: string;
  /** One sentence a pair, point or whatever is judged. */
  readonly answers: readonly string[];
}

export function headlineOf(any: AnyResult): Headline {
  const { name = 'scenario', description = '' } = any.result.scenario as {
    name?: string;
    description?: string;
  };
  const question = description === '' ? name : description;
  return { title: name, question, answers: answersOf(any) };
}

function answersOf(any: AnyResult): string[] {
  switch (any.kind) {
    case 'run':
      return runAnswers(any.result);
    case 'sweep':
      return sweepAnswers(any.result);
    case 'sensitivity':
      return any.result.pairs.map(({ name, p97, factors }) => {
        const [first] = factors;
        const of = `${name} has its 97 % point at ${decibelText(p97)}`;
        return first === undefined
          ? `${of}; nothing spreads.`
          : `${of}; without the spread of ${first.name} it would change by ${decibelText(first.without.p97)}.`;
      });
    case 'allocation':
      return [allocationAnswer(any.result)];
    case 'exceedance':
      return any.result.pairs.flatMap(({ name, losses }) =>
        losses.map(
          (loss) => `A fibre of ${name} loses more than ${loss.aboveDb} dB ${howLikely(loss)}.`,
        ),
      );
  }
}

function allocationAnswer({ cheapest, widest, limits, pair }: AllocationResult): string {
  const outcome = (cheapest ?? widest)?.outcome;
  const what =
    widest === null
      ? `tolerances at a cost of ${cheapest?.cost.toFixed(3)}`
      : `${widest.name} spreading ${widest.factor.toFixed(4)} times as wide`;
  const how = {
    verified: 'meets its limits, as an independent run shows, with',
    undecided: 'meets its limits in the search, but no independent run shows it, with',
    infeasible: 'was not found to meet its limits; nearest are',
  }[outcome ?? 'infeasible'];
  return `${pair} (${limits.map(limitText).join(', ')}) ${how} ${what}.`;
}

/** Of what no replicate saw, the upper bound is all that is known. */
function howLikely({ probability: { value, low, high } }: ExceedanceLoss): string {
  const digits = (x: number, n: number): string => x.toExponential(n).replaceAll('-', '−');
  if (value === 0) {
    return high === null
      ? 'so rarely that no replicate saw it'
      : `with a probability of less than ${digits(high, 1)}`;
  }
  const between = low === null || high === null ? '' : ` (${digits(low, 2)} to ${digits(high, 2)})`;
  return `with a probability of ${digits(value, 2)}${between}`;
}
