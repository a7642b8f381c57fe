/** Lanes through channels, against maps worked by hand and an independent computation; optics and their budgets. */
import { describe, expect, it } from 'vitest';
import {
  type Channel,
  cableMap,
  channelFaults,
  crossedLanes,
  type Lane,
  POLARITIES,
  type Polarity,
  traceLanes,
} from '../../src/scenario/lanes.js';
import {
  type Adapter,
  FIBRE_COUNTS,
  type FibreCount,
  facingFibres,
  ferruleLayout,
} from '../../src/scenario/layout.js';
import {
  FIBRE_ATTENUATION,
  findBudget,
  LOSS_BUDGETS,
  lanesInPlug,
  OPTICS_NAMES,
} from '../../src/scenario/optics.js';

const ADAPTERS: Record<string, Adapter> = { a: 'key-up-to-key-down', b: 'key-up-to-key-up' };

/** Lanes as text: `1>12 2>11`. */
const lanes = (text: string): Lane[] =>
  text.split(' ').map((lane) => {
    const [transmit, receive] = lane.split('>').map(Number) as [number, number];
    return { transmit, receive };
  });
const written = (all: readonly Lane[] = []): string =>
  all.map(({ transmit, receive }) => `${transmit}>${receive}`).join(' ');

const FOUR = lanes('1>12 2>11 3>10 4>9');

/** `BaC`: polarities of spans in capitals, types of the adapters between them in small letters. */
function channel(fibreCount: FibreCount, parts: string, of: readonly Lane[]): Channel {
  const spans = Array.from(parts.replace(/[ab]/g, ''), (p) => ({ polarity: p as Polarity }));
  const connectors = Array.from(parts.replace(/[ABC]/g, ''), (type) => ({
    adapter: ADAPTERS[type] as Adapter,
  }));
  return { fibreCount, spans, connectors, lanes: of };
}

const positions = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Paths from every position of the near module. */
const paths = (fibreCount: FibreCount, parts: string): (readonly number[])[] => {
  const every = positions(fibreCount).map((p) => ({ transmit: p, receive: p }));
  return traceLanes(channel(fibreCount, parts, every)).map((lane) => lane.positions);
};
const arrivals = (fibreCount: FibreCount, parts: string): (number | undefined)[] =>
  paths(fibreCount, parts).map((path) => path.at(-1));

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

describe('optics', () => {
  const arranged = LOSS_BUDGETS.flatMap(({ name, arrangement }) =>
    arrangement === undefined ? [] : [{ name, arrangement }],
  );

  it('have their lanes in the outer positions, received at the mirrored ones', () => {
    const text = arranged.map(({ name, arrangement: { lanes: of } }) => `${name}: ${written(of)}`);
    const eight = '1>16 2>15 3>14 4>13 5>12 6>11 7>10 8>9';
    expect([...new Set(text)]).toEqual([
      '40GBASE-SR4: 1>12 2>11 3>10 4>9',
      '100GBASE-SR4: 1>12 2>11 3>10 4>9',
      `400GBASE-SR8: ${eight}`,
      '400GBASE-SR4.2: 1>12 2>11 3>10 4>9 9>4 10>3 11>2 12>1',
      '400GBASE-DR4: 1>12 2>11 3>10 4>9',
      `800GBASE-DR8: ${eight}`,
      '100G PSM4: 1>12 2>11 3>10 4>9',
    ]);
    const bidirectional = arranged.filter(({ arrangement }) => arrangement.isBidirectional);
    expect(new Set(bidirectional.map(({ name }) => name))).toEqual(new Set(['400GBASE-SR4.2']));
  });

  it('arrive through the same cables in both directions', () => {
    for (const { name, arrangement } of arranged) {
      for (const parts of ['BaAbB', 'BbAaB', 'CaBaC']) {
        const made = channel(arrangement.positions, parts, arrangement.lanes);
        expect(crossedLanes(made), name).toBeUndefined();
      }
    }
  });

  it('fit plugs of 8 fibres where they leave the middle four dark', () => {
    for (const { name, arrangement } of arranged) {
      const { positions: count, lanes: own } = arrangement;
      expect(lanesInPlug(arrangement, count)).toBe(own);
      expect(lanesInPlug(arrangement, 24)).toBeUndefined();
      const inEight = lanesInPlug(arrangement, 8);
      if (count === 16) expect(inEight).toBeUndefined();
      // The same places in the row
      const [eight, twelve] = [ferruleLayout(8).xUm, ferruleLayout(12).xUm];
      inEight?.forEach(({ transmit, receive }, i) => {
        expect(eight[transmit - 1], name).toBe(twelve[(own[i]?.transmit ?? 0) - 1]);
        expect(eight[receive - 1], name).toBe(twelve[(own[i]?.receive ?? 0) - 1]);
      });
    }
    expect(written(lanesInPlug(arranged[0]!.arrangement, 8))).toBe('1>8 2>7 3>6 4>5');
  });
});

