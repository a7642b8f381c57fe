/** A study with its flags, checked as the study itself does before it starts: what is wrong is told here, not by many machines. */
import { basename, dirname, join, relative, sep } from 'node:path';
import { Command } from 'commander';
import { inFile, UserError } from '../errors.js';
import type { Asked } from '../parts/source.js';
import { openScenario, type ScenarioText } from '../scenario/index.js';
import type { Override } from '../scenario/overrides.js';
import type { SweepSpec } from '../scenario/read-sweep.js';
import type { Scenario } from '../scenario/types.js';
import { addRunCommand } from './commands/run.js';
import {
  addSensitivityCommand,
  askedOfSensitivity,
  type SensitivityFlags,
} from './commands/sensitivity.js';
import { addSweepCommand, askedOfSweep } from './commands/sweep.js';
import { defaultOutput } from './output-file.js';
import { prepare } from './prepared.js';
import { printWarnings, type ScenarioFlags, scenarioOptions } from './scenario-options.js';
import { type SweepFlags, sweepSpec } from './sweep-options.js';

type Flags = ScenarioFlags & SweepFlags & SensitivityFlags & { readonly out?: string };

/** Studies that can be run in shards. */
const STUDIES = {
  run: { add: addRunCommand, asked: (): Asked => ({ study: 'run' }) },
  sweep: { add: addSweepCommand, asked: askedOfSweep },
  sensitivity: { add: addSensitivityCommand, asked: askedOfSensitivity },
} as const;

export type ShardedStudy = keyof typeof STUDIES;
export const SHARDED_STUDIES = Object.keys(STUDIES) as ShardedStudy[];

/** Flags that a shard cannot have, or that its task gives it. */
const REFUSED: Readonly<Record<string, string>> = {
  shard: 'each task has its own',
  workers: '--cpus says how many there are',
  json: 'a part is no result',
  fresh: 'a task that goes on would begin anew each time',
  maxTime: '--time is the time of a task',
  until: 'a share of a run cannot know what the whole comes to',
  maxMatings: 'it goes with --until',
  samples: 'a share of a run cannot know what the whole comes to',
};

export interface StudyFile {
  /** Relative to the folder of the scenario, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface CheckedStudy {
  readonly scenario: Scenario;
  /** The result file that the flags name, or the usual one. */
  readonly out: string;
  /** The flags of a shard as they were given, and the result file where it was not. */
  readonly flags: readonly string[];
  /** Those of the merge. */
  readonly mergeFlags: readonly string[];
  /** The scenario and what it refers to, at any value of a sweep; not what is shipped. */
  readonly files: readonly StudyFile[];
}

/**
 * Throws UserError if the study would not start. Prints the scenario's warnings.
 *
 * @param given flags of the study's command
 * @param folder of a result that the flags do not name; the usual one unless given
 */
export async function checkedStudy(
  study: ShardedStudy,
  file: string,
  given: readonly string[],
  folder?: string,
): Promise<CheckedStudy> {
  const flags = await flagsOf(study, file, given);
  const options = scenarioOptions(flags);
  const text = openScenario(file, options);
  // what shows only when a scenario is compiled does not know its file
  const prepared = inFile(file, () =>
    prepare(text, { ...options, asked: STUDIES[study].asked(flags) }),
  );
  printWarnings(prepared.warnings);
  if (study === 'sweep') {
    readSwept(text, options.overrides, sweepSpec(flags, text.parse(options.overrides).sweep));
  }
  const usual = defaultOutput(prepared.scenario.name, study);
  const out = flags.out ?? (folder === undefined ? usual : join(folder, basename(usual)));
  const referred = text.filesRead().flatMap((read) => {
    const path = relative(dirname(file), read.path).replaceAll(sep, '/');
    return 'text' in read ? [{ path, text: read.text }] : [];
  });
  return {
    scenario: prepared.scenario,
    out,
    flags: [...without('--table', given), ...(flags.out === undefined ? ['--out', out] : [])],
    mergeFlags: flags.table === undefined ? [] : ['--table', flags.table],
    files: [{ path: basename(file), text: text.text }, ...referred],
  };
}

/** The flags without an option and its value. */
function without(option: string, flags: readonly string[]): string[] {
  return flags.filter(
    (flag, i) => flag !== option && flags[i - 1] !== option && !flag.startsWith(`${option}=`),
  );
}

/** As the command of the study reads them. Throws UserError, or what commander throws when it has told the mistake. */
async function flagsOf(study: ShardedStudy, file: string, given: readonly string[]) {
  const program = new Command('matedpair').exitOverride();
  STUDIES[study].add(program, () => undefined);
  const [command] = program.commands as [Command];
  let flags: Flags = {};
  command.action((_file: string, read: Flags) => {
    flags = read;
  });
  await program.parseAsync([study, file, ...given], { from: 'user' });
  const refused = Object.entries(REFUSED).filter(
    ([name]) => command.getOptionValueSource(name) !== undefined,
  );
  if (refused.length === 0) return flags;
  throw new UserError(
    refused.map(([name, why]) => ({
      message: `${command.options.find((one) => one.attributeName() === name)?.long} is not for a study in shards: ${why}`,
    })),
  );
}

/** Reads what each text that a sweep puts into the scenario refers to. Whether points are good is seen when they are run. */
function readSwept(
  text: ScenarioText,
  overrides: readonly Override[],
  { parameters }: SweepSpec,
): void {
  for (const { paths, levels } of parameters) {
    if (levels.kind === 'range') continue;
    for (const { text: value } of levels.values.filter(({ number }) => number === null)) {
      try {
        text.parse([...overrides, ...paths.map((path) => ({ path, value }))]);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }
  }
}
