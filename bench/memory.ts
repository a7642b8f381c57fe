/** Peak memory of runs of more and more matings. */
import type { Case } from '../src/studies/bench/rounds.js';
import { peakMegabytes } from './command-line.js';
import { SHIPPED } from './scenarios.js';

/** Runs of the shipped scenario on all workers, a process each. */
export function memoryCases(folder: string, matings: readonly number[], workers: number): Case[] {
  return matings.map((count) => ({
    quantities: [
      {
        group: `peak memory of the shipped scenario, workers: ${workers}`,
        name: `10^${Math.log10(count)} matings`,
        unit: 'MB',
      },
    ],
    measure: async () => [peakMegabytes(folder, SHIPPED, count, workers)],
  }));
}
