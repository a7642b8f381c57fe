/** Files of records: what was written is read again to the last bit, and nothing that is damaged. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import {
  type Blocks,
  formatHead,
  formatRecord,
  indexOctets,
  indexRecords,
  readValue,
} from '../../src/parts/record-file.js';
import { temporaryFolder } from '../cli/helpers.js';

const HEAD = { work: 'of a test', seed: '7' };
/** Longer than what is written as it is, so that it is packed. */
const LONG = { text: 'fibre '.repeat(2000) };
const RECORDS: readonly (readonly [string, Blocks | null, unknown])[] = [
  ['run', { from: 0, next: 1 }, { sum: 0.1 }],
  ['größe: Ω "x"\n', null, [1, 2, null]],
  ['long', null, LONG],
  ['run', { from: 0, next: 3 }, { sum: 0.1 + 0.2 }],
  ['last', null, -5e-324],
];

let path: string;
beforeAll(() => {
  path = join(temporaryFolder(), 'part.jsonl');
});

function write(...lines: readonly (Uint8Array | string)[]): void {
  writeFileSync(path, Buffer.concat(lines.map((line) => Buffer.from(line as Uint8Array))));
}

/** The latest values by key. */
function readAll(): Record<string, unknown> {
  const found = indexRecords(path)!;
  expect(found.head).toEqual(HEAD);
  const values = [...found.entries].map(([key, entry]) => [key, readValue(path, key, entry)]);
  return Object.fromEntries(values) as Record<string, unknown>;
}

/** What is read; the message where it is refused, with one problem that names the file. */
function outcome<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toMatchObject({ file: path, suggestion: /--fresh/ });
    return error.problems[0]!.message;
  }
}

const LINES = [formatHead(HEAD), ...RECORDS.map((record) => formatRecord(...record))];
/** What the first lines hold, the head being the first. */
const valuesOf = (lines: number): Record<string, unknown> =>
  Object.fromEntries(RECORDS.slice(0, lines - 1).map(([key, , value]) => [key, value]));

describe('a file of records', () => {
  it('gives the last value of each key, and its blocks', () => {
    write(...LINES);
    expect(readAll()).toEqual(valuesOf(LINES.length));
    expect(indexRecords(path)!.entries.get('run')!.blocks).toEqual({ from: 0, next: 3 });
    expect(indexRecords(path)!.entries.get('last')!.blocks).toBeNull();
  });

  it('keeps any plain value to the last bit', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(finite, { maxLength: 600 }),
      fc.string({ unit: 'grapheme', maxLength: 5000 }),
    );
    const key = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 5 }), (records) => {
        write(LINES[0]!, ...records.map(([name, its]) => formatRecord(name, null, its)));
        const found = indexRecords(path)!;
        for (const [name, its] of new Map(records)) {
          const read = readValue(path, name, found.entries.get(name)!);
          expect(JSON.stringify(read)).toBe(JSON.stringify(its));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is none where there is none', () => {
    expect(indexRecords(join(temporaryFolder(), 'none'))).toBeUndefined();
  });

  it('refuses what is too large to be read again', () => {
    // what JSON.stringify does when the text is longer than any string
    const tooLong = {
      toJSON: () => {
        throw new RangeError('Invalid string length');
      },
    };
    expect(() => formatRecord('key', null, tooLong)).toThrow(/too large/);
  });
});

