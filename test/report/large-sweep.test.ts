/** Figures of sweeps with as many points as a study has. */
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { figuresOf } from '../../src/report/figures/index.js';
import { reportPage } from '../../src/report/page.js';
import { renderSvg } from '../../src/report/render.js';
import { summaryTable } from '../../src/report/summary-table.js';
import type { AnyResult } from '../../src/result/read-any.js';
import { ScenarioText } from '../../src/scenario/index.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { sweep } from '../../src/studies/sweep/sweep.js';
import { layersOf, type Values } from './layers.js';

const workers = 0;
const DESIGNS = `designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
`;

/** Van der Corput's sequence, the first dimension of Sobol's: every fourth of its points lies in one quarter. */
function bitsReversed(i: number): number {
  let [value, rest, place] = [0, i, 0.5];
  for (; rest > 0; rest = Math.floor(rest / 2), place /= 2) value += place * (rest % 2);
  return value;
}

/** A sweep with as many points. */
async function manyPoints(count: number): Promise<AnyResult> {
  const text =
    new ScenarioText(`${DESIGNS}pairs: { mpo: { pinned: mpo, unpinned: mpo }, mtp: { pinned: mtp, unpinned: mtp, limits: [p97 <= 0.5 dB] } }
matings: 50`);
  const ranges = ['mating.friction=range(0.05, 0.25)', 'mating.sideLoad=range(0 N, 4 N)'];
  const swept = await sweep(
    text,
    { design: 'sobol', points: 16, parameters: ranges.map(parseSweepParameter) },
    { workers },
  );
  const [like] = swept.points as [(typeof swept.points)[0]];
  // as many points as a study has, with a 97 % point that rises by 1 dB per unit of friction
  const points = Array.from({ length: count }, (_, i) => {
    const friction = 0.05 + 0.2 * bitsReversed(i);
    const p97 = { value: 0.5 + friction, low: null, high: null };
    const [first, second] = like.values as [(typeof like.values)[0], (typeof like.values)[0]];
    return {
      ...like,
      point: i + 1,
      values: [{ ...first, text: String(friction), number: friction }, second],
      pairs: like.pairs.map((pair) => ({ ...pair, il: { ...pair.il, p97 } })),
    };
  });
  return { kind: 'sweep', result: { ...swept, points } };
}

