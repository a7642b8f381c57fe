/** Results of every kind: read, compared, replayed, and computed again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addReplayCommand } from '../../../src/cli/commands/replay.js';
import { formatResult } from '../../../src/result/files.js';
import { type AnyResult, readAnyResult } from '../../../src/result/read-any.js';
import { ScenarioText } from '../../../src/scenario/index.js';
import { parseTolerances } from '../../../src/scenario/read-allocation.js';
import { parseSweepParameter } from '../../../src/scenario/read-sweep.js';
import { allocationStudy } from '../../../src/studies/allocate/study.js';
import { compareResults } from '../../../src/studies/compare-results.js';
import { exceedance } from '../../../src/studies/exceedance.js';
import { redraw } from '../../../src/studies/redraw.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import { simulate } from '../../../src/studies/simulate.js';
import { sweep } from '../../../src/studies/sweep/sweep.js';
import { withoutHash } from '../../support/result-text.js';
import { runQuietly } from '../commands.js';
import { SMALL_SCENARIOS } from '../corpus.js';
import { Mutator } from '../mutate.js';
import { type Setup, shareOf } from '../target.js';

const workers = 0;
const REDRAWN = 0.02;
const REPLAYED = 0.3;

/** A result of each kind as text. */
export async function results(): Promise<string[]> {
  const small = new ScenarioText(SMALL_SCENARIOS['small'] as string);
  const plain = small.parse().scenario;
  const limited = small.parse([{ path: 'limits', value: '[p97 <= 1 dB]' }]).scenario;
  const parameters = ['mating.friction=0.1, 0.2', 'designs.e.mounting.type=floating, fixed'];
  const all: object[] = [
    await sweep(
      small,
      { design: 'grid', points: null, parameters: parameters.map(parseSweepParameter) },
      { workers },
    ),
    await sensitivity(plain, { workers }),
    await exceedance(plain, { aboveDb: [0.5], workers, maxReplicates: 3 }),
    await allocationStudy(limited, {
      pair: 'e',
      question: 'widest',
      tolerances: parseTolerances('--widest', ['designs.e.bores.positionError'], ['e'], {
        least: 0.5,
        most: 2,
      }),
      workers,
    }),
  ];
  for (const text of Object.values(SMALL_SCENARIOS)) {
    all.push(await simulate(new ScenarioText(text).parse().scenario, { workers }));
  }
  // without the hash of their content, by which nearly all that is changed would be refused
  return all.map((result) => withoutHash(formatResult(steady(result))));
}

/** What a result tells of its machine and of time, the same everywhere, so that inputs are. */
function steady(result: object): { readonly host: object } {
  const { host = {} } = result as { readonly host?: object };
  const same = Object.entries(host).map(([key, of]) => [key, typeof of === 'number' ? 1 : of]);
  return {
    ...result,
    host: { ...Object.fromEntries(same), startedAt: '', node: '', platform: '', cpu: '' },
  };
}

export async function readBack(text: string, folder: string): Promise<AnyResult> {
  const file = join(folder, 'result.json');
  writeFileSync(file, text, text.length % 8 === 0 ? 'latin1' : 'utf8');
  return readAnyResult(file);
}

export const setUpResult: Setup = async ({ folder }) => {
  const texts = new Mutator(await results());
  return {
    make: (chance) => texts.mutate(chance),
    run: async (text) => {
      const any = await readBack(text, folder);
      if (any.kind !== 'run') return;
      compareResults(any.result, any.result, 0);
      if (shareOf(text) < REDRAWN) redraw(any.result);
      // it needs the scenario that was run: what stands elsewhere in the result is what it may stumble over
      if (shareOf(`${text}?`) < REPLAYED || any.result.pairs.length === 0) {
        await runQuietly(addReplayCommand, ['replay', join(folder, 'result.json')]);
      }
    },
  };
};
