/** Flattens `extends`: finds the base of a design, and the base of that, and lays each over the next. */
import { UserError } from '../errors.js';
import { FileError, type ScenarioFiles, SHIPPED_DESIGNS, shippedDesignPath } from './files.js';
import { mergeDesigns, without } from './merge.js';
import type { Problems } from './problems.js';
import { mapIn, quote, type RawMap, type RawNode } from './raw.js';
import { didYouMean, oneOf } from './suggest.js';

const LONGEST_CHAIN = 20;

/** Where a design comes from: a name in the scenario or a file. */
interface Source {
  readonly key: string;
  readonly title: string;
  readonly node: RawNode;
}

export class DesignMerger {
  readonly #designs: RawMap;
  readonly #files: ScenarioFiles;
  readonly #problems: Problems;
  readonly #read = new Map<string, RawNode | undefined>();

  constructor(scenario: RawNode, files: ScenarioFiles, problems: Problems) {
    this.#designs = mapIn(scenario, 'designs');
    this.#files = files;
    this.#problems = problems;
  }

  /** The design of this name with everything it extends laid under it; `extends` itself is left out. */
  merged(name: string): RawNode | undefined {
    const node = this.#designs.entries.get(name)?.value;
    if (node === undefined) return undefined;
    return this.#merge({ key: `design ${name}`, title: `design "${name}"`, node }, [], name);
  }

  /** Undefined if something was wrong with the base, which has then been told. */
  #merge(
    source: Source,
    heirs: readonly Source[],
    ownName: string | undefined,
  ): RawNode | undefined {
    const { node } = source;
    if (node.kind !== 'map') return node;
    const reference = node.entries.get('extends')?.value;
    if (reference === undefined) return node;
    const own = without(node, 'extends');
    // what is not a text is told by the check of the structure
    if (reference.kind !== 'scalar' || typeof reference.value !== 'string') return node;
    const chain = [...heirs, source];
    const base = this.#base(reference.value, reference, ownName);
    if (base === undefined) return undefined;
    if (chain.some(({ key }) => key === base.key)) {
      const circle = [...chain.slice(chain.findIndex(({ key }) => key === base.key)), base];
      this.#problems.add(reference.place, 'designs extend each other in a circle', {
        found: circle.map(({ title }) => title).join(' → '),
      });
      return undefined;
    }
    if (chain.length >= LONGEST_CHAIN) {
      this.#problems.add(reference.place, `more than ${LONGEST_CHAIN} designs extend one another`);
      return undefined;
    }
    const baseName = base.key.startsWith('design ') ? base.key.slice('design '.length) : undefined;
    const under = this.#merge(base, chain, baseName);
    return under === undefined ? undefined : mergeDesigns(under, own);
  }

  #base(reference: string, at: RawNode, ownName: string | undefined): Source | undefined {
    if (/^\.\.?\//.test(reference)) return this.#fromFile(reference, at);
    // within a design file there are no names of the scenario
    const isScenarioDesign = ownName !== undefined && reference !== ownName;
    const node = isScenarioDesign ? this.#designs.entries.get(reference)?.value : undefined;
    if (node !== undefined)
      return { key: `design ${reference}`, title: `design "${reference}"`, node };
    const shipped = shippedDesignPath(reference);
    if (shipped !== undefined) return this.#open(shipped, reference, at);
    if (reference === ownName) {
      this.#problems.add(at.place, 'a design cannot extend itself', { found: quote(at) });
      return undefined;
    }
    const own = ownName === undefined ? [] : this.#designs.entries.keys();
    const names = [...new Set([...own, ...SHIPPED_DESIGNS])];
    this.#problems.add(at.place, `there is no design "${quote(at)}"`, {
      found: quote(at),
      expected: `${oneOf(names.filter((name) => name !== ownName))}, or a file such as ./name.yaml`,
      suggestion: didYouMean(reference, names),
    });
    return undefined;
  }

  #fromFile(reference: string, at: RawNode): Source | undefined {
    try {
      return this.#open(
        this.#files.resolve(reference, at.place.origin ?? at.place.file),
        reference,
        at,
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#problems.add(at.place, `the design file ${error.message}`, { found: quote(at) });
      return undefined;
    }
  }

  #open(path: string, title: string, at: RawNode): Source | undefined {
    if (!this.#read.has(path)) this.#read.set(path, this.#parse(path, at));
    const node = this.#read.get(path);
    return node === undefined ? undefined : { key: `file ${path}`, title, node };
  }

  #parse(path: string, at: RawNode): RawNode | undefined {
    try {
      const node = this.#files.tree(path);
      if (node.kind === 'map') return without(node, '$schema');
      this.#problems.add(node.place, 'a design file is a map of fields', { found: quote(node) });
    } catch (error) {
      if (error instanceof UserError)
        for (const problem of error.problems) this.#problems.push(problem);
      else if (error instanceof FileError) {
        this.#problems.add(at.place, `the design file ${error.message}`, { found: quote(at) });
      } else throw error;
    }
    return undefined;
  }
}
