/** Channels of a scenario as numbers: connectors with parts of their own, and which fibres each lane goes through. */
import { buildTransferTable, type TransferTable } from '../model/transfer-table.js';
import type { StreamKey } from '../random/stream.js';
import { nominalGroups } from '../scenario/guided-groups.js';
import { traceLanes } from '../scenario/lanes.js';
import type { Channel, Design, Pair, Scenario } from '../scenario/types.js';
import { compilePair } from './compile-pair.js';
import { launchOf } from './optics.js';
import { RawStreams } from './raw-layout.js';
import type { ChannelPlan } from './types.js';

/** A channel as numbers; its pairs exist, and its lanes arrive (see scenario/read-channels.ts). */
export function compileChannel(scenario: Scenario, channel: Channel, key: StreamKey): ChannelPlan {
  const pairs = channel.connectors.map(
    (name) => scenario.pairs.find((pair) => pair.name === name) as Pair,
  );
  const plug = scenario.designs[(pairs[0] as Pair).pinned] as Design;
  const raw = new RawStreams(plug.fibreCount);
  const connectors = pairs.map((pair, slot) =>
    compilePair(
      { ...scenario, returnLoss: false },
      pair,
      pair.mating,
      { slot, visit: 0 },
      raw,
      key,
    ),
  );
  const traced = traceLanes({
    fibreCount: plug.fibreCount,
    spans: channel.spans,
    connectors: pairs.map(({ mating }) => ({ adapter: mating.adapter })),
    lanes: channel.lanes,
  });
  return {
    raw: raw.layout(),
    pairs: connectors,
    // Lanes come out of the near plug of each connector, which is taken to be the pinned one.
    fibres: connectors.map((_, k) =>
      Int32Array.from(traced, ({ positions }) => (positions[2 * k + 1] as number) - 1),
    ),
    lanes: channel.lanes.length,
    positions: traced.map(({ positions }) => positions),
    spansDb: channel.spans.reduce(
      (sum, { lengthUm, attenuationDbPerUm }) => sum + lengthUm * attenuationDbPerUm,
      0,
    ),
    budgetDb: channel.budgetDb ?? Infinity,
    connectorBudgetDb: channel.connectorBudgetDb ?? Infinity,
    groups: plug.mode === 'multimode' ? modeGroups(pairs[0] as Pair, plug) : null,
  };
}

/** Tables by their number of groups: channels of one kind of fibre share theirs. */
const tables = new Map<number, TransferTable>();

function transferTable(groups: number): TransferTable {
  const table = tables.get(groups) ?? buildTransferTable(groups);
  tables.set(groups, table);
  return table;
}

/** Groups that a wide receiver may guide beyond those of the source. */
const MOST_GROUPS_SHARE = 4 / 3;

function modeGroups({ mating }: Pair, plug: Design): ChannelPlan['groups'] {
  const groups = nominalGroups(plug, mating);
  const most = Math.ceil(groups * MOST_GROUPS_SHARE);
  return { launch: launchOf(mating, groups), most, transfer: transferTable(most) };
}
