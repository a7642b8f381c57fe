/** Colours for the stream that a text goes to. */
import pc from 'picocolors';

export type Colours = ReturnType<typeof pc.createColors>;

/** Colours on a terminal that has them and where NO_COLOR does not forbid them; plain text elsewhere. */
export function coloursOf(stream: NodeJS.WriteStream): Colours {
  return pc.createColors(stream.isTTY === true && stream.hasColors());
}
