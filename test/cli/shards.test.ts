/** Shards, merge and status, as a user meets them. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Finished,
  folderWithScenario,
  matedpair,
  SMALL,
  start,
  temporaryFolder,
} from './helpers.js';
import { inProcess } from './in-process.js';

const LIMIT = ['--limit', 'mpo: p97 <= 0.2 dB'];

/** A folder with a scenario, and commands on it that all write `r.json`. */
class Site {
  readonly folder: string;
  readonly file: string;
  readonly out: string;
  readonly parts: string;

  constructor(folder = folderWithScenario(), file = 'small.yaml') {
    this.folder = folder;
    this.file = join(folder, file);
    this.out = join(folder, 'r.json');
    this.parts = `${this.out}.parts`;
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const [command, ...more] = args as [string, ...string[]];
    const all = [command, this.file, '--workers', '0', '--out', this.out, ...more];
    return inProcess(all, env);
  }

  part(index: number, count: number): string {
    return join(this.parts, `part-${index}-of-${count}.jsonl`);
  }

  names(): string[] {
    return readdirSync(this.parts).sort();
  }
}

const bytesOf = (path: string): string => {
  const { host: _, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  return JSON.stringify(rest);
};

describe('a run in shards', () => {
  const site = new Site();
  const args = ['run', '--trials', '3000', ...LIMIT];
  let whole: { readonly code: number | null; readonly bytes: string };
  beforeAll(async () => {
    const one = new Site();
    const { code } = await one.run(args);
    whole = { code, bytes: bytesOf(one.out) };
  });

  it('knows its share from the command line, from Slurm and from Kubernetes', async () => {
    const slurm = { SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '3' };
    const first = await site.run([...args, '--shard', '1/3']);
    expect(first).toMatchObject({ code: 0, stdout: `Part: ${site.part(1, 3)}\n` });
    const second = await site.run([...args, '--shard', 'auto'], {
      ...slurm,
      ...{ SLURM_ARRAY_TASK_ID: '11', SLURM_ARRAY_TASK_MAX: '12' },
    });
    expect(second).toMatchObject({ code: 0, stdout: `Part: ${site.part(2, 3)}\n` });
    expect(site.names()).toEqual(['part-1-of-3.jsonl', 'part-2-of-3.jsonl']);
    expect(existsSync(site.out)).toBe(false);
  });

  it('status and merge name what is missing', async () => {
    const status = await inProcess(['status', site.parts]);
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/^shard +state +written\n1 of 3 +whole +\d{4}-/);
    expect(status.stdout).toMatch(/\n3 of 3 +missing *\n2 of 3 parts whole, 66 % of the work\.\n$/);
    const merge = await inProcess(['merge', site.parts]);
    expect(merge).toMatchObject({ code: 2, stdout: '' });
    expect(merge.stderr).toBe(
      'error: parts are missing: shard 3 of 3\n    hint:     run them with --shard\n',
    );
    writeFileSync(`${site.part(3, 3)}.partial`, '');
    expect((await inProcess(['merge', site.parts])).stderr).toContain(
      'begun, but not done: part-3-of-3.jsonl.partial',
    );
    rmSync(`${site.part(3, 3)}.partial`);
    expect(existsSync(site.out)).toBe(false);
  });

  it('merged in any order is the run', async () => {
    const env = { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '3' };
    const third = await site.run([...args, '--shard', 'auto'], env);
    expect(third).toMatchObject({ code: 0, stdout: `Part: ${site.part(3, 3)}\n` });
    const status = await inProcess(['status', site.parts]);
    expect(status.code).toBe(0);
    expect(status.stdout).toContain(
      `3 of 3 parts whole, 100 % of the work.\nmatedpair merge ${site.parts}\n`,
    );
    const merge = await inProcess(['merge', site.parts]);
    expect(merge.code).toBe(whole.code);
    expect(merge.stdout).toContain('small: two pairs');
    expect(merge.stdout).toContain(`Result: ${site.out}\n`);
    expect(bytesOf(site.out)).toBe(whole.bytes);
    const other = join(site.folder, 'other.json');
    const shuffled = [3, 1, 2].map((i) => site.part(i, 3));
    expect((await inProcess(['merge', ...shuffled, '--out', other])).code).toBe(whole.code);
    expect(bytesOf(other)).toBe(whole.bytes);
    const json = await inProcess(['merge', site.parts, '--json']);
    expect(JSON.parse(json.stdout).pairs).toHaveLength(2);
  });

  it('a part that is there is not run again, and one of other work not replaced', async () => {
    const before = new Date(1e12);
    utimesSync(site.part(1, 3), before, before);
    const again = await site.run([...args, '--shard', '1/3']);
    expect(again).toMatchObject({
      code: 0,
      stdout: `Part: ${site.part(1, 3)} is there already, whole.\n`,
    });
    const other = await site.run([...args, '--seed', '8', '--shard', '1/3']);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(
      'part-1-of-3.jsonl: is a part of other work: seed "7" instead of "8"',
    );
    const fresh = await site.run([...args, '--seed', '8', '--shard', '1/3', '--fresh']);
    expect(fresh.code).toBe(0);
    const merge = await inProcess(['merge', site.parts]);
    expect(merge.code).toBe(2);
    expect(merge.stderr).toMatch(/is of other work than .*: seed "7" instead of "8"/);
    await site.run([...args, '--shard', '1/3', '--fresh']);
    expect((await inProcess(['merge', site.parts])).code).toBe(whole.code);
    renameSync(site.part(1, 3), site.part(2, 3));
    const renamed = await site.run([...args, '--shard', '2/3']);
    expect(renamed.stderr).toMatch(/is a part of other work: shard 1\/3 instead of shard 2\/3/);
  });

  it('may be cut anew: shards of other counts fill the gap', async () => {
    const mixed = new Site();
    await mixed.run([...args, '--shard', '1/2']);
    await mixed.run([...args, '--shard', '4/4']);
    const status = await inProcess(['status', mixed.parts, '--json']);
    expect(status.code).toBe(1);
    expect(
      JSON.parse(status.stdout).map(({ index, count, state }: Record<string, unknown>) => [
        ...[index, count, state],
      ]),
    ).toEqual([
      [1, 2, 'whole'],
      [2, 2, 'missing'],
      [3, 4, 'missing'],
      [4, 4, 'whole'],
    ]);
    expect((await inProcess(['merge', mixed.parts])).stderr).toMatch(
      /blocks 32 to 47 of run are missing/,
    );
    await mixed.run([...args, '--shard', '3/4']);
    expect((await inProcess(['status', mixed.parts])).stdout).toContain(
      '3 of 3 parts whole, 100 %',
    );
    await inProcess(['merge', mixed.parts]);
    expect(bytesOf(mixed.out)).toBe(whole.bytes);
  });
});

