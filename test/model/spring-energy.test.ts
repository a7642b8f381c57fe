/** The equilibrium under springs off the middle minimises the energy of model §5 less the springs' work. */
import { describe, expect, it } from 'vitest';
import { MATING, PINNED, PLUG, plugOffset, UNPINNED } from '../../src/model/parts.js';
import type { PairPlan, Plan } from '../../src/plan/types.js';
import { ADAPTERS } from '../../src/scenario/layout.js';
import { mate, pairOf, perfectPlug, planFrom, type Sections, STILL } from './plans.js';

/** Stiffness of a floating mounting, N·µm/rad. */
const FLOATING = 2e5;

/** What the equilibrium must minimise: model §5, with the spring's work where it presses. */
interface Problem {
  readonly fibres: { readonly x: number; readonly y: number; readonly gap: number }[];
  readonly k: number;
  readonly pins: number;
  readonly mounting: number;
  readonly free: readonly [number, number];
  readonly rest: readonly [number, number];
  readonly force: number;
  readonly spring: readonly [number, number];
}

const beyond = (tilt: number, free: number) => Math.sign(tilt) * Math.max(0, Math.abs(tilt) - free);

function energy(p: Problem, d: number, a: number, b: number): number {
  const pressed = p.fibres.reduce(
    (sum, { x, y, gap }) => sum + Math.max(0, d + a * x + b * y - gap) ** 2,
    0,
  );
  const bent = beyond(a, p.free[0]) ** 2 + beyond(b, p.free[1]) ** 2;
  const leant = (a - p.rest[0]) ** 2 + (b - p.rest[1]) ** 2;
  const work = p.force * (d + a * p.spring[0] + b * p.spring[1]);
  return 0.5 * (p.k * pressed + p.pins * bent + p.mounting * leant) - work;
}

/** Where a rising function passes 0. */
function bisect(f: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (from + to);
    if (middle === from || middle === to) break;
    if (f(middle) > 0) to = middle;
    else from = middle;
  }
  return 0.5 * (from + to);
}

/**
 * Minimum of a convex energy by nested bisection of its slopes: for each tilt the best approach, for each b the best a.
 * Knows nothing of sets of pressing pairs.
 */
function minimise(p: Problem): readonly [number, number, number] {
  const pressure = (a: number, b: number, d: number) =>
    p.fibres.map(({ x, y, gap }) => p.k * Math.max(0, d + a * x + b * y - gap));
  const bestD = (a: number, b: number) => {
    const touch = Math.min(...p.fibres.map(({ x, y, gap }) => gap - a * x - b * y));
    const sum = (d: number) => pressure(a, b, d).reduce((s, f) => s + f, 0) - p.force;
    return bisect(sum, touch, touch + p.force / p.k);
  };
  const slopeA = (a: number, b: number) => {
    const f = pressure(a, b, bestD(a, b));
    const contact = p.fibres.reduce((s, { x }, i) => s + (f[i] as number) * x, 0);
    const elastic = p.pins * beyond(a, p.free[0]) + p.mounting * (a - p.rest[0]);
    return contact + elastic - p.force * p.spring[0];
  };
  const bestA = (b: number) => bisect((a) => slopeA(a, b), -0.05, 0.05);
  const slopeB = (b: number) => {
    const a = bestA(b);
    const f = pressure(a, b, bestD(a, b));
    const contact = p.fibres.reduce((s, { y }, i) => s + (f[i] as number) * y, 0);
    const elastic = p.pins * beyond(b, p.free[1]) + p.mounting * (b - p.rest[1]);
    return contact + elastic - p.force * p.spring[1];
  };
  const b = bisect(slopeB, -0.05, 0.05);
  const a = bestA(b);
  return [bestD(a, b), a, b];
}

describe('the equilibrium under an off-centre spring', () => {
  /** Uneven faces with play, for 12 or 24 fibres. */
  const plan = (count: number, adapter: string): Plan => {
    const uneven = (x: string, y: string): Sections =>
      perfectPlug({
        fibres: { count },
        guideHoles: { diameter: '700.6 um' },
        endFace: {
          fibreHeight: '0 um ± 0.6 um at 3 sigma, truncated',
          slopeErrorX: '0 deg ± 0.1 deg at 3 sigma, truncated',
          slopeErrorY: '0 deg ± 0.1 deg at 3 sigma, truncated',
        },
        spring: { force: '3 N ± 2 N uniform', offsetX: x, offsetY: y },
      });
    const rest = '0 deg ± 0.09 deg at 3 sigma, truncated';
    return planFrom(
      pairOf(uneven('300 um ± 200 um uniform', '-150 um'), uneven('-80 um', '120 um'), {
        ...STILL,
        adapter,
        restTiltX: rest,
        restTiltY: rest,
      }),
    );
  };

  it.each([12, 24].flatMap((n) => ADAPTERS.map((adapter) => [n, adapter] as const)))(
    'of %i fibres in %s is that of E with −F·(d + a·x + b·y)',
    (count, adapter) => {
      const made = plan(count, adapter);
      const { mechanics } = made.pairs[0] as PairPlan;
      let apart = 0;
      for (let mating = 0; mating < 5; mating++) {
        const { parts, load, freeGapUm, state, results } = mate(made, mating);
        const offset = (name: 'springOffsetXUm' | 'springOffsetYUm', sign: number) =>
          0.5 *
          ((parts[plugOffset(PINNED) + PLUG[name]] as number) +
            sign * (parts[plugOffset(UNPINNED) + PLUG[name]] as number));
        const problem: Problem = {
          fibres: freeGapUm.map((gap, i) => ({
            x: mechanics.xUm[i] as number,
            y: mechanics.yUm[i] as number,
            gap,
          })),
          k: 1,
          pins: 2e7,
          mounting: FLOATING,
          free: [load.freeTiltXRad, load.freeTiltYRad],
          rest: [parts[MATING.restTiltXRad] as number, parts[MATING.restTiltYRad] as number],
          force: state.springForceN,
          spring: [
            offset('springOffsetXUm', adapter === 'key-up-to-key-down' ? 1 : -1),
            offset('springOffsetYUm', adapter === 'key-up-to-key-down' ? -1 : 1),
          ],
        };
        const [d, a, b] = minimise(problem);
        expect(Math.abs(state.tiltXRad - a)).toBeLessThan(1e-11);
        expect(Math.abs(state.tiltYRad - b)).toBeLessThan(1e-11);
        for (const [i, { x, y, gap }] of problem.fibres.entries()) {
          const left = Math.max(0, gap - d - a * x - b * y);
          expect(Math.abs((results.gapUm[i] as number) - left)).toBeLessThan(1e-7);
          if (left > 0) apart += 1;
        }
        const least = energy(problem, d, a, b);
        for (const [dd, da, db] of [
          [1e-3, 0, 0],
          [0, 1e-6, 0],
          [0, 0, 1e-6],
          [1e-3, 1e-6, -1e-6],
        ] as const) {
          expect(energy(problem, d + dd, a + da, b + db)).toBeGreaterThan(least);
          expect(energy(problem, d - dd, a - da, b - db)).toBeGreaterThan(least);
        }
      }
      // some fibres press, some do not
      expect(apart).toBeGreaterThan(0.1 * 5 * count);
      expect(apart).toBeLessThan(0.9 * 5 * count);
    },
  );
});
