/** Where `run` may write, and what becomes of files that are there already. */
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWithScenario, matedpair, SMALL } from './helpers.js';
import { runHere } from './in-process.js';

const RUN = ['run', 'small.yaml', '--workers', '0'];

/** Every file below a folder with its text. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .filter((file) => lstatSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

describe.concurrent('the file of a result', () => {
  it('replaces an earlier result, and an empty file', async () => {
    const folder = folderWithScenario();
    writeFileSync(join(folder, 'r.json'), '');
    expect(await matedpair(folder, [...RUN, '--out', 'r.json'])).toMatchObject({ code: 0 });
    const args = [...RUN, '--out', 'r.json', '--trials', '50'];
    expect(await runHere(folder, args)).toMatchObject({ code: 0 });
    expect(contents(folder)['r.json']).toContain('"matings": 50,');
  });

  it('keeps a link a link', async () => {
    const folder = folderWithScenario();
    await runHere(folder, [...RUN, '--out', 'r.json']);
    symlinkSync('r.json', join(folder, 'latest.json'));
    const args = [...RUN, '--out', 'latest.json', '--trials', '50'];
    expect(await runHere(folder, args)).toMatchObject({ code: 0 });
    expect(lstatSync(join(folder, 'latest.json')).isSymbolicLink()).toBe(true);
    expect(contents(folder)['r.json']).toContain('"matings": 50,');
  });

  it.each([
    ['small.yaml', /^error: small.yaml: exists already and is not a matedpair result/],
    ['sub/../small.yaml', /^error: small.yaml: exists already/],
    ['soft.json', /^error: soft.json: exists already/],
    ['hard.json', /^error: hard.json: exists already/],
    ['notes.json', /^error: notes.json: exists already/],
    ['sub', /^error: sub: is a folder\n +hint: +name a file, such as sub.r\.json/],
    ['new/', /^error: new.: is a folder/],
    ['small.yaml/r.json', /^error: small.yaml: is a file, not a folder/],
    ['dangling.json', /^error: dangling.json: is a link to a file that does not exist/],
    ['-', /^error: -: the result goes to a file\n +hint: +without --out, --json prints it/],
    ['', /is a folder/],
    ['/dev/null', /^error: \/dev\/null: is not a regular file/],
  ])('is not %j: refused before the run, nothing touched', async (out, message) => {
    const folder = folderWithScenario();
    mkdirSync(join(folder, 'sub'));
    symlinkSync('small.yaml', join(folder, 'soft.json'));
    symlinkSync('nothing', join(folder, 'dangling.json'));
    linkSync(join(folder, 'small.yaml'), join(folder, 'hard.json'));
    writeFileSync(join(folder, 'notes.json'), '{ "generator": "me" }');
    const before = contents(folder);
    const { code, stdout, stderr } = await runHere(folder, [...RUN, '--out', out]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(' of 400 matings');
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(contents(folder)).toEqual(before);
  });

  it('has a name that files may have, whatever the scenario is called', async () => {
    const folder = folderWithScenario(SMALL.replace('small', '"../../Käse <1>: ﹟"'));
    expect(await runHere(folder, RUN)).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'results'))).toEqual(['Käse-1.json']);
    const long = folderWithScenario(SMALL.replace('small', '𠀀'.repeat(90)));
    expect(await runHere(long, RUN)).toMatchObject({ code: 0 });
    const dots = folderWithScenario(SMALL.replace('small', '"..."'));
    expect(await runHere(dots, RUN)).toMatchObject({ code: 0 });
    expect(readdirSync(join(dots, 'results'))).toEqual(['result.json']);
  });

  it('cannot be under a name that collides with somebody else’s file', async () => {
    const folder = folderWithScenario();
    mkdirSync(join(folder, 'results'));
    writeFileSync(join(folder, 'results', 'small.json'), '[1, 2]');
    const { code, stderr } = await runHere(folder, RUN);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: results.small.json: exists already and is not a matedpair/);
    expect(contents(folder)['results/small.json']).toBe('[1, 2]');
  });
});
