/** Numbers and names on their way into a page. */
import { describe, expect, it } from 'vitest';
import {
  breakable,
  columnTexts,
  groupedText,
  jsonAttribute,
  markText,
  parameterText,
} from '../../src/report/text.js';
import { cpuMs } from '../support/cpu-time.js';

describe('numbers of a column', () => {
  it.each([
    [
      [0.211312, 0.057788, 1.1419],
      ['0.2113', '0.0578', '1.1419'],
    ],
    [
      [-0.25, 0.5, 0],
      ['−0.25', '0.50', '0.00'],
    ],
    [
      [8, 10, 12],
      ['8', '10', '12'],
    ],
    [
      [1, 0.03, 4.1667e-6],
      ['1', '0.03', '4.167e−6'],
    ],
    [
      ['a', null, 1.5],
      ['a', '–', '1.5'],
    ],
    [[], []],
  ])('%j', (values, texts) => {
    expect(columnTexts(values)).toEqual(texts);
  });

  it('are grouped where they are counts', () => {
    expect([1, 999, 1000, 200000, 1234567].map(groupedText)).toEqual(
      ['1', '999', '1 000', '200 000', '1 234 567'].map((text) => text.replaceAll(' ', '\u202f')),
    );
  });
});

describe('what is said of a mark', () => {
  it.each([
    ['0.158611', '0.1586'],
    ['-1.40827e-8', '−1.408e−8'],
    ['−0.0904', '−0.0904'],
    ['2e+5', '200000'],
    ['0.000004167', '4.167e−6'],
    ['0.10', '0.10'],
    ['0', '0'],
    ['8 N', '8 N'],
    ['mtp-elite', 'mtp-elite'],
    ['97 %', '97 %'],
  ])('%s', (text, said) => {
    expect(markText(text)).toBe(said);
  });
});

it('names stay text in an attribute and between tags', () => {
  const evil = `' onclick='x' <b>&amp;"`;
  const attribute = jsonAttribute([evil]);
  expect(attribute).not.toMatch(/['<]/);
  const read = attribute.replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  expect(JSON.parse(read)).toEqual([evil]);
  expect(breakable('designs.mtp<i>.x 0.5')).toBe('designs.<wbr>mtp&lt;i&gt;.<wbr>x 0.5');
});

describe('values of parameters', () => {
  it.each([
    ['8.10256410256 N', '8.10256 N'],
    ['0.3 um', '0.3 µm'],
    ['0.001 um/degC', '0.001 µm/°C'],
    ['2e7 N um/rad', '20000000 N µm/rad'],
    ['0.2', '0.2'],
    ['floating', 'floating'],
    ['12 um of 3', '12 um of 3'],
    ['0 um ± 1 um uniform', '0 um ± 1 um uniform'],
  ])('%s', (text, shown) => expect(parameterText(text)).toBe(shown));

  it('leaves a text without end as it is', () => {
    const text = `1${' '.repeat(100_000)}2`;
    expect(cpuMs(() => parameterText(text))).toBeLessThan(2000);
    expect(parameterText(text)).toBe(text);
  });
});
