/** What is said of guide pins and contradicts itself. */
import type { Problems } from './problems.js';
import { type Place, quote, type RawNode } from './raw.js';
import type { Contribution, Design } from './types.js';

/** Where the fields of a design stand, and the design itself. */
interface PinPlaces {
  nodeOf(path: string): RawNode | undefined;
  readonly design: Place;
}

type Pins = Pick<Design, 'pinShape' | 'pinMajorAxis' | 'pinClamp' | 'inputs'>;

/** Tells round pins with axes, elliptical ones without, and clamped ones that are off their seats. */
export function checkPins(pins: Pins, places: PinPlaces, problems: Problems): void {
  const tell = (path: string, message: string, expected: string): void => {
    const node = places.nodeOf(path);
    problems.add(node?.place ?? places.design, `${path}: ${message}`, {
      found: node === undefined ? undefined : quote(node),
      expected,
    });
  };
  const { pinShape, pinMajorAxis, pinClamp, inputs } = pins;
  const isRound = isZero(inputs['guidePins.minorAxisShorterBy']);
  if (pinShape === 'round' && !isRound) {
    const expected = '0 um, or shape: elliptical';
    tell('guidePins.minorAxisShorterBy', 'a round pin has no shorter axis', expected);
  }
  if (pinShape === 'elliptical' && isRound) {
    const expected = 'minorAxisShorterBy above 0 um, or shape: round';
    tell('guidePins.shape', 'an elliptical pin needs minorAxisShorterBy', expected);
  }
  if (pinShape === 'round' && pinMajorAxis !== 'x') {
    tell('guidePins.majorAxis', 'a round pin has no major axis', 'no axis, or shape: elliptical');
  }
  for (const path of ['guidePins.seatErrorX', 'guidePins.seatErrorY'] as const) {
    if (pinClamp === 'loose' || isZero(inputs[path])) continue;
    tell(path, 'a clamped pin keeps its seat', '0 um, or clamp: loose');
  }
}

function isZero(contributions: readonly Contribution[]): boolean {
  return contributions.every((law) => law.distribution === 'fixed' && law.value === 0);
}
