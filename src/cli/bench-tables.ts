/** The figures of a benchmark as tables: one a group of measurements. */
import { againstOf, type BenchReport } from '../studies/bench/report.js';
import { ratios, sampleOf } from '../studies/bench/samples.js';
import { counted, fixed } from './format.js';

export interface BenchTable {
  readonly title: string;
  /** The first row is the head. */
  readonly rows: readonly (readonly string[])[];
}

type Row = BenchReport['measurements'][number];

/** How a unit is shown: in which multiple, with how many decimals. */
const SHOWN: Readonly<Record<Row['unit'], { unit: string; factor: number; decimals: number }>> = {
  'fibre matings/s': { unit: 'M fibre matings/s', factor: 1e-6, decimals: 2 },
  'turns/s': { unit: 'M turns/s', factor: 1e-6, decimals: 1 },
  ns: { unit: 'ns a fibre mating', factor: 1, decimals: 1 },
  s: { unit: 's', factor: 1, decimals: 3 },
  MB: { unit: 'MB', factor: 1, decimals: 0 },
  kB: { unit: 'kB', factor: 1, decimals: 0 },
};

export function benchTables({ measurements }: BenchReport): BenchTable[] {
  const groups = [...new Set(measurements.map(({ group }) => group))];
  return groups.map((group) => {
    const rows = measurements.filter((row) => row.group === group);
    const ratioTexts = rows.map((row) => ratioText(row, rows));
    const withRatio = ratioTexts.some((text) => text !== '');
    const withWorkers = rows.some(({ workers }) => workers !== undefined);
    const unit = SHOWN[(rows[0] as Row).unit].unit;
    return {
      title: `${group}, ${unit}`,
      rows: [
        [
          '',
          'median',
          'range',
          ...(withWorkers ? ['per core', 'efficiency'] : []),
          ...(withRatio ? ['ratio'] : []),
        ],
        ...rows.map((row, i) => [
          row.name,
          shown(row.median, row),
          `${shown(row.lowest, row)}–${shown(row.highest, row)}`,
          ...(withWorkers ? workersTexts(row, rows) : []),
          ...(withRatio ? [ratioTexts[i] as string] : []),
        ]),
      ],
    };
  });
}

function shown(value: number, { unit }: Row): string {
  const { factor, decimals } = SHOWN[unit];
  return fixed(value * factor, decimals);
}

/** Median ratio to the row that this one is compared with, or undefined. */
function medianRatio(row: Row, rows: readonly Row[]): number | undefined {
  const against = againstOf(row, rows);
  return against === undefined ? undefined : sampleOf(ratios(row.values, against.values)).median;
}

/** `8.21 × reference`: what both names share is left out. */
function ratioText(row: Row, rows: readonly Row[]): string {
  const ratio = medianRatio(row, rows);
  if (ratio === undefined) return '';
  const own = row.name.split(', ');
  const other = (row.against ?? '').split(', ').filter((part) => !own.includes(part));
  return `${fixed(ratio, 2)} × ${other.length > 0 ? other.join(', ') : 'itself'}`;
}

/** Rate a core, and the share of so many times the rate of one worker that is reached. */
function workersTexts(row: Row, rows: readonly Row[]): [string, string] {
  const ratio = medianRatio(row, rows);
  if (row.workers === undefined) return ['', ''];
  return [
    shown(row.median / row.workers, row),
    ratio === undefined ? '' : `${fixed((100 * ratio) / row.workers, 0)} %`,
  ];
}

/** What was measured where, how, and how far it can be trusted: one sentence a line. */
export function benchNotes(report: BenchReport): string[] {
  const { environment: e, rounds, seconds, noiseFloor, notes } = report;
  return [
    `${e.cpu}, ${e.cores} cores, load ${fixed(e.load, 2)}; Node ${e.node} (V8 ${e.v8}), ${e.os}.`,
    `matedpair ${e.version}${e.commit === undefined ? '' : `, commit ${e.commit}`}, ${e.startedAt}.`,
    `Medians and ranges of ${counted(rounds, 'round')} in turn after a warm-up, ${seconds} s a measurement; ratios are medians of ratios within a round.`,
    ...(noiseFloor === null
      ? []
      : [
          `Noise floor: ${fixed(100 * noiseFloor, 1)} % (the same case twice); smaller differences say nothing.`,
        ]),
    ...notes,
  ];
}
