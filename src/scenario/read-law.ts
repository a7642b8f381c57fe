/** Reads the law of an input: a quantity, a shorthand, the long form, or a list of these. */
import { lawProblems } from './check-law.js';
import { readCsvColumn } from './csv.js';
import type { InputSpec, Level } from './inputs.js';
import { isLawName, LAWS } from './law-fields.js';
import { childOf, quote, type RawMap, type RawNode } from './raw.js';
import type { Section } from './section.js';
import { parseShorthand } from './shorthand.js';
import type { Contribution, Distribution } from './types.js';
import { round15 } from './units.js';

const MOST_VALUES = 100_000;
/** After so many mistakes in one list the rest of it is not read. */
const MOST_MISTAKES = 20;

/** The contributions at a node; undefined if they cannot be read, which has then been told. */
export function readContributions(
  node: RawNode,
  spec: InputSpec,
  section: Section,
): readonly Contribution[] | undefined {
  if (node.kind !== 'list') {
    const only = readContribution(node, spec, section);
    return only === undefined ? undefined : [only];
  }
  const contributions = node.items.map((item) => readContribution(item, spec, section));
  const seen = new Set<Level>();
  let complete = true;
  for (const [i, contribution] of contributions.entries()) {
    if (contribution === undefined) {
      complete = false;
    } else if (seen.has(contribution.level)) {
      complete = false;
      section.context.problems.add(
        node.items[i]!.place,
        `${spec.name}: two contributions are drawn per ${contribution.level}`,
        {
          found: quote(node.items[i]!),
          expected: 'one contribution a level',
          suggestion: 'combine them into one',
        },
      );
    } else seen.add(contribution.level);
  }
  return complete ? (contributions as Contribution[]) : undefined;
}

function readContribution(
  node: RawNode,
  spec: InputSpec,
  section: Section,
): Contribution | undefined {
  if (section.context.problems.isBad(node) || node.kind === 'list') return undefined;
  if (node.kind === 'scalar') return withLevel(readShorthand(node, spec, section), spec.level);
  const level = childOf(node, 'level');
  const chosen =
    level?.kind === 'scalar'
      ? spec.levels.find((candidate) => candidate === level.value)
      : spec.level;
  const value = childOf(node, 'value');
  const law =
    childOf(node, 'distribution') === undefined && value !== undefined
      ? readShorthand(value, spec, section)
      : readLongForm(node, spec, section);
  return chosen === undefined ? undefined : withLevel(law, chosen);
}

function withLevel(law: Distribution | undefined, level: Level): Contribution | undefined {
  return law === undefined ? undefined : { ...law, level };
}

/** A quantity (fixed) or `NOMINAL ± TOLERANCE …`. */
function readShorthand(node: RawNode, spec: InputSpec, section: Section): Distribution | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    const value = section.number(node, spec.unit, spec.name);
    return value === undefined ? undefined : { distribution: 'fixed', value };
  }
  const text = node.value;
  const shorthand = section.attempt(node, spec.name, () => parseShorthand(text));
  if (shorthand === undefined) return undefined;
  const part = (value: string) => section.number({ ...node, value }, spec.unit, spec.name);
  // the nominal of "± 1 um uniform" is 0
  const isLeftOut = shorthand.kind !== 'fixed' && shorthand.nominal === '';
  const nominal = isLeftOut ? 0 : part(shorthand.nominal);
  if (shorthand.kind === 'fixed') {
    return nominal === undefined ? undefined : { distribution: 'fixed', value: nominal };
  }
  const tolerance = part(shorthand.tolerance);
  if (nominal === undefined || tolerance === undefined) return undefined;
  const low = round15(nominal - tolerance);
  const high = round15(nominal + tolerance);
  if (tolerance < 0) {
    section.context.problems.add(node.place, `${spec.name}: the tolerance is negative`, {
      found: quote(node),
    });
    return undefined;
  }
  if (shorthand.kind === 'uniform') return { distribution: 'uniform', low, high };
  const sigma = round15(tolerance / shorthand.sigmas);
  if (!shorthand.truncated) {
    return { distribution: 'normal', mean: nominal, sigma, lower: null, upper: null };
  }
  // nothing is left to draw where the tolerance vanishes, as at the end of a sweep
  if (low === high) return { distribution: 'fixed', value: nominal };
  return checked(
    { distribution: 'normal', mean: nominal, sigma, lower: low, upper: high },
    node,
    spec,
    section,
  );
}

