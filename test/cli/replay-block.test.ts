/** `replay --block`: a block of a scenario, and of a result, is the block that the run added up. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { beforeAll, describe, expect, it } from 'vitest';
import { blockLines, type ReplayedBlock, replayBlock } from '../../src/cli/replay-block.js';
import { UserError } from '../../src/errors.js';
import { writeResult } from '../../src/result/files.js';
import type { Result } from '../../src/result/schema.js';
import { loadScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';
import { folderWithScenario } from './helpers.js';

const plain = pc.createColors(false);
const flags = { trials: '3000', seed: 'x', set: ['mating.friction=0.2'] };

let scenarioFile: string;
let resultFile: string;
let result: Result;
beforeAll(async () => {
  const folder = folderWithScenario();
  scenarioFile = join(folder, 'small.yaml');
  resultFile = join(folder, 'r.json');
  const overrides = [
    { path: 'matings', value: '3000' },
    { path: 'seed', value: 'x' },
    { path: 'mating.friction', value: '0.2' },
  ];
  result = await simulate(loadScenario(scenarioFile, { overrides }).scenario, { workers: 0 });
  await writeResult(result, resultFile);
});

describe('the blocks of a run', () => {
  it.each(['kernel', 'reference'] as const)('come to its means, by the %s', async (engine) => {
    const blocks: ReplayedBlock[] = [];
    for (let block = 0; block < 64; block++)
      blocks.push(await replayBlock(scenarioFile, block, engine, flags));
    let next = 0;
    for (const [b, { block, firstMating, matings, ...rest }] of blocks.entries()) {
      expect(rest).toMatchObject({ blocks: 64, engine });
      expect({ block, firstMating }).toEqual({ block: b, firstMating: next });
      next += matings;
    }
    expect(next).toBe(3000);
    result.pairs.forEach(({ name, il, maxDb }, p) => {
      const losses = blocks.map((block) => block.losses[p]!);
      expect(new Set(losses.map((loss) => loss.name))).toEqual(new Set([name]));
      const sum = losses.reduce((all, { meanDb }, b) => all + meanDb * blocks[b]!.matings, 0);
      // Sums of 64 terms near 1 dB, in double precision.
      expect(Math.abs(sum / 3000 - il.mean.value)).toBeLessThan(1e-13);
      expect(Math.max(...losses.map((loss) => loss.maxDb))).toBe(maxDb);
    });
  });

  it('are the same of its result, unless other values are set', async () => {
    const { seconds: _, ...ofScenario } = await replayBlock(scenarioFile, 7, 'kernel', flags);
    const { seconds: __, ...ofResult } = await replayBlock(resultFile, 7, 'kernel', {});
    expect(ofResult).toEqual(ofScenario);
    const other = await replayBlock(resultFile, 7, 'kernel', { seed: 'y' });
    expect(other.losses).not.toEqual(ofScenario.losses);
  });

  it('are told in lines of at most 80 columns', async () => {
    const lines = blockLines(await replayBlock(scenarioFile, 7, 'kernel', flags), plain);
    expect(lines[0]).toMatch(/^Block 7 of 64: 47 matings from 329 on, by the kernel in 0\.\d+ s$/);
    expect(lines.join('\n')).toMatch(/^elite +0\.\d{6} +0\.\d{6}\nmpo +0\.\d{6} +\d\.\d{6}$/m);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});

it('steps and channels have their names', async () => {
  const of = async (name: string) =>
    (await replayBlock(`scenarios/${name}.yaml`, 0, 'kernel', { trials: '64' })).losses.map(
      (loss) => loss.name,
    );
  expect((await of('stress')).filter((name) => /^\w[\w-]*, \w/.test(name)).length).toBeGreaterThan(
    2,
  );
  expect(await of('link-dr4')).toHaveLength(6);
});

it('a lot is computed by the reference', async () => {
  expect(await replayBlock('scenarios/lot.yaml', 0, 'kernel', {})).toMatchObject({
    engine: 'reference',
  });
});

describe('a block that is not there', () => {
  it.each([
    ['64', { expected: 'a number from 0 to 63', found: '--block 64' }],
    ['4e9', { expected: 'a number from 0 to 63' }],
  ])('is refused: %s', async (block, problem) => {
    const replaying = replayBlock(scenarioFile, Number(block), 'kernel', flags);
    await expect(replaying).rejects.toThrow(UserError);
    await expect(replaying).rejects.toMatchObject({ problems: [problem] });
  });

  it('is told as any mistake in a scenario or a result', async () => {
    const bad = join(folderWithScenario('name: [1'), 'small.yaml');
    await expect(replayBlock(bad, 0, 'kernel', {})).rejects.toThrow(
      /small\.yaml:1:.*not valid YAML/,
    );
    writeFileSync(bad, '{ "kind": "sweep" }');
    await expect(replayBlock(bad, 0, 'kernel', {})).rejects.toThrow(/not the result of a run/);
    await expect(replayBlock('none.yaml', 0, 'kernel', {})).rejects.toThrow(
      /none\.yaml: the scenario/,
    );
  });
});
