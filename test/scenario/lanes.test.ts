/** Lanes through channels, against maps worked by hand and an independent computation. */
import { describe, expect, it } from 'vitest';
import {
  cableMap,
  channelFaults,
  crossedLanes,
  type Lane,
  POLARITIES,
  traceLanes,
} from '../../src/scenario/lanes.js';
import {
  FIBRE_COUNTS,
  type FibreCount,
  facingFibres,
  ferruleLayout,
} from '../../src/scenario/layout.js';
import { ADAPTERS, arrivals, channel, FOUR, lanes, paths, positions } from './lanes-helpers.js';

describe('cables and adapters', () => {
  it('have the maps of TIA-568.3 for one row', () => {
    expect(cableMap(12, 'A').join(' ')).toBe('1 2 3 4 5 6 7 8 9 10 11 12');
    expect(cableMap(12, 'B').join(' ')).toBe('12 11 10 9 8 7 6 5 4 3 2 1');
    expect(cableMap(12, 'C').join(' ')).toBe('2 1 4 3 6 5 8 7 10 9 12 11');
    expect(cableMap(8, 'B').join(' ')).toBe('8 7 6 5 4 3 2 1');
    expect(cableMap(16, 'C').join(' ')).toBe('2 1 4 3 6 5 8 7 10 9 12 11 14 13 16 15');
  });

  it.each(FIBRE_COUNTS)('lead back where they came from: %i fibres', (count) => {
    const layout = ferruleLayout(count);
    const adapters = Object.values(ADAPTERS).map((adapter) =>
      Array.from(facingFibres(layout, adapter), (i) => i + 1),
    );
    const known = layout.rows === 1 ? POLARITIES : (['A'] as const);
    for (const map of [...adapters, ...known.map((polarity) => cableMap(count, polarity))]) {
      expect(map.map((position) => map[position - 1])).toEqual(positions(count));
    }
  });

  it('several rows: a straight cable, and adapters that face rows as the layout says', () => {
    expect(arrivals(24, 'A')).toEqual(positions(24));
    // Key-up to key-down turns the second plug over: 1 of the upper row faces 13 of the lower one
    expect(arrivals(24, 'AaA').slice(0, 2)).toEqual([13, 14]);
    expect(arrivals(24, 'AaAaA').slice(0, 2)).toEqual([1, 2]);
    expect(arrivals(24, 'AbA').slice(0, 2)).toEqual([12, 11]);
    expect(arrivals(24, 'AbA').slice(12, 14)).toEqual([24, 23]);
    expect(() => cableMap(24, 'B')).toThrow('not defined');
  });
});

describe('traced lanes of 12 fibres', () => {
  it('method A: straight trunk, adapters of type A, one cord reversed', () => {
    const [lane1, , , lane4] = traceLanes(channel(12, 'AaAaB', FOUR));
    expect(lane1?.positions).toEqual([1, 1, 1, 1, 1, 12]);
    const fourth = { lane: 4, transmit: 4, receive: 9, positions: [4, 4, 4, 4, 4, 9] };
    expect(lane4).toEqual({ ...fourth, arrival: 9, arrives: true });
  });

  it('method B: all cables reversed, adapters of type B', () => {
    const traced = traceLanes(channel(12, 'BbBbB', FOUR));
    expect(traced[0]?.positions).toEqual([1, 12, 1, 12, 1, 12]);
    expect(traced[1]?.positions).toEqual([2, 11, 2, 11, 2, 11]);
    expect(traced.every(({ arrives }) => arrives)).toBe(true);
  });

  it('method C: pairs flipped in the trunk, for duplex lanes', () => {
    const traced = traceLanes(channel(12, 'AaCaA', lanes('1>2 3>4 12>11')));
    expect(traced[0]?.positions).toEqual([1, 1, 1, 2, 2, 2]);
    expect(traced[1]?.positions).toEqual([3, 3, 3, 4, 4, 4]);
    expect(traced[2]?.positions).toEqual([12, 12, 12, 11, 11, 11]);
    expect(traced.every(({ arrives }) => arrives)).toBe(true);
  });

  it('a cable alone, from module to module', () => {
    expect(traceLanes(channel(12, 'B', FOUR)).every(({ arrives }) => arrives)).toBe(true);
    expect(traceLanes(channel(12, 'A', FOUR)).some(({ arrives }) => arrives)).toBe(false);
  });

  // Each B, cable or adapter, mirrors the row and each C swaps pairs. All of these commute, so at any point of a channel
  // only whether their numbers so far are odd counts.
  it('every channel of up to 3 spans agrees at every point with counting reversals and flips', () => {
    const all: string[] = [...POLARITIES];
    for (const longer of all) {
      if (longer.length > 3) break;
      for (const type of 'ab') all.push(...POLARITIES.map((next) => longer + type + next));
    }
    expect(all.length).toBe(3 + 18 + 108);
    const isOdd = (text: string, pattern: RegExp): boolean =>
      text.replace(pattern, '').length % 2 === 1;
    for (const parts of all) {
      const expected = positions(12).map((from) =>
        Array.from({ length: parts.length + 1 }, (_, passed) => {
          const path = parts.slice(0, passed);
          const turned = isOdd(path, /[AaC]/g) ? 13 - from : from;
          if (!isOdd(path, /[AaBb]/g)) return turned;
          return turned % 2 === 1 ? turned + 1 : turned - 1;
        }),
      );
      expect(paths(12, parts), parts).toEqual(expected);
    }
  });
});

