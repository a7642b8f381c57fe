/** Limits of pairs and IEC grades, as they are marked in distributions and exceedance curves. */
import { lossGrades } from '../../statistics/grade.js';
import { TIPPED, UNTOLD } from '../face-shapes.js';
import { modeOf, type PairsOfRun } from '../mode.js';
import { HEIGHT, INK, SERIES, WIDTH } from '../theme.js';

/** A loss that a share of the fibres may exceed at most; null where the limit is no point of the curve. */
export interface Threshold {
  readonly lossDb: number;
  readonly share: number | null;
  readonly label: string;
  readonly tip: string;
  readonly isLimit: boolean;
  /** How the run came out; null of grades. */
  readonly verdict: string | null;
}

/** Limits further out than this many times the axis are not drawn. */
const MOST_STRETCH = 2;
/** Height of a row of labels, about the width of a letter, and what is left free beside a label, pixels. */
const ROW = 14;
const LETTER = 6.5;
const LABEL_GAP = 4;
/** Further rows have lines alone. */
const MOST_ROWS = 8;
const QUANTILE = /^p(\d+) <= ([\d.eE+-]+) ?dB$/;
const MEAN = /^mean <= ([\d.eE+-]+) ?dB$/;
const YIELD = /^yield\(([\d.eE+-]+) ?dB\) >= ([\d.eE+-]+) ?(%?)$/;

/** The limits on the loss of all fibres, each once for all pairs that have it, and the 97 % limits of the grades if all are of one mode. */
export function thresholdsOf(result: PairsOfRun): Threshold[] {
  const byText = new Map<string, { names: string[]; verdicts: string[] }>();
  for (const { name, limits } of result.pairs) {
    for (const { limit, verdict } of limits) {
      const { names, verdicts } = byText.get(limit) ?? { names: [], verdicts: [] };
      byText.set(limit, { names: [...names, name], verdicts: [...verdicts, verdict] });
    }
  }
  const limits = [...byText].flatMap(([text, { names, verdicts }]): Threshold[] => {
    const point = pointOf(text);
    if (point === undefined) return [];
    const whose = names.length === result.pairs.length ? '' : `${names.join(', ')}: `;
    const [first] = verdicts;
    const verdict = verdicts.every((one) => one === first) ? (first as string) : 'by pair';
    const tip = `Limit ${text} of ${names.map((name, i) => `${name}: ${verdicts[i]}`).join(', ')}`;
    return [
      {
        ...point,
        label: `${whose}${text.replace('<=', '≤').replace('>=', '≥')}`,
        tip,
        isLimit: true,
        verdict,
      },
    ];
  });
  const mode = modeOf(result);
  const grades = (mode === null ? [] : lossGrades(mode)).map(({ name, p97Db, meanDb }) => ({
    ...{ lossDb: p97Db, share: 0.03, label: `grade ${name}`, isLimit: false, verdict: null },
    tip: `IEC grade ${name}: 97 % point up to ${p97Db} dB, mean up to ${meanDb} dB`,
  }));
  return [...grades, ...limits];
}

/** Loss and share of what a limit says; undefined for limits that are on anything but the loss of all fibres. */
function pointOf(text: string): { lossDb: number; share: number | null } | undefined {
  const quantile = QUANTILE.exec(text);
  if (quantile !== null) {
    const [, digits = '', loss] = quantile;
    return { lossDb: Number(loss), share: 1 - Number(digits) / 10 ** Math.max(2, digits.length) };
  }
  const mean = MEAN.exec(text);
  if (mean !== null) return { lossDb: Number(mean[1]), share: null };
  const share = YIELD.exec(text);
  if (share === null) return undefined;
  return { lossDb: Number(share[1]), share: 1 - Number(share[2]) / (share[3] === '%' ? 100 : 1) };
}

/** Where an axis of losses ends so that limits show, and what then lies on it. */
export function withinAxis(
  thresholds: readonly Threshold[],
  end: number,
): { readonly end: number; readonly shown: readonly Threshold[] } {
  const limits = thresholds.filter(
    ({ isLimit, lossDb }) => isLimit && lossDb <= MOST_STRETCH * end,
  );
  const furthest = roundedUp(Math.max(end, ...limits.map(({ lossDb }) => 1.08 * lossDb)));
  return { end: furthest, shown: thresholds.filter(({ lossDb }) => lossDb <= furthest) };
}

/** To a fifth at most beyond, so that an axis stays where it is while its curves move a little. */
function roundedUp(end: number): number {
  const power = 10 ** Math.floor(Math.log10(end));
  const [least = 10] = [1, 1.2, 1.4, 1.6, 2, 2.4, 2.8, 3.2, 4, 5, 6, 7, 8].filter(
    (first) => first * power >= end,
  );
  return Number((least * power).toPrecision(3));
}

/** Rows of labels above the plot: a label lies so low that it meets no line and no label of what lies to its right. */
function rowsOf(inOrder: readonly Threshold[], end: number): number[] {
  const rows = new Array<number>(inOrder.length).fill(0);
  const pixels = ({ lossDb }: Threshold): number => (WIDTH * lossDb) / end;
  for (let i = inOrder.length - 1; i >= 0; i--) {
    const own = inOrder[i] as Threshold;
    const reach = pixels(own) + LETTER * own.label.length + 2 * LABEL_GAP;
    for (let j = i + 1; j < inOrder.length; j++) {
      if (pixels(inOrder[j] as Threshold) > reach) continue;
      rows[i] = Math.max(rows[i] as number, 1 + (rows[j] as number));
    }
  }
  return rows;
}

/** Upright lines up to their labels above the plot, and the room in pixels that these take. */
export function thresholdLayers(shown: readonly Threshold[], x: object, end: number) {
  const inOrder = shown.toSorted((a, b) => a.lossDb - b.lossDb);
  const rows = rowsOf(inOrder, end).map((row) => Math.min(row, MOST_ROWS));
  const layers = inOrder.flatMap(({ lossDb, label, tip, isLimit }, i) => {
    const row = rows[i] as number;
    const data = { values: [{ lossDb, label, tip }] };
    const style = isLimit
      ? { color: SERIES[1], strokeWidth: 1.5 }
      : { color: INK, strokeDash: [4, 4], opacity: 0.5 };
    const line = {
      data,
      mark: { type: 'rule' as const, ...style },
      encoding: { x, y: { value: -ROW * (row + 1) }, y2: { value: HEIGHT }, ...TIPPED },
    };
    const text = {
      data,
      mark: {
        type: 'text' as const,
        align: 'left' as const,
        dx: LABEL_GAP,
        baseline: 'middle' as const,
        ...UNTOLD,
      },
      encoding: {
        x,
        y: { value: -ROW * (row + 0.5) },
        text: { field: 'label', type: 'nominal' as const },
      },
    };
    return row === MOST_ROWS ? [line] : [line, text];
  });
  return { layers, room: inOrder.length === 0 ? 0 : ROW * (1 + Math.max(...rows)) };
}
