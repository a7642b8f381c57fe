/** Sentences and tables at the top of a report, against the numbers of the results that they speak of. */
import { beforeAll, describe, expect, it } from 'vitest';
import { furtherTables } from '../../src/report/further-tables.js';
import { comparisonAnswer, headlineOf } from '../../src/report/headline.js';
import { summaryTable } from '../../src/report/summary-table.js';
import type { Result } from '../../src/result/schema.js';
import type { AllocationResult } from '../../src/result/schema-allocation.js';
import type { ExceedanceResult } from '../../src/result/schema-exceedance.js';
import type { SweepResult } from '../../src/result/schema-sweep.js';
import { parseScenario, ScenarioText } from '../../src/scenario/index.js';
import { parsePrecision } from '../../src/scenario/precision.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweep } from '../../src/studies/sweep/sweep.js';
import { simulateUntil } from '../../src/studies/until.js';

const workers = 0;
const LINKS = `designs: { e: { extends: mtp-elite, price: 9 to 12 USD } }
pairs: { e: { pinned: e, unpinned: e, limits: [p97 <= 0.3 dB] } }
matings: 300
channels:
  link: { optics: 400GBASE-DR4, spans: [{ polarity: A, length: 5 m }, { polarity: B, length: 5 m }], connectors: [e] }`;

const of = (result: Result) => ({ kind: 'run' as const, result });
const answers = (result: Result): readonly string[] => headlineOf(of(result)).answers;
const column = (any: Parameters<typeof summaryTable>[0], name: string) => {
  const { columns, rows } = summaryTable(any);
  return rows.map((row) => row[columns.indexOf(name)]);
};

describe('a run', () => {
  let result: Result;
  beforeAll(async () => {
    const text = `designs: { mpo: { extends: generic-mpo } }
pairs: { mpo: { pinned: mpo, unpinned: mpo } }
returnLoss: true
experiment: { type: re-mating, cycles: [1, 5] }
matings: 400`;
    result = await simulate(parseScenario(text).scenario, { workers });
  });

  it.each([
    [{ name: 'C', best: 'C', worst: 'C', decided: true }, 'grade C', 'C'],
    [{ name: 'C', best: 'C', worst: 'D', decided: false }, 'grade C or D (undecided)', 'C or D'],
    [
      { name: 'D', best: 'D', worst: null, decided: false },
      'grade D or none (undecided)',
      'D or none',
    ],
    [{ name: null, best: null, worst: null, decided: true }, 'no grade', 'none'],
  ])('has the grade that its intervals settle: %j', (grade, words, cell) => {
    const [pair] = result.pairs as [Result['pairs'][0]];
    const graded = { ...result, pairs: [{ ...pair, grade }] };
    expect(answers(graded)[0]).toMatch(
      new RegExp(`: ${words.replaceAll(/[()]/g, String.raw`\$&`)}\\.$`),
    );
    expect(column(of(graded), 'grade')).toEqual([cell]);
  });

  it('tells return loss and the repeatability of re-mating', () => {
    const [pair] = result.pairs as [Result['pairs'][0]];
    const back = pair.returnLoss?.all.p3.value as number;
    const change = pair.largestChange?.all.p97.value as number;
    const said = answers(result);
    expect(said[1]).toMatch(/^97 % of the fibres of mpo have a return loss of at least /);
    expect(said[1]).toContain(`${back.toFixed(3)} dB`);
    expect(said[2]).toMatch(/^Mated again and again, 97 % .* never change by more than /);
    expect(said[2]).toContain(`${change.toFixed(3)} dB`);
    expect(said[2]).toMatch(/: its repeatability\.$/);
    expect(column(of(result), 'return loss 97 % reach, dB')).toEqual([back]);
    expect(column(of(result), 'largest change 97 %, dB')).toEqual([change]);
  });

  it('tells what --until reached', async () => {
    const { scenario } = parseScenario(LINKS);
    const until = (text: string) =>
      simulateUntil(scenario, { workers, maxMatings: 300, targets: [parsePrecision(text)] });
    const wide = await until('p97 ± 0.000001 dB');
    expect(answers(wide).at(-1)).toMatch(
      /^The bound on matings ended the run before .*: p97 ± 0.000001 dB of e\.$/,
    );
    const table = furtherTables(of(wide)).find(({ title }) => title === 'Precision asked for');
    expect(table?.table.rows[0]?.slice(-2)).toEqual([1e-6, 'too wide']);
    const narrow = await until('p97 ± 1 dB');
    expect(answers(narrow).at(-1)).toBe('Every interval is as narrow as was asked for.');
  });

  it('tells the worst lane, both budgets and the cost of links', async () => {
    const linked = await simulate(parseScenario(LINKS).scenario, { workers });
    const [{ loss, budget, connectorBudget, cost }] = linked.channels as [Result['channels'][0]];
    const said = answers(linked).filter((one) => / link /.test(one));
    expect(said[0]).toContain(`loses less than ${loss.worst.p97.value.toFixed(3)} dB`);
    expect(said[0]).toContain(`its budget of ${budget?.limitDb} dB`);
    expect(said[0]).toContain(`that of its connectors of ${connectorBudget?.limitDb} dB`);
    expect(said[1]).toContain(`cost ${cost?.assemblies.low.toFixed(2)} to`);
    const [links] = furtherTables(of(linked));
    const { columns = [], rows = [] } = links?.table ?? {};
    const cell = (name: string) => rows[0]?.[columns.indexOf(name)];
    expect(cell('worst lane 97 %, dB')).toBe(loss.worst.p97.value);
    expect(cell('that kept with probability')).toBe(connectorBudget?.met.value);
    expect(cell('of a channel that keeps its budget')).toMatch(/ to [\d.]+ USD$/);
  });
});