/** `{ distribution: …, … }`. */
function readLongForm(map: RawMap, spec: InputSpec, section: Section): Distribution | undefined {
  const name = childOf(map, 'distribution');
  if (name?.kind !== 'scalar' || !isLawName(name.value)) return undefined;
  const law: Record<string, unknown> = { distribution: name.value };
  let complete = true;
  for (const [field, { kind, optional }] of Object.entries(LAWS[name.value].fields)) {
    const node = childOf(map, field);
    const label = `${spec.name}.${field}`;
    const unit = kind === 'quantity' || kind === 'quantities' ? spec.unit : '1';
    if (node === undefined) {
      complete &&= optional;
      law[field] = kind === 'switch' ? false : null;
    } else if (kind === 'quantity' || kind === 'number') {
      law[field] = section.number(node, unit, label);
    } else if (kind === 'quantities' || kind === 'numbers') {
      law[field] = readNumbers(node, (item) => section.number(item, unit, label), label, section);
    } else law[field] = node.kind === 'scalar' ? node.value : undefined;
    complete &&= law[field] !== undefined;
  }
  if (!complete) return undefined;
  if (name.value === 'empirical') return readEmpirical(map, law, spec, section);
  if (name.value === 'normal' && (law['lower'] === null) !== (law['upper'] === null)) {
    section.context.problems.add(map.place, `${spec.name}: one truncation bound alone`, {
      found: quote(map),
      expected: 'both lower and upper, or neither',
    });
    return undefined;
  }
  // every field of this family has been read above
  return checked(law as unknown as Distribution, map, spec, section);
}

function readNumbers(
  node: RawNode,
  read: (item: RawNode) => number | undefined,
  label: string,
  section: Section,
): readonly number[] | undefined {
  if (node.kind !== 'list' || section.context.problems.isBad(node)) return undefined;
  if (node.items.length > MOST_VALUES) {
    section.context.problems.add(node.place, `${label}: ${node.items.length} values`, {
      expected: `at most ${MOST_VALUES}`,
    });
    return undefined;
  }
  const values: number[] = [];
  let mistakes = 0;
  for (const item of node.items) {
    const value = read(item);
    if (value !== undefined) values.push(value);
    else mistakes += 1;
    if (mistakes > MOST_MISTAKES) break;
  }
  return mistakes === 0 ? values : undefined;
}

function readEmpirical(
  map: RawMap,
  law: Record<string, unknown>,
  spec: InputSpec,
  section: Section,
): Distribution | undefined {
  const { values, file, column } = law;
  const isFile = typeof file === 'string' && typeof column === 'string';
  const isList = Array.isArray(values) && file === null && column === null;
  if (isList) return { distribution: 'empirical', values: values as number[] };
  if (!isFile || values !== null) {
    section.context.problems.add(map.place, `${spec.name}: where are the measured values?`, {
      found: quote(map),
      expected: 'either values, or file and column',
    });
    return undefined;
  }
  const node = childOf(map, 'file') ?? map;
  const read = readCsvColumn(file, column, spec.unit, node, section.context, MOST_VALUES);
  return read === undefined ? undefined : { distribution: 'empirical', values: read };
}

/** The law if its fields make sense; tells what does not, at the field where that stands. */
function checked(
  law: Distribution,
  node: RawNode,
  spec: InputSpec,
  section: Section,
): Distribution | undefined {
  const problems = lawProblems(law);
  for (const { field, message, expected } of problems) {
    const at = childOf(node, field) ?? node;
    section.context.problems.add(at.place, `${spec.name}: ${message}`, {
      found: quote(at),
      expected,
    });
  }
  return problems.length === 0 ? law : undefined;
}
