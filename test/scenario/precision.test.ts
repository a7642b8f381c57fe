/** What may stand behind --until. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { parsePrecision } from '../../src/scenario/precision.js';
import { single, told } from './helpers.js';

describe('a precision', () => {
  it.each([
    ['p97 ± 0.002 dB', [], 'p97', 0.002, 0.95],
    ['  mean   +- 1e-4 dB ', [], 'mean', 0.0001, 0.95],
    ['worstFibre.p99 +/- .5 dB at 99 %', [], 'worstFibre.p99', 0.5, 0.99],
    ['mtp: sd ± 0.01 dB', ['mtp'], 'sd', 0.01, 0.95],
    ['mpo, mtp: p50 ± 0.01 dB at 99.9 %', ['mpo', 'mtp'], 'p50', 0.01, 0.999],
    ['a pair: yield(0.25 dB) ± 0.1 %', ['a pair'], 'yield(0.25 dB)', 0.001, 0.95],
    ['matingYield(0.5 dB) ± 2 %', [], 'matingYield(0.5 dB)', 0.02, 0.95],
    ['gapFraction ± 0.3 %', [], 'gapFraction', 0.003, 0.95],
    ['returnLoss.p3 ± 0.2 dB', [], 'returnLoss.p3', 0.2, 0.95],
    ['lane.p97 ± 0.01 dB', [], 'lane.p97', 0.01, 0.95],
    ['a link: worstLane.mean ± 0.01 dB', ['a link'], 'worstLane.mean', 0.01, 0.95],
    ['budget ± 0.1 % at 99 %', [], 'budget', 0.001, 0.99],
  ])('%s', (text, of, statistic, halfWidth, level) => {
    expect(parsePrecision(text)).toMatchObject({ of, statistic, halfWidth, level });
  });

  it.each([
    ['p97', /cannot be read as a precision.*"p97 ± 0.002 dB"/],
    ['p97 <= 0.002 dB', /cannot be read/],
    ['p97 ± 0.002', /cannot be read/],
    ['p97 ± -1 dB', /cannot be read/],
    ['p97 ± 1 %', /a precision in % of p97 .* decibels/],
    ['yield(0.25 dB) ± 1 dB', /a precision in dB of yield.* percentage points/],
    ['yield ± 1 %', /is not a statistic.*yield\(0\.25 dB\)/],
    ['budget ± 1 dB', /a precision in dB of budget.* percentage points/],
    ['lane.p98 ± 1 dB', /"lane\.p98" is not a statistic/],
    ['p98 ± 1 dB', /"p98" is not a statistic/],
    ['p97 ± 0 dB', /a precision of 0/],
    ['p97 ± 0.1 dB at 100 %', /a confidence of 100 %.*50 to 99\.99 %/],
    ['p97 ± 0.1 dB at 20 %', /a confidence of 20 %/],
    [`${'x'.repeat(1e6)} ± 1 dB`, /cannot be read/],
  ])('%#: refused', (text, reason) => {
    try {
      parsePrecision(text);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(told(single(error.problems))).toMatch(reason);
      return;
    }
    throw new Error('read without a problem');
  });
});
