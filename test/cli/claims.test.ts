/** `claims`, and the summaries of channels, re-matings and stress, as a user sees them. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClaimResult, Result } from '../../src/result/schema.js';
import { folderWithScenario, matedpair, ROOT, SMALL, temporaryFolder } from './helpers.js';
import { runHere } from './in-process.js';

const QUICK = ['--workers', '0', '--trials', '200'];

async function output(folder: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runHere(folder, [...args, ...QUICK]);
  expect(code, stderr).toBe(0);
  const widths = stdout.split('\n').map((line) => line.length);
  if (!args.includes('--json')) expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  return stdout;
}

/** Agrees if the interval lies between the ends, disagrees if it lies outside. */
function verdictOf({ estimate, atLeastDb, atMostDb }: ClaimResult): string {
  const [low, high] = [estimate.low ?? -Infinity, estimate.high ?? Infinity];
  const [least, most] = [atLeastDb ?? -Infinity, atMostDb ?? Infinity];
  if (low >= least && high <= most) return 'agrees';
  return high < least || low > most ? 'disagrees' : 'undecided';
}

describe.concurrent('claims', () => {
  it('that ship are each held against a prediction', async () => {
    const stdout = await output(ROOT, 'claims');
    expect(stdout).toMatch(/^claim +dB +predicted +verdict\n/);
    const rows = stdout.split('\n\n')[0]!.split('\n').slice(1);
    const files = readdirSync(join(ROOT, 'scenarios/claims'));
    expect(rows.length).toBeGreaterThan(files.length);
    const found = { agrees: 0, disagrees: 0, undecided: 0 };
    for (const row of rows) {
      const [, verdict] =
        /[\d.] +(?:±[\d.]+|[≤≥][\d.]+|–) +(agrees|disagrees|undecided)$/.exec(row) ?? [];
      expect(verdict, row).toBeDefined();
      found[verdict as keyof typeof found] += 1;
    }
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(
      `${rows.length} claims: the prediction agrees with ${found.agrees}, disagrees with ${found.disagrees}, ${found.undecided} undecided.`,
    );
  });

  it('get each of the three verdicts, by the interval of what a run predicts', async () => {
    const folder = folderWithScenario();
    const run = JSON.parse(await output(folder, 'run', 'small.yaml', '--json')) as Result;
    const [elite, mpo] = run.pairs as [Result['pairs'][0], Result['pairs'][0]];
    const { mean } = elite.il;
    const db = (value: number | null) => `${value!.toFixed(9)} dB`;
    const text = `${SMALL}claims:
  - { says: safe, of: elite, statistic: mean, atLeast: ${db(mean.low! - 1e-6)}, atMost: ${db(mean.high! + 1e-6)} }
  - { says: bold, of: mpo, statistic: p97, atMost: ${db(mpo.il.p97.low! - 1e-6)} }
  - { says: close, of: elite, statistic: mean, atMost: ${db(mean.value)} }
  - { says: low, of: elite, statistic: worstFibre.mean, atLeast: ${db(elite.worstFibre.mean.high! + 1e-6)} }
  - { says: apart, of: [elite, mpo], statistic: mean, atLeast: 0.01 dB }`;
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine/a.yaml'), text);
    const verdicts = ['agrees', 'disagrees', 'undecided', 'disagrees', 'agrees'];

    const stdout = await output(folder, 'claims', 'mine');
    const rows = stdout.split('\n').slice(1, 6);
    expect(rows.map((row) => row.split(/ {2,}/).at(-1))).toEqual(verdicts);
    expect(rows[2]).toMatch(/^close +≤ 0\.0\d +0\.0\d+ +±0\.0\d+ +undecided$/);
    expect(rows[0]).toMatch(/^safe +0\.0\d to 0\.0\d /);
    expect(stdout).toMatch(
      /^5 claims: the prediction agrees with 2, disagrees with 2, 1 undecided\./m,
    );

    const json = JSON.parse(await output(folder, 'claims', 'mine', '--json')) as ClaimResult[];
    expect(json.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(json.map(verdictOf)).toEqual(verdicts);
    expect(json[0]).toMatchObject({ scenario: 'small', seed: '7', matings: 200, estimate: mean });
    expect(json[1]!.estimate).toEqual(mpo.il.p97);
    expect(json[4]!.estimate).toEqual(run.comparisons[0]!.mean);
    // The same table ends the summary of the run itself.
    const summary = await output(folder, 'run', 'mine/a.yaml', '--out', 'r.json');
    expect(summary).toContain(stdout.split('\n\n')[0]);
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  it('are run scenario by scenario, and each is named before its progress', async () => {
    const folder = folderWithScenario(
      `${SMALL}claims: [{ says: x, of: mpo, statistic: p97, atMost: 1 dB }]\n`,
    );
    // One without claims among others is no mistake.
    writeFileSync(join(folder, 'also.yaml'), SMALL);
    const { code, stderr } = await matedpair(folder, ['claims', '.', ...QUICK]);
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('yaml'))).toEqual([
      'also.yaml (1 of 2)',
      'small.yaml (2 of 2)',
    ]);
    expect(lines[0]).toBe('also.yaml (1 of 2)');
    for (const [i, line] of lines.entries()) {
      if (line.includes('yaml')) expect(lines[i + 1]).toMatch(/^0 of 200 matings, +0 %$/);
    }
  });

  it('of a folder whose scenarios have none are refused, before anything is run', async () => {
    const { code, stdout, stderr } = await runHere(folderWithScenario(), ['claims', '.']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: \.: no claims in these scenarios\n.*\bexpected\b:? +a section claims/m,
    );
    expect(stderr).not.toContain('matings');
  });

  it.each([
    ['of no folder', ['claims', 'none'], 'error: none: cannot read: no such file or folder'],
    ['of an empty folder', ['claims', '.'], 'error: .: no scenarios in this folder'],
    [
      'with a result file, which they do not write',
      ['claims', '--out', 'c.json'],
      "option '--out'",
    ],
    ['without matings', ['claims', '--trials', '0'], "option '--trials <n>'"],
  ])('%s are refused', async (_, args, message) => {
    const { code, stdout, stderr } = await runHere(temporaryFolder(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe.concurrent('the summary of', () => {
  const shipped = (name: string) => output(temporaryFolder(), 'run', join(ROOT, 'scenarios', name));

  it('a channel shows its budget and the way of its lanes', async () => {
    const stdout = await shipped('link-dr4.yaml');
    expect(stdout).toMatch(/^channel +cables +mean +97 % +worst lane 97 % +budget +met$/m);
    for (const name of ['mpo', 'mtp', 'elite']) {
      expect(stdout).toMatch(
        new RegExp(`^${name} +0\\.250( +\\d\\.\\d+){3} +3 dB +\\d+\\.\\d %$`, 'm'),
      );
      expect(stdout).toContain(`\n${name}, 400GBASE-DR4\n`);
    }
    // Worked by hand: four straight cables, and one of type B that reverses the row.
    const first = stdout.split('mpo, 400GBASE-DR4\n')[1]!.split('\n\nmtp, ')[0]!;
    expect(first).toMatch(/^lane +Tx +A 5 m +type A +A 45 m +type A +B 400 m +type A$/m);
    const into = first.match(/^ +\d +\d+ ─+→ +\d+ ┃ +\d+ ─+→ +\d+ ┃ +\d+ ─+→ +\d+ ┃ +\d+$/gm)!;
    const fibres = into.map((line) => line.match(/\d+/g)!.map(Number).slice(1));
    expect(fibres).toEqual([1, 2, 3, 4, 12, 11, 10, 9].map((t) => [t, t, t, t, t, 13 - t, 13 - t]));
    const out = first.match(/^ +\d +\d+ ┃ +\d+ ─+→ +\d+ ┃ +\d+ ─+→ +\d+ +\d\.\d+ +\d\.\d+$/gm)!;
    expect(out.map((line) => Number(line.split('→').at(-1)!.trim().split(' ')[0]))).toEqual([
      12, 11, 10, 9, 1, 2, 3, 4,
    ]);
  });

  it('re-matings and of stress has a row a step, the first without a change', async () => {
    for (const [name, steps, first] of [
      ['re-mating.yaml', 10, 'mating 1'],
      ['stress.yaml', 5, 'room'],
    ] as const) {
      const stdout = await shipped(name);
      for (const pair of ['mpo', 'mtp']) {
        const [head, ...lines] = stdout
          .slice(stdout.search(new RegExp(`^${pair} +mean +97 % +gap in`, 'm')))
          .split('\n');
        expect(head).toMatch(/^\w+ +mean +97 % +gap in +mean change +97 % change <$/);
        const rows = lines.slice(0, 2 * steps).filter((line) => !/^ /.test(line));
        expect(rows).toHaveLength(steps);
        expect(rows[0]).toMatch(new RegExp(`^${first}( +0\\.\\d+){2} +\\d+\\.\\d %$`));
        for (const row of rows.slice(1)) expect(row).toMatch(/ % {2,}[+−]0\.\d+ +0\.\d+$/);
        const largest = lines.slice(2 * steps, 2 * steps + 2).join(' ');
        expect(largest).toMatch(
          new RegExp(`^Largest change of a fibre since ${first}: 97 % below 0\\.\\d+ dB`),
        );
      }
    }
  });
});
