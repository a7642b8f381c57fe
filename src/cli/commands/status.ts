/** `matedpair status`: how far the parts of a sharded run are. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../errors.js';
import { END, type Head, headSchema, PROGRESS } from '../../parts/journal.js';
import { damage, indexRecords, readValue } from '../../parts/record-file.js';
import { systemReason } from '../../result/whole-file.js';
import { EXIT } from '../exit-codes.js';
import { counted } from '../format.js';
import { table } from '../table.js';

/** One shard, as far as it is. */
interface State {
  readonly index: number;
  readonly count: number;
  readonly scenario: string;
  readonly seed: string;
  readonly state: 'whole' | 'begun' | 'missing' | 'damaged';
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

Exit code: 0 if all parts are whole, 1 if not, 2 if there is no such folder`,
    )
    .action((folder: string, flags: { readonly json?: boolean }) => {
      const states = statesIn(folder);
      const lines = flags.json === true ? [JSON.stringify(states, null, 2)] : told(states, folder);
      process.stdout.write(`${lines.join('\n')}\n`);
      onDone(states.every(({ state }) => state === 'whole') ? EXIT.ok : EXIT.limitMissed);
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
  // a part stands before its checkpoint, which a command that begins anew may have left
  for (const name of names.sort()) {
    const [, index, count] = NAME.exec(name) ?? [];
    if (index === undefined || found.has(`${index} ${count}`)) continue;
    found.set(`${index} ${count}`, stateOf(join(folder, name), Number(index), Number(count)));
  }
  if (found.size === 0) {
    throw new UserError([
      { message: 'there are no parts', file: folder, expected: 'files such as part-1-of-8.jsonl' },
    ]);
  }
  const states = [...found.values()];
  const [{ scenario, seed }] = states as [State];
  for (const count of new Set(states.map((state) => state.count))) {
    for (let index = 1; index <= count; index++) {
      if (found.has(`${index} ${count}`)) continue;
      const nothing = { state: 'missing' as const, share: 0, writtenAt: null };
      states.push({ index, count, scenario, seed, ...nothing });
    }
  }
  return states.sort((a, b) => a.count - b.count || a.index - b.index);
}

function stateOf(path: string, index: number, count: number): State {
  const writtenAt = statSync(path).mtime.toISOString();
  try {
    const file = indexRecords(path);
    const head = headSchema.safeParse(file?.head);
    if (file === undefined || !head.success) throw damage(path, 'is damaged');
    const { scenario, seed } = (head.data as Head).work;
    if (file.entries.has(END)) {
      return { index, count, scenario, seed, state: 'whole', share: 1, writtenAt };
    }
    const entry = file.entries.get(PROGRESS);
    const share = entry === undefined ? 0 : Number(readValue(path, entry));
    return { index, count, scenario, seed, state: 'begun', share, writtenAt };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const unknown = { scenario: '', seed: '', share: 0 };
    return { index, count, ...unknown, state: 'damaged', writtenAt };
  }
}

/** Rows of more shards than this are those that are not whole. */
const MOST_ROWS = 40;

function told(states: readonly State[], folder: string): string[] {
  const open = states.filter(({ state }) => state !== 'whole');
  const shown = (states.length > MOST_ROWS ? open : states).slice(0, MOST_ROWS);
  const rows = shown.map(({ index, count, state, share, writtenAt }) => [
    `${index} of ${count}`,
    state === 'begun' ? `${Math.floor(100 * share)} %` : state,
    writtenAt ?? '',
  ]);
  const whole = states.length - open.length;
  const left = open.length - shown.filter(({ state }) => state !== 'whole').length;
  const share = states.reduce((sum, state) => sum + state.share, 0) / states.length;
  return [
    ...(rows.length === 0 ? [] : table([['shard', 'state', 'written'], ...rows])),
    ...(left > 0 ? [`… and ${counted(left, 'shard')} more`] : []),
    `${whole} of ${counted(states.length, 'part')} whole, ${Math.floor(100 * share)} % of the work.`,
    ...(open.length === 0 ? [`matedpair merge ${folder}`] : []),
  ];
}
