/** Pictures of lanes as literal text, and their width. */
import { describe, expect, it } from 'vitest';
import { type LossColumn, lanePicture } from '../../src/cli/lane-picture.js';
import { type Lane, type Polarity, traceLanes } from '../../src/scenario/lanes.js';
import type { Adapter, FibreCount } from '../../src/scenario/layout.js';

interface Drawing {
  readonly fibreCount?: FibreCount;
  /** A letter a span. */
  readonly polarities: string;
  /** A letter a connector, by the type of its adapter. */
  readonly adapters: string;
  readonly lanes: readonly Lane[];
  readonly lengths?: readonly string[];
  readonly names?: readonly string[];
  readonly losses?: readonly LossColumn[];
}

function draw(drawing: Drawing): string[] {
  const { fibreCount = 12, polarities, adapters, lanes, lengths, names, losses } = drawing;
  const spans = Array.from(polarities, (polarity, i) => ({
    polarity: polarity as Polarity,
    length: lengths?.[i],
  }));
  const connectors = Array.from(adapters, (type, i) => {
    const adapter: Adapter = type === 'A' ? 'key-up-to-key-down' : 'key-up-to-key-up';
    return { adapter, name: names?.[i] };
  });
  const traced = traceLanes({ fibreCount, spans, connectors, lanes });
  return lanePicture({
    spans,
    connectors,
    lanes: traced,
    ...(losses === undefined ? {} : { losses }),
  });
}

/** Lanes 1 to n, received at the mirrored positions. */
const mirrored = (lanes: number, fibreCount: FibreCount = 12): Lane[] =>
  Array.from({ length: lanes }, (_, i) => ({ transmit: i + 1, receive: fibreCount - i }));

const text = (picture: string): string[] => picture.replace(/^\n|\n *$/g, '').split('\n');

