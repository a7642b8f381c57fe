/** A replayed mating as text. */
import type { Replay, ReplayPlug } from '../engine/replay.js';
import type { Colours } from './colours.js';
import { fixed } from './format.js';
import { mergedLines } from './merged.js';
import { table } from './table.js';

const um = (value: number): string => `${fixed(value, 4)} µm`;
const mrad = (value: number): string => `${fixed(1000 * value, 4)} mrad`;
const newton = (value: number): string => `${fixed(value, 3)} N`;
const degrees = (turns: number): string => fixed(360 * turns, 1);

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** Lines of the report: sampled dimensions, then the steps of the model in order. */
export function replayLines(pair: string, replay: Replay, { bold }: Colours): string[] {
  const { sampled, steps } = replay;
  const sections: Section[] = [
    plugs(sampled.pinned, sampled.unpinned),
    conditions(sampled.mating),
    fibreParts('pinned', sampled.pinned),
    fibreParts('unpinned', sampled.unpinned),
    insertion(steps),
    load(steps),
    contact(steps, replay.fibres.length),
    offsets(replay),
    losses(replay),
  ];
  return [
    bold(`Mating ${replay.mating} of pair ${pair}`),
    `mean ${fixed(replay.meanDb, 4)} dB, worst fibre ${fixed(replay.worstFibreDb, 4)} dB`,
    ...(sampled.merged.length === 0
      ? []
      : ['', bold('Drawn as one sum, shown at the first; the others show their means')]),
    ...mergedLines(sampled.merged),
    ...sections.flatMap(({ title, rows }) => ['', bold(title), ...table(rows)]),
  ];
}

function plugs(pinned: ReplayPlug, unpinned: ReplayPlug): Section {
  const a = pinned.plug;
  const b = unpinned.plug;
  return {
    title: 'Sampled: plugs, each in its own frame',
    rows: [
      ['', 'pinned', 'unpinned'],
      ['pin or hole 1, diameter', um(a.guideDiameter1Um), um(b.guideDiameter1Um)],
      ['pin or hole 2, diameter', um(a.guideDiameter2Um), um(b.guideDiameter2Um)],
      ['pin 1, minor axis shorter by', um(a.minorAxisShorterBy1Um)],
      ['pin 2, minor axis shorter by', um(a.minorAxisShorterBy2Um)],
      ['pin 1, off its seat along x', um(a.seatErrorX1Um)],
      ['pin 1, off its seat along y', um(a.seatErrorY1Um)],
      ['pin 2, off its seat along x', um(a.seatErrorX2Um)],
      ['pin 2, off its seat along y', um(a.seatErrorY2Um)],
      ['pitch error', um(a.pitchErrorUm), um(b.pitchErrorUm)],
      ['row bias x', um(a.rowBiasXUm), um(b.rowBiasXUm)],
      ['row bias y', um(a.rowBiasYUm), um(b.rowBiasYUm)],
      ['slope error x', mrad(a.slopeErrorXRad), mrad(b.slopeErrorXRad)],
      ['slope error y', mrad(a.slopeErrorYRad), mrad(b.slopeErrorYRad)],
    ],
  };
}

function conditions(mating: Replay['sampled']['mating']): Section {
  const { poseU1, poseU2, poseU3, poseU4, poseU5 } = mating;
  return {
    title: 'Sampled: mating',
    rows: [
      ['spring force', newton(mating.springForceN)],
      ['side load', newton(mating.sideLoadN)],
      ['side load, direction', `${degrees(mating.sideLoadDirectionTurns)}°`],
      ['rest tilt x, y', mrad(mating.restTiltXRad), mrad(mating.restTiltYRad)],
      ['pose uniforms 1 to 3', ...[poseU1, poseU2, poseU3].map((u) => fixed(u, 6))],
      ['pose uniforms 4 and 5', ...[poseU4, poseU5].map((u) => fixed(u, 6))],
    ],
  };
}

