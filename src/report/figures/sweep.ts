/** Curves of a sweep: mean and 97 % point over each parameter. */
import type { SweepResult } from '../../result/schema-sweep.js';
import { plainText } from '../../result/sweep-table.js';
import { type Figure, idOf } from '../figure.js';
import { HEIGHT, WIDTH } from '../theme.js';

export function sweepFigures(result: SweepResult): Figure[] {
  return result.parameters.map((parameter, p) => curve(result, parameter.paths.join(' + '), p));
}

/** One point a point of the sweep; lines join the averages of each value. */
function curve({ points, parameters, design }: SweepResult, path: string, p: number): Figure {
  const unit = parameters[p]?.unit ?? null;
  const values = points.flatMap(({ point, values: its, pairs }) =>
    pairs.flatMap(({ name, il }) => {
      const value = its[p];
      const at = unit === null ? plainText(value?.text ?? '') : (value?.number ?? 0);
      return [
        { point, at, pair: name, statistic: 'mean', lossDb: il.mean.value },
        { point, at, pair: name, statistic: '97 %', lossDb: il.p97.value },
      ];
    }),
  );
  const isSpread = design === 'sobol' || design === 'latin-hypercube';
  const x = {
    field: 'at',
    type: unit === null ? ('nominal' as const) : ('quantitative' as const),
    sort: null,
    title: unit === null || unit === '' ? path : `${path}, ${unit}`,
    scale: unit === null ? {} : { zero: false, padding: 12 },
    axis: { labelAngle: 0 },
  };
  const y = { type: 'quantitative' as const, title: 'loss, dB' };
  const color = { field: 'pair', type: 'nominal' as const, sort: null };
  return {
    id: idOf('sweep', path),
    title: `Loss over ${path}`,
    note: `Every point of the sweep${isSpread ? '' : ', and lines through the averages over all other parameters'}: mean (circles, solid) and 97 % point (diamonds, dashed).`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values: values as unknown as object[] },
      layer: [
        {
          mark: { type: 'point', filled: true, opacity: 0.45, size: 30 },
          encoding: {
            x,
            y: { ...y, field: 'lossDb' },
            color,
            shape: {
              field: 'statistic',
              type: 'nominal',
              scale: { domain: ['mean', '97 %'], range: ['circle', 'diamond'] },
              legend: null,
            },
          },
        },
        ...(isSpread
          ? []
          : [
              {
                mark: { type: 'line' as const, strokeWidth: 2 },
                encoding: {
                  x,
                  y: { ...y, field: 'lossDb', aggregate: 'mean' as const },
                  color,
                  strokeDash: {
                    field: 'statistic',
                    type: 'nominal' as const,
                    scale: {
                      domain: ['mean', '97 %'],
                      range: [
                        [1, 0],
                        [6, 4],
                      ],
                    },
                    legend: null,
                  },
                },
              },
            ]),
      ],
    },
    table: {
      columns: ['point', path, 'pair', 'mean, dB', '97 %, dB'],
      rows: points.flatMap(({ point, values: its, pairs }) =>
        pairs.map(({ name, il }) => [
          point,
          plainText(its[p]?.text ?? ''),
          name,
          il.mean.value,
          il.p97.value,
        ]),
      ),
    },
  };
}
