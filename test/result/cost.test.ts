/** What a passing fibre costs: price over passing fibres, and where no such figure is given. */
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { summaryLines } from '../../src/cli/summary.js';
import { costTable } from '../../src/cli/summary-parts.js';
import { costOf } from '../../src/result/cost.js';
import type { Result } from '../../src/result/schema.js';
import type { Price } from '../../src/scenario/types.js';
import { simulate } from '../../src/studies/simulate.js';
import { parse, problemsOf, scenarioText, single, told } from '../scenario/helpers.js';
import { designFrom, MTP } from '../support/scenarios.js';

type Yields = Result['pairs'][number]['yields'];

const estimate = (value: number) => ({ value, low: value / 2, high: value });
const yieldsOf = (...shares: number[]): Yields =>
  shares.map((share, i) => ({
    limitDb: i,
    fibre: estimate(share),
    mating: estimate(0.25 * share),
  }));
const price = (low: number, high = low, currency = 'USD'): Price => ({ low, high, currency });
const plug = (its: Price | null, fibres = 12) => ({
  ...designFrom({ ...MTP, fibres }),
  price: its,
});

/** Cost at the first limit. */
const costAt = (share: number, a: Price | null, b = a, fibres = 12) =>
  costOf(plug(a, fibres), plug(b, fibres), yieldsOf(share))?.limits[0]?.perPassingChannel;

describe('the cost of a passing fibre', () => {
  it('is the price of the assembly over its fibres that pass, at every limit', () => {
    const cost = costOf(plug(price(30, 60)), plug(price(30, 60)), yieldsOf(1, 0.5, 0.25));
    expect(cost).toEqual({
      currency: 'USD',
      assembly: { low: 30, high: 60 },
      limits: [
        { limitDb: 0, perPassingChannel: { low: 2.5, high: 5 } },
        { limitDb: 1, perPassingChannel: { low: 5, high: 10 } },
        { limitDb: 2, perPassingChannel: { low: 10, high: 20 } },
      ],
    });
    // Of the fibres of the assembly, not of matings that pass with all of them, which are fewer.
    expect(costAt(0.75, price(45), price(45), 24)).toEqual({ low: 2.5, high: 2.5 });
  });

  it('takes the mean of the prices of two designs', () => {
    expect(costAt(1, price(12, 24), price(36, 72))).toEqual({ low: 2, high: 4 });
    expect(costAt(1, price(36, 72), price(12, 24))).toEqual({ low: 2, high: 4 });
  });

  it('has no value where no fibre passes', () => {
    expect(costAt(0, price(30, 60))).toEqual({ low: null, high: null });
    expect(costAt(0, price(0))).toEqual({ low: null, high: null });
    expect(costAt(0.5, price(0))).toEqual({ low: 0, high: 0 });
  });

  it('is not known without both prices in one currency', () => {
    const usd = price(30);
    expect(costOf(plug(null), plug(null), yieldsOf(1))).toBeNull();
    expect(costOf(plug(usd), plug(null), yieldsOf(1))).toBeNull();
    expect(costOf(plug(null), plug(usd), yieldsOf(1))).toBeNull();
    expect(costOf(plug(usd), plug(price(30, 30, 'EUR')), yieldsOf(1))).toBeNull();
  });
});

