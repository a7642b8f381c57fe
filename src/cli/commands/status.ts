/** `matedpair status`: how far the parts of a sharded run are. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { shellQuote } from '../../cluster/shell-quote.js';
import { UserError } from '../../errors.js';
import { END, headSchema, otherShard, PROGRESS } from '../../parts/journal.js';
import { damage, indexRecords, readValue } from '../../parts/record-file.js';
import { isShard, type Shard } from '../../parts/shard.js';
import { difference, type Work } from '../../parts/work.js';
import { systemReason } from '../../result/whole-file.js';
import { EXIT } from '../exit-codes.js';
import { counted } from '../format.js';
import { partName } from '../shard-options.js';
import { table } from '../table.js';

/** One shard, as far as it is. */
interface State {
  readonly index: number;
  readonly count: number;
  readonly scenario: string;
  readonly seed: string;
  /** `other`: of other work than the first one, or of another shard than its name says. */
  readonly state: 'whole' | 'begun' | 'missing' | 'damaged' | 'other';
  /** 0 to 1. */
  readonly share: number;
  /** When it was last written; null if it is missing. */
  readonly writtenAt: string | null;
}

export function addStatusCommand(program: Command, onDone: (exitCode: number) => void): void {
  program
    .command('status')
    .summary('show how far the parts of a sharded run are')
    .description('Shows for each shard of a run whether its part is whole, and how far it is.')
    .argument('<folder>', 'folder of parts')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair status results/my-study.json.parts

Exit code: 0 if all parts are whole and can be merged, 1 if not, 2 if there is no such folder`,
    )
    .action((folder: string, flags: { readonly json?: boolean }) => {
      const states = statesIn(folder);
      const lines = flags.json === true ? [JSON.stringify(states, null, 2)] : told(states, folder);
      process.stdout.write(`${lines.join('\n')}\n`);
      onDone(canBeMerged(states) ? EXIT.ok : EXIT.limitMissed);
    });
}

const NAME = /^part-(\d+)-of-(\d+)\.jsonl(\.partial)?$/;

function statesIn(folder: string): State[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new UserError([{ message: `cannot be read: ${systemReason(error)}`, file: folder }]);
  }
  const found = new Map<string, State>();
  let work: Work | undefined;
  for (const name of names) {
    const [, index, count] = NAME.exec(name) ?? [];
    const shard = { index: Number(index), count: Number(count) };
    if (!isShard(shard) || found.has(partName(shard))) continue;
    const its = stateOf(folder, shard);
    if (its === undefined) continue;
    work ??= its.work;
    const isOther = work !== undefined && its.work !== undefined && difference(its.work, work);
    found.set(partName(shard), isOther ? { ...its.state, state: 'other', share: 0 } : its.state);
  }
  if (found.size === 0) {
    throw new UserError([
      { message: 'there are no parts', file: folder, expected: 'files such as part-1-of-8.jsonl' },
    ]);
  }
  const states = [...found.values()];
  return [...states, ...missingAmong(states)].sort(
    (a, b) => a.count - b.count || a.index - b.index,
  );
}

/** Shards of which there is nothing, unless shards of other counts do their work. */
function missingAmong(states: readonly State[]): State[] {
  const [{ scenario, seed }] = states as [State];
  const spans = states
    .map(({ index, count }) => ({ from: (index - 1) / count, to: index / count }))
    .sort((a, b) => a.from - b.from);
  const missing: State[] = [];
  for (const count of new Set(states.map((state) => state.count))) {
    let s = 0;
    let reached = 0;
    for (let index = 1; index <= count; index++) {
      reached = Math.max(reached, (index - 1) / count);
      for (; s < spans.length && spans[s]!.from <= reached; s++) {
        reached = Math.max(reached, spans[s]!.to);
      }
      if (reached >= index / count) continue;
      missing.push({ index, count, scenario, seed, state: 'missing', share: 0, writtenAt: null });
    }
  }
  return missing;
}

/** What is being written meanwhile is read again. */
const ATTEMPTS = 3;

/** A part stands before its checkpoint, which a command that begins anew may have left. */
function stateOf(folder: string, shard: Shard): Found | undefined {
  const path = join(folder, partName(shard));
  for (let attempt = 1; ; attempt++) {
    const found = stateIn(path, shard, true) ?? stateIn(`${path}.partial`, shard, false);
    const isClear = found !== undefined && found.state.state !== 'damaged';
    if (isClear || attempt === ATTEMPTS) return found;
  }
}

interface Found {
  readonly state: State;
  readonly work?: Work;
}

/** Undefined if there is no such file. */
function stateIn(path: string, { index, count }: Shard, isPart: boolean): Found | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  const its = { index, count, writtenAt: status.mtime.toISOString() };
  try {
    const file = indexRecords(path);
    if (file === undefined) return undefined;
    const { success, data: head } = headSchema.safeParse(file.head);
    const isWhole = file.entries.has(END) && file.size === file.length;
    if (!success || (isPart && !isWhole)) throw damage(path, 'is damaged');
    const { work } = head;
    const { scenario, seed } = work;
    if (otherShard(head.shard, { index, count }) !== undefined)
      return { state: { ...its, scenario, seed, state: 'other', share: 0 } };
    if (isPart) return { work, state: { ...its, scenario, seed, state: 'whole', share: 1 } };
    const entry = file.entries.get(PROGRESS);
    const value = entry === undefined ? 0 : Number(readValue(path, PROGRESS, entry));
    const share = value > 0 ? Math.min(1, value) : 0;
    return { work, state: { ...its, scenario, seed, state: 'begun', share } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { state: { ...its, scenario: '', seed: '', state: 'damaged', share: 0 } };
  }
}

/** Shares of work that two shards have both, as when there are shards of different counts. */
function overlap(states: readonly State[]): boolean {
  let reached = 0;
  return states
    .map(({ index, count }) => ({ from: (index - 1) / count, to: index / count }))
    .sort((a, b) => a.from - b.from)
    .some(({ from, to }) => {
      const isTwice = from < reached;
      reached = Math.max(reached, to);
      return isTwice;
    });
}

function canBeMerged(states: readonly State[]): boolean {
  return states.every(({ state }) => state === 'whole') && !overlap(states);
}

/** Rows of more shards than this are those that are not whole. */
const MOST_ROWS = 40;

const SHOWN = {
  ...{ whole: 'whole', missing: 'missing', damaged: 'damaged' },
  other: 'of other work, or another shard',
} as const;

function told(states: readonly State[], folder: string): string[] {
  const open = states.filter(({ state }) => state !== 'whole');
  const shown = (states.length > MOST_ROWS ? open : states).slice(0, MOST_ROWS);
  const rows = shown.map(({ index, count, state, share, writtenAt }) => [
    `${index} of ${count}`,
    state === 'begun' ? `${Math.floor(100 * share)} %` : SHOWN[state],
    writtenAt ?? '',
  ]);
  const whole = states.length - open.length;
  const left = open.length - shown.filter(({ state }) => state !== 'whole').length;
  const sum = (of: (state: State) => number) => states.reduce((all, one) => all + of(one), 0);
  const share = sum((one) => one.share / one.count) / sum(({ count }) => 1 / count);
  return [
    ...(rows.length === 0 ? [] : table([['shard', 'state', 'written'], ...rows])),
    ...(left > 0 ? [`… and ${counted(left, 'shard')} more`] : []),
    `${whole} of ${counted(states.length, 'part')} whole, ${Math.floor(100 * share)} % of the work.`,
    ...(overlap(states) ? ['Some shards have the same work: take away one of each.'] : []),
    ...(canBeMerged(states) ? [`matedpair merge ${shellQuote(folder)}`] : []),
  ];
}