describe('picture of lanes', () => {
  it('draws a cable alone', () => {
    expect(draw({ polarities: 'B', adapters: '', lanes: mirrored(4) })).toEqual(
      text(`
      near  span 1  far
lane    Tx     B    Rx
   1     1 ───────→ 12
   2     2 ───────→ 11
   3     3 ───────→ 10
   4     4 ───────→  9
`),
    );
  });

  it('draws two connectors, with lengths, names and losses', () => {
    const picture = draw({
      polarities: 'AAB',
      adapters: 'AB',
      lanes: [
        { transmit: 1, receive: 1 },
        { transmit: 10, receive: 10 },
      ],
      lengths: ['3 m', '90 m', '3 m'],
      names: ['row 1', 'row 2'],
      losses: [
        { title: 'mean', unit: 'dB', values: ['0.412', '0.398'] },
        { title: '97 %', unit: 'dB', values: ['0.83', '≥0.811'] },
      ],
    });
    expect(picture).toEqual(
      text(`
      near  span 1   row 1   span 2   row 2   span 3  far   mean    97 %
lane    Tx   A 3 m   type A  A 90 m   type B   B 3 m  Rx      dB      dB
   1     1 ───────→  1 ┃  1 ───────→  1 ┃ 12 ───────→  1   0.412    0.83
   2    10 ───────→ 10 ┃ 10 ───────→ 10 ┃  3 ───────→ 10   0.398  ≥0.811
`),
    );
  });

  it('shows crossed lanes and shortens long names and lengths', () => {
    const picture = draw({
      polarities: 'CA',
      adapters: 'A',
      lanes: mirrored(4),
      lengths: ['1234.5678 m'],
      names: ['cassette in hall 1'],
    });
    expect(picture).toEqual(
      text(`
      near    span 1    cassette…    span 2    far
lane    Tx  C 1234.56…    type A        A      Rx
   1     1 ───────────→   2 ┃  2  ───────────→  2, not 12
   2     2 ───────────→   1 ┃  1  ───────────→  1, not 11
   3     3 ───────────→   4 ┃  4  ───────────→  4, not 10
   4     4 ───────────→   3 ┃  3  ───────────→  3, not 9
`),
    );
  });

  it('spreads eight connectors evenly over blocks', () => {
    const picture = draw({
      fibreCount: 16,
      polarities: 'ABAAAAAAA',
      adapters: 'AAAAAAAA',
      lanes: mirrored(2, 16),
      lengths: ['3 m', '90 m', '3 m', '90 m', '3 m', '90 m', '3 m', '90 m', '3 m'],
      losses: [{ title: 'total', unit: 'dB', values: ['2.412', '2.398'] }],
    });
    expect(picture).toEqual(
      text(`
      near  span 1  conn. 1  span 2  conn. 2  span 3  conn. 3
lane    Tx   A 3 m   type A  B 90 m   type A   A 3 m   type A
   1     1 ───────→  1 ┃  1 ───────→ 16 ┃ 16 ───────→ 16 ┃ 16
   2     2 ───────→  2 ┃  2 ───────→ 15 ┃ 15 ───────→ 15 ┃ 15

      conn. 3  span 4  conn. 4  span 5  conn. 5  span 6  conn. 6
lane   type A  A 90 m   type A   A 3 m   type A  A 90 m   type A
   1  16 ┃ 16 ───────→ 16 ┃ 16 ───────→ 16 ┃ 16 ───────→ 16 ┃ 16
   2  15 ┃ 15 ───────→ 15 ┃ 15 ───────→ 15 ┃ 15 ───────→ 15 ┃ 15

      conn. 6  span 7  conn. 7  span 8  conn. 8  span 9  far  total
lane   type A   A 3 m   type A  A 90 m   type A   A 3 m  Rx      dB
   1  16 ┃ 16 ───────→ 16 ┃ 16 ───────→ 16 ┃ 16 ───────→ 16   2.412
   2  15 ┃ 15 ───────→ 15 ┃ 15 ───────→ 15 ┃ 15 ───────→ 15   2.398
`),
    );
  });

  it('gives losses that have no room a block of their own', () => {
    const titles = ['mean', 'median', '97 %', 'worst', 'margin'];
    const picture = draw({
      polarities: 'AAB',
      adapters: 'AA',
      lanes: mirrored(1),
      losses: titles.map((title) => ({ title, unit: 'dB', values: ['0.4123'] })),
    });
    expect(picture).toEqual(
      text(`
      near  span 1  conn. 1  span 2  conn. 2  span 3  far
lane    Tx     A     type A     A     type A     B    Rx
   1     1 ───────→  1 ┃  1 ───────→  1 ┃  1 ───────→ 12

         mean  median    97 %   worst  margin
lane       dB      dB      dB      dB      dB
   1   0.4123  0.4123  0.4123  0.4123  0.4123
`),
    );
  });

  it('shows every position in order, within 80 columns, whatever it has to show', () => {
    const long = 'a name that goes on';
    let pictures = 0;
    for (const count of [1, 2, 3, 4, 5, 6, 7, 8, 12]) {
      for (const fibreCount of [12, 16, 72] as const) {
        for (const isCrossed of [false, true]) {
          for (const label of ['', 'name', '12345', '123456', '1234567', long]) {
            for (const columns of [0, 1, 2, 9]) {
              const receive = isCrossed ? fibreCount : 1;
              const lanes = [{ transmit: 1, receive }, ...mirrored(11, fibreCount).slice(1)];
              const value = label === '' ? '0.5' : label;
              const lines = draw({
                fibreCount,
                polarities: 'A'.repeat(count + 1),
                adapters: 'A'.repeat(count),
                lanes,
                ...(label === ''
                  ? {}
                  : { names: Array(count).fill(label), lengths: Array(count + 1).fill(label) }),
                losses: Array(columns).fill({ title: value, values: lanes.map(() => value) }),
              });
              for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
              // Adapters of type A face equal columns, of six rows the first and the last
              const [near, far] = fibreCount === 72 ? [1, 61] : [1, 1];
              const positions = Array.from({ length: count + 1 }, (_, i) => (i % 2 ? far : near));
              expect(shown(lines, 1)).toEqual(
                positions.flatMap((position) => [position, position]),
              );
              pictures += 1;
            }
          }
        }
      }
    }
    expect(pictures).toBe(9 * 3 * 2 * 6 * 4);
  });
});

/** Positions that a picture shows of a lane; those of a connector that a block repeats count once. */
function shown(lines: readonly string[], lane: number): number[] {
  return lines
    .filter((line) => Number(line.slice(0, 4)) === lane && line.includes('→'))
    .flatMap((line, block) => {
      const steps = line.slice(4).match(/\d+ +─+→ +\d+/g) ?? [];
      if (block > 0) expect(line.slice(4)).toMatch(/^ +\d+ ┃ /);
      return steps.flatMap((step) => step.split(/[ ─→]+/).map(Number));
    });
}
