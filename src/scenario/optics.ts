/**
 * Optics by name: where their lanes lie in an MPO plug, and the loss that a channel may have.
 *
 * Marks: [S] read in a public source, [E] an estimate or taken over unread. Figures by TIA FOTC are those of its public
 * application overviews (www.tiafotc.org), which quote IEEE 802.3.
 */
import type { Lane } from './lanes.js';
import type { FibreCount } from './layout.js';
import { nearest } from './suggest.js';

export const FIBRE_KINDS = ['OM3', 'OM4', 'OM5', 'OS2'] as const;
export type FibreKind = (typeof FIBRE_KINDS)[number];

/** Lanes from the near module to the far one; those of the other direction use the same rule from the far module. */
export interface LaneArrangement {
  /** Positions of the module's MPO. */
  readonly positions: 12 | 16;
  readonly lanes: readonly Lane[];
  /** Each fibre carries light both ways, so that a module transmits at every position that it uses. */
  readonly isBidirectional: boolean;
}

/**
 * Lanes transmitted at some positions, each received at the mirrored one, as a type B cable leads it.
 *
 * [S] Outer positions, transmitters in one half, receivers mirrored in the other. [E] Transmitters in the lower half:
 * public drawings number from either side, as they look at the plug or into the module. The other choice swaps the two
 * directions and needs the same polarity.
 */
function mirrored(positions: 12 | 16, transmit: readonly number[]): LaneArrangement {
  const lanes = transmit.map((position) => ({
    transmit: position,
    receive: positions + 1 - position,
  }));
  const isBidirectional = lanes.some(({ receive }) => transmit.includes(receive));
  return { positions, lanes, isBidirectional };
}

const FOUR_LANES = mirrored(12, [1, 2, 3, 4]);
const EIGHT_LANES = mirrored(16, [1, 2, 3, 4, 5, 6, 7, 8]);
const FOUR_BOTH_WAYS = mirrored(12, [1, 2, 3, 4, 9, 10, 11, 12]);

/** The lanes of an arrangement in a plug of so many fibres; 8 are the row of 12 without its middle four. */
export function lanesInPlug(
  { positions, lanes }: LaneArrangement,
  fibreCount: FibreCount,
): readonly Lane[] | undefined {
  if (fibreCount === positions) return lanes;
  if (fibreCount !== 8 || positions !== 12) return undefined;
  const inEight = (position: number): number => (position > 8 ? position - 4 : position);
  return lanes.map(({ transmit, receive }) => ({
    transmit: inEight(transmit),
    receive: inEight(receive),
  }));
}

export interface FibreAttenuation {
  readonly wavelengthNm: number;
  /** Range to plan with, dB/km. */
  readonly lowDbPerKm: number;
  readonly highDbPerKm: number;
  readonly source: string;
}

const MULTIMODE = { wavelengthNm: 850, lowDbPerKm: 3.0, highDbPerKm: 3.5 };

/** Attenuation of cabled fibre. */
export const FIBRE_ATTENUATION: Readonly<Record<FibreKind, FibreAttenuation>> = {
  OM3: { ...MULTIMODE, source: '[S] 3.5 dB/km at most in makers’ data' },
  OM4: { ...MULTIMODE, source: '[S] 3.5 dB/km at most in makers’ data' },
  OM5: { ...MULTIMODE, source: '[E] as OM4' },
  OS2: {
    wavelengthNm: 1310,
    lowDbPerKm: 0.35,
    highDbPerKm: 0.5,
    source: '[S] TIA FOTC: 0.4 dB/km of OS2 cable, 0.5 of cable for indoors and outdoors',
  },
};

export interface LossBudget {
  readonly name: string;
  readonly fibre: FibreKind;
  readonly mode: 'single-mode' | 'multimode';
  /** Nominal wavelength, or that at which the loss is specified, nm. */
  readonly wavelengthNm: number;
  /** Longest channel, m. */
  readonly lengthM: number | undefined;
  /** Channel insertion loss at most, dB. */
  readonly totalDb: number;
  /** Share of connections and splices in it, dB. */
  readonly connectorsDb: number | undefined;
  /** Undefined where the module takes a duplex connector: over MPO trunks its lanes are given by hand. */
  readonly arrangement: LaneArrangement | undefined;
  /** Whether the loss was read in the text of the standard itself or only elsewhere. */
  readonly seenInStandard: boolean;
  /** Origin of the loss, with its mark. */
  readonly source: string;
}

