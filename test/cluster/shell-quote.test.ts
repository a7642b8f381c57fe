/** Quoting for bash, told by bash itself. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/cluster/shell-quote.js';

describe('a word', () => {
  it('comes through the shell as it is, whatever it holds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'\'"\\$`!#~*?[](){}<>|&; \t\n\r\x01\x7fx1é') }),
    );
    const words = fc.array(
      text.map((word) => word.replaceAll('\0', '')),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(words, (given) => {
        const script = `words=(${given.map(shellQuote).join(' ')})\nprintf '%s\\0' "\${words[@]}"`;
        const read = execFileSync('bash', ['-c', script]).toString('utf8').split('\0').slice(0, -1);
        expect(read).toEqual(given);
        expect(given.map(shellQuote).join('')).not.toContain('\n');
      }),
      { numRuns: 60 },
    );
  });
});
