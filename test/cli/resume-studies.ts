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
  /** How much longer than a second its checkpoints are apart: 1, or more where they are large. */
  readonly costs: number;
  /** What it shows of its progress, in a unit of its own. */
  readonly shown: RegExp;
  /** What a checkpoint holds, in the same unit. */
  readonly keptIn: (path: string) => number;
}

/** SIGKILLs in all; 200 in the long test, with longer work. */
export const KILLS = Number(process.env['MATEDPAIR_KILLS'] ?? 10);
const TIMES = KILLS > 50 ? 3 : 1;
const MATINGS = { run: 1_200_000, point: 30_000, sensitivity: 20_000, allocate: 20_000 };
const POINTS = 14 * TIMES;

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
const sweptText = new ScenarioText(SMALL.replace('matings: 400', `matings: ${MATINGS.point}`));
const SWEPT = `mating.friction=range(0.1, 0.2, ${POINTS})`;
const spec = { design: 'grid' as const, points: null, parameters: [parseSweepParameter(SWEPT)] };

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    costs: 1,
    args: ['run', 'small.yaml', '--trials', String(TIMES * MATINGS.run)],
    exitCode: 0,
    shown: /(\d+) %/g,
    keptIn: keptOf(() => simulation(small(TIMES * MATINGS.run)).runs(), 100),
  },
  {
    name: 'sweep',
    costs: 1,
    args: ['sweep', 'small.yaml', '--sweep', SWEPT, '--trials', String(MATINGS.point)],
    exitCode: 0,
    shown: /(\d+) of \d+ points/g,
    keptIn: keptOf(() => sweepStudy(sweptText, { spec }).runs(), POINTS),
  },
  {
    name: 'sensitivity',
    costs: 3,
    args: [
      'sensitivity',
      'small.yaml',
      '--pair',
      'mpo',
      '--trials',
      String(TIMES * MATINGS.sensitivity),
    ],
    exitCode: 0,
    shown: /(\d+) %/g,
    keptIn: keptOf(
      () => sensitivityStudy(small(TIMES * MATINGS.sensitivity), { pairs: ['mpo'] }).runs(),
      100,
    ),
  },
  {
    name: 'allocate',
    costs: 1,
    args: [
      ...['allocate', 'small.yaml', '--pair', 'mpo', '--limit', 'mpo: p97 <= 0.65 dB'],
      ...['--tolerance', 'designs.mpo.bores.positionError, cost 2'],
      ...['--tolerance', 'designs.mpo.fibres.coreEccentricity'],
      ...['--trials', String(TIMES * MATINGS.allocate)],
    ],
    exitCode: 0,
    shown: /(\d+) evaluations/g,
    keptIn: countOf(/^search \d+$/, (value) => (value as { points: unknown[] }).points.length),
  },
  {
    name: 'exceedance',
    costs: 1,
    args: [
      ...[
        'exceedance',
        'small.yaml',
        '--above',
        '1 dB',
        '--pair',
        'mpo',
        '--precision',
        TIMES > 1 ? '4 %' : '6 %',
      ],
    ],
    exitCode: 0,
    shown: /(\d+) of \d+ replicates/g,
    keptIn: countOf(/^mpo: replicate \d+$/, () => 1),
  },
];
