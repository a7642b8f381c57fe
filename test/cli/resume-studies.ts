/** Commands of a few seconds that are interrupted by tests, and how far they show to be and have kept. */
import { indexRecords, readValue } from '../../src/parts/record-file.js';
import type { StudyRun } from '../../src/parts/study-run.js';
import { ScenarioText } from '../../src/scenario/parse.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { sensitivityStudy } from '../../src/studies/sensitivity/sensitivity.js';
import { simulation } from '../../src/studies/simulate.js';
import { sweepStudy } from '../../src/studies/sweep/sweep.js';
import { SMALL } from './helpers.js';

export interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  /** What it shows of its progress, in a unit of its own. */
  readonly shown: RegExp;
  /** What a checkpoint holds, in the same unit. */
  readonly keptIn: (path: string) => number;
}

/** Rounding of sums of shares. */
const ROUNDING = 1e-9;

/** Counts the work of the blocks that a checkpoint has; `all` in all. */
function keptOf(runs: () => Iterable<StudyRun>, all: number): Command['keptIn'] {
  return (path) => {
    const { entries } = indexRecords(path)!;
    let share = 0;
    for (const { key, place, open } of runs()) {
      const entry = entries.get(key);
      if (entry === undefined) continue;
      const value = readValue(path, key, entry) as { kept?: { next: number } };
      const blocks = open(undefined)?.plan.blocks ?? 0;
      const done = value.kept === undefined ? 1 : value.kept.next / blocks;
      share += done * (place.work / place.total);
    }
    return Math.floor(all * share + ROUNDING);
  };
}

/** Adds up values of the records whose keys begin so. */
function countOf(prefix: RegExp, of: (value: unknown) => number): Command['keptIn'] {
  return (path) => {
    let sum = 0;
    for (const [key, entry] of indexRecords(path)!.entries) {
      if (prefix.test(key)) sum += of(readValue(path, key, entry));
    }
    return sum;
  };
}

const text = new ScenarioText(SMALL);
const small = (matings: number) => ({ ...text.parse().scenario, matings });
const sweptText = new ScenarioText(SMALL.replace('matings: 400', 'matings: 30000'));
const SWEPT = 'mating.friction=range(0.1, 0.2, 24)';
const spec = { design: 'grid' as const, points: null, parameters: [parseSweepParameter(SWEPT)] };

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    args: ['run', 'small.yaml', '--trials', '2e6'],
    exitCode: 0,
    shown: /(\d+) %/g,
    keptIn: keptOf(() => simulation(small(2e6)).runs(), 100),
  },
  {
    name: 'sweep',
    args: ['sweep', 'small.yaml', '--sweep', SWEPT, '--trials', '30000'],
    exitCode: 0,
    shown: /(\d+) of 24 points/g,
    keptIn: keptOf(() => sweepStudy(sweptText, { spec }).runs(), 24),
  },
  {
    name: 'sensitivity',
    args: ['sensitivity', 'small.yaml', '--pair', 'mpo', '--trials', '35000'],
    exitCode: 0,
    shown: /(\d+) %/g,
    keptIn: keptOf(() => sensitivityStudy(small(35_000), { pairs: ['mpo'] }).runs(), 100),
  },
  {
    name: 'allocate',
    args: [
      ...['allocate', 'small.yaml', '--pair', 'mpo', '--limit', 'mpo: p97 <= 0.65 dB'],
      ...['--tolerance', 'designs.mpo.bores.positionError, cost 2', '--trials', '35000'],
      ...['--tolerance', 'designs.mpo.fibres.coreEccentricity'],
    ],
    exitCode: 0,
    shown: /(\d+) evaluations/g,
    keptIn: countOf(/^search \d+$/, (value) => (value as { points: unknown[] }).points.length),
  },
  {
    name: 'exceedance',
    args: [
      ...['exceedance', 'small.yaml', '--above', '1 dB', '--pair', 'mpo', '--precision', '5 %'],
    ],
    exitCode: 0,
    shown: /(\d+) of \d+ replicates/g,
    keptIn: countOf(/^mpo: replicate \d+$/, () => 1),
  },
];
