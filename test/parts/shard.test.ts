/** Shards tile all blocks of any row of plans, in equal shares. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blocksOfShard,
  isShard,
  MOST_SHARDS,
  mayHave,
  type Place,
  workOfShard,
} from '../../src/parts/shard.js';

interface Planned {
  readonly place: Place;
  readonly blocks: number;
}

/** Rows of plans, in units from one a plan, as in sweeps, to fibre matings by the billion. */
const rows = fc
  .array(
    fc.record({
      work: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1000 }), fc.maxSafeInteger()),
      blocks: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1e6 })),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((plans): Planned[] => {
    const most = Math.floor(Number.MAX_SAFE_INTEGER / plans.length);
    const works = plans.map(({ work }) => Math.max(1, Math.abs(work) % most));
    const total = works.reduce((sum, work) => sum + work, 0);
    let before = 0;
    return plans.map(({ blocks }, p) => {
      const work = works[p]!;
      before += work;
      return { place: { before: before - work, work, total }, blocks };
    });
  });
const counts = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: MOST_SHARDS }));

/** Shards of a count: all of few, some and the ends of many. */
const someOf = (count: number): number[] =>
  count <= 60
    ? Array.from({ length: count }, (_, i) => i + 1)
    : [1, 2, 3, Math.floor(count / 3), Math.floor(count / 2), count - 2, count - 1, count];

describe('shards', () => {
  it('tile all blocks of every plan', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 60 }), (row, count) => {
        for (const { place, blocks } of row) {
          let next = 0;
          for (let index = 1; index <= count; index++) {
            const { from, to } = blocksOfShard({ index, count }, place, blocks);
            expect(from).toBe(next);
            expect(to).toBeGreaterThanOrEqual(from);
            next = to;
          }
          expect(next).toBe(blocks);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('have their share of the work, but for less than one block of a plan', () => {
    fc.assert(
      fc.property(rows, counts, (row, count) => {
        for (const { place, blocks } of row) {
          for (const index of someOf(count)) {
            const { from, to } = blocksOfShard({ index, count }, place, blocks);
            const due = (blocks * workOfShard({ index, count }, place)) / place.work;
            // what is due is itself rounded
            const rounding = (4 * 2 ** -52 * blocks * place.total) / place.work;
            expect(Math.abs(to - from - due)).toBeLessThan(1 + rounding);
            expect(mayHave({ index, count }, place) || from === to).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('of one plan differ by one block at most', () => {
    for (let blocks = 1; blocks <= 64; blocks++) {
      for (let count = 1; count <= 64; count++) {
        const place = { before: 0, work: 400, total: 400 };
        const sizes = Array.from({ length: count }, (_, i) => {
          const { from, to } = blocksOfShard({ index: i + 1, count }, place, blocks);
          return to - from;
        });
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('of a multiple of a count share its cuts', () => {
    fc.assert(
      fc.property(rows, counts, fc.integer({ min: 2, max: 9 }), (row, count, times) => {
        fc.pre(count * times <= MOST_SHARDS);
        for (const { place, blocks } of row) {
          for (const index of someOf(count)) {
            const whole = blocksOfShard({ index, count }, place, blocks);
            const finer = (i: number) =>
              blocksOfShard({ index: i, count: count * times }, place, blocks);
            expect(finer((index - 1) * times + 1).from).toBe(whole.from);
            expect(finer(index * times).to).toBe(whole.to);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a cut that is rounded would break these promises', () => {
    const rounded = (k: number, count: number, blocks: number) => Math.floor(blocks * (k / count));
    const sizes = Array.from({ length: 49 }, (_, i) => rounded(i + 1, 49, 49) - rounded(i, 49, 49));
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(2);
  });

  it.each<[number, number, boolean]>([
    [1, 1, true],
    [3, 8, true],
    [MOST_SHARDS, MOST_SHARDS, true],
    [0, 4, false],
    [5, 4, false],
    [1, MOST_SHARDS + 1, false],
    [1.5, 4, false],
    [Number.NaN, 4, false],
    [1, Number.POSITIVE_INFINITY, false],
  ])('%d of %d is one: %s', (index, count, expected) => {
    expect(isShard({ index, count })).toBe(expected);
  });
});
