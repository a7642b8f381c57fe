/** The fibres of each pair where they stand in the face of the ferrule. */
import type { PairResult } from '../../result/schema.js';
import { type FibreCount, ferruleLayout } from '../../scenario/layout.js';
import {
  faceAxes,
  faceOutline,
  faceScale,
  KEY_LABEL,
  sizeOf,
  TIPPED,
  UNTOLD,
} from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { rangeOf } from '../rows.js';
import { INK } from '../theme.js';

/** Diameter of the dots that stand for fibres: wider than their glass, to show colour, narrower than their pitch. */
const DOT_UM = 205;
/** Rows beyond which losses find no room between them. */
const LABELLED_ROWS = 2;

/** Pairs whose end faces are drawn: a scenario may have 200. */
const MOST_FACES = 12;

/** The end faces of the first pairs, with one scale of colours, so that one colour is one loss in all of them. */
export function endFaceFigures(pairs: readonly PairResult[]): Figure[] {
  const shown = pairs.slice(0, MOST_FACES);
  const { least, most } = rangeOf(
    shown.flatMap(({ positions }) => positions.map(({ p97 }) => rounded(p97.value))),
  );
  const left = pairs.length - shown.length;
  return shown.map((pair, i) => {
    const figure = drawFace(pair, [least, most]);
    const more =
      left > 0 && i === shown.length - 1
        ? ` The end faces of ${left} more pairs are not drawn.`
        : '';
    return { ...figure, note: `${figure.note}${shown.length > 1 ? SHARED : ''}${more}` };
  });
}

const SHARED = ' One scale of colours for all pairs.';

export function endFaceFigure(pair: PairResult): Figure {
  return drawFace(pair, null);
}

/** @param domainDb ends of the scale of colours; null for those of this pair alone */
function drawFace(pair: PairResult, domainDb: readonly [number, number] | null): Figure {
  const values = pair.positions.map(({ fibre, facingFibre, xUm, yUm, mean, p97 }) => ({
    ...{ fibre, facingFibre, xUm, yUm },
    meanDb: rounded(mean.value),
    p97Db: rounded(p97.value),
    label: p97.value.toFixed(2),
    tip: `Fibre ${fibre}, which faces ${facingFibre}: mean ${mean.value.toFixed(3)} dB, 97 % point ${p97.value.toFixed(3)} dB`,
  }));
  const rows = new Set(values.map(({ yUm }) => yUm)).size;
  const scale = faceScale();
  const at = faceAxes(scale);
  const { guidePitchUm, guideHoleDiameterUm } = ferruleLayout(pair.fibres as FibreCount);
  const holes = [-0.5, 0.5].map((side, i) => ({
    xUm: side * guidePitchUm,
    yUm: 0,
    tip: `Guide hole ${i + 1}, nominal Ø ${guideHoleDiameterUm} µm, pitch ${guidePitchUm} µm`,
  }));
  return {
    id: idOf('end-face', pair.name),
    title: `Fibre by fibre: ${pair.name}`,
    note: 'The end face of the pinned plug as one looks at it, key up: 97 % point of each fibre in dB. Fibres and guide holes are where the model has them, the holes to scale, the dots wider than the fibres; outline and key are for orientation.',
    spec: {
      width: scale.width,
      height: scale.height,
      layer: [
        {
          data: { values: faceOutline().map((point, i) => ({ ...point, i })) },
          mark: { type: 'line', strokeWidth: 1.5, color: INK, opacity: 0.6, ...UNTOLD },
          encoding: { ...at, order: { field: 'i', type: 'quantitative' } },
        },
        {
          data: { values: holes },
          mark: {
            type: 'point',
            shape: 'circle',
            size: sizeOf(guideHoleDiameterUm, scale),
            ...{ filled: true, fill: INK, fillOpacity: 0.12, stroke: INK, strokeOpacity: 0.6 },
            opacity: 1,
          },
          encoding: { ...at, ...TIPPED },
        },
        {
          data: { values },
          mark: { type: 'circle', size: sizeOf(DOT_UM, scale), opacity: 1 },
          encoding: {
            ...at,
            color: {
              field: 'p97Db',
              type: 'quantitative',
              scale: {
                ...{ scheme: 'viridis', reverse: true, zero: false },
                ...(domainDb === null ? {} : { domain: [...domainDb], nice: false }),
              },
              legend: { title: '97 %, dB', orient: 'top', gradientLength: 180 },
            },
            ...TIPPED,
          },
        },
        {
          data: { values: rows <= LABELLED_ROWS ? values : [] },
          mark: { type: 'text', dy: -17, fontSize: 10, ...UNTOLD },
          encoding: { ...at, text: { field: 'label' } },
        },
        {
          data: { values: [KEY_LABEL, ...firstOf(values)] },
          mark: { type: 'text', fontSize: 10, ...UNTOLD },
          encoding: { ...at, text: { field: 'text' } },
        },
      ],
    },
    table: {
      columns: [
        'fibre',
        'faces',
        'x, µm',
        'y, µm',
        'mean, dB',
        '97 %, dB',
        '95 % between, dB',
        'and, dB',
      ],
      rows: pair.positions.map((p) => [
        ...[p.fibre, p.facingFibre, p.xUm, p.yUm, p.mean.value, p.p97.value, p.lowDb, p.highDb],
      ]),
    },
  };
}

/** Marks fibre 1, between it and the pin. */
function firstOf(values: readonly { fibre: number; xUm: number; yUm: number }[]) {
  return values
    .filter(({ fibre }) => fibre === 1)
    .map(({ xUm, yUm }) => ({ xUm: xUm - 305, yUm, text: 'fibre 1' }));
}

function rounded(lossDb: number): number {
  return Number(lossDb.toPrecision(4));
}
