/** Without files there are no CSV files either. */
import { InvariantError } from '../../errors.js';

export class CsvError extends Error {}

export function parse(): never {
  throw new InvariantError('a browser has no CSV files');
}
