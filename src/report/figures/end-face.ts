/** The fibres of each pair where they stand in the face of the ferrule. */
import type { PairResult } from '../../result/schema.js';
import { type Figure, idOf } from '../figure.js';
import { WIDTH } from '../theme.js';

const MARGIN_UM = 400;
/** Height of a single row, and of each further one, in pixels. */
const FIRST_ROW = 70;
const FURTHER_ROW = 34;

export function endFaceFigure(pair: PairResult): Figure {
  const values = pair.positions.map(({ fibre, facingFibre, xUm, yUm, mean, p97 }) => ({
    ...{ fibre, facingFibre, xUm, yUm },
    meanDb: Number(mean.value.toPrecision(4)),
    p97Db: Number(p97.value.toPrecision(4)),
    label: p97.value.toFixed(2),
  }));
  const rows = new Set(values.map(({ yUm }) => yUm)).size;
  const xs = values.map(({ xUm }) => xUm);
  const ys = values.map(({ yUm }) => yUm);
  const reach = Math.max(...xs.map(Math.abs)) + MARGIN_UM;
  const tall = Math.max(...ys.map(Math.abs)) + MARGIN_UM;
  const x = {
    field: 'xUm',
    type: 'quantitative' as const,
    title: 'along the row, µm',
    scale: { domain: [-reach, reach], nice: false },
    axis: { grid: false },
  };
  const y = {
    field: 'yUm',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: [-tall, tall], nice: false },
    axis: null,
  };
  return {
    id: idOf('end-face', pair.name),
    title: `Fibre by fibre: ${pair.name}`,
    note: 'The end face of the pinned plug as one looks at it: 97 % point of each fibre in dB. Fibre 1 is marked.',
    spec: {
      width: WIDTH,
      height: FIRST_ROW + FURTHER_ROW * (rows - 1),
      data: { values },
      layer: [
        {
          mark: { type: 'circle', size: 520, opacity: 1 },
          encoding: {
            x,
            y,
            color: {
              field: 'p97Db',
              type: 'quantitative',
              scale: { scheme: 'viridis', reverse: true, zero: false },
              legend: { title: '97 %, dB', orient: 'right', gradientLength: 60 },
            },
            tooltip: [
              { field: 'fibre' },
              { field: 'facingFibre', title: 'faces' },
              { field: 'meanDb', title: 'mean, dB' },
              { field: 'p97Db', title: '97 %, dB' },
            ],
          },
        },
        ...(rows === 1 || values.length <= 24
          ? [
              {
                mark: { type: 'text' as const, dy: -19 },
                encoding: { x, y, text: { field: 'label' } },
              },
            ]
          : []),
        {
          transform: [{ filter: 'datum.fibre == 1' }],
          mark: { type: 'text', dy: 20 },
          encoding: { x, y, text: { value: 'fibre 1' } },
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
