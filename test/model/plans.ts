/** Plans from scenarios as users write them, and single matings of them, for the tests of this folder. */
import { evaluateMating, type PairMechanics } from '../../src/model/mating.js';
import type { MatingState } from '../../src/model/state.js';
import { createWorkspace, type FibreResults, type Workspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { parseScenario } from '../../src/scenario/index.js';
import { eachMating } from '../support/matings.js';

export type Value =
  | string
  | number
  | boolean
  | readonly Value[]
  | { readonly [key: string]: Value };
export type Fields = { readonly [key: string]: Value };

/** The plan of a scenario; implausible values are let through. */
export function planFrom(scenario: Fields): Plan {
  return compilePlan(parseScenario(JSON.stringify(scenario), { allowImplausible: true }).scenario);
}

/** Perfect flat plugs that fit without play. */
export const PERFECT_PLUG = {
  fibres: { count: 12, modeFieldDiameter: '9.2 um' },
  guidePins: { diameter: '700 um' },
  guideHoles: { diameter: '700 um' },
  endFace: { polish: 'PC' },
  spring: { force: '10 N' },
  mounting: { type: 'floating' },
} as const;

/** The same with other fibres. */
export const PERFECT_MULTIMODE = {
  ...PERFECT_PLUG,
  fibres: { count: 12, mode: 'multimode', coreDiameter: '50 um', numericalAperture: 0.2 },
} as const;

/** Conditions that move nothing. */
export const STILL = { sideLoad: '0 N', restTiltX: '0 deg', restTiltY: '0 deg' } as const;

export type Sections = { readonly [section: string]: Fields };

/** A perfect plug with these fields of its sections laid over. */
export function perfectPlug(fields: Sections = {}, perfect: Sections = PERFECT_PLUG): Sections {
  const sections = new Set([...Object.keys(perfect), ...Object.keys(fields)]);
  return Object.fromEntries([...sections].map((key) => [key, { ...perfect[key], ...fields[key] }]));
}

/** A scenario of one pair of two plugs, or of one with itself. */
export function pairOf(
  pinned: Fields,
  unpinned = pinned,
  mating: Fields = STILL,
  more: Fields = {},
) {
  const isOne = pinned === unpinned;
  return {
    designs: isOne ? { male: pinned } : { male: pinned, female: unpinned },
    pairs: { pair: { pinned: 'male', unpinned: isOne ? 'male' : 'female', mating } },
    ...more,
  };
}

export interface Mated {
  readonly state: MatingState;
  readonly load: Workspace['contactLoad'];
  readonly freeGapUm: readonly number[];
  readonly results: { readonly [K in keyof FibreResults]: readonly number[] };
  readonly parts: Float64Array;
}

function mated(workspace: Workspace, parts: Float64Array): Mated {
  const results = Object.entries(workspace.results).map(([name, values]) => [
    name,
    Array.from(values as Float64Array),
  ]);
  return {
    state: { ...workspace.state },
    load: { ...workspace.contactLoad },
    freeGapUm: Array.from(workspace.freeGapUm),
    results: Object.fromEntries(results) as Mated['results'],
    parts: parts.slice(),
  };
}

/** Mating number `mating` of a pair of a plan. */
export function mate(plan: Plan, mating = 0, pair = 0): Mated {
  const found: Mated[] = [];
  eachMating(plan, pair, mating, mating + 1, (workspace, _, parts) => {
    found.push(mated(workspace, parts));
  });
  return found[0] as Mated;
}

/** A mating of given parts. */
export function mateParts(mechanics: PairMechanics, parts: Float64Array): Mated {
  const workspace = createWorkspace(mechanics.fibres);
  evaluateMating(mechanics, parts, workspace);
  return mated(workspace, parts);
}
