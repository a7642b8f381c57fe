/** What `--set` and `--limit` change: damaged paths, values and limits. */
import { join } from 'node:path';
import { ScenarioText } from '../../../src/scenario/index.js';
import { Chance } from '../../support/chance.js';
import { scenariosIn } from '../corpus.js';
import { editCharacters, Mutator } from '../mutate.js';
import { nasty } from '../nasty.js';
import { hash, type Setup } from '../target.js';

const PATHS = [
  'designs.plug.guidePins.diameter',
  'designs.plug.spring.force',
  'designs.plug.bores.positionErrorY.0',
  'designs.plug.extends',
  'designs.measured.measured.file',
  'designs.plug.parameters.half',
  'mating.friction',
  'pairs.one',
  'pairs.one.limits.1',
  'limits',
  'seed',
  'matings',
  'name',
  'experiment.cycles',
  'channels.link.lanes.0.transmit',
  'sweep.parameters',
  'allocation',
  '$schema',
];
/** What can be set as it stands. */
const GOOD = [
  ['mating.friction', '0.2'],
  ['designs.plug.spring.force', '12 N ± 1 N at 3 sigma'],
  ['designs.plug.bores.positionErrorY.0', '0 um ± 0.2 um at 3 sigma'],
  ['designs.plug.mounting.type', 'fixed'],
  ['mating', '{ temperature: 40 degC }'],
  ['limits', '[p97 <= 0.25 dB]'],
  ['seed', 'x'],
  ['matings', '1e6'],
  ['name', 'a b'],
] as const;
const VALUES = [
  '12 N ± 1 N at 3 sigma',
  '{ distribution: normal, mean: 1 um, sigma: 0.1 um }',
  '[1 um, 2 um]',
  './values.csv',
  '1e6',
  'p97 <= 0.25 dB',
  'one: worstFibre.p97 <= 0.3 dB',
  'returnLoss.p3 >= 60 dB',
  'gapFraction <= 5 %',
  '{ pinned: plug, unpinned: plug }',
];

/** Inputs are JSON: `[[path, value]…, limit]`, and of which scenario. */
export const setUpOverrides: Setup = ({ folder }) => {
  const texts = scenariosIn(folder).slice(-7);
  const file = join(folder, 'scenario.yaml');
  const scenarios = texts.map((text) => new ScenarioText(text, { file }));
  const paths = new Mutator(PATHS);
  const values = new Mutator(VALUES);
  const piece = (of: Mutator, chance: Chance): string =>
    chance.is(0.5) ? of.mutate(chance) : chance.is(0.5) ? nasty(chance) : chance.pick(VALUES);
  return {
    make: (chance) => {
      const set = Array.from({ length: chance.whole(1, 3) }, () => {
        const [path, value] = chance.pick(GOOD);
        if (chance.is(0.5)) return { path, value };
        return {
          path: chance.is(0.7) ? chance.pick([path, ...PATHS]) : piece(paths, chance),
          value: chance.is(0.3) ? editCharacters(value, chance) : piece(values, chance),
        };
      });
      const limit = chance.is(0.5) ? 'p97 <= 0.25 dB' : piece(values, chance);
      return JSON.stringify({ set, limit, of: chance.whole(0, 1e9) });
    },
    run: (input) => {
      const { set, limit } = read(input);
      const at = new Chance(hash(input));
      const allowImplausible = at.is(0.5);
      const i = at.whole(0, texts.length - 1);
      const options = { file, limits: [limit], allowImplausible };
      if (at.is(0.7)) scenarios[i]?.parse(set);
      else new ScenarioText(texts[i] as string, options).parse(set.slice(0, 1));
    },
  };
};

interface Input {
  readonly set: readonly { readonly path: string; readonly value: string }[];
  readonly limit: string;
}

/** Inputs that were shortened may be anything: then they change nothing. */
function read(input: string): Input {
  try {
    const { set, limit } = JSON.parse(input) as Partial<Input>;
    const isWhole =
      Array.isArray(set) && set.every(({ path, value }) => isText(path) && isText(value));
    return { set: isWhole ? set : [], limit: isText(limit) ? limit : '' };
  } catch {
    return { set: [], limit: '' };
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
