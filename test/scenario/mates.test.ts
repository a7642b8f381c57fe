/** Plugs that cannot be mated: every refusal of check-mates.ts has its own words, and stands at its pair. */
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../src/scenario/layout.js';
import { parse, problemsOf, told } from './helpers.js';
import { mistake } from './marked.js';

const mm = (core: string, aperture: number) =>
  `{ extends: pc, fibres: { mode: multimode, coreDiameter: ${core}, numericalAperture: ${aperture} } }`;
const DESIGNS = `designs:
  apc: { extends: mtp-standard }
  apc9: { extends: mtp-standard, endFace: { angle: 9 deg } }
  pc: { extends: mtp-standard, endFace: { polish: PC } }
  f8: { extends: mtp-standard, fibres: { count: 8 } }
  f24: { extends: mtp-standard, fibres: { count: 24 } }
  male: { extends: mtp-standard, gender: pinned }
  female: { extends: mtp-standard, gender: unpinned }
  om4: ${mm('50 um', 0.2)}
  core: ${mm('56 um', 0.2)}
  step: ${mm('50 um', 0.29)}
  om1: ${mm('62.5 um', 0.275)}
`;

const pair = (pinned: string, unpinned: string, adapter = 'key-up-to-key-down') =>
  `${DESIGNS}mating: { adapter: ${adapter} }\npairs:\n  ›p: { pinned: ${pinned}, unpinned: ${unpinned} }\n`;
const read = (...plugs: Parameters<typeof pair>) => parse(pair(...plugs).replace('›', '')).pairs;

const ONE_OF_EACH = 'one plug with guide pins and one without';
const [DOWN, UP] = ADAPTERS;
const OTHER_FIBRES =
  'multimode fibres of different kinds cannot mate here: their modes have other sizes';

describe('plugs that cannot be mated', () => {
  const refused: [string, string, string, string, string, string][] = [
    [
      'male',
      'male',
      DOWN,
      'two pinned plugs cannot mate',
      'male (pinned) with male (pinned)',
      ONE_OF_EACH,
    ],
    [
      'female',
      'female',
      DOWN,
      'two unpinned plugs cannot mate',
      'female (unpinned) with female (unpinned)',
      ONE_OF_EACH,
    ],
    [
      'female',
      'apc',
      DOWN,
      '"female" has no guide pins and cannot be the pinned plug',
      'female (unpinned) with apc (either)',
      ONE_OF_EACH,
    ],
    [
      'apc',
      'male',
      DOWN,
      '"male" has guide pins and cannot be the unpinned plug',
      'apc (either) with male (pinned)',
      ONE_OF_EACH,
    ],
    [
      'f8',
      'f24',
      DOWN,
      'plugs with different fibre counts cannot mate',
      'f8 (8) with f24 (24)',
      'the same fibre count',
    ],
    [
      'pc',
      'apc',
      DOWN,
      'an angled (APC) and a flat (PC) face cannot mate',
      'pc (PC) with apc (APC)',
      'the same polish',
    ],
    [
      'pc',
      'apc',
      UP,
      'an angled (APC) and a flat (PC) face cannot mate',
      'pc (PC) with apc (APC)',
      'the same polish',
    ],
    [
      'apc9',
      'apc',
      DOWN,
      'end faces of different angles cannot mate',
      'apc9 (9 deg) with apc (8 deg)',
      'the same angle',
    ],
    [
      'apc9',
      'apc9',
      UP,
      'in a key-up-to-key-up adapter the angles of APC faces add up to 18 deg',
      'adapter: key-up-to-key-up',
      'key-up-to-key-down, or PC faces',
    ],
    [
      'pc',
      'om4',
      DOWN,
      'single-mode and multimode fibres cannot mate',
      'pc (single-mode) with om4 (multimode)',
      'fibres of the same mode',
    ],
    [
      'step',
      'om4',
      UP,
      OTHER_FIBRES,
      'step (50 um, NA 0.29) with om4 (50 um, NA 0.2)',
      'about the same ratio of nominal core diameter and numerical aperture',
    ],
  ];

  it.each(refused)('%s with %s in %s: %s', (pinned, unpinned, adapter, ...words) => {
    const [message, found, expected] = words;
    expect(mistake(pair(pinned, unpinned, adapter))).toBe(
      `pair "p": ${message} | ${found} | ${expected} | `,
    );
  });

  it('in other words each', () => {
    // polish is refused in either adapter
    expect(new Set(refused.map(([, , , message]) => message)).size).toBe(refused.length - 1);
  });

  it.each([
    ['male', 'female', DOWN],
    ['male', 'apc', DOWN],
    ['apc', 'female', DOWN],
    ['apc9', 'apc9', DOWN],
    ['pc', 'pc', UP],
    ['om4', 'om4', UP],
    // their lowest modes have spots within 10 % of each other; the rest is done by the cut
    ['om1', 'om4', DOWN],
    ['om4', 'om1', UP],
    ['om4', 'core', DOWN],
  ] as const)('are not %s with %s in %s', (pinned, unpinned, adapter) => {
    expect(read(pinned, unpinned, adapter)).toHaveLength(1);
  });

  it('are told everything that keeps them apart', () => {
    const problems = problemsOf(pair('female', 'om4').replace('›', ''));
    expect(problems.map((problem) => told(problem).split(' | ')[0])).toEqual([
      'pair "p": "female" has no guide pins and cannot be the pinned plug',
      'pair "p": an angled (APC) and a flat (PC) face cannot mate',
      'pair "p": single-mode and multimode fibres cannot mate',
    ]);
  });
});
