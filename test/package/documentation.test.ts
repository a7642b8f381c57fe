/**
 * The package as its users get it: packed, installed into an empty folder, used as the README says. Every block of
 * commands, code and scenario in the README is run there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const EXPERIMENTS = readFileSync(join(ROOT, 'docs', 'experiments.md'), 'utf8');
const STUDIES = readFileSync(join(ROOT, 'docs', 'studies.md'), 'utf8');

/** Texts of a page's code blocks in one language. */
function blocks(language: string, page = README): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return Array.from(page.matchAll(pattern), (match) => match[1] as string);
}

/** Commands whose output the README shows, and the output. */
const OUTPUTS = Array.from(
  README.matchAll(/^<!-- output of: ([^\n]*) -->\n```text\n(.*?)^```$/gms),
  ([, command, text]) => [command as string, text as string] as const,
);

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matedpair-package-'));
  const packed = mkdtempSync(join(tmpdir(), 'matedpair-packed-'));
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', [...args, '--loglevel=error'], { cwd, stdio: 'pipe' });
  npm(['pack', '--ignore-scripts', '--pack-destination', packed], ROOT);
  const tarball = readdirSync(packed).find((name) => name.endsWith('.tgz')) as string;
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', join(packed, tarball)], folder);
  rmSync(packed, { recursive: true });
  // the measured plugs that the README and the page on experiments speak of
  writeFileSync(join(folder, 'plugs.csv'), blocks('csv')[0] as string);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a shell command with the installed `matedpair` on the path. */
function shell(command: string): { status: number | null; stdout: string; stderr: string } {
  const path = `${join(folder, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`;
  return spawnSync('bash', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
}

describe('the packed package', () => {
  it('holds what is needed and nothing else', () => {
    const files = readdirSync(join(folder, 'node_modules', 'matedpair')).sort();
    expect(files).toEqual(
      [
        'ARCHITECTURE.md',
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist',
        'docs',
        'package.json',
        'scenarios',
        'schemas',
      ].sort(),
    );
  });
});

describe('README', () => {
  it('has blocks to run', () => {
    expect(blocks('console').length).toBeGreaterThan(0);
    expect(blocks('js')).toHaveLength(2);
    expect(blocks('yaml')).toHaveLength(2);
  });

  it.each(
    blocks('console').flatMap((block) => block.split('\n').filter((l) => l.startsWith('$ '))),
  )('%s', (line) => {
    const { status, stderr } = shell(line.slice(2));
    expect(stderr).not.toMatch(/error|defect/i);
    expect(status).toBe(0);
  });

  it.each(blocks('js').map((code, i) => [i + 1, code] as const))('code example %i', (i, code) => {
    writeFileSync(join(folder, `example-${i}.js`), code);
    const { status, stdout, stderr } = shell(`node example-${i}.js`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(i === 1 ? /true\n$/ : /^\d\.\d+\n\d+ .*mtp-elite/);
  });

  it('shows what a run, claims, a prediction, a link and the studies print', () => {
    expect(OUTPUTS).toHaveLength(8);
  });

  it.each(OUTPUTS)('shows the output of %s, to the digit', (command, shown) => {
    const { stdout } = shell(command.replace('scenarios/', 'node_modules/matedpair/scenarios/'));
    // The last two lines of a run tell time and file.
    const lines = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .filter((line) => !/fibre matings\/s$|^Result: /.test(line));
    expect(lines(stdout)).toEqual(lines(shown));
  });

  it('the scenario runs and its first comment names a schema that exists', () => {
    const [scenario] = blocks('yaml') as [string];
    writeFileSync(join(folder, 'readme.yaml'), scenario);
    const { status, stdout } = shell('matedpair run readme.yaml --trials 5000');
    expect(stdout).toContain('mixed');
    expect([0, 1]).toContain(status);
    expect(readdirSync(join(folder, 'node_modules', 'matedpair', 'schemas'))).toContain(
      'scenario.schema.json',
    );
  });

  it('the correlations are part of a valid design', () => {
    const correlations = blocks('yaml')[1] as string;
    const design = [
      'extends: ./base.yaml',
      'bores:',
      '  positionErrorX: 0 um ± 0.9 um at 3 sigma',
      '  positionErrorY: 0 um ± 0.9 um at 3 sigma',
      correlations,
    ].join('\n');
    mkdirSync(join(folder, 'designs'), { recursive: true });
    const shipped = join(folder, 'node_modules/matedpair/scenarios/designs/mtp-standard.yaml');
    writeFileSync(join(folder, 'designs', 'base.yaml'), readFileSync(shipped));
    writeFileSync(join(folder, 'designs', 'correlated.yaml'), design);
    writeFileSync(
      join(folder, 'correlated.yaml'),
      'designs: { plug: { extends: ./designs/correlated.yaml } }\npairs: { plug: { pinned: plug, unpinned: plug } }\n',
    );
    const { status, stderr } = shell('matedpair validate correlated.yaml');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe.each([
  ['experiments', EXPERIMENTS, 8],
  ['studies', STUDIES, 2],
])('docs/%s.md', (name, page, fewest) => {
  const scenarios = blocks('yaml', page).filter((text) => !text.startsWith('# part of'));

  it('has scenarios', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(fewest);
  });

  const files = scenarios.map((_, i) => `${name}-${i + 1}.yaml`);
  let validated = { status: null as number | null, stdout: '', stderr: '' };
  beforeAll(() => {
    files.forEach((file, i) => {
      writeFileSync(join(folder, file), scenarios[i] as string);
    });
    validated = shell(`matedpair validate ${files.join(' ')}`);
  });

  it.each(files)('%s is valid', (file) => {
    expect(validated.stdout).toContain(`${file}: valid; `);
  });

  it('and nothing is said against any of them', () => {
    expect(validated).toMatchObject({ status: 0, stderr: '' });
  });
});
