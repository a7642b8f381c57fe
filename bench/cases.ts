/** What is measured: each case runs once for about a second and gives fibre matings a second. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultWorkers } from '../src/engine/pool.js';
import { createRunner, runnerSource } from '../src/engine/runner.js';
import { PACKAGE_ROOT } from '../src/package-root.js';
import { compilePlan } from '../src/plan/compile.js';
import type { Plan } from '../src/plan/types.js';
import { loadScenario, parseScenario } from '../src/scenario/index.js';
import { simulate } from '../src/studies/simulate.js';

export interface Case {
  readonly name: string;
  /** Fibre matings a second, or undefined where the case cannot run here. */
  readonly measure: () => Promise<number | undefined>;
  /** Why a case does not run here. */
  readonly skipped?: string;
}

const SECONDS = 1;

/** Blocks of MTP Standard against itself, run in this thread until a second is over. */
function referenceCase(fibres: number): Case {
  const force = fibres > 12 ? 'spring: { force: 20 N ± 1.2 N at 3 sigma }' : '';
  const { scenario } = parseScenario(
    [
      'matings: 100000000',
      'designs:',
      '  mtp:',
      '    extends: mtp-standard',
      `    fibres: { count: ${fibres} }`,
      ...(force === '' ? [] : [`    ${force}`]),
      'pairs: { mtp: { pinned: mtp, unpinned: mtp } }',
    ].join('\n'),
  );
  const plan: Plan = compilePlan(scenario);
  const run = createRunner(runnerSource(plan, 'reference'));
  let block = 0;
  return {
    name: `reference, ${fibres} fibres, one thread`,
    measure: async () => {
      const started = performance.now();
      let matings = 0;
      let seconds = 0;
      while (seconds < SECONDS) {
        matings += run(block).matings;
        block += 1;
        seconds = (performance.now() - started) / 1000;
      }
      return (matings * fibres) / seconds;
    },
  };
}

/** The shipped MPO-against-MTP scenario as `run` runs it, start of the threads included. */
function scalingCase(workers: number): Case {
  const { scenario } = loadScenario(join(PACKAGE_ROOT, 'scenarios', 'mpo-vs-mtp.yaml'), {
    overrides: [{ path: 'matings', value: `${60_000 * workers}` }],
  });
  return {
    name: `mpo-vs-mtp, ${workers} worker${workers === 1 ? '' : 's'}`,
    measure: async () => (await simulate(scenario, { workers })).host.fibreMatingsPerSecond,
  };
}

/** The vectorised NumPy implementation of the same model (bench/peers), where Python has NumPy. */
function numpyCase(): Case {
  const name = 'NumPy peer, 12 fibres, one thread';
  const python = process.env['PYTHON'] ?? 'python3';
  if (spawnSync(python, ['-c', 'import numpy']).status !== 0) {
    return { name, measure: async () => undefined, skipped: `${python} has no NumPy` };
  }
  const reference = join(PACKAGE_ROOT, 'test', 'reference', 'distributions.json');
  const { cases } = JSON.parse(readFileSync(reference, 'utf8')) as {
    cases: { name: string; parameters: object }[];
  };
  const parameters = cases.find((c) => c.name === 'mtp-standard')?.parameters;
  return {
    name,
    measure: async () => {
      const { stdout } = spawnSync(
        python,
        [join(PACKAGE_ROOT, 'bench', 'peers', 'throughput.py')],
        {
          input: JSON.stringify({ parameters, seconds: SECONDS }),
          encoding: 'utf8',
          env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
        },
      );
      return (JSON.parse(stdout) as { rate: number }).rate;
    },
  };
}

export function allCases(): Case[] {
  const workers = Array.from({ length: defaultWorkers() }, (_, i) => i + 1);
  return [numpyCase(), ...[12, 24, 72].map(referenceCase), ...workers.map(scalingCase)];
}
