/** In a browser there are no files: what the scenario layer would ask of them. Everything it is given there stands in its text. */
import { InvariantError } from '../../errors.js';

function absent(): never {
  throw new InvariantError('a browser has no files');
}

export const closeSync = absent;
export const constants = {};
export const dirname = absent;
export const existsSync = (): boolean => false;
export const fstatSync = absent;
export const isAbsolute = absent;
export const openSync = absent;
export const readSync = absent;
export const realpathSync = absent;
export const relative = absent;
export const resolve = absent;
export const sep = '/';
/** Names of shipped files are put together when the module starts. */
export const join = (...parts: readonly string[]): string => parts.join('/');
export const basename = (path: string): string => path;
export const extname = (): string => '';
