/** Fields with a few possible values, and what else changes with them. */
import { ADAPTERS, FIBRE_COUNTS, ferruleLayout } from '../scenario/layout.js';
import {
  ANGLE_DEFAULTS,
  LAUNCHES,
  LOOSE_PIN,
  MOUNTING_DEFAULTS,
  springForceDefault,
  WEAR_FACTORS,
} from '../scenario/scalars.js';
import { handlesOf } from './law-moves.js';
import { valueAt } from './tree.js';
import type { Json, JsonMap, Side } from './types.js';

/** By path in a side. The mode of the fibres is not among them: another mode is another design. */
export const CHOICES: Readonly<Record<string, readonly (string | number)[]>> = {
  'design.fibres.count': FIBRE_COUNTS,
  'design.guidePins.shape': ['round', 'elliptical'],
  'design.guidePins.majorAxis': ['x', 'y'],
  'design.guidePins.tip': ['round', 'elliptical'],
  'design.guidePins.clamp': ['clamped', 'loose'],
  'design.endFace.polish': ['APC', 'PC'],
  'design.mounting.type': ['floating', 'fixed'],
  'mating.adapter': ADAPTERS,
  'mating.launch': LAUNCHES,
};

/** [E] As in the shipped scenarios with elliptical pins: a value to start from, which the choice alone does not give. */
const MINOR_AXIS = '0.3 um';
const GUIDES = ['guideHoles', 'guidePins'] as const;

/**
 * The fields, by path, that change with a choice: those whose default it decides, as in a scenario file, and what a design of the
 * other kind could not do without.
 */
export function dependents(
  side: Side,
  path: string,
  value: string | number,
): Readonly<Record<string, Json>> {
  switch (path) {
    case 'design.fibres.count':
      return withCount(side, value as (typeof FIBRE_COUNTS)[number]);
    case 'design.guidePins.shape':
      return {
        'design.guidePins.minorAxisShorterBy': value === 'elliptical' ? MINOR_AXIS : '0 um',
        'design.guidePins.tip': value,
        'design.guidePins.wearFactor': Number(WEAR_FACTORS[value]),
        ...(value === 'round' ? { 'design.guidePins.majorAxis': 'x' } : {}),
      };
    case 'design.guidePins.tip':
      return { 'design.guidePins.wearFactor': Number(WEAR_FACTORS[value]) };
    case 'design.guidePins.clamp': {
      const seat = value === 'loose' ? LOOSE_PIN : '0 um';
      return { 'design.guidePins.seatErrorX': seat, 'design.guidePins.seatErrorY': seat };
    }
    case 'design.endFace.polish':
      return { 'design.endFace.angle': ANGLE_DEFAULTS[value]! };
    case 'design.mounting.type': {
      const defaults = MOUNTING_DEFAULTS[value]!;
      return {
        'design.mounting.sideLoadTransmission': Number(defaults.sideLoadTransmission),
        'design.mounting.angularStiffness': defaults.angularStiffness,
      };
    }
    default:
      return {};
  }
}

/** Other guides where the ferrule is another one, and another spring where that is usual; fits and spreads stay. */
function withCount(side: Side, count: (typeof FIBRE_COUNTS)[number]): Record<string, Json> {
  const before = valueAt(side, ['design', 'fibres', 'count']) as typeof count;
  const nominal = (fibres: typeof count): number => ferruleLayout(fibres).guideHoleDiameterUm;
  const by = nominal(count) - nominal(before);
  const changes: Record<string, Json> = {};
  if (by !== 0) {
    for (const guide of GUIDES) {
      const path = ['design', guide, 'diameter'];
      const law = valueAt(side, path) ?? null;
      const { centre } = handlesOf(law);
      if (centre !== undefined)
        changes[path.join('.')] = centre.moved(law as JsonMap, centre.value + by);
    }
  }
  const spring = springForceDefault(count);
  if (spring !== springForceDefault(before)) changes['design.spring.force'] = spring;
  return changes;
}
