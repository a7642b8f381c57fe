/** Reads pairs, their limits and comparisons, and refuses plugs that cannot be mated (model §1). */
import type { Context } from './context.js';
import { ExpressionError } from './expression.js';
import { parseLimit } from './limits.js';
import { mergeMaps } from './merge.js';
import {
  childOf,
  emptyMap,
  mapIn,
  type Place,
  quote,
  type RawEntry,
  type RawNode,
  shorten,
} from './raw.js';
import { readMating } from './read-mating.js';
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
  try {
    return [parseLimit(text)];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    context.problems.add(place, `limit: ${error.message}`, {
      found: shorten(text),
      expected: error.expected,
      suggestion: error.suggestion,
    });
    return [];
  }
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
  readonly #context: Context;
  #common: { readonly conditions: MatingConditions | undefined } | undefined;

  constructor(root: RawNode, designs: Designs, context: Context) {
    this.#root = root;
    this.#designs = designs;
    this.#context = context;
  }

  /** The pair; undefined if something is wrong with it, which has then been told. */
  read(name: string, entry: RawEntry, limits: readonly Limit[]): Pair | undefined {
    const { value } = entry;
    if (value.kind !== 'map') return undefined;
    const pinned = this.#design(value, 'pinned');
    const unpinned = this.#design(value, 'unpinned');
    const mating = this.#mating(value);
    const own = readLimits(childOf(value, 'limits'), this.#context);
    if (pinned !== undefined && unpinned !== undefined) {
      const adapter = childOf(
        mergeMaps(mapIn(this.#root, 'mating'), mapIn(value, 'mating'), 1),
        'adapter',
      );
      this.#checkMates(name, entry.keyPlace, pinned, unpinned, adapter);
    }
    if (pinned === undefined || unpinned === undefined || mating === undefined) return undefined;
    return {
      name,
      pinned: pinned.name,
      unpinned: unpinned.name,
      mating,
      limits: distinct([...limits, ...own]),
    };
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

  #mating(pair: RawNode): MatingConditions | undefined {
    const common = mapIn(this.#root, 'mating');
    const own = childOf(pair, 'mating');
    if (own === undefined) {
      this.#common ??= { conditions: readMating(common, this.#context) };
      return this.#common.conditions;
    }
    if (own.kind !== 'map') return undefined;
    const merged = mergeMaps(common, own, 1);
    return readMating(merged.kind === 'map' ? merged : emptyMap(), this.#context);
  }

  #checkMates(
    name: string,
    place: Place,
    pinned: Design,
    unpinned: Design,
    adapter: RawNode | undefined,
  ): void {
    const tell = (message: string, found: string, expected: string) =>
      this.#context.problems.add(place, `pair "${shorten(name)}": ${message}`, { found, expected });
    const isTypeB = adapter?.kind === 'scalar' && adapter.value === 'key-up-to-key-up';
    for (const [message, found, expected] of [
      ...genderProblems(pinned, unpinned),
      ...faceProblems(pinned, unpinned, isTypeB),
    ]) {
      tell(message, found, expected);
    }
  }
}

type MateProblem = readonly [message: string, found: string, expected: string];

function genderProblems(pinned: Design, unpinned: Design): MateProblem[] {
  const found = `${pinned.name} (${pinned.gender}) with ${unpinned.name} (${unpinned.gender})`;
  const expected = 'one plug with guide pins and one without';
  if (pinned.gender === 'pinned' && unpinned.gender === 'pinned') {
    return [['two pinned plugs cannot mate', found, expected]];
  }
  if (pinned.gender === 'unpinned' && unpinned.gender === 'unpinned') {
    return [['two unpinned plugs cannot mate', found, expected]];
  }
  const problems: MateProblem[] = [];
  if (pinned.gender === 'unpinned') {
    problems.push([
      `"${pinned.name}" has no guide pins and cannot be the pinned plug`,
      found,
      expected,
    ]);
  }
  if (unpinned.gender === 'pinned') {
    problems.push([
      `"${unpinned.name}" has guide pins and cannot be the unpinned plug`,
      found,
      expected,
    ]);
  }
  return problems;
}

function faceProblems(pinned: Design, unpinned: Design, isTypeB: boolean): MateProblem[] {
  const problems: MateProblem[] = [];
  if (pinned.fibreCount !== unpinned.fibreCount) {
    problems.push([
      'plugs with different fibre counts cannot mate',
      `${pinned.name} (${pinned.fibreCount}) with ${unpinned.name} (${unpinned.fibreCount})`,
      'the same fibre count',
    ]);
  }
  if (pinned.polish !== unpinned.polish) {
    problems.push([
      'an angled (APC) and a flat (PC) face cannot mate',
      `${pinned.name} (${pinned.polish}) with ${unpinned.name} (${unpinned.polish})`,
      'the same polish',
    ]);
  } else if (pinned.endFaceAngleRad !== unpinned.endFaceAngleRad) {
    const degrees = [pinned, unpinned].map((design) => inDegrees(design.endFaceAngleRad));
    problems.push([
      'end faces of different angles cannot mate',
      `${pinned.name} (${degrees[0]} deg) with ${unpinned.name} (${degrees[1]} deg)`,
      'the same angle',
    ]);
  } else if (isTypeB && pinned.polish === 'APC') {
    const total = inDegrees(pinned.endFaceAngleRad + unpinned.endFaceAngleRad);
    problems.push([
      `in a key-up-to-key-up adapter the angles of APC faces add up to ${total} deg`,
      'adapter: key-up-to-key-up',
      'key-up-to-key-down, or PC faces',
    ]);
  }
  return problems;
}

function inDegrees(angleRad: number): number {
  return Number(((angleRad * 180) / Math.PI).toPrecision(6));
}

function distinct(limits: readonly Limit[]): readonly Limit[] {
  const seen = new Set<string>();
  return limits.filter(({ text }) => !seen.has(text) && seen.add(text));
}
