/** Reads which tolerances may be chosen: from the section `allocation` of a scenario, and from `--tolerance`. */
import type { Context } from './context.js';
import { INPUTS, type InputName } from './inputs.js';
import { Problems } from './problems.js';
import {
  childOf,
  type Details,
  numberAt,
  type Place,
  type RawNode,
  shorten,
  textAt,
} from './raw.js';
import { didYouMean, oneOf } from './suggest.js';
import type { SpreadInput } from './with-spread.js';

/** A tolerance that may be chosen, as a factor on its present spread. */
export interface ToleranceSpec {
  readonly name: string;
  readonly inputs: readonly SpreadInput[];
  readonly least: number;
  readonly most: number;
  readonly cost: number;
  readonly exponent: number;
  /** Where it is written. */
  readonly place: Place;
}

export interface AllocationSpec {
  readonly pair: string | null;
  readonly tolerances: readonly ToleranceSpec[];
}

/** The section of a scenario; undefined without one, or if it cannot be read, which has then been told. */
export function readAllocation(
  root: RawNode,
  designs: readonly string[],
  pairs: readonly string[],
  { problems }: Context,
): AllocationSpec | undefined {
  const node = childOf(root, 'allocation');
  const given = childOf(node, 'tolerances');
  if (node === undefined || given?.kind !== 'map' || problems.isBadWithin(node)) return undefined;
  const pair = textAt(node, 'pair') ?? null;
  if (pair !== null && !pairs.includes(pair)) {
    problems.add(
      childOf(node, 'pair')?.place ?? node.place,
      `allocation: there is no pair "${pair}"`,
      {
        expected: oneOf(pairs),
        suggestion: didYouMean(pair, pairs),
      },
    );
  }
  const tolerances: ToleranceSpec[] = [];
  for (const [name, { keyPlace, value }] of given.entries) {
    const listed = childOf(value, 'inputs');
    const paths =
      listed?.kind === 'list'
        ? listed.items.map((item) => ({
            path: item.kind === 'scalar' ? String(item.value) : '',
            place: item.place,
          }))
        : [{ path: name, place: keyPlace }];
    const inputs = paths.flatMap(({ path, place }) => spreadInputs(path, designs, place, problems));
    const numbers = {
      least: numberAt(value, 'from') ?? Number.NaN,
      most: numberAt(value, 'to') ?? 1,
      cost: numberAt(value, 'cost') ?? 1,
      exponent: numberAt(value, 'exponent') ?? 1,
    };
    checkNumbers(numbers, value.place, problems);
    tolerances.push({ name, inputs, ...numbers, place: keyPlace });
  }
  refuseTwice(tolerances, problems);
  if (tolerances.length === 0) {
    problems.add(given.place, 'allocation: no tolerances', { expected: 'at least one' });
  }
  return { pair, tolerances };
}

const NUMBER = String.raw`(\d+(?:\.\d*)?|\.\d+)`;
const TOLERANCE = new RegExp(
  `^(.+?)(?:\\s*=\\s*${NUMBER}\\s*to\\s*${NUMBER})?(?:\\s*,\\s*cost\\s*${NUMBER})?(?:\\s*,\\s*exponent\\s*${NUMBER})?$`,
);

/** Longest tolerance, in characters. */
const LONGEST = 300;

const WRITTEN = 'path = 0.3 to 1, cost 2, exponent 1; all but the path may be left out';

/** Tolerances as `--tolerance` and `--widest` give them: `path=0.3 to 1, cost 2, exponent 1`. Throws UserError. */
export function parseTolerances(
  option: string,
  texts: readonly string[],
  designs: readonly string[],
  range: { readonly least: number; readonly most: number },
): readonly ToleranceSpec[] {
  const problems = new Problems();
  const tolerances = texts.map((text): ToleranceSpec => {
    const place: Place = { file: `${option} ${text}` };
    const [, name = '', least, most, cost, exponent] =
      text.length > LONGEST ? [] : (TOLERANCE.exec(text.trim()) ?? []);
    const numbers = {
      least: Number(least ?? range.least),
      most: Number(most ?? range.most),
      cost: Number(cost ?? 1),
      exponent: Number(exponent ?? 1),
    };
    // What the numbers cannot be read from is left in the path.
    const isRead = /^[^=,]+$/.test(name);
    if (!isRead) {
      problems.add(place, 'not a tolerance', { found: shorten(text), expected: WRITTEN });
      return { name, inputs: [], ...numbers, place };
    }
    checkNumbers(numbers, place, problems);
    return { name, inputs: spreadInputs(name, designs, place, problems), ...numbers, place };
  });
  refuseTwice(tolerances, problems);
  problems.throwIfAny();
  return tolerances;
}

