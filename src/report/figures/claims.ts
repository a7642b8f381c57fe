/** What is said of pairs, against what was found. */
import type { ClaimResult } from '../../result/schema.js';
import { claimText } from '../claim-text.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { INK, SERIES, WIDTH } from '../theme.js';

const ROW = 34;
const COLOURS = { agrees: SERIES[2], disagrees: SERIES[1], undecided: SERIES[3] } as const;

/** Losses and return losses, which differ by a hundred times, apart. */
export function claimFigures(claims: readonly ClaimResult[]): Figure[] {
  const isReturn = ({ statistic }: ClaimResult): boolean => /return/i.test(statistic);
  const kinds = [
    ['claims', 'Claims and predictions', claims.filter((one) => !isReturn(one))],
    ['claims-return-loss', 'Claims and predictions of return loss', claims.filter(isReturn)],
  ] as const;
  return kinds.flatMap(([id, title, some]) =>
    some.length === 0 ? [] : claimFigure(id, title, some),
  );
}

function claimFigure(id: string, title: string, claims: readonly ClaimResult[]): Figure {
  const [low, high] = domainOf(claims);
  const values = claims.map((claim, i) => ({
    claim: `${i + 1}. ${claim.says}`,
    from: claim.atLeastDb ?? low,
    to: claim.atMostDb ?? high,
    ...claim.estimate,
    verdict: claim.verdict,
    tip: `${claim.says}: ${claimText(claim)}; prediction ${decibelText(claim.estimate)} ${claim.verdict}`,
  }));
  const y = {
    field: 'claim',
    type: 'nominal' as const,
    sort: null,
    title: null,
    axis: { labelLimit: 480 },
  };
  const x = {
    type: 'quantitative' as const,
    title: 'claimed, and predicted, dB',
    scale: { domain: [low, high], nice: false, zero: false },
  };
  const color = {
    field: 'verdict',
    type: 'nominal' as const,
    scale: { domain: Object.keys(COLOURS), range: Object.values(COLOURS) },
  };
  return {
    id: idOf(id),
    title,
    note: 'Bars are what is claimed, up to the edge where a claim has one end only; dots are the predictions with 95 % intervals. A claim agrees if the whole interval lies on its bar.',
    spec: {
      width: WIDTH - 120,
      height: { step: ROW },
      layer: [
        {
          data: { values },
          mark: { type: 'bar', height: { band: 0.62 }, color: INK, opacity: 0.16, ...UNTOLD },
          encoding: { y, x: { ...x, field: 'from' }, x2: { field: 'to' } },
        },
        {
          data: { values: values.filter((one) => one.low !== null && one.high !== null) },
          mark: { type: 'rule', strokeWidth: 2.5, ...UNTOLD },
          encoding: { y, color, x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 70, opacity: 1 },
          encoding: { y, color, x: { ...x, field: 'value' }, ...TIPPED },
        },
      ],
    },
    table: {
      columns: [
        ...['claim', 'of', 'statistic', 'at least, dB', 'at most, dB'],
        ...['prediction, dB', 'low', 'high', 'verdict'],
      ],
      rows: claims.map(({ says, of, statistic, atLeastDb, atMostDb, estimate, verdict }) => [
        ...[says, of.toReversed().join(' − '), statistic, atLeastDb, atMostDb],
        ...[estimate.value, estimate.low, estimate.high, verdict],
      ]),
    },
  };
}

/** Room for all ends and predictions; losses from 0 unless differences are claimed. */
function domainOf(claims: readonly ClaimResult[]): [number, number] {
  const all = claims.flatMap(({ atLeastDb, atMostDb, estimate: { value, low, high } }) =>
    [atLeastDb, atMostDb, value, low, high].filter((one) => one !== null),
  );
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = 0.15 * (most - least) + 0.01;
  return [least >= 0 && least < 10 ? 0 : least - room, most + room];
}
