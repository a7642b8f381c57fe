/** Which branches of the coupling, of gaps and of reflections the fibres of a mating take. */
import type { MultimodeOptics } from '../../src/model/losses.js';
import type { PairMechanics } from '../../src/model/mating.js';
import { CELLS_PER_UNIT, CUTS, FIRST_CUT, LAST_CELL } from '../../src/model/multimode-table.js';
import {
  FIBRE,
  fibreOffset,
  OPTICS,
  opticsOffset,
  PINNED,
  UNPINNED,
} from '../../src/model/parts.js';
import type { Workspace } from '../../src/model/workspace.js';
import type { See } from './reach.js';

/** From here on a ratio is too large for the short series of 2·atanh, and from there on for any series. */
const SHORT = 2 ** -7;
const SERIES = 0.1716;
/** From here on exp(−x) is 0. */
const NOTHING_LEFT_NEPERS = 745.2;

export const OPTICS_BRANCHES = [
  ...['mode mismatch', 'spreading', 'interference'].flatMap((of) => [
    `${of}: short series`,
    `${of}: long series`,
    `${of}: logarithm`,
  ]),
  ...['no gap', 'gap', 'lean', 'no lean'].flatMap((what) => [`single-mode: ${what}`]),
  ...['no gap', 'gap', 'lean', 'no lean'].flatMap((what) => [`multimode: ${what}`]),
  ...['loss below 0.001 dB', 'loss beyond 20 dB', 'loss of 0'],
  ...['multimode: table of two cuts', 'multimode: table of many cuts'],
  ...['multimode: all groups', 'multimode: a whole cut of many', 'multimode: cut below all'],
  ...['multimode: cut above all', 'multimode: cut within the last step of the table'],
  ...['multimode: cut below the table', 'multimode: cut above the table'],
  ...['multimode: no displacement', 'multimode: offset without tilt', 'multimode: displacement'],
  ...['multimode: last cell of the table'],
  ...['reflection: of a layer', 'reflection: of none', 'reflection: of a gap'],
  ...['reflection: flat', 'reflection: angled, single-mode', 'reflection: angled, multimode'],
  ...['reflection: kept off to the last bit', 'reflection: below a millionth of the floor'],
  ...['reflection: above the floor', 'floor: none', 'return loss below 0', 'return loss of 100 dB'],
];

export function lookAtFibres(
  see: See,
  workspace: Workspace,
  pair: PairMechanics,
  parts: Float64Array,
): void {
  const { results } = workspace;
  for (let i = 0; i < pair.fibres; i++) {
    const source = fibreOffset(PINNED, i);
    const receiver = fibreOffset(UNPINNED, pair.facing[i]!);
    const gap = results.gapUm[i]!;
    const mode = pair.multimode === null ? 'single-mode' : 'multimode';
    see(`${mode}: ${gap > 0 ? 'gap' : 'no gap'}`);
    const leans = parts[source + FIBRE.tiltXRad] !== 0 || parts[receiver + FIBRE.tiltXRad] !== 0;
    see(`${mode}: ${leans ? 'lean' : 'no lean'}`);
    const x = pair.gapFinesse * Math.sin((2 * Math.PI * gap) / pair.wavelengthUm) ** 2;
    if (gap > 0) seeRatio(see, 'interference', x / (2 + x));
    see('loss of 0', results.lossDb[i] === 0);
    see('loss below 0.001 dB', results.lossDb[i]! < 0.001);
    see('loss beyond 20 dB', results.lossDb[i]! > 20);
    if (pair.multimode === null) lookAtModeFields(see, pair, parts, i, gap);
    else lookAtModeGroups(see, workspace, pair, pair.multimode, parts, i);
    if (pair.returnLoss) lookAtReflection(see, workspace, pair, parts, i);
  }
}

function seeRatio(see: See, of: string, s: number): void {
  const way = s < SHORT ? 'short series' : s < SERIES ? 'long series' : 'logarithm';
  see(`${of}: ${way}`);
}

