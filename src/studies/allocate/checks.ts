/** What an allocation is asked, before anything is run: mistakes of the user's. */
import { isDeepStrictEqual } from 'node:util';
import { type Problem, UserError } from '../../errors.js';
import { type Step, stepsOf } from '../../plan/compile.js';
import { compileVariants, pairOf } from '../../plan/variants.js';
import type { ToleranceSpec } from '../../scenario/read-allocation.js';
import type { Limit, Scenario } from '../../scenario/types.js';
import { allocated } from './evaluation.js';

/** Throws UserError for lots, limits that cannot be aimed at, and tolerances without effect or beyond what means anything. */
export function checkStudy(
  scenario: Scenario,
  pair: string,
  tolerances: readonly ToleranceSpec[],
  question: 'cheapest' | 'widest',
): void {
  checkExperiment(scenario);
  if (question === 'widest' && tolerances.length !== 1) {
    throw new UserError([
      {
        message: 'allocate: how wide one tolerance may be is asked of one',
        found: String(tolerances.length),
        expected: 'one tolerance',
      },
    ]);
  }
  checkTargets(pairOf(scenario, pair).limits, pair);
  const problems = tolerances.flatMap((tolerance) =>
    problemsOf(tolerance, scenario, pair).map((problem): Problem => {
      const { file, line, column } = tolerance.place;
      const message = `tolerance ${tolerance.name}: ${problem.message}`;
      return { ...problem, file, line, column, message };
    }),
  );
  if (problems.length > 0) throw new UserError(problems);
}

function checkExperiment({ experiment }: Scenario): void {
  if (experiment.type !== 'lot') return;
  throw new UserError([
    {
      message: 'allocate: a lot draws its plugs once',
      found: 'experiment of type lot',
      expected: 'another experiment',
    },
  ]);
}

function checkTargets(limits: readonly Limit[], pair: string): void {
  if (limits.length === 0) {
    throw new UserError([
      {
        message: `allocate: pair "${pair}" has no limits to meet`,
        expected: `--limit "p97 <= 0.25 dB", or limits in the scenario`,
      },
    ]);
  }
  for (const { subject, relation, value, text } of limits) {
    const isShare = subject.of === 'yield' || subject.of === 'matingYield';
    const isLoss =
      subject.of === 'il' || subject.of === 'worstFibre' || subject.of === 'gapFraction';
    const isAimable = isShare
      ? relation === '>=' && value < 1
      : isLoss && relation === '<=' && value > 0;
    if (isAimable) continue;
    throw new UserError([
      {
        message: 'allocate: tighter tolerances cannot aim at this limit',
        found: text,
        expected: 'losses or gapFraction <= a value above 0, or yields >= a share below 100 %',
      },
    ]);
  }
}

/** Rounding of the factor that just centres plugs in no way. */
const ROUNDING = 1e-9;

function problemsOf(
  tolerance: ToleranceSpec,
  scenario: Scenario,
  pairName: string,
): readonly Problem[] {
  const { inputs, least, most } = tolerance;
  const ends: Scenario[] = [];
  try {
    for (const factor of [least, most]) ends.push(allocated(scenario, [tolerance], [factor]));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems;
  }
  const pair = pairOf(scenario, pairName);
  const [{ mating }] = stepsOf(scenario.experiment, pair) as [Step];
  const { seatCentring } = mating;
  const isOfSeat = inputs.some(({ input }) => input === 'seatCentring');
  if (isOfSeat && most * seatCentring > 1 + ROUNDING) {
    return [
      {
        message: 'seatCentring is 1 at most',
        found: `${most} times ${seatCentring}`,
        expected: `a widest factor of at most ${1 / seatCentring}`,
        suggestion: `${tolerance.name} = ${least} to ${1 / seatCentring}`,
      },
    ];
  }
  const variants = ends.map((each) => ({ scenario: each }));
  const [tight, wide] = compileVariants(pairName, variants, []).pairs;
  if (!isDeepStrictEqual(tight, wide)) return [];
  const { pinned, unpinned } = pair;
  return [
    {
      message: `it changes nothing in pair "${pairName}"`,
      expected: `something that spreads in the mating, in the pinned ${pinned} or in the unpinned ${unpinned}`,
      suggestion: 'pins count in the pinned plug, guide holes in the unpinned one',
    },
  ];
}
