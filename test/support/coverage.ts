/** How many of many intervals have to hold the truth. */
import { FALSE_ALARM_RATE } from './ks.js';

/** Fewest of so many runs that must cover: with this coverage, fewer happen at the rate 1e-6 or less (binomial). */
export function fewestCovering(runs: number, coverage: number): number {
  let logTerm = runs * Math.log(1 - coverage);
  let below = 0;
  for (let k = 0; ; k++) {
    below += Math.exp(logTerm);
    if (below > FALSE_ALARM_RATE) return k;
    logTerm += Math.log((((runs - k) / (k + 1)) * coverage) / (1 - coverage));
  }
}
