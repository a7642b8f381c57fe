/** CSV files: of measured plugs, of values, and predictions from them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadFile, readTextFile } from '../../../src/scenario/files.js';
import { FIBRE_COUNTS, type FibreCount } from '../../../src/scenario/layout.js';
import { measuredFibreCount, parseMeasured } from '../../../src/scenario/measured.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import { predictScenario } from '../../../src/studies/predict.js';
import { PLUGS, scenariosIn, VALUES } from '../corpus.js';
import { Mutator } from '../mutate.js';
import { type Setup, shareOf } from '../target.js';

const PREDICTED = 0.1;
const EMPIRICAL = 0.3;
const COLUMN_SCENARIO = `designs: { a: { extends: mtp-elite, bores: { positionErrorX: { distribution: empirical, file: ./text.csv, column: COLUMN } } } }
pairs: { p: { pinned: a, unpinned: a } }`;

export const setUpMeasured: Setup = ({ folder }) => {
  scenariosIn(folder);
  const csv = new Mutator([...PLUGS, ...PLUGS, VALUES]);
  const file = join(folder, 'text.csv');
  return {
    make: (chance) => csv.mutate(chance),
    run: (text) => {
      const share = shareOf(text);
      if (share < EMPIRICAL) {
        const readFile: ReadFile = (path, most) =>
          path === file ? text : readTextFile(path, most);
        parseScenario(
          COLUMN_SCENARIO.replace('COLUMN', text.includes('dx') ? 'dx' : 'coreErrorX'),
          { file: join(folder, 'scenario.yaml'), readFile },
        );
      } else if (share < EMPIRICAL + PREDICTED) {
        writeFileSync(file, text, share < EMPIRICAL + PREDICTED / 5 ? 'latin1' : 'utf8');
        predictScenario(file, {
          design: share < EMPIRICAL + PREDICTED / 2 ? 'mtp-elite' : './designs/mtp-standard.yaml',
          mateWith: shareOf(`${text}?`) < 0.5 ? 'generic-mpo' : undefined,
          matings: 10,
          seed: text.slice(0, 20) || '1',
          allowImplausible: shareOf(`${text}!`) < 0.7,
        });
      } else {
        const of = Math.floor(FIBRE_COUNTS.length * shareOf(`${text}?`));
        const count = measuredFibreCount(text, file) ?? (FIBRE_COUNTS[of] as FibreCount);
        parseMeasured(text, file, count, { allowImplausible: share < 0.7, warn: () => undefined });
      }
    },
  };
};
