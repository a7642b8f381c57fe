/** What marks of figures tell and what they are drawn by: nothing twice, one scale for what is compared, bounds where nothing was met. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { endFaceFigure, endFaceFigures } from '../../src/report/figures/end-face.js';
import { figuresOf } from '../../src/report/figures/index.js';
import { renderSvg } from '../../src/report/render.js';
import type { PairResult, Result } from '../../src/result/schema.js';
import type { ExceedanceResult } from '../../src/result/schema-exceedance.js';
import { parseScenario } from '../../src/scenario/index.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { redraw } from '../../src/studies/redraw.js';
import { simulate } from '../../src/studies/simulate.js';
import { byId, layersOf } from './layers.js';

const workers = 0;
const DESIGNS = `designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mtp: { pinned: mtp, unpinned: mtp }, mpo: { pinned: mpo, unpinned: mpo } }
`;
const parse = (text: string) => parseScenario(text, { allowImplausible: true }).scenario;

interface Layer {
  readonly mark?: { readonly aria?: boolean; readonly tooltip?: unknown; readonly type?: string };
  readonly encoding?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly layer?: readonly Layer[];
  readonly concat?: readonly Layer[];
  readonly hconcat?: readonly Layer[];
}
const marksOf = (spec: Layer): Layer[] => [
  ...(spec.mark === undefined ? [] : [spec]),
  ...[...(spec.layer ?? []), ...(spec.concat ?? []), ...(spec.hconcat ?? [])].flatMap(marksOf),
];
const layers = (figure: Figure | undefined): Layer[] => marksOf(figure?.spec as unknown as Layer);

let result: Result;
let cycled: Result;
let rare: ExceedanceResult;

beforeAll(async () => {
  result = await simulate(
    parse(`${DESIGNS}matings: 1000
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [mtp], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }, { transmit: 3, receive: 3 }] }`),
    { workers },
  );
  cycled = await simulate(
    parse(
      `${DESIGNS}matings: 200\nexperiment: { type: re-mating, cycles: [1, 10, 50, 100, 200, 300, 400, 500, 600] }`,
    ),
    { workers },
  );
  rare = await exceedance(parse(`${DESIGNS}matings: 1000`), {
    ...{ aboveDb: [0.5, 15], workers, maxReplicates: 20 },
  });
});

describe('marks', () => {
  it('that others tell say nothing to pointers either: what is drawn exaggerated is told in true µm', () => {
    const figures = [
      ...figuresOf({ kind: 'run', result }, redraw(result)),
      ...figuresOf({ kind: 'run', result: cycled }),
      ...figuresOf({ kind: 'exceedance', result: rare }),
    ];
    const silent = figures.flatMap(layers).filter(({ mark }) => mark?.aria === false);
    expect(silent.length).toBeGreaterThan(40);
    for (const { mark } of silent) expect(mark?.tooltip).toBeNull();
  });

  it('of end faces are guide holes with the diameter of holes', () => {
    const [figure] = endFaceFigures(result.pairs) as [Figure];
    const tips = layersOf(figure).flatMap((values) => values.map(({ tip }) => String(tip)));
    expect(tips.filter((tip) => /^Guide hole [12], nominal Ø 700 µm/.test(tip))).toHaveLength(2);
  });
});

describe('end faces', () => {
  const domainOf = (figure: Figure | undefined) =>
    layers(figure)
      .map(({ encoding }) => encoding?.['color']?.['scale'] as { domain?: number[] } | undefined)
      .find((scale) => scale !== undefined)?.domain;

  it('share one scale of colours', () => {
    const figures = figuresOf({ kind: 'run', result }).filter(({ id }) => /^end-face/.test(id));
    const p97 = result.pairs.flatMap(({ positions }) => positions.map((one) => one.p97.value));
    const [first, second] = figures.map(domainOf);
    expect(first).toEqual(second);
    expect(first?.[0]).toBeCloseTo(Math.min(...p97), 3);
    expect(first?.[1]).toBeCloseTo(Math.max(...p97), 3);
    expect(domainOf(endFaceFigure(result.pairs[0] as PairResult))).toBeUndefined();
  });

  it('are drawn of twelve pairs at most, which the last one says', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({
      ...(result.pairs[0] as PairResult),
      name: `p${i}`,
    }));
    const figures = endFaceFigures(many);
    expect(figures).toHaveLength(12);
    expect(figures.at(-1)?.note).toContain('8 more pairs are not drawn');
  });
});

describe('rare losses', () => {
  it('that were never met are triangles at the upper end of their interval', async () => {
    const [figure] = figuresOf({ kind: 'exceedance', result: rare }) as [Figure];
    const never = rare.pairs.flatMap(({ name, losses }) =>
      losses.flatMap(({ aboveDb, probability: { value, high } }) =>
        value === 0 ? [{ name, aboveDb, high: high as number }] : [],
      ),
    );
    expect(never.length).toBeGreaterThan(0);
    const drawn = layersOf(figure).at(-1) ?? [];
    expect(drawn.map(({ pair, aboveDb, high }) => [pair, aboveDb, high])).toEqual(
      never.map(({ name, aboveDb, high }) => [name, aboveDb, high]),
    );
    expect(drawn[0]?.['tip']).toContain(
      `with a probability of less than ${never[0]?.high.toExponential(2)}`,
    );
    expect(layers(figure).at(-1)?.encoding?.['y']?.['field']).toBe('high');
    expect(await renderSvg(figure)).not.toMatch(/NaN|Infinity|0\.00e\+0/);
  });
});

describe('steps of a re-mating', () => {
  it('have the largest change of all across them', () => {
    const figure = byId(figuresOf({ kind: 'run', result: cycled }), 'steps-mpo');
    const value = cycled.pairs[1]?.largestChange?.all.p97.value as number;
    expect(layersOf(figure)[0]?.map(({ lossDb }) => lossDb)).toEqual([value]);
    expect(figure?.table.rows.at(-1)).toEqual(['largest of all steps', null, null, null, value]);
    const changes = cycled.pairs[1]?.steps.map(({ change }) => change?.all.p97.value ?? 0) ?? [];
    expect(value).toBeGreaterThan(Math.max(...changes));
    expect(figure?.note).toContain(value.toFixed(2).slice(0, 3));
  });

  it('have labels that slant where they would meet', async () => {
    const figures = figuresOf({ kind: 'run', result: cycled });
    const angleOf = (figure: Figure | undefined) =>
      layers(figure)
        .map(({ encoding }) => encoding?.['x']?.['axis'] as { labelAngle?: number } | undefined)
        .find((axis) => axis !== undefined)?.labelAngle;
    expect(angleOf(byId(figures, 'steps-mpo'))).toBeLessThan(0);
    const few = cycled.pairs.map((pair) => ({ ...pair, steps: pair.steps.slice(0, 3) }));
    const short = figuresOf({ kind: 'run', result: { ...cycled, pairs: few } });
    expect(angleOf(byId(short, 'steps-mpo'))).toBe(0);
    const svg = await renderSvg(byId(figures, 'steps-mpo') as Figure);
    for (const { name } of cycled.pairs[1]?.steps ?? []) {
      const [label] = new RegExp(`<text[^>]*>${name}<`).exec(svg) ?? [''];
      expect(label).not.toBe('');
      expect(label).not.toContain('opacity="0"');
    }
  });
});

describe('lanes', () => {
  it('have intervals, and the worst lane of each channel beside them', () => {
    const figure = byId(figuresOf({ kind: 'run', result }), 'lanes-link');
    const [channel] = result.channels as [Result['channels'][0]];
    const bars = layersOf(figure)[0] ?? [];
    const worst = bars.filter(({ lane }) => lane === 'worst').map(({ lossDb }) => lossDb);
    expect(worst).toEqual([channel.loss.worst.mean.value, channel.loss.worst.p97.value]);
    const intervals = layersOf(figure)[1] ?? [];
    expect(intervals.map(({ low, high }) => [low, high])).toContainEqual([
      channel.lanes[1]?.mean.low,
      channel.lanes[1]?.mean.high,
    ]);
    expect(figure?.note).toContain(`${(100 * (channel.budget?.met.value as number)).toFixed(1)}`);
  });
});

describe('offsets', () => {
  it('give all points to files, and their labels stand on a rim clear of each other', () => {
    const redrawn = redraw(result);
    const figure = byId(figuresOf({ kind: 'run', result }, redrawn), 'offsets');
    const [first] = redrawn.pairs as [(typeof redrawn.pairs)[0]];
    const { xUm, yUm, lossDb } = first.offsets;
    expect(figure?.data?.rows.slice(0, xUm.length)).toEqual(
      lossDb.map((loss, k) => ['mtp', xUm[k], yUm[k], loss]),
    );
    const labels = layersOf(figure).filter(([one]) => /dB$/.test(String(one?.['text'])));
    // a rim and a text a panel
    expect(labels).toHaveLength(4);
    expect(labels[0]).toEqual(labels[1]);
    const texts = layers(figure).filter(({ mark }) => mark?.type === 'text');
    expect(texts[0]?.mark).toMatchObject({ stroke: '#ffffff' });
    for (const sign of [1, -1]) {
      const ys = (labels[0] ?? []).map(({ y }) => sign * (y as number)).filter((y) => y > 0);
      // 300 pixels for at most 6 µm
      for (let i = 1; i < ys.length; i++)
        expect((ys[i - 1] as number) - (ys[i] as number)).toBeGreaterThan(0.2);
    }
  });
});
