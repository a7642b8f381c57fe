/** Options of the command line as text, and names on their way to files. */
import { InvalidArgumentError } from 'commander';
import { defaultOutput } from '../../../src/cli/output-file.js';
import { seconds, workerCount } from '../../../src/cli/run-and-report.js';
import { matingCount, scenarioOptions } from '../../../src/cli/scenario-options.js';
import { streamKey } from '../../../src/random/stream.js';
import { ExpressionError } from '../../../src/scenario/expression.js';
import { parseLimit } from '../../../src/scenario/limits.js';
import { parsePrecision } from '../../../src/scenario/precision.js';
import { parseTolerances } from '../../../src/scenario/read-allocation.js';
import { parseSweepParameter } from '../../../src/scenario/read-sweep.js';
import { sweepPoints } from '../../../src/studies/sweep/points.js';
import type { Chance } from '../../support/chance.js';
import { editCharacters } from '../mutate.js';
import { NUMBERS, nasty } from '../nasty.js';
import type { Setup } from '../target.js';

const KEY = streamKey('1');

type Reader = (text: string) => unknown;

const READERS: Readonly<Record<string, readonly [read: Reader, ...valid: string[]]>> = {
  sweep: [
    (text) => {
      const parameter = parseSweepParameter(text);
      const { kind } = parameter.levels;
      const design = kind === 'range' ? 'sobol' : 'grid';
      sweepPoints({ design, points: kind === 'range' ? 8 : null, parameters: [parameter] }, KEY);
    },
    'mating.friction=range(0.05, 0.25, 5)',
    'designs.mpo.spring.force=logrange(1 N, 12 N, 10)',
    'a.b, c.d=8 N, 10 N, 12 N',
    'designs.mtp.mounting.type=floating, fixed',
    'x=[1, {a: 2}, "3", null]',
    'x=range(8 µm, 1e3 um)',
  ],
  until: [
    parsePrecision,
    'p97 ± 0.002 dB',
    'mtp: worstFibre.p97 ± 0.01 dB at 99 %',
    'yield(0.25 dB) +- 0.1 %',
    'a, b: mean +/- 0.001 dB',
    'link: budget ± 0.1 %',
    'lane.p97 ± 0.01 dB',
  ],
  tolerance: [
    (text) => parseTolerances('--tolerance', [text], ['mpo', 'mtp'], { least: 0.25, most: 1 }),
    'designs.mpo.bores.positionError = 0.3 to 1, cost 2, exponent 1',
    'designs.mpo.bores.positionError, cost 3',
    'designs.mtp.endFace.slopeError = 0.2 to 1',
  ],
  limit: [parseLimit, 'p97 <= 0.25 dB', 'worstFibre.p97 <= 0.5 dB', 'yield(0.25 dB) >= 97 %'],
  time: [seconds, '90 s', '10 min', '2.5 h', '.5s'],
  trials: [matingCount, '1e6', '100000', '1'],
  workers: [workerCount, '0', '8', '1024'],
  set: [
    (text) => scenarioOptions({ set: [text], seed: text, trials: '1' }),
    'mating.sideLoad=6 N',
    'a.b.c={x: 1}',
  ],
  name: [
    fileName,
    'MPO versus MTP',
    'results/../x',
    'con',
    'ＣＯＮ',
    'a'.repeat(300),
    '.hidden',
    'é',
  ],
};
const KINDS = Object.keys(READERS);

/** Inputs are `reader:text`. */
export const setUpOptions: Setup = () => ({
  refusals: [InvalidArgumentError, ExpressionError],
  make: (chance) => {
    const kind = chance.pick(KINDS);
    return `${kind}:${textFor(kind, chance)}`;
  },
  run: (input) => {
    const at = input.indexOf(':');
    const reader = READERS[input.slice(0, at)];
    if (reader !== undefined) reader[0](input.slice(at + 1));
  },
});

function textFor(kind: string, chance: Chance): string {
  if (chance.is(0.1)) return nasty(chance);
  let text = chance.pick((READERS[kind] ?? []).slice(1) as string[]);
  if (chance.is(0.3)) text = text.replace(/\d+/, () => chance.pick(NUMBERS));
  for (let edits = chance.whole(0, 4); edits > 0; edits--) text = editCharacters(text, chance);
  return text;
}

/** Where results of a scenario of this name go: one file in results/ that every system can hold. */
function fileName(scenario: string): void {
  for (const kind of ['run', 'sweep']) {
    const path = defaultOutput(scenario, kind);
    const [folder, name, ...more] = path.split(/[/\\]/);
    const isFine =
      folder === 'results' &&
      more.length === 0 &&
      name !== undefined &&
      /^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.json$/u.test(name) &&
      Buffer.byteLength(name) <= 255 &&
      !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);
    if (!isFine) throw new Error(`unsafe file name ${JSON.stringify(path)}`);
  }
}
