/** Figures of sweeps with as many points as a study has. */
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { figuresOf } from '../../src/report/figures/index.js';
import { reportPage } from '../../src/report/page.js';
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

describe('figures of large sweeps', () => {
  it('stay small: some points drawn all over the range, averages of all, some rows of numbers', async () => {
    const text =
      new ScenarioText(`${DESIGNS}pairs: { mpo: { pinned: mpo, unpinned: mpo }, mtp: { pinned: mtp, unpinned: mtp } }
matings: 50`);
    const ranges = ['mating.friction=range(0.05, 0.25)', 'mating.sideLoad=range(0 N, 4 N)'];
    const swept = await sweep(
      text,
      { design: 'sobol', points: 16, parameters: ranges.map(parseSweepParameter) },
      { workers },
    );
    const [like] = swept.points as [(typeof swept.points)[0]];
    // as many points as a study has, with a 97 % point that rises by 1 dB per unit of friction
    const points = Array.from({ length: 1000 }, (_, i) => {
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
    const any: AnyResult = { kind: 'sweep', result: { ...swept, points } };
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
    for (const { at, lossDb } of line) expect(lossDb).toBeCloseTo(0.5 + (at as number), 5);
  });
});
