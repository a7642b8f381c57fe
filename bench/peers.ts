/** Other implementations of the model, measured in the same rounds. A peer that is not installed is left out. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/package-root.js';
import type { Case } from '../src/studies/bench/rounds.js';
import { endlessPlan, ThreadMeter } from '../src/studies/bench/throughput.js';
import { onePairScenario, peerParameters } from './scenarios.js';

const GROUP = 'one design with itself beside NumPy, one thread';

/** Cases of test/reference/distributions.json, and the shipped designs that they describe. */
const WORKLOADS = [
  { reference: 'mtp-standard', design: 'mtp-standard', fibres: 12, label: 'MTP 12' },
  { reference: 'mtp-standard-24', design: 'mtp-standard', fibres: 24, label: 'MTP 24' },
  { reference: 'generic-mpo-72', design: 'generic-mpo', fibres: 72, label: 'MPO 72' },
] as const;

export interface Peers {
  readonly cases: readonly Case[];
  /** What was left out, or that the peer gives the known answers. */
  readonly note: string;
}

/** Both engines and, where Python has NumPy, the peer in bench/peers. Fails if the peer gives wrong answers. */
export function peers(seconds: number): Peers {
  const python = process.env['PYTHON'] ?? 'python3';
  const numpy = runPython(python, ['-c', 'import numpy; print(numpy.__version__, end="")']);
  if (numpy === undefined) {
    const note = `Skipped: the NumPy peer, because ${python} has no NumPy (PYTHON names another one).`;
    return { cases: engineCases(seconds), note };
  }
  if (runPython(python, [peerFile('check.py')]) === undefined) {
    throw new Error(`the NumPy peer gives wrong answers: ${python} bench/peers/check.py`);
  }
  return {
    cases: [...engineCases(seconds), ...numpyCases(python, seconds)],
    note: `The peer (NumPy ${numpy}) agrees with test/reference.`,
  };
}

function engineCases(seconds: number): Case[] {
  return (['kernel', 'reference'] as const).flatMap((engine) =>
    WORKLOADS.map(({ design, fibres, label }) => {
      const plan = endlessPlan(onePairScenario(design, fibres, 1));
      const meter = new ThreadMeter(plan, engine);
      return {
        quantities: [
          {
            group: GROUP,
            name: `${engine}, ${label}`,
            unit: 'fibre matings/s',
            against: `NumPy, ${label}`,
          } as const,
        ],
        measure: async () => [await meter.rate(seconds)],
      };
    }),
  );
}

function numpyCases(python: string, seconds: number): Case[] {
  return WORKLOADS.map(({ reference, label }) => {
    const input = JSON.stringify({ parameters: peerParameters(reference), seconds });
    return {
      quantities: [{ group: GROUP, name: `NumPy, ${label}`, unit: 'fibre matings/s' }],
      measure: async () => {
        const output = runPython(python, [peerFile('throughput.py')], input);
        if (output === undefined) throw new Error('the NumPy peer failed');
        return [(JSON.parse(output) as { rate: number }).rate];
      },
    };
  });
}

function peerFile(name: string): string {
  return join(PACKAGE_ROOT, 'bench', 'peers', name);
}

/** What a Python program prints, on one thread; undefined if it fails or is not there. */
function runPython(python: string, args: readonly string[], input = ''): string | undefined {
  const env = {
    ...process.env,
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const { status, stdout } = spawnSync(python, args, { input, encoding: 'utf8', env });
  return status === 0 ? stdout : undefined;
}
