/** Running a study with progress, and writing what came out: what all studies but sweeps have in common. */
import { normalize } from 'node:path';
import { formatResult, writeResult } from '../result/files.js';
import { type Colours, coloursOf } from './colours.js';
import { EXIT } from './exit-codes.js';
import { Interrupted, interruptible } from './interrupt.js';
import { checkOutput, defaultOutput } from './output-file.js';
import { shareDisplay } from './progress.js';
import type { RunFlags } from './run-and-report.js';

/** Runs a study, prints its summary and writes its file; the exit code is that of an interruption or 0. */
export async function studyAndReport<Study extends object>(
  kind: string,
  name: string,
  flags: Pick<RunFlags, 'json' | 'out'>,
  study: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<Study>,
  summary: (result: Study, colours: Colours) => readonly string[],
): Promise<{ readonly exitCode: number; readonly result: Study | undefined }> {
  const json = flags.json === true;
  const byDefault = json ? undefined : defaultOutput(name);
  const out = flags.out === undefined ? byDefault : normalize(flags.out);
  if (out !== undefined) await checkOutput(out, kind);
  return interruptible(async (signal) => {
    const progress = shareDisplay(process.stderr);
    try {
      const result = await study(signal, progress.update);
      progress.end();
      const report = json ? process.stderr : process.stdout;
      report.write(`${summary(result, coloursOf(report)).join('\n')}\n`);
      if (json) process.stdout.write(formatResult(result));
      if (out !== undefined) {
        await writeResult(result, out);
        report.write(`Result: ${out}\n`);
      }
      return { exitCode: EXIT.ok, result };
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      progress.end();
      process.stderr.write('Interrupted: no result was written.\n');
      return { exitCode: EXIT.interrupted, result: undefined };
    } finally {
      progress.end();
    }
  });
}
