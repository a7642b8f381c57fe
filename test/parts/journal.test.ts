/** Journals: when they write, what they keep, and what becomes of them when files and disks fail. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { END, type Head, Journal, type JournalOptions, PROGRESS } from '../../src/parts/journal.js';
import { formatHead, formatRecord, indexRecords, readValue } from '../../src/parts/record-file.js';
import type { Work } from '../../src/parts/work.js';
import { temporaryFolder } from '../cli/helpers.js';
import { itOnSmallDisk } from '../support/small-disk.js';

const WORK: Work = {
  study: 'run',
  version: '1.2.3',
  build: 'f00d',
  scenario: 'small',
  scenarioHash: 'cafe',
  seed: '7',
  matings: 400,
  options: '{}',
};
const HEAD: Head = { work: WORK, shard: null, source: null };
const SOURCE: Head['source'] = {
  ...{ asked: { study: 'run' }, file: 'small.yaml', text: '', files: [] },
  ...{ overrides: [], limits: [], allowImplausible: false, allowOutside: false },
};

/** A journal under a clock that stands still until it is told to go on. */
class Bench {
  readonly path: string;
  readonly told: string[] = [];
  nowMs = 0;
  readonly head: Head;

  constructor(path = join(temporaryFolder(), 'r.json.partial'), head = HEAD) {
    this.path = path;
    this.head = head;
  }

  open(options: Partial<JournalOptions> = {}): Journal {
    return new Journal(this.path, () => this.head, {
      isFresh: false,
      onTrouble: (message) => this.told.push(message),
      now: () => this.nowMs,
      ...options,
    });
  }

  /** Puts a value when a second has passed, so that it is written. */
  keep(journal: Journal, key: string, value: unknown): void {
    this.nowMs += 1000;
    journal.put(key, null, () => value);
  }

  /** What the file holds. */
  read(path = this.path): Record<string, unknown> {
    const values = [...indexRecords(path)!.entries].map(
      ([key, entry]) => [key, readValue(path, key, entry)] as const,
    );
    return Object.fromEntries(values);
  }

  /** Names in the folder. */
  names(): string[] {
    return readdirSync(dirname(this.path)).sort();
  }
}

