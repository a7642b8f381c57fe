/** One mating drawn: two end faces on top of each other with pins, holes and fibres, offsets exaggerated. */
import type { MatedFaces, MatedGuide } from '../../result/redrawn.js';
import {
  ellipsePath,
  faceAxes,
  faceOutline,
  faceScale,
  GLASS_UM,
  KEY_LABEL,
  sizeOf,
  TIPPED,
  UNTOLD,
} from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { SERIES } from '../theme.js';

const FACTORS = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;
/** Errors are drawn no larger than this, or neighbours at 250 µm could be mixed up. */
const MOST_DRAWN_UM = 150;
/** A pin is drawn no narrower than this share of its hole. */
const LEAST_PIN = 0.55;
/** Rows beyond which losses find no room between them. */
const LABELLED_ROWS = 2;
const PLUGS = ['pinned plug', 'unpinned plug'] as const;
const [PINNED_COLOUR, UNPINNED_COLOUR] = SERIES;

/** By how much errors are exaggerated: the largest round factor that keeps the picture clear. */
export function exaggerationOf({ guides, fibres, plugXUm, plugYUm }: MatedFaces): number {
  const errors = [
    Math.hypot(plugXUm, plugYUm),
    ...fibres.map((f) => Math.hypot(f.offsetXUm, f.offsetYUm)),
    ...fibres.map((f) => Math.hypot(f.coreXUm - f.nominalXUm, f.coreYUm - f.nominalYUm)),
  ];
  const room = MOST_DRAWN_UM / Math.max(...errors, 1e-9);
  const rooms = guides.map((guide) => {
    const play = guide.holeDiameterUm - Math.min(guide.pinWidthUm, guide.pinHeightUm);
    return ((1 - LEAST_PIN) * guide.holeDiameterUm) / Math.max(Math.abs(play), 1e-9);
  });
  return FACTORS.findLast((factor) => factor <= Math.min(room, ...rooms)) ?? 1;
}

/**
 * The picture of a mating: pinned plug as one looks at it, the other one through it. Fibres, holes and outline to scale at
 * their nominal places; every error (of cores, pins, holes, of the plug as a whole) and the play of the pins drawn `factor`
 * times as large, so that what touches is seen to touch.
 */
export function matedFacesFigure(
  faces: MatedFaces,
  pair: string,
  step: string | null = null,
  which = 'Worst mating',
): Figure {
  const factor = exaggerationOf(faces);
  const worst = Math.max(...faces.fibres.map(({ lossDb }) => lossDb));
  const scale = faceScale();
  const at = faceAxes(scale);
  const colour = {
    field: 'plug',
    type: 'nominal' as const,
    scale: { domain: [...PLUGS], range: [PINNED_COLOUR, UNPINNED_COLOUR] },
  };
  const size = { field: 'size', type: 'quantitative' as const, scale: null };
  const fibres = fibreMarks(faces, factor, sizeOf(GLASS_UM, scale));
  const guides = faces.guides.map((guide, g) => guideMarks(guide, g + 1, factor));
  const labels = labelMarks(faces, factor);
  const bar = barOf(factor);
  return {
    id: idOf(which, pair),
    title: `${which} of ${pair}${step === null ? '' : `, ${step}`}: offsets drawn ${factor} × as large`,
    note: noteOf(faces, factor),
    spec: {
      width: scale.width,
      height: scale.height,
      layer: [
        {
          data: { values: outlines(faces, factor) },
          mark: { type: 'line', strokeWidth: 1.2, opacity: 0.8, ...UNTOLD },
          encoding: {
            ...at,
            order: { field: 'i', type: 'quantitative' },
            color: { ...colour, legend: { symbolType: 'circle', symbolStrokeWidth: 2 } },
          },
        },
        {
          data: {
            values: guides.map(({ hole }) => ({ ...hole, size: sizeOf(hole.diameterUm, scale) })),
          },
          mark: { type: 'point', shape: 'circle', strokeWidth: 1.5, opacity: 1 },
          encoding: { ...at, color: colour, size, ...TIPPED },
        },
        ...guides.map(({ pin }) => ({
          data: { values: [{ ...pin, size: sizeOf(pin.widthUm, scale) }] },
          mark: {
            type: 'point' as const,
            shape: ellipsePath(pin.widthUm, pin.heightUm),
            filled: true,
            opacity: 0.5,
          },
          encoding: { ...at, color: colour, size, ...TIPPED },
        })),
        {
          data: { values: fibres.filter(({ plug }) => plug === PLUGS[0]) },
          mark: { type: 'point', shape: 'circle', filled: true, opacity: 0.5 },
          encoding: { ...at, color: colour, size, ...TIPPED },
        },
        {
          data: { values: fibres.filter(({ plug }) => plug === PLUGS[1]) },
          mark: { type: 'point', shape: 'circle', strokeWidth: 1.5, opacity: 1 },
          encoding: { ...at, color: colour, size, ...TIPPED },
        },
        {
          data: { values: fibres },
          mark: { type: 'point', shape: 'circle', filled: true, size: 9, opacity: 1, ...UNTOLD },
          encoding: { ...at, color: colour },
        },
        {
          data: { values: labels },
          mark: { type: 'text', fontSize: 9, baseline: 'bottom', ...UNTOLD },
          encoding: {
            ...at,
            text: { field: 'text' },
            opacity: { condition: { test: `datum.lossDb >= ${worst}`, value: 1 }, value: 0.75 },
          },
        },
        {
          data: { values: labels.filter(({ lossDb }) => lossDb >= worst) },
          mark: { type: 'text', fontSize: 9, fontWeight: 'bold', baseline: 'bottom', ...UNTOLD },
          encoding: { ...at, text: { field: 'text' } },
        },
        {
          data: { values: [KEY_LABEL, ...bar.labels] },
          mark: { type: 'text', fontSize: 10, ...UNTOLD },
          encoding: { ...at, text: { field: 'text' } },
        },
        {
          data: { values: bar.line },
          mark: { type: 'rule', strokeWidth: 2, ...UNTOLD },
          encoding: { ...at, x2: { field: 'x2Um' } },
        },
      ],
    },
    table: tableOf(faces),
  };
}

