/** The command line as a process, with hostile files, names and options: how it ends, what it says, and where it writes. */
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatResult } from '../../src/result/files.js';
import { ScenarioText } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { start, temporaryFolder } from '../cli/helpers.js';
import { Chance } from '../support/chance.js';
import { withoutHash } from '../support/result-text.js';
import { PLUGS, SMALL_SCENARIOS } from './corpus.js';
import { Mutator } from './mutate.js';
import { nasty } from './nasty.js';
import { halvesOf } from './parts.js';
import { hash } from './target.js';

const { MATEDPAIR_FUZZ: asked = '10000', MATEDPAIR_FUZZ_SEED: seed = '1' } = process.env;
/** Each takes half a second of a processor. */
const COMMANDS = Math.min(500, Math.ceil(Number(asked) / 800));
const MOST_MS = 60_000;
/** Processor time of a command beyond what one takes that does nothing, ms. */
const MOST_CPU_MS = 2000;
/** The same of one that draws pages, with many figures. */
const MOST_DRAWING_MS = 10_000;
/** Tells at the end of the process, as the last line on stderr, how long its threads have kept processors, in ms. */
const TELL_CPU = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(2, 'cpu ' + Math.round((userCPUTime + systemCPUTime) / 1000) + '\\n');
});`,
)}`;
const CPU = /cpu (\d+)\n$/;
const MOST_ARGUMENT = 100_000;

const TINY = ['--trials', '3', '--workers', '0'];
const small = SMALL_SCENARIOS['small'] as string;
const scenarios = new Mutator([small, SMALL_SCENARIOS['steps'] as string]);
// without its hash, by which nearly all that is changed would be refused
const result = withoutHash(
  formatResult(await simulate(new ScenarioText(small).parse().scenario, { workers: 0 })),
);
const results = new Mutator([result]);
const plugs = new Mutator(PLUGS);
const halves = await halvesOf(small);
const parts = new Mutator(halves);

/** Names of files that a person may well ask for: what is asked for by name is written where it is. */
const OUTSIDE_OR_ODD = [
  'page.html',
  'results/CON',
  'results/-o.json',
  'results/a b.json',
  'results/👩‍👩‍👧‍👦.json',
  '/proc/self/x',
  '/dev/full',
  's.yaml/x.json',
  'results/\u001b[2J.json',
  `results/${'x'.repeat(300)}.json`,
  '',
  '.',
];

/** No argument holds a NUL: no system would pass it on. */
function word(chance: Chance): string {
  return nasty(chance).replaceAll('\0', '').slice(0, MOST_ARGUMENT);
}

/** A name as scenarios may have it, or may not. */
function named(chance: Chance): string {
  const name = chance.pick([
    '../../outside',
    '/etc/x',
    'CON',
    'aux.json',
    'a'.repeat(100),
    '𐐀'.repeat(100),
    '..',
    '👩‍👩‍👧‍👦 study',
    'x\u001b[2Jy',
    'results/../x',
    '.hidden',
    'a:b*c?"<>|',
    word(chance).slice(0, 99),
  ]);
  return `name: ${JSON.stringify(name)}\n${small}`;
}

