/** YAML and JSON: what is read, what is refused, where it is told, and that hostile texts end quickly. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../support/cpu-time.js';
import { parse, problemsOf, scenarioText, single, told } from './helpers.js';

const PAIRS = 'pairs: { p: { pinned: a, unpinned: a } }';
const DESIGNS = 'designs: { a: { extends: mtp-standard } }';

describe('texts that are read', () => {
  const json = {
    designs: { a: { extends: 'mtp-standard' } },
    pairs: { p: { pinned: 'a', unpinned: 'a' } },
  };
  it.each([
    ['YAML', `${DESIGNS}\n${PAIRS}\n`],
    ['YAML with Windows line ends', `${DESIGNS}\r\n${PAIRS}\r\n`],
    ['YAML with a byte-order mark', `\uFEFF${DESIGNS}\n${PAIRS}\n`],
    ['YAML with a version', `%YAML 1.2\n---\n${DESIGNS}\n${PAIRS}\n`],
    ['JSON in one line', JSON.stringify(json)],
    ['JSON indented with tabs', JSON.stringify(json, null, '\t')],
    [
      'comments and anchors',
      `# c\nx: &a { pinned: a, unpinned: a }\n`.replace(/x: .*\n/, '') +
        `designs: { a: &d { extends: mtp-standard }, b: *d }\npairs: { p: &p { pinned: a, unpinned: a }, q: *p } # end\n`,
    ],
  ])('%s', (_, text) => {
    expect(parse(text).pairs[0]).toMatchObject({ name: 'p', pinned: 'a' });
  });

  it('takes names such as toString and valueOf as names', () => {
    const text =
      'designs: { toString: { extends: mtp-standard }, valueOf: { extends: toString } }\npairs: { hasOwnProperty: { pinned: toString, unpinned: valueOf } }';
    const scenario = parse(text);
    expect(scenario.pairs[0]).toMatchObject({ name: 'hasOwnProperty', pinned: 'toString' });
    expect(Object.keys(scenario.designs)).toEqual(['toString', 'valueOf']);
    expect(scenario.designs['hasOwnProperty']).toBeUndefined();
  });
});

describe('header', () => {
  it.each([
    ['seed: 7', '7'],
    ['seed: "x y"', 'x y'],
    ['', '1'],
  ])('%s', (line, seed) => {
    expect(parse(scenarioText('', line)).seed).toBe(seed);
  });
  it.each([
    ['matings: 1e6', 1e6],
    ['matings: "1e6"', 1e6],
    ['matings: 1', 1],
    ['matings: 1e12', 1e12],
    ['', 100_000],
  ])('%s', (line, matings) => {
    expect(parse(scenarioText('', line)).matings).toBe(matings);
  });
  it.each([
    'matings: 0',
    'matings: 1.5',
    'matings: -3',
    'matings: 2e12',
    'matings: many',
    'matings: "0x10"',
    'matings:',
  ])('refuses %s', (line) => {
    expect(told(single(problemsOf(scenarioText('', line))))).toMatch(/matings/);
  });
  it.each(['seed: 1.5', 'seed: [1]', 'seed: true', 'seed: ""', 'seed: 12345678901234567890'])(
    'refuses %s',
    (line) => {
      expect(told(single(problemsOf(scenarioText('', line))))).toMatch(/seed/);
    },
  );
});

describe('texts that are refused, each with the reason', () => {
  const nested = (open: string, times: number) => open.repeat(times);
  it.each<[string, string, RegExp]>([
    ['empty', '', /file is empty/],
    ['comments alone', '# nothing\n', /file is empty/],
    ['a scalar', 'hello', /does not hold a map/],
    ['a list', '- 1', /does not hold a map/],
    ['no pairs', DESIGNS, /"pairs" is missing/],
    ['empty pairs', `${DESIGNS}\npairs: {}`, /no pairs/],
    ['several documents', `${DESIGNS}\n---\n${PAIRS}`, /several documents/],
    [
      'a duplicate key',
      `name: a\nname: b\n${DESIGNS}\n${PAIRS}`,
      /"name" stands twice.*first in line 1/,
    ],
    ['__proto__', `__proto__: {}\n${PAIRS}`, /"__proto__" is not allowed/],
    [
      'constructor in JSON',
      '{"designs":{"constructor":{}},"pairs":{}}',
      /"constructor" is not allowed/,
    ],
    ['prototype', 'designs: { a: { prototype: 1 } }', /"prototype" is not allowed/],
    ['a merge key', `x: &x {}\ndesigns: { a: { <<: *x } }\n${PAIRS}`, /merge keys.*extends/],
    ['a tag', 'name: !!str x', /tags are not used/],
    ['an unknown tag', 'name: !foo x', /tags are not used/],
    ['a tagged map', 'designs: !!map {}', /tags are not used/],
    ['YAML 1.1', `%YAML 1.1\n---\n${PAIRS}`, /only YAML 1.2/],
    ['an alias without anchor', 'name: *x', /not valid YAML|no anchor/],
    ['an alias in itself', 'designs: &x { a: *x }', /inside its own anchor/],
    ['NaN', 'matings: .nan', /not a finite number/],
    ['infinity', 'matings: -.inf', /not a finite number/],
    ['a number beyond range', 'matings: 1e999', /not a finite number/],
    ['a NUL byte', 'name: a\0b', /control character \(U\+0000\)/],
    ['an escaped NUL byte', 'name: "a\\0b"', /control character/],
    ['a lone surrogate', 'name: a\uD800b', /half a surrogate pair/],
    ['an escaped lone surrogate', '{"name":"\\uD800"}', /half a surrogate pair/],
    ['a control character in a key', '{"a\\u0007":1}', /control character/],
    ['a map as key', '? { a: 1 }\n: 2', /a key must be plain text/],
    ['an empty key', ': 2', /a key must be plain text/],
    ['bad syntax', 'designs: { a: ]', /not valid YAML/],
    ['an unclosed quote', 'name: "a', /not valid YAML/],
    ['a blank name of a design', 'designs: { " ": {} }', /cannot be a name/],
    [
      'a number as name of a pair',
      `${DESIGNS}\npairs: { 1: { pinned: a, unpinned: a } }`,
      /"1" cannot be a name.*not a number alone/,
    ],
    [
      'a name of 101 characters',
      `designs: { ${'x'.repeat(101)}: { extends: mtp-elite } }`,
      /cannot be a name/,
    ],
    ['null for a map', `designs:\n${PAIRS}`, /designs: a value is missing/],
  ])('%s', (_, text, reason) => {
    expect(problemsOf(text).map(told).join('\n')).toMatch(reason);
  });

  it.each<[string, string]>([
    ['flow lists', nested('[', 500_000)],
    ['closed flow lists', `${nested('[', 300_000)}${nested(']', 300_000)}`],
    ['flow maps', nested('{a: ', 200_000)],
    ['block lists', nested('- ', 400_000)],
    ['block maps', Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['explicit keys', nested('? ', 400_000)],
    ['colons', nested(': ', 400_000)],
    ['closing brackets', nested('}', 900_000)],
    ['commas', `[${nested(',', 190_000)}`],
    ['quotes', nested('"', 380_000)],
    ['anchors', nested('&a ', 95_000)],
    ['bangs', nested('! ', 95_000)],
    ['pairs of brackets', nested('[]', 95_000)],
    ['documents', nested('---\n', 95_000)],
    ['directives', nested('%A\n', 95_000)],
    ['keys', Array.from({ length: 28_000 }, (_, i) => `key${i}: 1`).join('\n')],
    ['one long key', `${'a'.repeat(900_000)}: 1`],
    ['one long scalar', `name: ${'a '.repeat(450_000)}`],
    ['one long quantity', `mating: { friction: ${'1'.repeat(900_000)}! }\n${PAIRS}`],
    ['one long parameter', scenarioText(`parameters: { x: ${'1'.repeat(900_000)}! }`)],
    ['blank name', `{"pairs": {"p": {"pinned": "${'a '.repeat(400_000)}\\n", "unpinned": "a"}}}`],
    [
      'an alias bomb',
      `a: &a [${'x,'.repeat(10)}]\n${Array.from({ length: 12 }, (_, i) => `k${i}: &${'bcdefghijklm'[i]} [${`*${'abcdefghijkl'[i]},`.repeat(10)}]`).join('\n')}`,
    ],
    ['a long JSON list', `{"a":[${'1,'.repeat(132_000)}1]}`],
    ['50 MB', 'x'.repeat(50_000_000)],
    [
      '8,000 designs',
      `designs: {${Array.from({ length: 8_000 }, (_, i) => `d${i}: {extends: mtp-elite}`).join(', ')}}`,
    ],
    [
      'a long chain of parameters',
      scenarioText(
        `parameters: { ${Array.from({ length: 199 }, (_, i) => `p${i}: p${i + 1} ${'+ 1 um '.repeat(60)}`).join(', ')}, p199: 1 um }`,
      ),
    ],
    [
      '30,000 expressions',
      scenarioText(
        `guidePins: { diameter: { distribution: empirical, values: [${'1 um + 1 um,'.repeat(30_000)}] } }`,
      ),
    ],
  ])('hostile: %s end within 2 s', (_, text) => {
    const ms = cpuMs(() => expect(problemsOf(text).length).toBeGreaterThan(0));
    expect(ms).toBeLessThan(2000);
  });
});

describe('places', () => {
  it('tells file, line, column, the text, and the nearest known key', () => {
    const text = `${DESIGNS}\n${PAIRS}\nmating:\n  frictoin: 0.12\n`;
    expect(single(problemsOf(text, { file: 'x/s.yaml' }))).toMatchObject({
      file: 'x/s.yaml',
      line: 4,
      column: 3,
      found: 'frictoin: 0.12',
      suggestion: 'did you mean "friction"?',
    });
  });

  it('tells a problem in a base design in the file where it stands', () => {
    const readFile = (path: string) =>
      path === 'x/base.yaml'
        ? 'description: base\nextends: mtp-elite\nspring: { force: 9.8 }\n'
        : readFileSync(path, 'utf8');
    const text =
      'designs: { a: { extends: ./base.yaml } }\npairs: { p: { pinned: a, unpinned: a } }';
    expect(single(problemsOf(text, { file: 'x/s.yaml', readFile }))).toMatchObject({
      file: 'x/base.yaml',
      line: 3,
      column: 18,
      found: '9.8',
      expected: expect.stringContaining('a force such as 9.8 N'),
    });
  });
});

describe('a text that breaks its parser', () => {
  it('is refused: thousands of lines behind a slip in braces', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join('\n');
    const problem = single(problemsOf(`{ name: x, "pairs"${lines}\n}`));
    expect(problem.message).toBe('not valid YAML: too broken to be read');
  });
});