function noteOf(
  { mating, fibres, springForceN, loadXN, loadYN, pressFit, merged }: MatedFaces,
  factor: number,
): string {
  const worst = fibres.reduce((a, b) => (b.lossDb > a.lossDb ? b : a));
  const offset = Math.hypot(worst.offsetXUm, worst.offsetYUm);
  return [
    `Mating ${mating}, whose fibre ${worst.fibre} loses ${worst.lossDb.toFixed(3)} dB with an offset of ${offset.toFixed(2)} µm; spring ${springForceN.toFixed(1)} N, load across the axis ${Math.hypot(loadXN, loadYN).toFixed(1)} N.`,
    `The pinned plug as one looks at it (filled), the unpinned one seen through it (outlined), losses in dB. Glass, guide holes and pitches are to scale, errors and the play of the pins ${factor} × as large; small dots are the cores. Outline and key are for orientation.`,
    ...(pressFit ? ['The pins are a press fit.'] : []),
    ...(merged
      ? [
          'Errors of both plugs that count only as a sum were drawn as one: the pinned plug shows them.',
        ]
      : []),
  ].join(' ');
}

/** Drawn place of something whose nominal place and error are known. */
function drawn(nominal: number, real: number, factor: number): number {
  return Number((nominal + factor * (real - nominal)).toFixed(2));
}

/** Glass of both plugs; the unpinned core is off from the pinned one by the offset. */
function fibreMarks({ fibres }: MatedFaces, factor: number, size: number) {
  return fibres.flatMap((f) => {
    const tip = `Fibre ${f.fibre} on ${f.facingFibre}: ${f.lossDb.toFixed(3)} dB, offset x ${um(f.offsetXUm)}, y ${um(f.offsetYUm)}, air gap ${um(f.gapUm)}`;
    const mark = (plug: string, xUm: number, yUm: number) => ({
      ...{ plug, tip, size, fibre: f.fibre },
      xUm: drawn(f.nominalXUm, xUm, factor),
      yUm: drawn(f.nominalYUm, yUm, factor),
    });
    return [
      mark(PLUGS[0], f.coreXUm, f.coreYUm),
      mark(PLUGS[1], f.coreXUm + f.offsetXUm, f.coreYUm + f.offsetYUm),
    ];
  });
}

