/** Reads the channels of a scenario, and refuses those whose lanes do not arrive. */
import { connectorFault } from './check-connectors.js';
import type { Context } from './context.js';
import type { Unit } from './inputs.js';
import { channelFaults, crossedLanes, type Lane } from './lanes.js';
import {
  FIBRE_ATTENUATION,
  FIBRE_KINDS,
  type FibreKind,
  findBudget,
  type LossBudget,
  lanesInPlug,
} from './optics.js';
import { readPlainNumber } from './plain-number.js';
import { checkScalarPlausible } from './plausibility.js';
import {
  childOf,
  mapIn,
  numberAt,
  type Place,
  quote,
  type RawEntry,
  type RawNode,
  shorten,
} from './raw.js';
import { didYouMean, oneOf } from './suggest.js';
import type { Channel, Design, Pair, Span } from './types.js';
import { round15 } from './units.js';

/** The channels; undefined for one that cannot be read, which has then been told. */
export function readChannels(
  root: RawNode,
  pairs: readonly (Pair | undefined)[],
  designs: ReadonlyMap<string, Design | undefined>,
  context: Context,
): (Channel | undefined)[] {
  const map = mapIn(root, 'channels');
  return [...map.entries].map(([name, entry]) =>
    context.problems.isBadWithin(entry.value)
      ? undefined
      : new ChannelReader(name, entry, root, pairs, designs, context).read(),
  );
}

const NOT_NEGATIVE = { min: 0, max: Infinity, minAllowed: true };
/** What may be meant, in µm, dB/µm and dB: cables up to 50 km, 20 dB/km. */
const PLAUSIBLE = {
  length: [0, 50e9],
  attenuation: [0, 20e-9],
  budget: [0, 50],
  connectorBudget: [0, 50],
} as const;

class ChannelReader {
  readonly #name: string;
  readonly #node: RawNode;
  readonly #keyPlace: Place;
  readonly #root: RawNode;
  readonly #pairs: readonly (Pair | undefined)[];
  readonly #designs: ReadonlyMap<string, Design | undefined>;
  readonly #context: Context;

  constructor(
    name: string,
    entry: RawEntry,
    root: RawNode,
    pairs: readonly (Pair | undefined)[],
    designs: ReadonlyMap<string, Design | undefined>,
    context: Context,
  ) {
    this.#name = name;
    this.#node = entry.value;
    this.#keyPlace = entry.keyPlace;
    this.#root = root;
    this.#pairs = pairs;
    this.#designs = designs;
    this.#context = context;
  }

