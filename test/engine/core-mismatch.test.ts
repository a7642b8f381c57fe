/** Multimode fibres of unequal cores, from scenario to loss, against textbook formulas and independent figures. */
import { describe, expect, it } from 'vitest';
import { replayMating } from '../../src/engine/replay.js';
import { compilePlan } from '../../src/plan/compile.js';
import { parseScenario } from '../../src/scenario/index.js';
import { PERFECT_MULTIMODE, perfectPlug, STILL } from '../model/plans.js';

const OM4 = { coreDiameter: '50 um', numericalAperture: 0.2 };
const OM1 = { coreDiameter: '62.5 um', numericalAperture: 0.275 };
type Cores = Readonly<Record<string, string | number>>;

function planOf(pinned: Cores, unpinned: Cores, mating: object, offset = '0 um') {
  const plug = (fibres: Cores, bores: object) =>
    perfectPlug({ fibres, bores: bores as Record<string, string> }, PERFECT_MULTIMODE);
  const text = JSON.stringify({
    designs: { a: plug(pinned, {}), b: plug(unpinned, { rowBiasX: offset }) },
    pairs: { pair: { pinned: 'a', unpinned: 'b', mating: { ...STILL, ...mating } } },
  });
  return compilePlan(parseScenario(text, { allowImplausible: true }).scenario);
}

function lossDb(...args: Parameters<typeof planOf>): number {
  return replayMating(planOf(...args), 0, 0).fibres[0]!.lossDb;
}

describe('in line', () => {
  it('an overfilled 62.5 um fibre loses into a 50 um one what the areas and apertures say', () => {
    const loss = lossDb(OM1, OM4, { launch: 'overfilled' });
    // (50·0.2)²/(62.5·0.275)² of the power; groups are whole, so that it is met to a few per cent
    expect(Math.abs(loss - -10 * Math.log10((10 / 17.1875) ** 2))).toBeLessThan(0.15);
    // exactly: 31 groups, cut at 31·10/17.1875 = 18.04, between 18·19/(31·32) and 19·20/(31·32)
    const [low, high] = [(18 * 19) / (31 * 32), (19 * 20) / (31 * 32)].map(
      (x) => -10 * Math.log10(x),
    );
    const f = (31 * 10) / 17.1875 - 18;
    expect(loss).toBeCloseTo((1 - f) * low! + f * high!, 6);
  });

  it('the other way nothing is lost', () => {
    expect(lossDb(OM4, OM1, { launch: 'overfilled' })).toBe(0);
    expect(lossDb(OM4, OM1, {})).toBe(0);
  });
});

it('62.5 um fibres at 1300 nm, overfilled, 3 um apart lose what overlap integrals of their modes give', () => {
  // Displaced Hermite functions by Gauss-Hermite quadrature of 160 points, in Python: 20 groups, 0.3621912719540761 dB.
  const mating = { launch: 'overfilled', wavelength: '1300 nm' };
  expect(lossDb(OM1, OM1, mating, '3 um')).toBeCloseTo(0.3621912719540761, 5);
});

describe('a receiver far smaller than its tolerance would have it', () => {
  it('is cut where it is, not at the end of a table', () => {
    // M = 18, cut 18·(30·0.2)/(50·0.2) = 10.8
    const loss = lossDb(
      OM4,
      { coreDiameter: '30 um', numericalAperture: 0.14 },
      { launch: 'overfilled' },
    );
    const cut = (18 * 30 * 0.14) / 10;
    const share = (c: number) => -10 * Math.log10((c * (c + 1)) / (18 * 19));
    const f = cut - Math.floor(cut);
    expect(loss).toBeCloseTo((1 - f) * share(Math.floor(cut)) + f * share(Math.ceil(cut)), 6);
  });

  it('is refused where its share of the launch has no decibels', () => {
    const launch = [...Array(17).fill(0), 1];
    const varied = { coreDiameter: '50 um ± 2 um at 3 sigma', numericalAperture: 0.2 };
    expect(() => planOf(varied, varied, { launch })).toThrow(
      'launch: usual receivers would guide less than 1 % of it',
    );
    expect(lossDb(OM4, OM4, { launch })).toBe(0);
  });
});