function guideMarks(g: MatedGuide, number: number, factor: number) {
  const narrower = (pinUm: number): number =>
    g.holeDiameterUm - factor * (g.holeDiameterUm - pinUm);
  const round = g.pinWidthUm === g.pinHeightUm;
  const size = round
    ? `Ø ${um(g.pinWidthUm)}`
    : `${um(g.pinWidthUm)} wide, ${um(g.pinHeightUm)} high`;
  return {
    hole: {
      plug: PLUGS[1],
      xUm: drawn(g.nominalXUm, g.holeXUm, factor),
      yUm: drawn(g.nominalYUm, g.holeYUm, factor),
      diameterUm: g.holeDiameterUm,
      tip: `Guide hole at pin ${number}: Ø ${um(g.holeDiameterUm)}`,
    },
    pin: {
      plug: PLUGS[0],
      xUm: drawn(g.nominalXUm, g.pinXUm, factor),
      yUm: drawn(g.nominalYUm, g.pinYUm, factor),
      widthUm: narrower(g.pinWidthUm),
      heightUm: narrower(g.pinHeightUm),
      tip: `Guide pin ${number}: ${size}; off the middle of its hole x ${um(g.pinXUm - g.holeXUm)}, y ${um(g.pinYUm - g.holeYUm)}`,
    },
  };
}

/** Outlines of both plugs; the unpinned one shifted and turned, upside down or not, looks the same. */
function outlines({ plugXUm, plugYUm, plugTurnRad }: MatedFaces, factor: number) {
  const own = faceOutline().map((point, i) => ({ ...point, i, plug: PLUGS[0] }));
  const corners = faceOutline().filter(({ yUm }) => Math.abs(yUm) < KEY_LABEL.yUm);
  const other = corners.map(({ xUm, yUm }, i) => ({
    xUm: xUm + factor * (plugXUm - plugTurnRad * yUm),
    yUm: yUm + factor * (plugYUm + plugTurnRad * xUm),
    ...{ i, plug: PLUGS[1] },
  }));
  return [...own, ...other];
}

/** Losses above their fibres; of many rows the worst alone. */
function labelMarks({ fibres }: MatedFaces, factor: number) {
  const rows = new Set(fibres.map(({ nominalYUm }) => nominalYUm)).size;
  const worst = Math.max(...fibres.map(({ lossDb }) => lossDb));
  const shown = rows <= LABELLED_ROWS ? fibres : fibres.filter(({ lossDb }) => lossDb === worst);
  return shown.map((f) => ({
    xUm: f.nominalXUm,
    yUm: drawn(f.nominalYUm, f.coreYUm + Math.max(0, f.offsetYUm), factor) + GLASS_UM / 2 + 15,
    text: f.lossDb.toFixed(2),
    lossDb: f.lossDb,
  }));
}

/** A bar as long as an offset of a round number of µm is drawn. */
function barOf(factor: number) {
  const um = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => n * factor >= 200) ?? 500;
  const [x, y] = [-3000, -1370];
  return {
    line: [{ xUm: x, yUm: y, x2Um: x + um * factor }],
    labels: [{ xUm: x + um * factor + 420, yUm: y, text: `${um} µm of offset` }],
  };
}

function um(value: number): string {
  return `${value.toFixed(2).replace('-', '−')} µm`;
}

function tableOf({ guides, fibres }: MatedFaces): Figure['table'] {
  return {
    columns: [
      'what',
      ...['x, µm', 'y, µm', 'pinned off by x, µm', 'y, µm', 'unpinned off by x, µm', 'y, µm'],
      ...['pin wide, µm', 'pin high, µm', 'hole, µm', 'offset, µm', 'air gap, µm', 'loss, dB'],
    ],
    rows: [
      ...guides.map((g, i) => [
        ...[`pin ${i + 1}`, g.nominalXUm, g.nominalYUm],
        ...[g.pinXUm - g.nominalXUm, g.pinYUm - g.nominalYUm],
        ...[g.holeXUm - g.nominalXUm, g.holeYUm - g.nominalYUm],
        ...[g.pinWidthUm, g.pinHeightUm, g.holeDiameterUm, null, null, null],
      ]),
      ...fibres.map((f) => {
        const [x, y] = [f.coreXUm - f.nominalXUm, f.coreYUm - f.nominalYUm];
        return [
          ...[`fibre ${f.fibre} on ${f.facingFibre}`, f.nominalXUm, f.nominalYUm],
          ...[x, y, x + f.offsetXUm, y + f.offsetYUm, null, null, null],
          ...[Math.hypot(f.offsetXUm, f.offsetYUm), f.gapUm, f.lossDb],
        ];
      }),
    ],
  };
}
