/** What the matings of some plans reach: every branch of the model that both engines must take alike. */
import { contactEquilibrium } from '../../src/model/contact.js';
import {
  type ContactLoad,
  type ContactScratch,
  createContactScratch,
  solveForSet,
  visit,
} from '../../src/model/contact-point.js';
import type { PairMechanics } from '../../src/model/mating.js';
import { FIBRE, fibreOffset, PINNED, PLUG, plugOffset, UNPINNED } from '../../src/model/parts.js';
import type { Workspace } from '../../src/model/workspace.js';
import type { Plan } from '../../src/plan/types.js';
import { INPUTS } from '../../src/scenario/inputs.js';
import { LAW_NAMES } from '../../src/scenario/law-fields.js';
import { FIBRE_COUNTS } from '../../src/scenario/layout.js';
import type { Scenario } from '../../src/scenario/types.js';
import { eachMating } from '../support/matings.js';

/** From here on a ratio is too large for the short series of 2·atanh, and from there on for any series. */
const SHORT = 2 ** -7;
const SERIES = 0.1716;

/** Everything that must be seen. A branch whose name is mistyped here or below is never seen, and so found. */
const BRANCHES = [
  ...[
    'several contributions',
    'pairs compared',
    'mixed designs',
    'no extra stream',
    'lean',
    'no lean',
  ],
  ...FIBRE_COUNTS.flatMap((fibres) => [`${fibres} fibres, key down`, `${fibres} fibres, key up`]),
  ...['press fit', 'play', 'friction holds', 'slide within the play', 'slide to its end'],
  ...['pins bend', 'pins bind along x', 'pins bind along y', 'loose pins', 'elliptical pins'],
  ...['no force', 'contact in 1 visit', 'contact in more than 3', 'contact in more than 20'],
  ...[
    'contact with a step back',
    'nothing presses at a visit',
    'some pairs press, some gape',
    'all pairs press',
  ],
  ...['mode mismatch', 'spreading', 'interference'].flatMap((of) => [
    `${of}: short series`,
    `${of}: long series`,
    `${of}: logarithm`,
  ]),
  ...['no gap', 'loss below 0.001 dB', 'loss beyond 20 dB'],
];

export class Reach {
  readonly #counts = new Map<string, number>();

  see(what: string, isSeen = true): void {
    if (isSeen) this.#counts.set(what, this.count(what) + 1);
  }

  count(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  branches(): readonly string[] {
    return BRANCHES;
  }

  /** Looks at the first matings of a plan, as the reference evaluates them. */
  lookAt(plan: Plan, matings: number): void {
    this.see('pairs compared', plan.comparisons.length > 0);
    this.see('no extra stream', plan.raw.extraLength === 0);
    plan.pairs.forEach((pair, p) => {
      const { mechanics } = pair;
      this.see(`${mechanics.fibres} fibres, key ${mechanics.signX < 0 ? 'up' : 'down'}`);
      eachMating(plan, p, 0, matings, (workspace, _, parts) => {
        this.#lookAtPose(workspace, mechanics, parts);
        this.#lookAtContact(workspace, mechanics);
        this.#lookAtFibres(workspace, mechanics, parts);
      });
    });
  }

  #lookAtPose({ state, contactLoad }: Workspace, pair: PairMechanics, parts: Float64Array): void {
    this.see('press fit', state.pressFit);
    this.see('play', !state.pressFit);
    this.see('loose pins', state.seatShiftXUm !== 0);
    this.see('elliptical pins', parts[plugOffset(PINNED) + PLUG.minorAxisShorterBy1Um] !== 0);
    this.see('friction holds', state.netForceN === 0);
    const travel = state.netForceN / pair.slipStiffnessNPerUm;
    this.see('slide within the play', state.slideUm > 0 && state.slideUm === travel);
    this.see('slide to its end', state.slideUm > 0 && state.slideUm < travel);
    this.see('pins bend', state.bendUm > 0);
    this.see('pins bind along x', Math.abs(state.tiltXRad) > contactLoad.freeTiltXRad);
    this.see('pins bind along y', Math.abs(state.tiltYRad) > contactLoad.freeTiltYRad);
  }

