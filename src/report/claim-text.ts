/** Claims in words. */
import type { ClaimResult } from '../result/schema.js';

/** `p97 at most 0.5 dB`. */
export function claimText({ statistic, atLeastDb, atMostDb }: ClaimResult): string {
  const ends = [
    ...(atLeastDb === null ? [] : [`at least ${atLeastDb} dB`]),
    ...(atMostDb === null ? [] : [`at most ${atMostDb} dB`]),
  ];
  return `${statistic} ${ends.join(' and ')}`.replaceAll('-', '−');
}
