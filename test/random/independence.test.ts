/**
 * Streams of neighbouring matings, families, seeds and positions are uniform and independent of each other.
 *
 * 200,000 matings; every single check has a false-alarm rate of at most 1e-6 (support/ks.ts). The twin leaves out the
 * scrambling of the index by Philox, and must fail.
 */
import { describe, expect, it } from 'vitest';
import { fillDraws, STREAM_FAMILY, streamKey, xoshiro128pp } from '../../src/random/stream.js';
import {
  CORRELATION_LIMIT,
  chiSquare,
  chiSquareLimit,
  correlationScore,
  KS_LIMIT,
  ksStatistic,
} from '../support/ks.js';

const MATINGS = 200_000;
const DRAWS = 4;

type Fill = (index: number, out: Uint32Array) => void;

/** Draws 0 … DRAWS − 1 of the matings first … first + MATINGS − 1, one array a position. */
function columns(fill: Fill, first = 0): Uint32Array[] {
  const all = Array.from({ length: DRAWS }, () => new Uint32Array(MATINGS));
  const out = new Uint32Array(DRAWS);
  for (let i = 0; i < MATINGS; i++) {
    fill(first + i, out);
    for (let k = 0; k < DRAWS; k++) all[k]![i] = out[k]!;
  }
  return all;
}

function stream(seed: string, family: number): Fill {
  const key = streamKey(seed);
  return (index, out) => fillDraws(key, index, family, out, 0, DRAWS);
}

/** χ² (255 degrees) of pairs by four bits of each, from bit `bit` up. */
function pairChiSquare(x: Uint32Array, y: Uint32Array, bit: number): number {
  const counts = new Float64Array(256);
  for (let i = 0; i < x.length; i++) {
    counts[(((x[i]! >>> bit) & 15) << 4) | ((y[i]! >>> bit) & 15)]! += 1;
  }
  return chiSquare(counts, () => x.length / 256);
}

/** Largest of the checks' statistics over their limits, for pairs that should be independent. */
function dependence(x: Uint32Array, y: Uint32Array): number {
  const score = correlationScore(Float64Array.from(x), Float64Array.from(y));
  return Math.max(
    Math.abs(score) / CORRELATION_LIMIT,
    ...[28, 14, 0].map((bit) => pairChiSquare(x, y, bit) / chiSquareLimit(255)),
  );
}

const base = columns(stream('independence', STREAM_FAMILY.base));

describe('draws of the streams', () => {
  it.each([0, 1, 2, 3])('draw %i is uniform over the matings', (k) => {
    const uniforms = Float64Array.from(base[k]!, (x) => (x + 0.5) / 2 ** 32);
    expect(ksStatistic(uniforms, (u) => u)).toBeLessThan(KS_LIMIT);
  });

  it.each([1, 2, 50_000])('the same draw of matings i and i + %i is independent', (lag) => {
    for (const column of base) {
      expect(dependence(column.subarray(0, MATINGS - lag), column.subarray(lag))).toBeLessThan(1);
    }
  });

  it('the draws of one mating are independent', () => {
    for (let k = 1; k < DRAWS; k++) {
      for (let j = 0; j < k; j++) expect(dependence(base[j]!, base[k]!)).toBeLessThan(1);
    }
  });

  it('draw k of a mating and draw k + 1 of the next are independent', () => {
    for (let k = 0; k + 1 < DRAWS; k++) {
      const next = base[k + 1]!.subarray(1);
      expect(dependence(base[k]!.subarray(0, MATINGS - 1), next)).toBeLessThan(1);
      expect(dependence(next, base[k]!.subarray(1))).toBeLessThan(1);
    }
  });

  it.each([
    ['the other family', columns(stream('independence', STREAM_FAMILY.extra))],
    ['a seed one letter away', columns(stream('independencf', STREAM_FAMILY.base))],
    ['indices 2³² further on', columns(stream('independence', STREAM_FAMILY.base), 2 ** 32)],
  ])('independent of %s', (_, other) => {
    for (let k = 0; k < DRAWS; k++) expect(dependence(base[k]!, other[k]!)).toBeLessThan(1);
  });
});

describe('twin: xoshiro128++ with the index as its state', () => {
  const wrong = columns((index, out) =>
    xoshiro128pp(Uint32Array.of(index, 1, 2, 3), out, 0, DRAWS),
  );

  it('is neither uniform nor independent from mating to mating', () => {
    const first = wrong[0]!;
    const uniforms = Float64Array.from(first, (x) => (x + 0.5) / 2 ** 32);
    expect(ksStatistic(uniforms, (u) => u)).toBeGreaterThan(KS_LIMIT);
    expect(dependence(first.subarray(0, MATINGS - 1), first.subarray(1))).toBeGreaterThan(1);
  });
});
