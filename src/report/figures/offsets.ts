/** Offsets of fibres as clouds, with circles of equal loss and the play of the guide pins. */
import type { Redrawn, RedrawnPair } from '../../result/redrawn.js';
import { DOTS, dotEnds } from '../dots.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { INK, SERIES } from '../theme.js';

/** Panels of a figure: more make a page too long. */
const MOST_PANELS = 12;
const PANEL = 300;
/** Share of the points beyond which the axes may end. */
const BEYOND = 0.002;
const CORNERS = 72;
/** Height of a label with its rim, pixels. */
const LABEL_ROOM = 15;
/** Paper and ink of labels, the same on dark pages. */
const RIM = '#ffffff';
const ON_RIM = { color: '#1b1f23' } as const;
const BANDS = [
  { upToDb: 0.1, name: 'to 0.1 dB', colour: SERIES[2] },
  { upToDb: 0.25, name: 'to 0.25 dB', colour: SERIES[4] },
  { upToDb: 0.5, name: 'to 0.5 dB', colour: SERIES[5] },
  { upToDb: 1, name: 'to 1 dB', colour: SERIES[1] },
  { upToDb: Infinity, name: 'more', colour: SERIES[3] },
] as const;

/** Undefined where nothing could be computed again. */
export function offsetsFigure({ pairs }: Redrawn): Figure | undefined {
  const shown = pairs.slice(0, MOST_PANELS);
  if (shown.length === 0) return undefined;
  const reach = reachOf(shown);
  const [{ offsets, step }] = shown as [RedrawnPair];
  const left = pairs.length - shown.length;
  return {
    id: idOf('offsets'),
    title: `Offsets of the fibres, and what they cost${step === null ? '' : ` (${step})`}`,
    note: `Core of the unpinned plug minus that of the pinned one, of all fibres of about ${offsets.matings} matings a pair (all of them: matedpair run --samples), coloured by their loss. On a circle an offset alone costs the loss at it, between two fibres alike as they are on average; gaps, angles and unequal fibres come on top. Dashed: how far the plug can shift on its pins from the middle, on average; pins and holes that are not equally far apart leave less than their clearance${left > 0 ? `. ${left} more pairs are not drawn` : ''}.`,
    spec: {
      columns: 2,
      concat: shown.map((pair) => panel(pair, reach)),
      resolve: { scale: { color: 'shared' } },
    },
    table: {
      columns: [
        ...['pair', 'dots', 'mean x, µm', 'mean y, µm', 'sd x, µm', 'sd y, µm', '97 % within, µm'],
        ...['pin play x, µm', 'pin play y, µm', 'press fits, %'],
        ...(shown[0]?.isoLoss ?? []).map(({ lossDb }) => `${lossDb} dB at, µm`),
      ],
      rows: shown.map(({ name, offsets: { xUm, yUm }, playXUm, playYUm, pressFits, isoLoss }) => {
        const [x, y] = [momentsOf(xUm), momentsOf(yUm)];
        return [
          ...[name, xUm.length, x.mean, y.mean, x.sd, y.sd, radiusOf(xUm, yUm, 0.97)],
          ...[
            playXUm,
            playYUm,
            100 * pressFits,
            ...(shown[0]?.isoLoss ?? []).map(
              ({ lossDb }) => isoLoss.find((one) => one.lossDb === lossDb)?.radiusUm ?? null,
            ),
          ],
        ];
      }),
    },
    data: {
      columns: ['pair', 'offset x, µm', 'offset y, µm', 'loss, dB'],
      rows: shown.flatMap(({ name, offsets: { xUm, yUm, lossDb } }) =>
        lossDb.map((loss, k) => [name, xUm[k] as number, yUm[k] as number, loss]),
      ),
    },
  };
}

function panel({ name, offsets, isoLoss, playXUm, playYUm }: RedrawnPair, reach: number) {
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative' as const,
    title,
    scale: { domain: [-reach, reach], nice: false },
    axis: { grid: false, tickCount: 5 },
  });
  const at = { x: axis('x', 'offset x, µm'), y: axis('y', 'offset y, µm') };
  const { order } = DOTS;
  const circles = isoLoss.filter(({ radiusUm }) => radiusUm <= reach);
  return {
    title: { text: name, fontSize: 13, anchor: 'middle' as const },
    width: PANEL,
    height: PANEL,
    layer: [
      {
        data: { values: dotsOf(offsets, reach) },
        mark: DOTS.mark,
        encoding: {
          ...at,
          order,
          color: {
            field: 'band',
            type: 'nominal' as const,
            scale: { domain: BANDS.map((b) => b.name), range: BANDS.map((b) => b.colour) },
            legend: { title: 'loss', symbolType: 'circle', symbolStrokeWidth: 4, symbolSize: 30 },
          },
        },
      },
      {
        data: {
          values: circles.flatMap(({ lossDb, radiusUm }) => ring(radiusUm, radiusUm, lossDb)),
        },
        mark: { type: 'line' as const, strokeWidth: 1.2, color: INK, ...UNTOLD },
        encoding: { ...at, order, detail: { field: 'ring', type: 'nominal' as const } },
      },
      {
        data: { values: ring(playXUm, playYUm, 0) },
        mark: {
          type: 'line' as const,
          strokeWidth: 2,
          strokeDash: [5, 3],
          color: INK,
          ...UNTOLD,
        },
        encoding: { ...at, order },
      },
      ...labelLayers(circles, at, reach),
      {
        data: { values: hoverPoints(circles, playXUm, playYUm) },
        mark: { type: 'point' as const, filled: true, opacity: 0, size: 120 },
        encoding: { ...at, ...TIPPED },
      },
    ],
  };
}

