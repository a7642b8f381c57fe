/** Rare losses: multilevel splitting beside plain sampling by the kernel, one worker each. */

import { loadScenario } from '../src/scenario/index.js';
import type { Estimate } from '../src/statistics/intervals.js';
import type { Case } from '../src/studies/bench/rounds.js';
import { exceedance } from '../src/studies/exceedance.js';
import { simulate } from '../src/studies/simulate.js';
import { SHIPPED } from './scenarios.js';

/** Half-width, relative to the probability, to which all times are scaled. */
const HALF_WIDTH = 0.1;
/** 1.96²/HALF_WIDTH²: fibres beyond the loss that plain sampling needs for it. */
const FIBRES_BEYOND = 384;
/** About 1e-5, 1e-6 and 1e-7. */
const LOSSES = { mpo: [2.05, 2.37, 2.65], elite: [0.92, 1.02, 1.1] } as const;

/**
 * Time of plain sampling is measured up to so many matings, and beyond them in proportion.
 *
 * @param count the first so many cases
 */
export function rareCases(mostMatings: number, count: number): Case[] {
  const all = Object.entries(LOSSES).flatMap(([pair, losses]) =>
    losses.map((aboveDb) => rareCase(pair, aboveDb, mostMatings)),
  );
  return all.slice(0, count);
}

function rareCase(name: string, aboveDb: number, mostMatings: number): Case {
  const group = `probability that a fibre of ${name} loses more than ${aboveDb} dB, to ± 10 %`;
  const splittingly = 'multilevel splitting';
  return {
    quantities: [
      { group, name: splittingly, unit: 's' },
      { group, name: 'plain sampling by the kernel', unit: 's', against: splittingly },
    ],
    measure: async () => {
      const { scenario } = loadScenario(SHIPPED, { limits: [`yield(${aboveDb} dB) >= 1 %`] });
      const pairs = scenario.pairs.filter((pair) => pair.name === name);
      const alone = { ...scenario, pairs, comparisons: [] };
      const [rare, splitting] = await timed(() =>
        exceedance(alone, { aboveDb: [aboveDb], workers: 1 }),
      );
      const [
        {
          fibres,
          losses: [loss],
        },
      ] = rare.pairs as [(typeof rare.pairs)[number]];
      const needed = Math.ceil(FIBRES_BEYOND / (loss?.probability.value ?? 1) / fibres);
      const matings = Math.min(needed, mostMatings);
      const [run, plain] = await timed(() => simulate({ ...alone, matings }, { workers: 1 }));
      const [
        {
          limits: [limit],
        },
      ] = run.pairs as [(typeof run.pairs)[number]];
      const { value, low, high } = (limit as { readonly estimate: Estimate }).estimate;
      const width = ((high ?? 1) - (low ?? 0)) / 2 / (1 - value);
      return [
        scaled(splitting, loss?.relativeHalfWidth ?? Number.NaN),
        matings === needed ? scaled(plain, width) : (plain * needed) / matings,
      ];
    },
  };
}

function scaled(seconds: number, halfWidth: number): number {
  return seconds * (halfWidth / HALF_WIDTH) * (halfWidth / HALF_WIDTH);
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, (performance.now() - started) / 1000];
}
