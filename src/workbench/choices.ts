/** Fields with a few possible values, and what else changes with them. */
import { ADAPTERS, FIBRE_COUNTS } from '../scenario/layout.js';
import { ANGLE_DEFAULTS, LAUNCHES, MOUNTING_DEFAULTS, WEAR_FACTORS } from '../scenario/scalars.js';
import type { Json } from './types.js';

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

const LOOSE_SEAT = {
  distribution: 'normal',
  mean: '0 um',
  sigma: '0.5 um',
  lower: '-1.5 um',
  upper: '1.5 um',
  level: 'pin',
};
const CLAMPED_SEAT = { distribution: 'fixed', value: '0 um', level: 'pin' };

/** The fields, by path, that take their default for a choice. */
export function dependents(path: string, value: string): Readonly<Record<string, Json>> {
  switch (path) {
    case 'design.endFace.polish':
      return { 'design.endFace.angle': ANGLE_DEFAULTS[value]! };
    case 'design.mounting.type': {
      const defaults = MOUNTING_DEFAULTS[value]!;
      return {
        'design.mounting.sideLoadTransmission': Number(defaults.sideLoadTransmission),
        'design.mounting.angularStiffness': defaults.angularStiffness,
      };
    }
    case 'design.guidePins.tip':
      return { 'design.guidePins.wearFactor': Number(WEAR_FACTORS[value]) };
    case 'design.guidePins.clamp': {
      const seat = value === 'loose' ? LOOSE_SEAT : CLAMPED_SEAT;
      return { 'design.guidePins.seatErrorX': seat, 'design.guidePins.seatErrorY': seat };
    }
    default:
      return {};
  }
}
