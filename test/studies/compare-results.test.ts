/** Two results after the fact: what differs, and how often chance alone is taken for a difference. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/result/schema.js';
import { type ComparedResults, compareResults } from '../../src/studies/compare-results.js';
import { simulate } from '../../src/studies/simulate.js';
import { parse } from '../scenario/helpers.js';

const text = (
  force: string,
  more = '',
) => `designs: { mtp: { extends: mtp-standard, spring: { force: ${force} } } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }
${more}`;
const run = (scenario: string, seed: string, matings = 2000): Promise<Result> =>
  simulate({ ...parse(scenario), seed, matings }, { workers: 0 });

describe('results of one scenario', () => {
  it('of one seed are the same run, and any difference is one of the program', async () => {
    const result = await run(text('10 N'), 'a');
    const same = compareResults(result, structuredClone(result));
    expect(same).toMatchObject({ verdict: 'alike', isSameRun: true, changes: [], onlyInOne: [] });
    const other = structuredClone(result);
    other.pairs[0]!.il.p97.value += 1e-9;
    const { verdict, figures } = compareResults(result, other);
    expect(verdict).toBe('differ');
    expect(figures.filter((figure) => figure.verdict === 'differ').map((f) => f.statistic)).toEqual(
      ['p97'],
    );
  });

  it('of 100 pairs of seeds differ as seldom as they should', async () => {
    let differing = 0;
    for (let k = 0; k < 100; k++) {
      const [a, b] = [await run(text('10 N'), `a${k}`), await run(text('10 N'), `b${k}`)];
      if (compareResults(a, b).verdict === 'differ') differing += 1;
    }
    // At most 5 % each: 20 and more have a probability below 1e-6. Judged one by one at 95 %, some of 11 figures would
    // differ in every third or so.
    expect(differing).toBeLessThan(20);
  });
});

describe('results of two scenarios', () => {
  let first: Result;
  let second: Result;
  let compared: ComparedResults;
  beforeAll(async () => {
    first = await run(text('10 N'), 'one', 10_000);
    second = await run(text('7 N', 'returnLoss: true\n'), 'two', 10_000);
    compared = compareResults(first, second);
  });

  it('say what was changed', () => {
    expect(compared.changes).toContainEqual({
      path: 'designs.mtp.spring.force.value',
      first: '"10 N"',
      second: '"7 N"',
    });
    expect(compared.changes).toContainEqual({ path: 'seed', first: '"one"', second: '"two"' });
    expect(compared).toMatchObject({ verdict: 'differ', isSameRun: false, isSameSeed: false });
  });

  it('are told apart by as much as they differ, over the roots of both intervals', () => {
    const mean = compared.figures.find(({ statistic }) => statistic === 'mean')!;
    const [a, b] = [first.pairs[0]!.il.mean, second.pairs[0]!.il.mean];
    expect(mean).toMatchObject({
      of: 'mtp',
      unit: 'dB',
      first: a.value,
      second: b.value,
      verdict: 'differ',
    });
    expect(mean.difference.value).toBe(b.value - a.value);
    const half = Math.hypot(b.value - b.low!, a.high! - a.value);
    expect(mean.difference.low).toBeCloseTo(b.value - a.value - half, 12);
  });

  it('have only figures that both have', () => {
    const names = compared.figures.map(({ statistic }) => statistic);
    expect(names).toContain('yield(0.25 dB)');
    expect(names.some((name) => name.startsWith('returnLoss'))).toBe(false);
  });

  it('that differ by less than a tolerance are alike in decibels', () => {
    const { figures } = compareResults(first, second, 1);
    for (const { unit, verdict } of figures) if (unit === 'dB') expect(verdict).toBe('alike');
  });

  it('without a pair in common say so', async () => {
    const other = await run(text('10 N').replace('{ mtp: { pinned', '{ other: { pinned'), 'one');
    expect(compareResults(first, other)).toMatchObject({
      verdict: 'undecided',
      figures: [],
      onlyInOne: ['mtp', 'other'],
    });
  });

  it('of too few matings leave open what has no interval', async () => {
    const few = await run(text('10 N'), 'few', 20);
    expect(compareResults(first, few).figures.every(({ verdict }) => verdict === 'undecided')).toBe(
      true,
    );
  });
});
