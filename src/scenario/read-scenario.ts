/** A raw tree → Scenario: designs, pairs, and what is asked of them. */
import { basename, extname } from 'node:path';
import { readClaims } from './claims.js';
import type { Context } from './context.js';
import { stepFields } from './describe.js';
import { childOf, mapIn, quote, type RawNode } from './raw.js';
import { readChannels } from './read-channels.js';
import { readDesign } from './read-design.js';
import { lotMatings, readExperiment, readReturnLoss, stepsOf } from './read-experiment.js';
import { type Designs, PairReader, readGivenLimits, readLimits } from './read-pairs.js';
import { DEFAULT_MATINGS, DEFAULT_SEED } from './scalars.js';
import { didYouMean, oneOf } from './suggest.js';
import type {
  Channel,
  Claim,
  Design,
  Experiment,
  MatingConditions,
  Pair,
  Scenario,
} from './types.js';

export const MOST_MATINGS = 1e12;

/** The scenario of a raw tree; undefined if something is wrong with it, which has then been told. */
export function readScenario(
  root: RawNode,
  options: { readonly file?: string | undefined; readonly limits?: readonly string[] | undefined },
  context: Context,
): Scenario | undefined {
  const designs = readDesigns(root, context);
  const pairs = readPairs(root, designs, options.limits ?? [], context);
  const comparisons = readComparisons(root, context);
  const channels = readChannels(root, pairs, designs, context);
  const claims = readClaims(root, [...mapIn(root, 'pairs').entries.keys()], context);
  const subjects = [
    ...pairs.flatMap((pair) => pair?.limits ?? []),
    ...claims.flatMap((claim) => (claim === undefined ? [] : [claim])),
  ];
  const experiment = readExperiment(root, subjects, context);
  const matings = readMatings(root, experiment, context);
  checkSteps(root, experiment, pairs, context);
  if (experiment.type === 'lot') checkSampled(root, designs, pairs, context);
  checkValues(root, [...designs.values(), ...pairs.map((pair) => pair?.mating)], context);
  const complete = [...designs.values()].every((design) => design !== undefined);
  if (!complete || pairs.includes(undefined) || matings === undefined) return undefined;
  if (channels.includes(undefined) || claims.includes(undefined)) return undefined;
  const byName: Record<string, Design> = Object.create(null);
  for (const [name, design] of designs) if (design !== undefined) byName[name] = design;
  return {
    name: textOf(childOf(root, 'name')) ?? defaultName(options.file),
    description: textOf(childOf(root, 'description')) ?? '',
    seed: textOf(childOf(root, 'seed')) ?? DEFAULT_SEED,
    matings,
    experiment,
    returnLoss: readReturnLoss(root, subjects, context),
    designs: byName,
    pairs: pairs as Pair[],
    comparisons: withClaimed(comparisons, claims as Claim[]),
    channels: channels as Channel[],
    claims: claims as Claim[],
  };
}

/** Measured values of all inputs: results write each of them out, and read them back. */
const MOST_VALUES = 200_000;

function checkValues(
  root: RawNode,
  sections: readonly (Design | MatingConditions | undefined)[],
  context: Context,
): void {
  const laws = sections.flatMap((section) => Object.values(section?.inputs ?? {}).flat());
  const values = laws.reduce((sum, law) => sum + ('values' in law ? law.values.length : 0), 0);
  if (values <= MOST_VALUES) return;
  context.problems.add(childOf(root, 'designs')?.place ?? root.place, 'too many measured values', {
    found: `${values} in the inputs of all designs and pairs together`,
    expected: `at most ${MOST_VALUES}`,
  });
}

/** A step must come out alike for all pairs, or the resolved scenario could not say what it is. */
function checkSteps(
  root: RawNode,
  experiment: Experiment,
  pairs: readonly (Pair | undefined)[],
  context: Context,
): void {
  if (experiment.type !== 'stress') return;
  experiment.steps.forEach(({ name, sets }, k) => {
    const read = pairs.filter((pair) => pair !== undefined);
    const texts = new Set(read.map((pair) => JSON.stringify(stepFields(pair, k, sets))));
    if (texts.size < 2) return;
    const place = stepsOf(root).entries.get(name)?.keyPlace ?? root.place;
    context.problems.add(place, `step "${shortName(name)}" comes out differently for the pairs`, {
      expected: 'values that do not refer to those of a pair',
    });
  });
}

function readDesigns(root: RawNode, context: Context): Designs {
  const designs = new Map<string, Design | undefined>();
  for (const [name, { keyPlace, value }] of mapIn(root, 'designs').entries) {
    const readable = value.kind === 'map' && !context.problems.isBad(value);
    designs.set(name, readable ? readDesign(name, value, keyPlace, context) : undefined);
  }
  return designs;
}

