/** Scenarios and designs: read, described and read again, compiled, and run for a few matings. */
import { join } from 'node:path';
import { compilePlan } from '../../../src/plan/compile.js';
import {
  describeScenario,
  type Parsed,
  parseScenario,
  scenarioHash,
} from '../../../src/scenario/index.js';
import type { Scenario } from '../../../src/scenario/types.js';
import { simulate } from '../../../src/studies/simulate.js';
import { designs, scenariosIn } from '../corpus.js';
import { Mutator } from '../mutate.js';
import { type Setup, shareOf } from '../target.js';

const MOST_MATINGS = 3;
/** More would only take time. */
const MOST_FIBRE_MATINGS = 600;
const COMPILED = 0.2;
const READ_AGAIN = 0.3;

export const setUpScenario: Setup = ({ folder }) => {
  const texts = scenariosIn(folder);
  const whole = new Mutator(texts);
  const parts = new Mutator(designs());
  const file = join(folder, 'scenario.yaml');
  return {
    make: (chance) => {
      if (chance.is(0.8)) return whole.mutate(chance);
      // a damaged design within a scenario that is whole
      const design = parts.mutate(chance).replace(/^/gm, '    ');
      return `designs:\n  a:\n${design}\npairs: { p: { pinned: a, unpinned: a } }\n`;
    },
    run: (text) => {
      const { scenario } = parsed(text, file);
      const share = shareOf(text);
      if (share < READ_AGAIN) readsBack(scenario, file);
      if (share < COMPILED) compilePlan(scenario);
    },
  };
};

export const setUpEngine: Setup = ({ folder }) => {
  const whole = new Mutator(scenariosIn(folder));
  const file = join(folder, 'scenario.yaml');
  return {
    make: (chance) => {
      // of those that can be read
      for (let tries = 0; tries < 20; tries++) {
        const text = whole.mutate(chance);
        try {
          parsed(text, file);
          return text;
        } catch {}
      }
      return '';
    },
    run: async (text) => {
      const few = fewMatings(parsed(text, file).scenario);
      if (few === undefined) return;
      await simulate(few, { workers: 0, engine: shareOf(text) < 0.5 ? 'kernel' : 'reference' });
    },
  };
};

function parsed(text: string, file: string): Parsed {
  return parseScenario(text, { file, allowImplausible: shareOf(`${text}?`) < 0.7 });
}

/** Whatever can be read can be written down and read again, and is then the same. */
function readsBack(scenario: Scenario, file: string): void {
  const text = JSON.stringify(describeScenario(scenario));
  const again = parseScenario(text, { file, allowImplausible: true }).scenario;
  if (scenarioHash(again) !== scenarioHash(scenario)) throw new Error('reads back otherwise');
}

/** The scenario with so few matings that it is run in no time; undefined if it cannot be. */
function fewMatings(scenario: Scenario): Scenario | undefined {
  const { experiment, pairs } = scenario;
  const steps = experiment.type === 're-mating' ? experiment.cycles.length : 1;
  const visits = pairs.reduce((sum, pair) => {
    const fibres = scenario.designs[pair.pinned]?.fibreCount ?? 0;
    return sum + fibres * Math.max(steps, pair.steps.length, 1);
  }, 0);
  const matings =
    experiment.type === 'lot' ? scenario.matings : Math.min(scenario.matings, MOST_MATINGS);
  return visits * matings > MOST_FIBRE_MATINGS ? undefined : { ...scenario, matings };
}