interface Command {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

function command(chance: Chance): Command {
  const damaged = (whole: string, of: Mutator): string =>
    chance.is(0.2) ? whole : of.mutate(chance);
  const files = {
    's.yaml': damaged(small, scenarios),
    'n.yaml': named(chance),
    'r.json': damaged(result, results),
    'r2.json': damaged(result, results),
    'good.json': result,
    'part-1-of-2.jsonl': damaged(halves[0], parts),
    'part-2-of-2.jsonl': damaged(halves[1], parts),
    'good.part': halves[1],
    'p.csv': damaged(PLUGS[2] as string, plugs),
  };
  const some = (...args: string[]): string[] => (chance.is(0.3) ? args : []);
  const set = some(
    '--set',
    `${chance.pick(['name', 'seed', 'mating.friction', 'x'])}=${word(chance)}`,
  );
  const out = chance.pick(OUTSIDE_OR_ODD);
  const slurm = some(`--${chance.pick(['partition', 'setup', 'time', 'command'])}=${word(chance)}`);
  const commands: readonly (readonly string[])[] = [
    ['merge', '.', ...some('--out', out)],
    ['merge', 'part-1-of-2.jsonl', 'good.part', ...some('--json')],
    ['status', '.', ...some('--json')],
    ['compare', 'r.json', 'r2.json', ...some('--tolerance', word(chance))],
    ['sensitivity', 's.yaml', ...TINY, ...some('--pair', word(chance)), ...some('--out', out)],
    ['cluster', 'slurm', 'n.yaml', '--shards', chance.pick(['4', word(chance)]), ...slurm],
    ['run', 's.yaml', '--trials', '3', '--workers', '2'],
    ['run', 's.yaml', ...TINY, '--out', out],
    ['run', 's.yaml', ...TINY, '--samples', chance.pick([out, `${out}.csv`, `${out}.parquet`])],
    ['report', 'good.json', '--figures', chance.pick(OUTSIDE_OR_ODD.slice(0, -2))],
    ['validate', 's.yaml', ...some('--resolved'), ...set, ...some('--limit', word(chance))],
    ['run', 'n.yaml', ...TINY, ...set],
    ['run', 'n.yaml', ...TINY],
    ['run', 's.yaml', ...TINY, ...set, ...some('--json'), ...some('--until', word(chance))],
    [
      'sweep',
      'n.yaml',
      ...TINY,
      '--sweep',
      `mating.friction=${chance.pick(['0.1, 0.2', word(chance)])}`,
    ],
    ['replay', 'r.json', ...some('--pair', word(chance)), ...some('--mating', word(chance))],
    ['compare', 'good.json', 'r.json', ...some('--tolerance', word(chance))],
    ['predict', 'p.csv', '--design', chance.pick(['mtp-elite', word(chance)]), ...TINY],
    ['report', 'r.json', ...some('-o', 'page.html')],
    ['exceedance', 's.yaml', '--above', word(chance), '--max-replicates', '2', '--workers', '0'],
    ['allocate', 's.yaml', '--tolerance', word(chance), ...TINY],
    ['claims', '.', ...TINY, ...some('--json')],
    [word(chance), word(chance), `--${word(chance)}`],
  ];
  return { args: chance.pick(commands), files };
}

/** Writes nowhere but in its folder, if the runtime can forbid the rest; with little memory. */
function nodeArguments(folder: string): string[] {
  const flags = process.allowedNodeEnvironmentFlags;
  const permission = ['--permission', '--experimental-permission'].find((flag) => flags.has(flag));
  const confined =
    permission === undefined
      ? []
      : [permission, '--allow-fs-read=*', `--allow-fs-write=${folder}/*`, '--allow-worker'];
  return [...confined, '--no-warnings', '--max-old-space-size=512', `--import=${TELL_CPU}`];
}

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    lstatSync(join(folder, file)).isFile(),
  );
}

const SAFE = /^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.(?:json|csv|json\.partial)$/u;
/** Of a batch script, which lies in the folder itself. */
const SCRIPT = /^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.slurm\.sh$/u;
const STACK = /^\s+at /m;
/** Control characters that a terminal would obey. */
const CONTROL = /(?![\t\n])\p{Cc}/u;

async function cpuOf(args: readonly string[]): Promise<number> {
  const folder = temporaryFolder();
  const { stderr } = await start(folder, args, {}, nodeArguments(folder)).finished;
  return Number(CPU.exec(stderr)?.[1]);
}
const startUpMs = await cpuOf(['--version']);

async function wrongWith({ args, files }: Command): Promise<string[]> {
  const outer = temporaryFolder();
  const folder = join(outer, 'in');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { child, finished } = start(folder, args, {}, nodeArguments(folder));
  const timer = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
  const { code, stdout, stderr: all } = await finished;
  clearTimeout(timer);
  const wrong: string[] = [];
  const cpuMs = Number(CPU.exec(all)?.[1] ?? Number.NaN);
  const stderr = all.replace(CPU, '');
  if (!(cpuMs <= startUpMs + (args[0] === 'report' ? MOST_DRAWING_MS : MOST_CPU_MS))) {
    wrong.push(`took ${cpuMs} ms of processors, and ${startUpMs} for its start`);
  }
  if (![0, 1, 2].includes(code ?? -1)) wrong.push(`exit code ${code}: ${stderr.slice(-2000)}`);
  if (STACK.test(stderr)) wrong.push(`a stack trace: ${stderr.slice(0, 2000)}`);
  if (CONTROL.test(stdout + stderr)) wrong.push(`control characters: ${JSON.stringify(stderr)}`);
  const made = filesBelow(outer).map((file) => file.slice('in/'.length));
  const odd = made.filter((file) => {
    if (file in files || file === 'page.html' || file === 'report.html') return false;
    const isAsked = args.some((arg) => arg !== '' && (file === arg || file.startsWith(`${arg}/`)));
    if (isAsked || SCRIPT.test(file)) return false;
    const [first, name, ...more] = file.split('/');
    return first !== 'results' || more.length > 0 || !SAFE.test(name ?? '');
  });
  if (odd.length > 0) wrong.push(`files ${JSON.stringify(odd)}`);
  return wrong;
}

describe('the command line', () => {
  it(`ends well, says nothing but text and writes where it should, ${COMMANDS} times`, async () => {
    const failures: string[] = [];
    const began = performance.now();
    for (let i = 0; i < COMMANDS; i++) {
      const one = command(new Chance(hash(`${seed} cli ${i}`)));
      const wrong = await wrongWith(one);
      const shown = JSON.stringify(one.args).slice(0, 500);
      if (wrong.length > 0) failures.push(`#${i} ${shown}\n${wrong.join('\n')}`);
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(
      `fuzz cli: ${COMMANDS} commands, seed ${seed}, ${seconds} s, ${failures.length} failures`,
    );
    expect(failures).toEqual([]);
  }, 3_600_000);
});
