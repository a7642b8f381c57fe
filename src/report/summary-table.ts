/** The figures of a result in one table. */
import type { AnyResult } from '../result/read-any.js';
import { plainText } from '../result/sweep-table.js';
import type { FigureTable } from './figure.js';
import { atMost } from './rows.js';
import { parameterText } from './text.js';

/** Rows of a sweep on the page. */
const MOST_ROWS = 300;

export function summaryTable(any: AnyResult): FigureTable {
  switch (any.kind) {
    case 'run':
      return {
        columns: [
          'pair',
          'fibres',
          'mean, dB',
          '97 %, dB',
          'low',
          'high',
          'worst fibre 97 %, dB',
          'grade',
          'limits',
        ],
        rows: any.result.pairs.map(({ name, fibres, il, worstFibre, grade, limits }) => [
          ...[name, fibres, il.mean.value, il.p97.value, il.p97.low, il.p97.high],
          ...[
            worstFibre.p97.value,
            grade.name,
            limits.map(({ limit, verdict }) => `${limit}: ${verdict}`).join('; '),
          ],
        ]),
      };
    case 'sweep':
      return {
        columns: [
          'point',
          ...any.result.parameters.map(({ paths }) => paths.join(' + ')),
          'pair',
          'mean, dB',
          '97 %, dB',
        ],
        rows: atMost(
          any.result.points.flatMap(({ point, values, pairs, error }) => {
            const at = values.map(({ text }) => parameterText(plainText(text)));
            if (error !== null) return [[point, ...at, error, null, null]];
            return pairs.map(({ name, il }) => [point, ...at, name, il.mean.value, il.p97.value]);
          }),
          MOST_ROWS,
        ),
      };
    case 'sensitivity':
      return {
        columns: [
          'pair',
          'mean, dB',
          'sd, dB',
          '97 %, dB',
          `share within ${any.result.yieldAtDb} dB`,
        ],
        rows: any.result.pairs.map(({ name, mean, sd, p97, yield: within }) => [
          ...[name, mean.value, sd.value, p97.value, within.value],
        ]),
      };
    case 'allocation': {
      const { cheapest, widest } = any.result;
      const rows =
        cheapest?.tolerances.map(({ name, factor, cost, costOfOnePercent, worthOfOnePercent }) => [
          ...[name, factor, cost, costOfOnePercent, worthOfOnePercent],
        ]) ?? [];
      return {
        columns: ['tolerance', 'spread ×', 'cost', '1 % costs', 'is worth'],
        rows: widest === null ? rows : [[widest.name, widest.factor, null, null, null]],
      };
    }
    case 'exceedance':
      return {
        columns: ['pair', 'loss, dB', 'probability', 'low', 'high'],
        rows: any.result.pairs.flatMap(({ name, losses }) =>
          losses.map(({ aboveDb, probability: { value, low, high } }) => [
            name,
            aboveDb,
            value,
            low,
            high,
          ]),
        ),
      };
  }
}
