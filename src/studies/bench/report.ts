/** The figures of a benchmark as a file for machines: written by `matedpair bench --json` and by bench/. */
import { z } from 'zod';
import type { Environment } from './environment.js';
import type { Measurement } from './rounds.js';
import { ratios, sampleOf } from './samples.js';

/** Raised whenever a reader of the old format would misread the new one. */
const BENCH_FORMAT_VERSION = 1;

const text = z.string();
const positive = z.number().positive();

const measurement = z.object({
  group: text,
  name: text,
  unit: z.enum(['fibre matings/s', 'turns/s', 'ns', 's', 'MB', 'kB']),
  against: text.optional(),
  workers: z.int().positive().optional(),
  median: z.number(),
  lowest: z.number(),
  highest: z.number(),
  values: z.array(z.number()).min(1).describe('One a round'),
});

export const benchSchema = z.object({
  benchFormatVersion: z.literal(BENCH_FORMAT_VERSION),
  environment: z.object({
    version: text,
    startedAt: text,
    cpu: text,
    cores: z.number(),
    node: text,
    v8: text,
    os: text,
    load: z.number(),
    commit: text.optional(),
  }),
  scenario: text.describe('What was measured'),
  rounds: z.int().positive(),
  seconds: positive.describe('Length of a measurement'),
  noiseFloor: z
    .number()
    .nullable()
    .describe('Largest deviation from 1 of the ratio of a case to itself; null: not measured'),
  notes: z.array(text).describe('What was left out, and checks'),
  measurements: z.array(measurement).min(1),
});

export type BenchReport = z.infer<typeof benchSchema>;

/** What was measured, and how. */
interface BenchSetting {
  readonly environment: Environment;
  readonly scenario: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly notes: readonly string[];
}

/** Name of the case that is measured twice carries this at its second listing. */
export const AGAIN = ', again';

export function benchReport(
  setting: BenchSetting,
  measurements: readonly Measurement[],
): BenchReport {
  return {
    benchFormatVersion: BENCH_FORMAT_VERSION,
    ...setting,
    notes: [...setting.notes],
    noiseFloor: noiseFloor(measurements),
    measurements: measurements.map(({ values, ...quantity }) => {
      const { median, lowest, highest } = sampleOf(values);
      return { ...quantity, median, lowest, highest, values: [...values] };
    }),
  };
}

/**
 * What two measurements of the same thing may differ by: how far from 1 the interval of the median ratio of a case to
 * itself reaches, the largest of all cases that are listed twice; null if none is.
 */
export function noiseFloor(measurements: readonly Measurement[]): number | null {
  const floors = measurements.flatMap((again) => {
    if (!again.name.endsWith(AGAIN)) return [];
    const once = againstOf(again, measurements);
    if (once === undefined) return [];
    const { low, high } = sampleOf(ratios(again.values, once.values));
    return [Math.max(Math.abs(low - 1), Math.abs(high - 1))];
  });
  return floors.length === 0 ? null : Math.max(...floors);
}

/** The measurement with which another is compared. */
export function againstOf<T extends Measurement>(
  { group, against }: Measurement,
  measurements: readonly T[],
): T | undefined {
  return measurements.find((m) => m.group === group && m.name === against);
}
