/** The manifests of Kubernetes, as far as they can be checked without a cluster. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { configData, MOST_BYTES } from '../../src/cluster/config-data.js';
import {
  type KubernetesJob,
  kubernetesManifests,
  longestJobName,
} from '../../src/cluster/kubernetes.js';
import { loadScenario } from '../../src/scenario/index.js';
import { SMALL, temporaryFolder } from '../cli/helpers.js';
import {
  configMapSchema,
  indexedJobSchema,
  mergeJobSchema,
  type PodTemplate,
} from './manifest-schema.js';

function job(changes: Partial<KubernetesJob> = {}): KubernetesJob {
  return {
    name: 'small-0123abcd',
    title: 'Written by a test',
    shards: 8,
    image: 'registry.example/matedpair:0.1.0',
    claim: 'results',
    cpus: 2,
    memory: '2Gi',
    retries: 3,
    command: ['matedpair'],
    study: ['run', '/scenario/small.yaml', '--out', 'small.json'],
    parts: 'small.json.parts',
    mergeFlags: [],
    files: [{ path: 'small.yaml', text: SMALL }],
    ...changes,
  };
}

/** As kubectl reads them, in YAML 1.1. */
function read(text: string) {
  const documents = parseAllDocuments(text, { version: '1.1', strict: true });
  if (!Array.isArray(documents)) throw new Error('no documents');
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  const [config, shards, merge, ...others] = documents.map((one) => one.toJS() as unknown);
  expect(others).toEqual([]);
  return {
    config: configMapSchema.parse(config),
    shards: indexedJobSchema.parse(shards),
    merge: mergeJobSchema.parse(merge),
  };
}

const manifests = (changes: Partial<KubernetesJob> = {}) => read(kubernetesManifests(job(changes)));

/** What the pods of a template are given, with $$ and $(NAME) as Kubernetes reads them. */
function argsOf({ spec }: PodTemplate): string[] {
  const [{ env = [], args }] = spec.containers;
  const values = new Map(env.map(({ name, value }) => [name, value]));
  return args.map((arg) =>
    arg.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (found, name) =>
      name === undefined ? '$' : (values.get(name) ?? found),
    ),
  );
}

describe('the manifests', () => {
  it('hold only fields of Kubernetes, with values that it accepts', () => {
    const { shards } = manifests();
    expect(shards.spec).toMatchObject({ completions: 8, parallelism: 8, backoffLimitPerIndex: 3 });
    expect(manifests({ atOnce: 3 }).shards.spec.parallelism).toBe(3);
    expect(manifests({ atOnce: 9 }).shards.spec.parallelism).toBe(8);
  });

  it('are refused by the schema with a field that is misspelt', () => {
    const text = kubernetesManifests(job());
    for (const field of ['backoffLimitPerIndex', 'restartPolicy', 'claimName', 'onExitCodes']) {
      expect(() => read(text.replace(`${field}:`, `${field}x:`))).toThrow(field);
    }
    expect(() => read(text.replace('action: Ignore', 'action: Retry'))).toThrow();
    expect(() => read(text.replace('status: "True"', 'status: True'))).toThrow();
  });

  it('refer to each other, to their volumes and to their container', () => {
    const { config, shards, merge } = manifests();
    const keys = Object.keys(config.data);
    for (const { spec } of [shards.spec.template, merge.spec.template]) {
      const volumes = spec.volumes.map(({ name }) => name).sort();
      const [container] = spec.containers;
      expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(volumes);
    }
    const [scenario] = shards.spec.template.spec.volumes.filter((one) => 'configMap' in one);
    expect(scenario!.configMap.name).toBe(config.metadata.name);
    expect(scenario!.configMap.items.map(({ key }) => key)).toEqual(keys);
    for (const { podFailurePolicy, template } of [shards.spec, merge.spec]) {
      for (const rule of podFailurePolicy.rules) {
        if ('onExitCodes' in rule) {
          expect(rule.onExitCodes.containerName).toBe(template.spec.containers[0].name);
        }
      }
    }
    const names = [config, shards, merge].map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(3);
  });

  it('count an exit code 75 and a lost node as no failure, and give up a shard for what comes again', () => {
    const { rules } = manifests().shards.spec.podFailurePolicy;
    expect(
      rules.map((rule) => [
        rule.action,
        ...('onExitCodes' in rule
          ? rule.onExitCodes.values
          : rule.onPodConditions.map(({ type }) => type)),
      ]),
    ).toEqual([
      ['Ignore', 75],
      ['Ignore', 'DisruptionTarget'],
      ['FailIndex', 2, 70],
    ]);
  });

  it('run the shard that Kubernetes says, of as many as there are', () => {
    const { template } = manifests({ seconds: 3600 }).shards.spec;
    expect(argsOf(template)).toEqual([
      ...['run', '/scenario/small.yaml', '--out', 'small.json'],
      ...['--shard', 'auto', '--workers', '2', '--max-time', '3600 s'],
    ]);
    expect(template.spec.containers[0].env).toEqual([{ name: 'JOB_COMPLETIONS', value: '8' }]);
    const { merge } = manifests({ mergeFlags: ['--table', 'small.parquet'] });
    expect(argsOf(merge.spec.template)).toEqual([
      ...['merge', 'small.json.parts', '--table', 'small.parquet'],
    ]);
  });

  it('hand words over as they are, whatever YAML or Kubernetes would read in them', () => {
    const words = [
      'yes',
      'no',
      'on',
      '1:30',
      '1e6',
      '0x10',
      '~',
      'null',
      '=',
      '<<',
      '- a',
      '#',
      '',
      ' a ',
      "'",
      '"',
    ];
    const dollars = [
      '$(JOB_COMPLETIONS)',
      '$$(JOB_COMPLETIONS)',
      '$',
      '$$$',
      `\${HOME}`,
      '2001-01-01',
    ];
    const study = [
      ...words,
      ...dollars,
      '{a: b}',
      '*a',
      '&a',
      '!a',
      '%a',
      '@a',
      '`a',
      'ä €',
      'x'.repeat(300),
    ];
    expect(argsOf(manifests({ study }).shards.spec.template).slice(0, study.length)).toEqual(study);
  });

  it.each([
    [1, 61],
    [10, 61],
    [11, 60],
    [10_000, 58],
  ])('of %d shards leave %d characters for the name of the Job', (shards, longest) => {
    expect(longestJobName(shards)).toBe(longest);
    expect(`${'a'.repeat(longest)}-${shards - 1}`).toHaveLength(63);
  });
});

