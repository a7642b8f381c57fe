/** What a run until some precision reached. */
import type { PrecisionResult } from '../result/schema.js';
import type { Colours } from './colours.js';
import { label } from './estimate-table.js';
import { integer } from './format.js';
import { shorten, table, wrap } from './table.js';

const TARGET_WIDTH = 30;
const ENDED = {
  precision: 'Every interval is as narrow as asked for',
  matings: 'Ended by the bound on matings',
  time: 'Ended by the bound on time',
} as const;

export function precisionTable(precision: PrecisionResult | undefined, colours: Colours): string[] {
  if (precision === undefined) return [];
  const { targets, stages, endedBy } = precision;
  const rows = targets.map(({ name, target, halfWidth, wanted, isReached }) => {
    const isShare = target.includes('%') && /(yield|gapFraction|budget)/i.test(target);
    return [
      label(name),
      shorten(target, TARGET_WIDTH),
      halfWidth === null ? '–' : `±${widthText(halfWidth, wanted, isShare)}`,
      isReached ? 'reached' : 'too wide',
    ];
  });
  const [head = '', ...lines] = table([['pair', 'precision', 'is', ''], ...rows], 2);
  return [
    '',
    colours.bold(head),
    ...lines.map((line, i) => (targets[i]?.isReached ? colours.green : colours.yellow)(line)),
    ...wrap(`${ENDED[endedBy]}; matings of its stages: ${stages.map(integer).join(', ')}.`),
  ];
}

/** With two digits more than the width asked for has. */
function widthText(halfWidth: number, wanted: number, isShare: boolean): string {
  const scale = isShare ? 100 : 1;
  let decimals = 1;
  while (decimals < 8 && wanted * scale * 10 ** decimals < 10) decimals += 1;
  return `${(halfWidth * scale).toFixed(decimals)} ${isShare ? '%' : 'dB'}`;
}
