/** Running a study with progress, and writing what came out: what all studies but sweeps have in common. */
import type { Colours } from './colours.js';
import { EXIT } from './exit-codes.js';
import { Interrupted, interruptible } from './interrupt.js';
import { shareDisplay } from './progress.js';
import { type ResultFlags, resultPath, tellResult } from './result-output.js';

/** Runs a study, prints its summary and writes its file; the exit code is that of an interruption or 0. */
export async function studyAndReport<Study extends object>(
  kind: string,
  scenarioName: string,
  flags: ResultFlags,
  study: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<Study>,
  summary: (result: Study, colours: Colours) => readonly string[],
): Promise<{ readonly exitCode: number; readonly result: Study | undefined }> {
  const out = await resultPath(flags, scenarioName, kind);
  return interruptible(async (signal) => {
    const progress = shareDisplay(process.stderr);
    try {
      const result = await study(signal, progress.update);
      progress.end();
      await tellResult(result, summary, flags, out);
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