describe('files of the scenario', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'a: b',
          '  c',
          '\t',
          ' ',
          '\n',
          '\n\n',
          '- x',
          '#',
          '"',
          '\r\n',
          '---',
          '\ufeff',
          '\u2028',
          '\u0085',
          '\0',
          'é',
          '😀',
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  );

  it('come back as they are, through YAML or in base64', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
        const files = texts.map((its, i) => ({ path: `a b/ü ${i}.csv`, text: its }));
        const { config, shards } = manifests({ files });
        const volume = shards.spec.template.spec.volumes.find((one) => 'configMap' in one);
        const found = volume!.configMap.items.map(({ key, path }) => {
          const bytes = config.binaryData?.[key];
          return {
            path,
            text: bytes === undefined ? config.data[key] : Buffer.from(bytes, 'base64').toString(),
          };
        });
        expect(found).toEqual(files);
      }),
      { numRuns: 300 },
    );
  });

  it('may have 1 MiB together, their keys counted, and no more', () => {
    const key = configData([{ path: 'a', text: '' }]).items[0]!.key;
    const of = (length: number) => configData([{ path: 'a', text: 'x'.repeat(length) }]);
    expect(() => of(MOST_BYTES - key.length)).not.toThrow();
    expect(() => of(MOST_BYTES - key.length + 1)).toThrow(/a ConfigMap holds at most 1048576/);
  });

  it('are found by the scenario as Kubernetes mounts them: links into a folder with a name of its own', () => {
    const files = [
      { path: 'small.yaml', text: SMALL.replace('extends: mtp-elite', 'extends: ./sub/base.yaml') },
      { path: 'sub/base.yaml', text: 'extends: mtp-elite\n' },
    ];
    const { items, data } = configData(files);
    const folder = temporaryFolder();
    const real = '..2026_01_01_00_00_00.123456789';
    for (const { key, path } of items) {
      mkdirSync(join(folder, real, dirname(path)), { recursive: true });
      writeFileSync(join(folder, real, path), data[key]!);
    }
    symlinkSync(real, join(folder, '..data'));
    for (const name of ['small.yaml', 'sub']) symlinkSync(join('..data', name), join(folder, name));
    expect(loadScenario(join(folder, 'small.yaml')).scenario.name).toBe('small');
  });
});