/**
 * Labels in turns at the top and at the bottom of the circles, on a rim of paper so that dots do not hide them: white and black
 * on light and dark pages alike. Where circles lie too close for all labels those of the larger ones stay.
 */
function labelLayers(circles: RedrawnPair['isoLoss'], at: object, reach: number) {
  const pixels = (radiusUm: number): number => (radiusUm * PANEL) / (2 * reach);
  const sides = [Infinity, Infinity];
  const values = circles
    .toSorted((a, b) => b.radiusUm - a.radiusUm)
    .flatMap(({ lossDb, radiusUm }, i) => {
      const side = i % 2;
      if ((sides[side] as number) - pixels(radiusUm) < LABEL_ROOM) return [];
      sides[side] = pixels(radiusUm);
      return { x: 0, y: side === 0 ? radiusUm : -radiusUm, text: `${lossDb} dB` };
    });
  const layer = (style: object) => ({
    data: { values },
    mark: {
      type: 'text' as const,
      ...{ fontSize: 11, fontWeight: 'bold' as const, baseline: 'middle' as const },
      ...style,
      ...UNTOLD,
    },
    encoding: { ...at, text: { field: 'text', type: 'nominal' as const } },
  });
  return [layer({ color: RIM, stroke: RIM, strokeWidth: 6, strokeJoin: 'round' }), layer(ON_RIM)];
}

function hoverPoints(circles: RedrawnPair['isoLoss'], xUm: number, yUm: number) {
  const around = (rx: number, ry: number, tip: string) =>
    ring(rx, ry, 0)
      .filter((_, i) => i % 9 === 0 && i < CORNERS)
      .map(({ x, y }) => ({ x, y, tip }));
  return [
    ...circles.flatMap(({ lossDb, radiusUm }) =>
      around(radiusUm, radiusUm, `An offset of ${radiusUm.toFixed(2)} µm alone costs ${lossDb} dB`),
    ),
    ...around(
      xUm,
      yUm,
      `Play of the pins: ${xUm.toFixed(2)} µm along x, ${yUm.toFixed(2)} µm along y`,
    ),
  ];
}

/** The dots of each band of losses that lie within the axes. */
function dotsOf({ xUm, yUm, lossDb }: RedrawnPair['offsets'], reach: number) {
  const dots = lossDb.map((loss, k) => ({
    x: xUm[k] as number,
    y: yUm[k] as number,
    band: BANDS.findIndex(({ upToDb }) => loss <= upToDb),
  }));
  const within = dots.filter(({ x, y }) => Math.abs(x) <= reach && Math.abs(y) <= reach);
  return BANDS.flatMap(({ name }, b) =>
    dotEnds(
      within.filter(({ band }) => band === b),
      { band: name },
      2 * reach,
    ),
  );
}

function ring(rx: number, ry: number, name: number) {
  return Array.from({ length: CORNERS + 1 }, (_, i) => ({
    x: rounded(rx * Math.cos((2 * Math.PI * i) / CORNERS)),
    y: rounded(ry * Math.sin((2 * Math.PI * i) / CORNERS)),
    i,
    ring: name,
  }));
}

/** Half a side of the panels: all but the furthest few points of every pair, in half µm. */
function reachOf(pairs: readonly RedrawnPair[]): number {
  const of = ({ offsets: { xUm, yUm } }: RedrawnPair): number => {
    const largest = xUm
      .map((x, k) => Math.max(Math.abs(x), Math.abs(yUm[k] as number)))
      .sort((a, b) => a - b);
    return largest[Math.floor((1 - BEYOND) * (largest.length - 1))] ?? 1;
  };
  return Math.ceil(2.2 * Math.max(...pairs.map(of), 0.25)) / 2;
}

/** Radius about the middle within which a share of the points lies. */
function radiusOf(xUm: readonly number[], yUm: readonly number[], share: number): number | null {
  const radii = xUm.map((x, k) => Math.hypot(x, yUm[k] as number)).sort((a, b) => a - b);
  return radii[Math.ceil(share * radii.length) - 1] ?? null;
}

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sum = values.reduce((total, x) => total + (x - mean) * (x - mean), 0);
  return { mean, sd: values.length < 2 ? null : Math.sqrt(sum / (values.length - 1)) };
}

function rounded(um: number): number {
  return Math.round(um * 1000) / 1000;
}