describe('a sweep in shards', () => {
  it('is the sweep with its table, also with points that fail, and without its files', async () => {
    const site = new Site();
    mkdirSync(join(site.folder, 'sub'));
    writeFileSync(join(site.folder, 'sub', 'small.yaml'), SMALL);
    writeFileSync(join(site.folder, 'sub', 'own.yaml'), 'extends: mtp-standard\n');
    const args = [
      ...['sweep', '--trials', '300', '--allow-implausible', '--sweep'],
      'designs.mpo.extends=./own.yaml, ./none.yaml, mtp-elite',
      ...['--sweep', 'mating.friction=0.1, 9 um, 3'],
    ];
    const sub = new Site(site.folder, 'sub/small.yaml');
    const whole = await sub.run(args);
    const bytes = bytesOf(sub.out);
    const table = readFileSync(join(sub.folder, 'r.csv'), 'utf8');
    expect(whole.code).toBe(1);
    expect(bytes).toMatch(/none\.yaml: the design file does not exist/);
    for (let index = 1; index <= 4; index++) {
      expect((await sub.run([...args, '--shard', `${index}/4`])).code).toBe(0);
    }
    const elsewhere = temporaryFolder();
    cpSync(sub.parts, join(elsewhere, 's.json.parts'), { recursive: true });
    rmSync(site.folder, { recursive: true });
    const csv = join(elsewhere, 't.csv');
    const merge = await inProcess(['merge', join(elsewhere, 's.json.parts'), '--table', csv]);
    expect(merge.code, merge.stderr).toBe(1);
    expect(bytesOf(join(elsewhere, 's.json'))).toBe(bytes);
    expect(readFileSync(csv, 'utf8')).toBe(table);
  });

  it('of which no point can be run is refused when it is merged', async () => {
    const site = new Site();
    const args = ['sweep', '--sweep', 'mating.friction=3, 4', '--shard'];
    for (const shard of ['1/2', '2/2']) expect((await site.run([...args, shard])).code).toBe(0);
    const merge = await inProcess(['merge', site.parts]);
    expect(merge.code).toBe(2);
    expect(merge.stderr).toContain('no point of the sweep could be run');
  });
});

