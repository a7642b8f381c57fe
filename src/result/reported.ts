/** Finds in a result the estimates that a precision target speaks of. */
import { UserError } from '../errors.js';
import { DIFFERENCE_STATISTICS } from '../scenario/claims.js';
import type { ChannelSubject, PrecisionTarget } from '../scenario/precision.js';
import { didYouMean, oneOf } from '../scenario/suggest.js';
import type { LimitSubject } from '../scenario/types.js';
import type { Estimate } from '../statistics/intervals.js';
import { differenceOf, lossOf } from './limits.js';
import type { ChannelResult, PairResult, Result } from './schema.js';

export interface Reported {
  /** The pair, `second − first` of a comparison, or the channel. */
  readonly name: string;
  readonly estimate: Estimate;
}

/** The estimates of a target, one a pair or comparison. Throws UserError for what the result does not hold. */
export function reportedOf(result: Result, target: PrecisionTarget): Reported[] {
  const [first, second] = target.of;
  const { subject } = target;
  if (isOfChannel(subject)) return ofChannels(result.channels, subject, target);
  if (first === undefined) return result.pairs.map((pair) => ofPair(pair, subject, target));
  if (second === undefined) return [ofPair(pairOf(result, first, target), subject, target)];
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

function isOfChannel(subject: PrecisionTarget['subject']): subject is ChannelSubject {
  return ['lane', 'worstLane', 'budget', 'connectorBudget'].includes(subject.of);
}

/** The estimates of every channel, or of the one that is named. */
function ofChannels(
  channels: readonly ChannelResult[],
  subject: ChannelSubject,
  target: PrecisionTarget,
): Reported[] {
  const [only] = target.of;
  const names = channels.map(({ name }) => name);
  if (names.length === 0) throw notReported(target, 'no channels in this scenario', 'a pair');
  if (target.of.length > 1 || (only !== undefined && !names.includes(only))) {
    const asked = target.of.join(', ');
    throw notReported(target, `no channel "${asked}"`, oneOf(names), didYouMean(asked, names));
  }
  return channels
    .filter(({ name }) => only === undefined || name === only)
    .map((channel) => {
      const estimate =
        'statistic' in subject
          ? channel.loss[subject.of === 'lane' ? 'all' : 'worst'][subject.statistic]
          : channel[subject.of]?.met;
      if (estimate !== undefined) return { name: channel.name, estimate };
      throw notReported(
        target,
        `channel "${channel.name}" has no ${subject.of}`,
        `channels with a ${subject.of}`,
      );
    });
}

function pairOf(result: Result, name: string, target: PrecisionTarget): PairResult {
  const pair = result.pairs.find((one) => one.name === name);
  if (pair !== undefined) return pair;
  const names = result.pairs.map((one) => one.name);
  throw notReported(target, `no pair "${name}"`, oneOf(names), didYouMean(name, names));
}

function ofPair(pair: PairResult, subject: LimitSubject, target: PrecisionTarget): Reported {
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
