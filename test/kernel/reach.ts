/** What the matings of some plans reach: every branch of the model that both engines must take alike. */
import type { PairMechanics } from '../../src/model/mating.js';
import {
  FIBRE,
  fibreOffset,
  MATING,
  PINNED,
  PLUG,
  plugOffset,
  UNPINNED,
} from '../../src/model/parts.js';
import type { MatingState } from '../../src/model/state.js';
import type { Workspace } from '../../src/model/workspace.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { STREAM_FAMILY } from '../../src/random/stream.js';
import { FIBRE_COUNTS } from '../../src/scenario/layout.js';
import { eachMating } from '../support/matings.js';
import { CONTACT_BRANCHES, lookAtContact } from './reach-contact.js';
import { lookAtFibres, OPTICS_BRANCHES } from './reach-optics.js';

/** Notes that something is seen, unless it is not. */
export type See = (what: string, isSeen?: boolean) => void;

/** Everything that must be seen. A branch whose name is mistyped here or below is never seen, and so found. */
const BRANCHES = [
  ...['several contributions', 'mixed designs', 'pairs compared', 'single-mode and multimode'],
  ...['base stream alone', 'extra stream', 'more stream', 'visit stream'],
  ...['draws of the more stream in a visit', 'draws of the base stream in a visit'],
  ...['mated once', 'mated again', 'under stress', 'steps compared'],
  ...['no change', 'change', 'changes in both directions'],
  ...['return loss', 'no return loss'],
  ...['launch encircled-flux', 'launch overfilled', 'launch given', '50 um', '62.5 um'],
  ...['nominal temperature', 'plugs alike warm', 'one plug warm', 'plugs not alike warm'],
  ...['drawn places stretch', 'fixed places stretch', 'drawn places do not'],
  ...['new holes', 'wear with exponent 1', 'wear with another exponent'],
  ...FIBRE_COUNTS.flatMap((fibres) => [`${fibres} fibres, key down`, `${fibres} fibres, key up`]),
  ...['press fit', 'play', 'friction holds', 'slide within the play', 'slide to its end'],
  ...['pins bend', 'pins bind along x', 'pins bind along y', 'loose pins'],
  ...['pins shorter along x', 'pins shorter along y'],
  ...[
    'springs in the middle',
    'springs off the middle, key up',
    'springs off the middle, key down',
  ],
  ...['no particles', 'particle caught', 'particle not caught', 'particle of no size'],
  ...['caught and not in one vector', 'caught and not in one group of four'],
  ...['particle between multimode fibres', 'particle before reflections'],
  ...CONTACT_BRANCHES,
  ...OPTICS_BRANCHES,
];

export class Reach {
  readonly #counts = new Map<string, number>();
  readonly see: See = (what, isSeen = true) => {
    if (isSeen) this.#counts.set(what, this.count(what) + 1);
  };

  count(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  branches(): readonly string[] {
    return BRANCHES;
  }

  /** Looks at the first matings of a plan, as the reference evaluates them. */
  lookAt(plan: Plan, matings: number): void {
    this.#lookAtStreams(plan);
    const losses: Float64Array[][] = [];
    plan.pairs.forEach((pair, p) => {
      const { mechanics } = pair;
      this.see(`${mechanics.fibres} fibres, key ${mechanics.signX < 0 ? 'up' : 'down'}`);
      this.#lookAtStretch(pair);
      const particles: (boolean | undefined)[] = [];
      const own: Float64Array[] = [];
      eachMating(plan, p, 0, matings, (workspace, _, parts) => {
        this.#lookAtPose(workspace, mechanics, parts);
        particles.push(this.#lookAtParticle(workspace.state, mechanics, parts));
        lookAtContact(this.see, workspace, mechanics);
        lookAtFibres(this.see, workspace, mechanics, parts);
        own.push(workspace.results.lossDb.slice());
      });
      this.#lookAtLanes(particles);
      losses.push(own);
    });
    for (const steps of plan.series) this.#lookAtChanges(steps.map((p) => losses[p] ?? []));
  }

  #lookAtStreams({ raw, pairs }: Plan): void {
    const families = new Set(raw.streams.map(({ family }) => family));
    this.see('base stream alone', families.size === 1);
    this.see('extra stream', families.has(STREAM_FAMILY.extra));
    this.see('more stream', families.has(STREAM_FAMILY.more));
    this.see('visit stream', families.has(STREAM_FAMILY.visit));
    for (const { family, from } of raw.streams) {
      if (family !== STREAM_FAMILY.visit) continue;
      // The ten draws of the base stream that belong to the mating come first, then those of the more stream.
      const targets = new Map(
        pairs.flatMap(({ draws }) => draws.map((draw) => [draw.position - from, draw.target])),
      );
      this.see('draws of the base stream in a visit', targets.get(0) === MATING.poseU1);
      this.see('draws of the more stream in a visit', targets.get(10) === MATING.debrisChance);
    }
  }

  /** Places that stretch with the temperature differ from fibre to fibre: each is a draw of its own, or fixed. */
  #lookAtStretch({ draws, fixedParts }: PairPlan): void {
    const [first, second] = [0, 1].map((i) => fibreOffset(PINNED, i) + FIBRE.positionErrorXUm);
    const isDrawn = draws.some(({ target }) => target === first);
    const stretches = fixedParts[first as number] !== fixedParts[second as number];
    this.see('drawn places stretch', isDrawn && stretches);
    this.see('drawn places do not', isDrawn && !stretches);
    this.see('fixed places stretch', !isDrawn && stretches);
  }

