/** The question of a result and its answer, in a sentence each. */
import type { AnyResult } from '../result/read-any.js';
import type { ClaimResult, ComparisonResult, Result } from '../result/schema.js';
import { plainText } from '../result/sweep-table.js';
import { claimText } from './claim-text.js';
import { decibelText, parameterText, percentText } from './text.js';

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
    case 'sweep': {
      const rows = any.result.points.flatMap(({ point, values, pairs }) =>
        pairs.map((pair) => ({
          point,
          pair,
          at: values.map(({ text }) => parameterText(plainText(text))).join(', '),
        })),
      );
      const sorted = rows.sort((a, b) => a.pair.il.p97.value - b.pair.il.p97.value);
      const [best, worst] = [sorted[0], sorted.at(-1)];
      if (best === undefined || worst === undefined) return ['No point could be run.'];
      const say = (what: string, { point, pair, at }: typeof best): string =>
        `The ${what} 97 % point is that of ${pair.name} at point ${point} (${at}): ${decibelText(pair.il.p97)}.`;
      return [say('least', best), say('largest', worst)];
    }
    case 'sensitivity':
      return any.result.pairs.map(({ name, p97, factors }) => {
        const [first] = factors;
        const of = `${name} has its 97 % point at ${decibelText(p97)}`;
        return first === undefined
          ? `${of}; nothing spreads.`
          : `${of}; without the spread of ${first.name} it would change by ${decibelText(first.without.p97)}.`;
      });
    case 'allocation': {
      const { cheapest, widest, limits, pair } = any.result;
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
      return [`${pair} (${limits.join(', ')}) ${how} ${what}.`];
    }
    case 'exceedance':
      return any.result.pairs.flatMap(({ name, losses }) =>
        losses.map(({ aboveDb, probability: { value, low, high } }) => {
          const between =
            low === null || high === null
              ? ''
              : ` (${low.toExponential(2)} to ${high.toExponential(2)})`;
          return `A fibre of ${name} loses more than ${aboveDb} dB with a probability of ${value.toExponential(2)}${between}.`;
        }),
      );
  }
}

function runAnswers({ pairs, comparisons, claims, channels }: Result): string[] {
  const ofPairs = pairs.map(({ name, il, grade, limits }) => {
    const missed = limits.filter(({ verdict }) => verdict !== 'met');
    const verdict =
      limits.length === 0
        ? ''
        : missed.length === 0
          ? ' All limits are met.'
          : ` ${missed.map(({ limit, verdict: v }) => `${limit}: ${v}`).join('; ')}.`;
    const graded = grade.name === null ? 'no grade' : `grade ${grade.name}`;
    return `97 % of the fibres of ${name} lose less than ${decibelText(il.p97)}: ${graded}.${verdict}`;
  });
  const ofChannels = channels.flatMap(({ name, budget }) =>
    budget === null
      ? []
      : [
          `Link ${name} keeps its budget of ${budget.limitDb} dB with a probability of ${percentText(budget.met)}.`,
        ],
  );
  return [
    ...ofPairs,
    ...comparisons.map(comparisonAnswer),
    ...claims.map(claimAnswer),
    ...ofChannels,
  ];
}

/** `mtp loses 0.280 dB (0.278 to 0.282) less than mpo at the 97 % point; in 72 % of the matings it has the lower mean.` */
function comparisonAnswer({ first, second, p97, secondLower }: ComparisonResult): string {
  const isLess = p97.value < 0;
  const [low, high] = isLess ? [p97.high, p97.low] : [p97.low, p97.high];
  const size = {
    value: Math.abs(p97.value),
    low: low === null ? null : isLess ? -low : low,
    high: high === null ? null : isLess ? -high : high,
  };
  const isOpen = size.low !== null && size.low <= 0;
  const than = `${isLess ? 'less' : 'more'} than ${first} at the 97 % point`;
  return `${second} loses ${decibelText(size)} ${than}${isOpen ? ', which may be chance' : ''}; in ${percentText(secondLower.mean)} of the matings it has the lower mean.`;
}

function claimAnswer(claim: ClaimResult): string {
  const { says, estimate, verdict } = claim;
  const is = verdict === 'undecided' ? 'leaves it undecided' : verdict;
  return `Claim “${says}” (${claimText(claim)}): the prediction, ${decibelText(estimate)}, ${is}.`;
}
