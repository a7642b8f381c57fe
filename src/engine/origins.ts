/** Where the offsets of a pair come from: either plug's cores, or the fit of the ferrules under load and temperature. */
import { evaluateMating } from '../model/mating.js';
import { coreErrorXUm, coreErrorYUm } from '../model/offsets.js';
import { fibreOffset, PINNED, plugOffset, UNPINNED } from '../model/parts.js';
import { createWorkspace } from '../model/workspace.js';
import type { Plan } from '../plan/types.js';
import { type Estimate, halfWidthFactor, meanOf, symmetric } from '../statistics/intervals.js';
import { PartsSource } from './parts-source.js';

/** Mean squared offsets, µm², with intervals that take the mating as their unit. */
export interface Origins {
  /** Matings that were looked at. */
  readonly matings: number;
  readonly pinnedUm2: Estimate;
  readonly unpinnedUm2: Estimate;
  readonly fitUm2: Estimate;
  /** The side whose cores stray further; null where the matings cannot tell. */
  readonly limitedBy: 'pinned' | 'unpinned' | null;
}

/** Enough to tell sides apart that differ by a few per cent; a fraction of a second of the reference. */
const MATINGS = 4096;

/** Looks at the first matings of a plan. Only for pairs in which no inputs of both plugs are drawn as one. */
export function originsOf(plan: Plan, p: number): Origins {
  const { mechanics, ferruleGrowth } = plan.pairs[p]!;
  const { fibres, signX, signY, facing, xUm, yUm } = mechanics;
  // What a warm ferrule adds is no error of its cores; what two of them do not share counts to the fit.
  const [growth, otherGrowth] = ferruleGrowth;
  const source = new PartsSource(plan);
  const workspace = createWorkspace(fibres);
  const matings = Math.min(MATINGS, plan.matings);
  const [pinned, unpinned, fit, difference] = [
    new Moments(),
    new Moments(),
    new Moments(),
    new Moments(),
  ];
  for (let mating = 0; mating < matings; mating++) {
    source.draw(mating);
    const parts = source.parts(p);
    evaluateMating(mechanics, parts, workspace);
    let male = 0;
    let female = 0;
    let rest = 0;
    for (let i = 0; i < fibres; i++) {
      const j = facing[i]!;
      const own = fibreOffset(PINNED, i);
      const other = fibreOffset(UNPINNED, j);
      const maleX = coreErrorXUm(parts, plugOffset(PINNED), own) - growth * xUm[i]!;
      const maleY = coreErrorYUm(parts, plugOffset(PINNED), own) - growth * yUm[i]!;
      const femaleX =
        signX * (coreErrorXUm(parts, plugOffset(UNPINNED), other) - otherGrowth * xUm[j]!);
      const femaleY =
        signY * (coreErrorYUm(parts, plugOffset(UNPINNED), other) - otherGrowth * yUm[j]!);
      const fitX = workspace.results.offsetXUm[i]! - (femaleX - maleX);
      const fitY = workspace.results.offsetYUm[i]! - (femaleY - maleY);
      male += maleX * maleX + maleY * maleY;
      female += femaleX * femaleX + femaleY * femaleY;
      rest += fitX * fitX + fitY * fitY;
    }
    pinned.add(male / fibres);
    unpinned.add(female / fibres);
    fit.add(rest / fibres);
    difference.add((male - female) / fibres);
  }
  const { low, high } = difference.estimate();
  return {
    matings,
    pinnedUm2: pinned.estimate(0),
    unpinnedUm2: unpinned.estimate(0),
    fitUm2: fit.estimate(0),
    limitedBy: (low ?? -1) > 0 ? 'pinned' : (high ?? 1) < 0 ? 'unpinned' : null,
  };
}

class Moments {
  #count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    this.#sum += value;
    this.#squares += value * value;
  }

  estimate(atLeast = -Infinity): Estimate {
    const { mean, error } = meanOf(this.#count, this.#sum, this.#squares);
    return symmetric(mean, halfWidthFactor(this.#count) * error, atLeast);
  }
}
