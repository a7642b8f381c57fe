/** What figures show, against what their results hold or what is known in closed form. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { figuresOf } from '../../src/report/figures/index.js';
import { headlineOf } from '../../src/report/headline.js';
import { reportPage } from '../../src/report/page.js';
import { renderSvg } from '../../src/report/render.js';
import type { Result } from '../../src/result/schema.js';
import { parseScenario } from '../../src/scenario/index.js';
import { allocationStudy } from '../../src/studies/allocate/study.js';
import { redraw } from '../../src/studies/redraw.js';
import { simulate } from '../../src/studies/simulate.js';
import { byId, layersOf } from './layers.js';

const workers = 0;
const DESIGNS = `designs:
  mtp: { extends: mtp-standard, price: 9 to 12 USD }
  mpo: { extends: generic-mpo, price: 5 to 6 USD }
`;
const RUN = `${DESIGNS}pairs:
  mpo: { pinned: mpo, unpinned: mpo, limits: [p97 <= 0.5 dB, yield(0.3 dB) >= 95 %, p999 <= 40 dB] }
  mtp: { pinned: mtp, unpinned: mtp, limits: [p97 <= 0.5 dB, mean <= 0.25 dB, worstFibre.p97 <= 0.4 dB] }
  mixed: { pinned: mpo, unpinned: mtp }
comparisons: [[mpo, mtp]]
claims:
  - { says: typical, of: mtp, statistic: mean, atMost: 0.2 dB }
  - { says: gain, of: [mpo, mtp], statistic: p97, atLeast: -0.1 dB, atMost: 0 dB }
  - { says: return, of: mtp, statistic: returnLoss.p3, atLeast: 60 dB }
returnLoss: true
seed: figures
matings: 3000`;
const parse = (text: string) => parseScenario(text, { allowImplausible: true }).scenario;

let result: Result;
let figures: Figure[];

beforeAll(async () => {
  result = await simulate(parse(RUN), { workers });
  figures = figuresOf({ kind: 'run', result }, redraw(result));
});

describe('figures of a run', () => {
  it('mark limits of all fibres and IEC grades at their losses, with what they say', () => {
    const marks = layersOf(byId(figures, 'losses'))
      .flat()
      .filter((one) => 'label' in one && 'tip' in one);
    const seen = new Map(marks.map(({ label, lossDb }) => [label, lossDb]));
    expect(Object.fromEntries(seen)).toEqual({
      'grade B': 0.25,
      'grade C': 0.5,
      'grade D': 1,
      'mpo, mtp: p97 ≤ 0.5 dB': 0.5,
      'mpo: yield(0.3 dB) ≥ 95 %': 0.3,
      'mtp: mean ≤ 0.25 dB': 0.25,
    });
    const corners = layersOf(byId(figures, 'exceedance')).at(-1) ?? [];
    expect(
      corners.map(({ lossDb, share }) => [lossDb, Number((share as number).toFixed(9))]),
    ).toEqual([
      [0.5, 0.03],
      [0.3, 0.05],
    ]);
    expect(corners[0]?.['tip']).toMatch(
      /^Limit p97 <= 0.5 dB of mpo: missed, mtp: (met|undecided)/,
    );
  });

  it('draw circles of equal loss where Marcuse (1977) has them, and the play of the pins', () => {
    const figure = byId(figures, 'offsets');
    const table = figure?.table as Figure['table'];
    const at = (name: string) => table.columns.indexOf(name);
    const [mpo] = table.rows as [readonly number[]];
    // 9.2 µm of mode field, spread by 0.4 at 3 sigma: the mean of 3000 is within 0.01
    for (const lossDb of [0.1, 0.25, 0.5, 1]) {
      const radius = 4.6 * Math.sqrt((lossDb * Math.LN10) / 10);
      expect(mpo[at(`${lossDb} dB at, µm`)]).toBeCloseTo(radius, 1);
    }
    const rings = layersOf(figure).filter(([first]) => first !== undefined && 'ring' in first);
    const radii = new Set(
      rings[0]?.map(({ x, y }) => Math.hypot(x as number, y as number).toFixed(2)),
    );
    const wanted = [0.1, 0.25, 0.5, 1].map((lossDb) =>
      (mpo[at(`${lossDb} dB at, µm`)] as number).toFixed(2),
    );
    for (const radius of wanted) expect(radii).toContain(radius);
    const play = rings[1] ?? [];
    expect(Math.max(...play.map(({ x }) => x as number))).toBeCloseTo(
      mpo[at('pin play x, µm')] as number,
      3,
    );
    // generic holes and pins of the shipped design: mean clearance of 1.1 µm across, of which pitches take half and more
    expect(mpo[at('pin play x, µm')]).toBeLessThan(0.35);
    expect(mpo[at('press fits, %')]).toBeGreaterThan(8);
    const dots = (layersOf(figure)[0] ?? []).filter(({ x }) => x !== null);
    const { offsets } = redraw(result).pairs[0] as { offsets: { xUm: readonly number[] } };
    const share = dots.length / 2 / offsets.xUm.length;
    expect(share).toBeGreaterThan(0.98);
  });

  it('colour dots by their loss', () => {
    const [pair] = redraw(result).pairs;
    const few = {
      ...pair,
      offsets: { matings: 1, xUm: [0.5, 0.2], yUm: [0, 0.1], lossDb: [0.05, 0.3] },
    };
    const drawn = figuresOf(
      { kind: 'run', result },
      { note: null, pairs: [few as NonNullable<typeof pair>] },
    );
    const dots = layersOf(byId(drawn, 'offsets'))[0]?.filter(({ i }) => (i as number) % 3 === 0);
    expect(dots?.map(({ x, y, band }) => [x, y, band])).toEqual([
      [0.5, 0, 'to 0.1 dB'],
      [0.2, 0.1, 'to 0.5 dB'],
    ]);
  });

  it('show claims with their ends, return loss apart from losses', () => {
    const [losses, back] = ['claims', 'claims-return-loss'].map((id) => byId(figures, id));
    expect(losses?.table.rows.map((row) => row.slice(0, 5))).toEqual([
      ['typical', 'mtp', 'mean', null, 0.2],
      ['gain', 'mtp − mpo', 'p97', -0.1, 0],
    ]);
    const bars = layersOf(losses)[0] ?? [];
    expect(bars.map(({ from, to }) => [(from as number) < -0.2, from, to])).toEqual([
      [true, bars[0]?.['from'], 0.2],
      [false, -0.1, 0],
    ]);
    expect(back?.table.rows[0]?.at(-1)).toBe(result.claims[2]?.verdict);
    expect(
      headlineOf({ kind: 'run', result }).answers.filter((one) => /^Claim/.test(one)),
    ).toHaveLength(3);
  });

  it('show return loss by share, origins of mixed pairs and what a channel costs', () => {
    const back = byId(figures, 'return-loss')?.table.rows ?? [];
    const of97 = back.find(([pair, share]) => pair === 'mtp' && share === '97 % reach');
    expect(of97?.[2]).toBe(result.pairs[1]?.returnLoss?.all.p3.value);
    const origins = byId(figures, 'origins')?.table.rows ?? [];
    expect(origins.map((row) => row[2])).toEqual(
      (['pinnedUm2', 'unpinnedUm2', 'fitUm2'] as const).map(
        (one) => result.pairs[2]?.origins?.[one].value,
      ),
    );
    const cost = byId(figures, 'cost')?.table.rows ?? [];
    expect(cost.length).toBeGreaterThan(0);
    expect(cost[0]?.slice(3)).toEqual([
      result.pairs[0]?.cost?.limits[0]?.perPassingChannel.low,
      result.pairs[0]?.cost?.limits[0]?.perPassingChannel.high,
    ]);
  });

  it('answer comparisons in a sentence', () => {
    const { answers } = headlineOf({ kind: 'run', result });
    const sentence = answers.find((one) => / (less|more) than m/.test(one));
    const { p97, secondLower } = result.comparisons[0] as Result['comparisons'][0];
    expect(p97.value).toBeLessThan(0);
    expect(sentence).toMatch(
      /^mtp loses 0\.\d{3} dB \(0\.\d{3} to 0\.\d{3}\) less than mpo at the 97 % point; in \d+\.\d %.* of the matings it has the lower mean\.$/,
    );
    expect(sentence).toContain(
      `${(-p97.value).toFixed(3)} dB (${(-(p97.high as number)).toFixed(3)} to`,
    );
    expect(sentence).toContain((100 * secondLower.mean.value).toFixed(1));
    const [comparison] = result.comparisons as [Result['comparisons'][0]];
    const open = { ...comparison, p97: { value: 0.01, low: -0.01, high: 0.03 } };
    const other = headlineOf({ kind: 'run', result: { ...result, comparisons: [open] } }).answers;
    expect(other.find((one) => / (less|more) than m/.test(one))).toMatch(
      /0\.010 dB \(−0\.010 to 0\.030\) more than mpo at the 97 % point, which may be chance; /,
    );
  });

  it('let marks say what they are', async () => {
    for (const figure of figures) {
      const svg = await renderSvg(figure);
      const says = Array.from(
        svg.matchAll(/aria-label="([^"]*)"[^>]*graphics-symbol/g),
        ([, one]) => one,
      );
      const tips = layersOf(figure)
        .flat()
        .flatMap(({ tip }) => (typeof tip === 'string' ? [tip] : []));
      expect(tips.length, figure.id).toBeGreaterThan(0);
      expect(
        says.some((one) => tips.includes(one as string)),
        figure.id,
      ).toBe(true);
      expect(svg, figure.id).not.toMatch(/NaN|undefined/);
    }
  });

  it('leave out what could not be computed again, and say so on the page', async () => {
    const without = { note: 'Not drawn: other version.', pairs: [] };
    const ids = figuresOf({ kind: 'run', result }, without).map(({ id }) => id);
    expect(ids).toEqual(figuresOf({ kind: 'run', result }).map(({ id }) => id));
    expect(ids).not.toContain('offsets');
    expect(await reportPage([{ kind: 'run', result }], [without])).toContain(without.note);
  });
});

describe('figures of lots', () => {
  it('stack the components of the variance, which with rounding make up part to part and more', async () => {
    const lot = await simulate(
      parse(`${DESIGNS}pairs: { mpo: { pinned: mpo, unpinned: mpo } }
experiment: { type: lot, pinned: 8, unpinned: 8, repeats: 2 }`),
      { workers },
    );
    const figure = byId(figuresOf({ kind: 'run', result: lot }), 'lot');
    const components = lot.pairs[0]?.lot?.components;
    const bars = layersOf(figure).flat();
    expect(bars.map(({ varianceDb2 }) => varianceDb2)).toEqual(
      (['position', 'pinned', 'unpinned', 'combination', 'matingToMating'] as const).map((name) =>
        Math.max(0, components?.[name]?.varianceDb2.value as number),
      ),
    );
    expect(figure?.table.rows.map(([, source]) => source)).toContain('part to part');
  });
});

describe('figures of allocations', () => {
  it('show factors within what is allowed, costs that add up, and the search', async () => {
    const scenario = parse(
      `${DESIGNS}pairs: { mpo: { pinned: mpo, unpinned: mpo, limits: [p97 <= 0.72 dB] } }\nmatings: 2000`,
    );
    const tolerance = (name: string) => ({
      ...{ name, least: 0.5, most: 1.2, cost: 1, exponent: 1 },
      inputs: [{ design: 'mpo', input: name.replace('designs.mpo.', '') }],
    });
    const cheapest = await allocationStudy(scenario, {
      pair: 'mpo',
      question: 'cheapest',
      tolerances: [
        tolerance('designs.mpo.bores.positionErrorX'),
        tolerance('designs.mpo.endFace.slopeErrorX'),
      ],
      workers,
    } as unknown as Parameters<typeof allocationStudy>[1]);
    const any = { kind: 'allocation' as const, result: cheapest };
    const drawn = figuresOf(any);
    expect(drawn.map(({ id }) => id)).toEqual(['factors', 'costs', 'search', 'before-and-after']);
    const factors = byId(drawn, 'factors')?.table.rows ?? [];
    factors.forEach(([, factor, least, most], j) => {
      expect(factor).toBe(cheapest.cheapest?.factors[j]);
      expect([least, most]).toEqual([0.5, 1.2]);
    });
    const costs = byId(drawn, 'costs')?.table.rows.map((row) => row[2] as number) ?? [];
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(
      cheapest.cheapest?.cost as number,
      9,
    );
    for (const figure of drawn) expect(await renderSvg(figure)).not.toMatch(/NaN|undefined/);
  });
});
