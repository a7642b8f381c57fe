/** Text → Scenario: syntax, overrides, extends, structure, values; all problems are told at once. */

import { InvariantError } from '../errors.js';
import type { Context } from './context.js';
import { DesignMerger } from './extends.js';
import { type FileRead, type ReadFile, ScenarioFiles } from './files.js';
import { Memory } from './memory.js';
import { applyOverrides, type Override } from './overrides.js';
import { Problems } from './problems.js';
import { ExpressionBudget } from './quantity.js';
import { childOf, mapIn, type RawMap, type RawNode, withEntry } from './raw.js';
import { type AllocationSpec, readAllocation } from './read-allocation.js';
import { readScenario } from './read-scenario.js';
import { readSweep, type SweepSpec } from './read-sweep.js';
import { scenarioSchema } from './schema.js';
import { checkStructure } from './structure.js';
import type { Scenario } from './types.js';
import { readYaml } from './yaml-source.js';

const MOST_DESIGNS = 200;
const MOST_PAIRS = 200;
const MOST_CHANNELS = 200;

export interface ParseOptions {
  /** Path of the scenario file: for messages, and the folder to which paths in the scenario refer. */
  readonly file?: string | undefined;
  /** Values to put into the scenario before it is read, as by `--set path=value`. */
  readonly overrides?: readonly Override[] | undefined;
  /** More limits, for all pairs (`p97 <= 0.25 dB`) or one (`mpo: p97 <= 0.25 dB`). */
  readonly limits?: readonly string[] | undefined;
  /** Turns problems of plausibility into warnings. */
  readonly allowImplausible?: boolean | undefined;
  /** Lets `extends` and CSV files leave the folder of the scenario. */
  readonly allowOutside?: boolean | undefined;
  /** Reads design and CSV files; the file system unless given. */
  readonly readFile?: ReadFile | undefined;
}

export interface Parsed {
  readonly scenario: Scenario;
  /** What its section `sweep` says; null without one. */
  readonly sweep: SweepSpec | null;
  /** The same of `allocation`. */
  readonly allocation: AllocationSpec | null;
  readonly warnings: readonly string[];
}

/** The scenario that a YAML or JSON text describes. Throws UserError with every problem of it. */
export function parseScenario(text: string, options: ParseOptions = {}): Parsed {
  return new ScenarioText(text, options).parse(options.overrides);
}

/** The text of a scenario and the files that it refers to, read once, for many variants of it. */
export class ScenarioText {
  /** As it was written. */
  readonly text: string;
  readonly #written: RawNode;
  readonly #options: ParseOptions;
  readonly #files: ScenarioFiles;
  readonly #memory = new Memory();

  /** Throws UserError if the text is no YAML. */
  constructor(text: string, options: ParseOptions = {}) {
    this.text = text;
    this.#written = readYaml(text, options.file);
    this.#options = options;
    this.#files = new ScenarioFiles(options.file, options.readFile, options.allowOutside);
  }

  /** The files that have been read for it, or could not be, but for those that are shipped. */
  filesRead(): FileRead[] {
    return this.#files.filesRead();
  }

  /** The scenario with these values set. Throws UserError with every problem of it. */
  parse(overrides: readonly Override[] = []): Parsed {
    const problems = new Problems();
    const context: Context = {
      problems,
      budget: new ExpressionBudget(),
      files: this.#files,
      memory: this.#memory,
      allowImplausible: this.#options.allowImplausible ?? false,
    };
    const given = applyOverrides(this.#written, overrides, this.#options.file, problems);
    refuseTooMany(given, problems);
    const root = flatten(given, this.#files, problems);
    checkStructure(root, scenarioSchema, problems);
    const scenario = readScenario(root, this.#options, context);
    const sweep = readSweep(root, context) ?? null;
    const keys = (key: string) => [...mapIn(root, key).entries.keys()];
    const allocation = readAllocation(root, keys('designs'), keys('pairs'), context) ?? null;
    problems.throwIfAny();
    if (scenario === undefined)
      throw new InvariantError('a scenario was not read, without a problem');
    return { scenario, sweep, allocation, warnings: problems.warnings };
  }
}

function refuseTooMany(root: RawNode, problems: Problems): void {
  for (const [key, most] of [
    ['designs', MOST_DESIGNS],
    ['pairs', MOST_PAIRS],
    ['channels', MOST_CHANNELS],
  ] as const) {
    const map = mapIn(root, key);
    if (map.entries.size > most) problems.add(map.place, `more than ${most} ${key}`);
  }
  if (problems.any) problems.throwIfAny();
}

/** Replaces each design by what it comes to with all that it extends. */
function flatten(root: RawNode, files: ScenarioFiles, problems: Problems): RawNode {
  const designs = childOf(root, 'designs');
  if (root.kind !== 'map' || designs?.kind !== 'map') return root;
  const merger = new DesignMerger(root, files, problems);
  let merged: RawMap = designs;
  for (const [name, entry] of designs.entries) {
    const design = merger.merged(name);
    if (design === undefined) problems.markBad(entry.value);
    else merged = withEntry(merged, name, { ...entry, value: design });
  }
  const keyPlace = root.entries.get('designs')?.keyPlace ?? designs.place;
  return withEntry(root, 'designs', { keyPlace, value: merged });
}
