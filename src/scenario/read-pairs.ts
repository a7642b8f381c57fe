/** Reads pairs, their limits and comparisons, and refuses plugs that cannot be mated (model §1). */
import { mateProblems } from './check-mates.js';
import type { Context } from './context.js';
import { nominalGroups } from './guided-groups.js';
import type { Adapter } from './layout.js';
import { parseLimit } from './limits.js';
import { mergeMaps } from './merge.js';
import {
  childOf,
  emptyMap,
  mapIn,
  type Place,
  quote,
  type RawEntry,
  type RawMap,
  type RawNode,
  shorten,
} from './raw.js';
import { readMating } from './read-mating.js';
import { DEFAULT_ADAPTER, type FibreMode } from './scalars.js';
import { didYouMean, oneOf } from './suggest.js';
import type { Design, Limit, MatingConditions, Pair } from './types.js';

/** Designs by name; undefined for one that is there but could not be read. */
export type Designs = ReadonlyMap<string, Design | undefined>;

/** `--limit` texts: for all pairs, or `pair: limit` for one. */
export interface GivenLimits {
  readonly forAll: readonly Limit[];
  readonly forPair: ReadonlyMap<string, readonly Limit[]>;
}

/** Reads the limits of a list; each that cannot be read is told. */
export function readLimits(node: RawNode | undefined, context: Context): readonly Limit[] {
  if (node?.kind !== 'list' || context.problems.isBad(node)) return [];
  return node.items.flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    return readLimit(item.value, item.place, context);
  });
}

function readLimit(text: string, place: Place, context: Context): readonly Limit[] {
  const found = () => shorten(text);
  const limit = context.problems.attempt(place, 'limit', found, () => parseLimit(text));
  return limit === undefined ? [] : [limit];
}

/** Splits `--limit` texts by the pair that they name. A text is told at `--limit …`. */
export function readGivenLimits(
  texts: readonly string[],
  pairs: readonly string[],
  context: Context,
): GivenLimits {
  const forAll: Limit[] = [];
  const forPair = new Map<string, Limit[]>();
  for (const text of texts) {
    const place = { file: `--limit ${shorten(text)}` };
    const colon = text.lastIndexOf(':');
    if (colon < 0) {
      forAll.push(...readLimit(text, place, context));
      continue;
    }
    const pair = text.slice(0, colon).trim();
    const limits = readLimit(text.slice(colon + 1), place, context);
    if (pairs.includes(pair)) forPair.set(pair, [...(forPair.get(pair) ?? []), ...limits]);
    else {
      context.problems.add(place, `there is no pair "${shorten(pair)}"`, {
        found: shorten(text),
        expected: oneOf(pairs),
        suggestion: didYouMean(pair, pairs),
      });
    }
  }
  return { forAll, forPair };
}

/** The mating sections of pairs without one of their own are the same: read once. */
export class PairReader {
  readonly #root: RawNode;
  readonly #designs: Designs;
  readonly #steps: RawMap;
  readonly #context: Context;
  readonly #common = new Map<string, MatingConditions | undefined>();

  /** @param steps what each step of a stress experiment changes; empty in others */
  constructor(root: RawNode, designs: Designs, steps: RawMap, context: Context) {
    this.#root = root;
    this.#designs = designs;
    this.#steps = steps;
    this.#context = context;
  }

