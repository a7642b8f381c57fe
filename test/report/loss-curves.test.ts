/** Curves from histograms: exact where they are steep and where outliers are far away, and told apart however many there are. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { lossFigures } from '../../src/report/figures/losses.js';
import { renderSvg } from '../../src/report/render.js';
import type { PairResult, Result } from '../../src/result/schema.js';
import { pair as pairSchema } from '../../src/result/schema-pair.js';
import { parseScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { layersOf, type Values } from './layers.js';

const { scenario } = parseScenario(`designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp } }
matings: 20000`);
let result: Result;
let pair: PairResult;

beforeAll(async () => {
  result = await simulate(scenario, { workers: 0 });
  [pair] = result.pairs as [PairResult];
});

/** The same pair with the largest losses, one in so many, moved further out; the smaller ones stay. */
function withOutliers(oneIn: number, atDb: number): PairResult {
  const { firstBin, counts } = pair.histogram.il;
  const bins = Math.round(atDb / pair.histogram.binWidthDb) + 1 - firstBin;
  const moved = [...counts, ...new Array<number>(bins - counts.length).fill(0)];
  const outliers = Math.floor((pair.fibres * pair.matings) / oneIn);
  let left = outliers;
  for (let bin = counts.length - 1; left > 0; bin--) {
    const taken = Math.min(left, moved[bin] as number);
    moved[bin] = (moved[bin] as number) - taken;
    left -= taken;
  }
  moved[bins - 1] = outliers;
  return {
    ...pair,
    histogram: { ...pair.histogram, il: { firstBin, counts: moved, overflow: 0 } },
  };
}

/** The share beyond a loss by the histogram itself. */
function shareBeyond({ histogram, fibres, matings }: PairResult, lossDb: number): number {
  const { firstBin, counts, overflow } = histogram.il;
  const from = Math.round(lossDb / histogram.binWidthDb) - firstBin;
  const beyond = counts.reduce((sum, count, bin) => sum + (bin >= from ? count : 0), overflow);
  return beyond / (fibres * matings);
}

const curveOf = (figure: Figure | undefined, share: string): Values =>
  (figure?.data?.rows ?? []).map(([name, lossDb, value]) => ({ name, lossDb, [share]: value }));

/** Where a drawn curve passes a share: straight lines on a logarithmic scale. */
function crossing(points: Values, share: number): number {
  const i = points.findIndex(({ value }) => (value as number) < share);
  const [a, b] = [points[i - 1], points[i]] as [Record<string, number>, Record<string, number>];
  const t = Math.log(a['value']! / share) / Math.log(a['value']! / b['value']!);
  return a['lossDb']! + t * (b['lossDb']! - a['lossDb']!);
}

describe('the exceedance curve', () => {
  it.each([
    ['as run', () => pair, [0.9, 0.5, 0.1, 0.03, 0.021, 0.005, 0.0005]],
    ['with one in a thousand at 19 dB', () => withOutliers(1000, 19), [0.9, 0.03, 0.021, 0.005]],
    ['with one in fifty at 12 dB', () => withOutliers(50, 12), [0.9, 0.1, 0.03, 0.0205]],
  ] as const)('passes each share where the histogram does, within a bin: %s', (_, of, shares) => {
    const one = of();
    const [, figure] = lossFigures({ ...result, pairs: [one] });
    const points = curveOf(figure, 'value');
    expect(points.length).toBeLessThan(600);
    for (const share of shares) {
      const drawn = crossing(points, share);
      const { binWidthDb } = one.histogram;
      expect(shareBeyond(one, drawn - 1.5 * binWidthDb)).toBeGreaterThan(share);
      expect(shareBeyond(one, drawn + 1.5 * binWidthDb)).toBeLessThan(share);
    }
  });

  it('agrees with the 97 % point although outliers are far away, and ends where few are left', () => {
    const [density, exceedance] = lossFigures({ ...result, pairs: [withOutliers(2000, 19)] });
    const points = curveOf(exceedance, 'value');
    expect(Math.abs(crossing(points, 0.03) - pair.il.p97.value)).toBeLessThan(0.003);
    const furthest = Math.max(...points.map(({ lossDb }) => lossDb as number));
    expect(furthest).toBeLessThan(10 * pair.il.p97.value);
    expect(exceedance?.note).toContain('the furthest goes on to 19.0 dB');
    const losses = curveOf(density, 'value').map(({ lossDb }) => lossDb as number);
    expect(Math.max(...losses)).toBeLessThan(10 * pair.il.p97.value);
    const [, plain] = lossFigures({ ...result, pairs: [pair] });
    expect(plain?.note).not.toContain('goes on');
  });
});

describe('curves of many pairs', () => {
  const many = (count: number): Result => ({
    ...result,
    pairs: Array.from({ length: count }, (_, i) => ({ ...pair, name: `p${i + 1}` })),
  });

  it('have a colour and dash of their own each', async () => {
    for (const figure of lossFigures(many(9))) {
      const domains = (figure.spec as unknown as { layer: { encoding: Channels }[] }).layer
        .map(({ encoding }) => encoding)
        .filter(({ strokeDash }) => strokeDash !== undefined);
      expect(domains).toHaveLength(1);
      const [{ color, strokeDash }] = domains as [Required<Channels>];
      const looks = color.scale.domain.map(
        (_, i) => `${color.scale.range[i]} ${strokeDash.scale.range[i]}`,
      );
      expect(new Set(looks).size).toBe(9);
      expect(await renderSvg(figure)).toContain('>p9<');
    }
  });

  it('end with the 24th, and the page stays small', () => {
    for (const figure of lossFigures(many(100))) {
      expect(new Set(figure.data?.rows.map(([name]) => name)).size).toBe(24);
      expect(figure.note).toContain('76 more pairs are not drawn.');
      expect(figure.table.rows.length).toBeLessThan(420);
      const told = layersOf(figure)
        .flat()
        .filter(({ tip, value }) => tip !== undefined && value !== undefined);
      expect(told.length).toBeLessThan(1000);
    }
  });

  it('have no grades if some fibres are single-mode and some multimode', () => {
    const designs = (mode: string) => ({
      ...(result.scenario as { designs: object }).designs,
      other: { fibres: { mode } },
    });
    const pairs = [pair, { ...pair, ...{ name: 'other', pinned: 'other', unpinned: 'other' } }];
    const of = (mode: string) =>
      lossFigures({ pairs, scenario: { ...result.scenario, designs: designs(mode) } });
    const labels = (figures: readonly Figure[]) =>
      figures.map((figure) =>
        layersOf(figure)
          .flat()
          .filter(({ label }) => /^grade/.test(`${label}`)),
      );
    expect(labels(of('single-mode')).every((one) => one.length > 0)).toBe(true);
    expect(labels(of('multimode'))).toEqual([[], []]);
    for (const { note } of of('multimode')) expect(note).toContain('No grades are drawn');
  });
});

interface Channels {
  readonly color: { readonly scale: { readonly domain: string[]; readonly range: string[] } };
  readonly strokeDash?: { readonly scale: { readonly range: number[][] } };
}

describe('a result that is read', () => {
  it('may not ask for bins beyond 20 dB', () => {
    const { histogram } = pair;
    const from = (firstBin: number) =>
      pairSchema.safeParse({
        ...pair,
        histogram: { ...histogram, il: { ...histogram.il, firstBin } },
      }).success;
    expect([from(20_000), from(20_001), from(4e9)]).toEqual([true, false, false]);
  });
});
