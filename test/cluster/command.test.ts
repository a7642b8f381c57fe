/** The commands `cluster slurm` and `cluster kubernetes`: what they check, write and say. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runProgram } from '../../src/cli/program.js';
import { folderWithScenario, MAIN, SMALL } from '../cli/helpers.js';
import { withoutHost } from '../support/result-text.js';
import { configMapSchema, indexedJobSchema, mergeJobSchema } from './manifest-schema.js';

const SLURM = ['cluster', 'slurm', 'small.yaml', '--shards', '8'];
const KUBERNETES = [
  ...['cluster', 'kubernetes', 'small.yaml', '--shards', '8'],
  ...['--image', 'registry.example/matedpair:0.1.0', '--claim', 'results'],
];

/** The program in this process, which saves starting it. */
async function matedpair(folder: string, args: readonly string[]) {
  const before = process.cwd();
  const told = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      told[stream] += String(text);
      return true;
    }),
  );
  process.chdir(folder);
  try {
    return { code: await runProgram(['node', 'matedpair', ...args]), ...told };
  } finally {
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
  }
}

describe('cluster slurm', () => {
  it('writes the script and says how to submit it', async () => {
    const folder = folderWithScenario();
    const { code, stdout, stderr } = await matedpair(folder, [
      ...[...SLURM, '--time', '1-12:30:00', '--partition', 'long', '--account', 'ab12'],
      ...['--sbatch', '--qos=high', '--cpus', '4', '--', '--trials', '1e9'],
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      'Script: small.slurm.sh',
      'Submit with: bash small.slurm.sh',
      'Follow with: squeue --me, and matedpair status results/small.json.parts',
      '',
    ]);
    const script = readFileSync(join(folder, 'small.slurm.sh'), 'utf8');
    for (const line of [
      ...['#SBATCH --time=1-12:30:00', '#SBATCH --mem=1536M', '#SBATCH --cpus-per-task=4'],
      ...['#SBATCH --partition=long', '#SBATCH --account=ab12', '#SBATCH --qos=high'],
      `matedpair=(${process.execPath} ${MAIN})`,
      'study=(run small.yaml --trials 1e9 --out results/small.json)',
      `folder=${folder}`,
    ]) {
      expect(script.split('\n')).toContain(line);
    }
    expect(readdirSync(folder).sort()).toEqual(['small.slurm.sh', 'small.yaml']);
  });

  it('prints the script with --out -, for a sweep with its table in the merge', async () => {
    const folder = folderWithScenario();
    const { code, stdout, stderr } = await matedpair(folder, [
      ...[...SLURM, '--study', 'sweep', '--out', '-', '--command', 'npx  matedpair'],
      ...['--setup', 'module load nodejs', '--', '--sweep', 'mating.friction=range(0.1, 0.2, 3)'],
      ...['--table', 'points.parquet', '--out', 'r.json'],
    ]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('Script:');
    expect(stdout).toContain(
      "study=(sweep small.yaml --sweep 'mating.friction=range(0.1, 0.2, 3)' --out r.json)",
    );
    expect(stdout).toContain(
      'module load nodejs\nexec npx matedpair merge r.json.parts --table points.parquet\n',
    );
  });

  it('warns of arrays that are usually too long, and of short time limits', async () => {
    const { code, stderr } = await matedpair(folderWithScenario(), [
      ...['cluster', 'slurm', 'small.yaml', '--shards', '1001', '--time', '2 min'],
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: job arrays usually have at most 1000 tasks \(MaxArraySize/);
    expect(stderr).toMatch(/warning: Slurm warns a task up to 2 min before its time limit/);
  });

  it('replaces what it wrote, and nothing else', async () => {
    const folder = folderWithScenario();
    expect((await matedpair(folder, SLURM)).code).toBe(0);
    expect((await matedpair(folder, SLURM)).code).toBe(0);
    writeFileSync(join(folder, 'small.slurm.sh'), '#!/bin/bash\nprecious\n');
    const { code, stderr } = await matedpair(folder, SLURM);
    expect(code).toBe(2);
    expect(stderr).toContain('was not written by this command: it will not be overwritten');
    expect(readFileSync(join(folder, 'small.slurm.sh'), 'utf8')).toBe('#!/bin/bash\nprecious\n');
  });
});

describe('what would fail on every machine fails here', () => {
  const folder = folderWithScenario();
  writeFileSync(join(folder, 'bad.yaml'), SMALL.replace('extends: mtp-elite', 'extends: mtp-elit'));
  mkdirSync(join(folder, 'results'));
  writeFileSync(join(folder, 'other.json'), 'precious');

  it.each([
    [['cluster', 'slurm', 'bad.yaml', '--shards', '8'], /bad\.yaml:6:/],
    [['cluster', 'slurm', 'none.yaml', '--shards', '8'], /does not exist/],
    [['cluster', 'slurm', 'small.yaml'], /--shards/],
    [[...SLURM.slice(0, 4), '0'], /whole number from 1 to/],
    [[...SLURM, '--time', '30 s'], /from 1 min to/],
    [[...SLURM, '--memory', 'much'], /such as 2G/],
    [[...SLURM, '--partition', 'a b'], /without spaces and quotes/],
    [[...SLURM, '--sbatch=--array=1-3'], /The script itself says that/],
    [[...SLURM, '--sbatch=--arr=1-3'], /The script itself says that/],
    [[...SLURM, '--setup', 'a\nb'], /Expected one line/],
    [[...SLURM, '--trials', '1e6'], /unknown option '--trials'/],
    [[...SLURM, '--', '--trails', '1e6'], /unknown option '--trails'/],
    [[...SLURM, '--', '--trials', 'many'], /Expected a whole number/],
    [[...SLURM, '--', '--set', 'mating.fricton=0.2'], /friction/],
    [[...SLURM, '--', '--until', 'p97 ± 0.1 dB'], /--until is not for a study in shards/],
    [[...SLURM, '--', '--fresh', '--workers', '3'], /--workers is not.*\n.*--fresh is not/],
    [
      [...SLURM, '--', '--shard', '1/8'],
      /--shard is not for a study in shards: each task has its own/,
    ],
    [[...SLURM, '--', '--out', 'other.json'], /not a matedpair result/],
    [[...SLURM, '--study', 'sweep'], /no section sweep/],
    [[...SLURM, '--study', 'sensitivity', '--', '--pair', 'none'], /no pair "none"/],
    [[...KUBERNETES, '--name', 'Large'], /lower-case letters/],
    [[...KUBERNETES, '--name', 'a'.repeat(62)], /may have 54 characters/],
    [[...KUBERNETES, '--', '--out', '../r.json'], /leaves the volume/],
    [[...KUBERNETES, '--', '--out', '/tmp/r.json'], /leaves the volume/],
    [[...KUBERNETES, '--time', '0.5 s'], /at least 60 s/],
    [['cluster', 'kubernetes', 'small.yaml', '--shards', '8', '--claim', 'c'], /--image/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await matedpair(folder, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder).sort()).toEqual(['bad.yaml', 'other.json', 'results', 'small.yaml']);
  });
});

describe('cluster kubernetes', () => {
  const read = (path: string) => {
    const documents = parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1' });
    if (!Array.isArray(documents)) throw new Error('no documents');
    return documents.map((one) => one.toJS() as unknown);
  };

  it('writes the manifests and says what to do with them', async () => {
    const folder = folderWithScenario(SMALL.replace('name: small', 'name: "  Größe 1/2: TEST"'));
    const { code, stdout, stderr } = await matedpair(folder, [
      ...[...KUBERNETES, '--cpus', '2', '--time', '1 h', '--', '--seed', 'yes'],
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const [name] = readdirSync(folder).filter((one) => one.endsWith('.kubernetes.yaml'));
    const [config, shards, merge] = read(join(folder, name!));
    const { metadata, spec } = indexedJobSchema.parse(shards);
    expect(metadata.name).toMatch(/^gr-e-1-2-test-[0-9a-f]{8}$/);
    expect(configMapSchema.parse(config).data).toEqual({
      '1-small.yaml': readFileSync(join(folder, 'small.yaml'), 'utf8'),
    });
    expect(mergeJobSchema.parse(merge).metadata.name).toBe(`${metadata.name}-merge`);
    expect(spec.template.spec.containers[0].args).toEqual([
      ...['run', '/scenario/small.yaml', '--seed', 'yes', '--out', 'Größe-1-2-TEST.json'],
      ...['--shard', 'auto', '--workers', '2', '--max-time', '3600 s'],
    ]);
    for (const line of [
      `kubectl apply --server-side -f `,
      `kubectl wait --for=condition=complete --timeout=24h job/${metadata.name}\n`,
      `kubectl patch job/${metadata.name}-merge --type=merge -p '{"spec":{"suspend":false}}'\n`,
      'The result: /results/Größe-1-2-TEST.json in the volume of results\n',
    ]) {
      expect(stderr).toContain(line);
    }
  });

  it('takes along what the scenario refers to, at any value of a sweep', async () => {
    const folder = folderWithScenario(
      SMALL.replace('extends: mtp-elite', 'extends: ./designs/one.yaml'),
    );
    mkdirSync(join(folder, 'designs'));
    for (const name of ['one', 'two', 'three']) {
      writeFileSync(join(folder, 'designs', `${name}.yaml`), `extends: mtp-elite\n# ${name}\n`);
    }
    const { code } = await matedpair(folder, [
      ...[...KUBERNETES, '--study', 'sweep', '--name', 'mine', '--out', 'm.yaml', '--'],
      ...['--sweep', 'designs.elite.extends=./designs/one.yaml, ./designs/two.yaml'],
    ]);
    expect(code).toBe(0);
    const [config, shards] = read(join(folder, 'm.yaml'));
    expect(Object.values(configMapSchema.parse(config).data)).toHaveLength(3);
    const { metadata, spec } = indexedJobSchema.parse(shards);
    expect(metadata.name).toBe('mine');
    const [volume] = spec.template.spec.volumes.filter((one) => 'configMap' in one);
    expect(volume!.configMap.items.map(({ path }) => path)).toEqual([
      ...['small.yaml', 'designs/one.yaml', 'designs/two.yaml'],
    ]);
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  it('refuses what no ConfigMap holds: files outside the folder of the scenario', async () => {
    const folder = folderWithScenario();
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'plug.yaml'), 'extends: mtp-elite\n');
    writeFileSync(
      join(folder, 'sub', 'small.yaml'),
      SMALL.replace('extends: mtp-elite', 'extends: ../plug.yaml'),
    );
    const args = [...KUBERNETES, '--', '--allow-outside'];
    const { code, stderr } = await matedpair(join(folder, 'sub'), args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/outside the folder of its scenario.*\n.*found: +\.\.\/plug\.yaml\n/);
    expect(readdirSync(join(folder, 'sub'))).toEqual(['small.yaml']);
  });

  it('tells the pods what comes to the same bytes as one run', async () => {
    const folder = folderWithScenario();
    const study = ['--trials', '300000', '--out', 'r.json'];
    expect((await matedpair(folder, [...KUBERNETES, '-o', 'm.yaml', '--', ...study])).code).toBe(0);
    const [config, shards, merge] = read(join(folder, 'm.yaml'));
    const { spec } = indexedJobSchema.parse(shards);
    const [{ args, env }] = spec.template.spec.containers;
    const volume = folderWithScenario(Object.values(configMapSchema.parse(config).data)[0]);
    const inVolume = args.map((arg) => arg.replace('/scenario/', ''));
    for (let index = 0; index < spec.completions; index++) {
      vi.stubEnv('JOB_COMPLETION_INDEX', String(index));
      for (const { name, value } of env!) vi.stubEnv(name, value);
      expect(await matedpair(volume, inVolume)).toMatchObject({ code: 0 });
    }
    vi.unstubAllEnvs();
    const [{ args: mergeArgs }] = mergeJobSchema.parse(merge).spec.template.spec.containers;
    expect(await matedpair(volume, mergeArgs)).toMatchObject({ code: 0 });
    expect(await matedpair(folder, ['run', 'small.yaml', ...study])).toMatchObject({ code: 0 });
    const bytesOf = (where: string) => withoutHost(readFileSync(join(where, 'r.json'), 'utf8'));
    expect(bytesOf(volume)).toBe(bytesOf(folder));
  });
});
