/** Texts that have hurt other programs, and some that are at home in this one. */
import type { Chance } from '../support/chance.js';

const LONG = 30_000;
const VERY_LONG = 300_000;

const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'length',
  '__defineGetter__',
  '0',
  '-1',
  '<<',
  '$schema',
  'extends',
  'kind',
];

export const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1e999',
  '-1e999',
  'NaN',
  '.nan',
  'Infinity',
  '-.inf',
  '1e308',
  '5e-324',
  '1e15',
  '9007199254740993',
  '4294967296',
  '2147483648',
  '1e12',
  '1e6',
  '0.1',
  '0x7fffffff',
  '0b1',
  '1_000',
  '１２',
  '1,5',
  '1e1e1',
  '٣',
];

const PATHS = [
  '../../etc/passwd',
  './../designs/mtp-elite.yaml',
  '/etc/passwd',
  './/etc//passwd',
  'C:\\Windows\\win.ini',
  '\\\\server\\share',
  'file:///etc/passwd',
  'https://example.invalid/x.yaml',
  './designs/../../x.yaml',
  './designs/mtp-elite.yaml',
  './nul',
  'CON',
  'aux.json',
  './a\u0000b',
  './.',
  './',
  '~root/x',
  '/dev/zero',
  '/proc/self/environ',
  './%2e%2e/x',
];

const TEXTS = [
  '\u0000',
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u009b2J',
  '\u202etxt.exe',
  '\u200b',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\u2028',
  '\u0085',
  'ﬃ İ ß',
  '👩‍👩‍👧‍👦',
  'e\u0301'.repeat(20),
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' or 1=1 --",
  '=cmd|calc!A1',
  '%s%n%x',
  '{{7*7}}',
  '`id`',
  '$(id)',
  '\r\n',
  '\r',
  '\t',
];

const SYNTAX = [
  ...'[]{}:,-"\'|>%@#?&*!=()^/+.±',
  ': ',
  '- ',
  '&a ',
  '*a',
  '&a [*a]',
  '!!x ',
  '!!js/function "x"',
  '!!binary aGk=',
  '!!set',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '%TAG ! x\n',
  '\n',
  '\n  ',
  '\\u0000',
  '"\\',
  '<<: *a',
  '? ',
  '|+9\n',
  '>-\n',
  'null',
  '~',
  'true',
  'no',
  '1:30',
  '2001-01-01',
];

const WORDS = [
  'normal',
  'uniform',
  'lot',
  'plug',
  'fibre',
  'mating',
  'distribution',
  'sigma',
  'value',
  'level',
  'um',
  'nm',
  'deg',
  'kN',
  'dB',
  'mtp-elite',
  'generic-mpo-multimode',
  '0 um ± 1 um at 3 sigma, truncated',
  '1 um',
  '1e15 um',
  '1e-300 um',
  '12 N',
  'sqrt(-1 um^2)',
  'guidePins.diameter',
  'range(1, 2, 3)',
  'logrange(1 N, 1e9 N, 10000)',
  'p97 <= 0.25 dB',
  'yield(0.25 dB) >= 97 %',
];

const CALLS = [
  'import({a: 1})',
  'createUnit("x")',
  'parse("1")',
  'eval("1")',
  'evaluate("1")',
  'factorial(1e9)',
  '1e9!',
  'zeros(1e9)',
  'ones(100000, 100000)',
  'range(1, 1e9)',
  '1:1e9',
  'random(1e9)',
  'cos.constructor("return 1")()',
  'f(x) = f(x)',
  'a.b.c.d',
  'x["constructor"]',
  'concat("a", "b")',
  'combinations(1e6, 5e5)',
  'bignumber(10)^1e9',
  '10^10^10',
  '2^1e9',
  'sort([1], "asc")',
  'i',
  'end',
  'to um',
];

const LISTS = [KEYS, NUMBERS, PATHS, TEXTS, SYNTAX, WORDS, CALLS];

/** Any nasty text, mostly a short one. */
export function nasty(chance: Chance): string {
  if (chance.is(0.03)) return long(chance);
  return chance.pick(chance.pick(LISTS));
}

/** Text that takes quadratic time, or worse, from careless readers; or as much memory. */
export function long(chance: Chance): string {
  const length = chance.is(0.1) ? VERY_LONG : LONG;
  switch (chance.whole(0, 6)) {
    case 0:
      return chance.pick(['1', ' ', 'a', '-', '.', '0.', '\t', '\n', '#', '"', '%']).repeat(length);
    case 1:
      return chance.pick(['[', '{', '(', '{"a":', '- ', '? ', '((', '!']).repeat(length / 10);
    case 2:
      return (
        `${chance.pick(['1', '1.', '1e', 'a.', ' '])}`.repeat(length) + chance.pick(['x', '!'])
      );
    case 3:
      return nastyKey(chance).repeat(length / 10);
    case 4:
      return laughs(chance.whole(3, 9), chance.whole(2, 12));
    case 5:
      return Array.from({ length: length / 20 }, (_, i) => `k${i}: ${i}`).join('\n');
    default:
      return chance.pick(['1 + ', '1 um * ', '-', 'sqrt(', '(1) ', 'max(1, ']).repeat(length / 10);
  }
}

/** Aliases of aliases: a few lines that mean width^depth values. */
function laughs(depth: number, width: number): string {
  const line = (k: number): string =>
    `a${k}: &a${k} [${Array.from({ length: width }, () => (k === 0 ? 'lol' : `*a${k - 1}`)).join(', ')}]`;
  return Array.from({ length: depth }, (_, k) => line(k)).join('\n');
}

export function nastyKey(chance: Chance): string {
  return chance.pick(KEYS);
}

/** Any value of a tree. */
export function nastyValue(chance: Chance): unknown {
  switch (chance.whole(0, 9)) {
    case 0:
      return null;
    case 1:
      return chance.is(0.5);
    case 2:
      return [];
    case 3:
      return {};
    case 4:
      return chance.pick([
        0,
        -0,
        -1,
        0.5,
        1e300,
        1e12,
        2 ** 53,
        2 ** 31,
        -(2 ** 31),
        1e-300,
        3,
        12,
      ]);
    case 5:
      return Number(chance.pick(NUMBERS)) || 0;
    case 6:
      return Array.from({ length: chance.whole(1, 4) }, () => nastyValue(chance));
    case 7:
      return JSON.parse(`{${JSON.stringify(nastyKey(chance))}: 1}`) as unknown;
    case 8:
      return nested(chance.pick([3, 30, 300]));
    default:
      return nasty(chance);
  }
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}
