/** Proof by an independent run that factors meet their targets, and tighter aims where they do not. */
import { InvariantError } from '../../errors.js';
import type { Point } from './evaluator.js';
import type { Outcome, Verification, Verify } from './types.js';

export const MOST_VERIFICATIONS = 3;
/** Chance that a verification may pass although a target is missed, all attempts together. */
const RISK = 0.05;

export interface Verified {
  readonly outcome: Outcome;
  readonly point: Point;
  readonly aims: readonly number[];
  readonly verifications: readonly Verification[];
}

/**
 * Verifies a point; where a target's upper bound is above its limit, tightens the aims and searches again, three times at most.
 *
 * All targets have to pass, so that their number costs no confidence (an intersection–union test: Berger 1982). Looking up to
 * three times does: each bound has a confidence of 1 − 0.05/3 (Bonferroni), so that factors that miss a target pass in 5 % of
 * all studies at most. The same is not so for a point that passed no verification.
 *
 * A new aim is the search's ratio over the upper bound, less what was missed once more: the search's own error repeats itself
 * as long as it keeps its random numbers.
 *
 * @param search the best point for other aims; undefined if none meets them
 */
export async function verified(
  found: Point,
  firstAims: readonly number[],
  verify: Verify,
  search: (aims: readonly number[]) => Promise<Point | undefined>,
): Promise<Verified> {
  const verifications: Verification[] = [];
  let point = found;
  let aims = firstAims;
  for (let attempt = 1; ; attempt++) {
    const confidence = 1 - RISK / MOST_VERIFICATIONS;
    const { factors } = point;
    const { ratios } = await verify(factors, { attempt, confidence });
    if (ratios.length !== aims.length) throw new InvariantError('a verification that does not fit');
    const uppers = ratios.map(({ upper }) => upper);
    const passed = uppers.includes(null) ? null : uppers.every((upper) => upper! <= 1);
    verifications.push({ attempt, confidence, factors, ratios, aims, passed });
    const end = (outcome: Outcome): Verified => ({ outcome, point, aims, verifications });
    if (passed === true) return end('verified');
    if (passed === null || attempt === MOST_VERIFICATIONS) return end('undecided');
    const tighter = aims.map((aim, t) => {
      const upper = uppers[t]!;
      const { value } = point.evaluation.ratios[t]!;
      return value > 0 ? Math.min(aim, value / (upper * Math.max(1, upper))) : aim;
    });
    const next = await search(tighter);
    if (next === undefined) return end('undecided');
    point = next;
    aims = tighter;
  }
}
