/** The summary, the plots and the progress display as text. */
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { decibels, duration, fixed, integer, percents, rate } from '../../src/cli/format.js';
import { type ProgressStream, progressDisplay } from '../../src/cli/progress.js';
import { summaryLines } from '../../src/cli/summary.js';
import { shorten, table, wrap } from '../../src/cli/table.js';
import { parseScenario } from '../../src/scenario/index.js';
import { simulate } from '../../src/studies/simulate.js';

const PLAIN = pc.createColors(false);

const SCENARIO = `
name: widths
description: everything that has no room, in one scenario with a long description that goes on and on
designs:
  usual: { extends: generic-mpo }
  many: { extends: mtp-standard, fibres: { count: 72 } }
  far: { extends: generic-mpo, bores: { rowBiasX: 14 um } }
  perfect:
    extends: mtp-elite
    fibres: { modeFieldDiameter: 9.2 um, coreEccentricity: 0 um }
    bores: { rowBiasX: 0 um, rowBiasY: 0 um, positionErrorX: 0 um, positionErrorY: 0 um, diametralClearance: 0 um }
    guideHoles: { diameter: 699 um, pitchError: 0 um }
    guidePins: { diameter: 699 um }
    endFace: { polish: PC, angle: 0 deg, slopeErrorX: 0 rad, slopeErrorY: 0 rad, fibreHeight: 0 um }
    spring: { force: 10 N }
mating: { sideLoad: 0 N, restTiltX: 0 rad, restTiltY: 0 rad }
pairs:
  usual-0123456789: { pinned: usual, unpinned: usual }
  many-01234567890: { pinned: many, unpinned: many }
  far-012345678901: { pinned: far, unpinned: usual }
  perfect-01234567: { pinned: perfect, unpinned: perfect }
  a-name-of-more-than-16: { pinned: usual, unpinned: usual }
comparisons:
  - [usual-0123456789, perfect-01234567]
  - [far-012345678901, many-01234567890]
limits: ["matingYield(0.25 dB) >= 97.25 %", "worstFibre.p97 <= 0.75 dB", "gapFraction <= 5 %"]
`;

async function summary(matings: number, extra = ''): Promise<string[]> {
  const { scenario } = parseScenario(`${SCENARIO}matings: ${matings}\n${extra}`, {
    allowImplausible: true,
  });
  return summaryLines(await simulate(scenario, { workers: 0 }), PLAIN);
}

describe('summary', () => {
  it.each([1, 2, 3, 700])('fits into 80 columns and shows no NaN after %d matings', async (n) => {
    const lines = await summary(n);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).not.toMatch(/NaN|null|undefined\b(?!$)|Infinity/);
    expect(lines.join('\n')).toMatch(n === 1 ? /1 mating a pair/ : /\d matings a pair/);
  });

  it('shows a dash where there are too few matings for an interval, and says so', async () => {
    const lines = await summary(1);
    const at = lines.findIndex((line) => line.startsWith('usual-0123456789 '));
    expect(lines[at]).toMatch(/^usual-0123456789( +\d+\.\d{3}){4} +\d+\.\d % /);
    expect(lines[at + 1]).toMatch(/^( +–){4} /);
    expect(lines.join(' ')).toContain('–: too few matings for one');
    expect((await summary(700)).join(' ')).not.toContain('too few matings');
  });

  it('shows losses of 0 and losses beyond 20 dB', async () => {
    const text = (await summary(700)).join('\n');
    expect(text).toMatch(/^perfect-01234567( +0\.0+){4} +100\.0+ % +B$/m);
    expect(text).toMatch(/^far-012345678901: [\d ]+ of 8 400 fibre matings lost 20 dB or more/m);
    expect(text).toMatch(/^ +0 +5 +10 +15 +20 dB$/m);
    expect(text).not.toMatch(/−0\.0+\b/);
  });
});

