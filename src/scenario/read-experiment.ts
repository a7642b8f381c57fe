/** Reads what is done with the parts, and whether return loss is asked for. */
import type { Context } from './context.js';
import { MOST_STEPS } from './experiment-schema.js';
import {
  childOf,
  emptyMap,
  mapIn,
  numberAt,
  type Place,
  type RawMap,
  type RawNode,
  shorten,
  textAt,
} from './raw.js';
import type { Claim, Experiment, Limit } from './types.js';

const DEFAULT_REPEATS = 2;

/** What speaks of a statistic. */
type Spoken = Limit | Claim;

function textOf(spoken: Spoken): string {
  return 'text' in spoken ? `the limit ${spoken.text}` : `the claim of ${spoken.statistic}`;
}

/** Where it stands: in the limits of the scenario or of a pair, in a claim, or behind `--limit`. */
function placeOf(spoken: Spoken, root: RawNode): Place {
  const isLimit = 'text' in spoken;
  const text = isLimit ? spoken.text : spoken.statistic;
  const pairs = [...mapIn(root, 'pairs').entries.values()];
  const nodes = isLimit
    ? [root, ...pairs.map(({ value }) => value)].flatMap((node) => itemsOf(node, 'limits'))
    : itemsOf(root, 'claims').map((claim) => childOf(claim, 'statistic'));
  const found = nodes.find(
    (node) => node?.kind === 'scalar' && String(node.value).replace(/\s+/g, ' ').trim() === text,
  );
  return found?.place ?? (isLimit ? { file: `--limit ${shorten(text)}` } : root.place);
}

function itemsOf(node: RawNode, key: string): readonly RawNode[] {
  const list = childOf(node, key);
  return list?.kind === 'list' ? list.items : [];
}

/** The steps of a stress experiment by name; none in others. */
export function stepsOf(root: RawNode): RawMap {
  const experiment = mapIn(root, 'experiment');
  return textAt(experiment, 'type') === 'stress' ? mapIn(experiment, 'steps') : emptyMap();
}

/** The experiment; what cannot be read has been told by the check of the structure. */
export function readExperiment(
  root: RawNode,
  limits: readonly Spoken[],
  context: Context,
): Experiment {
  const experiment = read(mapIn(root, 'experiment'), root, context);
  const change = limits.find(({ subject }) => subject.of === 'largestChange');
  const node = childOf(root, 'experiment');
  const isRead = node === undefined || !context.problems.isBadWithin(node);
  if (
    isRead &&
    change !== undefined &&
    (experiment.type === 'random-mate' || experiment.type === 'lot')
  ) {
    context.problems.add(node?.place ?? placeOf(change, root), 'nothing changes here', {
      found: `${textOf(change)} in a ${experiment.type}`,
      expected: 'experiment: { type: re-mating, … } or { type: stress, … } for largestChange',
    });
  }
  return experiment;
}

function read(map: RawMap, root: RawNode, context: Context): Experiment {
  switch (textAt(map, 'type')) {
    case 're-mating':
      return { type: 're-mating', cycles: readCycles(map, context) };
    case 'stress': {
      const steps = [...stepsOf(root).entries].map(([name, { value }]) => ({
        name,
        sets: value.kind === 'map' ? [...value.entries.keys()] : [],
      }));
      checkCount(steps.length, childOf(map, 'steps'), 'steps', context);
      return { type: 'stress', steps };
    }
    case 'lot':
      return {
        type: 'lot',
        pinned: numberAt(map, 'pinned') ?? 2,
        unpinned: numberAt(map, 'unpinned') ?? 2,
        repeats: numberAt(map, 'repeats') ?? DEFAULT_REPEATS,
      };
    default:
      return { type: 'random-mate' };
  }
}

/** In order, each once, the first mating among them. */
function readCycles(map: RawMap, context: Context): number[] {
  const node = childOf(map, 'cycles');
  const given = node?.kind === 'list' ? node.items : [];
  const numbers = given.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'number' ? [item.value] : [],
  );
  const cycles = [...new Set([1, ...numbers])].sort((a, b) => a - b);
  checkCount(cycles.length, node, 'cycles', context);
  return cycles;
}

function checkCount(
  count: number,
  node: RawNode | undefined,
  what: string,
  context: Context,
): void {
  if (node === undefined || context.problems.isBadWithin(node)) return;
  if (count >= 2 && count <= MOST_STEPS) return;
  context.problems.add(node.place, `experiment: too ${count < 2 ? 'few' : 'many'} ${what}`, {
    found: `${count}`,
    expected: `2 to ${MOST_STEPS} ${what}`,
  });
}

/** Matings of a lot: every combination as often as it is repeated. */
export function lotMatings(lot: Extract<Experiment, { type: 'lot' }>): number {
  return lot.pinned * lot.unpinned * lot.repeats;
}

/** As given; otherwise if a limit speaks of it. */
export function readReturnLoss(
  root: RawNode,
  limits: readonly Spoken[],
  context: Context,
): boolean {
  const limit = limits.find(
    ({ subject }) => subject.of === 'returnLoss' || subject.of === 'worstReturnLoss',
  );
  const node = childOf(root, 'returnLoss');
  const given = node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
  if (given === false && limit !== undefined && node !== undefined) {
    context.problems.add(node.place, 'return loss is asked for', {
      found: `returnLoss: false, and ${textOf(limit)}`,
      expected: 'returnLoss: true, or neither limit nor claim of it',
    });
  }
  return given ?? limit !== undefined;
}