describe('loss budgets', () => {
  it('are those of the list, which says what was not read in the standard', () => {
    const rows = LOSS_BUDGETS.map((b) =>
      [b.name, b.fibre, b.lengthM, b.totalDb, b.connectorsDb ?? '-', b.seenInStandard].join(', '),
    );
    expect(rows).toEqual([
      '40GBASE-SR4, OM3, 100, 1.9, 1.5, true',
      '40GBASE-SR4, OM4, 150, 1.5, 1, true',
      '100GBASE-SR4, OM4, 100, 1.9, 1.5, false',
      '400GBASE-SR8, OM3, 70, 1.8, 1.5, true',
      '400GBASE-SR8, OM4, 100, 1.9, 1.5, true',
      '400GBASE-SR4.2, OM3, 70, 1.7, -, true',
      '400GBASE-SR4.2, OM4, 100, 1.8, -, true',
      '400GBASE-SR4.2, OM5, 150, 2, -, true',
      '400GBASE-DR4, OS2, 500, 3, 2.75, false',
      '800GBASE-DR8, OS2, 500, 3, 2.75, false',
      '100G PSM4, OS2, 500, 3.26, -, false',
      '400GBASE-FR4, OS2, 2000, 4, 3, false',
      '400GBASE-LR8, OS2, 10000, 6.3, 2, true',
    ]);
    for (const { fibre, mode, wavelengthNm } of LOSS_BUDGETS) {
      const expected = fibre === 'OS2' ? ['single-mode', 1310] : ['multimode', 850];
      expect([mode, wavelengthNm]).toEqual(expected);
    }
  });

  it('fibre attenuations are those of the list, and every source has its mark', () => {
    const range = Object.entries(FIBRE_ATTENUATION).map(
      ([fibre, a]) => `${fibre} ${a.lowDbPerKm} to ${a.highDbPerKm} at ${a.wavelengthNm}`,
    );
    const multimode = ['OM3', 'OM4', 'OM5'].map((fibre) => `${fibre} 3 to 3.5 at 850`);
    expect(range).toEqual([...multimode, 'OS2 0.35 to 0.5 at 1310']);
    for (const { source } of [...LOSS_BUDGETS, ...Object.values(FIBRE_ATTENUATION)]) {
      expect(source).toMatch(/^\[[SE]\] ./);
    }
  });

  it('leave the fibre at least what good cable of the longest channel loses', () => {
    for (const { name, fibre, lengthM = 0, totalDb, connectorsDb = 0 } of LOSS_BUDGETS) {
      const fibreDb = (FIBRE_ATTENUATION[fibre].lowDbPerKm * lengthM) / 1000;
      expect(fibreDb, name).toBeLessThan(totalDb - connectorsDb);
    }
  });

  it('are found by name, however it is written', () => {
    for (const name of ['400GBASE-DR4', '400gbase-dr4', '400GBASE DR4']) {
      expect(findBudget(name)).toMatchObject({ kind: 'found', budget: { totalDb: 3 } });
    }
    expect(findBudget('400gbase-sr4.2', 'OM5')).toMatchObject({ budget: { lengthM: 150 } });
    expect(findBudget('100g-psm4')).toMatchObject({ budget: { totalDb: 3.26 } });
  });

  it('ask for the fibre where several have one, or the one named has none', () => {
    const wanted = { kind: 'name-fibre', name: '40GBASE-SR4', fibres: ['OM3', 'OM4'] };
    expect(findBudget('40GBASE-SR4')).toEqual(wanted);
    expect(findBudget('40gbase-sr4', 'OS2')).toEqual(wanted);
    expect(findBudget('400GBASE-DR4', 'OM4')).toMatchObject({ fibres: ['OS2'] });
  });

  it('offer all names, and the nearest', () => {
    expect(OPTICS_NAMES.length).toBe(9);
    const unknown = { kind: 'unknown', names: OPTICS_NAMES };
    expect(findBudget('400GBASE-DR5')).toEqual({ ...unknown, nearest: '400GBASE-DR4' });
    expect(findBudget('coffee')).toEqual({ ...unknown, nearest: undefined });
    expect(findBudget('')).toEqual({ ...unknown, nearest: undefined });
  });
});
