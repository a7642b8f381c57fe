/** `matedpair cluster kubernetes`: a study in shards as an Indexed Job. */
import { createHash } from 'node:crypto';
import { basename, posix } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type KubernetesJob,
  kubernetesManifests,
  longestJobName,
  mergeName,
  RESULTS_FOLDER,
  SCENARIO_FOLDER,
} from '../../cluster/kubernetes.js';
import { shellQuote } from '../../cluster/shell-quote.js';
import { UserError } from '../../errors.js';
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
import { seconds } from '../run-and-report.js';

interface Flags extends ClusterFlags {
  readonly image: string;
  readonly claim: string;
  readonly name?: string;
  readonly time?: number;
  readonly retries: number;
}

/** A label and a subdomain as RFC 1123 has them. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LONGEST_SUBDOMAIN = 253;
const LEAST_TIME_S = 60;
/** What makes names of different work differ. */
const HASH_CHARACTERS = 8;
/** Room for `-merge` and `-scenario` too. */
const LONGEST_NAME = 63 - '-scenario'.length;

export function addKubernetesCommand(program: Command): void {
  const command = program
    .command('kubernetes')
    .summary('manifests of Kubernetes: an Indexed Job, and a Job for the merge')
    .description(
      'Writes manifests of Kubernetes: the scenario as a ConfigMap, the shards as an Indexed Job, and the merge as a suspended Job to let go when the shards are done. Needs Kubernetes 1.29 or newer.',
    );
  addClusterOptions(command, 'the manifests (default: <result>.kubernetes.yaml)')
    .requiredOption('--image <image>', 'container image with matedpair', image)
    .requiredOption(
      '--claim <name>',
      'PersistentVolumeClaim for parts and result; ReadWriteMany if pods run on several nodes',
      claim,
    )
    .option('--name <name>', 'name of the Job (default: by scenario and work)', label)
    .option('--time <time>', 'time after which a pod stops and another goes on, such as 1 h', time)
    .option('--retries <n>', 'how often a shard may fail', wholeNumber(0, 1000), 3)
    .addHelpText(
      'after',
      `
The result lies in the volume, under the name that --out of the study says.

Examples:
  $ matedpair cluster kubernetes my.yaml --shards 100 --image registry.example/matedpair:0.1.0 \\
      --claim results -- --trials 1e10
  $ kubectl apply --server-side -f my-study.kubernetes.yaml`,
    )
    .action(write);
}

async function write(file: string, given: readonly string[], flags: Flags): Promise<void> {
  const { study, shards } = flags;
  const checked = await checkedStudy(study, file, given, '.');
  const { out, scenario } = checked;
  checkInVolume(out);
  checkInFolder(checked.files);
  checkWords([...(flags.command ?? []), basename(file), ...given]);
  const { amount, unit } = memoryOf(flags);
  const work: Omit<KubernetesJob, 'name'> = {
    title: titleOf(study, shellQuote(file), shards),
    shards,
    atOnce: flags.atOnce,
    image: flags.image,
    claim: flags.claim,
    cpus: flags.cpus,
    memory: `${amount}${unit}i`,
    seconds: flags.time,
    retries: flags.retries,
    command: flags.command ?? ['matedpair'],
    study: [study, `${SCENARIO_FOLDER}/${basename(file)}`, ...checked.flags],
    parts: `${out}.parts`,
    mergeFlags: checked.mergeFlags,
    files: checked.files,
  };
  const job = { ...work, name: flags.name ?? nameOf(scenario.name, work) };
  const longest = Math.min(LONGEST_NAME, longestJobName(shards));
  if (job.name.length > longest) {
    throw new UserError([
      {
        message: `--name: with ${shards} shards the name of the Job may have ${longest} characters`,
        found: job.name,
      },
    ]);
  }
  const path = flags.out ?? `${basename(out, '.json')}.kubernetes.yaml`;
  await writeOwnFile(path, kubernetesManifests(job));
  const manifests = path === '-' ? 'THE_MANIFESTS' : shellQuote(path);
  tell([
    ...(path === '-' ? [] : [`Manifests: ${path}`]),
    'Submit with:',
    `  kubectl apply --server-side -f ${manifests}`,
    `  kubectl wait --for=condition=complete --timeout=24h job/${job.name}`,
    `  kubectl patch job/${mergeName(job)} --type=merge -p '{"spec":{"suspend":false}}'`,
    `  kubectl wait --for=condition=complete --timeout=1h job/${mergeName(job)}`,
    `The result: ${posix.join(RESULTS_FOLDER, out)} in the volume of ${flags.claim}`,
  ]);
}

/** Of scenario and work: the same work gets the same name. */
function nameOf(scenario: string, work: object): string {
  const hash = createHash('sha256').update(JSON.stringify(work)).digest('hex');
  const ending = `-${hash.slice(0, HASH_CHARACTERS)}`;
  const plain = scenario.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const start = plain.slice(0, 40).replaceAll(/^-+|-+$/g, '');
  return `${start === '' ? 'matedpair' : start}${ending}`;
}

function checkInVolume(out: string): void {
  const path = posix.normalize(out);
  if (!path.startsWith('/') && path !== '..' && !path.startsWith('../')) return;
  throw new UserError([
    {
      message: '--out of the study leaves the volume',
      found: out,
      expected: 'a path relative to the volume, such as my.json',
    },
  ]);
}

/** Files of a ConfigMap are mounted below one folder. */
function checkInFolder(files: readonly { readonly path: string }[]): void {
  const outside = files.find(({ path }) => path.startsWith('../') || posix.isAbsolute(path));
  if (outside === undefined) return;
  throw new UserError([
    {
      message:
        'the study reads a file outside the folder of its scenario, which no ConfigMap holds',
      found: outside.path,
      suggestion: 'copy it into that folder',
    },
  ]);
}

/** Words that a reader of YAML might change. */
function checkWords(words: readonly string[]): void {
  const bad = words.find((word) =>
    /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(
      word,
    ),
  );
  if (bad === undefined) return;
  throw new UserError([
    {
      message: 'a word for a manifest holds a control character or a line end',
      found: JSON.stringify(bad),
    },
  ]);
}

/** Beyond what starting and a few blocks take, or pods would follow each other without end. */
function time(text: string): number {
  const value = seconds(text);
  if (value >= LEAST_TIME_S) return value;
  throw new InvalidArgumentError(`Expected at least ${LEAST_TIME_S} s.`);
}

function image(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(text)) return text;
  throw new InvalidArgumentError('Expected an image such as registry.example/matedpair:0.1.0.');
}

function claim(text: string): string {
  if (SUBDOMAIN.test(text) && text.length <= LONGEST_SUBDOMAIN) return text;
  throw new InvalidArgumentError('Expected the name of a PersistentVolumeClaim.');
}

function label(text: string): string {
  if (LABEL.test(text)) return text;
  throw new InvalidArgumentError('Expected lower-case letters, digits and dashes.');
}
