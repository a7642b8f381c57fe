/** `allocate` from the command line. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allocationLines } from '../../src/cli/allocation-summary.js';
import { coloursOf } from '../../src/cli/colours.js';
import type { AllocationResult } from '../../src/result/schema-allocation.js';
import { endedAfter, folderWithScenario, matedpair, namesIn, start } from './helpers.js';
import { runHere } from './in-process.js';

const SCENARIO = `name: small
matings: 2000
designs: { mpo: { extends: generic-mpo }, mtp: { extends: mtp-standard } }
pairs:
  mpo: { pinned: mpo, unpinned: mpo }
  mtp: { pinned: mtp, unpinned: mtp }
allocation:
  pair: mpo
  tolerances:
    bores: { inputs: [designs.mpo.bores.positionError, designs.mpo.bores.rowBias], from: 0.3, cost: 3 }
    designs.mpo.bores.diametralClearance: { from: 0.3 }
`;
const folderWithAllocation = () => folderWithScenario(SCENARIO);
const allocate = (folder: string, ...more: string[]) =>
  runHere(folder, ['allocate', 'small.yaml', '--workers', '0', ...more]);
const REACHABLE = ['--limit', 'mpo: p97 <= 0.7 dB'];
const OUT_OF_REACH = ['--limit', 'mpo: p97 <= 0.05 dB'];
const widestLine = (text: string) =>
  Math.max(...text.split('\n').map((line) => Array.from(line).length));
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

describe('allocate', () => {
  it('prints a summary of at most 80 columns, writes its file, and exits with 0', async () => {
    const folder = folderWithAllocation();
    const args = ['allocate', 'small.yaml', '--workers', '0', ...REACHABLE];
    const { code, stdout, stderr } = await matedpair(folder, args);
    expect(code).toBe(0);
    expect(widestLine(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^small, pair mpo: tolerances for p97 <= 0.7 dB\n/);
    expect(stdout).toMatch(/\nThe limits are met at a cost of \d+\.\d{3}\.\n/);
    expect(stdout).toMatch(/\nbores +0\.\d{3} +\d\.\d{3} /);
    expect(stdout).toMatch(/\nVerification 1: 8 000 matings with fresh random numbers, /);
    expect(stdout).toMatch(
      /evaluations of 2 000 matings\nResult: results\/small-allocation\.json\n$/,
    );
    expect(stderr).toMatch(/^searching: 0 evaluations\n(.*\n)*verifying after \d+ evaluations\n/);
    const file = JSON.parse(read(folder, 'results/small-allocation.json'));
    expect(file).toMatchObject({ kind: 'allocation', pair: 'mpo', question: 'cheapest' });
    expect(file.cheapest.outcome).toBe('verified');
    // what it found is a scenario
    writeFileSync(join(folder, 'found.json'), JSON.stringify(file.allocated));
    const run = await runHere(folder, ['run', 'found.json', '--seed', 'x', '--trials', '5e4']);
    expect(run.stdout).toMatch(/mpo +p97 <= 0.7 dB +0.6\d+ .* met\n/);
    expect(run.code).toBe(0);
  });

  it('exits with 1 where nothing meets the limits, and says how near it comes', async () => {
    const folder = folderWithAllocation();
    const { code, stdout } = await allocate(folder, ...OUT_OF_REACH, '--json');
    expect(code).toBe(1);
    const { cheapest, before } = JSON.parse(stdout) as AllocationResult;
    expect({ outcome: cheapest?.outcome, before }).toEqual({ outcome: 'infeasible', before: null });
    expect(existsSync(join(folder, 'results'))).toBe(false);
    const text = (await allocate(folder, ...OUT_OF_REACH, '--widest', 'bores')).stdout;
    expect(text).toMatch(/No spread of bores was found that meets the limits; 0.300 times comes/);
    expect(text).toMatch(/In the search it comes to 1\d\.\d{3} of p97 <= 0.05 dB\./);
    expect(widestLine(text)).toBeLessThanOrEqual(80);
  });

  it('exits with 1 where no independent run shows that limits are met', async () => {
    const folder = folderWithAllocation();
    const args = [...REACHABLE, '--verify-trials', '10'];
    const { code, stdout } = await allocate(folder, ...args);
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /The limits are met in the search at a cost of [\d.]+, but no independent run shows it\./,
    );
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /10 matings with fresh random numbers, .*: (not known|missed)\./,
    );
  });

  it('says how wide a tolerance of the scenario may be, or one by its path', async () => {
    const folder = folderWithAllocation();
    const own = await allocate(folder, ...REACHABLE, '--widest', 'bores', '--json');
    expect(own.code).toBe(0);
    const { widest, tolerances } = JSON.parse(own.stdout) as AllocationResult;
    expect(tolerances).toMatchObject([{ name: 'bores', least: 0.3, most: 1 }]);
    expect(widest?.factor).toBeGreaterThan(0.3);
    expect(own.stderr).toContain('bores may spread 0.');
    const path = 'designs.mtp.bores.positionError';
    const limit = ['--limit', 'mtp: p97 <= 0.8 dB'];
    const other = await allocate(folder, '--pair', 'mtp', ...limit, '--widest', path, '--json');
    expect(other.code).toBe(0);
    const found = JSON.parse(other.stdout) as AllocationResult;
    expect(found.tolerances).toMatchObject([{ name: path, least: 0.1, most: 4 }]);
    expect(found.widest?.factor).toBeGreaterThan(1);
    const ranged = [...limit, '--widest', `${path} = 0.5 to 1.2`];
    const slack = await allocate(folder, '--pair', 'mtp', ...ranged);
    expect(slack.stdout.replace(/\s+/g, ' ')).toContain(
      'may spread 1.2000 times as wide, the widest looked at.',
    );
  });

  it('takes --tolerance instead of the section, and the figures of the same seed', async () => {
    const folder = folderWithAllocation();
    const its = ['--tolerance', 'designs.mpo.bores.positionError = 0.2 to 1, cost 2, exponent 2'];
    const [first, second] = await Promise.all(
      ['0', '2'].map((workers) =>
        allocate(folder, ...REACHABLE, ...its, '--json', '--workers', workers),
      ),
    );
    const { host: _1, ...a } = JSON.parse(first!.stdout) as AllocationResult;
    const { host: _2, ...b } = JSON.parse(second!.stdout) as AllocationResult;
    expect(a).toEqual(b);
    expect(a.tolerances).toMatchObject([{ least: 0.2, most: 1, cost: 2, exponent: 2 }]);
  });

  it.each([
    [[], /pair "mpo" has no limits to meet[\s\S]*--limit/],
    [['--pair', 'mp', ...REACHABLE], /--pair: there is no pair "mp"[\s\S]*did you mean "mpo"/],
    [
      [...REACHABLE, '--tolerance', 'designs.mpo.bores.positionEror'],
      /--tolerance designs\.mpo\.bores\.positionEror: no random input[\s\S]*did you mean "bores\.posi/,
    ],
    [
      [...REACHABLE, '--tolerance', 'mating.sideLoad', '--tolerance', 'mating.sideLoad'],
      /an input has two tolerances/,
    ],
    [
      [...REACHABLE, '--widest', 'bores', '--tolerance', 'mating.sideLoad'],
      /'--widest <path>' cannot be used with option '--tolerance <path>'/,
    ],
    [[...REACHABLE, '--widest', 'bore'], /no input of a design or of the mating/],
    [
      [...REACHABLE, '--widest', 'mating.seatCentring'],
      /seatCentring is 1 at most[\s\S]*mating\.seatCentring = 0\.1 to 1\n/,
    ],
    [
      ['--pair', 'mtp', '--limit', 'p97 <= 0.3 dB'],
      /small\.yaml:10:5: tolerance bores: it changes nothing in pair "mtp"/,
    ],
    [[...REACHABLE, '--verify-trials', '0'], /whole number from 1 to 1000000000000/],
    [['--limit', 'mpo: mean >= 0.1 dB'], /cannot aim at this limit/],
  ])('refuses %j with exit code 2 and leaves nothing behind', async (more, message) => {
    const folder = folderWithAllocation();
    const { code, stdout, stderr } = await allocate(folder, ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder)).toEqual(['small.yaml']);
  });

  it('asks for a pair and for tolerances where there are none', async () => {
    const folder = folderWithScenario();
    const pair = await allocate(folder, '--limit', 'p97 <= 0.5 dB');
    expect(pair.stderr).toMatch(/allocate: which pair\?\n +expected: +--pair, elite or mpo\n/);
    const none = await allocate(folder, '--limit', 'p97 <= 0.5 dB', '--pair', 'mpo');
    expect(none.stderr).toMatch(/no section allocation, and there is no --tolerance\n/);
    expect([pair.code, none.code]).toEqual([2, 2]);
  });

  it.each(['0', '2'])(
    'ends at Ctrl-C, --workers %s, and leaves an earlier result',
    async (workers) => {
      const folder = folderWithAllocation();
      await allocate(folder, ...REACHABLE, '--out', 'r.json', '--trials', '100');
      const earlier = read(folder, 'r.json');
      const long = ['--trials', '1e9', '--out', 'r.json', '--workers', workers];
      const { child, saw, finished } = start(folder, [
        'allocate',
        'small.yaml',
        ...REACHABLE,
        ...long,
      ]);
      await saw('searching: 0 evaluations');
      await new Promise((go) => setTimeout(go, 300));
      child.kill('SIGINT');
      const { code, stdout, stderr } = await finished;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(stderr).toMatch(endedAfter('\\d+ evaluations?'));
      expect(read(folder, 'r.json')).toBe(earlier);
      expect(namesIn(folder)).toEqual(['r.json', 'small.yaml']);
    },
  );
});

describe('the summary', () => {
  it('keeps to 80 columns whatever names and costs', async () => {
    const folder = folderWithAllocation();
    const files = await Promise.all(
      [REACHABLE, OUT_OF_REACH, [...REACHABLE, '--widest', 'bores']].map(
        async (more) => (await allocate(folder, ...more, '--json', '--trials', '200')).stdout,
      ),
    );
    for (const text of files) {
      const result = JSON.parse(text) as AllocationResult;
      const name = `designs.${'long'.repeat(24)}.bores.positionError`;
      const { cheapest, widest } = result;
      const long: AllocationResult = {
        ...result,
        pair: 'p'.repeat(100),
        scenario: { name: 'n'.repeat(100) },
        widest: widest && { ...widest, name, monotone: false },
        cheapest: cheapest && {
          ...cheapest,
          tolerances: cheapest.tolerances.map((tolerance, i) => ({
            ...tolerance,
            name: i === 0 ? name : tolerance.name,
            at: 'least and most' as const,
            cost: 123_456.789,
          })),
        },
      };
      const lines = allocationLines(long, coloursOf(process.stdout)).join('\n');
      expect(widestLine(lines)).toBeLessThanOrEqual(80);
      if (cheapest !== null) expect(lines).toMatch(/^…\S*positionError /m);
    }
  });
});
