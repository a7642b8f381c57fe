/** Files whole or not at all, and why the system refused one. */
import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { systemReason, writeWholeFile, writeWholeText } from '../../src/result/whole-file.js';
import { temporaryFolder } from '../cli/helpers.js';

/** As the system throws it. */
const systemError = (code: string) =>
  Object.assign(new Error(`${code}: in short, write`), { code, syscall: 'write', errno: -1 });

describe('a file', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the quota of the disk is used up'],
    ['EIO', 'the disk does not read or write it (input/output error)'],
    ['EMFILE', 'too many files are open'],
    ['EROFS', 'the file system is read-only'],
    ['ESOMETHING', 'ESOMETHING: in short, write'],
  ])('that the system refuses with %s stays as it was', async (code, reason) => {
    const folder = temporaryFolder();
    const path = join(folder, 'r.json');
    await writeWholeText(path, 'the result', 'earlier');
    const writing = writeWholeFile(path, 'the result', async (temporary) => {
      writeFileSync(temporary, 'half');
      throw systemError(code);
    });
    const error = await writing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).problems).toEqual([
      {
        message: `cannot write the result: ${reason}`,
        file: path,
        suggestion: 'choose another file',
      },
    ]);
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    expect(readdirSync(folder)).toEqual(['r.json']);
  });

  it('that something else ends stays as it was, and the reason is passed on', async () => {
    const folder = temporaryFolder();
    const writing = writeWholeFile(join(folder, 'r.json'), 'the result', async (temporary) => {
      writeFileSync(temporary, 'half');
      throw new Error('stop');
    });
    await expect(writing).rejects.toThrow('stop');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces an earlier one', async () => {
    const path = join(temporaryFolder(), 'new', 'r.json');
    for (const text of ['one', 'two']) {
      await writeWholeText(path, 'the result', text);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it.skipIf(process.platform === 'win32').each([0o600, 0o640, 0o444])(
    'has the mode %o of the one that it replaces, also behind a link',
    async (mode) => {
      const folder = temporaryFolder();
      const path = join(folder, 'r.json');
      writeFileSync(path, 'earlier');
      chmodSync(path, mode);
      symlinkSync('r.json', join(folder, 'link.json'));
      for (const name of ['r.json', 'link.json']) {
        await writeWholeText(join(folder, name), 'the result', name);
        expect(readFileSync(path, 'utf8')).toBe(name);
        expect(statSync(path).mode & 0o777).toBe(mode);
      }
    },
  );

  it('that is new has the mode that the system gives to new ones', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'plain'), '');
    await writeWholeText(join(folder, 'r.json'), 'the result', 'one');
    expect(statSync(join(folder, 'r.json')).mode).toBe(statSync(join(folder, 'plain')).mode);
  });
});

it('every reason is a sentence of its own', () => {
  const codes = [
    'ENOENT',
    'EACCES',
    'EISDIR',
    'ENOTDIR',
    'EFBIG',
    'ENODEV',
    'ESTALE',
    'ENAMETOOLONG',
  ];
  const reasons = [...codes, 'ELOOP', 'ENFILE', 'EBUSY'].map((code) =>
    systemReason(systemError(code)),
  );
  for (const reason of reasons) expect(reason).not.toContain('in short');
  expect(new Set(reasons).size).toBe(reasons.length);
});
