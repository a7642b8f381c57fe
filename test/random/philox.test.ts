/** Philox4x32-10 against the known answers of its authors. */
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../src/random/philox.js';

type Words = [number, number, number, number];

function philox(counter: Words, key: [number, number]): string {
  const out = new Uint32Array(4);
  philox4x32(...counter, ...key, out);
  return Array.from(out, (word) => word.toString(16).padStart(8, '0')).join(' ');
}

describe('Philox4x32-10', () => {
  // Random123 (Salmon et al. 2011), file kat_vectors, rows "philox4x32 10".
  const ONES = 0xffffffff;
  it.each<[Words, [number, number], string]>([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[ONES, ONES, ONES, ONES], [ONES, ONES], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('counter %j key %j', (counter, key, expected) => {
    expect(philox(counter, key)).toBe(expected);
  });

  it('takes words as signed or unsigned alike', () => {
    expect(philox([-1, -1, -1, -1], [-1, -1])).toBe(philox([ONES, ONES, ONES, ONES], [ONES, ONES]));
  });
});
