/** What a run answers: for its pairs, comparisons, claims and links. */
import type {
  ChannelResult,
  ClaimResult,
  ComparisonResult,
  LimitResult,
  PairResult,
  PrecisionResult,
  Result,
} from '../result/schema.js';
import { claimText } from './claim-text.js';
import { decibelText, gradeWords, limitText, moneyText, percentText } from './text.js';

export function runAnswers({
  pairs,
  comparisons,
  claims,
  channels,
  precision,
  scenario,
}: Result): string[] {
  const { experiment } = scenario as { experiment?: { type?: string } };
  return [
    ...pairs.flatMap((pair) => pairAnswers(pair, experiment?.type === 're-mating')),
    ...comparisons.map(comparisonAnswer),
    ...claims.map(claimAnswer),
    ...channels.flatMap(channelAnswers),
    ...(precision === undefined ? [] : [precisionAnswer(precision)]),
  ];
}

function pairAnswers(pair: PairResult, isRemating: boolean): string[] {
  const { name, limits, steps, largestChange, returnLoss } = pair;
  const missed = limits.filter(({ verdict }) => verdict !== 'met');
  const verdict =
    limits.length === 0
      ? ''
      : missed.length === 0
        ? ' All limits are met.'
        : ` ${missed.map(verdictText).join('; ')}.`;
  const ofLoss = `${lossAnswer(pair)}${verdict}`;
  const ofReturn =
    returnLoss === null
      ? []
      : [
          `97 % of the fibres of ${name} have a return loss of at least ${decibelText(returnLoss.all.p3)}: ${gradeWords(returnLoss.grade)}.`,
        ];
  const [first] = steps;
  const ofChange =
    largestChange === null || first === undefined
      ? []
      : [
          `${isRemating ? 'Mated again and again' : `Since ${first.name}`}, 97 % of the fibres of ${name} never change by more than ${decibelText(largestChange.all.p97)}${isRemating ? ': its repeatability' : ''}.`,
        ];
  return [ofLoss, ...ofReturn, ...ofChange];
}

/** `97 % of the fibres of mtp lose less than 0.477 dB (0.476 to 0.478): grade C.` */
export function lossAnswer({ name, il, grade }: PairResult): string {
  return `97 % of the fibres of ${name} lose less than ${decibelText(il.p97)}: ${gradeWords(grade)}.`;
}

/** `p97 ≤ 0.5 dB: missed`. */
export function verdictText({ limit, verdict }: LimitResult): string {
  return `${limitText(limit)}: ${verdict}`;
}

/** `mtp loses 0.280 dB (0.278 to 0.282) less than mpo at the 97 % point; in 72 % of the matings it has the lower mean.` */
export function comparisonAnswer({ first, second, p97, secondLower }: ComparisonResult): string {
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

function channelAnswers({ name, loss, budget, connectorBudget, cost }: ChannelResult): string[] {
  const kept = (what: string, { limitDb, met }: NonNullable<ChannelResult['budget']>): string =>
    `${what} of ${limitDb} dB with a probability of ${percentText(met)}`;
  const budgets = [
    ...(budget === null ? [] : [kept('its budget', budget)]),
    ...(connectorBudget === null ? [] : [kept('that of its connectors', connectorBudget)]),
  ];
  const lanes = `The worst lane of link ${name} loses less than ${decibelText(loss.worst.p97)} in 97 % of the channels${budgets.length === 0 ? '' : `; it keeps ${budgets.join(', and ')}`}.`;
  if (cost === null) return [lanes];
  const { currency, assemblies, perPassingChannel: per } = cost;
  const passing =
    per.low === null || per.high === null
      ? 'no channel passes'
      : `a channel that keeps its budget ${moneyText(per.low, per.high)} ${currency}`;
  return [
    lanes,
    `The cables of link ${name} cost ${moneyText(assemblies.low, assemblies.high)} ${currency}, ${passing}.`,
  ];
}

function precisionAnswer({ endedBy, targets }: PrecisionResult): string {
  if (endedBy === 'precision') return 'Every interval is as narrow as was asked for.';
  const wide = targets.filter(({ isReached }) => !isReached);
  const which = wide.map(({ name, target }) => `${target} of ${name}`).join(', ');
  return `The bound on ${endedBy} ended the run before every interval was as narrow as was asked for: ${which}.`;
}
