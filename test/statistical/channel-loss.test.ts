/**
 * Channels whose loss is known in closed form: isotropic Gaussian offsets alone make the loss of a connector exponential
 * (see closed-form.test.ts), so that of N independent ones follows a Gamma law of shape N.
 */
import { describe, expect, it } from 'vitest';
import { runChannels } from '../../src/engine/channel-runner.js';
import { compilePlan } from '../../src/plan/compile.js';
import { compileLaw } from '../../src/plan/laws.js';
import type { ChannelPlan, Plan } from '../../src/plan/types.js';
import { LAW } from '../../src/random/draw.js';
import { ChannelTotal } from '../../src/statistics/channel.js';
import { summariseSpread } from '../../src/statistics/spread-summary.js';
import { QUANTILES } from '../../src/statistics/summary.js';
import { simulate } from '../../src/studies/simulate.js';
import { parse } from '../scenario/helpers.js';

/** Relative offset of the two cores along one axis; half its variance in each plug. */
const SIGMA_UM = 0.494;
/** Loss of one connector: 4.343·2σ²/w² with w = 4.6 µm, 0.1002 dB. */
const MEAN_DB = ((10 / Math.LN10) * 2 * SIGMA_UM ** 2) / 4.6 ** 2;
const CONNECTORS = 4;
const FIBRES = 12;
const MATINGS = 10_000;
/** Cables: 500 m of 0.4 dB/km. */
const SPANS_DB = 0.2;
/** Loss that the connectors may have, and that the channel may have. */
const CONNECTOR_BUDGET_DB = 0.85;
const BUDGET_DB = 0.95;

const error = `{ distribution: normal, mean: 0 um, sigma: ${SIGMA_UM / Math.SQRT2} um }`;
const rest = `
    spans:
      - { polarity: A, length: 500 m, attenuation: 0.4 dB/km }
      - { polarity: A }
      - { polarity: A }
      - { polarity: A }
      - { polarity: A }
    connectors: [p, p, p, p]
    budget: ${BUDGET_DB} dB
    connectorBudget: ${CONNECTOR_BUDGET_DB} dB`;
const lanes = Array.from(
  { length: FIBRES },
  (_, i) => `{ transmit: ${i + 1}, receive: ${i + 1} }`,
).join(', ');

/** Flat plugs that fit without play and whose bores alone are off. */
const scenario = parse(`
designs:
  flat:
    fibres: { count: 12, modeFieldDiameter: 9.2 um }
    bores: { positionErrorX: ${error}, positionErrorY: ${error} }
    guidePins: { diameter: 700 um }
    guideHoles: { diameter: 700 um }
    endFace: { polish: PC }
    mounting: { type: floating }
pairs: { p: { pinned: flat, unpinned: flat } }
mating: { sideLoad: 0 N, restTiltX: 0 deg, restTiltY: 0 deg }
channels:
  all:
    lanes: [${lanes}]${rest}
  single:
    lanes: [{ transmit: 5, receive: 5 }]${rest}
matings: ${MATINGS}
seed: gamma`);

/** Distribution function of the sum of the connectors' losses: 1 − e^(−x)·Σ x^k/k!, x = loss/mean, k < 4. */
function gammaCdf(lossDb: number): number {
  const x = lossDb / MEAN_DB;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < CONNECTORS; k++) {
    term *= x / k;
    sum += term;
  }
  return 1 - Math.exp(-x) * sum;
}

/** Density of the same: x³·e^(−x)/6 a mean loss. */
function gammaDensity(lossDb: number): number {
  const x = lossDb / MEAN_DB;
  return (x ** (CONNECTORS - 1) * Math.exp(-x)) / 6 / MEAN_DB;
}

