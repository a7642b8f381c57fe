/** A plan in which one pair is met in several variants at once, on shared random numbers. */
import { InvariantError } from '../errors.js';
import { streamKey } from '../random/stream.js';
import type { Pair, Scenario } from '../scenario/types.js';
import { blockCounts, type Step, stepsOf } from './compile.js';
import { compilePair } from './compile-pair.js';
import type { DrawnName } from './draws.js';
import { RawStreams } from './raw-layout.js';
import type { PairPlan, Plan } from './types.js';

/** A pair as another scenario has it, or with some numbers from a second set of draws. */
export interface Variant {
  /** With the same pairs, designs and fibres; only numbers differ. */
  readonly scenario: Scenario;
  /** Which numbers are read from the second set; none where undefined. */
  readonly fromOther?: ((name: DrawnName, side: number) => boolean) | undefined;
}

/** Slot of the second set of draws: streams that no other experiment of one pair reads. */
const OTHER_SLOT = 1;

/**
 * The first step of pair `name` in every variant. Mating i has the draws of mating i of a run, so the variants differ by what
 * sets them apart alone; nothing is merged. Seed and number of matings are those of the first variant.
 *
 * @param comparisons variants whose differences are counted, [first, second]
 * @param series variants whose losses are followed fibre by fibre, the first one being what changes count from
 */
export function compileVariants(
  name: string,
  variants: readonly Variant[],
  comparisons: readonly (readonly [number, number])[],
  series: readonly (readonly number[])[] = [],
): Plan {
  const [{ scenario }] = variants as [Variant, ...Variant[]];
  const { seed, matings } = scenario;
  const key = streamKey(seed);
  const fibreCount = scenario.designs[pairOf(scenario, name).pinned]?.fibreCount as number;
  const raw = new RawStreams(fibreCount);
  raw.startOf('base', 0);
  const pairs = variants.map((variant): PairPlan => {
    const pair = pairOf(variant.scenario, name);
    const [{ mating, reads }] = stepsOf(variant.scenario.experiment, pair) as [Step];
    const { fromOther: has } = variant;
    const other = has === undefined ? undefined : { slot: OTHER_SLOT, has };
    return compilePair(variant.scenario, pair, mating, { ...reads, other }, raw, key, false);
  });
  return {
    key,
    matings,
    ...blockCounts(matings, fibreCount * variants.length, comparisons.length > 0),
    raw: raw.layout(),
    pairs,
    members: pairs.map((_, p) => [p]),
    comparisons,
    series,
    lot: null,
    channels: [],
  };
}

export function pairOf({ pairs }: Scenario, name: string): Pair {
  const pair = pairs.find((one) => one.name === name);
  if (pair === undefined) throw new InvariantError(`no pair ${name}`);
  return pair;
}
