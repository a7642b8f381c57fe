/** What reaches a terminal, and which names files are given: nothing that a hostile name could use. */
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/cli/output.js';
import { defaultOutput } from '../../src/cli/output-file.js';
import { seconds } from '../../src/cli/run-and-report.js';
import { matingCount } from '../../src/cli/scenario-options.js';
import { cpuMs } from '../support/cpu-time.js';
import { matedpair, temporaryFolder } from './helpers.js';

describe('printable text', () => {
  it.each([
    ['a\u001b[2Jb', 'a<U+1B>[2Jb'],
    ['\u009b31m\u0007\r', '<U+9B>31m<U+7><U+D>'],
    ['\u001b]0;title\u0007', '<U+1B>]0;title<U+7>'],
    ['\u001b[8mhidden', '<U+1B>[8mhidden'],
    ['tab\tand\nline, é 👍', 'tab\tand\nline, é 👍'],
  ])('%j', (text, shown) => {
    expect(printable(text, false)).toBe(shown);
    expect(printable(text, true)).toBe(shown);
  });

  it('has the colours and the bars of this program on a terminal alone', () => {
    const text = '\r\u001b[K\u001b[1mbold\u001b[22m';
    expect(printable(text, true)).toBe(text);
    expect(printable(text, false)).toBe('<U+D><U+1B>[K<U+1B>[1mbold<U+1B>[22m');
  });

  it('is all that comes of names in arguments', async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await matedpair(folder, ['validate', 'a\u001b[31mb\u009b.yaml']);
    expect(code).toBe(2);
    expect(stderr).toBe('error: a<U+1B>[31mb<U+9B>.yaml: the scenario file does not exist\n');
    const option = await matedpair(folder, ['run', '--\u001b[2J']);
    expect(option.stderr).toContain("error: unknown option '--<U+1B>[2J'");
  });
});

describe('the name of a result', () => {
  it.each([
    ['MPO versus MTP', 'results/MPO-versus-MTP.json'],
    ['../../etc/passwd', 'results/etc-passwd.json'],
    ['CON', 'results/_CON.json'],
    ['nul.x', 'results/_nul.x.json'],
    ['com1', 'results/_com1.json'],
    ['console', 'results/console.json'],
    ['e\u0301', 'results/é.json'],
    ['...', 'results/result.json'],
    ['\u202etxt', 'results/txt.json'],
  ])('of %j is safe', (name, path) => expect(defaultOutput(name, 'run')).toBe(path));

  it('leaves room for what is kept beside it, whatever its letters', () => {
    for (const letter of ['x', 'é', '漢', '𐐀']) {
      const path = defaultOutput(letter.repeat(100), 'sensitivity');
      expect(Buffer.byteLength(`${path.slice('results/'.length)}.partial`)).toBeLessThanOrEqual(
        255,
      );
    }
  });
});

describe('numbers in options', () => {
  it('of digits without end are told to be none at once', () => {
    expect(cpuMs(() => expect(() => seconds(`${'1'.repeat(120_000)}x`)).toThrow())).toBeLessThan(
      2000,
    );
  });

  it('of matings are at most as many as a scenario may have', () => {
    expect(matingCount('1e12')).toBe('1e12');
    expect(() => matingCount('1.0000001e12')).toThrow(/from 1 to 1000000000000/);
    expect(() => matingCount('1e300')).toThrow(/from 1 to 1000000000000/);
  });
});
