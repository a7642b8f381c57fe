/** The figure in the README is what the code draws: npm run figure. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, temporaryFolder } from '../cli/helpers.js';

it('the figure of the README is drawn from the shipped scenario, byte for byte', () => {
  const drawn = join(temporaryFolder(), 'figure.svg');
  execFileSync(process.execPath, [join(ROOT, 'scripts/write-readme-figure.mjs'), drawn]);
  const committed = readFileSync(join(ROOT, 'docs/figures/mpo-vs-mtp.svg'), 'utf8');
  expect(committed === readFileSync(drawn, 'utf8')).toBe(true);
  // readable on a dark page too
  expect(committed).toMatch(/^<svg [^>]*><rect [^>]*fill="#ffffff"/);
});
