/** `matedpair bench`: how fast this machine computes a scenario. */
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultWorkers } from '../../engine/pool.js';
import { PACKAGE_ROOT } from '../../package-root.js';
import { fibresOfAllPairs } from '../../scenario/fibres.js';
import { loadScenario } from '../../scenario/index.js';
import { throughputCases } from '../../studies/bench/cases.js';
import { environment } from '../../studies/bench/environment.js';
import { type BenchReport, benchReport } from '../../studies/bench/report.js';
import { DEFAULT_ROUNDS, DEFAULT_SECONDS, measureInTurn } from '../../studies/bench/rounds.js';
import { endlessPlan, workerCounts } from '../../studies/bench/throughput.js';
import { yardstickCase } from '../../studies/bench/yardstick.js';
import { benchNotes, benchTables } from '../bench-tables.js';
import { EXIT } from '../exit-codes.js';
import { counted } from '../format.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { workerCount } from '../run-and-report.js';
import { printWarnings } from '../scenario-options.js';
import { table, wrap } from '../table.js';

interface BenchFlags {
  readonly workers: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly json?: boolean;
  readonly allowImplausible?: boolean;
}

const SHIPPED = join(PACKAGE_ROOT, 'scenarios', 'mpo-vs-mtp.yaml');

function roundCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 1000) {
    throw new InvalidArgumentError('Expected a whole number from 1 to 1000.');
  }
  return count;
}

function secondCount(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0.01 && seconds <= 60)) {
    throw new InvalidArgumentError('Expected seconds from 0.01 to 60.');
  }
  return seconds;
}

export function addBenchCommand(program: Command, onDone: (exitCode: number) => void): void {
  program
    .command('bench')
    .summary('measure how fast this machine computes a scenario')
    .description(
      'Measures fibre matings a second of both engines in one thread and on 1, 2, 4, … worker threads, all in turn. The number of matings and the limits of the scenario play no part.',
    )
    .argument('[scenario]', 'scenario file (default: the shipped MPO against MTP)')
    .addOption(
      new Option('--workers <n>', 'most worker threads; 0 measures one thread alone')
        .default(defaultWorkers(), 'one a processor')
        .argParser(workerCount),
    )
    .addOption(
      new Option('--seconds <s>', 'length of one measurement')
        .default(DEFAULT_SECONDS)
        .argParser(secondCount),
    )
    .addOption(
      new Option('--rounds <n>', 'times that everything is measured')
        .default(DEFAULT_ROUNDS)
        .argParser(roundCount),
    )
    .option('--allow-implausible', 'accept values outside their plausible range')
    .option('--json', 'print the figures as JSON on stdout, the tables on stderr')
    .addHelpText(
      'after',
      `
Other work on the machine spoils the figures; the noise floor tells how much.

Examples:
  $ matedpair bench
  $ matedpair bench my.yaml --workers 8 --seconds 1
  $ matedpair bench my.yaml --json > bench.json

Exit code: 0, 2 if the input is wrong, 75 after SIGTERM, 130 after Ctrl-C`,
    )
    .action(async (file: string | undefined, flags: BenchFlags) => {
      onDone(await bench(file ?? SHIPPED, flags));
    });
}

async function bench(file: string, flags: BenchFlags): Promise<number> {
  const report = await interruptible((signal) => measure(file, flags, signal));
  if (report instanceof Interrupted) {
    process.stderr.write(`${report.ending}: no figures.\n`);
    return report.exitCode;
  }
  const text = flags.json === true ? process.stderr : process.stdout;
  text.write(`${benchLines(report).join('\n')}\n`);
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return EXIT.ok;
}

/** The reason if it was ended. */
async function measure(
  file: string,
  { seconds, rounds, workers, allowImplausible }: BenchFlags,
  signal: AbortSignal,
): Promise<BenchReport | Interrupted> {
  const { scenario, warnings } = loadScenario(file, {
    allowImplausible: allowImplausible === true,
  });
  printWarnings(warnings);
  const subject = { plan: endlessPlan(scenario), label: '', seconds, signal };
  const setting = {
    environment: environment(),
    scenario: `${scenario.name}: ${counted(scenario.pairs.length, 'pair')}, ${counted(fibresOfAllPairs(scenario), 'fibre')} in all pairs together`,
    rounds,
    seconds,
    notes: [],
  };
  const cases = [
    ...throughputCases(subject, workerCounts(workers)),
    yardstickCase(Math.min(seconds, 0.3)),
  ];
  try {
    const measurements = await measureInTurn(cases, rounds, (round) => {
      process.stderr.write(round === 0 ? 'warm-up\n' : `round ${round} of ${rounds}\n`);
    });
    return benchReport(setting, measurements);
  } catch (error) {
    if (error instanceof Interrupted) return error;
    throw error;
  }
}

/** The report for a terminal. */
function benchLines(report: BenchReport): string[] {
  return [
    ...wrap(report.scenario),
    ...benchTables(report).flatMap(({ title, rows }) => ['', title, ...table(rows)]),
    '',
    ...benchNotes(report).flatMap(wrap),
  ];
}
