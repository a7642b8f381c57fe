/** Two files of figures: what became faster, what slower, and what differs by no more than noise. */
import type { BenchReport } from '../src/studies/bench/report.js';
import { ratios, relativeNoise, type Sample, sampleOf } from '../src/studies/bench/samples.js';
import { YARDSTICK } from '../src/studies/bench/yardstick.js';

type Row = BenchReport['measurements'][number];

export type Verdict = 'faster' | 'slower' | 'smaller' | 'larger' | 'within noise';

export interface Comparison {
  readonly group: string;
  readonly name: string;
  /** New to old in speed (or, of memory, in size), after the difference of the machine's speed; above 1 is faster. */
  readonly ratio: number;
  /** What the ratio may differ from 1 by chance. */
  readonly noise: number;
  readonly verdict: Verdict;
}

/** Memory is measured once: what collectors of garbage make of it differs by this from run to run. */
const MEMORY_NOISE = 0.1;

/** Compares what both files hold, in the order of the new one. */
export function compareReports(old: BenchReport, now: BenchReport): Comparison[] {
  const floor = Math.max(old.noiseFloor ?? 0, now.noiseFloor ?? 0);
  return now.measurements.flatMap((row) => {
    const before = old.measurements.find((m) => m.group === row.group && m.name === row.name);
    if (before === undefined || row.group === YARDSTICK.group) return [];
    const memory = isSize(row.unit);
    const a = speed(before, old);
    const b = speed(row, now);
    const own = Math.hypot(relativeNoise(a), relativeNoise(b));
    const noise = Math.max(own, memory ? MEMORY_NOISE : floor);
    const ratio = memory ? a.median / b.median : b.median / a.median;
    return [
      {
        group: row.group,
        name: row.name,
        ratio,
        noise,
        verdict: verdict(ratio, noise, memory),
      },
    ];
  });
}

function isSize(unit: Row['unit']): boolean {
  return unit === 'MB' || unit === 'kB';
}

/** Speed of a row in each round (for times and sizes their inverse) against the yardstick of the same round. */
function speed({ unit, values }: Row, { measurements }: BenchReport): Sample {
  const isRate = unit === 'fibre matings/s' || unit === 'turns/s';
  const speeds = isRate ? values : values.map((value) => 1 / value);
  const yardstick = measurements.find(({ group }) => group === YARDSTICK.group)?.values;
  const inRounds = !isSize(unit) && yardstick?.length === values.length;
  return sampleOf(inRounds ? ratios(speeds, yardstick) : speeds);
}

/** A factor and its inverse are as far from 1. */
function verdict(ratio: number, noise: number, memory: boolean): Verdict {
  if (!(Math.abs(Math.log(ratio)) > Math.log1p(noise))) return 'within noise';
  if (memory) return ratio > 1 ? 'larger' : 'smaller';
  return ratio > 1 ? 'faster' : 'slower';
}

/** What hinders a fair comparison. */
export function mismatches(old: BenchReport, now: BenchReport): string[] {
  const keys = ['cpu', 'cores', 'node', 'os'] as const;
  const different = keys.flatMap((key) => {
    const [a, b] = [old.environment[key], now.environment[key]];
    return a === b ? [] : [`Different ${key}: ${a} and ${b}.`];
  });
  return old.scenario === now.scenario
    ? different
    : [...different, `Different scenarios: ${old.scenario} and ${now.scenario}.`];
}
