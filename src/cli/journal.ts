/** What commands say of what they keep while they work. */
import { type Head, Journal } from '../parts/journal.js';
import { coloursOf } from './colours.js';
import { Interrupted } from './interrupt.js';
import { isThere } from './output-file.js';

/** The checkpoint beside a file that is going to be written. */
export function journalBeside(out: string, head: () => Head, isFresh: boolean): Journal {
  const { yellow } = coloursOf(process.stderr);
  const journal = new Journal(`${out}.partial`, head, {
    isFresh,
    onTrouble: (message) =>
      process.stderr.write(
        `${yellow('warning:')} what is computed cannot be kept: ${message}. The work goes on.\n`,
      ),
  });
  if (journal.isGoingOn) process.stderr.write(`Going on with ${journal.path}.\n`);
  return journal;
}

/** Keeps what an error leaves, if it is worth it; says whether. */
export function keep(journal: Journal | undefined): boolean {
  if (journal?.isWorthKeeping !== true) return false;
  return journal.save();
}

/**
 * What a command says that was ended: what is done, and whether the same command goes on from there.
 *
 * @param done such as `12 of 40 points`
 */
export async function tellEnding(
  error: Interrupted | Error,
  done: string,
  journal: Journal | undefined,
  out: string | undefined,
): Promise<void> {
  // who stops it, or gives it a time, means to go on
  const ending = error instanceof Interrupted ? error.ending : 'Ended';
  const isKept = ending === 'Interrupted' ? keep(journal) : journal?.save() === true;
  const fate = isKept ? `are kept in ${journal?.path} and the same command goes on` : 'are lost';
  const before = out !== undefined && (await isThere(out)) ? ` ${out} is as it was.` : '';
  process.stderr.write(`${ending} after ${done}: they ${fate}, no result was written.${before}\n`);
}
