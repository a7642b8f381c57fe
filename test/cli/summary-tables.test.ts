/** Tables that only some runs have, and the hint on what decides limits, from small runs. */
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { summaryLines } from '../../src/cli/summary.js';
import type { Result } from '../../src/result/schema.js';
import { parseScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';

const SCENARIO = `
designs:
  usual: { extends: generic-mpo, price: 30 USD }
  elite: { extends: mtp-elite, price: 55.5 to 1234.25 USD }
pairs:
  usual: { pinned: usual, unpinned: usual }
  elite-of-a-longer-name: { pinned: elite, unpinned: elite }
`;

async function run(lines: string): Promise<{ result: Result; lines: string[]; text: string }> {
  const { scenario } = parseScenario(`${SCENARIO}${lines}\n`);
  const result = await simulate(scenario, { workers: 0 });
  const summary = summaryLines(result, pc.createColors(false));
  for (const line of summary) expect(line.length, line).toBeLessThanOrEqual(80);
  return { result, lines: summary, text: summary.join('\n') };
}

/** A table from its header to the first empty line. */
function tableOf(lines: readonly string[], header: RegExp): string[] {
  const from = lines.findIndex((line) => header.test(line));
  expect(from, `${header}`).toBeGreaterThanOrEqual(0);
  return lines.slice(from, lines.indexOf('', from));
}

/** Cells of a row of values; those of intervals start with spaces. */
const cells = (row: string | undefined) => row?.split(/ {2,}/) ?? [];

const lotOf = (repeats: number) =>
  `experiment: { type: lot, pinned: 6, unpinned: 5, repeats: ${repeats} }`;

describe('the components of a lot', () => {
  it('have a dash where one mating each tells none, and the reason', async () => {
    const { result, lines } = await run(lotOf(1));
    const [header, ...rows] = tableOf(lines, /^sd of loss by/);
    expect(cells(header).at(-1)).toBe('mating');
    for (const [p, pair] of result.pairs.entries()) {
      expect(pair.lot!.components.matingToMating).toBeNull();
      const values = cells(rows[2 * p]);
      expect(values.at(-1)).toBe('–');
      for (const value of values.slice(1, -1)) expect(value).toMatch(/^\d\.\d{3,5}$/);
      // No interval stands below the dash, one below each other value.
      expect(cells(rows[2 * p + 1]?.trim())).toHaveLength(5);
    }
    expect(rows.slice(4).join(' ')).toMatch(/mated once; .*; –: one mating each does not tell\.$/);
  });

  it('are all numbers where matings are repeated', async () => {
    const { result, lines } = await run(lotOf(2));
    const [, ...rows] = tableOf(lines, /^sd of loss by/);
    for (const [p, pair] of result.pairs.entries()) {
      const { components } = pair.lot!;
      const shown = cells(rows[2 * p])
        .slice(1)
        .map(Number);
      const sds = [
        components.position,
        components.pinned,
        components.unpinned,
        components.combination,
        components.partToPart,
        components.matingToMating,
      ].map((component) => component!.sdDb.value);
      expect(shown).toHaveLength(sds.length);
      for (const [i, sd] of sds.entries()) expect(Math.abs(shown[i]! - sd)).toBeLessThan(6e-4);
    }
    expect(rows.slice(4).join(' ')).toMatch(/mated 2 times; intervals .* unit\.$/);
  });
});

describe('the costs', () => {
  it('have a row for every limit of every pair', async () => {
    const { result, lines } = await run('matings: 300');
    const [header, ...rows] = tableOf(lines, /^cost /);
    expect(cells(header)).toEqual(['cost', 'assembly', 'limit', 'a passing fibre']);
    const expected = result.pairs.flatMap(({ name, cost }) =>
      cost!.limits.map(({ limitDb, perPassingChannel: { low, high } }, i) => {
        const of = (price: number | null) => price!.toFixed(2);
        const each = low === high ? of(low) : `${of(low)} to ${of(high)}`;
        const price = name === 'usual' ? '30.00 USD' : '55.50 to 1234.25 USD';
        const first = [name === 'usual' ? name : 'elite-of-a-long…', price];
        return [...(i === 0 ? first : ['']), `≤ ${limitDb} dB`, each];
      }),
    );
    expect(rows.map(cells)).toEqual(expected);
    expect(rows.length).toBe(2 * result.pairs[0]!.yields.length);
    expect(result.pairs[0]!.yields.length).toBeGreaterThan(2);
  });
});

describe('the hint below undecided limits', () => {
  const limitAt = (p97: number) => `limits: ["p97 <= ${p97.toFixed(9)} dB"]`;

  it.each([
    ['a lot', lotOf(2), 'more plugs help.'],
    ['fresh parts', 'matings: 300', 'more matings (--trials) help.'],
  ])('says what helps: %s', async (_, experiment, hint) => {
    const { result } = await run(experiment);
    const { text } = await run(`${experiment}\n${limitAt(result.pairs[0]!.il.p97.value)}`);
    expect(text.replace(/\s+/g, ' ')).toContain(
      `Undecided: the interval straddles the limit or is unknown; ${hint}`,
    );
    expect(text.includes('--trials')).toBe(experiment === 'matings: 300');
  });
});
