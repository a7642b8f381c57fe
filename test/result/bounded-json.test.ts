/** JSON with more values than any result has is refused before it is parsed: parsing it would end the process. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseBounded } from '../../src/result/bounded-json.js';

describe('JSON of strangers', () => {
  it('is parsed as JSON is', () => {
    const value = { a: [1, 2, { b: null }], c: 'x,[{' };
    expect(parseBounded(JSON.stringify(value))).toEqual(value);
    expect(() => parseBounded('{')).toThrow(SyntaxError);
  });

  it.each([
    ['values', `[${'0,'.repeat(8_000_001)}0]`],
    ['lists', `[${'[],'.repeat(2_500_000)}[]]`],
    ['objects', `[${'{},'.repeat(2_500_000)}{}]`],
    ['depth', '['.repeat(2_500_001)],
  ])('is refused with too many: %s', (_, text) => {
    expect(() => parseBounded(text)).toThrow(/more than 8000000 values, or 2500000 lists/);
  });

  it('the largest that is taken fits into 640 MB', () => {
    const module = new URL('../../dist/src/result/bounded-json.js', import.meta.url);
    const code = `
      const { parseBounded } = await import(${JSON.stringify(module)});
      const lists = '[0],'.repeat(2_499_998);
      const values = '0.123456789,'.repeat(5_500_000);
      const parsed = parseBounded('[' + lists + '[' + values + '0]]');
      console.log(parsed.length, process.memoryUsage.rss() < 640e6);`;
    const args = ['--input-type=module', '-e', code];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '2499999 true\n', stderr: '' });
  });
});
