/** All that is measured, in sections that can be chosen with --only. */
import { ENGINES } from '../src/engine/runner.js';
import { againCase, type Subject, threadCase, workersCase } from '../src/studies/bench/cases.js';
import type { Case, Measurement } from '../src/studies/bench/rounds.js';
import { endlessPlan, workerCounts } from '../src/studies/bench/throughput.js';
import { memoryCases } from './memory.js';
import { reportCases, STUDIO_NOTE, studioCases } from './pages.js';
import { partsCase, shardCase } from './parts.js';
import { peers } from './peers.js';
import { rareCases } from './rare.js';
import { FIBRE_COUNTS, onePairScenario, shippedScenario } from './scenarios.js';
import { stagesCase } from './stages.js';
import { longRunCase, longRunNote, startupCases } from './startup.js';
import { sweepCase } from './sweep.js';

export interface Extent {
  readonly seconds: number;
  /** All that the machine runs at once. */
  readonly workers: number;
  readonly longRunMatings: number;
  readonly memoryMatings: readonly number[];
  readonly sweepPoints: number;
  /** Of each part that is put together with others. */
  readonly partMatings: number;
  /** How many kinds of reports. */
  readonly reports: number;
  /** Up to these plain sampling is measured, beyond them extrapolated. */
  readonly rareMatings: number;
  readonly rareCases: number;
  /** For result files and the like. */
  readonly folder: string;
}

export interface Section {
  readonly cases: readonly Case[];
  /** Measured once, after all rounds: too long to repeat. */
  readonly once?: readonly Case[];
  /** What is to be told, known from the start or from the figures. */
  readonly notes?: (measurements: readonly Measurement[]) => readonly string[];
}

export const SECTIONS: Readonly<Record<string, (extent: Extent) => Section>> = {
  throughput: ({ seconds }) => ({
    cases: [
      ...ENGINES.flatMap((engine) =>
        FIBRE_COUNTS.map((fibres) => threadCase(shipped(fibres, seconds), engine)),
      ),
      againCase(shipped(12, seconds)),
    ],
  }),
  workers: ({ seconds, workers }) => ({
    // The reference with 12 fibres only: it is slow, and scales as the kernel does.
    cases: ENGINES.flatMap((engine) =>
      (engine === 'kernel' ? FIBRE_COUNTS : ([12] as const)).flatMap((fibres) => {
        const subject = shipped(fibres, seconds);
        return workerCounts(workers).map((count) => workersCase(subject, engine, count));
      }),
    ),
  }),
  peers: ({ seconds }) => {
    const { cases, note } = peers(seconds);
    return { cases, notes: () => [note] };
  },
  stages: ({ seconds }) => ({
    cases: [
      ...FIBRE_COUNTS.map((n) => stagesCase(shippedScenario(n), `${n} fibres`, seconds)),
      stagesCase(onePairScenario('mtp-standard', 12, 1), 'MTP 12 alone', seconds),
    ],
  }),
  startup: ({ folder, workers, longRunMatings }) => ({
    cases: [...startupCases(folder, workers), longRunCase(folder, longRunMatings, workers)],
    notes: (measurements) => [longRunNote(measurements, longRunMatings)],
  }),
  memory: ({ folder, workers, memoryMatings }) => ({
    cases: [],
    once: memoryCases(folder, memoryMatings, workers),
  }),
  sweep: ({ workers, sweepPoints }) => ({
    cases: [],
    once: (workers > 1 ? [1, workers] : [1]).map((count) => sweepCase(sweepPoints, count)),
  }),
  parts: ({ folder, workers, partMatings }) => ({
    cases: [
      ...([12, 72] as const).map((n) => partsCase(n, partMatings, folder)),
      shardCase(folder, workers),
    ],
  }),
  pages: ({ folder, sweepPoints, reports }) => ({
    cases: [],
    once: [...reportCases(folder, sweepPoints, reports), ...studioCases()],
    notes: () => STUDIO_NOTE,
  }),
  rare: ({ rareMatings, rareCases: count }) => ({
    cases: [],
    once: rareCases(rareMatings, count),
    notes: () => [`Times of plain sampling beyond ${rareMatings} matings are extrapolated.`],
  }),
};

function shipped(fibres: number, seconds: number): Subject {
  return { plan: endlessPlan(shippedScenario(fibres)), label: `${fibres} fibres`, seconds };
}