const MOST_EXPONENT = 10;

function checkNumbers(
  { least, most, exponent }: Pick<ToleranceSpec, 'least' | 'most' | 'exponent'>,
  place: Place,
  problems: Problems,
): void {
  if (!(least > 0 && least < most)) {
    problems.add(place, 'no range of factors', {
      found: `${least} to ${most}`,
      expected: 'two factors above 0, the smaller one first',
    });
  }
  if (!(exponent > 0 && exponent <= MOST_EXPONENT)) {
    problems.add(place, 'no exponent of a cost', {
      found: String(exponent),
      expected: `a number above 0, at most ${MOST_EXPONENT}`,
    });
  }
}

/** An input of two tolerances would get both factors, and its cost would be counted twice. */
function refuseTwice(tolerances: readonly ToleranceSpec[], problems: Problems): void {
  const owners = new Map<string, string>();
  for (const { name, place, inputs } of tolerances) {
    const paths = inputs.map(({ design, input }) =>
      design === null ? `mating.${input}` : `designs.${design}.${input}`,
    );
    const again = paths.find((path, i) => owners.has(path) || paths.indexOf(path) < i);
    if (again !== undefined) {
      problems.add(place, 'an input has two tolerances', {
        found: `${shorten(again)}, which belongs to ${shorten(owners.get(again) ?? name)} already`,
        expected: 'every input in one tolerance',
      });
    }
    for (const path of paths) owners.set(path, owners.get(path) ?? name);
  }
}

/** The inputs of a path: one, or those along both axes. */
function spreadInputs(
  path: string,
  designs: readonly string[],
  place: Place,
  problems: Problems,
): SpreadInput[] {
  const refuse = (message: string, details: Details): SpreadInput[] => {
    problems.add(place, message, { found: shorten(path), ...details });
    return [];
  };
  if (path === 'mating.seatCentring') return [{ design: null, input: 'seatCentring' }];
  if (path.startsWith('mating.')) {
    const input = path.slice('mating.'.length);
    const known = namesOf('mating');
    const found = withAxes(input, known);
    if (found.length > 0) return found.map((one) => ({ design: null, input: one }));
    return refuse('no random input of the mating', {
      expected: oneOf([...known, 'seatCentring']),
      suggestion: didYouMean(input, known),
    });
  }
  const rest = path.startsWith('designs.') ? path.slice('designs.'.length) : undefined;
  const design = designs
    .filter((one) => rest?.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length)[0];
  if (rest === undefined || design === undefined) {
    return refuse('no input of a design or of the mating', {
      expected: `designs.${designs[0] ?? 'name'}.bores.positionError or mating.sideLoad`,
      suggestion: didYouMean((rest ?? path).split('.')[0] as string, designs),
    });
  }
  const input = rest.slice(design.length + 1);
  const known = namesOf('design');
  const found = withAxes(input, known);
  if (found.length > 0) return found.map((one) => ({ design, input: one }));
  return refuse('no random input of a design', {
    expected: oneOf(known),
    suggestion: didYouMean(input, known),
  });
}

function namesOf(of: 'design' | 'mating'): InputName[] {
  return INPUTS.filter((input) => input.of === of).map(({ name }) => name);
}

function withAxes(input: string, known: readonly InputName[]): InputName[] {
  const own = known.filter((name) => name === input);
  return own.length > 0
    ? own
    : known.filter((name) => name === `${input}X` || name === `${input}Y`);
}
