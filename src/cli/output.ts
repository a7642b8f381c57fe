/** What may go out, and what happens when an output stream breaks, and when the program does. */
import { visible } from '../errors.js';
import { EXIT } from './exit-codes.js';

/** Colours and the way back over a line, as this program sends them to terminals; and any control character. */
const ESC = '\u001b';
const CONTROL = new RegExp(String.raw`${ESC}\[(?:1|2|22|3[1-3]|39)m|\r${ESC}\[K|\p{Cc}`, 'gu');

/**
 * The text with control characters written out, wherever they came from: a name that holds an escape moves no cursor. Tabs, line
 * feeds and, on a terminal, this program's own colours stay.
 */
export function printable(text: string, isTerminal: boolean): string {
  return text.replace(CONTROL, (found) =>
    found === '\n' || found === '\t' || (isTerminal && found.length > 1)
      ? found
      : visible(found, /\p{Cc}/gu),
  );
}

/**
 * Watches stdout and stderr, and lets nothing but printable text out. A reader that closes its pipe early (`| head`) is no
 * error: the command goes on, so that a result is still written. Any other failure is told once and gives exit code 2, unless
 * there is worse to tell. What nobody catches is a defect.
 */
export function watchOutput(): void {
  let failed = false;
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? printable(chunk, stream.isTTY === true) : chunk, ...rest);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || failed) return;
      failed = true;
      process.stderr.write(`error: the output could not be written: ${error.message}\n`);
    });
  }
  process.on('exit', () => {
    if (failed) process.exitCode ||= EXIT.userError;
  });
  process.on('uncaughtException', (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `This is a defect of matedpair; please report it with the command you ran.\n${text}\n`,
    );
    process.exit(EXIT.internalError);
  });
}
