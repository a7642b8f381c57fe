/** What is measured is the whole model: the shipped scenarios, with every input drawn on its own. */
import { describe, expect, it } from 'vitest';
import {
  FIBRE_COUNTS,
  onePairScenario,
  onePairText,
  peerParameters,
  shippedScenario,
} from '../../bench/scenarios.js';
import { compilePlan } from '../../src/plan/compile.js';
import { parseScenario } from '../../src/scenario/index.js';
import type { Scenario } from '../../src/scenario/types.js';
import { endlessPlan, fibresOf } from '../../src/studies/bench/throughput.js';

/** Normals that a plan draws as one. */
function merged(scenario: Scenario): number {
  return compilePlan(scenario).pairs.flatMap((pair) => pair.merged).length;
}

describe.each(FIBRE_COUNTS)('with %i fibres', (fibres) => {
  it('the shipped scenario has all its pairs', () => {
    const scenario = shippedScenario(fibres);
    const names = ['mpo', 'mtp', 'elite', 'mpo-mtp', 'mpo-elite'];
    expect(scenario.pairs.map(({ name }) => name)).toEqual(names);
    expect(scenario.comparisons).toHaveLength(5);
    expect(fibresOf(endlessPlan(scenario))).toBe(names.length * fibres);
  });

  it.each(['mtp-standard', 'generic-mpo'])('no normals of %s are merged', (design) => {
    expect(merged(shippedScenario(fibres))).toBe(0);
    expect(merged(onePairScenario(design, fibres, 10))).toBe(0);
  });
});

it('merged normals would be seen', () => {
  const text = onePairText('mtp-standard', 12, 10).replace(
    'fibres: {',
    'bores: { positionErrorX: 0 um ± 0.75 um at 3 sigma }, fibres: {',
  );
  expect(merged(parseScenario(text).scenario)).toBeGreaterThan(0);
});

it('the peers have parameters of their own', () => {
  expect(peerParameters('mtp-standard-24')).toMatchObject({ fibres: 24 });
  expect(() => peerParameters('mtp-standard-25')).toThrow(/no case mtp-standard-25/);
});
