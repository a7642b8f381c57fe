/** Multilevel splitting: what its chains compute is what a run computes, and replicates depend on nothing but their number. */
import { describe, expect, it } from 'vitest';
import { createSampler, drawMating, sampleParts } from '../../src/engine/sampler.js';
import { Chain, moveStep } from '../../src/engine/splitting/chain.js';
import { drawOfScore, scoreOfDraw } from '../../src/engine/splitting/normal-draw.js';
import { evaluateMating } from '../../src/model/mating.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { normalQuantile } from '../../src/numerics/normal.js';
import { compilePlan } from '../../src/plan/compile.js';
import type { Plan } from '../../src/plan/types.js';
import { fillDraws, STREAM_FAMILY } from '../../src/random/stream.js';
import { loadScenario } from '../../src/scenario/index.js';
import { Chance } from '../support/chance.js';
import { randomScenario } from '../support/random-plans.js';

const shipped = ['mpo-vs-mtp', 'multimode', 'stress', 'fibre-counts'].flatMap((name) => {
  const { scenario } = loadScenario(`scenarios/${name}.yaml`, {
    overrides: [],
    limits: [],
    allowImplausible: true,
  });
  return [compilePlan(scenario)];
});

/** Share of matings whose loss differs from that of a chain put where they are, by more than 2e-5 of 1 dB and of itself. */
function shareThatDiffers(plan: Plan, matings: number): number {
  const sampler = createSampler(plan);
  const chains = plan.pairs.map((pair) => new Chain(pair));
  let differ = 0;
  for (let mating = 0; mating < matings; mating++) {
    drawMating(plan, sampler, mating);
    for (const [p, chain] of chains.entries()) {
      const pair = plan.pairs[p]!;
      const workspace = createWorkspace(pair.mechanics.fibres);
      evaluateMating(pair.mechanics, sampleParts(pair, sampler.raw, sampler.parts[p]!), workspace);
      const fibre = mating % pair.mechanics.fibres;
      const { positions } = chain.coordinates.fibres[fibre]!;
      chain.go(
        Float64Array.from(positions, (at) => scoreOfDraw(sampler.raw[at]!)),
        0,
        fibre,
      );
      const expected = workspace.results.lossDb[fibre]!;
      if (!(Math.abs(chain.lossDb - expected) <= 2e-5 * (1 + expected))) differ += 1;
    }
  }
  return differ / (matings * plan.pairs.length);
}

describe('scores', () => {
  it('are those of the draws', () => {
    const chance = new Chance(1);
    for (let k = 0; k < 20_000; k++) {
      const x = chance.is(0.3) ? chance.whole(0, 1e5) : chance.whole(0, 0xffffffff);
      for (const draw of [x, 0xffffffff - x]) {
        expect(Math.abs(scoreOfDraw(draw) - normalQuantile((draw + 0.5) / 2 ** 32))).toBeLessThan(
          2e-7,
        );
        const back = drawOfScore(normalQuantile((draw + 0.5) / 2 ** 32));
        expect(Math.abs(back - draw)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('a chain', () => {
  it('has the losses of the matings whose draws it is given', () => {
    for (const plan of shipped) expect(shareThatDiffers(plan, 300)).toBe(0);
  });

  it('also with any law, level and correlation, but where a draw lies on an edge', () => {
    const scenarios = Array.from({ length: 120 }, (_, seed) => randomScenario(seed, 1));
    const plans = scenarios.filter(({ experiment }) => experiment.type !== 'lot').map(compilePlan);
    const shares = plans.map((plan) => shareThatDiffers(plan, 50));
    expect(plans.length).toBeGreaterThan(80);
    expect(shares.reduce((sum, x) => sum + x, 0) / shares.length).toBeLessThan(0.005);
  });

  it('keeps its books: after any moves its loss is that of its state', () => {
    for (const plan of shipped) {
      const pair = plan.pairs[0]!;
      const chain = new Chain(pair);
      const fresh = new Chain(pair);
      const { count } = chain.coordinates;
      const words = new Uint32Array(count + chain.ownWords);
      const step = moveStep(0.4);
      chain.go(new Float64Array(count).fill(0.3), 0, 1);
      const level = chain.lossDb - 0.01;
      let [moved, stayed] = [0, 0];
      const fibres = new Set<number>();
      for (let k = 0; k < 4000; k++) {
        fillDraws(plan.key, k, STREAM_FAMILY.chain, words, 0, words.length);
        const isMoved =
          k % 3 === 0
            ? chain.moveContact(words, 0, step, level)
            : chain.moveOwn(words, 0, step, level);
        if (isMoved) moved += 1;
        else stayed += 1;
        fibres.add(chain.fibre);
        fresh.go(chain.scores, 0, chain.fibre);
        expect(chain.lossDb).toBe(fresh.lossDb);
        expect(chain.lossDb).toBeGreaterThan(level);
      }
      expect(Math.min(moved, stayed)).toBeGreaterThan(20);
      expect(fibres.size).toBe(chain.coordinates.fibres.length);
    }
  });
});
