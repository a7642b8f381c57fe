/** Parts that do not make one whole are named; parts bring all with them that they were made of. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { Head } from '../../src/parts/journal.js';
import { checkParts, openPart, sourceOfParts } from '../../src/parts/merge.js';
import { formatHead, indexRecords, readLine } from '../../src/parts/record-file.js';
import { openSource, sourceOf } from '../../src/parts/source.js';
import { openScenario } from '../../src/scenario/index.js';
import { temporaryFolder } from '../cli/helpers.js';
import { CASES, type Case, linesOf, merged, partOf, sweepOf, wholeOf } from './cases.js';

const run = CASES[0]!;
/** Three points of 20 blocks each, which five shards cut. */
const swept = sweepOf(['mating.friction=range(0.1, 0.2, 3)'], 'sweep');

async function partsOf(its: Case, count: number, folder = temporaryFolder()): Promise<string[]> {
  const paths: string[] = [];
  for (let index = 1; index <= count; index++) {
    paths.push(await partOf(its, { index, count }, folder));
  }
  return paths;
}

/** The problems of what is refused, with the names of files alone. */
async function problemsOf(work: () => Promise<unknown> | unknown): Promise<string[]> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ file, message }) => {
      const text = message.replaceAll(/\/\S*\//g, '');
      return file === undefined ? text : `${basename(file)}: ${text}`;
    });
  }
  return [];
}

let parts: readonly string[];
let points: readonly string[];
beforeAll(async () => {
  parts = await partsOf(run, 4);
  points = await partsOf(swept, 5);
});
const without = (paths: readonly string[], ...left: readonly number[]): string[] =>
  paths.filter((_, i) => !left.includes(i + 1));

describe('blocks', () => {
  it('that are missing are named', async () => {
    expect(await problemsOf(() => merged(run, without(parts, 1)))).toEqual([
      'blocks 0 to 15 of run are missing',
    ]);
    expect(await problemsOf(() => merged(run, without(parts, 2, 4)))).toEqual([
      'blocks 16 to 31 of run are missing',
      'blocks 48 to 63 of run are missing',
    ]);
    expect(await problemsOf(() => merged(swept, without(points, 2)))).toEqual([
      'blocks 12 to 19 of point 1 are missing',
      'blocks 0 to 3 of point 2 are missing',
    ]);
    expect(await problemsOf(() => merged(swept, without(points, 1, 2, 3)))).toEqual([
      'blocks 0 to 19 of point 1 are missing',
      'blocks 0 to 15 of point 2 are missing',
    ]);
  });

  it('that are there twice are named, with a file', async () => {
    const folder = temporaryFolder();
    const half = await partOf(run, { index: 1, count: 2 }, folder);
    expect(await problemsOf(() => merged(run, [half, ...parts]))).toEqual([
      'part-1-of-4.jsonl: blocks 0 to 15 of run are there more than once',
      'part-2-of-4.jsonl: blocks 16 to 31 of run are there more than once',
    ]);
    const third = await partOf(run, { index: 2, count: 3 }, folder);
    expect(await problemsOf(() => merged(run, [half, third]))).toEqual([
      'part-2-of-3.jsonl: blocks 21 to 31 of run are there more than once',
      'blocks 42 to 63 of run are missing',
    ]);
    const whole = await partOf(swept, { index: 1, count: 1 }, folder);
    expect(await problemsOf(() => merged(swept, [whole, points[0]!]))).toEqual([
      'point 1 is there more than once: in part-1-of-1.jsonl, part-1-of-5.jsonl',
    ]);
  });

  it('of many points are not all named', async () => {
    const many = sweepOf(['mating.friction=range(0.1, 0.2, 40)'], 'many', 2);
    const part = await partOf(many, { index: 4, count: 4 }, temporaryFolder());
    expect(await problemsOf(() => merged(many, [part]))).toHaveLength(20);
  });

  it('of a point that cannot be run here are named', async () => {
    const folder = temporaryFolder();
    const force = (unit: string) =>
      sweepOf([`designs.mpo.spring.force=8 N, 9 ${unit}, 10 N`], 'force');
    const paths = await partsOf(force('N'), 2, folder);
    expect(await problemsOf(() => merged(force('um'), paths))).toEqual([
      'part-1-of-2.jsonl: point 2 was run, but cannot be run here',
      'part-2-of-2.jsonl: point 2 was run, but cannot be run here',
    ]);
  });
});

