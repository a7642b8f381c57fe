/** Lanes of a link: mean and 97 % point of each. */
import type { ChannelResult } from '../../result/schema.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { HEIGHT, INK, WIDTH } from '../theme.js';

export function lanesFigure({ name, lanes, budget, spansDb }: ChannelResult): Figure {
  const values = lanes.flatMap(({ transmit, receive, mean, p97 }, i) =>
    [
      { statistic: 'mean', lossDb: mean.value, tip: decibelText(mean) },
      { statistic: '97 %', lossDb: p97.value, tip: decibelText(p97) },
    ].map((one) => ({
      ...{ lane: i + 1, transmit, receive, ...one },
      tip: `Lane ${i + 1}, from fibre ${transmit} to ${receive}: ${one.statistic} ${one.tip}`,
    })),
  );
  const x = { field: 'lane', type: 'ordinal' as const, title: 'lane', axis: { labelAngle: 0 } };
  const limit = budget === null ? [] : [{ limitDb: budget.limitDb }];
  return {
    id: idOf('lanes', name),
    title: `Lanes of the link ${name}`,
    note: `Loss of each lane, cables (${spansDb.toFixed(2)} dB) included${budget === null ? '' : `; the line is the budget of ${budget.limitDb} dB, which the worst lane has to keep`}.`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values },
          mark: { type: 'bar' },
          encoding: {
            x,
            xOffset: { field: 'statistic', type: 'nominal', sort: ['mean', '97 %'] },
            y: { field: 'lossDb', type: 'quantitative', title: 'loss, dB' },
            color: { field: 'statistic', type: 'nominal', sort: ['mean', '97 %'] },
            ...TIPPED,
          },
        },
        {
          data: { values: limit },
          mark: { type: 'rule', strokeDash: [4, 4], color: INK, aria: false },
          encoding: { y: { field: 'limitDb', type: 'quantitative' } },
        },
      ],
    },
    table: {
      columns: ['lane', 'transmits at', 'receives at', 'mean, dB', '97 %, dB', 'low', 'high'],
      rows: lanes.map(({ transmit, receive, mean, p97 }, i) => [
        ...[i + 1, transmit, receive, mean.value, p97.value, p97.low, p97.high],
      ]),
    },
  };
}
