/**
 * The lanes of a channel: through which fibre position each one runs, from the near module to the far one.
 *
 * A channel is span 1, connector 1, span 2, …, connector K, span K + 1. The modules' own receptacles are no connectors
 * of it, as in the channel insertion loss of IEEE 802.3. Positions count from 1 in the plug's own frame.
 */
import { InvariantError } from '../errors.js';
import { type Adapter, type FibreCount, facingFibres, ferruleLayout } from './layout.js';
import { oneOf } from './suggest.js';

/** Cable types of TIA-568.3: A straight, B reversed, C with its pairs flipped. */
export const POLARITIES = ['A', 'B', 'C'] as const;
export type Polarity = (typeof POLARITIES)[number];

/** Where one lane leaves the near module's plug, and where the far module receives it. */
export interface Lane {
  readonly transmit: number;
  readonly receive: number;
}

export interface Channel {
  readonly fibreCount: FibreCount;
  readonly spans: readonly { readonly polarity: Polarity }[];
  /** One fewer than spans. */
  readonly connectors: readonly { readonly adapter: Adapter }[];
  readonly lanes: readonly Lane[];
}

export interface TracedLane extends Lane {
  /** Number of the lane, from 1. */
  readonly lane: number;
  /**
   * Positions at the near and the far end of span 1, of span 2, …: 2 (K + 1) numbers. In connector k (from 1)
   * positions[2k − 1] of the near plug faces positions[2k] of the far plug.
   */
  readonly positions: readonly number[];
  /** Position at the far module. */
  readonly arrival: number;
  readonly arrives: boolean;
}

/** What keeps a channel from being traced; the caller knows where it stands in the file. */
export interface ChannelFault {
  readonly part: 'span' | 'lane';
  /** Number of the span or lane, from 1. */
  readonly number: number;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly expected: string;
}

/** Polarities that are defined for a fibre count. */
function polaritiesOf(fibreCount: FibreCount): readonly Polarity[] {
  return ferruleLayout(fibreCount).rows === 1 ? POLARITIES : ['A'];
}

/**
 * For each position (from 1, at index position − 1) the position at the other end of a cable.
 *
 * One row of n: A i → i, B i → n + 1 − i, C 1 ↔ 2, 3 ↔ 4, … [S, TIA-568.3 as many public guides quote it for 12; for 8
 * and 16 the same rule]. Several rows: A i → i [E]. TIA-568.3-D maps B and C of 24 fibres too, but its tables were not
 * seen and makers' own maps differ, so these are faults (see channelFaults) and break a promise here.
 */
export function cableMap(fibreCount: FibreCount, polarity: Polarity): number[] {
  if (!polaritiesOf(fibreCount).includes(polarity)) {
    throw new InvariantError(`polarity ${polarity} of ${fibreCount} fibres is not defined`);
  }
  return Array.from({ length: fibreCount }, (_, i) => {
    if (polarity === 'A') return i + 1;
    return polarity === 'B' ? fibreCount - i : (i ^ 1) + 1;
  });
}

/**
 * For each position of the near plug the position of the far plug that faces it.
 *
 * facingFibres leads from the pinned plug to the unpinned one. It is its own inverse, because layouts are symmetric, so
 * it does not matter which of the two is the near plug.
 */
function connectorMap(fibreCount: FibreCount, adapter: Adapter): number[] {
  return Array.from(facingFibres(ferruleLayout(fibreCount), adapter), (i) => i + 1);
}

/** Polarities not defined for the fibre count, positions that the plug does not have, positions taken twice. */
export function channelFaults({ fibreCount, spans, lanes }: Channel): ChannelFault[] {
  const { rows } = ferruleLayout(fibreCount);
  const known = polaritiesOf(fibreCount);
  const faults: ChannelFault[] = [];
  spans.forEach(({ polarity }, i) => {
    if (known.includes(polarity)) return;
    const message = `span ${i + 1} has polarity ${polarity}, which is not defined here for ${fibreCount} fibres in ${rows} rows`;
    faults.push({ part: 'span', number: i + 1, message, expected: `polarity ${oneOf(known)}` });
  });
  const ends = [
    { verb: 'transmits', both: 'transmit', positions: lanes.map(({ transmit }) => transmit) },
    { verb: 'is received', both: 'are received', positions: lanes.map(({ receive }) => receive) },
  ];
  // Data sheets number 8 fibres as in the row of 12
  const expected =
    fibreCount === 8 ? '1 to 8, where 5 to 8 stand for 9 to 12' : `1 to ${fibreCount}`;
  for (const { verb, both, positions } of ends) {
    positions.forEach((position, i) => {
      const number = i + 1;
      const first = positions.indexOf(position);
      if (!Number.isInteger(position) || position < 1 || position > fibreCount) {
        const message = `lane ${number} ${verb} at position ${position}, which a plug of ${fibreCount} fibres does not have`;
        faults.push({ part: 'lane', number, message, expected });
      } else if (first < i) {
        const message = `lanes ${first + 1} and ${number} both ${both} at position ${position}`;
        faults.push({ part: 'lane', number, message, expected: 'a position of its own' });
      }
    });
  }
  return faults;
}

