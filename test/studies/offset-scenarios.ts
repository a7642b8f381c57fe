/**
 * Connectors whose loss is a square of normal offsets, and their Sobol' indices in closed form.
 *
 * Fibre i of a mating loses c·|P + Fᵢ|² (Marcuse 1977, c = 4.343/w²): P is what whole plugs are off, Fᵢ what its own bores
 * are. Factor k adds the variance pₖ to P and fₖ to each Fᵢ, along either axis; p and f are the sums over all factors.
 *
 * A fibre's loss has along an axis the variance 2(p + f)² (times c²), and knowing the factors u leaves 2(p_u + f_u)² of it.
 * The mean of n fibres along an axis is P² + 2P·F̄ + ΣFᵢ²/n, F̄ the mean of the Fᵢ. Its parts are uncorrelated, and what the
 * factors u explain is the variance of P_u² + 2P_u·F̄_u + ΣFᵢ_u²/n:
 *
 *     D(u) = 2p_u² + 4p_u·f_u/n + 2f_u²/n.
 *
 * One fibre is n = 1. Then S = D(k)/D(all) and T = 1 − D(all but k)/D(all) (Sobol' 2001).
 */
import type { DesignInput } from '../../src/scenario/inputs.js';
import type { Contribution, Design, Scenario } from '../../src/scenario/types.js';
import { PERFECT, scenarioFrom } from '../support/scenarios.js';

export const FIBRES = 12;
/** Half the mode-field diameter, µm. */
const SPOT_UM = 4.6;
export const DB_PER_UM2 = 10 / Math.LN10 / SPOT_UM ** 2;

/** Standard deviations of one input along either axis, of a plug, µm. */
interface Sigmas {
  readonly plug: number;
  readonly fibre: number;
}

/** Inputs by their names without the axis. */
type OffsetInputs = Readonly<Record<string, Sigmas>>;

/** Variances that a factor adds along an axis, µm². */
export interface Variances {
  readonly name: string;
  readonly plug: number;
  readonly fibre: number;
}

export interface OffsetCase {
  readonly scenario: Scenario;
  readonly factors: readonly Variances[];
}

const normal = (sigma: number, level: Contribution['level']): Contribution => ({
  ...{ distribution: 'normal', mean: 0, sigma, lower: null, upper: null },
  level,
});

/** A perfect flat design whose cores are off by these. */
function designOf(plain: Design, name: string, inputs: OffsetInputs): Design {
  const contributions = Object.entries(inputs).flatMap(([input, { plug, fibre }]) =>
    ['X', 'Y'].map((axis) => {
      const parts = [normal(plug, 'plug'), normal(fibre, 'fibre')];
      return [`${input}${axis}`, parts.filter((part) => 'sigma' in part && part.sigma > 0)];
    }),
  );
  const all: Record<DesignInput, readonly Contribution[]> = {
    ...plain.inputs,
    ...Object.fromEntries(contributions),
  };
  return { ...plain, name, pinClamp: 'loose', inputs: all };
}

/** How many plugs of a pair have an input: only the pinned one has pins. */
const plugsOf = (input: string): number => (input.startsWith('guidePins') ? 1 : 2);

export function oneDesign(inputs: OffsetInputs, seed: string, matings: number): OffsetCase {
  const scenario = scenarioFrom(PERFECT, seed, matings);
  const plain = scenario.designs['design'] as Design;
  return {
    scenario: { ...scenario, designs: { design: designOf(plain, 'design', inputs) } },
    factors: Object.entries(inputs).map(([name, { plug, fibre }]) => ({
      name,
      plug: plugsOf(name) * plug ** 2,
      fibre: plugsOf(name) * fibre ** 2,
    })),
  };
}

/** The first design pinned, the other one not. */
export function mixedDesigns(
  pinned: OffsetInputs,
  unpinned: OffsetInputs,
  seed: string,
  matings: number,
): OffsetCase {
  const scenario = scenarioFrom(PERFECT, seed, matings);
  const plain = scenario.designs['design'] as Design;
  const ofDesign = (design: string, inputs: OffsetInputs): Variances[] =>
    Object.entries(inputs).map(([input, { plug, fibre }]) => ({
      ...{ name: `${design}: ${input}`, plug: plug ** 2, fibre: fibre ** 2 },
    }));
  return {
    scenario: {
      ...scenario,
      designs: { a: designOf(plain, 'a', pinned), b: designOf(plain, 'b', unpinned) },
      pairs: scenario.pairs.map((pair) => ({ ...pair, pinned: 'a', unpinned: 'b' })),
    },
    factors: [...ofDesign('a', pinned), ...ofDesign('b', unpinned)],
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, x) => all + x, 0);

/** D(u) of the mean of n fibres. */
function explained(factors: readonly Variances[], n: number): number {
  const p = sum(factors.map(({ plug }) => plug));
  const f = sum(factors.map(({ fibre }) => fibre));
  return 2 * p * p + (4 * p * f + 2 * f * f) / n;
}

/** S and T of each factor by its name, for the mean loss of n fibres. */
export function trueIndices(factors: readonly Variances[], n: number) {
  const all = explained(factors, n);
  return new Map(
    factors.map((factor) => {
      const others = factors.filter((one) => one !== factor);
      const first = explained([factor], n) / all;
      return [factor.name, { first, total: 1 - explained(others, n) / all }];
    }),
  );
}

/** Mean loss, dB: c·2(p + f). The loss of a fibre is exponential. */
export function meanDb(factors: readonly Variances[]): number {
  return 2 * DB_PER_UM2 * sum(factors.map(({ plug, fibre }) => plug + fibre));
}
