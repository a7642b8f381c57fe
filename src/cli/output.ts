/** What happens when an output stream breaks, and when the program does. */
import { EXIT } from './exit-codes.js';

/**
 * Watches stdout and stderr. A reader that closes its pipe early (`| head`) is no error: the command goes on, so that a
 * result is still written. Any other failure is told once and gives exit code 2. What nobody catches is a defect.
 */
export function watchOutput(): void {
  let failed = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || failed) return;
      failed = true;
      process.stderr.write(`error: the output could not be written: ${error.message}\n`);
    });
  }
  process.on('exit', () => {
    if (failed) process.exitCode = EXIT.userError;
  });
  process.on('uncaughtException', (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `This is a defect of matedpair; please report it with the command you ran.\n${text}\n`,
    );
    process.exit(EXIT.internalError);
  });
}
