/** The batch script of Slurm: the shards as a job array, and the merge after it. Options as in sbatch(1). */
import { shellQuote, shellWords } from './shell-quote.js';

export interface SlurmJob {
  /** Letters, digits, dots, dashes and underscores. */
  readonly name: string;
  /** First line of the script's comment: what wrote it, and for what. */
  readonly title: string;
  readonly shards: number;
  /** Shards that run at a time at most; all unless given. */
  readonly atOnce?: number | undefined;
  /** Time limit of one task. */
  readonly seconds: number;
  readonly cpus: number;
  /** As --mem takes it: `2G`. */
  readonly memory: string;
  /** More options of sbatch for both jobs: `--partition=long`. */
  readonly options: readonly string[];
  /** How often a task may go on in a new job. */
  readonly mostRestarts: number;
  /** Absolute path of the folder in which everything runs. */
  readonly folder: string;
  /** Lines of shell that make the program available: `module load nodejs`. */
  readonly setup: readonly string[];
  /** The program with its first arguments. */
  readonly command: readonly string[];
  /** Its arguments for the study, all but the shard and the workers. */
  readonly study: readonly string[];
  /** Folder of the parts, absolute or in `folder`. */
  readonly parts: string;
  /** More arguments of the merge. */
  readonly mergeFlags: readonly string[];
}

/**
 * How long before its time limit Slurm warns a task. The warning may come up to 60 s earlier; the program needs 2 s to keep what it
 * computed, more where files are slow.
 */
const WARNING_S = 60;
/** Slurm's default of MaxArraySize, 1001, is one more than the highest index. */
export const USUAL_MOST_SHARDS = 1000;
/** Lines of the header may not hold anything that sbatch would read as more than one word. */
export const SBATCH_OPTION = /^--[a-z][a-z-]*(=[\w.,:;@/+*%&|()=[\]-]+)?$/;

/** The script, which submits itself when it is run by hand. */
export function slurmScript(job: SlurmJob): string {
  const { title, shards, mostRestarts, folder, command, study, parts } = job;
  const logs = parts.startsWith('/') ? parts : `${folder}/${parts}`;
  return `#!/bin/bash
# ${title}
# Submit the array and, after it, the merge with: bash FILE
# Submitted again, it goes on with what is not there yet. Shards alone: sbatch --array=3,7 --chdir=FOLDER_OF_LOGS FILE
${header(job, job.name, [
  `--array=1-${shards}${job.atOnce === undefined ? '' : `%${job.atOnce}`}`,
  `--time=${slurmTime(job.seconds)}`,
  `--cpus-per-task=${job.cpus}`,
  `--mem=${job.memory}`,
  '--requeue',
  '--open-mode=append',
  '--output=slurm-%A_%a.log',
  `--signal=B:USR1@${WARNING_S}`,
])}

shards=${shards}
most_restarts=${mostRestarts}
folder=${shellQuote(folder)}
logs=${shellQuote(logs)}
matedpair=(${shellWords(command)})
study=(${shellWords(study)})

merge_script() {
  cat <<'END_OF_MERGE'
${mergeScript(job)}END_OF_MERGE
}

if [ -z "\${SLURM_ARRAY_TASK_ID:-}" ]; then
  mkdir -p -- "$logs" || exit
  array=$(sbatch --parsable --chdir="$logs" <"$0") || exit
  array=\${array%%;*}
  echo "Submitted: array $array, $shards shards; logs in $logs"
  # Not afterok: to Slurm that fails for good when a task failed once, even if it was requeued and then did its work.
  # The merge itself looks whether all parts are there.
  merge=$(merge_script | sbatch --parsable --dependency="afterany:$array" --chdir="$logs") || {
    echo "The merge could not be submitted; the array runs all the same." >&2
    exit 1
  }
  echo "Submitted: merge \${merge%%;*}, when the array is done"
  exit
fi

task=\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
restarts=\${SLURM_RESTART_COUNT:-0}
say() { echo "[$(date +%FT%T)] task $task on $(hostname): $*"; }

# Near the time limit Slurm warns this shell alone (USR1), which passes it on as the request to stop. When Slurm itself ends or
# requeues a job it asks all processes to stop (TERM); then this shell just waits for the program.
warned=
pid=
warn() {
  warned=yes
  say "the time is nearly up"
  [ -z "$pid" ] || kill -TERM "$pid"
}
trap warn USR1
trap : TERM

cd -- "$folder" || exit
${setupLines(job)}say "shard $SLURM_ARRAY_TASK_ID of $shards begins, restart $restarts"
"\${matedpair[@]}" "\${study[@]}" --shard "$SLURM_ARRAY_TASK_ID/$shards" --workers "\${SLURM_CPUS_PER_TASK:-${job.cpus}}" &
pid=$!
[ -z "$warned" ] || kill -TERM "$pid"
# A signal ends \`wait\` early; the last one tells how the program ended.
wait "$pid"
while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done
wait "$pid"
code=$?
say "shard $SLURM_ARRAY_TASK_ID of $shards ends with exit code $code"

# 75: stopped before it was done, and what was computed is kept; 143: stopped before it had begun. A job that Slurm ends or
# requeues by itself is no longer RUNNING, and must not be brought back.
if [ "$code" = 75 ] || [ "$code" = 143 ]; then
  state=$(squeue --noheader --jobs="$task" --format=%T)
  if [ "$state" != RUNNING ]; then
    say "not requeued from here: the job is \${state:-gone}"
  elif [ "$restarts" -ge "$most_restarts" ]; then
    say "not requeued: $restarts restarts are the most; submit again to go on"
  elif say "is to be requeued" && ! scontrol requeue "$task"; then
    say "could not be requeued; submit again to go on"
  fi
fi
exit "$code"
`;
}

function mergeScript(job: SlurmJob): string {
  return `#!/bin/bash
${header(job, `${job.name}-merge`, [
  `--time=${slurmTime(job.seconds)}`,
  '--cpus-per-task=1',
  `--mem=${job.memory}`,
  '--requeue',
  '--open-mode=append',
  '--output=slurm-%j-merge.log',
])}
cd -- ${shellQuote(job.folder)} || exit
${setupLines(job)}exec ${shellWords([...job.command, 'merge', job.parts, ...job.mergeFlags])}
`;
}

function header(job: SlurmJob, name: string, own: readonly string[]): string {
  const options = [`--job-name=${name}`, ...own, '--nodes=1', '--ntasks=1', ...job.options];
  return options.map((option) => `#SBATCH ${option}`).join('\n');
}

function setupLines({ setup }: SlurmJob): string {
  return setup.map((line) => `${line}\n`).join('');
}

/** `1-02:03:04`: Slurm rounds up to whole minutes. */
export function slurmTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(minutes / 1440);
  return `${days > 0 ? `${days}-` : ''}${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}:00`;
}
