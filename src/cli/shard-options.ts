/** `--shard`: a share of a study's work, named or found in the environment of a cluster's task. */
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../errors.js';
import { isShard, MOST_SHARDS, type Shard } from '../parts/shard.js';

export interface ShardFlags {
  readonly shard?: Shard;
}

export function addShardOptions(command: Command): Command {
  return command.option(
    '--shard <i/n>',
    'run share i of n and write a part for "merge"; auto asks Slurm or Kubernetes',
    (text) => (text.trim() === 'auto' ? shardFromEnvironment(process.env) : shardOf(text)),
  );
}

function shardOf(text: string): Shard {
  const [, index, count] = /^\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (isShard(shard)) return shard;
  throw new InvalidArgumentError(
    `Expected a share such as 3/8, from 1/n to n/n with n up to ${MOST_SHARDS}, or auto.`,
  );
}

/**
 * The share of a task of an array of Slurm's (SLURM_ARRAY_TASK_ID, _MIN and _COUNT; ids without gaps), or of an Indexed Job of
 * Kubernetes' (JOB_COMPLETION_INDEX, and JOB_COMPLETIONS, which its manifest has to set). Throws UserError.
 */
export function shardFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Shard {
  const number = (name: string): number => {
    const text = environment[name] ?? '';
    return /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const [id, first, last, count] = ['ID', 'MIN', 'MAX', 'COUNT'].map((name) =>
    number(`SLURM_ARRAY_TASK_${name}`),
  ) as [number, number, number, number];
  if (last - first + 1 !== count && !Number.isNaN(last)) {
    throw refusal(
      `SLURM_ARRAY_TASK_MIN ${first}, _MAX ${last} and _COUNT ${count}`,
      'an array without gaps, such as --array=1-8',
    );
  }
  const ofSlurm = { index: id - first + 1, count };
  if (isShard(ofSlurm)) return ofSlurm;
  const ofKubernetes = {
    index: number('JOB_COMPLETION_INDEX') + 1,
    count: number('JOB_COMPLETIONS'),
  };
  if (isShard(ofKubernetes)) return ofKubernetes;
  const found = Object.entries(environment)
    .filter(([name]) => /^(SLURM_ARRAY_TASK_(ID|MIN|COUNT)|JOB_COMPLETION(S|_INDEX))$/.test(name))
    .map(([name, value]) => `${name}=${value}`);
  throw refusal(
    found.length === 0 ? 'none of them' : found.sort().join(' '),
    'SLURM_ARRAY_TASK_ID, _MIN and _COUNT, or JOB_COMPLETION_INDEX and JOB_COMPLETIONS',
  );
}

function refusal(found: string, expected: string): UserError {
  return new UserError([
    {
      message: '--shard auto: the environment does not tell which share this is',
      found,
      expected,
      suggestion: 'name it: --shard 3/8',
    },
  ]);
}

const FOLDER_ENDING = '.parts';

/** Where the part of a result lies. */
export function partPath(out: string, { index, count }: Shard): string {
  return join(`${out}${FOLDER_ENDING}`, partName({ index, count }));
}

export function partName({ index, count }: Shard): string {
  return `part-${index}-of-${count}.jsonl`;
}

/** The result of a folder of parts; undefined if its name does not say. */
export function resultOfParts(folder: string): string | undefined {
  const name = folder.replace(/[/\\]+$/, '');
  return name.endsWith(FOLDER_ENDING) ? name.slice(0, -FOLDER_ENDING.length) : undefined;
}
