/** Arguments of a command line. */

/** The text in quotes that shells take as they are: double ones where they can, as Windows wants them. */
export function argument(text: string): string {
  if (/^[\w.:/@+,-]+$/.test(text) && !text.startsWith('-')) return text;
  return /["$`\\!\n]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
