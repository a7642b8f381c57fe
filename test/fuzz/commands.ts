/** A command of the program within this thread, without what it prints. */
import { Command } from 'commander';

/** Runs it. Throws what it throws. */
export async function runQuietly(
  add: (program: Command, onDone: (exitCode: number) => void) => void,
  args: readonly string[],
): Promise<void> {
  const program = new Command().exitOverride();
  add(program, () => undefined);
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    process.stdout.write = write;
  }
}
