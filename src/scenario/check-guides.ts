/** Guide pins and holes of a size that the ferrule of this fibre count does not have. */
import { type Context, tellImplausible } from './context.js';
import { inputSpec } from './inputs.js';
import { lawLocation } from './law-shape.js';
import { FIBRE_COUNTS, type FibreCount, ferruleLayout } from './layout.js';
import { type Place, quote, type RawNode } from './raw.js';
import type { Design } from './types.js';

/** Play and tolerances are a few µm; the sizes of ferrules differ by 150. */
const FARTHEST_UM = 20;
const GUIDES = ['guideHoles.diameter', 'guidePins.diameter'] as const;

/** Where a diameter that does not fit is told. */
export interface GuidePlaces {
  /** The diameter itself, if it is given. */
  readonly nodeOf: (path: string) => RawNode | undefined;
  /** The design. */
  readonly design: Place;
}

/** Tells guide diameters that lie more than 20 µm from the nominal hole of the layout. */
export function checkGuideDiameters(
  fibres: FibreCount,
  inputs: Design['inputs'],
  places: GuidePlaces,
  context: Context,
): void {
  const nominal = ferruleLayout(fibres).guideHoleDiameterUm;
  for (const path of GUIDES) {
    const location = inputs[path].reduce((sum, law) => sum + lawLocation(law), 0);
    const [low, high] = inputSpec(path).plausible;
    // what is no guide diameter at all has been told
    const isGuide = location >= low && location <= high;
    if (!isGuide || Math.abs(location - nominal) <= FARTHEST_UM) continue;
    const node = places.nodeOf(path);
    // an inherited diameter is told at the design that chose another fibre count
    const isInherited =
      node === undefined ||
      (node.place.line !== undefined && node.place.file !== places.design.file);
    tellImplausible(
      context,
      isInherited ? places.design : node.place,
      `${path}: implausible for ${fibres} fibres`,
      {
        found: node === undefined ? `${location} um` : quote(node),
        expected: `${nominal - FARTHEST_UM} um to ${nominal + FARTHEST_UM} um`,
        suggestion: `${countsWith(nominal)} fibres have ${nominal} um guide holes`,
      },
    );
  }
}

function countsWith(nominal: number): string {
  const counts = FIBRE_COUNTS.filter(
    (fibres) => ferruleLayout(fibres).guideHoleDiameterUm === nominal,
  );
  return `${counts.slice(0, -1).join(', ')} and ${counts[counts.length - 1]}`;
}