  read(): Channel | undefined {
    if (this.#node.kind !== 'map') return undefined;
    const optics = this.#optics();
    const connectors = this.#connectors();
    if (optics === undefined || connectors === undefined) return undefined;
    const { budget } = optics;
    const plug = this.#plugOf(connectors, budget);
    if (plug === undefined) return undefined;
    const fibre = budget?.fibre ?? optics.fibre;
    const spans = this.#spans(fibre, plug, connectors.length);
    const lanes = this.#lanes(budget, plug);
    const budgetDb = this.#optional('budget', 'dB', budget?.totalDb ?? null);
    const connectorBudgetDb = this.#optional('connectorBudget', 'dB', budget?.connectorsDb ?? null);
    if (spans === undefined || lanes === undefined) return undefined;
    if (budgetDb === undefined || connectorBudgetDb === undefined) return undefined;
    const adapters = connectors.map((pair) => ({ adapter: pair.mating.adapter }));
    if (!this.#arrives({ fibreCount: plug.fibreCount, spans, connectors: adapters, lanes })) {
      return undefined;
    }
    return {
      name: this.#name,
      optics: budget?.name ?? null,
      fibre,
      lanes,
      spans,
      connectors: connectors.map((pair) => pair.name),
      budgetDb,
      connectorBudgetDb,
    };
  }

  /** The budget of the optics by name, if there is one; undefined if it cannot be found. */
  #optics(): { budget: LossBudget | null; fibre: FibreKind | null } | undefined {
    const node = childOf(this.#node, 'optics');
    const fibreNode = childOf(this.#node, 'fibre');
    const fibre =
      FIBRE_KINDS.find((kind) => fibreNode?.kind === 'scalar' && fibreNode.value === kind) ?? null;
    if (node?.kind !== 'scalar') {
      if (childOf(this.#node, 'lanes') !== undefined) return { budget: null, fibre };
      this.#context.problems.add(this.#keyPlace, `${this.#title()} has neither optics nor lanes`, {
        expected: 'optics: 400GBASE-DR4, or lanes: [{ transmit: 1, receive: 12 }]',
      });
      return undefined;
    }
    const search = findBudget(String(node.value), fibre ?? undefined);
    if (search.kind === 'found') return { budget: search.budget, fibre };
    if (search.kind === 'unknown') {
      this.#context.problems.add(node.place, `optics: "${quote(node)}" is not known`, {
        found: quote(node),
        expected: `${oneOf(search.names)}, or lanes and budget of your own`,
        suggestion: search.nearest === undefined ? undefined : `did you mean "${search.nearest}"?`,
      });
    } else {
      this.#context.problems.add(
        (fibreNode ?? node).place,
        `optics: ${search.name} goes by its fibre`,
        {
          found: fibre === null ? 'no fibre' : `fibre: ${fibre}`,
          expected: `fibre: ${oneOf(search.fibres)}`,
        },
      );
    }
    return undefined;
  }

  #connectors(): Pair[] | undefined {
    const node = childOf(this.#node, 'connectors');
    if (node?.kind !== 'list') return undefined;
    const names = [...mapIn(this.#root, 'pairs').entries.keys()];
    const found = node.items.map((item) => {
      const name = item.kind === 'scalar' ? String(item.value) : '';
      if (names.includes(name)) return this.#pairs[names.indexOf(name)];
      this.#context.problems.add(item.place, `connectors: there is no pair "${quote(item)}"`, {
        found: quote(item),
        expected: oneOf(names),
        suggestion: didYouMean(name, names),
      });
      return undefined;
    });
    return found.includes(undefined) ? undefined : (found as Pair[]);
  }

  /** One of the plugs, which go together; undefined if they do not, which has then been told. */
  #plugOf(connectors: readonly Pair[], budget: LossBudget | null): Design | undefined {
    const plugs = connectors.flatMap(({ pinned, unpinned }) =>
      [pinned, unpinned].map((name) => this.#designs.get(name)),
    );
    if (plugs.includes(undefined)) return undefined;
    const fault = connectorFault(connectors, plugs as Design[], budget);
    if (fault !== undefined) this.#tell(fault.key, fault.message, fault.expected);
    return fault === undefined ? plugs[0] : undefined;
  }

  #spans(fibre: FibreKind | null, plug: Design, connectors: number): readonly Span[] | undefined {
    const node = childOf(this.#node, 'spans');
    if (node?.kind !== 'list') return undefined;
    if (node.items.length !== connectors + 1) {
      this.#context.problems.add(node.place, `${this.#title()}: spans and connectors do not fit`, {
        found: `${node.items.length} spans and ${connectors} connectors`,
        expected: `${connectors + 1} spans, one more than connectors`,
      });
      return undefined;
    }
    const usual = FIBRE_ATTENUATION[fibre ?? (plug.mode === 'multimode' ? 'OM4' : 'OS2')];
    const spans = node.items.map((item) => {
      const polarity = childOf(item, 'polarity');
      const lengthUm = this.#number(childOf(item, 'length'), 'um', 'length', 0);
      const perUm = round15(usual.highDbPerKm * 1e-9);
      const attenuation = this.#number(childOf(item, 'attenuation'), 'dB/um', 'attenuation', perUm);
      if (lengthUm === undefined || attenuation === undefined) return undefined;
      const value = polarity?.kind === 'scalar' ? polarity.value : undefined;
      return {
        polarity: value === 'B' || value === 'C' ? value : ('A' as const),
        lengthUm,
        attenuationDbPerUm: attenuation,
      };
    });
    return spans.includes(undefined) ? undefined : (spans as Span[]);
  }

  /** Lanes as given, or those of the optics in both directions. */
  #lanes(budget: LossBudget | null, plug: Design): readonly Lane[] | undefined {
    const node = childOf(this.#node, 'lanes');
    if (node?.kind === 'list') {
      return node.items.map((item) => ({
        transmit: numberAt(item, 'transmit') ?? 0,
        receive: numberAt(item, 'receive') ?? 0,
      }));
    }
    const { arrangement } = budget ?? {};
    const lanes = arrangement === undefined ? undefined : lanesInPlug(arrangement, plug.fibreCount);
    if (arrangement === undefined || lanes === undefined) {
      this.#tell(
        'optics',
        arrangement === undefined
          ? `${budget?.name} has no lanes of its own in a multi-fibre plug`
          : `${budget?.name} does not go with plugs of ${plug.fibreCount} fibres`,
        arrangement === undefined
          ? 'lanes: [{ transmit: 1, receive: 2 }]'
          : `connectors of ${arrangement.positions} fibres, or lanes of your own`,
      );
      return undefined;
    }
    if (arrangement.isBidirectional) return lanes;
    const back = lanes.map(({ transmit, receive }) => ({ transmit: receive, receive: transmit }));
    return [...lanes, ...back];
  }

  #arrives(channel: Parameters<typeof crossedLanes>[0]): boolean {
    const faults = channelFaults(channel);
    for (const { part, number, message, expected } of faults) {
      const node = childOf(childOf(this.#node, `${part}s`), number - 1);
      this.#context.problems.add(node?.place ?? this.#keyPlace, `${this.#title()}: ${message}`, {
        expected,
      });
    }
    if (faults.length > 0) return false;
    const crossing = crossedLanes(channel);
    if (crossing === undefined) return true;
    const place = childOf(this.#node, 'spans')?.place ?? this.#keyPlace;
    this.#context.problems.add(place, `${this.#title()}: ${crossing.message}`, {
      found: `polarity ${channel.spans.map(({ polarity }) => polarity).join(', ')}`,
      expected: 'every lane to arrive at its receiver',
      suggestion: crossing.suggestion,
    });
    return false;
  }

  #optional(
    key: 'budget' | 'connectorBudget',
    unit: Unit,
    fallback: number | null,
  ): number | null | undefined {
    const node = childOf(this.#node, key);
    return node === undefined ? fallback : this.#number(node, unit, key, 0);
  }

  /** A plausible quantity of 0 or more; undefined if it cannot be read, which has then been told. */
  #number(
    node: RawNode | undefined,
    unit: Unit,
    name: keyof typeof PLAUSIBLE,
    fallback: number,
  ): number | undefined {
    if (node === undefined) return fallback;
    const value = readPlainNumber(node, unit, name, this.#context);
    if (value === undefined) return undefined;
    const spec = { name, unit, bounds: NOT_NEGATIVE, plausible: PLAUSIBLE[name] };
    return checkScalarPlausible(value, spec, node, this.#context) ? value : undefined;
  }

  #tell(key: string, message: string, expected: string): void {
    const node = childOf(this.#node, key);
    this.#context.problems.add(node?.place ?? this.#keyPlace, `${this.#title()}: ${message}`, {
      found: node === undefined ? undefined : quote(node),
      expected,
    });
  }

  #title(): string {
    return `channel "${shorten(this.#name)}"`;
  }
}
