/** Channels: connectors with parts of their own in a row, against matings recomputed one by one and against closed forms. */
import { describe, expect, it } from 'vitest';
import { ChannelRunner } from '../../src/engine/channel-runner.js';
import { replayMating } from '../../src/engine/replay.js';
import { evaluateMating } from '../../src/model/mating.js';
import { fillGroupTransfer, spotRadius, transferGroups } from '../../src/model/mode-groups.js';
import { createWorkspace, type FibreResults } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { ChannelPlan } from '../../src/plan/types.js';
import { applyDraws } from '../../src/random/draw.js';
import { fillDraws } from '../../src/random/stream.js';
import { simulate } from '../../src/studies/simulate.js';
import { parse } from '../scenario/helpers.js';
import { CORRELATION_LIMIT, correlationScore } from '../support/ks.js';

/** Single-mode PC and multimode plugs; pairs in both adapters; every kind of span. */
const LINKS = `
designs:
  pc: { extends: mtp-standard, endFace: { polish: PC, angle: 0 deg } }
  mm: { extends: mtp-standard-multimode, fibres: { coreDiameter: 50 um, numericalAperture: 0.2 } }
  rough: { extends: mm, bores: { positionErrorX: 0 um ± 9 um at 3 sigma } }
  varied:
    extends: rough
    fibres:
      coreDiameter: 50 um ± 3 um at 3 sigma, truncated
      numericalAperture: 0.2 ± 0.015 at 3 sigma, truncated
pairs:
  down: { pinned: pc, unpinned: pc }
  up: { pinned: pc, unpinned: pc, mating: { adapter: key-up-to-key-up } }
  mm: { pinned: mm, unpinned: mm }
  rough: { pinned: rough, unpinned: mm }
  varied: { pinned: varied, unpinned: varied }
channels:
  three:
    lanes: [{ transmit: 1, receive: 2 }, { transmit: 4, receive: 3 }, { transmit: 12, receive: 11 }]
    spans:
      - { polarity: A, length: 2 km, attenuation: 0.4 dB/km }
      - { polarity: B, length: 500 m, attenuation: 0.5 dB/km }
      - { polarity: C }
      - { polarity: A }
    connectors: [down, up, down]
    budget: 1.6 dB
  two:
    lanes: [{ transmit: 1, receive: 12 }, { transmit: 7, receive: 6 }]
    spans: [{ polarity: A }, { polarity: B }, { polarity: A }]
    connectors: [mm, rough]
  one: { lanes: [{ transmit: 3, receive: 3 }], spans: [{ polarity: A }, { polarity: A }], connectors: [varied] }
matings: 1500
seed: links`;

const scenario = parse(LINKS);
const plan = compilePlan(scenario);
const [three, two, one] = plan.channels as [ChannelPlan, ChannelPlan, ChannelPlan];
const PAIRS = { down: 0, up: 1, mm: 2, rough: 3, varied: 4 } as const;
const MATINGS = [0, 1, 777, 1499, 2 ** 33 + 5];

/** One connector by the draws of a pair itself, read from the streams of a slot of the channel. */
function connector(p: number, slot: number, mating: number): FibreResults {
  const { mechanics, draws, fixedParts } = plan.pairs[p]!;
  const raw = new Uint32Array(plan.raw.length);
  for (const { family, from, length } of plan.raw.streams) {
    fillDraws(plan.key, mating, family, raw, from, length, slot);
  }
  const parts = fixedParts.slice();
  applyDraws(draws, raw, parts);
  const workspace = createWorkspace(mechanics.fibres);
  evaluateMating(mechanics, parts, workspace);
  return workspace.results;
}