describe('damage', () => {
  const whole = Buffer.concat(LINES);

  it('every cut drops the line that it falls into, or is refused', () => {
    let start = 0;
    for (const [l, line] of LINES.entries()) {
      write(...LINES.slice(0, l));
      const before = l === 0 ? undefined : indexRecords(path);
      if (l > 0) expect(readAll()).toEqual(valuesOf(l));
      for (let cut = start; cut < start + line.length; cut++) {
        const found = outcome(() => indexOctets(whole.subarray(0, cut), path));
        if (typeof found === 'string') {
          expect(l).toBe(0);
          expect(found).toBe('is no part of a run, or is damaged');
        } else {
          expect(found.entries).toEqual(before?.entries);
          expect([found.length, found.size]).toEqual([start, cut]);
        }
      }
      start += line.length;
    }
  });

  it('every flipped bit is refused; that of the last end of line drops its line', () => {
    const accepted = new Set<number>();
    const messages = new Set<unknown>();
    for (let i = 0; i < 8 * whole.length; i++) {
      const flipped = Buffer.from(whole);
      flipped[i >> 3]! ^= 1 << (i & 7);
      const found = outcome(() => indexOctets(flipped, path));
      if (typeof found === 'string') {
        messages.add(found);
        continue;
      }
      accepted.add(i >> 3);
      write(flipped);
      expect(readAll()).toEqual(valuesOf(LINES.length - 1));
    }
    expect([...accepted]).toEqual([whole.length - 1]);
    expect([...messages].sort()).toEqual(['is damaged', 'is no part of a run, or is damaged']);
  });

  it('every line that is missing in between, or there twice, is no matter: each stands for itself', () => {
    for (let l = 1; l < LINES.length; l++) {
      write(...LINES.filter((_, i) => i !== l));
      const others = RECORDS.filter((_, i) => i !== l - 1);
      expect(readAll()).toEqual(Object.fromEntries(others.map(([key, , value]) => [key, value])));
      write(...LINES, LINES[l]!);
      expect(readAll()).toMatchObject({ [RECORDS[l - 1]![0]]: RECORDS[l - 1]![2] });
    }
  });

  it('a record that has moved is not taken for another', () => {
    write(LINES[0]!, formatRecord('a', null, 1), formatRecord('b', null, 2));
    const { entries } = indexRecords(path)!;
    write(LINES[0]!, formatRecord('b', null, 2), formatRecord('a', null, 1));
    expect(() => readValue(path, 'a', entries.get('a')!)).toThrow(/damaged/);
  });
});

describe('what is no part', () => {
  const hashed = (rest: string): string =>
    `{"sha256":"${createHash('sha256').update(rest).digest('hex')}",${rest}\n`;

  it.each([
    ['', /no part of a run/],
    ['precious', /no part of a run/],
    ['{"a":1}\n', /no part of a run/],
    [gzipSync('{}'), /no part of a run/],
    [
      '{"kind":"sweep-checkpoint","key":"f00"}\n{"point":1}\n',
      /earlier version \(sweep-checkpoint\)/,
    ],
    ['{"kind":"matedpair-part","formatVersion":1,', /earlier version \(matedpair-part\)/],
    [
      hashed('"kind":"matedpair-part","formatVersion":2,"head":{}}'),
      /another version \(format 2\)/,
    ],
    [hashed('"kind":"other","formatVersion":1,"head":{}}'), /no part of a run/],
    // hashes that are right, of nonsense
    [hashed('nonsense'), /no part of a run/],
    [LINES[0] + hashed('nonsense'), /damaged/],
    [LINES[0] + hashed('"value":1}'), /damaged/],
    [LINES[0] + hashed('"key":"a","blocks":{"from":3,"next":1},"value":1}'), /damaged/],
    [LINES[0] + hashed('"key":"a","blocks":{"from":0.5,"next":1},"value":1}'), /damaged/],
    [LINES[0] + hashed('"key":"a"}'), /damaged/],
    [LINES[0] + hashed('"key":"a","packed":"AAAA"}'), /damaged/],
  ])('%s is refused', (text, message) => {
    write(text);
    expect(outcome(readAll)).toMatch(message);
    expect(readFileSync(path)).toEqual(Buffer.from(text));
  });

  it('a value that would fill the memory is refused', () => {
    const bomb = Buffer.concat(Array(51).fill(gzipSync(Buffer.alloc(8_000_000, ' '))));
    write(LINES[0]!, hashed(`"key":"a","packed":"${bomb.toString('base64')}"}`));
    expect(outcome(readAll)).toMatch(/damaged/);
  });

  it('a folder, a link to nothing and a device are refused', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    expect(() => indexRecords(join(folder, 'folder'))).toThrow(/is not a regular file/);
    expect(() => indexRecords(join(folder, 'none', 'x'))).not.toThrow();
    symlinkSync(join(folder, 'none'), join(folder, 'link'));
    expect(indexRecords(join(folder, 'link'))).toBeUndefined();
    if (process.platform === 'linux') {
      expect(() => indexRecords('/dev/zero')).toThrow(/is not a regular file/);
      spawnSync('mkfifo', [join(folder, 'pipe')]);
      expect(() => indexRecords(join(folder, 'pipe'))).toThrow(/is not a regular file/);
    }
    writeFileSync(join(folder, 'file'), '');
    expect(() => indexRecords(join(folder, 'file', 'x'))).toThrow(/not a folder/);
  });
});