/** Lean of the bores is shown only where there is any. */
function fibreParts(name: string, plug: ReplayPlug): Section {
  const leans = plug.fibres.some((fibre) => fibre.tiltXRad !== 0 || fibre.tiltYRad !== 0);
  const header = [
    'fibre',
    'bore x',
    'bore y',
    'play',
    'in x',
    'in y',
    'ecc.',
    'at',
    'MFD',
    'height',
  ];
  return {
    title: `Sampled: fibres of the ${name} plug, µm, directions in °${leans ? ', leans in mrad' : ''}`,
    rows: [
      leans ? [...header, 'lean x', 'lean y'] : header,
      ...plug.fibres.map((fibre, i) => [
        `${i + 1}`,
        fixed(fibre.positionErrorXUm, 4),
        fixed(fibre.positionErrorYUm, 4),
        fixed(fibre.boreClearanceUm, 3),
        fixed(0.5 * fibre.boreClearanceUm * fibre.placeInBoreX, 3),
        fixed(0.5 * fibre.boreClearanceUm * fibre.placeInBoreY, 3),
        fixed(fibre.coreEccentricityUm, 4),
        degrees(Math.atan2(fibre.coreDirectionY, fibre.coreDirectionX) / (2 * Math.PI)),
        fixed(fibre.modeFieldDiameterUm, 4),
        fixed(fibre.heightUm, 4),
        ...(leans ? [fixed(1000 * fibre.tiltXRad, 2), fixed(1000 * fibre.tiltYRad, 2)] : []),
      ]),
    ],
  };
}

function insertion(steps: Replay['steps']): Section {
  return {
    title: steps.pressFit ? 'Insertion pose: a press fit' : 'Insertion pose',
    rows: [
      ['clearance of pin 1 along x, y', um(steps.clearanceX1Um), um(steps.clearanceY1Um)],
      ['clearance of pin 2 along x, y', um(steps.clearanceX2Um), um(steps.clearanceY2Um)],
      ['half pitch mismatch', um(steps.halfPitchMismatchUm)],
      ['offset x, y', um(steps.insertionXUm), um(steps.insertionYUm)],
      ['turn', mrad(steps.turnRad)],
    ],
  };
}

function load(steps: Replay['steps']): Section {
  return {
    title: 'Load',
    rows: [
      ['force on the ferrule x, y', newton(steps.loadXN), newton(steps.loadYN)],
      ['force beyond friction', newton(steps.netForceN)],
      ['slide', um(steps.slideUm)],
      ['pins bend by', um(steps.bendUm)],
      ['offset under load x, y', um(steps.offsetXUm), um(steps.offsetYUm)],
      ['turn, pins off their seats included', mrad(steps.offsetTurnRad)],
    ],
  };
}

function contact(steps: Replay['steps'], fibres: number): Section {
  return {
    title: 'Contact of the end faces',
    rows: [
      ['slope between the faces x, y', mrad(steps.slopeXRad), mrad(steps.slopeYRad)],
      ['approach', um(steps.approachUm)],
      ['tilt x, y', mrad(steps.tiltXRad), mrad(steps.tiltYRad)],
      ['fibre pairs in contact', `${steps.contacts} of ${fibres}`],
      ['points the solver looked at', `${steps.contactVisits}`],
    ],
  };
}

function offsets(replay: Replay): Section {
  return {
    title: 'Fibres: offsets and gap in µm, angles in mrad',
    rows: [
      ['fibre', 'faces', 'dx', 'dy', 'gap', 'angle x', 'angle y'],
      ...replay.fibres.map((fibre) => [
        `${fibre.fibre}`,
        `${fibre.facingFibre}`,
        fixed(fibre.offsetXUm, 4),
        fixed(fibre.offsetYUm, 4),
        fixed(fibre.gapUm, 4),
        fixed(1000 * fibre.tiltXRad, 4),
        fixed(1000 * fibre.tiltYRad, 4),
      ]),
    ],
  };
}

function losses(replay: Replay): Section {
  return {
    title: 'Fibres: loss by cause in dB',
    rows: [
      ['fibre', 'lateral', 'angular', 'mismatch', 'gap', 'interaction', 'loss'],
      ...replay.fibres.map((fibre) => [
        `${fibre.fibre}`,
        fixed(fibre.lateralDb, 5),
        fixed(fibre.angularDb, 5),
        fixed(fibre.modeMismatchDb, 5),
        fixed(fibre.gapDb, 5),
        fixed(fibre.interactionDb, 5),
        fixed(fibre.lossDb, 5),
      ]),
    ],
  };
}
