/** What was read of the nodes of a scenario before, so that variants of it read only what is new in them. */
import type { Problems } from './problems.js';
import { fromPlain, type Place, type RawNode } from './raw.js';

export class Memory {
  readonly #values = new WeakMap<RawNode, Map<string, unknown>>();
  readonly #defaults = new WeakMap<Place, Map<unknown, RawNode>>();

  /**
   * The value that `read` gives for a node, or that it gave before. Only what was read without a problem or a warning, and
   * without reference to other values, is kept.
   *
   * @param key what the node is read as
   * @param references how many times other values have been referred to
   */
  recall<T>(
    node: RawNode,
    key: string,
    problems: Problems,
    references: () => number,
    read: () => T,
  ): T {
    const known = this.#values.get(node);
    if (known?.has(key)) return known.get(key) as T;
    const before = [problems.told, references()];
    const value = read();
    if (value === undefined || before[0] !== problems.told || before[1] !== references()) {
      return value;
    }
    if (known === undefined) this.#values.set(node, new Map([[key, value]]));
    else known.set(key, value);
    return value;
  }

  /** The node of a default: the same one for the same value at the same place. */
  defaultNode(value: unknown, place: Place): RawNode {
    let nodes = this.#defaults.get(place);
    if (nodes === undefined) {
      nodes = new Map();
      this.#defaults.set(place, nodes);
    }
    let node = nodes.get(value);
    if (node === undefined) {
      node = fromPlain(value, place);
      nodes.set(value, node);
    }
    return node;
  }
}
