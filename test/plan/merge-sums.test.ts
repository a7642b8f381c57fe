/** What is drawn as one sum counts in the model only as that sum: losses do not tell the inputs of a sum apart. */
import { describe, expect, it } from 'vitest';
import { evaluateMating } from '../../src/model/mating.js';
import { fibreOffset, PINNED, plugOffset, UNPINNED } from '../../src/model/parts.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { compilePlan } from '../../src/plan/compile.js';
import { PLACES } from '../../src/plan/positions.js';
import type { PairPlan } from '../../src/plan/types.js';
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { Design, Scenario } from '../../src/scenario/types.js';
import { eachMating } from '../support/matings.js';
import { allNormal, normal, scenarioWith } from '../support/normals.js';

interface Member {
  readonly side: number;
  readonly name: DesignInput;
  readonly level: string;
}

/** Adds to an input: of fibre i and the one that faces it, or of the whole plug. */
function shift(pair: PairPlan, parts: Float64Array, member: Member, i: number, by: number): void {
  const { side, name, level } = member;
  const { group, part } = PLACES[name];
  const { fibres, facing } = pair.mechanics;
  if (group !== 'fibre') {
    for (let unit = 0; unit < (group === 'guide' ? 2 : 1); unit++) {
      parts[plugOffset(side) + part + unit] = (parts[plugOffset(side) + part + unit] ?? 0) + by;
    }
    return;
  }
  const own = side === PINNED ? i : (facing[i] as number);
  for (let fibre = 0; fibre < fibres; fibre++) {
    if (level !== 'plug' && fibre !== own) continue;
    const at = fibreOffset(side, fibre) + part;
    parts[at] = (parts[at] ?? 0) + by;
  }
}

/** Largest difference of two mating's losses, dB. */
function difference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
}

/**
 * How the losses of 30 matings tell two inputs apart: moves one, then the other by as much the same or the opposite way.
 * `apart` is the largest difference in dB by the better of the two signs, `effect` what the move does at all.
 */
function exchange(scenario: Scenario, first: Member, second: Member) {
  const plan = compilePlan(scenario);
  const pair = plan.pairs[0] as PairPlan;
  const workspace = createWorkspace(pair.mechanics.fibres);
  const losses = (parts: Float64Array): Float64Array => {
    evaluateMating(pair.mechanics, parts, workspace);
    return workspace.results.lossDb.slice();
  };
  const step = /tilt|slope/.test(first.name) ? 0.002 : 0.3;
  let [effect, same, opposite] = [0, 0, 0];
  eachMating(plan, 0, 0, 30, ({ results }, mating, parts) => {
    const base = results.lossDb.slice();
    const moved = (member: Member, by: number): Float64Array => {
      const copy = parts.slice();
      shift(pair, copy, member, mating % pair.mechanics.fibres, by);
      return losses(copy);
    };
    const one = moved(first, step);
    effect = Math.max(effect, difference(one, base));
    same = Math.max(same, difference(one, moved(second, step)));
    opposite = Math.max(opposite, difference(one, moved(second, -step)));
  });
  return { apart: Math.min(same, opposite), effect };
}

const ALL = scenarioWith(allNormal(1), 1000);

/** A single row of APC, and two rows of a flat polish in both adapters, of multimode fibres in one. */
const GEOMETRIES: readonly (readonly [string, Scenario])[] = [
  ['12 fibres, APC, key up to key down', ALL],
  ['24 fibres, PC, key up to key up', flat('key-up-to-key-up')],
  ['24 fibres, PC, key up to key down', flat('key-up-to-key-down')],
  ['24 multimode fibres, PC, key up to key down', multimode(flat('key-up-to-key-down'))],
];

function flat(adapter: 'key-up-to-key-up' | 'key-up-to-key-down'): Scenario {
  const designs = Object.entries(ALL.designs).map(([name, design]): [string, Design] => [
    name,
    { ...design, fibreCount: 24, polish: 'PC', endFaceAngleRad: 0 },
  ]);
  const pairs = ALL.pairs.map((pair) => ({ ...pair, mating: { ...pair.mating, adapter } }));
  return { ...ALL, designs: Object.fromEntries(designs), pairs };
}

function multimode(scenario: Scenario): Scenario {
  const core = (value: number) => [{ distribution: 'fixed', value, level: 'fibre' } as const];
  const designs = Object.entries(scenario.designs).map(([name, design]): [string, Design] => {
    const inputs = {
      ...design.inputs,
      'fibres.coreDiameter': core(50),
      'fibres.numericalAperture': core(0.2),
    };
    return [name, { ...design, mode: 'multimode', inputs }];
  });
  const pairs = scenario.pairs.map((pair) => ({
    ...pair,
    mating: { ...pair.mating, wavelengthUm: 0.85 },
  }));
  return { ...scenario, designs: Object.fromEntries(designs), pairs };
}

describe.each(GEOMETRIES)('the losses of a mating, %s,', (_, scenario) => {
  const seats = {
    'guidePins.seatErrorX': [normal(0.3, 'plug')],
    'guidePins.seatErrorY': [normal(0.3, 'plug')],
  };
  const loose: Scenario = {
    ...scenario,
    designs: Object.fromEntries(
      Object.entries(scenario.designs).map(([name, design]): [string, Design] => [
        name,
        { ...design, inputs: { ...design.inputs, ...seats } },
      ]),
    ),
  };
  const [pair] = compilePlan(loose).pairs as [PairPlan];
  const groups = pair.merged.map(({ inputs, level }) =>
    inputs.map((text): Member => {
      const [side, name] = text.split(' ') as [string, DesignInput];
      return { side: side === 'pinned' ? PINNED : UNPINNED, name, level };
    }),
  );

  it('do not tell apart what is drawn as one', () => {
    expect(groups.flat()).toHaveLength(32);
    for (const [first, ...others] of groups as [Member, ...Member[]][]) {
      for (const other of others) {
        const found = exchange(loose, first, other);
        const what = `${first.name} ${first.level}, ${other.name} of plug ${other.side}`;
        expect(found.apart, what).toBeLessThan(1e-9);
        // A height that a whole plug shares is taken up by the approach of the ferrules.
        const isTakenUp = first.name === 'endFace.fibreHeight' && first.level === 'plug';
        if (!isTakenUp) expect(found.effect, what).toBeGreaterThan(1e-3);
      }
    }
  });

  it.each<readonly [string, Member, Member]>([
    [
      'another direction',
      { side: PINNED, name: 'bores.rowBiasX', level: 'plug' },
      { side: UNPINNED, name: 'bores.rowBiasY', level: 'plug' },
    ],
    [
      'another level',
      { side: PINNED, name: 'bores.rowBiasX', level: 'plug' },
      { side: PINNED, name: 'bores.positionErrorX', level: 'fibre' },
    ],
    [
      'another size',
      { side: PINNED, name: 'endFace.slopeErrorX', level: 'plug' },
      { side: PINNED, name: 'bores.tiltX', level: 'plug' },
    ],
  ])('but would tell apart %s', (_name, first, second) => {
    expect(exchange(loose, first, second).apart).toBeGreaterThan(1e-3);
  });
});