describe('figures of large sweeps', () => {
  it('stay small: some points drawn all over the range, averages of all, some rows of numbers', async () => {
    const any = await manyPoints(1000);
    const page = await reportPage([any]);
    expect(page.length).toBeLessThan(1_500_000);
    const [figure] = figuresOf(any) as [Figure];
    expect(figure.note).toMatch(/^About one in \d of the 1000 points/);
    expect(figure.table.rows.length).toBeLessThanOrEqual(301);
    expect(figure.table.rows.at(-1)?.[1]).toMatch(/^1700 more rows/);
    expect(summaryTable(any).rows.length).toBeLessThanOrEqual(301);
    const [dots, averages] = layersOf(figure) as [Values, Values];
    const xs = dots.flatMap(({ x }) => (x === null ? [] : [x as number]));
    expect(xs.length / 2).toBeGreaterThan(1500);
    expect(xs.length / 2).toBeLessThan(3100);
    for (const from of [0.05, 0.1, 0.15, 0.2]) {
      const part = xs.filter((x) => x >= from && x < from + 0.05).length / xs.length;
      expect(part).toBeGreaterThan(0.23);
      expect(part).toBeLessThan(0.27);
    }
    const line = averages.filter(({ statistic }) => statistic === '97 %');
    expect(line).toHaveLength(24);
    for (const { at, value } of line) expect(value).toBeCloseTo(0.5 + (at as number), 5);
  });

  it('give all points to files, and first the reasons where points could not be run', async () => {
    const any = await manyPoints(400);
    if (any.kind !== 'sweep') throw new Error('not a sweep');
    const points = any.result.points.map((point, i) =>
      i === 399 ? { ...point, pairs: [], comparisons: [], error: 'no such plug' } : point,
    );
    const [figure] = figuresOf({ kind: 'sweep', result: { ...any.result, points } }) as [Figure];
    const { data, table, note } = figure;
    expect(data?.rows).toHaveLength(799);
    const [{ pairs }] = points as [(typeof points)[0]];
    const [, { il, limits }] = pairs as [unknown, (typeof pairs)[0]];
    expect(data?.rows[1]?.slice(3)).toEqual([
      ...[il.mean.value, il.mean.low, il.mean.high, il.p97.value, il.p97.low, il.p97.high],
      ...[`p97 <= 0.5 dB: ${limits[0]?.verdict}`, null],
    ]);
    expect(JSON.stringify(data)).not.toContain('more rows');
    expect(data?.rows.at(-1)?.at(-1)).toBe('no such plug');
    expect([table.rows[0]?.[0], table.rows[0]?.at(-1)]).toEqual([400, 'no such plug']);
    expect(table.rows).toHaveLength(301);
    expect(note).toContain('1 points could not be run');
  });

  it('can be drawn of more points than a call takes arguments', async () => {
    const any = await manyPoints(40_000);
    const figures = figuresOf(any);
    expect(figures.map(({ id }) => id)).toEqual(['sweep-mating-friction', 'sweep-mating-sideload']);
    expect(figures[0]?.data?.rows).toHaveLength(80_000);
  });

  it('has panels of six where there are more pairs than colours', async () => {
    const any = await manyPoints(10);
    if (any.kind !== 'sweep') throw new Error('not a sweep');
    const points = any.result.points.map((point) => ({
      ...point,
      pairs: Array.from({ length: 9 }, (_, i) => ({
        ...(point.pairs[0] as (typeof point.pairs)[0]),
        name: `p${i + 1}`,
      })),
    }));
    const figures = figuresOf({ kind: 'sweep', result: { ...any.result, points } });
    const pairsOf = (figure: Figure) =>
      [...new Set((layersOf(figure)[0] as Values).map(({ pair }) => pair))].length;
    expect(figures.slice(0, 2).map(({ id }) => id)).toEqual([
      'sweep-mating-friction',
      'sweep-2-mating-friction',
    ]);
    expect(figures.slice(0, 2).map(pairsOf)).toEqual([6, 3]);
  });
});

describe('figures of sweeps of links', () => {
  it('draw what the worst lane loses and how many channels keep their budget', async () => {
    const text = new ScenarioText(`${DESIGNS}pairs: { mtp: { pinned: mtp, unpinned: mtp } }
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [mtp], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }, { transmit: 3, receive: 3 }] }
matings: 300`);
    const swept = await sweep(
      text,
      {
        ...{ design: 'grid', points: null },
        parameters: ['mating.friction=0.1, 0.2'].map(parseSweepParameter),
      },
      { workers },
    );
    const figures = figuresOf({ kind: 'sweep', result: swept });
    expect(figures.map(({ id }) => id)).toEqual(
      ['sweep', 'sweep-worst-lane', 'sweep-budget'].map((id) => `${id}-mating-friction`),
    );
    const drawn = figures.slice(1).map((figure) => layersOf(figure)[0]?.map(({ value }) => value));
    const channels = swept.points.flatMap((point) => point.channels);
    expect(drawn[0]).toEqual(
      channels.flatMap(({ loss: { worst } }) => [worst.mean.value, worst.p97.value]),
    );
    expect(drawn[1]).toEqual(channels.map(({ budget }) => budget?.met.value));
    for (const figure of figures) expect(await renderSvg(figure)).not.toMatch(/NaN|undefined/);
  });

  it('label the only value of a parameter as it is', async () => {
    const swept = await sweep(
      new ScenarioText(`${DESIGNS}pairs: { mtp: { pinned: mtp, unpinned: mtp } }\nmatings: 50`),
      {
        ...{ design: 'grid', points: null },
        parameters: ['mating.sideLoad=2 N'].map(parseSweepParameter),
      },
      { workers },
    );
    const [figure] = figuresOf({ kind: 'sweep', result: swept }) as [Figure];
    const svg = await renderSvg(figure);
    expect(svg).toMatch(/>2</);
    expect(svg).not.toContain('2.00000');
  });
});
