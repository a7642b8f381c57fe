/**
 * Results and measured plugs that were cut off or whose bits have flipped: one error, never a trace of the program's own. In a
 * file without a hash a digit that has become another one cannot be noticed: then a command answers for what the file says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.js';
import { UserError } from '../../src/errors.js';
import { writeResult } from '../../src/result/files.js';
import { openScenario } from '../../src/scenario/index.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { predictScenario } from '../../src/studies/predict.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweep } from '../../src/studies/sweep/sweep.js';
import { Chance } from '../support/chance.js';
import { withoutHash, withoutHost } from '../support/result-text.js';
import { folderWithScenario, temporaryFolder } from './helpers.js';

const KINDS = ['cut', 'bit', 'bits', 'zeros', 'letter', 'number'] as const;
const LETTERS = '0123456789-.eE[]{}",:ntf \n\0';
const NUMBERS = ['0', '-1', '1e9', '1e300', '-1e300', '4503599627370497', '0.5', '1e999'];

/** A file as a failing disk, or a hand, leaves it. */
function damaged(text: string, kind: (typeof KINDS)[number], chance: Chance): Buffer {
  const octets = Buffer.from(text);
  const at = chance.whole(0, octets.length - 1);
  if (kind === 'cut') return octets.subarray(0, at);
  if (kind === 'zeros') return octets.fill(0, at);
  if (kind === 'letter') octets[at] = LETTERS.charCodeAt(chance.whole(0, LETTERS.length - 1));
  if (kind === 'number') {
    const found = Array.from(text.matchAll(/(?<=[\s:[,])-?\d[\d.e-]*(?=[\s,\]}])/g));
    const match = found[chance.whole(0, found.length - 1)];
    if (match === undefined) return octets;
    const other = NUMBERS[chance.whole(0, NUMBERS.length - 1)];
    const after = text.slice(match.index + match[0].length);
    return Buffer.from(text.slice(0, match.index) + other + after);
  }
  for (let flips = kind === 'bit' ? 1 : kind === 'bits' ? 20 : 0; flips > 0; flips--)
    octets[chance.whole(0, octets.length - 1)]! ^= 1 << chance.whole(0, 7);
  return octets;
}

/** Runs a command in this process. */
async function command(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const take = (text: string | Uint8Array): boolean => {
    said += text;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  const code = await runProgram(['node', 'matedpair', ...args]);
  vi.restoreAllMocks();
  return { code, said };
}

afterEach(() => {
  vi.restoreAllMocks();
});

let folder: string;
beforeAll(async () => {
  folder = folderWithScenario();
  const text = openScenario(join(folder, 'small.yaml'));
  const parameters = [parseSweepParameter('mating.friction=0.1, 0.2')];
  await writeResult(await simulate(text.parse().scenario, { workers: 0 }), join(folder, 'r.json'));
  const swept = await sweep(text, { design: 'grid', points: null, parameters }, { workers: 0 });
  await writeResult(swept, join(folder, 's.json'));
});

const textOf = (name: string): string => withoutHash(readFileSync(join(folder, name), 'utf8'));

describe('a damaged result', () => {
  it.each(KINDS)('is refused with one error, by its hash: %s', async (kind) => {
    const chance = new Chance(KINDS.length + KINDS.indexOf(kind));
    const path = join(folder, `hash-${kind}.json`);
    const text = readFileSync(join(folder, 'r.json'), 'utf8');
    let read = 0;
    for (let i = 0; i < 24; i++) {
      const octets = damaged(text, kind, chance);
      writeFileSync(path, octets);
      const { code, said } = await command('compare', path, join(folder, 'r.json'));
      if (code === 2) expect(said.match(/error:/g)).toHaveLength(1);
      else {
        // unchanged, but for its machine
        expect(code).toBe(0);
        expect(withoutHost(octets.toString())).toBe(withoutHost(text));
        read += 1;
      }
    }
    expect(read).toBeLessThan(12);
  });

  it.each(KINDS)(
    'without a hash is refused with one error, or read as it stands: %s',
    async (kind) => {
      const chance = new Chance(KINDS.indexOf(kind));
      const path = join(folder, `${kind}.json`);
      const refused = { run: 0, sweep: 0 };
      const attempt = async (of: 'run' | 'sweep', ...args: string[]) => {
        const { code, said } = await command(...args);
        if (code === 0) return;
        // comparing, 1 says that both differ
        expect(args[0] === 'compare' ? [1, 2] : [2]).toContain(code);
        if (code === 2) refused[of] += 1;
        if (code === 2) expect(said.match(/error:/g)).toHaveLength(1);
      };
      for (let i = 0; i < 12; i++) {
        writeFileSync(path, damaged(textOf('r.json'), kind, chance));
        await attempt('run', 'replay', path);
        await attempt('run', 'replay', path, '--block', '0');
        await attempt('run', 'compare', path, join(folder, 'r.json'));
        if (i === 0) await attempt('run', 'report', path, '-o', join(folder, `${kind}.html`));
        writeFileSync(path, damaged(textOf('s.json'), kind, chance));
        if (i === 1) await attempt('sweep', 'report', path, '-o', join(folder, `${kind}.html`));
      }
      // What is cut off, or has many bits flipped, is never taken for whole.
      if (kind === 'cut' || kind === 'zeros' || kind === 'bits')
        expect(refused).toEqual({ run: 37, sweep: 1 });
    },
  );
});

it('damaged measurements of plugs are refused, or read as they stand', () => {
  const rows = (plug: string, ends: string) =>
    Array.from({ length: 12 }, (_, i) => `${plug},${i + 1},0.${i},-0.${i},${ends}\n`).join('');
  const head =
    'plug,fibre,coreErrorX [um],coreErrorY [um],pin1Diameter [um],pin2Diameter [um],hole1Diameter [um],hole2Diameter [um]\n';
  const whole = `${head}${rows('A', '700,700,,')}${rows('B', ',,700,700')}`;
  const path = join(temporaryFolder(), 'plugs.csv');
  const predict = () => predictScenario(path, { design: 'mtp-standard', matings: 10, seed: '1' });
  writeFileSync(path, whole);
  expect(predict).not.toThrow();
  const chance = new Chance(7);
  let refused = 0;
  for (let i = 0; i < 180; i++) {
    const kind = KINDS[i % KINDS.length]!;
    writeFileSync(path, damaged(whole, kind, chance));
    try {
      predict();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(90);
});