/** Fibre, longest channel in m, total and connectors in dB. */
type Row = readonly [FibreKind, number | undefined, number, number | undefined];
type Origin = Pick<LossBudget, 'seenInStandard' | 'source'>;

const seen = (source: string): Origin => ({ seenInStandard: true, source });
const unseen = (source: string): Origin => ({ seenInStandard: false, source });

function budgets(
  name: string,
  arrangement: LaneArrangement | undefined,
  origin: Origin,
  rows: readonly Row[],
): LossBudget[] {
  return rows.map(([fibre, lengthM, totalDb, connectorsDb]) => {
    const mode = fibre === 'OS2' ? 'single-mode' : 'multimode';
    const { wavelengthNm } = FIBRE_ATTENUATION[fibre];
    return {
      name,
      fibre,
      mode,
      wavelengthNm,
      lengthM,
      totalDb,
      connectorsDb,
      arrangement,
      ...origin,
    };
  });
}

export const LOSS_BUDGETS: readonly LossBudget[] = [
  ...budgets('40GBASE-SR4', FOUR_LANES, seen('[S] IEEE 802.3 clause 86'), [
    ['OM3', 100, 1.9, 1.5],
    ['OM4', 150, 1.5, 1.0],
  ]),
  ...budgets('100GBASE-SR4', FOUR_LANES, unseen('[E] after IEEE 802.3 clause 95, unread'), [
    ['OM4', 100, 1.9, 1.5],
  ]),
  ...budgets('400GBASE-SR8', EIGHT_LANES, seen('[S] IEEE 802.3 clause 138, TIA FOTC'), [
    ['OM3', 70, 1.8, 1.5],
    ['OM4', 100, 1.9, 1.5],
  ]),
  // Uses 850 and 910 nm
  ...budgets('400GBASE-SR4.2', FOUR_BOTH_WAYS, seen('[S] IEEE 802.3 clause 150, TIA FOTC'), [
    ['OM3', 70, 1.7, undefined],
    ['OM4', 100, 1.8, undefined],
    ['OM5', 150, 2.0, undefined],
  ]),
  ...budgets('400GBASE-DR4', FOUR_LANES, unseen('[E] after IEEE 802.3 clause 124, unread'), [
    ['OS2', 500, 3.0, 2.75],
  ]),
  ...budgets('800GBASE-DR8', EIGHT_LANES, unseen('[S] TIA FOTC, after IEEE 802.3df'), [
    ['OS2', 500, 3.0, 2.75],
  ]),
  ...budgets('100G PSM4', FOUR_LANES, unseen('[E] after the PSM4 MSA, unread'), [
    ['OS2', 500, 3.26, undefined],
  ]),
  // Four wavelengths from 1271 to 1331 nm
  ...budgets('400GBASE-FR4', undefined, unseen('[E] after IEEE 802.3cu, unread'), [
    ['OS2', 2000, 4.0, 3.0],
  ]),
  // Eight wavelengths from 1273 to 1310 nm, specified at 1310 nm
  ...budgets('400GBASE-LR8', undefined, seen('[S] IEEE 802.3 clause 122, TIA FOTC'), [
    ['OS2', 10_000, 6.3, 2.0],
  ]),
];

/** Names of all optics, each once. */
export const OPTICS_NAMES: readonly string[] = [...new Set(LOSS_BUDGETS.map(({ name }) => name))];

export type BudgetSearch =
  | { readonly kind: 'found'; readonly budget: LossBudget }
  /** Several fibres have a budget, or the fibre that was asked for has none: one of these has to be named. */
  | { readonly kind: 'name-fibre'; readonly name: string; readonly fibres: readonly FibreKind[] }
  /** All names, and the one that may have been meant. */
  | {
      readonly kind: 'unknown';
      readonly names: readonly string[];
      readonly nearest: string | undefined;
    };

/** Letters, digits and points count: `100g-psm4` is `100G PSM4`. */
const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9.]/g, '');

/** The budget of some optics; the fibre may be left out where there is but one. */
export function findBudget(name: string, fibre?: FibreKind): BudgetSearch {
  const named = LOSS_BUDGETS.filter((budget) => bare(budget.name) === bare(name));
  const [first] = named;
  if (first === undefined) {
    return { kind: 'unknown', names: OPTICS_NAMES, nearest: nearest(name, OPTICS_NAMES) };
  }
  const [budget, ...others] = named.filter((one) => fibre === undefined || one.fibre === fibre);
  if (budget !== undefined && others.length === 0) return { kind: 'found', budget };
  return { kind: 'name-fibre', name: first.name, fibres: named.map((one) => one.fibre) };
}
