/** `npm run bench`: see docs/performance.md for the method, --help for the options. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultWorkers } from '../src/engine/pool.js';
import { formatProblem, UserError } from '../src/errors.js';
import { PACKAGE_ROOT } from '../src/package-root.js';
import { type Environment, environment } from '../src/studies/bench/environment.js';
import { type BenchReport, benchReport } from '../src/studies/bench/report.js';
import { type Case, type Measurement, measureInTurn } from '../src/studies/bench/rounds.js';
import { yardstickCase } from '../src/studies/bench/yardstick.js';
import { inTemporaryFolder } from './command-line.js';
import { compareReports, mismatches } from './compare.js';
import { readReport } from './files.js';
import { type Options, readOptions, USAGE } from './options.js';
import { comparisonText, reportText } from './print.js';
import { type Extent, SECTIONS } from './sections.js';

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const options = readOptions(args);
  const { compare, show, json, markdown } = options;
  if (compare !== undefined) {
    const [old, now] = [readReport(compare[0]), readReport(compare[1])];
    for (const line of mismatches(old, now)) console.log(line);
    console.log(comparisonText(compareReports(old, now), markdown));
    return;
  }
  if (json !== undefined) checkFolder(json);
  const report = show === undefined ? await measure(options) : readReport(show);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(reportText(report, markdown));
}

/** Before minutes of measuring, not after them. */
function checkFolder(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new UserError([{ message: 'the figures cannot be written there', file }]);
  }
}

function measure(options: Options): Promise<BenchReport> {
  const { quick, full, rounds, seconds, sections } = options;
  const before = withCommit(environment());
  return inTemporaryFolder(async (folder) => {
    const extent: Extent = {
      ...{ seconds, folder, workers: defaultWorkers() },
      longRunMatings: quick ? 1e4 : 1e6,
      sweepPoints: quick ? 20 : 1000,
      partMatings: quick ? 1e4 : 1e6,
      reports: quick ? 1 : 2,
      ...(quick ? { rareMatings: 1e4, rareCases: 1 } : { rareMatings: 5e6, rareCases: 6 }),
      memoryMatings: quick ? [1e4] : full ? [1e5, 1e6, 1e7, 1e8] : [1e5, 1e6, 1e7],
    };
    const chosen = sections.map((name) => SECTIONS[name]!(extent));
    const cases = [yardstickCase(Math.min(seconds, 0.3)), ...chosen.flatMap((s) => s.cases)];
    const measured = await measureInTurn(cases, rounds, (round) => {
      process.stderr.write(round === 0 ? 'warm-up\n' : `round ${round} of ${rounds}\n`);
    });
    const measurements = [...measured, ...(await measureOnce(chosen.flatMap((s) => s.once ?? [])))];
    const notes = chosen.flatMap((section) => section.notes?.(measurements) ?? []);
    const scenario = 'mpo-vs-mtp with 12, 24 and 72 fibres, 5 pairs';
    return benchReport({ environment: before, scenario, rounds, seconds, notes }, measurements);
  });
}

async function measureOnce(cases: readonly Case[]): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { quantities, measure } of cases) {
    process.stderr.write(`${quantities[0]?.name}\n`);
    const values = await measure();
    measurements.push(...quantities.map((q, i) => ({ ...q, values: [values[i] as number] })));
  }
  return measurements;
}

/** With the commit of the checkout, where there is one. */
function withCommit(here: Environment): Environment {
  const git = spawnSync('git', ['describe', '--always', '--dirty=-changed', '--exclude=*'], {
    cwd: PACKAGE_ROOT,
    encoding: 'utf8',
  });
  return git.status === 0 ? { ...here, commit: git.stdout.trim() } : here;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  for (const problem of error.problems) console.error(`error: ${formatProblem(problem)}`);
  process.exitCode = 2;
}