describe('crossed lanes', () => {
  const crossing = (parts: string, of: readonly Lane[] = FOUR, count: FibreCount = 12) =>
    crossedLanes(channel(count, parts, of));

  it('are named, with every single change of polarity that uncrosses them', () => {
    const crossed = crossing('AaAaA');
    expect(crossed?.message).toBe(
      'all 4 lanes are crossed: lane 1 leaves at 1 and arrives at 1, but its receiver is at 12; lane 2 leaves at 2 and ' +
        'arrives at 2, but its receiver is at 11; lane 3 leaves at 3 and arrives at 3, but its receiver is at 10; ' +
        'likewise lane 4',
    );
    expect(crossed?.suggestion).toBe('one change would do: polarity B in span 1, 2 or 3');
    expect(crossed?.changes).toEqual([1, 2, 3].map((span) => ({ span, from: 'A', to: 'B' })));
    expect(crossed?.lanes.map(({ receiverOf }) => receiverOf)).toEqual(Array(4).fill(undefined));
    expect(crossing('AaAaB')).toBeUndefined();
  });

  it('offers different polarities in different spans', () => {
    expect(crossing('BaAaB')?.suggestion).toBe(
      'one change would do: polarity A in span 1 or 3, or polarity B in span 2',
    );
  });

  it('tells where a lane reaches the receiver of another', () => {
    const crossed = crossing('BaC');
    expect(crossed?.message).toBe(
      'all 4 lanes are crossed: lane 1 leaves at 1 and arrives at 11, the receiver of lane 2, but its own is at 12; ' +
        'lane 2 leaves at 2 and arrives at 12, the receiver of lane 1, but its own is at 11; ' +
        'lane 3 leaves at 3 and arrives at 9, the receiver of lane 4, but its own is at 10; likewise lane 4',
    );
    expect(crossed?.lanes.map(({ receiverOf }) => receiverOf)).toEqual([2, 1, 4, 3]);
    expect(crossed?.suggestion).toBe('one change would do: polarity A in span 2');
  });

  it('counts some, one and many; suggests nothing where no single change helps', () => {
    const some = crossing('A', lanes('1>1 2>3'));
    expect(some?.message).toBe(
      '1 of 2 lanes are crossed: lane 2 leaves at 2 and arrives at 2, but its receiver is at 3',
    );
    expect([some?.suggestion, some?.changes]).toEqual([undefined, []]);
    const one = crossing('AaA', lanes('1>1'), 24);
    expect(one?.message).toBe(
      'the lane is crossed: lane 1 leaves at 1 and arrives at 13, but its receiver is at 1',
    );
    const many = crossing('A', lanes('1>16 2>15 3>14 4>13 5>12'), 16);
    expect(many?.message).toMatch(/^all 5 lanes .*; likewise lanes 4, 5$/);
  });

  it('every change offered does uncross, and no other does', () => {
    for (const parts of ['AaA', 'BbA', 'CaC', 'BaBbBbA', 'CaBbC', 'AbC']) {
      const offered = crossing(parts)?.changes.map(({ span, to }) => `${span}${to}`) ?? [];
      const helpful = positions((parts.length + 1) / 2).flatMap((span) =>
        POLARITIES.filter((to) => {
          const changed = parts.slice(0, 2 * span - 2) + to + parts.slice(2 * span - 1);
          return FOUR.every((lane) => arrivals(12, changed)[lane.transmit - 1] === lane.receive);
        }).map((to) => `${span}${to}`),
      );
      expect(offered, parts).toEqual(crossing(parts) === undefined ? [] : helpful);
    }
  });
});

describe('faults of a channel', () => {
  it('polarities that are not defined for several rows', () => {
    expect(channelFaults(channel(12, 'BaC', FOUR))).toEqual([]);
    const made = channel(24, 'AaBaC', []);
    const message = 'span 2 has polarity B, which is not defined here for 24 fibres in 2 rows';
    const faults = channelFaults(made);
    expect(faults[0]).toEqual({ part: 'span', number: 2, message, expected: 'polarity A' });
    expect(faults.map(({ number }) => number)).toEqual([2, 3]);
    expect(() => traceLanes(made)).toThrow(message);
  });

  it('positions that a plug does not have, and positions taken twice', () => {
    const faults = channelFaults(channel(12, 'B', lanes('1>12 1>13 0>12 2.5>1')));
    expect(faults.map(({ message }) => message)).toEqual([
      'lanes 1 and 2 both transmit at position 1',
      'lane 3 transmits at position 0, which a plug of 12 fibres does not have',
      'lane 4 transmits at position 2.5, which a plug of 12 fibres does not have',
      'lane 2 is received at position 13, which a plug of 12 fibres does not have',
      'lanes 1 and 3 both are received at position 12',
    ]);
    const [eight] = channelFaults(channel(8, 'B', lanes('1>12')));
    expect(eight?.expected).toBe('1 to 8, where 5 to 8 stand for 9 to 12');
  });

  it('spans and connectors must alternate', () => {
    const { connectors } = channel(12, 'AaA', []);
    const made = { ...channel(12, 'A', []), connectors };
    expect(() => traceLanes(made)).toThrow('1 spans around 1 connectors');
  });
});