/** Follows every lane through a channel without faults. */
export function traceLanes(channel: Channel): TracedLane[] {
  const { fibreCount, spans, connectors, lanes } = channel;
  if (spans.length !== connectors.length + 1) {
    throw new InvariantError(`${spans.length} spans around ${connectors.length} connectors`);
  }
  const [fault] = channelFaults(channel);
  if (fault !== undefined) throw new InvariantError(fault.message);
  const maps = spans.flatMap(({ polarity }, i) => {
    const connector = connectors[i];
    const span = cableMap(fibreCount, polarity);
    return connector === undefined ? [span] : [span, connectorMap(fibreCount, connector.adapter)];
  });
  return lanes.map(({ transmit, receive }, i) => {
    const positions = [transmit];
    let arrival = transmit;
    for (const map of maps) {
      arrival = map[arrival - 1] as number;
      positions.push(arrival);
    }
    return { lane: i + 1, transmit, receive, positions, arrival, arrives: arrival === receive };
  });
}

export interface CrossedLane extends TracedLane {
  /**
   * The other lane whose receiver it reaches, if any. Where every crossed lane has one, lanes are only permuted, which
   * the PCS of Ethernet from 40 Gb/s on undoes, but a breakout to single lanes does not.
   */
  readonly receiverOf: number | undefined;
}

/** One span whose other polarity brings every lane to its receiver. */
export interface PolarityChange {
  /** Number of the span, from 1. */
  readonly span: number;
  readonly from: Polarity;
  readonly to: Polarity;
}

export interface Crossing {
  readonly lanes: readonly CrossedLane[];
  readonly changes: readonly PolarityChange[];
  /** One sentence without a full stop. */
  readonly message: string;
  /** Undefined if no single change of polarity helps. */
  readonly suggestion: string | undefined;
}

/** The lanes that miss their receivers, and which single change would mend it; undefined if all arrive. */
export function crossedLanes(channel: Channel): Crossing | undefined {
  const lanes = traceLanes(channel)
    .filter(({ arrives }) => !arrives)
    .map((lane) => {
      const other = channel.lanes.findIndex(({ receive }) => receive === lane.arrival);
      return { ...lane, receiverOf: other < 0 ? undefined : other + 1 };
    });
  if (lanes.length === 0) return undefined;
  const changes = uncrossingChanges(channel);
  return {
    lanes,
    changes,
    message: crossingMessage(lanes, channel.lanes.length),
    suggestion: changesText(changes),
  };
}

function uncrossingChanges(channel: Channel): PolarityChange[] {
  return channel.spans.flatMap(({ polarity: from }, i) =>
    polaritiesOf(channel.fibreCount)
      .filter((to) => {
        const spans = channel.spans.map((span, j) => (j === i ? { polarity: to } : span));
        return traceLanes({ ...channel, spans }).every(({ arrives }) => arrives);
      })
      .map((to) => ({ span: i + 1, from, to })),
  );
}

/** How many lanes a message follows from end to end; the others it only names. */
const FOLLOWED = 3;

function crossingMessage(lanes: readonly CrossedLane[], all: number): string {
  const parts = lanes.slice(0, FOLLOWED).map(({ lane, transmit, arrival, receive, receiverOf }) => {
    const way = `lane ${lane} leaves at ${transmit} and arrives at ${arrival}`;
    return receiverOf === undefined
      ? `${way}, but its receiver is at ${receive}`
      : `${way}, the receiver of lane ${receiverOf}, but its own is at ${receive}`;
  });
  const rest = lanes.slice(FOLLOWED).map(({ lane }) => lane);
  if (rest.length > 0) parts.push(`likewise lane${rest.length > 1 ? 's' : ''} ${rest.join(', ')}`);
  const share = lanes.length === all ? `all ${all}` : `${lanes.length} of ${all}`;
  const crossed = all === 1 ? 'the lane is' : `${share} lanes are`;
  return `${crossed} crossed: ${parts.join('; ')}`;
}

/** `one change would do: polarity B in span 1 or 2, or polarity A in span 3`, or undefined. */
function changesText(changes: readonly PolarityChange[]): string | undefined {
  if (changes.length === 0) return undefined;
  const texts = POLARITIES.flatMap((polarity) => {
    const spans = changes.filter(({ to }) => to === polarity).map(({ span }) => `${span}`);
    return spans.length === 0 ? [] : [`polarity ${polarity} in span ${oneOf(spans)}`];
  });
  return `one change would do: ${texts.join(', or ')}`;
}
