/** What a run costs besides its matings, and the time of a run of a million matings against what it may take. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../src/cli/format.js';
import { runnerSource } from '../src/engine/load-kernel.js';
import { createRunner } from '../src/engine/runner.js';
import { compilePlan } from '../src/plan/compile.js';
import type { Case, Measurement } from '../src/studies/bench/rounds.js';
import { sampleOf } from '../src/studies/bench/samples.js';
import { nodeSeconds, runArguments } from './command-line.js';
import { onePairScenario, onePairText, SHIPPED } from './scenarios.js';

const GROUP = 'start-up, whole processes';

/** As few matings as a run has sections: what is left is the start. */
const FEWEST_MATINGS = 64;

/** Node alone, and the shortest run of the shipped scenario. */
export function startupCases(folder: string, workers: number): Case[] {
  const starts = [
    { name: 'Node alone', args: ['--eval', '0'] },
    { name: 'run, no workers', args: runArguments(folder, SHIPPED, FEWEST_MATINGS, 0) },
    {
      name: `run, workers: ${workers}`,
      args: runArguments(folder, SHIPPED, FEWEST_MATINGS, workers),
    },
  ];
  return starts.map(({ name, args }) => ({
    quantities: [{ group: GROUP, name, unit: 's' }],
    measure: async () => [nodeSeconds(args)],
  }));
}

const LONG = 'a run of MTP Standard with itself, 12 fibres, whole processes';
const OWN = 'kernel alone in one thread';
const ONE = 'command line, workers: 1';

/** Runs from the command line beside the time that the kernel needs for the same blocks. */
export function longRunCase(folder: string, matings: number, workers: number): Case {
  const scenario = join(folder, 'mtp-standard.yaml');
  writeFileSync(scenario, onePairText('mtp-standard', 12, matings));
  const plan = compilePlan(onePairScenario('mtp-standard', 12, matings));
  const run = createRunner(runnerSource(plan, 'kernel'));
  const counts = workers > 1 ? [1, workers] : [1];
  return {
    quantities: [
      { group: LONG, name: OWN, unit: 's' },
      ...counts.map(
        (count) =>
          ({
            group: LONG,
            name: `command line, workers: ${count}`,
            unit: 's',
            against: OWN,
          }) as const,
      ),
    ],
    measure: async () => {
      const started = performance.now();
      for (let block = 0; block < plan.blocks; block++) run(block);
      const own = (performance.now() - started) / 1000;
      return [
        own,
        ...counts.map((count) => nodeSeconds(runArguments(folder, scenario, matings, count))),
      ];
    },
  };
}

/** What a run on one worker may take: start-up, and so many times the kernel's own time. */
const START_SECONDS = 2;
const TIMES_OWN = 1.2;

/** Whether the runs on one worker took no longer than they may. */
export function longRunNote(measurements: readonly Measurement[], matings: number): string {
  const median = (name: string): number => {
    const found = measurements.find((m) => m.group === LONG && m.name === name);
    return found === undefined ? Number.NaN : sampleOf(found.values).median;
  };
  const [own, taken] = [median(OWN), median(ONE)];
  const allowed = START_SECONDS + TIMES_OWN * own;
  const verdict = taken <= allowed ? 'kept' : 'MISSED';
  return `${counted(matings, 'mating')} of 12 fibres from the command line, one worker: ${taken.toFixed(2)} s; allowed ${START_SECONDS} s + ${TIMES_OWN} × ${own.toFixed(2)} s = ${allowed.toFixed(2)} s: ${verdict}.`;
}