function lookAtModeFields(
  see: See,
  pair: PairMechanics,
  parts: Float64Array,
  i: number,
  gap: number,
): void {
  const source = fibreOffset(PINNED, i);
  const receiver = fibreOffset(UNPINNED, pair.facing[i]!);
  const w1 = (0.5 * parts[source + FIBRE.modeFieldDiameterUm]!) ** 2;
  const w2 = (0.5 * parts[receiver + FIBRE.modeFieldDiameterUm]!) ** 2;
  const sum2 = (w1 + w2) ** 2;
  const difference2 = (w1 - w2) ** 2;
  seeRatio(see, 'mode mismatch', difference2 / (2 * sum2 - difference2));
  if (gap === 0) return;
  const spread2 = ((pair.wavelengthUm * gap) / Math.PI) ** 2;
  const numerator = difference2 + spread2;
  seeRatio(see, 'spreading', numerator / (2 * (sum2 + spread2) - numerator));
}

/** Where in the table of its mode groups a fibre pair lies. */
function lookAtModeGroups(
  see: See,
  { results }: Workspace,
  pair: PairMechanics,
  { groups, table, offsetPerUm2, tiltPerRad2 }: MultimodeOptics,
  parts: Float64Array,
  i: number,
): void {
  const source = opticsOffset(PINNED, i, pair.fibres);
  const receiver = opticsOffset(UNPINNED, pair.facing[i]!, pair.fibres);
  const guided = (at: number): number =>
    parts[at + OPTICS.coreDiameterUm]! * parts[at + OPTICS.numericalAperture]!;
  const cut = groups * (guided(receiver) / guided(source));
  const cuts = table[CUTS]!;
  const position = cut - table[FIRST_CUT]!;
  see(`multimode: table of ${cuts === 2 ? 'two' : 'many'} cuts`);
  see('multimode: all groups', cut === groups);
  see('multimode: cut below all', cut < groups);
  see('multimode: a whole cut of many', cuts > 2 && Number.isInteger(cut));
  see('multimode: cut above all', cut > groups);
  see('multimode: cut below the table', position < 0);
  see('multimode: cut above the table', position > cuts - 1);
  see(
    'multimode: cut within the last step of the table',
    position > cuts - 2 && position < cuts - 1,
  );
  const offset2 = results.offsetXUm[i]! ** 2 + results.offsetYUm[i]! ** 2;
  const tilt2 = results.tiltXRad[i]! ** 2 + results.tiltYRad[i]! ** 2;
  const s = offsetPerUm2 * offset2 + tiltPerRad2 * tilt2;
  see('multimode: no displacement', s === 0);
  see('multimode: offset without tilt', s > 0 && tilt2 === 0);
  see('multimode: displacement', offset2 > 0 && tilt2 > 0);
  see(
    'multimode: last cell of the table',
    Math.sqrt(s) * table[CELLS_PER_UNIT]! > table[LAST_CELL]!,
  );
}

function lookAtReflection(
  see: See,
  { results }: Workspace,
  pair: PairMechanics,
  parts: Float64Array,
  i: number,
): void {
  const source = opticsOffset(PINNED, i, pair.fibres);
  const receiver = opticsOffset(UNPINNED, pair.facing[i]!, pair.fibres);
  const radius = 0.5 * parts[fibreOffset(PINNED, i) + FIBRE.modeFieldDiameterUm]!;
  const isApart = results.gapUm[i]! > 0;
  const meanOf = (place: number) => 0.5 * (parts[source + place]! + parts[receiver + place]!);
  const hasLayer =
    meanOf(OPTICS.layerThicknessUm) > 0 && meanOf(OPTICS.layerIndex) !== pair.glassIndex;
  see(`reflection: of ${isApart ? 'a gap' : hasLayer ? 'a layer' : 'none'}`);
  const nepers = pair.angleNepers + pair.angleNepersPerUm2 * radius ** 2;
  const mode = pair.multimode === null ? 'single-mode' : 'multimode';
  see(`reflection: ${nepers === 0 ? 'flat' : `angled, ${mode}`}`);
  see('reflection: kept off to the last bit', nepers > NOTHING_LEFT_NEPERS);
  const floorDb = parts[source + OPTICS.scatterFloorDb]!;
  const returnDb = results.returnLossDb[i]!;
  const floor = 10 ** (-floorDb / 10);
  const share = 10 ** (-returnDb / 10) / floor - 1;
  see('reflection: below a millionth of the floor', share < 1e-6 && share > 0);
  see('reflection: above the floor', share > 1);
  see('floor: none', floorDb > 300);
  see('return loss below 0', returnDb < 0);
  see('return loss of 100 dB', returnDb >= 100);
}