describe('a journal', () => {
  it('gives back what was kept, the last value of each key, after any number of commands', () => {
    const bench = new Bench();
    for (let command = 0; command < 5; command++) {
      const journal = bench.open();
      expect(journal.isGoingOn).toBe(command > 0);
      for (let before = 0; before < command; before++) {
        expect(journal.get(`command ${before}`)).toEqual({ blocks: null, value: before });
      }
      if (command > 0) expect(journal.get('all')!.value).toBe(command - 1);
      expect(journal.get('none')).toBeUndefined();
      journal.put('all', { from: 0, next: command }, () => command);
      journal.put(`command ${command}`, null, () => command);
      expect(journal.save()).toBe(true);
    }
    expect(indexRecords(bench.path)!.entries.get('all')!.blocks).toEqual({ from: 0, next: 4 });
    expect(bench.told).toEqual([]);
    expect(bench.names()).toEqual(['r.json.partial']);
    bench.open().remove();
    expect(bench.names()).toEqual([]);
  });

  it('adds behind, and writes anew when half of it is out of date', () => {
    const bench = new Bench();
    const journal = bench.open();
    const large = 'x'.repeat(3000);
    const sizes: number[] = [];
    let files = 0;
    let file = 0;
    for (let i = 0; i < 40; i++) {
      bench.keep(journal, i % 4 === 0 ? `kept ${i}` : 'replaced', `${i} ${large}`);
      const { ino, size } = statSync(bench.path);
      if (ino !== file) files += 1;
      file = ino;
      sizes.push(size);
      const live = indexRecords(bench.path)!;
      const needed = [...live.entries.values()].reduce((sum, { length }) => sum + length, 0);
      expect(size).toBeLessThan(2 * needed + 4000);
    }
    expect(files).toBeGreaterThan(2);
    expect(files).toBeLessThan(20);
    const expected = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36].map((i) => [
      `kept ${i}`,
      `${i} ${large}`,
    ]);
    expect(bench.read()).toEqual({
      ...Object.fromEntries(expected),
      replaced: `39 ${large}`,
    });
  });

  it('writes a value when it is due, as it is by then, and nothing without a new one', () => {
    const bench = new Bench();
    const journal = bench.open();
    let asked = 0;
    const value = (): number => ++asked;
    for (; bench.nowMs < 1000; bench.nowMs += 100) journal.put('a', null, value);
    expect(asked).toBe(0);
    expect(existsSync(bench.path)).toBe(false);
    journal.put('a', null, value);
    expect(bench.read()).toEqual({ a: 1 });
    const before = readFileSync(bench.path, 'utf8');
    bench.nowMs += 5000;
    expect(journal.save()).toBe(true);
    expect(readFileSync(bench.path, 'utf8')).toBe(before);
    journal.put('a', null, value);
    journal.put('a', null, value);
    expect(bench.read()).toEqual({ a: 1 });
    bench.nowMs += 1000;
    journal.put('b', null, value);
    expect(bench.read()).toEqual({ a: 2, b: 3 });
  });

  it('spends at most 2 % of the time', () => {
    const bench = new Bench();
    const journal = bench.open();
    const cost = 400;
    let spent = 0;
    const value = (): number => {
      bench.nowMs += cost;
      spent += cost;
      return spent;
    };
    for (let t = 0; t < 10_000; t++) {
      bench.nowMs += 20;
      journal.put('a', null, value);
    }
    expect(spent / bench.nowMs).toBeLessThan(0.0205);
    // and no less often than that
    expect(spent / bench.nowMs).toBeGreaterThan(0.018);
    // cheaper values are again kept every second
    bench.nowMs += 20_000;
    bench.keep(journal, 'a', 0);
    bench.keep(journal, 'a', 1);
    expect(bench.read()).toEqual({ a: 1 });
  });

  it('is worth keeping after two seconds, or when there is one', () => {
    const bench = new Bench();
    const journal = bench.open();
    expect(journal.isWorthKeeping).toBe(false);
    bench.nowMs = 2000;
    expect(journal.isWorthKeeping).toBe(true);
    // though nothing is kept where there is nothing
    expect(journal.save()).toBe(false);
    expect(bench.names()).toEqual([]);
    journal.put('a', null, () => 1);
    expect(journal.save()).toBe(true);
    bench.nowMs = 0;
    expect(bench.open().isWorthKeeping).toBe(true);
  });

  it('tells the share that is done with what it keeps, and drops what is not wanted any more', () => {
    const bench = new Bench();
    const journal = bench.open();
    let share = 0.25;
    journal.progress = () => share;
    bench.keep(journal, 'a', 1);
    expect(bench.read()).toEqual({ a: 1, [PROGRESS]: 0.25 });
    share = 0.5;
    journal.put('b', null, () => 2);
    journal.drop('a');
    journal.drop('never');
    journal.put('c', null, () => 3);
    journal.drop('c');
    journal.save();
    expect(bench.read()).toEqual({ a: null, b: 2, [PROGRESS]: 0.5 });
    expect(journal.get('a')!.value).toBeNull();
    journal.drop('b');
    journal.put('b', null, () => 'again');
    journal.save();
    expect(bench.open().get('b')!.value).toBe('again');
  });

  it('takes keys of any length, by the ten thousand', () => {
    const bench = new Bench();
    const journal = bench.open();
    const key = (i: number): string => `${'long '.repeat(i % 100 === 0 ? 2000 : 1)}${i}`;
    for (let i = 0; i < 10_000; i++) journal.put(key(i), null, () => i);
    expect(journal.save()).toBe(true);
    const again = bench.open();
    for (let i = 0; i < 10_000; i += 97) expect(again.get(key(i))!.value).toBe(i);
    for (let i = 0; i < 10_000; i += 100) again.put(key(i), null, () => -i);
    again.save();
    expect(bench.open().get(key(500))!.value).toBe(-500);
    expect(bench.open().get(key(501))!.value).toBe(501);
  });
});

