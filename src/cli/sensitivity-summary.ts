/** The summary of a sensitivity study: a tornado for each pair. */
import type {
  FactorResult,
  SensitivityOfPair,
  SensitivityResult,
} from '../result/schema-sensitivity.js';
import type { Estimate } from '../statistics/intervals.js';
import type { Colours } from './colours.js';
import { counted, decibels, fixed, percents } from './format.js';
import { hostLine } from './host-line.js';
import { shorten, table, WIDTH, wrap } from './table.js';

/** Bars are as long as the room beside the table, and at most this. */
const LONGEST_BAR = 12;
/** Changes of the 97 % point below these, dB, are of no interest. */
const SHOWN_DB = 0.0005;

export function sensitivityLines(result: SensitivityResult, colours: Colours): string[] {
  const { bold, dim } = colours;
  const { host } = result;
  const { name } = result.scenario as { name: string };
  return [
    bold(shorten(`${name}: which inputs drive the loss`, 80)),
    ...wrap(
      `Share: of the variance of a fibre's loss, on its own (S) and with interactions (T). Without: what changes if the input no longer spreads. −10 %: if its spread is cut by 10 %. Changes in 0.001 dB, of the yield at ${result.yieldAtDb} dB in percentage points; the bar is the change of the 97 % point without it.`,
    ),
    ...result.pairs.flatMap((pair) => tornado(pair, result.yieldAtDb, colours)),
    '',
    dim(hostLine(host)),
  ];
}

function tornado(pair: SensitivityOfPair, limitDb: number, { bold, dim }: Colours): string[] {
  const [mean, p97] = decibels([pair.mean, pair.p97]).map(({ value }) => value);
  const [within] = percents([pair.yield]).map(({ value }) => value);
  const shown = pair.factors.filter((factor) => isShown(factor));
  const most = Math.max(...shown.map(({ without }) => Math.abs(without.p97.value)));
  const rows = shown.map((factor) => [
    share(factor.fibre?.first),
    share(factor.fibre?.total),
    milli(factor.without.mean),
    milli(factor.without.p97),
    points(factor.without.yield),
    milli(factor.cut.p97),
  ]);
  const numbers = table([['S', 'T', 'mean', '97 %', 'yield', '−10 %'], ...rows], 0);
  const room = WIDTH - 2 - Math.max(...numbers.map((line) => line.length));
  const names = ['', ...shown.map(({ name }) => shortName(name, room))];
  const width = Math.max(...names.map((name) => name.length));
  const longest = Math.min(LONGEST_BAR, room - width - 2);
  const [head = '', ...lines] = numbers.map((line, r) => {
    const change = shown[r - 1]?.without.p97.value ?? 0;
    return `${names[r]?.padEnd(width)}  ${line}${bar(change, most, longest)}`;
  });
  const others = pair.factors.length - shown.length;
  const interactions = pair.interactions?.fibre;
  return [
    '',
    bold(
      `${shorten(pair.name, 20)}: mean ${mean} dB, 97 % ${p97} dB, ${within} within ${limitDb} dB; ${counted(pair.matings, 'mating')}`,
    ),
    bold(head),
    ...lines,
    ...wrap(
      [
        interactions === undefined
          ? ''
          : `Interactions explain ${share(interactions)} of the variance.`,
        others === 0 ? '' : `${counted(others, 'input')} more without effect on the 97 % point.`,
        `Half the 95 % interval of the largest change of the 97 % point is ${half(shown[0]?.without.p97)}.`,
      ].join(' '),
    ).map(dim),
  ];
}

function isShown({ without }: FactorResult): boolean {
  return Math.abs(without.p97.value) >= SHOWN_DB || Math.abs(without.mean.value) >= SHOWN_DB;
}

function share(estimate: Estimate | undefined): string {
  return estimate === undefined ? '–' : `${fixed(100 * estimate.value, 1)} %`;
}

function milli({ value }: Estimate): string {
  return fixed(1000 * value, 1);
}

function points({ value }: Estimate): string {
  const text = fixed(100 * value, 2);
  return Number(text) > 0 ? `+${text}` : text;
}

function half(estimate: Estimate | undefined): string {
  if (estimate?.low == null || estimate.high === null) return 'not known';
  return `${fixed(500 * (estimate.high - estimate.low), 1)}`;
}

/** `design: input`, of which the input is kept whole if it can be. */
function shortName(name: string, width: number): string {
  const [design, input] = name.split(': ');
  if (name.length <= width || input === undefined) return shorten(name, width);
  return shorten(
    `${shorten(design ?? '', Math.max(4, width - 2 - input.length))}: ${input}`,
    width,
  );
}

/** Two spaces and a bar: a full one where the loss gets less. */
function bar(value: number, most: number, longest: number): string {
  const length = most > 0 ? Math.round((longest * Math.abs(value)) / most) : 0;
  return length > 0 ? `  ${(value <= 0 ? '█' : '▒').repeat(length)}` : '';
}