describe('a sensitivity in shards', () => {
  it('is the sensitivity, from more shards than blocks', async () => {
    const site = new Site();
    const args = ['sensitivity', '--pair', 'mpo', '--trials', '3', '--yield-at', '0.3 dB'];
    await site.run(args);
    const bytes = bytesOf(site.out);
    rmSync(site.out);
    for (let index = 1; index <= 9; index++) await site.run([...args, '--shard', `${index}/9`]);
    expect((await inProcess(['merge', site.parts])).code).toBe(0);
    expect(bytesOf(site.out)).toBe(bytes);
  });
});

describe('what is wrong with shards is told', () => {
  it.each([
    [['--shard', '0/4'], 'Expected a share such as 3/8'],
    [['--shard', '5/4'], 'Expected a share such as 3/8'],
    [['--shard', '1/1000001'], 'n up to 1000000'],
    [['--shard', '-1/4'], 'Expected a share such as 3/8'],
    [['--shard', '1.5/4'], 'Expected a share such as 3/8'],
    [['--shard', 'all'], 'Expected a share such as 3/8'],
    [['--shard', 'auto'], 'does not tell which share this is\n    found:    none of them'],
    [
      ['--shard', '1/2', '--until', 'p97 ± 0.01 dB'],
      '--shard and --until: a share of a run cannot',
    ],
    [['--shard', '1/2', '--samples', 's.csv'], '--shard and --samples: a share of a run cannot'],
    [['--shard', '1/2', '--json'], '--shard and --json: a part is no result'],
  ])('%j', async (more, message) => {
    const site = new Site();
    const { code, stdout, stderr } = await site.run(['run', ...more]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(existsSync(site.parts)).toBe(false);
  });

  it.each<[Record<string, string>, string]>([
    [{ SLURM_ARRAY_TASK_ID: '3' }, 'found:    SLURM_ARRAY_TASK_ID=3'],
    [
      { SLURM_ARRAY_TASK_ID: '4', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '4' },
      'SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=0',
    ],
    [
      {
        ...{ SLURM_ARRAY_TASK_ID: '2', SLURM_ARRAY_TASK_MIN: '0' },
        ...{ SLURM_ARRAY_TASK_MAX: '6', SLURM_ARRAY_TASK_COUNT: '4' },
      },
      'expected: an array without gaps, such as --array=1-8',
    ],
    [{ JOB_COMPLETION_INDEX: '3' }, 'found:    JOB_COMPLETION_INDEX=3'],
    [{ JOB_COMPLETION_INDEX: '4', JOB_COMPLETIONS: '4' }, 'found:    JOB_COMPLETIONS=4'],
    [{ JOB_COMPLETION_INDEX: 'x', JOB_COMPLETIONS: '4' }, 'JOB_COMPLETION_INDEX=x'],
  ])('auto from %o', async (env, message) => {
    const { code, stderr } = await new Site().run(['run', '--shard', 'auto'], env);
    expect(code).toBe(2);
    expect(stderr.replaceAll('found:    JOB_COMPLETION_INDEX=4 ', 'found:    ')).toContain(message);
  });

  it('a folder of parts that cannot be is told before the work', async () => {
    const site = new Site();
    const args = ['run', '--trials', '1e9', '--shard', '1/2'];
    writeFileSync(site.parts, 'a file');
    for (const more of [[], ['--fresh']]) {
      const { code, stderr } = await site.run([...args, ...more]);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /a part of the path is not a folder|a file of that name is in the way/,
      );
    }
    expect(readFileSync(site.parts, 'utf8')).toBe('a file');
    writeFileSync(site.out, 'precious');
    expect((await site.run(args)).stderr).toMatch(/is not a matedpair result/);
    const table = await site.run([
      'sweep',
      '--shard',
      '1/2',
      '--table',
      't.csv',
      '--sweep',
      'mating.friction=0.1, 0.2',
    ]);
    expect(table.stderr).toContain('--shard and --table');
  });
});

