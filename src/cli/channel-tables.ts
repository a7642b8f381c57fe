/** Channels in the summary: their losses, their budgets, and the way of their lanes. */
import type { ChannelResult, Result } from '../result/schema.js';
import type { Polarity } from '../scenario/lanes.js';
import type { Adapter } from '../scenario/layout.js';
import type { Colours } from './colours.js';
import { estimateTable, label } from './estimate-table.js';
import { decibels, fixed, percents } from './format.js';
import { lanePicture } from './lane-picture.js';
import { wrap } from './table.js';

/** One table of all channels, and a picture of the lanes of each; nothing if there are no channels. */
export function channelTables(result: Result, colours: Colours): string[] {
  const { channels } = result;
  if (channels.length === 0) return [];
  const met = (budget: ChannelResult['budget']) =>
    budget === null ? '–' : percents([budget.met])[0]!;
  return [
    '',
    ...estimateTable(
      ['channel', 'cables', 'mean', '97 %', 'worst lane 97 %', 'budget', 'met'],
      [
        channels.map(({ name }) => label(name)),
        channels.map(({ spansDb }) => fixed(spansDb, 3)),
        decibels(channels.map(({ loss }) => loss.all.mean)),
        decibels(channels.map(({ loss }) => loss.all.p97)),
        decibels(channels.map(({ loss }) => loss.worst.p97)),
        channels.map(({ budget }) => (budget === null ? 'none' : `${budget.limitDb} dB`)),
        channels.map(({ budget }) => met(budget)),
      ],
      colours,
    ),
    ...wrap(sourcesOf(channels)),
    ...costLines(channels),
    ...channels.flatMap((channel) => pictureOf(channel, result, colours)),
  ];
}

/** Where the budgets of named optics come from, each told once. */
function sourcesOf(channels: readonly ChannelResult[]): string {
  const sources = channels.flatMap(({ optics, budget, budgetSource }) =>
    budgetSource === null || budget === null ? [] : [`${optics}: ${budgetSource}`],
  );
  return sources.length === 0 ? '' : `Budgets: ${[...new Set(sources)].join('; ')}.`;
}

function costLines(channels: readonly ChannelResult[]): string[] {
  return channels.flatMap(({ name, cost }) => {
    if (cost === null) return [];
    const { currency, assemblies, perPassingChannel: per } = cost;
    const range = (low: number, high: number) =>
      low === high ? fixed(low, 2) : `${fixed(low, 2)} to ${fixed(high, 2)}`;
    const passing =
      per.low === null || per.high === null
        ? 'none passes'
        : `${range(per.low, per.high)} ${currency}`;
    return wrap(
      `${label(name)}: its cables cost ${range(assemblies.low, assemblies.high)} ${currency}, a channel that keeps its budget ${passing}.`,
    );
  });
}

interface WrittenScenario {
  readonly pairs: Readonly<Record<string, { readonly mating: { readonly adapter: Adapter } }>>;
  readonly channels: Readonly<
    Record<string, { readonly spans: readonly { polarity: Polarity; length: string }[] }>
  >;
}

/** The resolved scenario of the result says what the channel is made of. */
function pictureOf(channel: ChannelResult, result: Result, { bold }: Colours): string[] {
  const scenario = result.scenario as unknown as WrittenScenario;
  const spans = scenario.channels[channel.name]?.spans ?? [];
  const [means, worst] = [
    decibels(channel.lanes.map(({ mean }) => mean)),
    decibels(channel.lanes.map(({ p97 }) => p97)),
  ];
  return [
    '',
    bold(`${label(channel.name)}${channel.optics === null ? '' : `, ${channel.optics}`}`),
    ...lanePicture({
      spans: spans.map(({ polarity, length }) => ({ polarity, length: metres(length) })),
      connectors: channel.connectors.map((name) => ({
        adapter: scenario.pairs[name]?.mating.adapter ?? 'key-up-to-key-down',
        name,
      })),
      lanes: channel.lanes.map(({ transmit, receive, positions }, i) => ({
        lane: i + 1,
        transmit,
        receive,
        positions,
        arrival: receive,
        arrives: true,
      })),
      losses: [
        { title: 'mean', unit: 'dB', values: means.map(({ value }) => value) },
        { title: '97 %', unit: 'dB', values: worst.map(({ value }) => value) },
      ],
    }),
  ];
}

/** `100 m` of a length in the model's unit. */
function metres(length: string): string {
  const value = Number.parseFloat(length) / 1e6;
  return value === 0 ? '' : `${Number(value.toPrecision(4))} m`;
}