describe('prices of a scenario', () => {
  const DESIGNS = `
designs:
  cheap: { extends: generic-mpo, price: 20 to 30 USD }
  dear: { extends: mtp-elite, price: 60 USD }
  free: { extends: mtp-elite }
pairs:
  cheap: { pinned: cheap, unpinned: cheap }
  mixed: { pinned: cheap, unpinned: dear }
  free: { pinned: free, unpinned: free }
limits: [yield(0.000001 dB) >= 0 %]
comparisons: []
matings: 300`;

  it('come back as costs in the result and the summary', async () => {
    const result = await simulate(parse(DESIGNS), { workers: 0 });
    const [cheap, mixed, ...others] = result.pairs.map(({ cost, yields }) => ({ cost, yields }));
    expect(others.map(({ cost }) => cost)).toEqual([null]);
    expect(cheap!.cost).toMatchObject({ currency: 'USD', assembly: { low: 20, high: 30 } });
    expect(mixed!.cost).toMatchObject({ currency: 'USD', assembly: { low: 40, high: 45 } });
    for (const { cost, yields } of [cheap!, mixed!]) {
      expect(cost!.limits.map(({ limitDb }) => limitDb)).toEqual(yields.map((at) => at.limitDb));
      cost!.limits.forEach(({ perPassingChannel }, i) => {
        const passing = 12 * yields[i]!.fibre.value;
        if (passing === 0) expect(perPassingChannel).toEqual({ low: null, high: null });
        else expect(perPassingChannel.low! * passing).toBeCloseTo(cost!.assembly.low, 10);
      });
    }
    const lines = costTable(result.pairs);
    expect(lines).toEqual(
      expect.arrayContaining(
        summaryLines(result, pc.createColors(false)).filter((line) => / USD /.test(line)),
      ),
    );
    expect(lines[2]).toMatch(/^cheap +20\.00 to 30\.00 USD +≤ 0\.000001 dB +none passes$/);
    expect(lines[3]).toMatch(/^ +≤ 0\.\d+ dB +\d+\.\d\d to \d+\.\d\d$/);
    const each = cheap!.yields.length;
    expect(lines[2 + each]).toMatch(/^mixed +40\.00 to 45\.00 USD /);
    expect(lines).toHaveLength(2 + 2 * each);
  });

  it('in two currencies cannot be added', () => {
    const text = `designs:
  a: { extends: mtp-elite, price: 60 USD }
  b: { extends: mtp-elite, price: 60.5 EUR }
pairs:
  abroad: { pinned: a, unpinned: b }`;
    expect(single(problemsOf(text))).toMatchObject({
      line: 5,
      column: 3,
      message: 'pair "abroad": prices in different currencies',
      found: 'USD and EUR',
    });
  });

  it('make a link cost what its cables cost, over the probability that it keeps its budget', async () => {
    const span = '{ polarity: A }';
    const link = (budget: string) => `
designs:
  a: { extends: mtp-standard, price: 20 to 30 USD }
  b: { extends: mtp-elite, price: 60 USD }
pairs: { aa: { pinned: a, unpinned: a }, ab: { pinned: a, unpinned: b } }
channels:
  c:
    lanes: [{ transmit: 1, receive: 1 }]
    spans: [${span}, ${span}, ${span}]
    connectors: [aa, ab]
    ${budget}
matings: 400`;
    const costOfLink = async (budget: string) =>
      (await simulate(parse(link(budget)), { workers: 0 })).channels[0]!;
    const { cost, budget } = await costOfLink('budget: 0.2 dB');
    // cables: a to a, a to a, b to b
    expect(cost).toMatchObject({ currency: 'USD', assemblies: { low: 100, high: 120 } });
    const met = budget!.met.value;
    expect(met).toBeGreaterThan(0.2);
    expect(met).toBeLessThan(0.95);
    expect(cost!.perPassingChannel.low).toBeCloseTo(100 / met, 10);
    expect(cost!.perPassingChannel.high).toBeCloseTo(120 / met, 10);
    expect((await costOfLink('budget: 0 dB')).cost!.perPassingChannel.low).toBeNull();
    expect((await costOfLink('connectorBudget: 1 dB')).cost).toBeNull();
  });

  it.each([
    ['35', /without a unit.*a price such as 35/],
    ['35 usd', /price such as 35 USD/],
    ['-1 USD', /price such as 35 USD/],
    ['60 to 35 USD', /runs backwards.*35 to 60 USD/],
  ])('are refused as %s', (text, message) => {
    expect(told(single(problemsOf(scenarioText(`price: ${text}`))))).toMatch(message);
  });
});