  #lookAtPose({ state, contactLoad }: Workspace, pair: PairMechanics, parts: Float64Array): void {
    this.see('press fit', state.pressFit);
    this.see('play', !state.pressFit);
    this.see('loose pins', state.seatShiftXUm !== 0);
    const isShorter = parts[plugOffset(PINNED) + PLUG.minorAxisShorterBy1Um] !== 0;
    this.see('pins shorter along x', isShorter && pair.minorShareX === 1);
    this.see('pins shorter along y', isShorter && pair.minorShareY === 1);
    this.see('friction holds', state.netForceN === 0);
    const travel = state.netForceN / pair.slipStiffnessNPerUm;
    this.see('slide within the play', state.slideUm > 0 && state.slideUm === travel);
    this.see('slide to its end', state.slideUm > 0 && state.slideUm < travel);
    this.see('pins bend', state.bendUm > 0);
    this.see('pins bind along x', Math.abs(state.tiltXRad) > contactLoad.freeTiltXRad);
    this.see('pins bind along y', Math.abs(state.tiltYRad) > contactLoad.freeTiltYRad);
    const presses = [PINNED, UNPINNED].some(
      (side) => parts[plugOffset(side) + PLUG.springOffsetXUm] !== 0,
    );
    const key = pair.signX < 0 ? 'up' : 'down';
    this.see(presses ? `springs off the middle, key ${key}` : 'springs in the middle');
  }

  /** Whether a particle is caught; undefined where there are none. */
  #lookAtParticle(
    { debrisGapUm }: MatingState,
    pair: PairMechanics,
    parts: Float64Array,
  ): boolean | undefined {
    this.see('no particles', pair.debrisProbability === 0);
    if (pair.debrisProbability === 0) return undefined;
    const isCaught = (parts[MATING.debrisChance] as number) < pair.debrisProbability;
    this.see(`particle ${isCaught ? 'caught' : 'not caught'}`);
    this.see('particle of no size', isCaught && debrisGapUm === 0);
    this.see('particle between multimode fibres', debrisGapUm > 0 && pair.multimode !== null);
    this.see('particle before reflections', debrisGapUm > 0 && pair.returnLoss);
    return isCaught;
  }

  /** The kernel has matings 0 and 1 in one vector, 2 and 3 in another, and four of them in a group. */
  #lookAtLanes(caught: readonly (boolean | undefined)[]): void {
    for (let i = 0; i + 1 < caught.length; i += 2) {
      this.see('caught and not in one vector', caught[i] !== caught[i + 1]);
      const four = new Set(caught.slice(i, i + 4));
      this.see('caught and not in one group of four', i % 4 === 0 && four.size > 1);
    }
  }

  /** @param lossesDb by step and mating */
  #lookAtChanges([first, ...others]: readonly (readonly Float64Array[])[]): void {
    for (const step of others) {
      step.forEach((losses, mating) => {
        const changes = losses.map((loss, i) => loss - (first?.[mating]?.[i] ?? 0));
        this.see(changes.every((change) => change === 0) ? 'no change' : 'change');
        const signs = new Set(changes.map(Math.sign));
        this.see('changes in both directions', signs.has(1) && signs.has(-1));
      });
    }
  }
}