describe('numbers', () => {
  it('gives all estimates of a column the decimals of the surest', () => {
    const column = decibels([
      { value: 0.21154, low: 0.2109, high: 0.2121 },
      { value: -0.00001, low: null, high: null },
      { value: 1, low: 0.9, high: null },
      { value: 2, low: null, high: 2.5 },
    ]);
    expect(column).toEqual([
      { value: '0.2115', interval: '±0.0006' },
      { value: '0.0000', interval: '–' },
      { value: '1.0000', interval: '≥0.9000' },
      { value: '2.0000', interval: '≤2.5000' },
    ]);
    expect(percents([{ value: 1, low: 0.9994, high: 1 }])).toEqual([
      { value: '100.00 %', interval: '±0.03 %' },
    ]);
  });

  it('writes minus signs, thousands, rates and durations', () => {
    expect([fixed(-1.25, 1), fixed(-0.04, 1)]).toEqual(['−1.3', '0.0']);
    expect([999, 1000, 1234567].map(integer)).toEqual(['999', '1 000', '1 234 567']);
    expect([12, 1234, 2.125e6].map(rate)).toEqual(['12', '1.2 k', '2.13 M']);
    expect([0.04, 9.96, 59.4, 59.6, 3725, 3.6e6].map(duration)).toEqual([
      '0.0 s',
      '10 s',
      '59 s',
      '1 min 00 s',
      '1 h 02 min',
      '1 000 h 00 min',
    ]);
  });

  it('lays out tables and paragraphs', () => {
    const rows = [
      ['a', 'bb', 'c'],
      ['aaa', 'b', ''],
    ];
    expect(table(rows)).toEqual(['a    bb  c', 'aaa   b']);
    expect(table(rows, 2)).toEqual(['a    bb  c', 'aaa  b']);
    expect(wrap(`${'word '.repeat(20)}${'x'.repeat(90)} end`).map((line) => line.length)).toEqual([
      79, 19, 90, 3,
    ]);
    expect([shorten('abcd', 4), shorten('abcde', 4)]).toEqual(['abcd', 'abc…']);
  });
});

describe('progress', () => {
  function display(stream: Partial<ProgressStream>): {
    at: (ms: number, matingsDone: number) => string;
    end: () => string;
  } {
    let text = '';
    let clock = 0;
    const write = (part: unknown): boolean => {
      text += String(part);
      return true;
    };
    const shown = progressDisplay({ isTTY: false, columns: 80, ...stream, write }, 24, () => clock);
    const taken = (): string => {
      const now = text;
      text = '';
      return now;
    };
    return {
      at: (ms, matingsDone) => {
        clock = ms;
        shown.update({ matingsDone, matings: 10_000_000_000 });
        return taken();
      },
      end: () => {
        shown.end();
        return taken();
      },
    };
  }

  it('writes plain lines, one in five seconds', () => {
    const { at, end } = display({});
    expect(at(0, 0)).toBe('0 of 10 000 000 000 matings,   0 %\n');
    expect(at(4999, 1e6)).toBe('');
    expect(at(5000, 1e8)).toBe(
      '100 000 000 of 10 000 000 000 matings,   1 %  480.00 M fibre matings/s  8 min 15 s left\n',
    );
    expect(end()).toBe('');
  });

  it('draws a bar that fits the terminal, and removes it once', () => {
    const { at, end } = display({ isTTY: true });
    expect(at(0, 0)).toBe(`\r\u001b[K${'░'.repeat(24)}   0 %`);
    expect(at(99, 1e6)).toBe('');
    expect(at(200_000, 5e9)).toBe(
      `\r\u001b[K${'█'.repeat(12)}${'░'.repeat(12)}  50 %  600.00 M fibre matings/s  3 min 20 s left`,
    );
    expect(at(400_000, 9.9999e9)).toContain(' 99 %');
    expect([end(), end()]).toEqual(['\r\u001b[K', '']);
    const narrow = display({ isTTY: true, columns: 30 });
    expect(narrow.at(1000, 1e9)).toHaveLength('\r\u001b[K'.length + 29);
  });
});