describe('what is wrong with parts is told', () => {
  const site = new Site();
  beforeAll(async () => {
    for (const shard of ['1/2', '2/2']) await site.run(['run', '--shard', shard]);
  });
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await inProcess(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr;
  };

  it('no folder, an empty one, a file, a checkpoint', async () => {
    const none = join(site.folder, 'none');
    for (const command of ['merge', 'status']) {
      expect(await refused(command, none)).toMatch(/none: cannot be read: no such file or folder/);
      const empty = join(site.folder, 'empty');
      mkdirSync(empty, { recursive: true });
      expect(await refused(command, empty)).toContain('there are no parts');
    }
    expect(await refused('status', site.file)).toMatch(/cannot be read: /);
    expect(await refused('merge', site.file)).toMatch(/small.yaml: is no part of a run/);
    const begun = new Site();
    const { child, finished } = (await import('./helpers.js')).start(begun.folder, [
      ...['run', 'small.yaml', '--trials', '1e9', '--out', 'r.json', '--shard', '2/2'],
    ]);
    const partial = `${begun.part(2, 2)}.partial`;
    while (!existsSync(partial)) await new Promise((go) => setTimeout(go, 20));
    const status = await inProcess(['status', begun.parts]);
    expect(status.stdout).toMatch(/1 of 2 +missing *\n2 of 2 +0 % +20/);
    child.kill('SIGTERM');
    const { code, stderr } = await finished;
    expect(code).toBe(75);
    expect(stderr).toMatch(/Terminated after \d+ % of the work: they are kept in r\.json\.parts/);
    expect(await refused('merge', partial)).toMatch(
      /\.partial: is not whole\n.*run its shard again\n/,
    );
  });

  it('a result in the way, a table of no sweep', async () => {
    const other = join(site.folder, 'other.json');
    writeFileSync(other, '{"precious":true}');
    expect(await refused('merge', site.parts, '--out', other)).toContain('will not be overwritten');
    expect(readFileSync(other, 'utf8')).toBe('{"precious":true}');
    expect(await refused('merge', site.parts, '--table', join(site.folder, 't.csv'))).toContain(
      '--table: these are not parts of a sweep',
    );
  });

  it('a part that is cut off, or damaged', async () => {
    const copy = new Site();
    cpSync(site.parts, copy.parts, { recursive: true });
    const path = copy.part(2, 2);
    const octets = readFileSync(path);
    truncateSync(path, octets.length - 10);
    expect(await refused('merge', copy.parts)).toMatch(
      /part-2-of-2\.jsonl: is not whole\n.*run its shard again, with --fresh/,
    );
    expect((await copy.run(['run', '--shard', '2/2'])).stderr).toContain('with --fresh');
    octets[octets.length >> 1]! ^= 1;
    writeFileSync(path, octets);
    expect(await refused('merge', copy.parts)).toMatch(/part-2-of-2\.jsonl: is damaged/);
    const status = await inProcess(['status', copy.parts]);
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/2 of 2 +damaged/);
    expect((await copy.run(['run', '--shard', '2/2', '--fresh'])).code).toBe(0);
    expect((await inProcess(['merge', copy.parts])).code).toBe(0);
  });

  it('by status, too: what merge refuses is not called whole', async () => {
    const copyOf = (): Site => {
      const copy = new Site();
      cpSync(site.parts, copy.parts, { recursive: true });
      return copy;
    };
    const status = async ({ parts }: Site) => {
      const { code, stdout } = await inProcess(['status', parts]);
      expect(stdout).not.toContain('matedpair merge');
      expect((await inProcess(['merge', parts])).code).toBe(2);
      return { code, stdout };
    };
    const renamed = copyOf();
    cpSync(renamed.part(1, 2), renamed.part(2, 2));
    expect(await status(renamed)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/2 of 2 +of other work, or another shard/),
    });
    const longer = copyOf();
    appendFileSync(longer.part(1, 2), 'more');
    expect(await status(longer)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/1 of 2 +damaged/),
    });
    const other = copyOf();
    await other.run(['run', '--shard', '2/2', '--seed', 'other', '--fresh']);
    expect(await status(other)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/2 of 2 +of other work/),
    });
    const twice = copyOf();
    await twice.run(['run', '--shard', '3/4']);
    await twice.run(['run', '--shard', '4/4']);
    expect(await status(twice)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Some shards have the same work'),
    });
  });

  it('names of files that are no shards are passed over', async () => {
    const copy = new Site();
    cpSync(site.parts, copy.parts, { recursive: true });
    for (const name of [
      'part-0-of-0.jsonl',
      'part-1-of-99999999.jsonl',
      'part-3-of-2.jsonl',
      'x',
    ]) {
      writeFileSync(join(copy.parts, name), '');
    }
    mkdirSync(join(copy.parts, 'part-2-of-3.jsonl'));
    const status = await inProcess(['status', copy.parts]);
    expect(status.stdout).toMatch(/2 of 3 +damaged/);
    expect(status.stdout).not.toContain('99999999');
  });
});