function readPairs(
  root: RawNode,
  designs: Designs,
  givenLimits: readonly string[],
  context: Context,
): (Pair | undefined)[] {
  const map = mapIn(root, 'pairs');
  const node = childOf(root, 'pairs');
  if (node?.kind === 'map' && map.entries.size === 0) {
    context.problems.add(map.place, 'the scenario has no pairs', {
      expected: 'at least one, such as "mtp: { pinned: mtp, unpinned: mtp }"',
    });
  }
  const common = readLimits(childOf(root, 'limits'), context);
  const given = readGivenLimits(givenLimits, [...map.entries.keys()], context);
  const reader = new PairReader(root, designs, stepsOf(root), context);
  return [...map.entries].map(([name, entry]) => {
    const pair = reader.read(name, entry, common);
    if (pair === undefined) return undefined;
    const known = new Set(pair.limits.map(({ text }) => text));
    const more = [...given.forAll, ...(given.forPair.get(name) ?? [])];
    return {
      ...pair,
      limits: [...pair.limits, ...more.filter(({ text }) => !known.has(text) && known.add(text))],
    };
  });
}

/** Differences that are claimed are worked out, whether they are asked for or not. */
function withClaimed(
  comparisons: readonly (readonly [string, string])[],
  claims: readonly Claim[],
): (readonly [string, string])[] {
  const all = [...comparisons];
  for (const { of } of claims) {
    if (of.length === 2 && !all.some(([a, b]) => a === of[0] && b === of[1])) all.push(of);
  }
  return all;
}

/** As given, or the first pair with every other. */
function readComparisons(root: RawNode, context: Context): (readonly [string, string])[] {
  const names = [...mapIn(root, 'pairs').entries.keys()];
  const [first] = names;
  const node = childOf(root, 'comparisons');
  if (node === undefined)
    return first === undefined ? [] : names.slice(1).map((name) => [first, name]);
  if (node.kind !== 'list') return [];
  return node.items.flatMap((item) => {
    if (item.kind !== 'list' || item.items.length !== 2) return [];
    const both = item.items.map((pair) => readPairName(pair, names, context));
    const [one, other] = both;
    if (one === undefined || other === undefined) return [];
    if (one === other) {
      context.problems.add(item.place, `comparisons: "${shortName(one)}" is compared with itself`, {
        expected: 'two different pairs',
      });
    }
    return [[one, other] as const];
  });
}

function readPairName(
  node: RawNode,
  names: readonly string[],
  context: Context,
): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  if (names.includes(node.value)) return node.value;
  context.problems.add(node.place, `comparisons: there is no pair "${quote(node)}"`, {
    found: quote(node),
    expected: oneOf(names),
    suggestion: didYouMean(node.value, names),
  });
  return undefined;
}

/** Every plug of a lot is another one. */
function checkSampled(
  root: RawNode,
  designs: Designs,
  pairs: readonly (Pair | undefined)[],
  context: Context,
): void {
  const names = new Set(pairs.flatMap((pair) => (pair ? [pair.pinned, pair.unpinned] : [])));
  for (const name of names) {
    if (designs.get(name)?.measured == null) continue;
    context.problems.add(childOf(root, 'experiment')?.place ?? root.place, 'a lot of one plug', {
      found: `"${shortName(name)}", which was measured`,
      expected: 'designs that are sampled',
    });
  }
}

/** As given; those of a lot follow from its plugs. */
function readMatings(root: RawNode, experiment: Experiment, context: Context): number | undefined {
  const node = childOf(root, 'matings');
  const ofLot = experiment.type === 'lot' ? lotMatings(experiment) : undefined;
  if (node === undefined) return ofLot ?? DEFAULT_MATINGS;
  if (node.kind !== 'scalar' || context.problems.isBad(node)) return undefined;
  const isNumber =
    typeof node.value === 'number' || /^\d+(\.\d+)?([eE]\+?\d{1,3})?$/.test(String(node.value));
  const value = isNumber ? Number(node.value) : Number.NaN;
  if (ofLot !== undefined && value !== ofLot) {
    context.problems.add(node.place, 'matings: a lot has as many as its plugs make', {
      found: quote(node),
      expected: `${ofLot}, or nothing`,
      suggestion: 'change pinned, unpinned or repeats of the experiment',
    });
    return undefined;
  }
  if (Number.isInteger(value) && value >= 1 && value <= MOST_MATINGS) return value;
  context.problems.add(node.place, 'matings: not a number of matings', {
    found: quote(node),
    expected: `a whole number from 1 to ${MOST_MATINGS.toExponential().replace('+', '')}`,
  });
  return undefined;
}

function textOf(node: RawNode | undefined): string | undefined {
  if (node?.kind !== 'scalar') return undefined;
  return typeof node.value === 'string' || typeof node.value === 'number'
    ? String(node.value)
    : undefined;
}

/** The name of the file without its ending. */
function defaultName(file: string | undefined): string {
  const name = file === undefined ? '' : basename(file, extname(file));
  return /^[\w .-]{1,100}$/.test(name) ? name : 'scenario';
}

function shortName(name: string): string {
  return name.slice(0, 80);
}