describe('a journal of other work', () => {
  const left = (): Bench => {
    const bench = new Bench();
    bench.keep(bench.open(), 'a', 1);
    return bench;
  };
  const shard = { index: 2, count: 4 };

  it.each<[Partial<Head>, string]>([
    [{ work: { ...WORK, study: 'sweep' } }, 'command "run" instead of "sweep"'],
    [{ work: { ...WORK, version: '1.2.4' } }, 'version "1.2.3" instead of "1.2.4"'],
    [{ work: { ...WORK, build: 'beef' } }, 'another build'],
    [{ work: { ...WORK, scenarioHash: 'beef' } }, 'another scenario'],
    [{ work: { ...WORK, seed: '8' } }, 'seed "7" instead of "8"'],
    [{ work: { ...WORK, matings: 500 } }, 'number of matings 400 instead of 500'],
    [{ work: { ...WORK, options: '{"a":1}' } }, 'options "{}" instead of "{\\"a\\":1}"'],
    [{ work: { ...WORK, options: 'f'.repeat(100) } }, 'other options'],
    [{ work: { ...WORK, seed: '8', build: 'beef' } }, 'another build, seed "7" instead of "8"'],
    [{ shard, source: SOURCE }, 'no shard instead of shard 2/4'],
  ])('is refused with what differs %#', (head, differs) => {
    const { path, nowMs } = left();
    const before = readFileSync(path, 'utf8');
    const other = new Bench(path, { ...HEAD, ...head });
    other.nowMs = nowMs;
    expect(() => other.open()).toThrow(`${path}: was left by other work: ${differs}\n`);
    expect(readFileSync(path, 'utf8')).toBe(before);
    const fresh = other.open({ isFresh: true });
    expect(fresh.isGoingOn).toBe(false);
    expect(fresh.get('a')).toBeUndefined();
    other.keep(fresh, 'b', 2);
    expect(other.read()).toEqual({ b: 2 });
    expect(other.open().get('b')!.value).toBe(2);
  });

  it('another name alone is the same work', () => {
    const { path } = left();
    const named = new Bench(path, { ...HEAD, work: { ...WORK, scenario: 'renamed' } });
    expect(named.open().get('a')!.value).toBe(1);
  });

  it('is refused if its head is none', () => {
    const bench = new Bench();
    for (const head of [
      {},
      { ...HEAD, work: { ...WORK, matings: -1 } },
      { ...HEAD, shard: { index: 3, count: 2 } },
      { ...HEAD, shard: { index: 1, count: 1e12 } },
    ]) {
      writeFileSync(bench.path, formatHead(head));
      expect(() => bench.open()).toThrow(/r\.json\.partial: is damaged\n/);
    }
  });

  it('nothing of it is touched by a fresh journal that keeps nothing; it goes with the result', () => {
    const bench = left();
    const fresh = bench.open({ isFresh: true });
    fresh.put('b', null, () => 2);
    expect(bench.read()).toEqual({ a: 1 });
    fresh.remove();
    expect(bench.names()).toEqual([]);
  });
});