  /** The pair; undefined if something is wrong with it, which has then been told. */
  read(name: string, entry: RawEntry, limits: readonly Limit[]): Pair | undefined {
    const { value } = entry;
    if (value.kind !== 'map') return undefined;
    const pinned = this.#design(value, 'pinned');
    const unpinned = this.#design(value, 'unpinned');
    const mode = pinned?.mode ?? unpinned?.mode ?? 'single-mode';
    const mating = this.#mating(value, mode, undefined);
    const steps = [...this.#steps.entries.keys()].map((step) => this.#mating(value, mode, step));
    const own = readLimits(childOf(value, 'limits'), this.#context);
    if (pinned !== undefined && unpinned !== undefined) {
      const adapters = new Set([mating, ...steps].map((read) => read?.adapter ?? DEFAULT_ADAPTER));
      for (const adapter of adapters) this.#checkMates(name, entry, pinned, unpinned, adapter);
      for (const read of [mating, ...steps]) this.#checkLaunch(name, entry, pinned, read);
      this.#checkPrices(name, entry, pinned, unpinned);
    }
    if (pinned === undefined || unpinned === undefined || mating === undefined) return undefined;
    if (steps.includes(undefined)) return undefined;
    return {
      name,
      pinned: pinned.name,
      unpinned: unpinned.name,
      mating,
      steps: steps as MatingConditions[],
      limits: distinct([...limits, ...own]),
    };
  }

  #checkPrices(name: string, entry: RawEntry, { price: a }: Design, { price: b }: Design): void {
    if (a === null || b === null || a.currency === b.currency) return;
    this.#context.problems.add(
      entry.keyPlace,
      `pair "${shorten(name)}": prices in different currencies`,
      { found: `${a.currency} and ${b.currency}`, expected: 'one currency' },
    );
  }

  #checkLaunch(
    name: string,
    entry: RawEntry,
    pinned: Design,
    mating: MatingConditions | undefined,
  ): void {
    if (mating === undefined || typeof mating.launch === 'string') return;
    if (pinned.mode !== 'multimode') return;
    const groups = nominalGroups(pinned, mating);
    if (mating.launch.length <= groups) return;
    this.#context.problems.add(
      entry.keyPlace,
      `pair "${shorten(name)}": launch: more mode groups than its fibre guides`,
      { found: `powers of ${mating.launch.length} groups`, expected: `at most ${groups} groups` },
    );
  }

  #checkMates(
    name: string,
    entry: RawEntry,
    pinned: Design,
    unpinned: Design,
    adapter: Adapter,
  ): void {
    for (const [message, found, expected] of mateProblems(pinned, unpinned, adapter)) {
      this.#context.problems.add(entry.keyPlace, `pair "${shorten(name)}": ${message}`, {
        found,
        expected,
      });
    }
  }

  #design(pair: RawNode, role: 'pinned' | 'unpinned'): Design | undefined {
    const node = childOf(pair, role);
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
    if (!this.#designs.has(node.value)) {
      const names = [...this.#designs.keys()];
      this.#context.problems.add(node.place, `${role}: there is no design "${quote(node)}"`, {
        found: quote(node),
        expected: names.length === 0 ? 'a design of the section designs' : oneOf(names),
        suggestion: didYouMean(node.value, names),
      });
    }
    return this.#designs.get(node.value);
  }

  /** The scenario's conditions, over them those of the pair, over them those of the step. */
  #mating(pair: RawNode, mode: FibreMode, step: string | undefined): MatingConditions | undefined {
    const own = childOf(pair, 'mating');
    if (own !== undefined && own.kind !== 'map') return undefined;
    const read = (): MatingConditions | undefined => {
      const stepped = step === undefined ? emptyMap() : mapIn(this.#steps, step);
      const merged = [own ?? emptyMap(), stepped].reduce<RawNode>(
        (under, over) => mergeMaps(under, over, 1),
        mapIn(this.#root, 'mating'),
      );
      return readMating(merged.kind === 'map' ? merged : emptyMap(), mode, this.#context);
    };
    if (own !== undefined) return read();
    const key = `${mode} ${step === undefined ? '' : `step ${step}`}`;
    if (!this.#common.has(key)) this.#common.set(key, read());
    return this.#common.get(key);
  }
}

function distinct(limits: readonly Limit[]): readonly Limit[] {
  const seen = new Set<string>();
  return limits.filter(({ text }) => !seen.has(text) && seen.add(text));
}
