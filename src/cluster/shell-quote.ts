/** Words for a bash script: whatever they hold, the shell reads back the same characters and runs nothing in them. */

const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;
/** Control characters, among them the ends of lines, stand as escapes, so that a word never ends a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** One word: as it is, in single quotes, or, with control characters, as `$'…'` of bash. A word cannot hold U+0000. */
export function shellQuote(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!CONTROL.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = Array.from(word, (character) => {
    if (CONTROL.test(character)) {
      return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
    }
    return character === "'" || character === '\\' ? `\\${character}` : character;
  });
  return `$'${escaped.join('')}'`;
}

/** Words with spaces between them. */
export function shellWords(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}
