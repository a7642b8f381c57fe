/** The command that a page gives must do what the page says: all numbers come out the same. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportPage } from '../../src/report/page.js';
import { reproduction } from '../../src/report/reproduce.js';
import { argument } from '../../src/report/shell.js';
import type { AnyResult } from '../../src/result/read-any.js';
import { type ParseOptions, ScenarioText } from '../../src/scenario/index.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import { parseSweepParameter, type SweepSpec } from '../../src/scenario/read-sweep.js';
import { allocationStudy } from '../../src/studies/allocate/study.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweep } from '../../src/studies/sweep/sweep.js';
import { temporaryFolder } from '../cli/helpers.js';
import { runHere } from '../cli/in-process.js';

const workers = 0;
const WRITTEN = `name: again
designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs:
  "it's $1": { pinned: mtp, unpinned: mtp, limits: [p97 <= 0.6 dB] }
  mpo: { pinned: mpo, unpinned: mpo }
seed: again
matings: 600`;
const PAIR = "it's $1";
const parsed = (text: string, options: ParseOptions = {}) =>
  new ScenarioText(text, options).parse().scenario;
/** Hotter than anything plausible. */
const IMPLAUSIBLE = `${WRITTEN}\nmating: { temperature: 300 degC }`;

/** The arguments that a shell makes of a command. */
function argumentsOf(command: string): string[] {
  const print = 'matedpair() { printf "%s\\0" "$@"; }';
  const { status, stdout } = spawnSync('sh', ['-c', `${print}; ${command}`], { encoding: 'utf8' });
  expect(status, command).toBe(0);
  return stdout.split('\0').slice(0, -1);
}

/** What the given command prints, run where the file stands. */
async function rerun(any: AnyResult): Promise<object> {
  const { file, text, command } = reproduction(any);
  const folder = temporaryFolder();
  writeFileSync(join(folder, file), text);
  expect(command).toMatch(/^matedpair /);
  const { code, stdout } = await runHere(folder, argumentsOf(`${command} --json --workers 0`));
  // 1: a limit was missed
  expect([0, 1], command).toContain(code);
  return JSON.parse(stdout) as object;
}

/** What must be the same: all but the machine. */
function numbers(result: object): object {
  const { $schema, host, contentHash, ...rest } = JSON.parse(JSON.stringify(result)) as Record<
    string,
    unknown
  >;
  return rest;
}

async function swept(
  texts: readonly string[],
  spec: Partial<SweepSpec> = {},
  insist = false,
  written = WRITTEN,
) {
  const limits = ['mpo: p97 <= 1 dB'];
  const overrides = [
    { path: 'matings', value: '200' },
    { path: 'seed', value: '"7"' },
  ];
  const text = new ScenarioText(written, {
    ...{ limits, allowImplausible: insist, file: 'folder/by-file.yaml' },
  });
  const parameters = texts.map(parseSweepParameter);
  const result = await sweep(
    text,
    { design: 'grid', points: null, ...spec, parameters },
    { workers, overrides, limits },
  );
  return { kind: 'sweep' as const, result };
}

describe.skipIf(process.platform === 'win32')('the command on the page gives the result of', () => {
  const same = async (any: AnyResult) =>
    expect(numbers(await rerun(any))).toEqual(numbers(any.result));

  it('a run', async () => {
    await same({ kind: 'run', result: await simulate(parsed(WRITTEN), { workers }) });
  });

  it('a run of implausible values', async () => {
    const scenario = parsed(IMPLAUSIBLE, { allowImplausible: true });
    const any = { kind: 'run' as const, result: await simulate(scenario, { workers }) };
    expect(reproduction(any).command).toMatch(/ --allow-implausible$/);
    await same(any);
  });

  it('sweeps of every design, with what options set and limited', async () => {
    await same(
      await swept([
        'mating.friction=range(0.1, 0.2, 3)',
        'designs.mtp.mounting.type=floating, fixed',
      ]),
    );
    await same(
      await swept(['mating.friction=0.1, 0.2, 0.1', 'mating.sideLoad=0 N, 1 N, 2 N'], {
        design: 'list',
      }),
    );
    const ranges = ['mating.friction=logrange(0.1, 0.2)', 'mating.sideLoad=range(0 N, 2 N)'];
    await same(await swept(ranges, { design: 'sobol', points: 4 }));
    await same(await swept(ranges, { design: 'latin-hypercube', points: 5 }));
    // the name is that of the file
    const unnamed = WRITTEN.replace('name: again\n', '');
    const byFile = await swept(['mating.friction=0.1, 0.2'], {}, false, unnamed);
    expect(reproduction(byFile).file).toBe('by-file.yaml');
    await same(byFile);
    const implausible = await swept(['mating.temperature=20 degC, 300 degC'], {}, true);
    expect(implausible.result.points[1]?.error).toBeNull();
    expect(reproduction(implausible).command).toMatch(/ --allow-implausible$/);
    await same(implausible);
  });

  it('sensitivities, of some pairs, by axes, with another yield', async () => {
    const scenario = parsed(WRITTEN.replace('600', '100'));
    for (const axes of [false, true]) {
      const options = { workers, axes, pairs: [PAIR], yieldAtDb: 0.35 };
      await same({ kind: 'sensitivity', result: await sensitivity(scenario, options) });
    }
  });

  it('allocations, whose tolerances options gave', async () => {
    const tolerances = (paths: readonly string[]) =>
      parseTolerances('--tolerance', paths, ['mtp', 'mpo'], { least: 0.25, most: 2 });
    const scenario = parsed(WRITTEN);
    const path = 'designs.mtp.bores.positionError';
    const study = (question: 'cheapest' | 'widest', paths: readonly string[]) =>
      allocationStudy(scenario, { pair: PAIR, question, tolerances: tolerances(paths), workers });
    await same({ kind: 'allocation', result: await study('widest', [path]) });
    const two = [`${path} = 0.5 to 1.5, cost 2`, 'designs.mtp.endFace.slopeError'];
    await same({ kind: 'allocation', result: await study('cheapest', two) });
  });

  it('rare losses', async () => {
    const result = await exceedance(parsed(WRITTEN), {
      ...{ aboveDb: [0.5, 1], pairs: [PAIR], relativeHalfWidth: 0.3, workers },
      maxReplicates: 30,
    });
    await same({ kind: 'exceedance', result });
    const page = await reportPage([{ kind: 'exceedance', result }]);
    expect(page).toContain('matedpair exceedance scenario.json --above &quot;0.5 dB&quot;');
    // splitting does not use the number of the scenario
    expect(page).not.toMatch(/600 matings/);
  });
});

describe('arguments', () => {
  it.each([
    ['mpo', 'mpo'],
    ['0.5 dB', '"0.5 dB"'],
    ["it's", '"it\'s"'],
    ["it's $1", `'it'\\''s $1'`],
    ['a"b', `'a"b'`],
    ['-x', '"-x"'],
    ['', '""'],
  ])('%s → %s', (text, quoted) => expect(argument(text)).toBe(quoted));
});
