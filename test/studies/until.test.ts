/** Runs until a precision: the same numbers as a plain run, bounds, and what is said of them. */
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/result/schema.js';
import { resultSchema } from '../../src/result/schema.js';
import { parsePrecision } from '../../src/scenario/precision.js';
import { simulate } from '../../src/studies/simulate.js';
import { simulateUntil, type UntilOptions } from '../../src/studies/until.js';
import { parse } from '../scenario/helpers.js';

const scenario = parse(`designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mpo: { pinned: mpo, unpinned: mpo }, mtp: { pinned: mtp, unpinned: mtp } }
comparisons: [[mpo, mtp]]
seed: until`);

function until(texts: readonly string[], options: Partial<UntilOptions> = {}): Promise<Result> {
  return simulateUntil(scenario, {
    targets: texts.map(parsePrecision),
    maxMatings: 1e9,
    workers: 0,
    ...options,
  });
}

const withoutHost = ({ host, precision, ...rest }: Result) => rest;

describe('a run until p97 is known well enough', () => {
  const target = 'p97 ± 0.004 dB';

  it('is the plain run of as many matings, bit for bit', async () => {
    const result = await until([target]);
    const { matings, precision } = result;
    const plain = await simulate({ ...scenario, matings }, { workers: 0 });
    expect(withoutHost(result)).toEqual(withoutHost(plain));
    expect(plain.precision).toBeUndefined();
    expect(precision?.endedBy).toBe('precision');
    expect(precision?.stages[0]).toBe(10_000);
    expect(precision?.stages.at(-1)).toBe(matings);
    expect(resultSchema.parse(result)).toEqual(result);
  });

  it('has intervals that are narrow enough, and not much narrower than need be', async () => {
    const { pairs, precision } = await until([target]);
    const halves = pairs.map(({ il }) => ((il.p97.high as number) - (il.p97.low as number)) / 2);
    expect(precision?.targets.map(({ name }) => name)).toEqual(['mpo', 'mtp']);
    precision?.targets.forEach(({ halfWidth, wanted, value, isReached }, i) => {
      expect(isReached).toBe(true);
      expect(wanted).toBe(0.004);
      expect(halfWidth).toBeCloseTo(halves[i]!, 12);
      expect(value).toBe(pairs[i]!.il.p97.value);
    });
    expect(Math.max(...halves)).toBeLessThanOrEqual(0.004);
    expect(Math.max(...halves)).toBeGreaterThan(0.003);
  });

  it('is the same on any number of workers', async () => {
    const [one, two] = [await until([target]), await until([target], { workers: 2 })];
    expect({ ...one, host: null }).toEqual({ ...two, host: null });
  });
});

describe('targets', () => {
  it('may be of one pair, a difference, a share, and at another level', async () => {
    const texts = [
      'mtp: mean ± 0.002 dB',
      'mpo, mtp: mean ± 0.002 dB',
      'yield(0.25 dB) ± 1 % at 99 %',
    ];
    const { matings, pairs, comparisons, precision } = await until(texts);
    expect(matings).toBe(10_000);
    const [mean, difference, ...yields] = precision!.targets;
    expect(mean).toMatchObject({ name: 'mtp', value: pairs[1]!.il.mean.value });
    const { low, high, value } = comparisons[0]!.mean;
    expect(difference).toMatchObject({ name: 'mtp − mpo', value });
    expect(difference!.halfWidth).toBeCloseTo(((high as number) - (low as number)) / 2, 12);
    yields.forEach(({ halfWidth }, i) => {
      const { fibre } = pairs[i]!.yields.find(({ limitDb }) => limitDb === 0.25)!;
      const half = ((fibre.high as number) - (fibre.low as number)) / 2;
      // 2.5758 and 1.9600 standard errors
      expect(halfWidth! / half).toBeCloseTo(2.575829 / 1.959964, 5);
    });
  });

  it.each([
    ['none: p97 ± 1 dB', /no pair "none"/],
    ['mtp, mpo: p97 ± 1 dB', /no such comparison/],
    ['mpo, mtp: p999 ± 1 dB', /not known of a difference/],
    ['returnLoss.p3 ± 1 dB', /no returnLoss in this scenario/],
    ['worstReturnLoss.p3 ± 1 dB', /no worstReturnLoss in this scenario/],
    ['largestChange.p97 ± 1 dB', /no largestChange in this scenario/],
    ['yield(0.3 dB) ± 1 %', /this yield is not reported/],
  ])('%s is refused', async (text, reason) => {
    await expect(until([text])).rejects.toThrow(reason);
  });

  it('are refused for a lot', async () => {
    const lot = parse(`designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }
experiment: { type: lot, pinned: 5, unpinned: 5 }`);
    const targets = [parsePrecision('p97 ± 1 dB')];
    await expect(simulateUntil(lot, { targets, maxMatings: 1e6 })).rejects.toThrow(/of a lot/);
  });
});

describe('a bound', () => {
  it('on matings ends the run at it', async () => {
    const { matings, precision } = await until(['p97 ± 1e-6 dB'], { maxMatings: 30_000 });
    expect(matings).toBe(30_000);
    expect(precision).toMatchObject({ endedBy: 'matings', stages: [10_000, 30_000] });
    expect(precision?.targets.some(({ isReached }) => isReached)).toBe(false);
  });

  it('on matings below the first stage is the only stage', async () => {
    const { precision } = await until(['p97 ± 1e-6 dB'], { maxMatings: 500 });
    expect(precision).toMatchObject({ endedBy: 'matings', stages: [500] });
  });

  it('on time ends it after the stage that is done', async () => {
    const { precision, matings } = await until(['p97 ± 1e-6 dB'], { maxSeconds: 1e-6 });
    expect(precision).toMatchObject({ endedBy: 'time', stages: [10_000] });
    expect(matings).toBe(10_000);
  });

  it('that too few matings leave no interval is no precision', async () => {
    const { precision } = await until(['p97 ± 9 dB'], { maxMatings: 20 });
    expect(precision?.targets[0]).toMatchObject({ halfWidth: null, isReached: false });
  });
});

describe('channels', () => {
  const link = parse(`designs: { elite: { extends: mtp-elite } }
pairs: { elite: { pinned: elite, unpinned: elite } }
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [elite], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }, { transmit: 5, receive: 5 }] }
seed: until`);
  const untilOf = (texts: readonly string[]) =>
    simulateUntil(link, { targets: texts.map(parsePrecision), maxMatings: 10_000, workers: 0 });

  it('may be what a run goes on for', async () => {
    const result = await untilOf([
      'lane.p97 ± 0.05 dB',
      'link: worstLane.mean ± 0.05 dB',
      'budget ± 2 %',
    ]);
    const [channel] = result.channels;
    expect(result.precision?.targets.map(({ name, value }) => [name, value])).toEqual([
      ['link', channel?.loss.all.p97.value],
      ['link', channel?.loss.worst.mean.value],
      ['link', channel?.budget?.met.value],
    ]);
    expect(result.precision?.endedBy).toBe('precision');
  });

  it.each([
    ['nolink: budget ± 1 %', 'no channel "nolink"'],
    ['link, link: budget ± 1 %', 'no channel "link, link"'],
    ['connectorBudget ± 1 %', 'channel "link" has no connectorBudget'],
  ])('%s is refused', async (text, message) => {
    await expect(untilOf([text])).rejects.toThrow(message);
  });

  it('are asked for in vain where there are none', async () => {
    await expect(until(['budget ± 1 %'])).rejects.toThrow('no channels in this scenario');
  });
});