  #lookAtContact(workspace: Workspace, pair: PairMechanics): void {
    const { contactVisits, contacts } = workspace.state;
    this.see('no force', contactVisits === 0);
    this.see('contact in 1 visit', contactVisits === 1);
    this.see('contact in more than 3', contactVisits > 3);
    this.see('contact in more than 20', contactVisits > 20);
    this.see('some pairs press, some gape', contacts > 0 && contacts < pair.fibres);
    this.see('all pairs press', contacts === pair.fibres);
    const steppedBack = contactVisits > 0 && newtonVisits(workspace, pair) !== contactVisits;
    this.see('contact with a step back', steppedBack);
    this.see('nothing presses at a visit', seesNothingPress(workspace, pair));
  }

  #lookAtFibres({ results }: Workspace, pair: PairMechanics, parts: Float64Array): void {
    for (let i = 0; i < pair.fibres; i++) {
      const source = fibreOffset(PINNED, i);
      const receiver = fibreOffset(UNPINNED, pair.facing[i]!);
      const w1 = (0.5 * parts[source + FIBRE.modeFieldDiameterUm]!) ** 2;
      const w2 = (0.5 * parts[receiver + FIBRE.modeFieldDiameterUm]!) ** 2;
      const sum2 = (w1 + w2) ** 2;
      const difference2 = (w1 - w2) ** 2;
      this.#seeRatio('mode mismatch', difference2 / (2 * sum2 - difference2));
      const gap = results.gapUm[i]!;
      this.see('no gap', gap === 0);
      if (gap > 0) {
        const spread2 = ((pair.wavelengthUm * gap) / Math.PI) ** 2;
        const numerator = difference2 + spread2;
        this.#seeRatio('spreading', numerator / (2 * (sum2 + spread2) - numerator));
        const x = pair.gapFinesse * Math.sin((2 * Math.PI * gap) / pair.wavelengthUm) ** 2;
        this.#seeRatio('interference', x / (2 + x));
      }
      this.see('loss below 0.001 dB', results.lossDb[i]! < 0.001);
      this.see('loss beyond 20 dB', results.lossDb[i]! > 20);
      const leans = parts[source + FIBRE.tiltXRad] !== 0 || parts[receiver + FIBRE.tiltXRad] !== 0;
      this.see(leans ? 'lean' : 'no lean');
    }
  }

  #seeRatio(of: string, s: number): void {
    const way = s < SHORT ? 'short series' : s < SERIES ? 'long series' : 'logarithm';
    this.see(`${of}: ${way}`);
  }
}

/** Which laws, at which levels, a scenario has. */
export function seeContributions(reach: Reach, { designs, pairs }: Scenario): void {
  const sections = [...Object.values(designs), ...pairs.map(({ mating }) => mating)];
  for (const { inputs } of sections) {
    for (const [input, contributions] of Object.entries(inputs)) {
      reach.see('several contributions', contributions.length > 1);
      for (const { distribution, level } of contributions) {
        reach.see(kindOf(input, distribution, level));
      }
    }
  }
  for (const { pinned, unpinned } of pairs) reach.see('mixed designs', pinned !== unpinned);
}

function kindOf(input: string, law: string, level: string): string {
  return `${input}: ${law} of a ${level}`;
}

/** Every law of every input at every level that the input allows. */
export function contributionKinds(): string[] {
  return INPUTS.flatMap(({ name, levels }) =>
    levels.flatMap((level) => LAW_NAMES.map((law) => kindOf(name, law, level))),
  );
}

const scratches = new Map<number, ContactScratch>();

/** Points that Newton's method alone would visit: another number than the solver's where this took a step back. */
function newtonVisits({ contactLoad, freeGapUm }: Workspace, pair: PairMechanics): number {
  const scratch = scratches.get(pair.fibres) ?? createContactScratch(pair.fibres);
  scratches.set(pair.fibres, scratch);
  const { point } = scratch;
  point.a = unloadedTilt(contactLoad, contactLoad.restTiltXRad, contactLoad.freeTiltXRad);
  point.b = unloadedTilt(contactLoad, contactLoad.restTiltYRad, contactLoad.freeTiltYRad);
  point.d = Infinity;
  visit(pair, freeGapUm, contactLoad, scratch);
  for (let visits = 1; visits < 1000; visits++) {
    solveForSet(pair, freeGapUm, contactLoad, point);
    if (!visit(pair, freeGapUm, contactLoad, scratch)) return visits;
  }
  return Infinity;
}

function unloadedTilt(load: ContactLoad, rest: number, free: number): number {
  if (Math.abs(rest) <= free) return rest;
  const { pinAngularStiffness: pins, mountingAngularStiffness: mounting } = load;
  return (mounting * rest + Math.sign(rest) * pins * free) / (mounting + pins);
}

/** Whether the solver comes by a point where no pair presses: solved again, with a watch on the number that do. */
function seesNothingPress(
  { contactLoad, freeGapUm, state }: Workspace,
  pair: PairMechanics,
): boolean {
  const scratch = createContactScratch(pair.fibres);
  const counts: number[] = [];
  Object.defineProperty(scratch.point, 'count', {
    get: () => counts.at(-1),
    set: (count: number) => counts.push(count),
  });
  const gapUm = new Float64Array(pair.fibres);
  contactEquilibrium(pair, freeGapUm, contactLoad, scratch, { ...state }, gapUm);
  return counts.includes(0);
}