function gammaQuantile(p: number): number {
  let [low, high] = [0, 40 * MEAN_DB];
  for (let i = 0; i < 80; i++) {
    const middle = 0.5 * (low + high);
    if (gammaCdf(middle) < p) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

interface Figures {
  readonly mean: number;
  readonly sd: number;
  readonly p50: number;
  readonly p97: number;
  readonly p99: number;
}

/** Deviations in standard errors of theory; |z| < 5 has a false-alarm rate of 6e-7 each. All lanes are independent here. */
function zScores(figures: Figures, matings = MATINGS): Record<keyof Figures, number> {
  const n = matings * FIBRES;
  const sd = Math.sqrt(CONNECTORS) * MEAN_DB;
  const quantile = (value: number, p: number) => {
    const known = SPANS_DB + gammaQuantile(p);
    return (value - known) / (Math.sqrt((p * (1 - p)) / n) / gammaDensity(known - SPANS_DB));
  };
  return {
    mean: (figures.mean - SPANS_DB - CONNECTORS * MEAN_DB) / (sd / Math.sqrt(n)),
    // The kurtosis of Gamma(N) is 3 + 6/N.
    sd: (figures.sd - sd) / (sd * Math.sqrt((2 + 6 / CONNECTORS) / (4 * n))),
    p50: quantile(figures.p50, 0.5),
    p97: quantile(figures.p97, 0.97),
    p99: quantile(figures.p99, 0.99),
  };
}

/**
 * n·KL of an observed share against the true one. It exceeds ln(2e6) = 14.5 with a probability of 1e-6 at most, at any n
 * (Chernoff 1952).
 */
function surprise(share: number, p: number, n = MATINGS): number {
  const part = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  return n * (part(share, p) + part(1 - share, 1 - p));
}
const MOST_SURPRISE = Math.log(2e6);

describe('four connectors of independent Gaussian offsets', async () => {
  const result = await simulate(scenario, { workers: 0 });
  const [all, single] = result.channels;
  const values = (loss: Record<keyof Figures, { value: number }>): Figures => ({
    mean: loss.mean.value,
    sd: loss.sd.value,
    p50: loss.p50.value,
    p97: loss.p97.value,
    p99: loss.p99.value,
  });

  it('the law itself: mean 0.40 dB, 97 % 0.85 dB', () => {
    expect(CONNECTORS * MEAN_DB).toBeCloseTo(0.4, 2);
    expect(gammaQuantile(0.97)).toBeCloseTo(0.85, 2);
    expect(gammaCdf(gammaQuantile(0.97))).toBeCloseTo(0.97, 12);
  });

  it('lose what the Gamma law says, over the loss of the cables', () => {
    expect(all!.spansDb).toBeCloseTo(SPANS_DB, 12);
    for (const [name, z] of Object.entries(zScores(values(all!.loss.all)))) {
      expect(Math.abs(z), name).toBeLessThan(5);
    }
  });

  it('keep their budgets as often as it says, with the interval of Wilson', () => {
    const own = gammaCdf(CONNECTOR_BUDGET_DB);
    const whole = gammaCdf(BUDGET_DB - SPANS_DB);
    for (const [share, p] of [
      [single!.connectorBudget, own],
      [single!.budget, whole],
      [all!.connectorBudget, own ** FIBRES],
      [all!.budget, whole ** FIBRES],
    ] as const) {
      const { value, low, high } = share!.met;
      expect(surprise(value, p), `${value} for ${p}`).toBeLessThan(MOST_SURPRISE);
      // Wilson 1927: the shares p whose z-score of the observed one is within ±1.96.
      for (const end of [low!, high!]) {
        const z = (value - end) / Math.sqrt((end * (1 - end)) / MATINGS);
        expect(Math.abs(z)).toBeCloseTo(1.959964, 5);
      }
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect([single!.budget?.limitDb, single!.connectorBudget?.limitDb]).toEqual([0.95, 0.85]);
  });

  /** Figures of the first channel of a plan that was made wrong, and how often its connectors keep their budget. */
  function wrong(alter: (channel: ChannelPlan) => ChannelPlan) {
    const plan = compilePlan(scenario);
    const altered: Plan = { ...plan, channels: [alter(plan.channels[0]!)] };
    const total = new ChannelTotal(FIBRES);
    const matings = 4000;
    total.add(runChannels(altered, 0, matings)[0]!);
    const { sd, ...places } = values(summariseSpread(total.losses, QUANTILES).all);
    // what is counted leaves out the cables
    const shifted = Object.entries(places).map(([name, db]) => [name, db + SPANS_DB]);
    const z = zScores({ sd, ...Object.fromEntries(shifted) } as Figures, matings);
    const own = gammaCdf(CONNECTOR_BUDGET_DB) ** FIBRES;
    return { z, surprise: surprise(total.connectorPasses / matings, own, matings) };
  }

  it('connectors that share their draws would be noticed', () => {
    const { z, surprise: budget } = wrong((channel) => {
      const streams = channel.raw.streams.map((stream) => ({ ...stream, slot: 0 }));
      return { ...channel, raw: { ...channel.raw, streams } };
    });
    // Four times the same loss has the right mean; nothing else is right.
    expect(Math.abs(z.mean)).toBeLessThan(10);
    for (const score of [z.sd, z.p97, z.p99]) expect(score).toBeGreaterThan(5);
    expect(budget).toBeGreaterThan(MOST_SURPRISE);
  });

  it('offsets truncated at three sigma would be noticed', () => {
    const law = compileLaw({ distribution: 'normal', mean: 0, sigma: 1, lower: -3, upper: 3 });
    if ('fixed' in law) throw new Error('not a table');
    const { z } = wrong((channel) => ({
      ...channel,
      pairs: channel.pairs.map((pair) => ({
        ...pair,
        draws: pair.draws.map((draw) =>
          draw.law === LAW.quantileTable ? { ...draw, quantiles: law.quantiles } : draw,
        ),
      })),
    }));
    expect(z.mean).toBeLessThan(-5);
    expect(z.sd).toBeLessThan(-5);
  });
});
