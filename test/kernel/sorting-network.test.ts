/** The comparators sort whatever stands on their lines. */
import { describe, expect, it } from 'vitest';
import { sortingNetwork } from '../../src/kernel/sorting-network.js';
import { FIBRE_COUNTS } from '../../src/scenario/layout.js';
import { Chance } from '../support/chance.js';

type Network = ReturnType<typeof sortingNetwork>;

function sorted(network: Network, values: readonly number[]): number[] {
  const lines = [...values];
  for (const [i, j] of network) {
    const [a, b] = [lines[i]!, lines[j]!];
    lines[i] = Math.min(a, b);
    lines[j] = Math.max(a, b);
  }
  return lines;
}

/**
 * Whether it sorts all 2ⁿ rows of zeros and ones, and so whatever stands there (the 0–1 principle, Knuth 1998,
 * vol. 3, 5.3.4). A row is a number, line i its bit i: sorted are those whose ones stand at the high lines.
 */
function sortsAllBits(network: Network, n: number): boolean {
  for (let row = 0; row < 2 ** n; row++) {
    let lines = row;
    for (const [i, j] of network) {
      if ((lines >> i) & 1 & ~(lines >> j)) lines ^= (1 << i) | (1 << j);
    }
    if (lines !== 0 && lines + (lines & -lines) !== 2 ** n) return false;
  }
  return true;
}

describe('a sorting network', () => {
  it.each(Array.from({ length: 16 }, (_, i) => i + 1))(
    'of %i lines sorts all zeros and ones',
    (n) => {
      expect(sortsAllBits(sortingNetwork(n), n)).toBe(true);
    },
  );

  it.each(FIBRE_COUNTS)('of %i lines sorts random numbers, also many equal ones', (n) => {
    const chance = new Chance(n);
    const network = sortingNetwork(n);
    for (let i = 0; i < 1000; i++) {
      const most = chance.pick([1, 1, 5, 1e9]);
      const values = Array.from({ length: n }, () => chance.whole(0, most));
      expect(sorted(network, values)).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it.each(FIBRE_COUNTS)('of %i lines puts the lower line first', (n) => {
    for (const [i, j] of sortingNetwork(n)) {
      expect(i).toBeGreaterThanOrEqual(0);
      expect(i).toBeLessThan(j);
      expect(j).toBeLessThan(n);
    }
  });

  it('has as many comparators as Batcher’s (OEIS A006282)', () => {
    const known = [0, 1, 3, 5, 9, 12, 16, 19, 26, 31, 37, 41, 48, 53, 59, 63];
    expect(known.map((_, i) => sortingNetwork(i + 1).length)).toEqual(known);
  });

  it('twin: without any one of its comparators it does not sort', () => {
    const network = sortingNetwork(16);
    for (let k = 0; k < network.length; k++) {
      expect(sortsAllBits(network.toSpliced(k, 1), 16), `comparator ${k}`).toBe(false);
    }
  });
});
