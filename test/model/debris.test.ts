/** Particles between the faces (docs/model.md §10): how often, how large, and what they do to a mating. */
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../src/numerics/normal.js';
import type { Plan } from '../../src/plan/types.js';
import { FALSE_ALARM_RATE, KS_LIMIT, ksStatistic } from '../support/ks.js';
import { eachMating } from '../support/matings.js';
import { type Fields, mate, planFrom } from './plans.js';

function plan(mating: Fields, design = 'mtp-standard', adapter = 'key-up-to-key-down'): Plan {
  return planFrom({
    designs: { a: { extends: design } },
    mating: { adapter, ...mating },
    pairs: { a: { pinned: 'a', unpinned: 'a' } },
    returnLoss: true,
  });
}

/** Gaps that particles make in the first matings; 0 where there is none. */
function debrisGaps(made: Plan, matings: number): Float64Array {
  const gaps = new Float64Array(matings);
  eachMating(made, 0, 0, matings, ({ state }, mating) => {
    gaps[mating] = state.debrisGapUm;
  });
  return gaps;
}

/**
 * n times the relative entropy of a share k/n against p. It exceeds ln(2/rate) at most at this rate, for every n
 * (Chernoff's bound on both tails of the binomial).
 */
function surprise(k: number, n: number, p: number): number {
  const share = k / n;
  const part = (x: number, y: number) => (x === 0 ? 0 : x * Math.log(x / y));
  return n * (part(share, p) + part(1 - share, 1 - p));
}
const MOST_SURPRISE = Math.log(2 / FALSE_ALARM_RATE);

describe('a particle', () => {
  const MATINGS = 40_000;

  it.each([0.002, 0.03, 0.5, 0.98])('is caught with the probability that is given, %f', (p) => {
    const gaps = debrisGaps(plan({ debrisProbability: p }), MATINGS);
    const caught = gaps.reduce((sum, gap) => sum + (gap > 0 ? 1 : 0), 0);
    expect(surprise(caught, MATINGS, p)).toBeLessThan(MOST_SURPRISE);
    // half as often, or twice as often (missed half as often), would show
    expect(surprise(caught, MATINGS, p / 2)).toBeGreaterThan(MOST_SURPRISE);
    const more = p < 0.5 ? 2 * p : 0.5 + p / 2;
    expect(surprise(caught, MATINGS, more)).toBeGreaterThan(MOST_SURPRISE);
  });

  it('is never caught with probability 0, always with 1', () => {
    expect(Math.max(...debrisGaps(plan({ debrisProbability: 0 }), 1000))).toBe(0);
    expect(Math.min(...debrisGaps(plan({ debrisProbability: 1 }), 1000))).toBeGreaterThan(0);
  });

  const law = (sigma: number) => (gap: number) => normalCdf(Math.log(gap) / sigma);
  it.each([1, 0.5])(
    'has by default a lognormal size of median 1 um, also where few are caught: %f',
    (p) => {
      const gaps = debrisGaps(plan({ debrisProbability: p }), MATINGS).filter((gap) => gap > 0);
      expect(ksStatistic(gaps, law(0.5))).toBeLessThan(KS_LIMIT);
      expect(ksStatistic(gaps, law(0.54))).toBeGreaterThan(KS_LIMIT);
      expect(ksStatistic(gaps, (gap) => law(0.5)(gap * 1.03))).toBeGreaterThan(KS_LIMIT);
    },
  );

  it('has another size where one is given', () => {
    const debrisGap = { distribution: 'lognormal', median: '3 um', sigmaLog: 0.2 };
    const gaps = debrisGaps(plan({ debrisProbability: 1, debrisGap }), 5000);
    expect(ksStatistic(gaps, (gap) => law(0.2)(gap / 3))).toBeLessThan(KS_LIMIT);
  });
});

describe('what a particle does', () => {
  const clean = plan({ debrisProbability: 0 });
  const dirty = plan({ debrisProbability: 1 });

  it('keeps every fibre pair further apart by its gap, and changes no other draw', () => {
    for (let mating = 0; mating < 200; mating++) {
      const without = mate(clean, mating);
      const with_ = mate(dirty, mating);
      const gap = with_.state.debrisGapUm;
      expect(gap).toBeGreaterThan(0);
      expect(with_.state.contacts).toBe(0);
      expect(without.state.contacts).toBeGreaterThan(0);
      expect(with_.results.gapUm).toEqual(without.results.gapUm.map((z) => z + gap));
      expect(with_.results.offsetXUm).toEqual(without.results.offsetXUm);
      expect(with_.results.tiltYRad).toEqual(without.results.tiltYRad);
      // The angled face bends the beam by (n − 1)·8° over the gap.
      for (const [i, y] of with_.results.offsetYUm.entries()) {
        const walk = gap * 0.4677 * ((8 * Math.PI) / 180);
        expect(Math.abs(y - (without.results.offsetYUm[i] as number) - walk)).toBeLessThan(1e-12);
      }
    }
  });

  it('leaves the matings without one as they are', () => {
    const sometimes = plan({ debrisProbability: 0.5 });
    let caught = 0;
    for (let mating = 0; mating < 40; mating++) {
      const { state, results } = mate(sometimes, mating);
      if (state.debrisGapUm > 0) caught += 1;
      const same = state.debrisGapUm > 0 ? dirty : clean;
      expect(results).toEqual(mate(same, mating).results);
    }
    expect(caught).toBeGreaterThan(5);
    expect(caught).toBeLessThan(35);
  });

  it('raises the loss of multimode fibres only by what the two faces of a gap reflect', () => {
    const of = (p: number) =>
      mate(plan({ debrisProbability: p, debrisGap: '0.2125 um' }, 'mtp-standard-multimode'));
    const [without, with_] = [of(0).results, of(1).results];
    // A quarter of 850 nm: T = 1/(1 + F), F = 4R/(1 − R)².
    const r = ((1.4677 - 1) / 2.4677) ** 2;
    const most = 10 * Math.log10(1 + (4 * r) / (1 - r) ** 2);
    const inContact = without.gapUm.flatMap((z, i) => (z === 0 ? [i] : []));
    expect(inContact.length).toBeGreaterThan(0);
    for (const i of inContact) {
      const rise = (with_.lossDb[i] as number) - (without.lossDb[i] as number);
      expect(Math.abs(rise - most)).toBeLessThan(1e-12);
    }
  });
});
