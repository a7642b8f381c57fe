/**
 * Hostile input: no text that is read brings out anything but a UserError, a wait, too much memory, a changed prototype or a
 * file in the wrong place.
 *
 * MATEDPAIR_FUZZ=1000000 MATEDPAIR_FUZZ_SEED=7 makes so many inputs of that seed, MATEDPAIR_FUZZ_TARGET=scenario only those of one target,
 * MATEDPAIR_FUZZ_AT=170 with a target that one alone and prints it; MATEDPAIR_FUZZ_REPLAY='{"target": …, "input": …}', or a file with that, runs one input again.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleWorker } from './bundle.js';
import type { Failure } from './order.js';
import { SHARES } from './shares.js';
import { LIMITS } from './targets/limits.js';
import { inputAt, type Summary, watch } from './watch.js';

const {
  MATEDPAIR_FUZZ: asked = '10000',
  MATEDPAIR_FUZZ_SEED: seed = '1',
  MATEDPAIR_FUZZ_TARGET: only,
  MATEDPAIR_FUZZ_AT: at,
  MATEDPAIR_FUZZ_REPLAY: replay,
} = process.env;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'matedpair-fuzz-')));
const script = bundleWorker();
const MOST_REFUSED = 0.95;
const LONGEST_SHOWN = 2000;
const HOURS_MS = 86_400_000;

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(await script), { recursive: true, force: true });
});

function told(summary: Summary): string {
  const { target, inputs, seconds, slowestMs, slowest, refused, peakMb, failures } = summary;
  const rate = Math.round(inputs / seconds);
  const share = Math.round((100 * refused) / inputs);
  return `fuzz ${target}: ${inputs} inputs (${share} % refused), seed ${seed}, ${rate}/s, slowest #${slowest} ${Math.round(slowestMs)} ms, peak +${peakMb} MB, ${failures.length} failures`;
}

/** What failed; inputs that are too long to be shown are told by their number. */
function asText(failures: readonly Failure[]): string {
  return failures
    .map(({ target, index, message, input }) => {
      const shown = input.length > LONGEST_SHOWN ? { length: input.length } : { input };
      return JSON.stringify({ target, seed, index, message, ...shown });
    })
    .join('\n');
}

describe('hostile input', () => {
  const all = Object.entries(SHARES).filter(([name]) => only === undefined || name === only);
  const sum = all.reduce((total, [, share]) => total + share, 0);

  it.each(replay === undefined ? all : [])(
    '%s: throws nothing but UserErrors',
    async (target, share) => {
      const to = Math.ceil((Number(asked) * share) / sum);
      const own = join(folder, target);
      mkdirSync(own);
      const range = at === undefined ? { from: 0, to } : { from: Number(at), to: Number(at) + 1 };
      const job = { target, seed, ...range, folder: own };
      if (at !== undefined) console.log(JSON.stringify(await inputAt(await script, job)));
      const summary = await watch(await script, job);
      console.log(told(summary));
      if (summary.failures.length > 0) console.log(asText(summary.failures));
      expect(summary.failures).toEqual([]);
      expect(summary.inputs).toBe(range.to - range.from);
      // what never gets through tests nothing behind the door
      if (at === undefined) expect(summary.refused).toBeLessThan(MOST_REFUSED * summary.inputs);
    },
    HOURS_MS,
  );

  it.runIf(replay === undefined && (only ?? 'limits') === 'limits')(
    'as long as it may be takes no time and no memory',
    async () => {
      const own = join(folder, 'limits');
      mkdirSync(own);
      const job = { target: 'limits', seed, from: 0, to: LIMITS, folder: own };
      const summary = await watch(await script, job);
      console.log(told(summary));
      if (summary.failures.length > 0) console.log(asText(summary.failures));
      expect(summary.failures).toEqual([]);
      expect(summary.refused).toBe(LIMITS);
    },
  );

  it.runIf(replay === undefined && only === undefined)(
    'is found where there is a fault',
    async () => {
      const own = join(folder, 'faulty');
      mkdirSync(own);
      const job = { target: 'faulty', seed: '1', from: 0, to: 0, folder: own };
      const found: Record<string, string | undefined> = {};
      for (const fault of ['fine', 'refuses', 'throws', 'pollutes', 'writes', 'hoards', 'hangs']) {
        const { failures } = await watch(await script, { ...job, single: fault });
        found[fault] = failures[0]?.message;
      }
      expect(found).toEqual({
        fine: undefined,
        refuses: undefined,
        throws: expect.stringMatching(/^TypeError: broken/),
        pollutes: 'Object.prototype.polluted was changed',
        writes: expect.stringMatching(/^writeFileSync of .*matedpair-fuzz-trespass$/),
        hoards: expect.stringMatching(/^the process has grown by \d+ MB$/),
        hangs: expect.stringMatching(/^took more than \d+ ms of the processor/),
      });
    },
  );

  it.runIf(replay !== undefined)('one input again', async () => {
    const text = existsSync(replay as string) ? readFileSync(replay as string, 'utf8') : replay;
    const { target, input } = JSON.parse(text as string) as Failure;
    const own = join(folder, 'replay');
    mkdirSync(own);
    const job = { target, seed, from: 0, to: 0, folder: own, single: input };
    const summary = await watch(await script, job);
    if (summary.failures.length > 0) console.log(asText(summary.failures));
    expect(summary.failures).toEqual([]);
  });
});
