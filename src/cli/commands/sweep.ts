/** `matedpair sweep`: a scenario at many points. */
import { dirname, join, parse } from 'node:path';
import type { Command } from 'commander';
import { streamKey } from '../../random/stream.js';
import { sweepColumns } from '../../result/sweep-table.js';
import { writeTable } from '../../result/tables.js';
import { openScenario } from '../../scenario/index.js';
import { SweepCheckpoint, sweepKey } from '../../studies/sweep/checkpoint.js';
import { sweepPoints } from '../../studies/sweep/points.js';
import { sweep } from '../../studies/sweep/sweep.js';
import { EXIT } from '../exit-codes.js';
import { counted, integer } from '../format.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { countDisplay } from '../progress.js';
import { resultPath, tellResult } from '../result-output.js';
import { addRunOptions, type RunFlags } from '../run-and-report.js';
import {
  addScenarioOptions,
  printWarnings,
  type ScenarioFlags,
  scenarioOptions,
} from '../scenario-options.js';
import { addSweepOptions, checkTable, type SweepFlags, sweepSpec } from '../sweep-options.js';
import { sweepLines } from '../sweep-summary.js';

type Flags = RunFlags & ScenarioFlags & SweepFlags;

export function addSweepCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program
    .command('sweep')
    .summary('run a scenario at many points')
    .description(
      'Runs a scenario once for each point of a sweep, on shared random numbers, and writes all figures as JSON and as a table.',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON');
  addRunOptions(addScenarioOptions(addSweepOptions(command)), 'sweep')
    .addHelpText(
      'after',
      `
Values: 8 N, 10 N, 12 N   or range(8 N, 12 N, 5)   or logrange(0.1 N, 10 N, 7).
Several paths with commas between them get the same value. latin-hypercube and
sobol take range(8 N, 12 N) and --points.

An interrupted sweep goes on where it was when the same command is given again.

Examples:
  $ matedpair sweep my.yaml --sweep "mating.friction=range(0.05, 0.25, 5)"
  $ matedpair sweep my.yaml --sweep "designs.mtp.mounting.type=floating, fixed" \\
      --sweep "mating.sideLoad=0 N, 2 N, 4 N" --trials 2e5 --table loads.parquet
  $ matedpair sweep my.yaml --design sobol --points 256 \\
      --sweep "mating.temperature=range(-10 degC, 60 degC)" \\
      --sweep "mating.friction=range(0.05, 0.25)"

Exit code: 0, 1 if a point could not be run or missed a limit, 2 if the input is
wrong, 130 after Ctrl-C`,
    )
    .action(async (file: string, flags: Flags) => onDone(await sweepAndReport(file, flags)));
}

async function sweepAndReport(file: string, flags: Flags): Promise<number> {
  const { overrides, ...options } = scenarioOptions(flags);
  const text = openScenario(file, options);
  const { scenario, sweep: written, warnings } = text.parse(overrides);
  printWarnings(warnings);
  const spec = sweepSpec(flags, written);
  const values = sweepPoints(spec, streamKey(scenario.seed));
  const out = await resultPath(flags, scenario.name, 'sweep');
  const tableOut = flags.table ?? (out === undefined ? undefined : besides(out));
  if (tableOut !== undefined) checkTable(tableOut, out);
  const { limits } = options;
  const from = { text: text.text, overrides, limits, seed: scenario.seed };
  const key = sweepKey(from, spec, values);
  const checkpoint =
    out === undefined
      ? undefined
      : new SweepCheckpoint(`${out}.partial`, key, flags.fresh === true);
  const known = checkpoint?.known ?? new Map();
  if (known.size > 0) {
    process.stderr.write(
      `Going on: ${integer(known.size)} of ${counted(values.length, 'point')} were kept.\n`,
    );
  }
  return interruptible(async (signal) => {
    const progress = countDisplay(process.stderr, 'point');
    try {
      const result = await sweep(text, spec, {
        workers: flags.workers,
        engine: flags.engine,
        overrides,
        limits,
        known,
        signal,
        onPoint: (point) => checkpoint?.add(point),
        onProgress: progress.update,
      });
      progress.end();
      const report = await tellResult(result, sweepLines, flags, out);
      if (tableOut !== undefined) {
        await writeTable(tableOut, sweepColumns(result));
        report.write(`Result: ${tableOut}\n`);
      }
      checkpoint?.remove();
      const isFine = result.points.every(
        ({ error, pairs }) =>
          error === null &&
          pairs.every(({ limits }) => limits.every(({ verdict }) => verdict !== 'missed')),
      );
      return isFine ? EXIT.ok : EXIT.limitMissed;
    } catch (error) {
      checkpoint?.keep();
      if (!(error instanceof Interrupted)) throw error;
      progress.end();
      const kept =
        checkpoint === undefined ? 'they are lost' : 'the same command goes on from there';
      process.stderr.write(`Interrupted; of points that are done, ${kept}.\n`);
      return EXIT.interrupted;
    } finally {
      progress.end();
    }
  });
}

/** The table beside a result. */
function besides(result: string): string {
  return join(dirname(result), `${parse(result).name}.csv`);
}
