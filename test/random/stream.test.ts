/** Streams: known answers, addressing, and what makes old results reproducible. */
import { describe, expect, it } from 'vitest';
import { fillDraws, STREAM_FAMILY, streamKey, xoshiro128pp } from '../../src/random/stream.js';
import { reference } from '../support/reference.js';

const truth = reference<{
  keys: [seed: string, key0: number, key1: number][];
  streams: [seed: string, index: number, family: number, draws: number[]][];
}>('generators');

function draws(seed: string, index: number, family: number, count = 6, slot = 0): number[] {
  const out = new Uint32Array(count);
  fillDraws(streamKey(seed), index, family, out, 0, count, slot);
  return [...out];
}

describe('xoshiro128++', () => {
  it('gives the known answers for the state 1, 2, 3, 4', () => {
    const state = Uint32Array.of(1, 2, 3, 4);
    const out = new Uint32Array(10);
    xoshiro128pp(state, out, 0, 10);
    // The published test sequence of this generator, as in the rand_xoshiro crate (xoshiro128plusplus.rs).
    expect([...out]).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295,
      495546011, 621204420,
    ]);
    expect([...state]).toEqual([1, 2, 3, 4]);
  });
});

describe('streamKey', () => {
  // Golden: another key for a seed would change every result that was ever computed from it.
  it.each(truth.keys)('%j has the key that it has always had', (seed, key0, key1) => {
    expect(streamKey(seed)).toEqual({ key0, key1 });
  });

  it('keeps seeds apart that plain ARC4 takes for one', () => {
    const alike = ['', '\0', '1', '11', '111', 'a', 'aa', '\u0161', 'ab', 'abab', '1:1', '3:1:1'];
    const keys = alike.map((seed) => JSON.stringify(streamKey(seed)));
    expect(new Set(keys).size).toBe(alike.length);
  });

  it('gives 20,000 numbered seeds 20,000 keys', () => {
    const keys = new Set<string>();
    for (let i = 0; i < 20_000; i++) keys.add(JSON.stringify(streamKey(String(i))));
    expect(keys.size).toBe(20_000); // two alike by chance: 20,000²/2/2⁶⁴ = 1e-11
  });

  it('takes a seed of any length', () => {
    const long = 'x'.repeat(300_000);
    expect(streamKey(long)).not.toEqual(streamKey(`${long}x`));
  });
});

describe('fillDraws', () => {
  it.each(truth.streams)(
    'seed %j index %d family %d, from an implementation of its own',
    (seed, index, family, expected) => {
      expect(draws(seed, index, family)).toEqual(expected);
    },
  );

  it('tells an index above 2³² from its remainder', () => {
    expect(draws('s', 2 ** 32 + 5, 0)).not.toEqual(draws('s', 5, 0));
    expect(draws('s', 2 ** 52 + 5, 0)).not.toEqual(draws('s', 5, 0));
  });

  it('gives every family its own draws', () => {
    const families = Object.values(STREAM_FAMILY);
    const firsts = families.map((family) => draws('s', 7, family).join());
    expect(new Set(firsts).size).toBe(families.length);
  });

  // Golden: another number for a family would change every result that was ever computed from it.
  it('knows each family by the number that it has always had', () => {
    expect(STREAM_FAMILY).toEqual({
      base: 0,
      extra: 1,
      lot: 2,
      more: 3,
      visit: 4,
      design: 5,
      chain: 6,
    });
  });

  it('gives every slot of a family its own draws, the first one unless another is asked for', () => {
    const slots = [0, 1, 2, 3, 65536, 2 ** 31, 2 ** 32 - 1];
    const firsts = slots.map((slot) => draws('s', 7, STREAM_FAMILY.visit, 6, slot).join());
    expect(new Set(firsts).size).toBe(slots.length);
    const out = new Uint32Array(6);
    fillDraws(streamKey('s'), 7, STREAM_FAMILY.visit, out, 0, 6);
    expect([...out].join()).toBe(firsts[0]);
  });

  // By the implementation of test/reference/make-references.py, with the slot in the last word of its counter.
  it.each<[seed: string, index: number, family: number, slot: number, draws: number[]]>([
    ['1', 0, 4, 1, [3572436119, 569787623, 612985899, 3639759454]],
    ['1', 0, 4, 2, [3511427857, 4090833728, 2567414131, 4066757706]],
    ['matedpair', 7, 4, 2 ** 32 - 1, [1952216540, 1168423344, 1072823143, 3870126198]],
    ['matedpair', 2 ** 32 + 1, 3, 5, [2765691835, 824006483, 2685100968, 2883761013]],
    ['1', 3, 0, 1, [3377504428, 464035758, 2427170572, 988721893]],
  ])('seed %j index %d family %d slot %d', (seed, index, family, slot, expected) => {
    expect(draws(seed, index, family, 4, slot)).toEqual(expected);
  });

  it('is a pure function: what was drawn before does not matter', () => {
    const before = draws('s', 42, 0);
    draws('t', 43, 1, 1000);
    draws('s', 41, 0, 3);
    expect(draws('s', 42, 0)).toEqual(before);
  });

  it('writes the first draws of the stream into the window and nothing outside it', () => {
    const whole = draws('s', 9, 0, 20);
    const out = new Uint32Array(30).fill(7);
    fillDraws(streamKey('s'), 9, 0, out, 4, 11);
    expect([...out.subarray(4, 15)]).toEqual(whole.slice(0, 11));
    expect([...out.subarray(0, 4)]).toEqual([7, 7, 7, 7]);
    expect([...out.subarray(15)]).toEqual(new Array(15).fill(7));
    fillDraws(streamKey('s'), 10, 0, out, 4, 0);
    expect(out[4]).toBe(whole[0]);
  });
});
