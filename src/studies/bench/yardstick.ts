/**
 * A fixed calculation that shares nothing with the model. Its rate tells how fast the machine is just now, so that
 * figures of two files can be compared. Never change it: older files could no longer be compared with newer ones.
 */
import type { Case } from './rounds.js';

export const YARDSTICK = {
  group: 'yardstick',
  name: 'fixed calculation',
  unit: 'turns/s',
} as const;

const TURNS = 100_000;

/** Integer hashing, additions, products and square roots, as the model has them. */
function turns(seed: number): number {
  let bits = seed | 1;
  let sum = 0;
  for (let i = 0; i < TURNS; i++) {
    bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
    const x = (bits >>> 0) * 2 ** -32;
    sum = 0.5 * sum + Math.sqrt(x * x + 1) / (1 + x);
  }
  return sum;
}

let kept = 0;

export function yardstickCase(seconds: number): Case {
  return {
    quantities: [YARDSTICK],
    measure: async () => {
      const started = performance.now();
      let done = 0;
      let elapsed = 0;
      while (elapsed < seconds) {
        kept += turns(done);
        done += TURNS;
        elapsed = (performance.now() - started) / 1000;
      }
      // Uses the sum, so that no compiler may leave the work out.
      if (Number.isNaN(kept)) return [Number.NaN];
      return [done / elapsed];
    },
  };
}
