/** Scenarios made in code, for tests that are not about reading files. */
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { FibreCount } from '../../src/scenario/layout.js';
import type {
  Contribution,
  Design,
  Distribution,
  MatingConditions,
  Scenario,
} from '../../src/scenario/types.js';

/** Parameters as test/reference/distributions.json names them; its `about` explains them. */
export interface Parameters {
  fibres: number;
  hole_d: number;
  hole_sd: number;
  pin_d: number;
  pin_sd: number;
  pin_minor_less?: number;
  pitch_sd: number;
  seat: number;
  force: number;
  force_sd: number;
  side: number;
  transmit: number;
  apc: number;
  mu: number;
  k_slip: number;
  k_pin: number;
  bias_sd: number;
  pos_sd: number;
  bore_clear: number;
  ecc_sd: number;
  ecc_max: number;
  mfd: number;
  mfd_sd: number;
  height_sd: number;
  face_sd: number;
  rest_sd: number;
  engage: number;
  k_fibre: number;
  K_pin: number;
  K_house: number;
  lam: number;
}

const fixed = (value: number): Distribution => ({ distribution: 'fixed', value });

/** Normal truncated at three sigma; fixed where sigma is 0. */
export function truncated(mean: number, sigma: number): Distribution {
  if (sigma === 0) return fixed(mean);
  const [lower, upper] = [mean - 3 * sigma, mean + 3 * sigma];
  return { distribution: 'normal', mean, sigma, lower, upper };
}

function at(level: Contribution['level'], distribution: Distribution): Contribution[] {
  return [{ ...distribution, level }];
}

export function designFrom(p: Parameters): Design {
  const inputs: Record<DesignInput, Contribution[]> = {
    'guidePins.diameter': at('pin', truncated(p.pin_d, p.pin_sd)),
    'guidePins.minorAxisShorterBy': at('pin', fixed(p.pin_minor_less ?? 0)),
    'guidePins.seatErrorX': at('pin', fixed(0)),
    'guidePins.seatErrorY': at('pin', fixed(0)),
    'guideHoles.diameter': at('hole', truncated(p.hole_d, p.hole_sd)),
    'guideHoles.pitchError': at('plug', truncated(0, p.pitch_sd)),
    'bores.rowBiasX': at('plug', truncated(0, p.bias_sd)),
    'bores.rowBiasY': at('plug', truncated(0, p.bias_sd)),
    'bores.positionErrorX': at('fibre', truncated(0, p.pos_sd)),
    'bores.positionErrorY': at('fibre', truncated(0, p.pos_sd)),
    'bores.diametralClearance': at('fibre', fixed(p.bore_clear)),
    'bores.tiltX': at('fibre', fixed(0)),
    'bores.tiltY': at('fibre', fixed(0)),
    'fibres.coreEccentricity': at(
      'fibre',
      p.ecc_sd > 0 ? { distribution: 'rayleigh', scale: p.ecc_sd, max: p.ecc_max } : fixed(0),
    ),
    'fibres.modeFieldDiameter': at('fibre', truncated(p.mfd, p.mfd_sd)),
    'endFace.fibreHeight': at('fibre', truncated(0, p.height_sd)),
    'endFace.slopeErrorX': at('plug', truncated(0, p.face_sd)),
    'endFace.slopeErrorY': at('plug', truncated(0, p.face_sd)),
    'spring.force': at('mating', truncated(p.force, p.force_sd)),
    'spring.offsetX': at('plug', fixed(0)),
    'spring.offsetY': at('plug', fixed(0)),
    // What a single-mode fibre does not have, and a tip without a layer.
    'fibres.coreDiameter': at('fibre', fixed(0)),
    'fibres.numericalAperture': at('fibre', fixed(0)),
    'endFace.layerIndex': at('fibre', fixed(1.48)),
    'endFace.layerThickness': at('fibre', fixed(0)),
  };
  return {
    name: 'design',
    description: '',
    measured: null,
    gender: 'either',
    fibreCount: p.fibres as FibreCount,
    mode: 'single-mode',
    pinShape: p.pin_minor_less ? 'elliptical' : 'round',
    pinMajorAxis: 'x',
    pinTip: 'round',
    pinClamp: 'clamped',
    polish: p.apc > 0 ? 'APC' : 'PC',
    endFaceAngleRad: (p.apc * Math.PI) / 180,
    mounting: {
      type: p.transmit < 1 ? 'floating' : 'fixed',
      sideLoadTransmission: p.transmit,
      angularStiffness: p.K_house,
    },
    // The defaults of a design; they count from 23 degC and from new parts.
    wear: { rateUm: 0.0004, exponent: 1, tipFactor: 1 },
    thermal: {
      ferruleExpansion: 20e-6,
      pinExpansion: 17.2e-6,
      springCoefficient: -200e-6,
      withdrawalUmPerDegC: 0.001,
    },
    price: null,
    inputs,
    correlations: [],
  };
}

