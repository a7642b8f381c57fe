/** What every file that is written says of where it comes from: version, seed, scenario, machine. */
import { cpus } from 'node:os';
import { z } from 'zod';
import { kernelHash } from '../engine/load-kernel.js';
import { ENGINES, type Engine } from '../engine/runner.js';
import { VERSION } from '../package-root.js';
import { describeScenario, scenarioHash } from '../scenario/index.js';
import type { Scenario } from '../scenario/types.js';
import { count } from './schema-pair.js';

/** Raised whenever a reader of the old format would misread the new one. */
export const FORMAT_VERSION = 2;

/** What the model does not contain, said in every result (model §13). */
const LEFT_OUT = [
  'exact LP01 fields (Gaussian approximation)',
  'modal noise',
  'spreading of light in a gap between multimode fibres',
  'polarisation',
  'angular misalignment of the keys',
  'dirt and scratches on a core',
  'fibre shape',
  'dynamic vibration',
] as const;

/** What is read of the scenario in a result without reading it as one. */
const likeScenario = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  matings: z.number().optional(),
  experiment: z.looseObject({ type: z.string().optional() }).optional(),
  pairs: z.record(z.string(), z.unknown()).optional(),
  designs: z
    .record(
      z.string(),
      z.looseObject({ fibres: z.looseObject({ mode: z.string().optional() }).optional() }),
    )
    .optional(),
});

export const provenanceFields = {
  formatVersion: z.literal(FORMAT_VERSION),
  generator: z.object({
    name: z.literal('matedpair'),
    version: z.string(),
    kernel: z
      .string()
      .optional()
      .describe('SHA-256 of the WebAssembly kernel of that build; older results have none'),
  }),
  seed: z.string(),
  scenarioHash: z
    .string()
    .describe('SHA-256 of the resolved scenario without seed, matings, name and description'),
  scenario: z
    .record(z.string(), z.unknown())
    .refine((scenario) => likeScenario.safeParse(scenario).success, 'not a resolved scenario')
    .describe('The resolved scenario; itself a valid scenario file'),
  leftOut: z.array(z.string()).describe('What the model does not contain'),
  contentHash: z
    .string()
    .optional()
    .describe('SHA-256 of all but itself and host, as JSON without spaces'),
};

/** Fields of a study's file; `kind` tells it from the result of a run, which has none. */
export function studyFields<Kind extends string>(kind: Kind) {
  return { $schema: z.string().optional(), kind: z.literal(kind), ...provenanceFields };
}

/** Where a result comes from; depends on the scenario alone. */
export function provenanceOf(scenario: Scenario) {
  return {
    formatVersion: FORMAT_VERSION as typeof FORMAT_VERSION,
    generator: { name: 'matedpair' as const, version: VERSION, kernel: kernelHash() },
    seed: scenario.seed,
    scenarioHash: scenarioHash(scenario),
    scenario: describeScenario(scenario) as Record<string, unknown>,
    leftOut: [...LEFT_OUT] as string[],
  };
}

export const host = z
  .object({
    startedAt: z.string(),
    seconds: z.number(),
    fibreMatingsPerSecond: z.number(),
    workers: count,
    engine: z.enum(ENGINES).describe('What computed the matings; both give the same numbers'),
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    cpus: count,
  })
  .describe('What may differ between two runs of the same scenario; nothing else does');

export type HostFacts = z.infer<typeof host>;

/** Starts the clock; what it returns tells the machine and the time of so many fibre matings. */
export function startClock(workers: number, engine: Engine): (fibreMatings: number) => HostFacts {
  const startedAt = new Date().toISOString();
  const clock = performance.now();
  return (fibreMatings) => {
    const seconds = (performance.now() - clock) / 1000;
    return {
      startedAt,
      seconds,
      fibreMatingsPerSecond: fibreMatings / seconds,
      workers,
      engine,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model ?? 'unknown',
      cpus: cpus().length,
    };
  };
}