describe('trouble', () => {
  it('is told once, and the work is kept again when it has gone', () => {
    const bench = new Bench();
    const folder = dirname(bench.path);
    const journal = bench.open();
    bench.keep(journal, 'a', 1);
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'a file in its place');
    for (let i = 0; i < 5; i++) bench.keep(journal, `b ${i}`, i);
    expect(bench.told).toHaveLength(1);
    expect(bench.told[0]).toBe(`${bench.path}: a part of the path is not a folder`);
    expect(journal.save()).toBe(false);
    rmSync(folder);
    renameSync(`${folder}-away`, folder);
    bench.keep(journal, 'c', 3);
    expect(bench.told).toHaveLength(1);
    const later = { 'b 0': 0, 'b 1': 1, 'b 2': 2, 'b 3': 3, 'b 4': 4, c: 3 };
    expect(bench.read()).toEqual({ a: 1, ...later });
    rmSync(folder, { recursive: true });
    bench.keep(journal, 'd', 4);
    expect(bench.told.slice(1)).toEqual([`${bench.path}: it was taken away`]);
    bench.keep(journal, 'e', 5);
    // what was taken away is lost, all that came later is not
    expect(bench.read()).toEqual({ d: 4, e: 5 });
  });

  it('an error that is none of the system’s is passed on', () => {
    const bench = new Bench();
    const journal = bench.open();
    journal.put('a', null, () => {
      throw new TypeError('a defect');
    });
    expect(() => journal.save()).toThrow(TypeError);
  });

  it('a value that is too large to be kept is told, and the work goes on', () => {
    const bench = new Bench();
    const journal = bench.open();
    const tooLarge = {
      toJSON: () => {
        throw new RangeError('Invalid string length');
      },
    };
    bench.keep(journal, 'a', tooLarge);
    expect(bench.told).toEqual([`${bench.path}: it is too large`]);
    expect(bench.names()).toEqual([]);
    bench.keep(journal, 'a', 1);
    expect(bench.read()).toEqual({ a: 1 });
  });

  it('what lies in the way of the file is left alone', () => {
    const bench = new Bench();
    mkdirSync(bench.path);
    expect(() => bench.open()).toThrow(/is not a regular file/);
    const journal = bench.open({ isFresh: true });
    bench.keep(journal, 'a', 1);
    bench.keep(journal, 'a', 2);
    expect(bench.told).toHaveLength(1);
    journal.remove();
    expect(bench.names()).toEqual(['r.json.partial']);
  });

  itOnSmallDisk(
    'a full disk is told once; when there is room again, all is kept',
    64,
    ({ folder, fill }) => {
      const bench = new Bench(join(folder, 'r.json.partial'));
      const journal = bench.open();
      const random = (): string => Math.random().toString(36).repeat(150);
      bench.keep(journal, 'first', 1);
      const empty = fill(0);
      for (let i = 0; i < 5; i++) bench.keep(journal, `full ${i}`, random());
      expect(bench.told).toEqual([`${bench.path}: the disk is full`]);
      // nothing half-written: the file is as it was
      expect(bench.read()).toEqual({ first: 1 });
      expect(bench.names()).toEqual(['r.json.partial', 'rest']);
      // another command can go on from it
      expect(new Bench(bench.path).open().get('first')!.value).toBe(1);
      empty();
      bench.keep(journal, 'last', 2);
      expect(bench.told).toHaveLength(1);
      expect(Object.keys(bench.read()).sort()).toEqual(
        ['first', 'full 0', 'full 1', 'full 2', 'full 3', 'full 4', 'last'].sort(),
      );
      // the same where it is written anew
      const again = fill(0);
      for (let i = 0; i < 5; i++) bench.keep(journal, `full ${i}`, i);
      expect(bench.told).toHaveLength(2);
      expect(bench.names()).toEqual(['r.json.partial', 'rest']);
      again();
      bench.keep(journal, 'last', 3);
      expect(bench.read()).toMatchObject({ first: 1, 'full 4': 4, last: 3 });
      expect(bench.told).toHaveLength(2);
    },
  );
});

describe('the same command twice at once', () => {
  it('the second one is told, keeps nothing, and takes nothing away', () => {
    const first = new Bench();
    const second = new Bench(first.path);
    const [one, two] = [first.open(), second.open()];
    first.keep(one, 'a', 1);
    second.keep(two, 'a', 1);
    second.keep(two, 'b', 2);
    expect(first.told).toEqual([]);
    expect(second.told).toEqual([`${first.path}: another process writes to it`]);
    first.keep(one, 'c', 3);
    expect(first.read()).toEqual({ a: 1, c: 3 });
    two.remove();
    expect(first.read()).toEqual({ a: 1, c: 3 });
    one.remove();
    expect(first.names()).toEqual([]);
    // with the file gone, the other one keeps what it has
    second.keep(two, 'd', 4);
    expect(second.read()).toEqual({ a: 1, b: 2, d: 4 });
  });

  it('what the other one has replaced counts as not kept, and is never mixed', () => {
    const first = new Bench();
    const begun = first.open();
    for (const key of ['a', 'b', 'c']) first.keep(begun, key, `${key} of the first`);
    const second = new Bench(first.path);
    const third = new Bench(first.path);
    const [two, three] = [second.open(), third.open()];
    // what it adds leaves the rest where it was; when it writes all anew, nothing is where it was
    second.keep(two, 'd', 'added');
    expect(three.get('a')!.value).toBe('a of the first');
    for (let i = 0; i < 12; i++)
      second.keep(two, 'cbad'[i % 4]!, `${'cbad'[i % 4]} anew`.repeat(40));
    expect(three.get('b')).toBeUndefined();
    expect(three.get('c')).toBeUndefined();
    expect(third.told).toHaveLength(1);
    third.keep(three, 'b', 'of the third');
    expect(second.read()['b']).toBe('b anew'.repeat(40));
    expect(second.told).toEqual([]);
  });

  it('what writers left that were killed is removed, and nothing else', () => {
    const bench = new Bench();
    const folder = dirname(bench.path);
    const others = [
      'r.json.partial.tmp',
      'other.partial.0123456789ab.tmp',
      '.r.json.partial.x.tmp',
    ];
    for (const name of [...others, 'r.json.partial.0123456789ab.tmp']) {
      writeFileSync(join(folder, name), 'half');
    }
    bench.open();
    expect(bench.names()).toEqual([...others].sort());
  });
});

