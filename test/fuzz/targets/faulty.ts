/** What a fuzzer has to find: a target that does all that must not be, to show that it is found. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../src/errors.js';
import type { Setup } from '../target.js';

const held: unknown[] = [];

const FAULTS: Readonly<Record<string, () => void>> = {
  fine: () => undefined,
  refuses: () => {
    throw new UserError([{ message: 'refused' }]);
  },
  throws: () => {
    throw new TypeError('broken');
  },
  pollutes: () => {
    Object.defineProperty(Object.prototype, 'polluted', { value: 1, configurable: true });
  },
  writes: () => writeFileSync(join(tmpdir(), 'matedpair-fuzz-trespass'), ''),
  hoards: () => {
    held.push(new Uint8Array(600 * 2 ** 20).fill(1));
  },
  hangs: () => {
    for (;;) held.length;
  },
};
export const FAULT_NAMES = Object.keys(FAULTS);

/** Inputs are the names of the faults. */
export const setUpFaulty: Setup = () => ({
  make: (chance) => chance.pick(FAULT_NAMES),
  run: (input) => FAULTS[input]?.(),
});
