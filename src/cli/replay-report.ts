/** A replayed mating as text. */
import pc from 'picocolors';
import type { Replay, ReplayPlug } from '../engine/replay.js';
import { table } from './format.js';

const um = (value: number): string => `${value.toFixed(4)} µm`;
const mrad = (value: number): string => `${(1000 * value).toFixed(4)} mrad`;
const newton = (value: number): string => `${value.toFixed(3)} N`;
const degrees = (turns: number): string => `${(360 * turns).toFixed(1)}°`;

/** Lines of the report: sampled dimensions, then the steps of the model in order. */
export function replayLines(pair: string, replay: Replay): string[] {
  const { steps, sampled } = replay;
  const head = (title: string): string => pc.bold(title);
  return [
    head(`Mating ${replay.mating} of pair ${pair}`),
    `mean ${replay.meanDb.toFixed(4)} dB, worst fibre ${replay.worstFibreDb.toFixed(4)} dB`,
    '',
    head('Sampled: plugs (each in its own frame)'),
    ...plugTable(sampled.pinned, sampled.unpinned),
    '',
    head('Sampled: mating'),
    `pose uniforms ${[1, 2, 3, 4, 5].map((i) => sampled.mating[`poseU${i}` as 'poseU1'].toFixed(6)).join(' ')}`,
    `spring ${newton(sampled.mating.springForceN)}, side load ${newton(sampled.mating.sideLoadN)} at ${degrees(sampled.mating.sideLoadDirectionTurns)}, rest tilt ${mrad(sampled.mating.restTiltXRad)}, ${mrad(sampled.mating.restTiltYRad)}`,
    '',
    head('Sampled: fibres (µm, azimuths in degrees)'),
    ...fibrePartTable(sampled.pinned, 'pinned'),
    ...fibrePartTable(sampled.unpinned, 'unpinned'),
    '',
    head('Insertion pose'),
    `clearances x ${um(steps.clearanceX1Um)}, ${um(steps.clearanceX2Um)}; y ${um(steps.clearanceY1Um)}, ${um(steps.clearanceY2Um)}; half pitch mismatch ${um(steps.halfPitchMismatchUm)}${steps.pressFit ? '; press fit' : ''}`,
    `offset ${um(steps.insertionXUm)}, ${um(steps.insertionYUm)}; turn ${mrad(steps.turnRad)}`,
    '',
    head('Load'),
    `force on the ferrule ${newton(steps.loadXN)}, ${newton(steps.loadYN)}; beyond friction ${newton(steps.netForceN)}`,
    `slide ${um(steps.slideUm)}, pins bend ${um(steps.bendUm)}; offset under load ${um(steps.offsetXUm)}, ${um(steps.offsetYUm)}`,
    '',
    head('Contact'),
    `slope between the faces ${mrad(steps.slopeXRad)}, ${mrad(steps.slopeYRad)}; approach ${um(steps.approachUm)}; tilt ${mrad(steps.tiltXRad)}, ${mrad(steps.tiltYRad)}`,
    `${steps.contacts} of ${replay.fibres.length} fibre pairs in contact (solver looked at ${steps.contactVisits} points)`,
    '',
    head('Fibres: offset and gap in µm, angle in mrad, losses in dB'),
    ...resultTable(replay),
  ];
}

function plugTable(pinned: ReplayPlug, unpinned: ReplayPlug): string[] {
  const a = pinned.plug;
  const b = unpinned.plug;
  const row = (name: string, first: number, second: number, unit: (v: number) => string) => [
    name,
    unit(first),
    unit(second),
  ];
  return table([
    ['', 'pinned', 'unpinned'],
    row('pin / hole 1 diameter', a.guideDiameter1Um, b.guideDiameter1Um, um),
    row('pin / hole 2 diameter', a.guideDiameter2Um, b.guideDiameter2Um, um),
    [
      'pins’ minor axis shorter by',
      `${um(a.minorAxisShorterBy1Um)}, ${um(a.minorAxisShorterBy2Um)}`,
      '',
    ],
    row('pitch error', a.pitchErrorUm, b.pitchErrorUm, um),
    row('row bias x', a.rowBiasXUm, b.rowBiasXUm, um),
    row('row bias y', a.rowBiasYUm, b.rowBiasYUm, um),
    row('slope error x', a.slopeErrorXRad, b.slopeErrorXRad, mrad),
    row('slope error y', a.slopeErrorYRad, b.slopeErrorYRad, mrad),
  ]);
}

function fibrePartTable(plug: ReplayPlug, title: string): string[] {
  const header = [
    '',
    'bore x',
    'bore y',
    'clearance',
    'in bore',
    'at',
    'eccentric',
    'at',
    'MFD',
    'height',
  ];
  const rows = plug.fibres.map((fibre, i) => [
    `${title} ${i + 1}`,
    fibre.positionErrorXUm.toFixed(4),
    fibre.positionErrorYUm.toFixed(4),
    fibre.boreClearanceUm.toFixed(3),
    (0.5 * fibre.boreClearanceUm * fibre.boreRadiusFraction).toFixed(4),
    (360 * fibre.boreAzimuthTurns).toFixed(1),
    fibre.coreEccentricityUm.toFixed(4),
    (360 * fibre.coreAzimuthTurns).toFixed(1),
    fibre.modeFieldDiameterUm.toFixed(4),
    fibre.heightUm.toFixed(4),
  ]);
  return table([header, ...rows]);
}

function resultTable(replay: Replay): string[] {
  const header = [
    'fibre',
    'faces',
    'dx',
    'dy',
    'gap',
    'angle x',
    'angle y',
    'lateral',
    'angular',
    'mismatch',
    'gap',
    'interact.',
    'loss',
  ];
  const rows = replay.fibres.map((fibre) => [
    `${fibre.fibre}`,
    `${fibre.facingFibre}`,
    fibre.offsetXUm.toFixed(4),
    fibre.offsetYUm.toFixed(4),
    fibre.gapUm.toFixed(4),
    (1000 * fibre.tiltXRad).toFixed(4),
    (1000 * fibre.tiltYRad).toFixed(4),
    fibre.lateralDb.toFixed(5),
    fibre.angularDb.toFixed(5),
    fibre.modeMismatchDb.toFixed(5),
    fibre.gapDb.toFixed(5),
    fibre.interactionDb.toFixed(5),
    fibre.lossDb.toFixed(5),
  ]);
  return table([header, ...rows]);
}
