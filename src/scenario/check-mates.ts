/** Which plugs may mate (model §1): each refusal with its own words. */
import { lawLocation } from './law-shape.js';
import type { Adapter } from './layout.js';
import type { Contribution, Design } from './types.js';

/** Everything that keeps two plugs from being mated in this adapter. */
export function mateProblems(pinned: Design, unpinned: Design, adapter: Adapter): MateProblem[] {
  return [
    ...genderProblems(pinned, unpinned),
    ...faceProblems(pinned, unpinned, adapter === 'key-up-to-key-up'),
    ...fibreProblems(pinned, unpinned),
  ];
}

/** Why two plugs cannot mate: what is wrong, what was found, what was expected. */
export type MateProblem = readonly [message: string, found: string, expected: string];

function genderProblems(pinned: Design, unpinned: Design): MateProblem[] {
  const found = `${pinned.name} (${pinned.gender}) with ${unpinned.name} (${unpinned.gender})`;
  const expected = 'one plug with guide pins and one without';
  if (pinned.gender === 'pinned' && unpinned.gender === 'pinned') {
    return [['two pinned plugs cannot mate', found, expected]];
  }
  if (pinned.gender === 'unpinned' && unpinned.gender === 'unpinned') {
    return [['two unpinned plugs cannot mate', found, expected]];
  }
  const problems: MateProblem[] = [];
  if (pinned.gender === 'unpinned') {
    problems.push([
      `"${pinned.name}" has no guide pins and cannot be the pinned plug`,
      found,
      expected,
    ]);
  }
  if (unpinned.gender === 'pinned') {
    problems.push([
      `"${unpinned.name}" has guide pins and cannot be the unpinned plug`,
      found,
      expected,
    ]);
  }
  return problems;
}

function faceProblems(pinned: Design, unpinned: Design, isTypeB: boolean): MateProblem[] {
  const problems: MateProblem[] = [];
  if (pinned.fibreCount !== unpinned.fibreCount) {
    problems.push([
      'plugs with different fibre counts cannot mate',
      `${pinned.name} (${pinned.fibreCount}) with ${unpinned.name} (${unpinned.fibreCount})`,
      'the same fibre count',
    ]);
  }
  if (pinned.polish !== unpinned.polish) {
    problems.push([
      'an angled (APC) and a flat (PC) face cannot mate',
      `${pinned.name} (${pinned.polish}) with ${unpinned.name} (${unpinned.polish})`,
      'the same polish',
    ]);
  } else if (pinned.endFaceAngleRad !== unpinned.endFaceAngleRad) {
    const degrees = [pinned, unpinned].map((design) => inDegrees(design.endFaceAngleRad));
    problems.push([
      'end faces of different angles cannot mate',
      `${pinned.name} (${degrees[0]} deg) with ${unpinned.name} (${degrees[1]} deg)`,
      'the same angle',
    ]);
  } else if (isTypeB && pinned.polish === 'APC') {
    const total = inDegrees(pinned.endFaceAngleRad + unpinned.endFaceAngleRad);
    problems.push([
      `in a key-up-to-key-up adapter the angles of APC faces add up to ${total} deg`,
      'adapter: key-up-to-key-up',
      'key-up-to-key-down, or PC faces',
    ]);
  }
  return problems;
}

function inDegrees(angleRad: number): number {
  return Number(((angleRad * 180) / Math.PI).toPrecision(6));
}

/** Nominal value of an input: the sum of its contributions. */
export function nominalOf(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, law) => sum + lawLocation(law), 0);
}

/** Spots of the lowest mode that differ by more than this share make other modes; 62.5 and 50 um fibres differ by 5 %. [E] */
const SAME_SPOT = 0.1;
/** Nominal cores that differ by more than this share are other kinds of fibre. */
const SAME_KIND = 0.03;

function fibreProblems(pinned: Design, unpinned: Design): MateProblem[] {
  if (pinned.mode !== unpinned.mode) {
    return [
      [
        'single-mode and multimode fibres cannot mate',
        `${pinned.name} (${pinned.mode}) with ${unpinned.name} (${unpinned.mode})`,
        'fibres of the same mode',
      ],
    ];
  }
  if (pinned.mode === 'single-mode') return [];
  const [a, b] = [coreOf(pinned), coreOf(unpinned)];
  // w0² goes as diameter/NA
  const spots = [a, b].map(({ diameter, aperture }) => Math.sqrt(diameter / aperture));
  if (!differ(spots[0] as number, spots[1] as number, SAME_SPOT)) return [];
  const describe = ({ diameter, aperture }: Core) =>
    `${Number(diameter.toPrecision(4))} um, NA ${Number(aperture.toPrecision(4))}`;
  return [
    [
      'multimode fibres of different kinds cannot mate here: their modes have other sizes',
      `${pinned.name} (${describe(a)}) with ${unpinned.name} (${describe(b)})`,
      'about the same ratio of nominal core diameter and numerical aperture',
    ],
  ];
}

/** Whether two plugs can be at the ends of one cable: fibres of one mode, multimode ones with the same nominal core. */
export function isSameFibre(one: Design, other: Design): boolean {
  if (one.mode !== other.mode) return false;
  if (one.mode === 'single-mode') return true;
  const [a, b] = [coreOf(one), coreOf(other)];
  return !differ(a.diameter, b.diameter, SAME_KIND) && !differ(a.aperture, b.aperture, SAME_KIND);
}

interface Core {
  readonly diameter: number;
  readonly aperture: number;
}

function coreOf({ inputs }: Design): Core {
  return {
    diameter: nominalOf(inputs['fibres.coreDiameter']),
    aperture: nominalOf(inputs['fibres.numericalAperture']),
  };
}

function differ(x: number, y: number, share: number): boolean {
  return Math.abs(x - y) > share * Math.max(x, y);
}