describe('parts', () => {
  const opened = (paths: readonly string[]) => checkParts(paths.map(openPart));
  /** The same part with another head. */
  const withHead = (path: string, change: (head: Head) => object): string => {
    const { head, entries } = indexRecords(path)!;
    const to = join(temporaryFolder(), basename(path));
    const lines = [...entries.values()].map((entry) => readLine(path, entry));
    writeFileSync(to, Buffer.concat([formatHead(change(head as Head)), ...lines]));
    return to;
  };
  const withWork = (path: string, change: object): string =>
    withHead(path, (head) => ({ ...head, work: { ...head.work, ...change } }));

  it.each<[object, string]>([
    [{ study: 'sweep' }, 'command "sweep" instead of "run"'],
    [{ seed: '8' }, 'seed "8" instead of "7"'],
    [{ matings: 131 }, 'number of matings 131 instead of 130'],
    [{ version: '9.9.9' }, 'version "9.9.9" instead of "'],
    [{ build: 'f00d' }, 'another build'],
    [{ scenarioHash: 'f00d' }, 'another scenario'],
    [{ options: '{"a":1}' }, 'options "{\\"a\\":1}" instead of "{}"'],
  ])('of other work are named: %o', async (change, message) => {
    const other = withWork(parts[2]!, change);
    const [problem, ...more] = await problemsOf(() => opened([parts[1]!, other, parts[0]!]));
    expect(problem).toContain(
      `part-3-of-4.jsonl: is of other work than part-1-of-4.jsonl: ${message}`,
    );
    expect(more).toEqual([]);
  });

  it('of the same shard are named, checkpoints and files that are none refused', async () => {
    const folder = temporaryFolder();
    const copy = join(folder, 'copy.jsonl');
    copyFileSync(parts[1]!, copy);
    expect(await problemsOf(() => opened([...parts, copy]))).toEqual([
      'copy.jsonl: has the same shard as part-2-of-4.jsonl: 2 of 4',
    ]);
    expect(await problemsOf(() => opened([]))).toEqual(['there are no parts']);
    const checkpoint = withHead(parts[0]!, (head) => ({ ...head, shard: null, source: null }));
    expect(await problemsOf(() => opened([checkpoint]))).toEqual([
      'part-1-of-4.jsonl: is a checkpoint, not a part',
    ]);
    const none = join(folder, 'none.jsonl');
    expect(await problemsOf(() => opened([none]))).toEqual(['none.jsonl: does not exist']);
    writeFileSync(none, 'none\n');
    expect(await problemsOf(() => opened([none]))).toEqual([
      'none.jsonl: is no part of a run, or is damaged',
    ]);
  });

  it('that are cut off are not whole', async () => {
    const path = join(temporaryFolder(), 'part-1-of-4.jsonl');
    const lines = linesOf(parts[0]!);
    const octets = readFileSync(parts[0]!);
    for (const cut of [1, 20, lines.at(-1)!.length + 1, lines.at(-1)!.length + 50]) {
      writeFileSync(path, octets.subarray(0, octets.length - cut));
      expect(await problemsOf(() => opened([path]))).toEqual(['part-1-of-4.jsonl: is not whole']);
    }
  });

  it('with numbers of other plans are refused, though their hashes are right', async () => {
    const lot = await partsOf(CASES[1]!, 2);
    const heads = lot.map((path, i) => withHead(path, () => indexRecords(parts[i]!)!.head as Head));
    const [problem] = await problemsOf(() => merged(run, heads));
    expect(problem).toMatch(/missing|does not fit its own work|has 64 blocks/);
    const exact = await partsOf(CASES[6]!, 1);
    expect(await problemsOf(() => merged(CASES[5]!, exact))).toEqual([
      'part-1-of-1.jsonl: does not fit its own work',
    ]);
  });

  it('stop being merged when they are told to', async () => {
    const its = swept.study();
    const { mergeParts } = await import('../../src/parts/merge.js');
    const reason = new Error('enough');
    const merging = mergeParts(its.runs(), opened(points), AbortSignal.abort(reason));
    await expect(merging).rejects.toBe(reason);
    expect(await merged(swept, points)).toBe(await wholeOf(swept));
    // also between the parts of a single plan
    const controller = new AbortController();
    const soon = mergeParts(run.study().runs(), opened(parts), controller.signal);
    setImmediate(() => controller.abort(reason));
    await expect(soon).rejects.toBe(reason);
  });
});

