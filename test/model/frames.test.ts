/** Frames, keys and signs (docs/model.md §1, §5, §6), shown on perfect plugs with one known error. */
import { describe, expect, it } from 'vitest';
import { evaluateMating } from '../../src/model/mating.js';
import { PINNED, PLUG, plugOffset } from '../../src/model/parts.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import type { DesignInput } from '../../src/scenario/inputs.js';
import {
  type Adapter,
  FIBRE_COUNTS,
  facingFibres,
  ferruleLayout,
} from '../../src/scenario/layout.js';
import type { Design, Scenario } from '../../src/scenario/types.js';
import { eachMating } from '../support/matings.js';
import { PERFECT, scenarioFrom } from '../support/scenarios.js';

type Errors = Partial<Record<DesignInput, number>>;

/** One mating of two plugs that have these fixed errors. */
function mate(adapter: Adapter, pinned: Errors, unpinned: Errors = pinned, parameters = PERFECT) {
  const scenario = scenarioFrom(parameters, '1', 1);
  const perfect = scenario.designs['design'] as Design;
  const design = (errors: Errors): Design => ({
    ...perfect,
    inputs: {
      ...perfect.inputs,
      ...Object.fromEntries(
        Object.entries(errors).map(([name, value]) => [
          name,
          [{ distribution: 'fixed', value, level: 'plug' }],
        ]),
      ),
    },
  });
  const pair = scenario.pairs[0] as Scenario['pairs'][number];
  const plan = compilePlan({
    ...scenario,
    designs: { male: design(pinned), female: design(unpinned) },
    pairs: [{ ...pair, pinned: 'male', unpinned: 'female', mating: { ...pair.mating, adapter } }],
  });
  let out:
    | {
        dx: number[];
        dy: number[];
        gap: number[];
        angleX: number[];
        angleY: number[];
        loss: number[];
      }
    | undefined;
  eachMating(plan, 0, 0, 1, ({ results }) => {
    out = {
      dx: Array.from(results.offsetXUm),
      dy: Array.from(results.offsetYUm),
      gap: Array.from(results.gapUm),
      angleX: Array.from(results.tiltXRad),
      angleY: Array.from(results.tiltYRad),
      loss: Array.from(results.lossDb),
    };
  });
  if (out === undefined) throw new Error('no mating');
  return out;
}

const DOWN = 'key-up-to-key-down';
const UP = 'key-up-to-key-up';

describe('perfect plugs', () => {
  it.each(FIBRE_COUNTS)('with %i fibres have exactly no loss', (fibres) => {
    for (const adapter of [DOWN, UP] as const) {
      expect(mate(adapter, {}, {}, { ...PERFECT, fibres }).loss.every((loss) => loss === 0)).toBe(
        true,
      );
    }
  });
});

describe('a bias that both plugs share', () => {
  it('along y adds up in key-up to key-down and cancels in key-up to key-up', () => {
    expect(mate(DOWN, { 'bores.rowBiasY': 0.3 }).dy[0]).toBeCloseTo(-0.6, 12);
    expect(mate(UP, { 'bores.rowBiasY': 0.3 }).dy[0]).toBeCloseTo(0, 12);
  });

  it('along x does the reverse', () => {
    expect(mate(DOWN, { 'bores.rowBiasX': 0.3 }).dx[0]).toBeCloseTo(0, 12);
    expect(mate(UP, { 'bores.rowBiasX': 0.3 }).dx[0]).toBeCloseTo(-0.6, 12);
  });
});

describe('a slope error that both end faces share', () => {
  // Two wedges of 0.2 mrad each leave 0.4 mrad · 1375 µm = 0.55 µm at the outer fibres less what the parts give way.
  const SLOPE = 2e-4;

  it('along x makes a wedge in key-up to key-down and lies flush in key-up to key-up', () => {
    expect(Math.max(...mate(UP, { 'endFace.slopeErrorX': SLOPE }).loss)).toBe(0);
    const wedge = mate(DOWN, { 'endFace.slopeErrorX': SLOPE });
    expect(Math.max(...wedge.loss)).toBeGreaterThan(0);
    // The free gap narrows towards +x, by both slopes: the receiver's angle is a + (n−1)·ψ.
    expect(wedge.angleX[0]).toBeLessThan(0);
  });

  it('along y, as of two APC faces of the same wrong angle, does the reverse', () => {
    const wedge = (adapter: Adapter) =>
      mate(adapter, { 'endFace.slopeErrorY': SLOPE }, undefined, { ...PERFECT, fibres: 24 });
    expect(Math.max(...wedge(DOWN).loss)).toBe(0);
    expect(Math.max(...wedge(UP).loss)).toBeGreaterThan(0);
  });

  it('bores that lean alike are parallel or crossed in the same way', () => {
    expect(mate(DOWN, { 'bores.tiltY': 1e-3 }).angleY[0]).toBeCloseTo(0, 15);
    expect(mate(UP, { 'bores.tiltY': 1e-3 }).angleY[0]).toBeCloseTo(-2e-3 * 1.4677, 12);
    expect(mate(DOWN, { 'bores.tiltX': 1e-3 }).angleX[0]).toBeCloseTo(-2e-3 * 1.4677, 12);
    expect(mate(UP, { 'bores.tiltX': 1e-3 }).angleX[0]).toBeCloseTo(0, 15);
  });
});

