/** Reads a scenario from a file. */
import { UserError } from '../errors.js';
import { FileError, MOST_SCENARIO_BYTES, readTextFile } from './files.js';
import { type Parsed, type ParseOptions, ScenarioText } from './parse.js';

/**
 * The scenario in a file of at most 1 MB. Throws UserError with every problem of it, or if the file is missing, a
 * folder, too large or not UTF-8.
 */
export function loadScenario(path: string, options: Omit<ParseOptions, 'file'> = {}): Parsed {
  return openScenario(path, options).parse(options.overrides);
}

/** The text in a file, for many variants of its scenario. */
export function openScenario(path: string, options: Omit<ParseOptions, 'file'> = {}): ScenarioText {
  let text: string;
  try {
    text = readTextFile(path, MOST_SCENARIO_BYTES);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError([{ message: `the scenario file ${error.message}`, file: path }]);
  }
  return new ScenarioText(text, { ...options, file: path });
}
