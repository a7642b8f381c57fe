/** Finds in a result the estimates that a precision target speaks of. */
import { UserError } from '../errors.js';
import { DIFFERENCE_STATISTICS } from '../scenario/claims.js';
import type { PrecisionTarget } from '../scenario/precision.js';
import { didYouMean, oneOf } from '../scenario/suggest.js';
import type { Estimate } from '../statistics/intervals.js';
import { differenceOf, lossOf } from './limits.js';
import type { PairResult, Result } from './schema.js';

export interface Reported {
  /** The pair, or `second − first` of a comparison. */
  readonly name: string;
  readonly estimate: Estimate;
}

/** The estimates of a target, one a pair or comparison. Throws UserError for what the result does not hold. */
export function reportedOf(result: Result, target: PrecisionTarget): Reported[] {
  const [first, second] = target.of;
  if (first === undefined) return result.pairs.map((pair) => ofPair(pair, target));
  if (second === undefined) return [ofPair(pairOf(result, first, target), target)];
  const comparison = result.comparisons.find((one) => one.first === first && one.second === second);
  if (comparison === undefined || target.of.length > 2) {
    const known = result.comparisons.map((one) => `"${one.first}, ${one.second}"`);
    throw notReported(target, 'no such comparison', known.length > 0 ? oneOf(known) : 'a pair');
  }
  const estimate = differenceOf(target.statistic, comparison);
  if (estimate === undefined) {
    throw notReported(target, 'not known of a difference', oneOf(DIFFERENCE_STATISTICS));
  }
  return [{ name: `${second} − ${first}`, estimate }];
}

function pairOf(result: Result, name: string, target: PrecisionTarget): PairResult {
  const pair = result.pairs.find((one) => one.name === name);
  if (pair !== undefined) return pair;
  const names = result.pairs.map((one) => one.name);
  throw notReported(target, `no pair "${name}"`, oneOf(names), didYouMean(name, names));
}

function ofPair(pair: PairResult, target: PrecisionTarget): Reported {
  const { subject } = target;
  const { name } = pair;
  switch (subject.of) {
    case 'gapFraction':
      return { name, estimate: pair.gapFraction };
    case 'yield':
    case 'matingYield': {
      const found = pair.yields.find(({ limitDb }) => limitDb === subject.atDb);
      if (found === undefined) {
        const known = pair.yields.map(({ limitDb }) => `${subject.of}(${limitDb} dB)`);
        throw notReported(
          target,
          'this yield is not reported',
          oneOf(known),
          `ask for it: --limit "yield(${subject.atDb} dB) >= 0 %"`,
        );
      }
      return { name, estimate: subject.of === 'yield' ? found.fibre : found.mating };
    }
    default: {
      const isThere =
        subject.of === 'largestChange'
          ? pair.largestChange !== null
          : !subject.of.endsWith('eturnLoss') || pair.returnLoss !== null;
      if (!isThere) {
        const expected =
          subject.of === 'largestChange' ? 'a re-mating or a stress test' : 'returnLoss: true';
        throw notReported(target, `no ${subject.of} in this scenario`, expected);
      }
      return { name, estimate: lossOf(subject, pair) };
    }
  }
}

function notReported(
  target: PrecisionTarget,
  message: string,
  expected: string,
  suggestion?: string,
): UserError {
  return new UserError([
    { message: `--until: ${message}`, found: target.text, expected, suggestion },
  ]);
}
