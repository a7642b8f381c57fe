/** Quantities and expressions, from a grammar that knows what is allowed and much that is not. */
import fc from 'fast-check';
import type { Names } from '../../../src/scenario/evaluate.js';
import { ExpressionError } from '../../../src/scenario/expression.js';
import type { Unit } from '../../../src/scenario/inputs.js';
import { ExpressionBudget, readNumber } from '../../../src/scenario/quantity.js';
import { parseShorthand } from '../../../src/scenario/shorthand.js';
import { dimensionOf } from '../../../src/scenario/units.js';
import { editCharacters } from '../mutate.js';
import { NUMBERS, nasty } from '../nasty.js';
import { hash, type Setup, shareOf } from '../target.js';

const UNITS = [
  'um',
  'nm',
  'mm',
  'deg',
  'rad',
  'N',
  'kgf',
  'degC',
  'K',
  'dB',
  'ppm',
  'N/um',
  'kg',
  's',
];
const WANTED: readonly Unit[] = ['um', 'rad', 'N', 'N/um', 'degC', 'dB', '1'];
const FUNCTIONS = [
  'sqrt',
  'abs',
  'min',
  'max',
  'sin',
  'factorial',
  'import',
  'eval',
  'zeros',
  'log',
];
const NAMES = [
  'play',
  'guidePins.diameter',
  'a.b.c',
  'pi',
  'e',
  'i',
  'Infinity',
  'x.__proto__',
  'constructor',
];

const OPERATORS = ['+', '-', '*', '/', ' ', '^', ' ± ', 'e', '.', '%'];
const ENDINGS = [
  ' at 3 sigma',
  ' ± 1 um',
  ' uniform',
  ', truncated',
  '!',
  "'",
  '[1]',
  '.x',
  ' to um',
];

/** Anything that looks like an expression, and lengths that are some. */
const { text: grammar } = fc.letrec<{ text: string; atom: string; any: string; length: string }>(
  (tie) => ({
    atom: fc.oneof(
      fc.double({ noNaN: false }).map(String),
      fc.nat(1000).map(String),
      fc.constantFrom(...NUMBERS),
      fc.constantFrom(...UNITS),
      fc.constantFrom(...NAMES),
      fc.tuple(fc.nat(1000), fc.constantFrom(...UNITS)).map(([x, unit]) => `${x} ${unit}`),
    ),
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('atom'),
      fc
        .tuple(tie('text'), fc.constantFrom(...OPERATORS), tie('text'))
        .map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom(...FUNCTIONS), fc.array(tie('text'), { maxLength: 3 }))
        .map(([name, parts]) => `${name}(${parts.join(', ')})`),
      tie('text').map((text) => `(${text})`),
      tie('text').map((text) => `-${text}`),
      tie('text').map((text) => `(${text})^2`),
      fc.tuple(tie('text'), fc.constantFrom(...ENDINGS)).map((parts) => parts.join('')),
    ),
    length: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(fc.nat(1000), fc.constantFrom('um', 'mm', 'nm')).map(([x, unit]) => `${x} ${unit}`),
      fc.constant('play'),
      fc.tuple(tie('length'), fc.constantFrom(' + ', ' - '), tie('length')).map((p) => p.join('')),
      fc.tuple(fc.nat(99), tie('length')).map(([x, length]) => `${x}.5 * (${length})`),
      tie('length').map((length) => `abs(${length})`),
      tie('length').map((length) => `sqrt((${length})^2)`),
      fc.tuple(tie('length'), tie('length')).map((parts) => `max(${parts.join(', ')})`),
    ),
    text: fc.oneof(tie('any'), tie('length')),
  }),
);

const NONE: Names = {
  lookUp: (path) =>
    path.join('.') === 'play' ? { value: 0.6, dimension: dimensionOf('um') } : undefined,
  known: () => ['play', 'guidePins.diameter'],
};

export const setUpExpression: Setup = () => ({
  refusals: [ExpressionError],
  make: (chance) => {
    if (chance.is(0.08)) return nasty(chance);
    const seed = chance.whole(0, 2 ** 31 - 1);
    const [text = ''] = fc.sample(grammar, { seed, numRuns: 1 });
    return chance.is(0.3) ? editCharacters(text, chance) : text;
  },
  run: (text) => {
    const unit = shareOf(text) < 0.5 ? 'um' : WANTED[hash(text) % WANTED.length];
    const { nominal } = parseShorthand(text);
    const value = readNumber(nominal, unit as Unit, NONE, new ExpressionBudget());
    if (!Number.isFinite(value)) throw new Error(`${nominal} became ${value}`);
  },
});
