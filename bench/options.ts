/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';
import { UserError } from '../src/errors.js';
import { DEFAULT_ROUNDS, DEFAULT_SECONDS } from '../src/studies/bench/rounds.js';
import { SECTIONS } from './sections.js';

export const USAGE = `npm run bench -- [options]
  --quick               a smoke run of every path; its figures say nothing
  --full                memory up to 10^8 matings
  --only LIST           sections, comma between: ${Object.keys(SECTIONS).join(', ')}
  --rounds N            default ${DEFAULT_ROUNDS}
  --seconds S           length of a measurement, default ${DEFAULT_SECONDS}
  --json FILE           writes the figures for machines
  --markdown            prints the tables in Markdown
  --show FILE           prints the tables of a file, measures nothing
  --compare OLD NEW     compares two files, measures nothing`;

export interface Options {
  readonly quick: boolean;
  readonly full: boolean;
  readonly markdown: boolean;
  readonly sections: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly json: string | undefined;
  readonly show: string | undefined;
  readonly compare: readonly [string, string] | undefined;
}

/** Throws UserError if the arguments are wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const { quick = false, full = false, markdown = false, json, show, compare = false } = values;
  const sections = values.only?.split(',') ?? Object.keys(SECTIONS);
  const unknown = sections.find((name) => !(name in SECTIONS));
  if (unknown !== undefined) throw wrong(`there is no section "${unknown}"`);
  const rounds = Number(values.rounds ?? (quick ? 1 : DEFAULT_ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1) throw wrong('--rounds: expected 1 or more');
  const seconds = Number(values.seconds ?? (quick ? 0.02 : DEFAULT_SECONDS));
  if (!(seconds > 0 && seconds <= 60)) throw wrong('--seconds: expected up to 60');
  const [first, second, ...more] = positionals;
  if (compare !== (second !== undefined) || more.length > 0 || (!compare && first !== undefined)) {
    throw wrong('--compare takes two files, and nothing else takes any');
  }
  return {
    ...{ quick, full, markdown, sections, rounds, seconds, json, show },
    compare: compare ? [first as string, second as string] : undefined,
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ quick: flag, full: flag, markdown: flag, compare: flag },
        ...{ only: text, rounds: text, seconds: text, json: text, show: text },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function wrong(message: string): UserError {
  return new UserError([{ message, suggestion: USAGE }]);
}