describe('a sweep', () => {
  let result: SweepResult;
  beforeAll(async () => {
    result = await sweep(
      new ScenarioText(LINKS),
      {
        ...{ design: 'grid', points: null },
        parameters: ['mating.friction=0.1, 0.3, -1'].map(parseSweepParameter),
      },
      { workers },
    );
  });

  it('tells of links, of limits, and what could not be run', () => {
    const any = { kind: 'sweep' as const, result };
    const said = headlineOf(any).answers;
    const [first, second] = result.points.map(({ channels }) => channels[0]?.loss.worst.p97.value);
    const [least, most] = [first as number, second as number].sort((a, b) => a - b);
    const lanes = said.filter((one) => /worst lane is that of link link/.test(one));
    expect(lanes[0]).toContain(`${least?.toFixed(3)} dB`);
    expect(lanes[1]).toContain(`${most?.toFixed(3)} dB`);
    expect(said.some((one) => /^The least probability to keep a budget/.test(one))).toBe(true);
    const verdicts = result.points.flatMap(({ pairs }) => pairs.map((p) => p.limits[0]?.verdict));
    const met = verdicts.filter((verdict) => verdict === 'met').length;
    expect(said.at(-2)).toMatch(new RegExp(`^Limits: all are met at ${met} points?, `));
    expect(said.at(-1)).toMatch(/^1 point of 3 could not be run, such as 3 \(-1\)\.$/);
    expect(column(any, 'limits')).toEqual(verdicts.map((verdict) => `p97 ≤ 0.3 dB: ${verdict}`));
    const [links, failed] = furtherTables(any);
    expect(links?.table.rows).toHaveLength(2);
    expect(failed?.title).toBe('Points that could not be run: 1 of 3');
    expect(failed?.table.rows[0]?.at(-1)).toBe(result.points[2]?.error);
  });

  it('lists failed points however many points went before', () => {
    type Point = SweepResult['points'][0];
    const [good, , bad] = result.points as [Point, Point, Point];
    const points = [...Array.from({ length: 400 }, (_, i) => ({ ...good, point: i + 1 })), bad];
    const any = { kind: 'sweep' as const, result: { ...result, points } };
    expect(furtherTables(any).at(-1)?.table.rows).toHaveLength(1);
    expect(headlineOf(any).answers.at(-1)).toMatch(/^1 point of 401 /);
    const none = { kind: 'sweep' as const, result: { ...result, points: [bad] } };
    expect(headlineOf(none).answers).toEqual(['No point could be run.']);
  });
});

describe('what was never seen', () => {
  const likely = (probability: { value: number; low: number | null; high: number | null }) => {
    const losses = [{ aboveDb: 15, probability }];
    const result = { scenario: {}, pairs: [{ name: 'mpo', losses }] };
    return headlineOf({
      kind: 'exceedance',
      result: result as unknown as ExceedanceResult,
    }).answers[0];
  };

  it('is less likely than its upper bound', () => {
    expect(likely({ value: 0, low: 0, high: 5.5e-13 })).toBe(
      'A fibre of mpo loses more than 15 dB with a probability of less than 5.5e−13.',
    );
    expect(likely({ value: 0, low: null, high: null })).toBe(
      'A fibre of mpo loses more than 15 dB so rarely that no replicate saw it.',
    );
    expect(likely({ value: 1.23e-9, low: 1.1e-9, high: 1.4e-9 })).toBe(
      'A fibre of mpo loses more than 15 dB with a probability of 1.23e−9 (1.10e−9 to 1.40e−9).',
    );
  });
});

describe('an allocation', () => {
  it('writes limits as readers know them', () => {
    const widest = { name: 'tilt', factor: 1.2, outcome: 'verified' };
    const result = { scenario: {}, pair: 'mpo', limits: ['p97 <= 0.5 dB'], cheapest: null, widest };
    const any = { kind: 'allocation' as const, result: result as unknown as AllocationResult };
    expect(headlineOf(any).answers[0]).toMatch(/^mpo \(p97 ≤ 0\.5 dB\) meets its limits/);
  });
});

describe('a comparison', () => {
  it('is answered in one sentence', () => {
    const share = { value: 0.7, low: null, high: null };
    const comparison = { first: 'a', second: 'b', p97: { value: -0.1, low: -0.12, high: -0.08 } };
    expect(
      comparisonAnswer({
        ...comparison,
        secondLower: { mean: share, worstFibre: share },
      } as Result['comparisons'][0]),
    ).toBe(
      'b loses 0.100 dB (0.080 to 0.120) less than a at the 97 % point; in 70.0 % of the matings it has the lower mean.',
    );
  });
});
