/** `matedpair bench`: that it measures what it is told to, never how fast that is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchSchema } from '../../src/studies/bench/report.js';
import { folderWithScenario, matedpair, SMALL, start, temporaryFolder } from './helpers.js';
import { runHere } from './in-process.js';

const SHORT = ['--seconds', '0.01', '--rounds', '1'];

describe.concurrent('bench', () => {
  it('explains itself within 80 columns', async () => {
    const { code, stdout } = await runHere(temporaryFolder(), ['bench', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:\n  $ matedpair bench');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('measures the shipped scenario with both engines, anywhere', async () => {
    const args = ['bench', ...SHORT, '--workers', '2'];
    const { code, stdout, stderr } = await matedpair(temporaryFolder(), args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mpo-vs-mtp: 5 pairs, 60 fibres/);
    for (const name of ['kernel, 2 workers', 'reference, 1 worker', 'kernel, again']) {
      expect(stdout).toContain(`\n${name} `);
    }
    expect(stdout).toMatch(/Noise floor: [\d.]+ %/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stderr).toBe('warm-up\nround 1 of 1\n');
  });

  it('prints JSON for machines, the tables on stderr', async () => {
    const args = ['bench', 'small.yaml', ...SHORT, '--workers', '0', '--json'];
    const { code, stdout, stderr } = await runHere(folderWithScenario(), args);
    expect(code).toBe(0);
    const report = benchSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ rounds: 1, seconds: 0.01 });
    expect(report.scenario).toBe('small: 2 pairs, 24 fibres in all pairs together');
    expect(report.measurements.map(({ name }) => name)).toEqual([
      ...['kernel', 'reference', 'kernel, again', 'fixed calculation'],
    ]);
    for (const { values } of report.measurements) expect(values).toHaveLength(1);
    expect(stderr).toContain('small: 2 pairs');
  });

  it('names the mistakes of a scenario', async () => {
    const folder = folderWithScenario(SMALL.replace('generic-mpo', 'generic-mop'));
    const { code, stdout, stderr } = await runHere(folder, ['bench', 'small.yaml', ...SHORT]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: small.yaml:7:\d+: there is no design "generic-mop"/);
  });

  it('takes implausible values if told to', async () => {
    const folder = temporaryFolder();
    const text = SMALL.replace(
      '{ extends: generic-mpo }',
      '{ extends: generic-mpo, spring: { force: 90 N } }',
    );
    writeFileSync(join(folder, 'odd.yaml'), text);
    const args = ['bench', 'odd.yaml', ...SHORT, '--workers', '0'];
    expect(await runHere(folder, args)).toMatchObject({ code: 2 });
    expect(await runHere(folder, [...args, '--allow-implausible'])).toMatchObject({ code: 0 });
  });

  it.each([
    [['missing.yaml'], /^error: missing.yaml: the scenario file/],
    [['--workers', '-1'], /whole number from 0/],
    [['--workers', '1.5'], /whole number from 0/],
    [['--seconds', '0'], /Expected seconds from 0.01 to 60/],
    [['--seconds', ''], /Expected seconds from 0.01 to 60/],
    [['--rounds', '0'], /whole number from 1 to 1000/],
    [['--trials', '5'], /unknown option '--trials'/],
    [['a.yaml', 'b.yaml'], /too many arguments/],
  ])('refuses %j with one message', async (args, message) => {
    const { code, stdout, stderr } = await runHere(temporaryFolder(), ['bench', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.match(/error:/g)).toHaveLength(1);
  });

  it.each([
    ['0', 'SIGINT', 130, 'Interrupted'],
    ['2', 'SIGINT', 130, 'Interrupted'],
    ['1', 'SIGTERM', 75, 'Terminated'],
  ] as const)('with %s workers ends at %s', async (workers, signal, exitCode, ending) => {
    const { child, saw, finished } = start(folderWithScenario(), [
      ...['bench', 'small.yaml', '--seconds', '0.05', '--rounds', '1000', '--workers', workers],
    ]);
    await saw('round 1 of');
    child.kill(signal);
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr.endsWith(`${ending}: no figures.\n`)).toBe(true);
  });
});
