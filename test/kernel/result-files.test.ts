/** Result files say the same whichever engine computed them and on however many workers, apart from `host`. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/runner.js';
import { formatResult } from '../../src/result/files.js';
import { loadScenario } from '../../src/scenario/index.js';
import type { Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/studies/simulate.js';

function shipped(name: string, matings: number): Scenario {
  const overrides = [{ path: 'matings', value: `${matings}` }];
  return loadScenario(`scenarios/${name}.yaml`, { overrides }).scenario;
}

/** The result file without the host's facts. */
async function fileOf(scenario: Scenario, engine: Engine, workers: number): Promise<string> {
  const result = await simulate(scenario, { engine, workers });
  expect(result.host).toMatchObject({ engine, workers });
  const text = formatResult(result).replace(/,\n {2}"host": \{[^}]*\}/, '');
  expect(text).not.toMatch(new RegExp(`"engine"|: "${engine}"`));
  return text;
}

const compared = shipped('mpo-vs-mtp', 2500);
const { pairs } = shipped('fibre-counts', 1);
const many = { ...shipped('fibre-counts', 700), pairs: pairs.slice(-1), comparisons: [] };

describe.each([
  ['pairs with comparisons', compared],
  ['72 fibres', many],
])('the file of %s', async (_, scenario) => {
  const expected = await fileOf(scenario, 'reference', 0);

  it('holds what it is for', () => {
    const { pairs, comparisons, host } = JSON.parse(expected);
    expect(host).toBeUndefined();
    expect(pairs).toHaveLength(scenario.pairs.length);
    expect(comparisons).toHaveLength(scenario.comparisons.length);
    expect(pairs.at(-1)?.positions).toHaveLength(scenario === many ? 72 : 12);
  });

  it.each<[Engine, number]>([
    ['reference', 2],
    ['kernel', 0],
    ['kernel', 1],
    ['kernel', 2],
    ['kernel', 3],
  ])('is the same by the %s on %i workers', async (engine, workers) => {
    expect(await fileOf(scenario, engine, workers)).toBe(expected);
  });

  it('twin: one mating more makes another', async () => {
    const longer = { ...scenario, matings: scenario.matings + 1 };
    expect(await fileOf(longer, 'kernel', 0)).not.toBe(expected);
  });
});
