/** Texts as people write them, from which hostile ones are made. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.js';

const SHIPPED = join(PACKAGE_ROOT, 'scenarios');
const FOLDERS = ['.', 'claims'];

/** A design that says everything itself, with a measured plug, values from a CSV file, correlations and parameters. */
const WHOLE = `name: whole
seed: 42
matings: 500
designs:
  plug:
    gender: either
    price: 35 to 60 USD
    parameters: { play: 0.6 um, half: 2 * play }
    fibres: { count: 8, modeFieldDiameter: 9.2 um, coreEccentricity: { distribution: rayleigh, scale: 0.15 um, max: 0.5 um } }
    guideHoles: { diameter: 699 um + play, pitchError: 0 um ± 1 um at 3 sigma }
    guidePins: { diameter: guideHoles.diameter - half, shape: elliptical, minorAxisShorterBy: 0.2 um }
    bores:
      positionErrorX: { distribution: empirical, file: ./values.csv, column: dx }
      positionErrorY: [0 um ± 0.3 um at 3 sigma, { value: 0 um ± 0.1 um uniform, level: plug }]
    endFace: { polish: APC, fibreHeight: { distribution: normal, mean: 0 um, sigma: 60 nm } }
    mounting: { type: floating }
    spring: { force: { distribution: uniform, low: 8 N, high: 12 N } }
  measured:
    extends: ./designs/mtp-elite.yaml
    fibres: { count: 8 }
    measured: { file: ./plugs.csv, plug: A1 }
pairs:
  one: { pinned: plug, unpinned: measured, limits: [p97 <= 0.5 dB, worstFibre.p97 <= 1 dB] }
mating: { sideLoad: 2 N, temperature: 30 degC, debrisProbability: 1 % }
limits: [yield(0.25 dB) >= 50 %]
sweep: { parameters: { mating.friction: 'range(0.05, 0.25, 3)', designs.plug.mounting.type: [fixed, floating] } }
allocation: { pair: one, tolerances: { designs.plug.bores.positionErrorY: { from: 0.5, to: 1, cost: 2 } } }
`;

const SMALL = `designs: { e: { extends: mtp-elite } }
pairs: { e: { pinned: e, unpinned: e } }
matings: 100
`;

const STEPS = `name: steps
designs: { e: { extends: mtp-elite-multimode }, s: { extends: mtp-standard } }
pairs: { e: { pinned: e, unpinned: e }, s: { pinned: s, unpinned: s, mating: { wavelength: 1550 nm } } }
matings: 200
returnLoss: true
experiment: { type: stress, steps: { room: {}, hot: { temperature: 85 degC }, pull: { sideLoad: 6 N } } }
comparisons: [[e, s]]
`;

const CYCLES = `pairs: { e: { pinned: e, unpinned: mtp } }
designs: { e: { extends: mtp-elite }, mtp: { extends: mtp-standard } }
experiment: { type: re-mating, cycles: [1, 10, 500] }
matings: 50
`;

const LOT = `designs: { e: { extends: generic-mpo } }
pairs: { e: { pinned: e, unpinned: e } }
experiment: { type: lot, pinned: 3, unpinned: 2, repeats: 2 }
`;

const LINK = `designs: { e: { extends: mtp-elite } }
pairs: { e: { pinned: e, unpinned: e } }
matings: 30
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [e], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }, { transmit: 3, receive: 3 }] }
`;

export const SMALL_SCENARIOS: Readonly<Record<string, string>> = {
  small: SMALL,
  steps: STEPS,
  cycles: CYCLES,
  lot: LOT,
  link: LINK,
};

export const VALUES = 'dx [um],dy [um]\n0.1,-0.2\n-0.05,0.1\n0.2,0\n0.02,-0.13\n';

/** A CSV text of one plug or more with 8 fibres each: `cells` of a fibre, counted from 0. */
function grid(header: string, plugs: readonly string[], cells: (i: number) => string): string {
  const rows = plugs.flatMap((plug) =>
    Array.from({ length: 8 }, (_, i) => `${plug}${i + 1},${cells(i)}\n`),
  );
  return `${header}\n${rows.join('')}`;
}

export const PLUGS = [
  grid(
    'plug,fibre,coreX [um],coreY [um],fibreHeight [nm]',
    ['A1,'],
    (i) => `${250 * i + (i < 4 ? -1375.1 : -374.9)},0.${i},${5 * i}`,
  ),
  grid(
    'plug,gender,fibre,coreErrorX [um],coreErrorY [um],modeFieldDiameter [um],#operator',
    ['1,pinned,', '2,unpinned,'],
    (i) => `0.${i},-0.1,9.${i},"Bo, Li"`,
  ),
  grid('fibre,coreErrorX [um],coreErrorY [um],#note', [''], (i) => `-0.${i},0.2,`),
  grid(
    'plug,fibre,tiltX [mrad],hole1Diameter [um],hole2Diameter [mm],pitchError [um]',
    ['x,', 'y,'],
    (i) => `0.${i},699.3,0.6994,0.2`,
  ),
];

/** Writes what scenarios refer to into a folder; the texts of all scenarios. */
export function scenariosIn(folder: string): string[] {
  cpSync(join(SHIPPED, 'designs'), join(folder, 'designs'), { recursive: true });
  writeFileSync(join(folder, 'values.csv'), VALUES);
  writeFileSync(join(folder, 'plugs.csv'), PLUGS[0] as string);
  const shipped = FOLDERS.flatMap((below) =>
    readdirSync(join(SHIPPED, below))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => readFileSync(join(SHIPPED, below, file), 'utf8')),
  );
  return [...shipped, WHOLE, WHOLE, ...Object.values(SMALL_SCENARIOS)];
}

/** The texts of the shipped designs. */
export function designs(): string[] {
  const folder = join(SHIPPED, 'designs');
  return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
}