describe('a single-mode channel', () => {
  // Worked by hand: A and C as in TIA-568.3, B and key-up-to-key-up mirror the row of 12.
  const pinnedFibres = [
    [1, 12, 2],
    [4, 9, 3],
    [12, 1, 11],
  ];
  const pairs = [PAIRS.down, PAIRS.up, PAIRS.down];

  it('is, mating by mating, the sum of independent matings', () => {
    const runner = new ChannelRunner(plan, three);
    for (const mating of MATINGS) {
      const losses = runner.lossesDb(mating);
      const connectors = pairs.map((p, slot) => connector(p, slot, mating).lossDb);
      pinnedFibres.forEach((fibres, lane) => {
        const sum = fibres.reduce((db, fibre, k) => db + connectors[k]![fibre - 1]!, 0);
        expect(losses[lane]).toBeCloseTo(sum, 12);
      });
      // The first connector is what the pair itself does in this mating, the third another mating of it.
      const { fibres } = replayMating(plan, PAIRS.down, mating);
      expect(fibres[0]!.lossDb).toBe(connectors[0]![0]);
      expect(fibres[0]!.lossDb).not.toBe(connectors[2]![0]);
    }
  });

  it('is counted as it was run', async () => {
    const result = (await simulate(scenario, { workers: 0 })).channels[0]!;
    const runner = new ChannelRunner(plan, three);
    const cablesDb = 0.8 + 0.25;
    const losses = Array.from({ length: 1500 }, (_, mating) =>
      Array.from(runner.lossesDb(mating), (db) => db + cablesDb),
    );
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(result).toMatchObject({
      name: 'three',
      matings: 1500,
      connectors: ['down', 'up', 'down'],
    });
    expect(result.spansDb).toBeCloseTo(cablesDb, 12);
    expect(result.loss.all.mean.value).toBeCloseTo(mean(losses.flat()), 10);
    const worst = losses.map((lanes) => Math.max(...lanes));
    expect(result.loss.worst.mean.value).toBeCloseTo(mean(worst), 10);
    result.lanes.forEach((lane, i) => {
      expect(lane.mean.value).toBeCloseTo(mean(losses.map((lanes) => lanes[i]!)), 10);
      expect(lane.positions.filter((_, k) => k % 2 === 1).slice(0, 3)).toEqual(pinnedFibres[i]);
    });
    const sorted = losses.flat().sort((a, b) => a - b);
    expect(Math.abs(result.loss.all.p97.value - sorted[0.97 * 4500]!)).toBeLessThan(0.002);
    expect(result.budget?.met.value).toBe(worst.filter((db) => db <= 1.6).length / 1500);
    expect(result.connectorBudget).toBeNull();
  });
});

it('cables that lose 20 dB and more shift every quantile, and blur none', async () => {
  const lossWith = async (length: string) => {
    const text = LINKS.replace(
      'length: 2 km, attenuation: 0.4 dB/km',
      `length: ${length}, attenuation: 0.5 dB/km`,
    );
    return (await simulate(parse(text), { workers: 0 })).channels[0]!.loss;
  };
  const [short, long] = [await lossWith('0 m'), await lossWith('50 km')];
  for (const statistic of ['mean', 'p50', 'p97', 'p999'] as const) {
    expect(long.all[statistic].value).toBeCloseTo(short.all[statistic].value + 25, 12);
    expect(long.worst[statistic].value).toBeCloseTo(short.worst[statistic].value + 25, 12);
  }
  expect(long.all.sd.value).toBe(short.all.sd.value);
});

describe('a multimode channel', () => {
  it('of one connector loses what the pair does', () => {
    const runner = new ChannelRunner(plan, one);
    for (let mating = 0; mating < 500; mating++) {
      const pair = replayMating(plan, PAIRS.varied, mating).fibres[2]!.lossDb;
      expect(Math.abs(runner.lossesDb(mating)[0]! - pair)).toBeLessThan(1e-5);
    }
  });

  it('of two loses what T2·T1·p says, not the sum of their decibels', () => {
    const launch = two.groups!.launch;
    const spotUm = spotRadius(25, 0.2, 0.85);
    const runner = new ChannelRunner(plan, two);
    let saved = 0;
    let added = 0;
    const lanes = [
      [1, 12],
      [7, 6],
    ] as const;
    for (let mating = 0; mating < 200; mating++) {
      const losses = runner.lossesDb(mating);
      const connectors = [connector(PAIRS.mm, 0, mating), connector(PAIRS.rough, 1, mating)];
      lanes.forEach((fibres, lane) => {
        let light = launch;
        let gaps = 0;
        let sumDb = 0;
        fibres.forEach((fibre, k) => {
          const r = connectors[k]!;
          const i = fibre - 1;
          const offset = Math.hypot(r.offsetXUm[i]!, r.offsetYUm[i]!) / spotUm;
          const tilt = (Math.hypot(r.tiltXRad[i]!, r.tiltYRad[i]!) * Math.PI * spotUm) / 0.85;
          const matrix = new Float64Array(18 * 18);
          fillGroupTransfer(offset ** 2 + tilt ** 2, 18, 18, matrix);
          const behind = new Float64Array(18);
          transferGroups(matrix, light, behind);
          light = behind;
          gaps += r.gapNepers[i]!;
          sumDb += r.lossDb[i]!;
        });
        const received = light.reduce((sum, power) => sum + power, 0);
        const db = (10 / Math.LN10) * (gaps - Math.log(received));
        expect(Math.abs(losses[lane]! - db)).toBeLessThan(1e-5);
        saved = Math.max(saved, sumDb - db);
        added = Math.max(added, db - sumDb);
      });
    }
    // What the first connector stripped off does not reach the second; what it moved outwards is lost there.
    expect(saved).toBeGreaterThan(0.01);
    expect(added).toBeGreaterThan(0.01);
  });
});