export function matingFrom(p: Parameters): MatingConditions {
  return {
    adapter: 'key-up-to-key-down',
    launch: 'encircled-flux',
    temperatureDegC: 23,
    unpinnedWarmerByDegC: 0,
    earlierMatings: 0,
    debrisProbability: 0,
    wavelengthUm: p.lam,
    glassIndex: 1.4677,
    seatCentring: p.seat,
    frictionCoefficient: p.mu,
    slipStiffnessNPerUm: p.k_slip,
    pinStiffnessNPerUm: p.k_pin,
    pinAngularStiffness: p.K_pin,
    contactStiffnessNPerUm: p.k_fibre,
    engagedLengthUm: p.engage,
    inputs: {
      sideLoad: at('mating', { distribution: 'half-normal', sigma: p.side }),
      sideLoadDirection: at('mating', { distribution: 'uniform', low: 0, high: 2 * Math.PI }),
      restTiltX: at('mating', truncated(0, p.rest_sd)),
      restTiltY: at('mating', truncated(0, p.rest_sd)),
      scatterFloor: at('fibre', truncated(67, 1.5)),
      debrisGap: at('mating', { distribution: 'lognormal', median: 1, sigmaLog: 0.5 }),
    },
    correlations: [],
  };
}

/** A scenario of one pair, the design with itself. */
export function scenarioFrom(p: Parameters, seed: string, matings: number): Scenario {
  return {
    name: 'test',
    description: '',
    seed,
    matings,
    experiment: { type: 'random-mate' },
    returnLoss: false,
    designs: { design: designFrom(p) },
    pairs: [
      {
        name: 'pair',
        pinned: 'design',
        unpinned: 'design',
        mating: matingFrom(p),
        steps: [],
        limits: [],
      },
    ],
    comparisons: [],
    channels: [],
    claims: [],
  };
}

/** MTP Standard by the model page §2, 12 fibres. */
export const MTP: Parameters = {
  fibres: 12,
  hole_d: 699.5,
  hole_sd: 0.15,
  pin_d: 698.8,
  pin_sd: 0.1,
  pitch_sd: 0.4,
  seat: 1,
  force: 10,
  force_sd: 0.4,
  side: 2,
  transmit: 0.15,
  apc: 8,
  mu: 0.12,
  k_slip: 2,
  k_pin: 14,
  bias_sd: 0.12,
  pos_sd: 0.25,
  bore_clear: 0.6,
  ecc_sd: 0.15,
  ecc_max: 0.5,
  mfd: 9.2,
  mfd_sd: 0.13,
  height_sd: 0.06,
  face_sd: (0.04 * Math.PI) / 180,
  rest_sd: (0.03 * Math.PI) / 180,
  engage: 2000,
  k_fibre: 1,
  K_pin: 2e7,
  K_house: 2e5,
  lam: 1.31,
};

/** Perfect flat plugs that fit without play, pressed by 10 N. */
export const PERFECT: Parameters = {
  ...MTP,
  hole_d: 700,
  pin_d: 700,
  hole_sd: 0,
  pin_sd: 0,
  pitch_sd: 0,
  bias_sd: 0,
  pos_sd: 0,
  bore_clear: 0,
  ecc_sd: 0,
  mfd_sd: 0,
  height_sd: 0,
  face_sd: 0,
  rest_sd: 0,
  force_sd: 0,
  side: 0,
  apc: 0,
};
