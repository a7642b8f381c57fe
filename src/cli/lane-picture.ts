/** The lanes of a channel as a text picture: a row a lane, a column a span or connector. */
import { InvariantError } from '../errors.js';
import type { Polarity, TracedLane } from '../scenario/lanes.js';
import type { Adapter } from '../scenario/layout.js';
import { shorten, WIDTH } from './table.js';

export interface LanePicture {
  /** Lengths as text with their units. */
  readonly spans: readonly { readonly polarity: Polarity; readonly length?: string | undefined }[];
  /** One fewer than spans. */
  readonly connectors: readonly { readonly adapter: Adapter; readonly name?: string | undefined }[];
  readonly lanes: readonly TracedLane[];
  /** Further columns at the right, a value a lane. */
  readonly losses?: readonly LossColumn[];
}

export interface LossColumn {
  readonly title: string;
  readonly unit?: string | undefined;
  readonly values: readonly string[];
}

/** Cells of one width: two of the header, then one a lane. */
type Column = readonly string[];

const LENGTH_WIDTH = 8;
/** Names have the room of what stands below them, or a cell more on either side. */
const NAME_WIDTHS = [7, 9] as const;
const LOSS_WIDTH = 12;

/**
 * Lines of the picture, none wider than 80 columns.
 *
 * Spans that have no room in one block are spread evenly over several; each begins with the connector that ended the
 * one before.
 */
export function lanePicture({ spans, connectors, lanes, losses = [] }: LanePicture): string[] {
  if (spans.length !== connectors.length + 1) {
    throw new InvariantError(`${spans.length} spans around ${connectors.length} connectors`);
  }
  const lane = column(['', 'lane ', ...lanes.map((one) => `${one.lane} `)], right);
  const near = column(['near', 'Tx', ...lanes.map((one) => `${one.transmit}`)], right);
  const far = column(['far', 'Rx', ...lanes.map(arrivalText)], left);
  const titles = spans.map(({ polarity, length = '' }, i) => [
    `span ${i + 1}`,
    `${polarity} ${shorten(length, LENGTH_WIDTH)}`.trimEnd(),
  ]);
  // One cell more on either side, so that titles of narrow neighbours stay apart
  const arrow = `${'─'.repeat(widest(titles.flat()) + 1)}→`;
  const spanColumns = titles.map((title) => column([...title, ...lanes.map(() => arrow)], centre));
  const names = connectors.map(({ name }, i) => name ?? `conn. ${i + 1}`);
  const [narrow, wide] = NAME_WIDTHS;
  const nameWidth = widest(names) > narrow ? wide : narrow;
  const connectorColumns = connectors.map(({ adapter }, i) => {
    const type = adapter === 'key-up-to-key-down' ? 'type A' : 'type B';
    const faces = lanes.map(
      ({ positions }) => `${pad(positions[2 * i + 1])} ┃ ${pad(positions[2 * i + 2])}`,
    );
    const name = shorten(names[i] ?? '', nameWidth);
    return column([centre(name, nameWidth), type, ...faces], centre);
  });
  const blocks = layOut({
    lane,
    ends: [near, far],
    spans: spanColumns,
    connectors: connectorColumns,
    losses: losses.map(lossColumn),
  });
  return blocks.flatMap((block, i) => [...(i === 0 ? [] : ['']), ...block]);
}

interface Columns {
  readonly lane: Column;
  readonly ends: readonly [near: Column, far: Column];
  readonly spans: readonly Column[];
  readonly connectors: readonly Column[];
  readonly losses: readonly Column[];
}

/** Blocks of columns as lines. */
function layOut({ lane, ends: [near, far], spans, connectors, losses }: Columns): string[][] {
  /** Some spans, each with the connector behind it or, behind the last of all, the far end. */
  const through = (first: number, end: number): Column[] =>
    spans.slice(first, end).flatMap((span, i) => [span, connectors[first + i] ?? far]);
  const whole = [lane, near, ...through(0, spans.length), ...losses];
  if (widthOf(whole) <= WIDTH) return [lines(whole)];

  const [connector = far] = connectors;
  const lead = widthOf([lane]) + 1 + Math.max(widthOf([near]), widthOf([connector]));
  const step = widthOf(through(0, 1)) + 1;
  const most = Math.max(1, Math.floor((WIDTH - lead) / step));
  const each = Math.ceil(spans.length / Math.ceil(spans.length / most));
  const blocks: Column[][] = [];
  for (let first = 0; first < spans.length; first += each) {
    blocks.push([lane, connectors[first - 1] ?? near, ...through(first, first + each)]);
  }
  // Losses stay together where they can
  if (widthOf([...(blocks.at(-1) ?? []), ...losses]) > WIDTH) blocks.push([lane]);
  for (const loss of losses) {
    if (widthOf([...(blocks.at(-1) ?? []), loss]) > WIDTH) blocks.push([lane]);
    blocks.at(-1)?.push(loss);
  }
  return blocks.map(lines);
}

function lossColumn({ title, unit = '', values }: LossColumn): Column {
  // A space in front keeps numbers two apart
  return column(
    [title, unit, ...values].map((cell) => ` ${shorten(cell, LOSS_WIDTH)}`),
    right,
  );
}

function arrivalText({ arrival, receive, arrives }: TracedLane): string {
  return arrives ? pad(arrival) : `${pad(arrival)}, not ${receive}`;
}

const pad = (position: number | undefined): string => `${position ?? ''}`.padStart(2);
const left = (cell: string, width: number): string => cell.padEnd(width);
const right = (cell: string, width: number): string => cell.padStart(width);
const centre = (cell: string, width: number): string =>
  cell.padStart(Math.ceil((width + cell.length) / 2)).padEnd(width);

const widest = (cells: readonly string[]): number =>
  Math.max(0, ...cells.map((cell) => cell.length));

function column(cells: readonly string[], align: typeof left): Column {
  const width = widest(cells);
  return cells.map((cell) => align(cell, width));
}

const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, [head = '']) => sum + head.length + 1, -1);

function lines(columns: readonly Column[]): string[] {
  const [first = []] = columns;
  return first.map((_, row) =>
    columns
      .map((cells) => cells[row] ?? '')
      .join(' ')
      .trimEnd(),
  );
}
