/** Lanes of a link: mean and 97 % point of each. */
import type { ChannelResult } from '../../result/schema.js';
import type { Estimate } from '../../statistics/intervals.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText, percentText } from '../text.js';
import { HEIGHT, INK, WIDTH } from '../theme.js';

/** The bar beside those of the lanes. */
const WORST = 'worst';

export function lanesFigure({
  name,
  lanes,
  loss,
  budget,
  connectorBudget,
  spansDb,
}: ChannelResult): Figure {
  const values = lanes.flatMap(({ transmit, receive, mean, p97 }, i) =>
    [
      { statistic: 'mean', estimate: mean },
      { statistic: '97 %', estimate: p97 },
    ].map(({ statistic, estimate }) => ({
      ...{ lane: String(i + 1), transmit, receive, statistic, lossDb: estimate.value },
      ...{ low: estimate.low, high: estimate.high },
      tip: `Lane ${i + 1}, from fibre ${transmit} to ${receive}: ${statistic} ${decibelText(estimate)}`,
    })),
  );
  const worst = (['mean', 'p97'] as const).map((statistic) => {
    const { value, low, high } = loss.worst[statistic];
    const label = statistic === 'mean' ? 'mean' : '97 %';
    return {
      ...{ lane: WORST, transmit: null, receive: null, statistic: label, lossDb: value, low, high },
      tip: `Worst lane of each channel: ${label} ${decibelText(loss.worst[statistic])}`,
    };
  });
  const all = [...values, ...worst];
  const kept = [
    ...(budget === null
      ? []
      : [
          `; the line is the budget of ${budget.limitDb} dB, which the worst lane keeps in ${percentText(budget.met)} of the channels`,
        ]),
    ...(connectorBudget === null
      ? []
      : [
          `; its connectors together keep theirs of ${connectorBudget.limitDb} dB in ${percentText(connectorBudget.met)}`,
        ]),
  ].join('');
  const x = {
    field: 'lane',
    type: 'ordinal' as const,
    sort: null,
    title: 'lane',
    axis: { labelAngle: 0 },
  };
  const xOffset = { field: 'statistic', type: 'nominal' as const, sort: ['mean', '97 %'] };
  const limit = budget === null ? [] : [{ limitDb: budget.limitDb }];
  return {
    id: idOf('lanes', name),
    title: `Lanes of the link ${name}`,
    note: `Loss of each lane, and of whichever lane of a channel is the worst, with 95 % intervals; cables (${spansDb.toFixed(2)} dB) included${kept}.`,
    spec: {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: { values: all },
          mark: { type: 'bar' },
          encoding: {
            x,
            xOffset,
            y: { field: 'lossDb', type: 'quantitative', title: 'loss, dB' },
            color: { field: 'statistic', type: 'nominal', sort: ['mean', '97 %'] },
            ...TIPPED,
          },
        },
        {
          data: { values: all.filter(({ low, high }) => low !== null && high !== null) },
          mark: { type: 'rule', strokeWidth: 1.5, color: INK, ...UNTOLD },
          encoding: {
            ...{ x, xOffset },
            y: { field: 'low', type: 'quantitative' },
            y2: { field: 'high' },
          },
        },
        {
          data: { values: limit },
          mark: { type: 'rule', strokeDash: [4, 4], color: INK, ...UNTOLD },
          encoding: { y: { field: 'limitDb', type: 'quantitative' } },
        },
      ],
    },
    table: {
      columns: [
        ...['lane', 'transmits at', 'receives at', 'mean, dB', 'low', 'high'],
        ...['97 %, dB', 'low', 'high'],
      ],
      rows: [
        ...lanes.map(({ transmit, receive, mean, p97 }, i) => [
          ...[i + 1, transmit, receive, ...endsOf(mean), ...endsOf(p97)],
        ]),
        [WORST, null, null, ...endsOf(loss.worst.mean), ...endsOf(loss.worst.p97)],
      ],
    },
  };
}

function endsOf({ value, low, high }: Estimate): (number | null)[] {
  return [value, low, high];
}
