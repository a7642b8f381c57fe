/** Mistakes in experiments, channels and claims: each told once, in its own words, or not let pass. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, problemsOf, scenarioText } from './helpers.js';
import { mistake } from './marked.js';

const ex = (x: string) => scenarioText('', `experiment: ${x}`);
const ch = (fields: string) => scenarioText('', `channels:\n  c: { ${fields} }`);
const AB = 'spans: [{ polarity: A }, { polarity: B }]';

describe('the kind of an experiment', () => {
  it('unknown type', () => {
    const text = mistake(ex('{ type: ›remating, cycles: [1, 2] }'));
    expect(text).not.toMatch(/distribution/);
    expect(text).toContain('did you mean "re-mating"?');
  });
  it('no type', () => {
    expect(mistake(ex('›{ cycles: [1, 2] }'))).toMatch(/"type" is missing in experiment/);
  });
});

describe('unknown keys in an experiment and its steps come with a suggestion', () => {
  it.each([
    ['{ type: lot, pinned: 5, unpinned: 5, ›repeat: 3 }', '| did you mean "repeats"?'],
    [
      '{ type: stress, steps: { a: {}, b: { ›temprature: 85 degC } } }',
      '| did you mean "temperature"?',
    ],
  ])('%s', (text, hint) => {
    expect(mistake(ex(text))).toContain(hint);
  });
});

describe('one mistake is told once', () => {
  it.each([
    ex('{ type: re-mating, cycles: [1, ten] }'),
    ch(`lanes: [{ transmit: 1 }], ${AB}, connectors: [p]`),
    ch(`lanes: [{ transmit: 1.5, receive: 12 }], ${AB}, connectors: [p]`),
    ch(`optics: 400GBASE-DR4, spans: [{ polarity: D }, { polarity: A }], connectors: [p]`),
    ch(`optics: 400GBASE-DR4, spans: [{ length: 5 m }, { polarity: A }], connectors: [p]`),
    ch(`optics: 400GBASE-DR4, spans: [{ polarity: B }], connectors: [p]`),
    ch(`optics: 40GBASE-SR4, fibre: OM6, ${AB}, connectors: [p]`),
    ch(`optics: 5, ${AB}, connectors: [p]`),
    ch(`lanes: none, ${AB}, connectors: [p]`),
    scenarioText('', 'claims: [{ says: x, of: 5, statistic: p97, atMost: 1 dB }]'),
    scenarioText('', 'claims: [{ says: x, of: p, statistic: p97, atmost: 1 dB }]'),
  ])('%#', (text) => {
    const all = problemsOf(text);
    expect(all.map(({ message }) => message)).toHaveLength(1);
  });
  it('and nothing undefined is named', () => {
    const all = problemsOf(ch(`lanes: none, ${AB}, connectors: [p]`));
    expect(all.map(({ message }) => message).join()).not.toMatch(/undefined/);
  });
});

describe('bounds of a number are no counts of items', () => {
  it.each([
    ex('{ type: re-mating, cycles: [›0, 2] }'),
    ex('{ type: lot, pinned: ›1, unpinned: 5 }'),
    scenarioText('', 'mating: { launch: [1, ›-1] }'),
  ])('%#', (text) => {
    expect(mistake(text)).not.toMatch(/items/);
  });
});

describe('in its own words', () => {
  it('a price that cannot be read is no name', () => {
    expect(mistake(scenarioText('price: ›35 usd'))).not.toMatch(/cannot be a name/);
  });
  it('a wrong power in a launch is told as a power', () => {
    const text = problemsOf(scenarioText('', 'mating: { launch: [1, x] }'));
    expect(text[0]?.message).not.toMatch(/a list cannot stand here/);
  });
  it('too many powers', () => {
    const text = problemsOf(scenarioText('', `mating: { launch: [${Array(61).fill(1)}] }`));
    expect(text[0]?.message).toMatch(/too many items/);
  });
  it('returnLoss: false against a claim speaks of a claim', () => {
    const text = mistake(
      scenarioText(
        '',
        'returnLoss: ›false\nclaims: [{ says: x, of: p, statistic: returnLoss.p3, atLeast: 60 dB }]',
      ),
    );
    expect(text).not.toMatch(/a limit speaks/);
  });
});

describe('what means nothing is refused', () => {
  it.each([
    [
      'the difference of a pair with itself',
      'claims: [{ says: x, of: [p, p], statistic: p97, atMost: 1 dB }]',
    ],
    [
      'a lower end above the upper one',
      'claims: [{ says: x, of: p, statistic: p97, atLeast: 2 dB, atMost: 1 dB }]',
    ],
    ['a temperature in kelvin is read as degrees Celsius', 'mating: { temperature: 100 K }'],
  ])('%s', (_, lines) => {
    expect(() => problemsOf(scenarioText('', lines))).not.toThrow();
  });
  it('connectors of different multimode fibres in one channel', () => {
    const mm = (core: string, na: number) =>
      `{ extends: mtp-elite-multimode, fibres: { coreDiameter: ${core}, numericalAperture: ${na} } }`;
    const text = `designs: { a: ${mm('50 um', 0.2)}, b: ${mm('62.5 um', 0.275)} }
pairs: { p: { pinned: a, unpinned: a }, q: { pinned: b, unpinned: b } }
channels: { c: { lanes: [{ transmit: 1, receive: 12 }], spans: [{ polarity: A }, { polarity: A }, { polarity: B }], connectors: [p, q] } }`;
    expect(() => problemsOf(text)).not.toThrow();
  });
});

describe('shipped claims say whose they are', () => {
  it.each(readdirSync('scenarios/claims'))('%s', (file) => {
    const { description } = parse(readFileSync(`scenarios/claims/${file}`, 'utf8'), {
      file: `scenarios/claims/${file}`,
    });
    expect(description).toMatch(/vendor/i);
  });
});
