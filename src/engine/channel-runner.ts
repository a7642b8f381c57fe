/** Channels, computed by the reference: connectors are evaluated one by one, lanes followed through them. */
import { cutOf } from '../model/losses.js';
import { evaluateMating } from '../model/mating.js';
import { passConnector } from '../model/transfer-table.js';
import { createWorkspace, type Workspace } from '../model/workspace.js';
import { DB_PER_NEPER, log } from '../numerics/elementary.js';
import type { ChannelPlan, Plan } from '../plan/types.js';
import { type ChannelData, ChannelTally } from '../statistics/channel.js';
import { createSampler, drawMating, type Sampler, sampleParts } from './sampler.js';

/** Runs the channels of a plan through the matings start … end − 1. */
export function runChannels(plan: Plan, start: number, end: number): ChannelData[] {
  return plan.channels.map((channel) => {
    const { budgetDb, connectorBudgetDb, lanes, spansDb } = channel;
    const tally = new ChannelTally(lanes, budgetDb - spansDb, connectorBudgetDb);
    const runner = new ChannelRunner(plan, channel);
    for (let mating = start; mating < end; mating++) {
      tally.add(runner.lossesDb(mating));
    }
    return tally.data();
  });
}

/** One channel. */
export class ChannelRunner {
  readonly #source: Pick<Plan, 'key' | 'raw' | 'pairs'>;
  readonly #channel: ChannelPlan;
  readonly #sampler: Sampler;
  readonly #workspaces: readonly Workspace[];
  readonly #parts: Float64Array[] = [];
  readonly #losses: Float64Array;
  readonly #light: Float64Array;
  readonly #passed: Float64Array;
  readonly #matrix: Float64Array;

  constructor(plan: Plan, channel: ChannelPlan) {
    this.#source = { key: plan.key, raw: channel.raw, pairs: channel.pairs };
    this.#channel = channel;
    this.#sampler = createSampler(this.#source);
    this.#workspaces = channel.pairs.map(({ mechanics }) => createWorkspace(mechanics.fibres));
    this.#losses = new Float64Array(channel.lanes);
    const groups = channel.groups?.most ?? 0;
    this.#light = new Float64Array(groups);
    this.#passed = new Float64Array(groups);
    this.#matrix = new Float64Array(groups * groups);
  }

  /** What all connectors take of each lane in one mating, dB; the array is filled anew by the next one. */
  lossesDb(mating: number): Float64Array {
    const { pairs, lanes, fibres, groups } = this.#channel;
    drawMating(this.#source, this.#sampler, mating);
    for (let k = 0; k < pairs.length; k++) {
      const pair = pairs[k]!;
      this.#parts[k] = sampleParts(pair, this.#sampler.raw, this.#sampler.parts[k]!);
      evaluateMating(pair.mechanics, this.#parts[k]!, this.#workspaces[k]!);
    }
    for (let lane = 0; lane < lanes; lane++) {
      let loss = 0;
      if (groups === null) {
        for (let k = 0; k < pairs.length; k++) {
          loss += this.#workspaces[k]!.results.lossDb[fibres[k]![lane]!]!;
        }
      } else loss = this.#multimodeDb(lane);
      this.#losses[lane] = loss;
    }
    return this.#losses;
  }

  /** T_K·…·T_1·p: what the offsets of one connector do to the mode groups counts at the next. */
  #multimodeDb(lane: number): number {
    const { pairs, fibres, groups } = this.#channel;
    const { launch, transfer } = groups!;
    let light = this.#light;
    let passed = this.#passed;
    light.fill(0);
    light.set(launch);
    let gaps = 0;
    for (let k = 0; k < pairs.length; k++) {
      const { mechanics } = pairs[k]!;
      const { multimode } = mechanics;
      const { results } = this.#workspaces[k]!;
      const i = fibres[k]![lane]!;
      const dx = results.offsetXUm[i]!;
      const dy = results.offsetYUm[i]!;
      const tiltX = results.tiltXRad[i]!;
      const tiltY = results.tiltYRad[i]!;
      const s =
        multimode!.offsetPerUm2 * (dx * dx + dy * dy) +
        multimode!.tiltPerRad2 * (tiltX * tiltX + tiltY * tiltY);
      const cut = cutOf(mechanics, multimode!.groups, this.#parts[k]!, i);
      passConnector(transfer, s, cut, light, passed, this.#matrix);
      gaps += results.gapNepers[i]!;
      [light, passed] = [passed, light];
    }
    let received = 0;
    for (let g = 0; g < light.length; g++) received += light[g]!;
    return DB_PER_NEPER * (gaps - log(received));
  }
}
