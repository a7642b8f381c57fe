/** Manifests of Kubernetes: the scenario, the shards as an Indexed Job, and the merge as a Job that waits to be let go. */
import { Document, Scalar } from 'yaml';
import { type ConfigData, configData, type MountedFile } from './config-data.js';

export interface KubernetesJob {
  /** Name of the Job; the others are derived from it. A DNS label (RFC 1123). */
  readonly name: string;
  /** What wrote it, and for what. */
  readonly title: string;
  readonly shards: number;
  /** Pods that run at a time at most; all unless given. */
  readonly atOnce?: number | undefined;
  readonly image: string;
  /** Name of the PersistentVolumeClaim that keeps parts and result. */
  readonly claim: string;
  readonly cpus: number;
  /** A quantity of memory: `2Gi`. */
  readonly memory: string;
  /** Time after which a pod stops and another goes on; no bound unless given. */
  readonly seconds?: number | undefined;
  /** How often a shard may fail. */
  readonly retries: number;
  readonly command: readonly string[];
  /** Arguments of the study, all but shard, workers and time. */
  readonly study: readonly string[];
  /** Folder of the parts, in the volume. */
  readonly parts: string;
  /** More arguments of the merge. */
  readonly mergeFlags: readonly string[];
  /** The scenario and what it refers to. */
  readonly files: readonly MountedFile[];
}

/** Where the scenario and the volume lie in the containers. */
export const SCENARIO_FOLDER = '/scenario';
export const RESULTS_FOLDER = '/results';

/** A Job appends `-<index>` to its name for the host name of a pod, a label of at most 63 characters (RFC 1123). */
export function longestJobName(shards: number): number {
  return 63 - `-${shards - 1}`.length;
}

const CONTAINER = 'matedpair';
/** Exit codes of the program, see the command line: wrong input and defects come again on the same machine. */
const STOPPED = 75;
const HOPELESS = [2, 70];
const LIMIT_MISSED = 1;
/** What was computed is kept within 2 s, on slow volumes later. */
const GRACE_S = 60;
/** Any user but root, and the group that the volume is given to. */
const USER = 1000;

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** The manifests as one YAML file. Throws UserError if the files are too large for a ConfigMap. */
export function kubernetesManifests(job: KubernetesJob): string {
  const config = configData(job.files);
  const manifests = [configMap(job, config), shardsJob(job, config), mergeJob(job)];
  // kubectl reads YAML 1.1, in which a plain yes or 1:30 is no text
  const texts = manifests.map((manifest) =>
    new Document(manifest, {
      version: '1.1',
      // with its tag for merges, a quoted << would lose its quotes
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== MERGE_TAG),
      aliasDuplicateObjects: false,
    }).toString({ lineWidth: 0 }),
  );
  return `# ${job.title}\n${texts.join('---\n')}`;
}

function configMap(job: KubernetesJob, { data, binaryData }: ConfigData): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(job, `${job.name}-scenario`),
    immutable: true,
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, quoted(text)])),
    ...(Object.keys(binaryData).length > 0 && { binaryData }),
  };
}

/** backoffLimitPerIndex is there since Kubernetes 1.29, where it is on by default. */
function shardsJob(job: KubernetesJob, { items }: ConfigData): object {
  const { shards, atOnce, cpus, seconds, retries } = job;
  const rules = [
    { action: 'Ignore', onExitCodes: exitCodes(STOPPED) },
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    // of this shard alone: what one machine cannot do, such as write to a disk, others may
    { action: 'FailIndex', onExitCodes: exitCodes(...HOPELESS) },
  ];
  const args = [
    ...job.study,
    ...['--shard', 'auto', '--workers', String(cpus)],
    ...(seconds === undefined ? [] : ['--max-time', `${seconds} s`]),
  ];
  const scenario = { name: 'scenario', mountPath: SCENARIO_FOLDER, readOnly: true };
  const volume = { name: 'scenario', configMap: { name: `${job.name}-scenario`, items } };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(job, job.name),
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: Math.min(atOnce ?? shards, shards),
      backoffLimitPerIndex: retries,
      podFailurePolicy: { rules },
      template: template(job, {
        args,
        cpus,
        // the index comes from Kubernetes, their number does not
        env: [{ name: 'JOB_COMPLETIONS', value: String(shards) }],
        mounts: [scenario],
        volumes: [volume],
      }),
    },
  };
}

/** Kubernetes knows no order of Jobs: this one is suspended until someone lets it go. */
function mergeJob(job: KubernetesJob): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(job, mergeName(job)),
    spec: {
      suspend: true,
      backoffLimit: job.retries,
      podFailurePolicy: {
        rules: [{ action: 'FailJob', onExitCodes: exitCodes(LIMIT_MISSED, ...HOPELESS) }],
      },
      template: template(job, { args: ['merge', job.parts, ...job.mergeFlags], cpus: 1 }),
    },
  };
}

export function mergeName({ name }: Pick<KubernetesJob, 'name'>): string {
  return `${name}-merge`;
}

function metadata({ name }: KubernetesJob, own: string): object {
  return { name: own, labels: labels(name) };
}

function labels(instance: string): object {
  return { 'app.kubernetes.io/name': 'matedpair', 'app.kubernetes.io/instance': instance };
}

function exitCodes(...values: readonly number[]): object {
  return { containerName: CONTAINER, operator: 'In', values };
}

interface Container {
  readonly args: readonly string[];
  readonly cpus: number;
  readonly env?: readonly object[];
  readonly mounts?: readonly object[];
  readonly volumes?: readonly object[];
}

function template(job: KubernetesJob, { args, cpus, env, mounts = [], volumes = [] }: Container) {
  const { memory } = job;
  const container = {
    name: CONTAINER,
    image: job.image,
    command: job.command.map(literal),
    args: args.map(literal),
    workingDir: RESULTS_FOLDER,
    ...(env !== undefined && { env }),
    resources: { requests: { cpu: String(cpus), memory }, limits: { memory } },
    volumeMounts: [...mounts, { name: 'results', mountPath: RESULTS_FOLDER }],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  return {
    metadata: { labels: labels(job.name) },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: GRACE_S,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [container],
      volumes: [...volumes, { name: 'results', persistentVolumeClaim: { claimName: job.claim } }],
    },
  };
}

/** Kubernetes puts variables where it finds $(NAME), and reads $$ as $. */
function literal(word: string): Scalar {
  return quoted(word.replaceAll('$', '$$$$'));
}

/** Text that may hold anything: readers of YAML differ in what they take for more than text, such as << or =. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  if (!text.includes('\n')) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}