describe('what parts were made of', () => {
  const NONE = { overrides: [], limits: [], allowImplausible: false, allowOutside: false };
  const design = 'extends: mtp-standard\nspring: { force: 9 N }\n';

  /** A scenario in `inner/` that refers to a file beside it and one below; the source of its part. */
  function made(folder: string, force = '9 N', isThere = true) {
    mkdirSync(join(folder, 'inner', 'below'), { recursive: true });
    const file = join(folder, 'inner', 'small.yaml');
    writeFileSync(
      file,
      `name: made\nmatings: 4\nseed: made
designs: { own: { extends: ./own.yaml }, below: { extends: ./below/other.yaml } }
pairs: { own: { pinned: own, unpinned: own }, below: { pinned: below, unpinned: own } }\n`,
    );
    writeFileSync(join(folder, 'inner', 'own.yaml'), design.replace('9 N', force));
    writeFileSync(join(folder, 'inner', 'below', 'other.yaml'), 'extends: ../own.yaml\n');
    const text = openScenario(file, {});
    text.parse();
    if (!isThere) {
      const missing = () => text.parse([{ path: 'designs.own.extends', value: './none.yaml' }]);
      expect(missing).toThrow(/does not exist/);
    }
    return sourceOf(text, file, NONE, { study: 'run' });
  }

  it('is whole: the same scenario without any file', () => {
    const folder = temporaryFolder();
    const source = made(folder);
    expect(source.files.map(({ path }) => path).sort()).toEqual(['below/other.yaml', 'own.yaml']);
    const { scenario } = openScenario(join(folder, 'inner', 'small.yaml'), {}).parse();
    rmSync(folder, { recursive: true });
    expect(openSource(JSON.parse(JSON.stringify(source))).parse().scenario).toEqual(scenario);
  });

  it('tells problems by the same names of files, and of files that were not there', () => {
    const folder = temporaryFolder();
    const source = made(folder, '9 N', false);
    const file = join(folder, 'inner', 'small.yaml');
    const wrong = [
      [{ path: 'designs.own.spring.force', value: '9 um' }],
      [{ path: 'designs.own.extends', value: './none.yaml' }],
      [{ path: 'designs.own.extends', value: '../outside.yaml' }],
    ];
    const messagesOf = (text: ReturnType<typeof openSource>): string[] =>
      wrong.map((overrides) => {
        try {
          text.parse(overrides);
        } catch (error) {
          return (error as Error).message;
        }
        throw new Error('not refused');
      });
    const there = messagesOf(openScenario(file, {}));
    rmSync(folder, { recursive: true });
    expect(messagesOf(openSource(source))).toEqual(there);
    expect(there[1]).toMatch(/does not exist/);
  });

  it('reads no file but what it brings and what is shipped', () => {
    const folder = temporaryFolder();
    const source = made(folder);
    const secret = { ...source, files: source.files.filter(({ path }) => path !== 'own.yaml') };
    expect(() => openSource(secret).parse()).toThrow(/is not among the files of the part/);
  });

  it('is put together of all parts, and refused where they differ', async () => {
    const head = openPart(parts[0]!).head;
    const part = (path: string, change: object) => ({
      ...{ path, entries: new Map() },
      head: { ...head, source: { ...head.source, ...change } },
    });
    const files = (...its: readonly object[]) => ({ files: its });
    const [a, b] = [
      { path: 'a.yaml', text: 'a' },
      { path: 'b.csv', text: 'b' },
    ];
    const lacking = { path: 'a.yaml', reason: 'does not exist' };
    expect(sourceOfParts([part('1', files(a)), part('2', files(b, a))]).files).toEqual([a, b]);
    const differing = [part('1', files(a)), part('2', files(b, { ...a, text: 'other' }))];
    expect(await problemsOf(() => sourceOfParts(differing))).toEqual([
      '2: read another a.yaml than 1',
    ]);
    expect(
      await problemsOf(() => sourceOfParts([part('1', files(a)), part('2', files(lacking))])),
    ).toEqual(['2: read another a.yaml than 1']);
    expect(
      await problemsOf(() => sourceOfParts([part('1', {}), part('2', { allowImplausible: true })])),
    ).toEqual(['2: was run otherwise than other parts: --allow-implausible']);
  });
});