describe('the same shard twice at once', () => {
  it('ends in one part, without an error', async () => {
    const site = new Site();
    const args = ['run', 'small.yaml', '--trials', '3e6', '--workers', '1', '--out', 'r.json'];
    const shard = [...args, '--shard', '1/1'];
    const first = start(site.folder, shard);
    while (!existsSync(`${site.part(1, 1)}.partial`) && !existsSync(site.part(1, 1))) {
      await new Promise((go) => setTimeout(go, 20));
    }
    const both = await Promise.all([first.finished, matedpair(site.folder, shard)]);
    // one that is not done says that it can go on
    for (const { code, stderr } of both) expect([0, 75], stderr).toContain(code);
    const again = await matedpair(site.folder, shard);
    expect(again).toMatchObject({ code: 0 });
    expect(site.names()).toEqual(['part-1-of-1.jsonl']);
    expect((await inProcess(['merge', site.parts])).code).toBe(0);
    const merged = bytesOf(site.out);
    await matedpair(site.folder, args);
    expect(bytesOf(site.out)).toBe(merged);
  });
});

describe('the program itself', () => {
  it('merges and shows shards', async () => {
    const folder = folderWithScenario();
    const args = ['run', 'small.yaml', '--out', 'r.json', '--workers', '1', '--shard'];
    for (const shard of ['1/2', '2/2']) {
      expect(await matedpair(folder, [...args, shard])).toMatchObject({ code: 0 });
    }
    expect((await matedpair(folder, ['status', 'r.json.parts/'])).code).toBe(0);
    const { code, stdout } = await matedpair(folder, ['merge', 'r.json.parts/']);
    expect(code).toBe(0);
    expect(stdout).toContain('Result: r.json\n');
  });
});
