/** All memory that evaluating matings needs, made once and reused. */
import { type ContactLoad, type ContactScratch, createContactScratch } from './contact-point.js';
import type { CouplingNepers } from './single-mode.js';
import { createMatingState, type MatingState } from './state.js';

/** What one mating gives for each fibre of the pinned plug: the loss in dB, its causes in nepers. */
export interface FibreResults {
  readonly gapUm: Float64Array;
  readonly offsetXUm: Float64Array;
  readonly offsetYUm: Float64Array;
  readonly tiltXRad: Float64Array;
  readonly tiltYRad: Float64Array;
  /** Insertion loss, the sum of the five causes below times 10/ln 10. */
  readonly lossDb: Float64Array;
  readonly lateralNepers: Float64Array;
  readonly angularNepers: Float64Array;
  readonly modeMismatchNepers: Float64Array;
  /** Beam spreading and interference in the air gap together. */
  readonly gapNepers: Float64Array;
  readonly interactionNepers: Float64Array;
  /** Return loss, where it is worked out. */
  readonly returnLossDb: Float64Array;
}

export interface Workspace {
  readonly state: MatingState;
  readonly contactLoad: ContactLoad;
  readonly contactScratch: ContactScratch;
  readonly coupling: CouplingNepers;
  readonly freeGapUm: Float64Array;
  readonly results: FibreResults;
}

export function createWorkspace(fibres: number): Workspace {
  return {
    state: createMatingState(),
    contactLoad: {
      contactStiffnessNPerUm: 0,
      pinAngularStiffness: 0,
      mountingAngularStiffness: 0,
      freeTiltXRad: 0,
      freeTiltYRad: 0,
      restTiltXRad: 0,
      restTiltYRad: 0,
      forceN: 0,
    },
    contactScratch: createContactScratch(fibres),
    coupling: { lateral: 0, angular: 0, modeMismatch: 0, gap: 0, interaction: 0 },
    freeGapUm: new Float64Array(fibres),
    results: {
      gapUm: new Float64Array(fibres),
      offsetXUm: new Float64Array(fibres),
      offsetYUm: new Float64Array(fibres),
      tiltXRad: new Float64Array(fibres),
      tiltYRad: new Float64Array(fibres),
      lossDb: new Float64Array(fibres),
      lateralNepers: new Float64Array(fibres),
      angularNepers: new Float64Array(fibres),
      modeMismatchNepers: new Float64Array(fibres),
      gapNepers: new Float64Array(fibres),
      interactionNepers: new Float64Array(fibres),
      returnLossDb: new Float64Array(fibres),
    },
  };
}