/** One connector of a channel on its own, still with its own streams. */
const alone = (channel: ChannelPlan, k: number): ChannelPlan => ({
  ...channel,
  pairs: [channel.pairs[k]!],
  fibres: [channel.fibres[k]!],
  spansDb: 0,
});
/** Wrong: all connectors read the streams of the first one. */
const sharing = (channel: ChannelPlan): ChannelPlan => ({
  ...channel,
  raw: { ...channel.raw, streams: channel.raw.streams.map((stream) => ({ ...stream, slot: 0 })) },
});

describe('connectors', () => {
  const count = 12_000;
  const link = parse(`
designs: { a: { extends: mtp-standard } }
pairs: { p: { pinned: a, unpinned: a } }
channels:
  c:
    lanes: [{ transmit: 1, receive: 1 }, { transmit: 2, receive: 2 }]
    spans: [{ polarity: A }, { polarity: A }, { polarity: A }]
    connectors: [p, p]
seed: independent`);
  const linkPlan = compilePlan(link);
  const channel = linkPlan.channels[0]!;

  /** Roots of the losses of both lanes, which have shorter tails than the losses. */
  function lanesOf(of: ChannelPlan): [Float64Array, Float64Array] {
    const runner = new ChannelRunner(linkPlan, of);
    const lanes = [new Float64Array(count), new Float64Array(count)] as const;
    for (let mating = 0; mating < count; mating++) {
      runner.lossesDb(mating).forEach((db, lane) => {
        lanes[lane]![mating] = Math.sqrt(db);
      });
    }
    return [...lanes];
  }
  const first = lanesOf(alone(channel, 0));
  const second = lanesOf(alone(channel, 1));

  /** Correlation and its variance by the delta method. */
  function correlation([x, y]: readonly [Float64Array, Float64Array]) {
    const scores = [x, y].map((values) => {
      const mean = values.reduce((a, b) => a + b, 0) / count;
      const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / count);
      return values.map((value) => (value - mean) / sd);
    });
    const [u, v] = scores as [Float64Array, Float64Array];
    const r = u.reduce((sum, a, i) => sum + a * v[i]!, 0) / count;
    const influence = u.map((a, i) => a * v[i]! - 0.5 * r * (a * a + v[i]! ** 2));
    return { r, variance: influence.reduce((sum, f) => sum + f * f, 0) / count ** 2 };
  }

  it('keep the lanes of each correlated, as the fibres of the pair are', () => {
    for (let mating = 0; mating < 20; mating++) {
      const { fibres } = replayMating(linkPlan, 0, mating);
      expect(first.map((lane) => lane[mating])).toEqual(
        fibres.slice(0, 2).map(({ lossDb }) => Math.sqrt(lossDb)),
      );
    }
    const [own, other] = [correlation(first), correlation(second)];
    // False alarms: 5.7e-7, the difference of two means of 12,000 terms being nearly normal.
    const deviation = (own.r - other.r) / Math.sqrt(own.variance + other.variance);
    expect(Math.abs(deviation)).toBeLessThan(5);
    for (const { r } of [own, other])
      expect(r * Math.sqrt(count)).toBeGreaterThan(CORRELATION_LIMIT);
  });

  it('are independent of each other; sharing their draws would be noticed', () => {
    // False alarms: 1e-6 each.
    for (const lane of first) {
      for (const other of second) {
        expect(Math.abs(correlationScore(lane, other))).toBeLessThan(CORRELATION_LIMIT);
      }
    }
    const wrong = lanesOf(alone(sharing(channel), 1));
    for (const lane of first) {
      for (const other of wrong)
        expect(correlationScore(lane, other)).toBeGreaterThan(CORRELATION_LIMIT);
    }
  });
});

it('the same bits in this thread and on workers', async () => {
  const short = { ...scenario, matings: 320 };
  const bytes = async (workers: number) => {
    const { pairs, channels } = await simulate(short, { workers });
    return JSON.stringify([pairs, channels]);
  };
  const inProcess = await bytes(0);
  expect(await bytes(1)).toBe(inProcess);
  expect(await bytes(2)).toBe(inProcess);
  const reference = await simulate(short, { workers: 0, engine: 'reference' });
  expect(JSON.stringify([reference.pairs, reference.channels])).toBe(inProcess);
});