describe('pins off their seats', () => {
  it('shift the unpinned plug by their mean', () => {
    const { dx, dy } = mate(DOWN, { 'guidePins.seatErrorX': 0.4, 'guidePins.seatErrorY': 0.3 }, {});
    for (const x of dx) expect(x).toBeCloseTo(0.4, 12);
    for (const y of dy) expect(y).toBeCloseTo(0.3, 12);
  });

  it('turn it by their difference along y and change the pins’ pitch by that along x', () => {
    const plan = compilePlan(scenarioFrom(PERFECT, '1', 1));
    const { mechanics, fixedParts } = plan.pairs[0] as Plan['pairs'][number];
    const parts = Float64Array.from(fixedParts);
    const pins = plugOffset(PINNED);
    parts[pins + PLUG.seatErrorX1Um] = -0.2;
    parts[pins + PLUG.seatErrorX2Um] = 0.4;
    parts[pins + PLUG.seatErrorY1Um] = -0.1;
    parts[pins + PLUG.seatErrorY2Um] = 0.5;
    const { state, results } = createWorkspace(12);
    evaluateMating(mechanics, parts, { ...createWorkspace(12), state, results });
    expect(state.halfPitchMismatchUm).toBeCloseTo(0.3, 12);
    expect(state.offsetTurnRad).toBeCloseTo(0.6 / 4600, 15);
    // A point at the pins' own height moves with the pin on its side: ±2300 µm · 0.6/4600 about the mean of 0.2 µm.
    expect(results.offsetYUm[0]).toBeCloseTo(0.2 - (0.6 / 4600) * 1375, 12);
    expect(results.offsetXUm[0]).toBeCloseTo(0.1, 12);
  });
});

describe('the angled face', () => {
  it('pushes the unpinned plug towards +y by F·tan φ less friction', () => {
    const apc = { ...PERFECT, apc: 8 };
    const force = 10 * (Math.tan((8 * Math.PI) / 180) - 0.12);
    expect(mate(DOWN, {}, {}, apc).dy[0]).toBeCloseTo(force / 14, 9);
  });
});

describe('facing fibres', () => {
  const facing = (fibres: 12 | 24, adapter: Adapter) =>
    Array.from(facingFibres(ferruleLayout(fibres), adapter), (i) => i + 1);

  it('key-up to key-down: i faces i in one row, 1 faces 13 in two', () => {
    expect(facing(12, DOWN)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(facing(24, DOWN).slice(0, 2)).toEqual([13, 14]);
    expect(facing(24, DOWN)[12]).toBe(1);
  });

  it('key-up to key-up: 1 faces 12 of the same row', () => {
    expect(facing(12, UP)[0]).toBe(12);
    expect(facing(24, UP)[0]).toBe(12);
    expect(facing(24, UP)[12]).toBe(24);
  });
});

describe('layouts', () => {
  it.each(FIBRE_COUNTS)('%i fibres are centred and numbered from the key side', (fibres) => {
    const { xUm, yUm, rows } = ferruleLayout(fibres);
    expect(xUm.reduce((sum, x) => sum + x, 0)).toBe(0);
    expect(yUm.reduce((sum, y) => sum + y, 0)).toBe(0);
    expect(yUm[0]).toBe(Math.max(...yUm));
    expect(xUm[0]).toBe(Math.min(...xUm));
    expect(new Set(Array.from(xUm, (x, i) => `${x} ${yUm[i]}`)).size).toBe(fibres);
    if (rows === 2) expect(yUm[0]).toBe(250);
  });
});
