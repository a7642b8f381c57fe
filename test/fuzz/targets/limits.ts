/** Texts as long as any that are read, of one sign or a few: what a careless reader takes seconds, or gigabytes, for. */
import { join } from 'node:path';
import { MOST_CSV_BYTES, MOST_SCENARIO_BYTES, readTextFile } from '../../../src/scenario/files.js';
import { measuredFibreCount, parseMeasured } from '../../../src/scenario/measured.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import type { Setup } from '../target.js';

const CSV_SIGNS: Readonly<Record<string, string>> = {
  commas: ',',
  semicolons: ';',
  tabs: '\t',
  'line feeds': '\n',
  returns: '\r',
  'line ends': '\r\n',
  quotes: '"',
  brackets: '[',
  ones: '1',
  spaces: ' ',
  'short rows': '1\n',
  'quoted rows': '"1"\n',
  'bad rows': 'x,\n',
};
const INPUTS = ['positionErrorX', 'positionErrorY', 'rowBiasX', 'rowBiasY'];

/** As many files as a scenario may have of that length. */
const FOUR = ['commas', 'line feeds', 'returns', 'quotes', 'brackets'];

const YAML_SIGNS: Readonly<Record<string, string>> = {
  ...CSV_SIGNS,
  braces: '{',
  dashes: '- ',
  colons: ': ',
  questions: '? ',
  anchors: '&a ',
  aliases: '*a ',
  tags: '! ',
  hashes: '#',
  blocks: '|\n',
  directives: '%\n',
  pairs: 'a: 1\n',
};

function filled(start: string, sign: string, length: number): string {
  return start + sign.repeat(Math.floor((length - start.length) / sign.length));
}

function filledCsv(start: string, signs: string): string {
  return filled(start, CSV_SIGNS[signs] as string, MOST_CSV_BYTES);
}

/** A scenario with one column of the same text for each input. */
function readValues(text: string, folder: string, inputs: readonly string[]): void {
  const bores = inputs.map(
    (input, i) => `${input}: { distribution: empirical, file: ./${i}.csv, column: dx }`,
  );
  parseScenario(
    `designs: { a: { extends: mtp-elite, bores: { ${bores.join(', ')} } } }\npairs: { p: { pinned: a, unpinned: a } }`,
    {
      file: join(folder, 'scenario.yaml'),
      readFile: (path, most) => (path.endsWith('.csv') ? text : readTextFile(path, most)),
    },
  );
}

function readPlugs(text: string): void {
  measuredFibreCount(text, 'plugs.csv');
  parseMeasured(text, 'plugs.csv', 12);
}

type Run = (folder: string) => void;

const RUNS: ReadonlyMap<string, Run> = new Map<string, Run>([
  ...Object.keys(CSV_SIGNS).flatMap((signs): [string, Run][] => [
    [
      `values, ${signs}`,
      (folder) => readValues(filledCsv('dx [um]\n', signs), folder, INPUTS.slice(0, 1)),
    ],
    [
      `header of values, ${signs}`,
      (folder) => readValues(filledCsv('dx [um]', signs), folder, INPUTS.slice(0, 1)),
    ],
    [`plugs, ${signs}`, () => readPlugs(filledCsv('coreErrorX [um],coreErrorY [um]\n', signs))],
    [`header of plugs, ${signs}`, () => readPlugs(filledCsv('coreErrorX [um]', signs))],
  ]),
  ...FOUR.flatMap((signs): [string, Run][] =>
    ['dx [um]', 'dx [um]\n'].map((start) => [
      `four files, ${JSON.stringify(start)}, ${signs}`,
      (folder) => readValues(filledCsv(start, signs), folder, INPUTS),
    ]),
  ),
  ...Object.entries(YAML_SIGNS).flatMap(([signs, sign]): [string, Run][] =>
    ['', 'name: ', 'pairs: {'].map((start) => [
      `scenario, ${JSON.stringify(start)}, ${signs}`,
      () => void parseScenario(filled(start, sign, MOST_SCENARIO_BYTES)),
    ]),
  ),
]);
const NAMES = [...RUNS.keys()];
export const LIMITS = NAMES.length;

/** Inputs are names of texts, each once, in their order. */
export const setUpLimits: Setup = ({ folder }) => ({
  make: (_, index) => NAMES[index] ?? '',
  run: (input) => RUNS.get(input)?.(folder),
});
