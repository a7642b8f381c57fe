/** Probabilities of great losses as text. */
import type {
  ExceedanceLoss,
  ExceedancePair,
  ExceedanceResult,
} from '../result/schema-exceedance.js';
import type { Colours } from './colours.js';
import { label } from './estimate-table.js';
import { integer } from './format.js';
import { table, wrap } from './table.js';

const ENDED = {
  precision: 'every interval is so narrow',
  levels: 'every interval is so narrow where there is one',
  replicates: 'ended by the bound on replicates',
  time: 'ended by the bound on time',
} as const;

function endText({ name, rounds, endedBy }: ExceedancePair, wanted: number): string {
  const width = Number((100 * wanted).toPrecision(3));
  return `${name}: ${integer(rounds.at(-1) ?? 0)} replicates for ± ${width} %, ${ENDED[endedBy]}.`;
}

const HEADER = ['pair', 'loss above', 'probability', '1 in', 'computed', 'plain', 'fewer'];

export function exceedanceLines(result: ExceedanceResult, colours: Colours): string[] {
  const rows = result.pairs.flatMap((pair) =>
    pair.losses.flatMap((loss, i) => rowsOf(pair, loss, i === 0)),
  );
  const [head = '', ...lines] = table([HEADER, ...rows], 1);
  const beyond = result.pairs.some(({ losses }) =>
    losses.some((loss) => loss.relativeHalfWidth === null),
  );
  return [
    colours.bold(head),
    ...lines.map((line, i) => (i % 2 === 1 ? colours.dim(line) : line)),
    '',
    ...wrap(
      'Probability that a fibre of a mating loses more, with its 95 % interval. Computed: fibre matings here; plain: those of sampling at random for as narrow an interval, at least.',
    ),
    ...result.pairs.flatMap((pair) => wrap(endText(pair, result.relativeHalfWidth))),
    ...(beyond
      ? wrap(
          '≤: so rare, or impossible, that no level reaches it; the bound is that of the last level.',
        )
      : []),
  ];
}

function rowsOf(pair: ExceedancePair, loss: ExceedanceLoss, isFirst: boolean): string[][] {
  const { probability, relativeHalfWidth, plainFibreMatings, aboveDb } = loss;
  const { value, low, high } = probability;
  const name = isFirst ? label(pair.name) : '';
  if (relativeHalfWidth === null) {
    return [
      [
        name,
        `${aboveDb} dB`,
        `≤ ${probabilityText(high ?? 1)}`,
        '',
        amount(pair.evaluations),
        '',
        '',
      ],
      [''],
    ];
  }
  const isCertain = value === 1;
  return [
    [
      name,
      `${aboveDb} dB`,
      isCertain ? '1' : probabilityText(value),
      isCertain ? 'always' : amount(1 / value),
      amount(pair.evaluations),
      plainFibreMatings === null ? '' : amount(plainFibreMatings),
      plainFibreMatings === null ? '' : timesText(plainFibreMatings / pair.evaluations),
    ],
    ['', '', `${probabilityText(low ?? 0)} – ${probabilityText(high ?? 1)}`, '', '', '', ''],
  ];
}

/** `3.42e-7`, `0.0123`: three digits. */
function probabilityText(p: number): string {
  if (p === 0 || p >= 0.001) return p.toPrecision(3);
  return p.toExponential(2);
}

/** `1.23 M`: three digits. */
function amount(x: number): string {
  const units: readonly (readonly [number, string])[] = [
    [1e12, ' T'],
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ];
  if (x >= 1e15) return x.toExponential(2);
  const [size, unit] = units.find(([least]) => x >= least) ?? [1, ''];
  return `${Number((x / size).toPrecision(3))}${unit}`;
}

/** How many times fewer matings; where plain sampling needs fewer, no number. */
function timesText(times: number): string {
  return times < 1 ? '–' : `${amount(Number(times.toPrecision(2)))} ×`;
}
