/** `matedpair cluster slurm`: a study in shards as a job array of Slurm. */
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { shellQuote } from '../../cluster/shell-quote.js';
import { SBATCH_OPTION, slurmScript, USUAL_MOST_SHARDS } from '../../cluster/slurm.js';
import { PACKAGE_ROOT } from '../../package-root.js';
import { checkedStudy } from '../checked-study.js';
import {
  addClusterOptions,
  type ClusterFlags,
  memoryOf,
  tell,
  titleOf,
  wholeNumber,
  writeOwnFile,
} from '../cluster-options.js';
import { coloursOf } from '../colours.js';
import { checkOutput } from '../output-file.js';
import { seconds } from '../run-and-report.js';

interface Flags extends ClusterFlags {
  readonly time: number;
  readonly partition?: string;
  readonly account?: string;
  readonly sbatch?: readonly string[];
  readonly setup?: readonly string[];
  readonly restarts: number;
}

/** As Slurm writes them: hours, minutes and seconds, with days before them. */
const SLURM_TIME = /^(?:(\d+)-)?(\d+):(\d\d):(\d\d)$/;
const LEAST_TIME_S = 60;
const MOST_TIME_S = 366 * 86_400;
/** Below, Slurm's warning comes before anything is computed to speak of. */
const SHORT_TIME_S = 300;
/** What the script itself says to sbatch. */
const OWN = [
  ...['array', 'chdir', 'cpus-per-task', 'dependency', 'job-name', 'mem', 'mem-per-cpu', 'nodes'],
  ...['ntasks', 'open-mode', 'output', 'error', 'requeue', 'no-requeue', 'signal', 'time'],
  ...['wrap', 'parsable'],
];

export function addSlurmCommand(program: Command): void {
  const command = program
    .command('slurm')
    .summary('a batch script of Slurm: a job array and the merge after it')
    .description(
      'Writes a batch script of Slurm: the shards as a job array, and the merge as a job after it. Tasks that are killed, or that reach their time limit, go on where they were.',
    );
  addClusterOptions(command, 'the script (default: <result>.slurm.sh)')
    .option('--time <time>', 'time limit of a shard, such as 90 min, 2 h or 1-12:00:00', time, 3600)
    .option('--partition <name>', 'partition', option('partition'))
    .option('--account <name>', 'account', option('account'))
    .option(
      '--sbatch <option>',
      'another option of sbatch for all jobs, such as --sbatch=--qos=long; repeatable',
      (text: string, before: readonly string[] = []) => [...before, sbatchOption(text)],
    )
    .option(
      '--setup <line>',
      'a line of shell before matedpair is called, such as "module load nodejs"; repeatable',
      (text: string, before: readonly string[] = []) => [...before, oneLine(text)],
    )
    .option('--restarts <n>', 'how often a shard may go on', wholeNumber(0, 100_000), 100)
    .addHelpText(
      'after',
      `
Scenario, result and matedpair must lie where all machines see them. Unless --command says
otherwise, matedpair and Node are those that wrote the script.

Examples:
  $ matedpair cluster slurm my.yaml --shards 100 --time "2 h" --partition long -- --trials 1e10
  $ bash my-study.slurm.sh
  $ matedpair cluster slurm my.yaml --shards 20 --study sweep --cpus 4 --setup "module load nodejs" \\
      --command "npx matedpair" -- --sweep "mating.friction=range(0.05, 0.25, 100)"`,
    )
    .action(write);
}

async function write(file: string, given: readonly string[], flags: Flags): Promise<void> {
  const { study, shards, cpus, partition, account } = flags;
  const { out, flags: studyFlags, mergeFlags } = await checkedStudy(study, file, given);
  await checkOutput(out, study);
  const parts = `${out}.parts`;
  const script = flags.out ?? `${nameOf(out)}.slurm.sh`;
  const { amount, unit } = memoryOf(flags);
  const text = slurmScript({
    name: nameOf(out),
    title: titleOf(study, shellQuote(file), shards),
    shards,
    atOnce: flags.atOnce,
    seconds: flags.time,
    cpus,
    memory: `${amount}${unit}`,
    options: [partition, account, ...(flags.sbatch ?? [])].filter((o) => o !== undefined),
    mostRestarts: flags.restarts,
    folder: process.cwd(),
    setup: flags.setup ?? [],
    command: flags.command ?? [
      process.execPath,
      join(PACKAGE_ROOT, 'dist', 'src', 'cli', 'main.js'),
    ],
    study: [study, file, ...studyFlags],
    parts,
    mergeFlags,
  });
  await writeOwnFile(script, text);
  warn(flags);
  const called = script === '-' ? 'THE_SCRIPT' : shellQuote(script);
  tell([
    ...(script === '-' ? [] : [`Script: ${script}`]),
    `Submit with: bash ${called}`,
    `Follow with: squeue --me, and matedpair status ${shellQuote(parts)}`,
  ]);
}

/** Of the result, without folder and ending: letters, digits, dots, dashes and underscores. */
function nameOf(out: string): string {
  const name = basename(out, '.json').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return name === '' || /^[.-]/.test(name) ? `matedpair${name}` : name;
}

function warn({ shards, time: limit }: Flags): void {
  const { yellow } = coloursOf(process.stderr);
  const warning = yellow('warning:');
  if (shards > USUAL_MOST_SHARDS) {
    tell([
      `${warning} job arrays usually have at most ${USUAL_MOST_SHARDS} tasks (MaxArraySize in: scontrol show config); this one has ${shards}`,
    ]);
  }
  if (limit < SHORT_TIME_S) {
    tell([
      `${warning} Slurm warns a task up to 2 min before its time limit, so that little of ${limit} s is left to compute`,
    ]);
  }
}

function time(text: string): number {
  const [, days = '0', hours, minutes, rest] = SLURM_TIME.exec(text.trim()) ?? [];
  const value =
    hours === undefined
      ? seconds(text)
      : Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  if (value >= LEAST_TIME_S && value <= MOST_TIME_S) return value;
  throw new InvalidArgumentError('Expected a time from 1 min to 366 days.');
}

function option(name: string): (value: string) => string {
  return (value) => sbatchOption(`--${name}=${value}`, 'a name without spaces and quotes');
}

function sbatchOption(text: string, expected = 'an option such as --qos=long'): string {
  // sbatch takes the start of a name for the name
  const [, name = ''] = /^--([^=]*)/.exec(text) ?? [];
  if (name !== '' && OWN.some((own) => own.startsWith(name)))
    throw new InvalidArgumentError('The script itself says that to sbatch.');
  if (SBATCH_OPTION.test(text)) return text;
  throw new InvalidArgumentError(`Expected ${expected}.`);
}

function oneLine(text: string): string {
  if (!/[\r\n\0]/.test(text)) return text;
  throw new InvalidArgumentError('Expected one line; repeat the option for more.');
}
