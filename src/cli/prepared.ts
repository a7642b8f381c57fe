/** Studies that can be run in shards and put together again: what `--shard` and `merge` need of each. */
import { dirname, join, parse } from 'node:path';
import { UserError } from '../errors.js';
import { type Asked, type Changes, openSource, type Source } from '../parts/source.js';
import type { StudyRun } from '../parts/study-run.js';
import { type Work, workOf } from '../parts/work.js';
import { streamKey } from '../random/stream.js';
import type { SweepHost, SweepResult } from '../result/schema-sweep.js';
import { sweepColumns } from '../result/sweep-table.js';
import { writeTable } from '../result/tables.js';
import type { ScenarioText } from '../scenario/index.js';
import type { SweepSpec } from '../scenario/read-sweep.js';
import type { Scenario } from '../scenario/types.js';
import { sensitivityStudy } from '../studies/sensitivity/sensitivity.js';
import { simulation } from '../studies/simulate.js';
import { sweepPoints } from '../studies/sweep/points.js';
import { sweepStudy } from '../studies/sweep/sweep.js';
import { EXIT } from './exit-codes.js';
import { knownPairs } from './pair-option.js';
import { type ResultFlags, tellResult } from './result-output.js';
import { exitCodeOf } from './run-and-report.js';
import { sensitivityLines } from './sensitivity-summary.js';
import { summaryLines } from './summary.js';
import { checkTable, sweepSpec } from './sweep-options.js';
import { sweepLines } from './sweep-summary.js';

export interface FinishFlags extends ResultFlags {
  readonly table?: string | undefined;
}

export interface Prepared {
  readonly scenario: Scenario;
  readonly warnings: readonly string[];
  readonly work: Work;
  /** What the work is counted in; null if a share of it is all that can be told. */
  readonly unit: 'mating' | 'point' | null;
  readonly runs: () => Iterable<StudyRun>;
  /** Throws UserError unless all that it writes besides the result can be written. */
  readonly checkOutput: (flags: FinishFlags, out: string | undefined) => void;
  /** When all runs are done: tells and writes the result; its exit code. */
  readonly finish: (
    host: SweepHost,
    flags: FinishFlags,
    out: string | undefined,
  ) => Promise<number>;
}

/** The study that a source describes. Throws UserError for all that its command would refuse. */
export function prepareSource(source: Source): Prepared {
  return prepare(openSource(source), source);
}

/** The same for a scenario that has been read. */
export function prepare(
  text: ScenarioText,
  { asked, overrides, limits }: Changes & { readonly asked: Asked },
): Prepared {
  switch (asked.study) {
    case 'run':
      return prepareRun(text, overrides);
    case 'sweep':
      return prepareSweep(text, asked, overrides, limits);
    case 'sensitivity':
      return prepareSensitivity(text, asked, overrides);
  }
}

function prepareRun(text: ScenarioText, overrides: Changes['overrides']): Prepared {
  const { scenario, warnings } = text.parse(overrides);
  const study = simulation(scenario);
  return {
    ...{ scenario, warnings, runs: study.runs, unit: 'mating' },
    work: workOf('run', scenario),
    checkOutput: refuseTable,
    finish: async ({ computingShare: _, ...host }, flags, out) => {
      const result = study.result(host);
      await tellResult(result, summaryLines, flags, out);
      return exitCodeOf(result);
    },
  };
}

function prepareSweep(
  text: ScenarioText,
  asked: Extract<Asked, { study: 'sweep' }>,
  overrides: Changes['overrides'],
  limits: Changes['limits'],
): Prepared {
  const { scenario, sweep: written, warnings } = text.parse(overrides);
  const spec = sweepSpec(
    {
      ...(asked.parameters === null ? {} : { sweep: asked.parameters }),
      ...(asked.design === null ? {} : { design: asked.design }),
      ...(asked.points === null ? {} : { points: asked.points }),
    },
    written,
  );
  const study = sweepStudy(text, { spec, overrides, limits });
  return {
    ...{ scenario, warnings, runs: study.runs, unit: 'point' },
    work: workOfSweep(text, scenario, spec, overrides, limits),
    checkOutput: checkTableOf,
    finish: (host, flags, out) => finishSweep(study.result(host), flags, out),
  };
}

/** Points depend on the text, too: what is swept may stand in expressions. */
function workOfSweep(
  { text }: ScenarioText,
  scenario: Scenario,
  spec: SweepSpec,
  overrides: Changes['overrides'],
  limits: Changes['limits'],
): Work {
  const values = sweepPoints(spec, streamKey(scenario.seed));
  return workOf('sweep', scenario, {
    paths: spec.parameters.map(({ paths }) => paths),
    values: values.map((its) => its.map((value) => value.text)),
    ...{ text, overrides, limits },
  });
}

/** Tells and writes a sweep and its table; the exit code. */
async function finishSweep(
  result: SweepResult,
  flags: FinishFlags,
  out: string | undefined,
): Promise<number> {
  const report = await tellResult(result, sweepLines, flags, out);
  const tableOut = tableOf(flags, out);
  if (tableOut !== undefined) {
    await writeTable(tableOut, sweepColumns(result));
    report.write(`Result: ${tableOut}\n`);
  }
  const isFine = result.points.every(
    ({ error, pairs }) =>
      error === null &&
      pairs.every(({ limits }) => limits.every(({ verdict }) => verdict !== 'missed')),
  );
  return isFine ? EXIT.ok : EXIT.limitMissed;
}

/** Where the table of a sweep goes: as asked for, or beside the result. */
function tableOf({ table }: FinishFlags, out: string | undefined): string | undefined {
  if (table !== undefined || out === undefined) return table;
  return join(dirname(out), `${parse(out).name}.csv`);
}

/** Throws UserError unless the table can be written. */
function checkTableOf(flags: FinishFlags, out: string | undefined): void {
  const tableOut = tableOf(flags, out);
  if (tableOut !== undefined) checkTable(tableOut, out);
}

function refuseTable({ table }: FinishFlags): void {
  if (table === undefined) return;
  throw new UserError([{ message: '--table: these are not parts of a sweep', found: table }]);
}

function prepareSensitivity(
  text: ScenarioText,
  { pairs, axes, yieldAtDb }: Extract<Asked, { study: 'sensitivity' }>,
  overrides: Changes['overrides'],
): Prepared {
  const { scenario, warnings } = text.parse(overrides);
  const names = pairs === null ? undefined : knownPairs(pairs, scenario);
  const study = sensitivityStudy(scenario, {
    pairs: names,
    axes,
    yieldAtDb: yieldAtDb ?? undefined,
  });
  return {
    ...{ scenario, warnings, runs: study.runs, unit: null },
    work: workOf('sensitivity', scenario, { pairs, axes, yieldAtDb }),
    checkOutput: refuseTable,
    finish: async ({ computingShare: _, ...host }, flags, out) => {
      await tellResult(study.result(host), sensitivityLines, flags, out);
      return EXIT.ok;
    },
  };
}
