/**
 * mathjs as one file: its bundle loads about fifteen times as fast as its hundreds of modules, which every start of the
 * command line would pay for.
 */
import { createRequire } from 'node:module';
import type * as Mathjs from 'mathjs';

export const mathjs: typeof Mathjs = createRequire(import.meta.url)('mathjs/lib/browser/math.js');