describe('a part', () => {
  const begun = (): { bench: Bench; journal: Journal; part: string } => {
    const folder = join(temporaryFolder(), 'r.json.parts');
    const head = { ...HEAD, shard: { index: 1, count: 2 }, source: SOURCE };
    const bench = new Bench(join(folder, 'part-1-of-2.jsonl.partial'), head);
    const journal = bench.open();
    journal.progress = () => 0.5;
    bench.keep(journal, 'a', 1);
    return { bench, journal, part: join(folder, 'part-1-of-2.jsonl') };
  };

  it('gets its final name when it is whole', () => {
    const { bench, journal, part } = begun();
    journal.put('b', null, () => 2);
    journal.finishAs(part);
    expect(bench.names()).toEqual(['part-1-of-2.jsonl']);
    expect(bench.read(part)).toEqual({ a: 1, b: 2, [END]: true });
    expect([...indexRecords(part)!.entries.keys()].at(-1)).toBe(END);
  });

  it('replaces an earlier one, but never lacks what was taken away meanwhile', () => {
    const { bench, journal, part } = begun();
    writeFileSync(part, 'an earlier one');
    rmSync(bench.path);
    expect(() => journal.finishAs(part)).toThrow(UserError);
    bench.keep(journal, 'b', 2);
    expect(() => journal.finishAs(part)).toThrow(/some of what was kept .* is lost/);
    expect(readFileSync(part, 'utf8')).toBe('an earlier one');
    // the same command runs what is lost, and only that
    journal.save();
    const again = bench.open();
    expect([again.get('a'), again.get('b')!.value, again.get(END)]).toEqual([
      undefined,
      2,
      undefined,
    ]);
    again.put('a', null, () => 1);
    again.finishAs(part);
    expect(bench.read(part)).toEqual({ a: 1, b: 2, [END]: true });
  });

  it('is not written over another process’s checkpoint', () => {
    const { bench, journal, part } = begun();
    const other = new Bench(bench.path, bench.head);
    other.keep(other.open(), 'c', 3);
    expect(() => journal.finishAs(part)).toThrow(/another process writes to it/);
    expect(existsSync(part)).toBe(false);
    expect(other.read()).toMatchObject({ a: 1, c: 3 });
  });

  itOnSmallDisk(
    'that finds no room is told, and kept as a checkpoint',
    64,
    ({ folder: disk, fill }) => {
      const bench = new Bench(join(disk, 'part-1-of-1.jsonl.partial'));
      const journal = bench.open();
      bench.keep(journal, 'a', Math.random().toString(36).repeat(300));
      const empty = fill(0);
      const part = join(disk, 'part-1-of-1.jsonl');
      expect(() => journal.finishAs(part)).toThrow(
        `${part}: cannot write the part: the disk is full`,
      );
      expect(bench.names()).toEqual(['part-1-of-1.jsonl.partial', 'rest']);
      empty();
      bench.open().finishAs(part);
      expect(bench.names()).toEqual(['part-1-of-1.jsonl']);
    },
  );

  it('nothing in the world fits a hash by chance: a forged record needs one of its own', () => {
    const { bench, journal } = begun();
    journal.save();
    const text = readFileSync(bench.path, 'utf8');
    writeFileSync(bench.path, text.replace('"value":1}', '"value":2}'));
    expect(() => bench.open()).toThrow(/is damaged/);
    writeFileSync(bench.path, `${text}${formatRecord('a', null, 2).toString()}`);
    expect(bench.open().get('a')!.value).toBe(2);
  });
});
