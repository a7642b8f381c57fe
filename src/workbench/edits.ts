/** What users do to a workbench, step by step. */
import { dependents } from './choices.js';
import { change, type History } from './history.js';
import { freeName } from './names.js';
import { valueAt, withValue } from './tree.js';
import type { Json, Side, Workbench } from './types.js';

/** A workbench, and the designs as they came: sliders go around these. */
export interface BenchState {
  readonly bench: Workbench;
  readonly origins: readonly [Side, Side];
}

export type SideIndex = 0 | 1;
export type Benches = History<BenchState>;

/** @param gesture what the change is part of, such as one drag */
export function edited(
  history: Benches,
  index: SideIndex,
  keys: readonly string[],
  value: Json,
  gesture: string | null,
): Benches {
  const state = history.present;
  const before = state.bench.sides[index];
  let side = withValue(before, keys, value);
  if (typeof value === 'string' || typeof value === 'number') {
    for (const [path, other] of Object.entries(dependents(before, keys.join('.'), value)))
      side = withValue(side, path.split('.'), other);
  }
  return change(history, withSide(state, index, side), gesture);
}

/** Another design on one side. */
export function chosen(history: Benches, index: SideIndex, choice: Side): Benches {
  const { bench, origins } = history.present;
  const other = bench.sides[index === 0 ? 1 : 0].name;
  const side = choice.name === other ? { ...choice, name: freeName(other) } : choice;
  const next = withSide({ bench, origins }, index, side);
  return change(history, { ...next, origins: placed(origins, index, side) });
}

/** What was read as text, in its long form, if it still stands there. */
export function resolvedTexts(state: BenchState, resolved: readonly [Side, Side]): BenchState {
  return ([0, 1] as const).reduce((all, index) => {
    let side = all.bench.sides[index];
    for (const section of ['design', 'mating'] as const)
      side = adopted(side, resolved[index], [section]);
    return side === all.bench.sides[index] ? all : withSide(all, index, side);
  }, state);
}

function adopted(side: Side, resolved: Side, keys: readonly string[]): Side {
  const value = valueAt(side, keys);
  const read = valueAt(resolved, keys);
  if (read === undefined) return side;
  if (typeof value === 'string' && typeof read === 'object') return withValue(side, keys, read);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return side;
  return Object.keys(value).reduce((all, key) => adopted(all, resolved, [...keys, key]), side);
}

function withSide({ bench, origins }: BenchState, index: SideIndex, side: Side): BenchState {
  return { bench: { ...bench, sides: placed(bench.sides, index, side) }, origins };
}

function placed<T>([a, b]: readonly [T, T], index: SideIndex, value: T): readonly [T, T] {
  return index === 0 ? [value, b] : [a, value];
}
