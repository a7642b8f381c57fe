/** The shipped files parse as they stand, to the numbers of the model's table of defaults (model §2). */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeScenario, loadScenario, parseScenario } from '../../src/scenario/index.js';
import type { Contribution, Design } from '../../src/scenario/types.js';

const { scenario, warnings } = loadScenario('scenarios/mpo-vs-mtp.yaml');
const design = (name: string) => scenario.designs[name] as Design;

function normal(mean: number, sigma: number, level: string): Contribution {
  const bound = 3 * sigma;
  return {
    distribution: 'normal',
    mean,
    sigma,
    lower: Number((mean - bound).toPrecision(15)),
    upper: Number((mean + bound).toPrecision(15)),
    level,
  } as Contribution;
}

describe('mpo-vs-mtp', () => {
  it('has its header, pairs and comparisons', () => {
    expect(warnings).toEqual([]);
    expect(scenario).toMatchObject({ name: 'mpo-vs-mtp', seed: '2026', matings: 200_000 });
    expect(scenario.pairs.map(({ name, pinned, unpinned }) => [name, pinned, unpinned])).toEqual([
      ['mpo', 'mpo', 'mpo'],
      ['mtp', 'mtp', 'mtp'],
      ['elite', 'elite', 'elite'],
      ['mpo-mtp', 'mpo', 'mtp'],
      ['mpo-elite', 'mpo', 'elite'],
    ]);
    expect(scenario.comparisons).toHaveLength(5);
  });

  it.each([
    ['mpo', 'guideHoles.diameter', normal(699.7, 0.2, 'hole')],
    ['mpo', 'guidePins.diameter', normal(698.6, 0.2, 'pin')],
    ['mpo', 'spring.force', normal(9.8, 0.6, 'mating')],
    ['mtp', 'guidePins.diameter', normal(698.8, 0.1, 'pin')],
    ['mtp', 'bores.positionErrorX', normal(0, 0.25, 'fibre')],
    ['mtp', 'endFace.fibreHeight', normal(0, 0.06, 'fibre')],
    ['elite', 'guideHoles.diameter', normal(699.4, 0.1, 'hole')],
    ['elite', 'guideHoles.pitchError', normal(0, 0.25, 'plug')],
    ['elite', 'bores.rowBiasY', normal(0, 0.08, 'plug')],
    ['elite', 'fibres.modeFieldDiameter', normal(9.2, 0.13, 'fibre')],
    ['elite', 'bores.diametralClearance', { distribution: 'fixed', value: 0.4, level: 'fibre' }],
    ['elite', 'bores.tiltX', { distribution: 'fixed', value: 0, level: 'fibre' }],
    [
      'mtp',
      'fibres.coreEccentricity',
      { distribution: 'rayleigh', scale: 0.15, max: 0.5, level: 'fibre' },
    ],
  ] as const)('%s %s', (name, input, expected) => {
    expect(design(name).inputs[input]).toEqual([expected]);
  });

  it('has the scalars of the designs', () => {
    expect(design('elite')).toMatchObject({
      name: 'elite',
      gender: 'either',
      fibreCount: 12,
      mode: 'single-mode',
      pinShape: 'round',
      pinTip: 'round',
      polish: 'APC',
      endFaceAngleRad: 0.139626340159546,
      mounting: { type: 'floating', sideLoadTransmission: 0.15, angularStiffness: 2e5 },
      correlations: [],
    });
    expect(design('mpo').mounting).toEqual({
      type: 'fixed',
      sideLoadTransmission: 1,
      angularStiffness: 2e7,
    });
  });

  it('has the conditions of mating of the model', () => {
    expect(scenario.pairs[0]?.mating).toEqual({
      adapter: 'key-up-to-key-down',
      launch: 'encircled-flux',
      temperatureDegC: 23,
      unpinnedWarmerByDegC: 0,
      earlierMatings: 0,
      debrisProbability: 0,
      wavelengthUm: 1.31,
      glassIndex: 1.4677,
      seatCentring: 1,
      frictionCoefficient: 0.12,
      slipStiffnessNPerUm: 2,
      pinStiffnessNPerUm: 14,
      pinAngularStiffness: 2e7,
      contactStiffnessNPerUm: 1,
      engagedLengthUm: 2000,
      inputs: {
        sideLoad: [{ distribution: 'half-normal', sigma: 2, level: 'mating' }],
        sideLoadDirection: [
          { distribution: 'uniform', low: 0, high: 6.28318530717959, level: 'mating' },
        ],
        restTiltX: [normalRest],
        restTiltY: [normalRest],
        scatterFloor: [
          {
            distribution: 'normal',
            mean: 67,
            sigma: 1.5,
            lower: 62.5,
            upper: 71.5,
            level: 'fibre',
          },
        ],
        debrisGap: [{ distribution: 'lognormal', median: 1, sigmaLog: 0.5, level: 'mating' }],
      },
      correlations: [],
    });
  });
});

const normalRest = {
  distribution: 'normal',
  mean: 0,
  sigma: 0.0005235987755983,
  lower: -0.0015707963267949,
  upper: 0.0015707963267949,
  level: 'mating',
};

describe('every shipped scenario', () => {
  const files = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));
  it.each(files)('%s parses and describes itself', (file) => {
    const parsed = loadScenario(`scenarios/${file}`).scenario;
    expect(parseScenario(JSON.stringify(describeScenario(parsed))).scenario).toEqual(parsed);
  });
});
