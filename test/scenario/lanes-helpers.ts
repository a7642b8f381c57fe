/** Channels and their lanes as short texts. */
import { type Channel, type Lane, type Polarity, traceLanes } from '../../src/scenario/lanes.js';
import type { Adapter, FibreCount } from '../../src/scenario/layout.js';

export const ADAPTERS: Record<string, Adapter> = { a: 'key-up-to-key-down', b: 'key-up-to-key-up' };

/** Lanes as text: `1>12 2>11`. */
export const lanes = (text: string): Lane[] =>
  text.split(' ').map((lane) => {
    const [transmit, receive] = lane.split('>').map(Number) as [number, number];
    return { transmit, receive };
  });

export const FOUR = lanes('1>12 2>11 3>10 4>9');

/** `BaC`: polarities of spans in capitals, types of the adapters between them in small letters. */
export function channel(fibreCount: FibreCount, parts: string, of: readonly Lane[]): Channel {
  const spans = Array.from(parts.replace(/[ab]/g, ''), (p) => ({ polarity: p as Polarity }));
  const connectors = Array.from(parts.replace(/[ABC]/g, ''), (type) => ({
    adapter: ADAPTERS[type] as Adapter,
  }));
  return { fibreCount, spans, connectors, lanes: of };
}

export const positions = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => i + 1);

/** Paths from every position of the near module. */
export const paths = (fibreCount: FibreCount, parts: string): (readonly number[])[] => {
  const every = positions(fibreCount).map((p) => ({ transmit: p, receive: p }));
  return traceLanes(channel(fibreCount, parts, every)).map((lane) => lane.positions);
};
export const arrivals = (fibreCount: FibreCount, parts: string): (number | undefined)[] =>
  paths(fibreCount, parts).map((path) => path.at(-1));
