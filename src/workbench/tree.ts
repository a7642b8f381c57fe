/** Values in trees of plain data, by the keys that lead to them. */
import type { Json, JsonMap } from './types.js';

export function valueAt(tree: object, keys: readonly string[]): Json | undefined {
  let value: unknown = tree;
  for (const key of keys) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonMap)[key];
  }
  return value as Json;
}

/** The tree with another value there; all that is not on the way stays the same object. */
export function withValue<T extends object>(tree: T, keys: readonly string[], value: Json): T {
  const [key, ...rest] = keys;
  if (key === undefined) return tree;
  const child = (tree as Record<string, unknown>)[key];
  const below = child !== null && typeof child === 'object' ? child : {};
  return { ...tree, [key]: rest.length === 0 ? value : withValue(below, rest, value) };
}
