/** Independent normals that count only as a sum, to be drawn as one: the same distributions from fewer draws. */
import { PINNED } from '../model/parts.js';
import { type InputName, inputSpec, type Level, type Unit } from '../scenario/inputs.js';
import type { Contribution } from '../scenario/types.js';

/** Contributions of one pair that are drawn as one. */
export interface MergedNormals {
  /** Side and input of each, as in `pinned bores.rowBiasX`; the first one's place in the record of parts has the sum. */
  readonly inputs: readonly string[];
  readonly level: Level;
  /** Standard deviation of the sum, in `unit`. */
  readonly sigma: number;
  readonly unit: Unit;
}

/** A normal that may be drawn together with those of the same sum and level. */
export interface Mergeable {
  readonly side: number;
  readonly input: InputName;
  readonly sum: string;
  readonly level: Level;
  readonly sigma: number;
}

/**
 * The sum through which alone an input enters the model: all inputs of a sum, of both plugs, have the coefficient 1 or −1
 * in it, the same for all fibres. Signs do not matter, since a normal is symmetric about its mean, nor does it which
 * fibres face each other, since the normals of all fibres of a plug are alike.
 */
const SUMS: Readonly<Partial<Record<InputName, string>>> = {
  // Offset of a fibre pair (model §6), to which pins add that are off their seats both alike (§3).
  'bores.rowBiasX': 'offset x',
  'bores.positionErrorX': 'offset x',
  'guidePins.seatErrorX': 'offset x',
  'bores.rowBiasY': 'offset y',
  'bores.positionErrorY': 'offset y',
  'guidePins.seatErrorY': 'offset y',
  // Angle of a fibre pair (§6).
  'bores.tiltX': 'angle x',
  'bores.tiltY': 'angle y',
  // Slope between the faces, and free separation of a fibre pair (§5).
  'endFace.slopeErrorX': 'slope x',
  'endFace.slopeErrorY': 'slope y',
  'endFace.fibreHeight': 'separation',
  // Mismatch of the pitches (§3).
  'guideHoles.pitchError': 'pitch',
};

/**
 * The sum that a contribution counts for if it is a whole normal; undefined for whatever has to be drawn by itself.
 *
 * That includes seat errors per pin, which turn the plug too; lots, which are no draw of a mating; and the spring forces
 * of two designs, which are not independent: they share their draw.
 */
export function sumOf(name: InputName, contribution: Contribution): string | undefined {
  if (contribution.level !== 'plug' && contribution.level !== 'fibre') return undefined;
  return isWholeNormal(contribution) ? SUMS[name] : undefined;
}

function isWholeNormal(contribution: Contribution): boolean {
  if (contribution.distribution === 'toleranced') return !contribution.sorted;
  return contribution.distribution === 'normal' && contribution.lower === null;
}

/** Those of the same sum and level, where there are two or more, and what to say of them: σ = √Σσ². */
export function groupsToMerge<T extends Mergeable>(
  all: readonly T[],
): { readonly parts: readonly T[]; readonly merged: MergedNormals }[] {
  const groups = new Map<string, T[]>();
  for (const part of all) {
    const key = `${part.sum}, ${part.level}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()]
    .filter((parts) => parts.length > 1)
    .map((parts) => ({ parts, merged: describeGroup(parts) }));
}

function describeGroup(parts: readonly Mergeable[]): MergedNormals {
  const { level, input } = parts[0] as Mergeable;
  const variance = parts.reduce((sum, { sigma }) => sum + sigma * sigma, 0);
  return {
    inputs: parts.map((part) => `${part.side === PINNED ? 'pinned' : 'unpinned'} ${part.input}`),
    level,
    sigma: Math.sqrt(variance),
    unit: inputSpec(input).unit,
  };
}
