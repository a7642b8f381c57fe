/** Every exit code of the documented table occurs, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { folderWithScenario, matedpair, ROOT, start } from './helpers.js';
import { inProcess } from './in-process.js';

const run = (...more: readonly string[]) => {
  const folder = folderWithScenario();
  const args = ['run', join(folder, 'small.yaml'), '--workers', '0', ...more];
  return { folder, args: [...args, '--out', join(folder, 'r.json')] };
};
/** Ends a run that would take hours. */
async function endedBy(signal: NodeJS.Signals): Promise<number | null> {
  const { folder, args } = run('--trials', '1e9');
  const { child, saw, finished } = start(folder, args);
  await saw(' of ');
  child.kill(signal);
  return (await finished).code;
}
const codeOf = async ({ args }: { args: readonly string[] }) => (await inProcess(args)).code;

const CASES: readonly (readonly [number, string, () => Promise<number | null>])[] = [
  [0, 'all is well', () => codeOf(run())],
  [1, 'a limit is missed', () => codeOf(run('--limit', 'p97 <= 0.001 dB'))],
  [2, 'the input is wrong', () => codeOf(run('--set', 'mating.friction=none'))],
  [2, 'the command line is wrong', () => codeOf(run('--trails', '5'))],
  [
    70,
    'the program is',
    async () => {
      const breaking = 'data:text/javascript,JSON.stringify = () => { throw new Error("broken") }';
      const { folder, args } = run();
      return (await matedpair(folder, args, {}, ['--import', breaking])).code;
    },
  ],
  [75, 'a run is out of time', () => codeOf(run('--trials', '1e9', '--max-time', '0.3 s'))],
  [75, 'SIGTERM ends it', () => endedBy('SIGTERM')],
  [130, 'Ctrl-C ends it', () => endedBy('SIGINT')],
];

describe('exit code', () => {
  it.each(CASES)('%d: %s', async (code, _, occur) => {
    expect(await occur()).toBe(code);
  });

  it('none but these', () => {
    const codes = new Set(Object.values(EXIT));
    expect([...codes].sort((a, b) => a - b)).toEqual([0, 1, 2, 70, 75, 130]);
    expect([...new Set(CASES.map(([code]) => code))].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 70, 75, 130,
    ]);
    // a number that is none of the table’s
    const folder = join(ROOT, 'src', 'cli');
    const others = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /exit(Code)?\s*(\(|=)\s*\d|onDone\(\d/.test(readFileSync(join(folder, name), 'utf8')),
      );
    expect(others).toEqual([]);
  });
});
