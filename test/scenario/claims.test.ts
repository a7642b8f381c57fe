/** Claims: how they are read, what each mistake is told, and those that are shipped. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIFFERENCE_STATISTICS } from '../../src/scenario/claims.js';
import { parseScenario } from '../../src/scenario/index.js';
import { LOSS_STATISTICS, RETURN_LOSS_STATISTICS } from '../../src/scenario/types.js';
import { parse } from './helpers.js';
import { mistake } from './marked.js';

const claims = (list: string) => `designs: { a: { extends: mtp-elite } }
pairs: { p: &p { pinned: a, unpinned: a }, q: *p, r: *p }
experiment: { type: re-mating, cycles: [1, 2] }
claims: ${list}
`;
const one = (fields: string) => claims(`[{ says: somebody says so, ${fields} }]`);

describe('a claim', () => {
  it('is of one pair, with either end', () => {
    const scenario = parse(one('of: p, statistic: p97, atMost: 0.25 dB'));
    expect(scenario.claims).toEqual([
      {
        says: 'somebody says so',
        of: ['p'],
        statistic: 'p97',
        subject: { of: 'il', statistic: 'p97' },
        atLeastDb: null,
        atMostDb: 0.25,
      },
    ]);
    expect(scenario.returnLoss).toBe(false);
  });

  it('is of the difference of two, which is then worked out', () => {
    const of = 'of: [r, q], statistic: sd, atLeast: -0.1 dB, atMost: -0.05 dB';
    const scenario = parse(`${one(of)}comparisons: [[p, q]]\n`);
    expect(scenario.claims).toMatchObject([
      { of: ['r', 'q'], statistic: 'sd', atLeastDb: -0.1, atMostDb: -0.05 },
    ]);
    expect(scenario.comparisons).toEqual([
      ['p', 'q'],
      ['r', 'q'],
    ]);
    expect(parse(`${one(of)}comparisons: [[r, q]]\n`).comparisons).toEqual([['r', 'q']]);
    // the other way round it is another difference
    expect(parse(`${one(of)}comparisons: [[q, r]]\n`).comparisons).toHaveLength(2);
  });

  it('may be of every statistic in dB, and of a difference where that is known', () => {
    const losses = ['', 'worstFibre.', 'largestChange.'].flatMap((of) =>
      LOSS_STATISTICS.map((name) => of + name),
    );
    const returned = ['returnLoss.', 'worstReturnLoss.'].flatMap((of) =>
      RETURN_LOSS_STATISTICS.map((name) => of + name),
    );
    for (const statistic of [...losses, ...returned]) {
      const scenario = parse(one(`of: p, statistic: ${statistic}, atLeast: 1 dB`));
      expect(scenario.claims[0]?.statistic).toBe(statistic);
      expect(scenario.returnLoss, statistic).toBe(returned.includes(statistic));
    }
    for (const statistic of DIFFERENCE_STATISTICS) {
      const scenario = parse(one(`of: [p, q], statistic: ${statistic}, atLeast: 1 dB`));
      expect(scenario.claims[0]?.subject).toEqual({ of: 'il', statistic });
    }
  });

  it.each([
    ['of: ›s, statistic: p97, atMost: 1 dB', 'claims: there is no pair "s" | s | p, q or r'],
    ['of: [p, ›pp], statistic: p97, atMost: 1 dB', 'there is no pair "pp" | pp | p, q or r'],
    [
      'of: ›[p], statistic: p97, atMost: 1 dB',
      'claims.0.of: too few items | a list of 1 | at least 2 items',
    ],
    [
      'of: ›[p, q, r], statistic: p97, atMost: 1 dB',
      'of: too many items | a list of 3 | at most 2 items',
    ],
    ['of: p, statistic: ›p98, atMost: 1 dB', '"p98" is not a statistic | p98 | mean, sd,'],
    ['of: p, statistic: ›worstFiber.p97, atMost: 1 dB', '| did you mean "worstFibre.p97"?'],
    ['of: p, statistic: ›97, atMost: 1 dB', 'claims.0.statistic: a number without a unit | 97 |'],
    ['of: p, statistic: ›gapFraction, atMost: 1 dB', 'gapFraction | a statistic in dB'],
    ['of: [p, q], statistic: ›p999, atMost: 1 dB', '| p999 | mean, sd, p50, p97 or p99'],
    ['of: [p, q], statistic: ›returnLoss.p3, atMost: 1 dB', '| returnLoss.p3 | mean, sd, p50, p97'],
    [
      'of: p, statistic: p97, atMost: ›0.25',
      'claims.0.atMost: a number without a unit | 0.25 | a level',
    ],
    ['of: p, statistic: p97, atMost: ›0.25 um', 'atMost: a length stands here | 0.25 um | a level'],
    ['of: p, statistic: p97, atLeast: ›~', 'claims.0.atLeast: a value is missing | ~ | a level'],
    ['of: p, statistic: p97, atLeast: 1 dB, ›atmost: 2 dB', '| did you mean "atMost"?'],
  ])('refuses %s', (fields, reason) => {
    expect(mistake(one(fields))).toContain(reason);
  });

  it.each([
    [
      '[›{ says: x, of: p, statistic: p97 }]',
      'a claim without atMost and atLeast | a map with says',
    ],
    ['[›{ of: p, statistic: p97, atMost: 1 dB }]', '"says" is missing in claims.0 |'],
    ['[›{ says: x, statistic: p97, atMost: 1 dB }]', '"of" is missing in claims.0 |'],
    ['[›p97]', 'claims.0: not what belongs here | p97 | a claim: says, of, statistic, atMost'],
    ['›{ says: x }', 'claims: a map cannot stand here | a map with says | a list of claims'],
    [`›[${Array(101).fill('{ says: x, of: p, statistic: p97, atMost: 1 dB }')}]`, 'at most 100'],
  ])('refuses %s', (list, reason) => {
    expect(mistake(claims(list))).toContain(reason);
  });
});

describe('shipped claims', () => {
  const folder = join(import.meta.dirname, '../../scenarios/claims');
  const files = readdirSync(folder).sort();
  const read = (file: string) =>
    parseScenario(readFileSync(join(folder, file), 'utf8'), { file: join(folder, file) });

  /** File by file: pairs, statistic, lower and upper end in dB, as vendors publish them. */
  const LEVELS = [
    'mpo mean ..0.35, mtp mean ..0.25, elite mean ..0.1',
    'mpo p97 ..0.5, mtp p97 ..0.35, elite p97 ..0.25',
    'mtp mean ..0.25, mtp p97 ..0.75, elite mean ..0.1, elite p97 ..0.35',
    'mtp mean ..0.2, mtp p97 ..0.6, elite mean ..0.1, elite p97 ..0.35',
    'mpo returnLoss.p3 30.., mpo returnLoss.p3 20.., mtp returnLoss.p3 35.., elite returnLoss.p3 35..',
    'mpo returnLoss.p3 60.., mtp returnLoss.p3 65.., elite returnLoss.p3 65..',
    'mpo largestChange.p97 ..0.2',
    'mtp largestChange.p97 ..0.1, elite largestChange.p97 ..0.1',
    'fixed-floating sd -0.1..-0.05, fixed-floating p97 ..-0.05',
  ];

  it('say what vendors publish, each in words of its own', () => {
    const all = files.map((file) => read(file).scenario.claims);
    const levels = all.map((those) =>
      those.map(
        (c) => `${c.of.join('-')} ${c.statistic} ${c.atLeastDb ?? ''}..${c.atMostDb ?? ''}`,
      ),
    );
    expect(levels.map((those) => those.join(', '))).toEqual(LEVELS);
    const says = all.flat().map((claim) => claim.says);
    expect(new Set(says).size).toBe(says.length);
    expect(says.filter((words) => words.trim().length < 10)).toEqual([]);
  });

  it.each(files)('%s: what is claimed is worked out', (file) => {
    const { scenario, warnings } = read(file);
    expect(warnings).toEqual([]);
    expect(scenario.description).not.toBe('');
    const asksReturnLoss = scenario.claims.some(({ subject }) => subject.of === 'returnLoss');
    expect(scenario.returnLoss).toBe(asksReturnLoss);
    expect(scenario.experiment.type === 're-mating').toBe(
      scenario.claims.some(({ subject }) => subject.of === 'largestChange'),
    );
  });
});
