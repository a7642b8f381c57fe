/** Of what work a part is: parts of other work, or of another build, are never mixed. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { buildHash, VERSION } from '../package-root.js';
import { scenarioHash } from '../scenario/index.js';
import type { Scenario } from '../scenario/types.js';

export const workSchema = z.object({
  study: z.string().describe('The command that began it'),
  version: z.string(),
  build: z.string().describe('SHA-256 of the code'),
  scenario: z.string().describe('Name of the scenario'),
  scenarioHash: z.string(),
  seed: z.string(),
  matings: z.int().min(0),
  options: z.string().describe('What else its numbers depend on'),
});
export type Work = z.infer<typeof workSchema>;

/**
 * @param study the command
 * @param options what else its numbers depend on; plain data
 */
export function workOf(study: string, scenario: Scenario, options: object = {}): Work {
  const { name, seed, matings } = scenario;
  const text = JSON.stringify(options);
  return {
    study,
    version: VERSION,
    build: buildHash(),
    scenario: name,
    scenarioHash: scenarioHash(scenario),
    seed,
    matings,
    options: text.length <= LONGEST_OPTIONS ? text : sha256(text),
  };
}

const LONGEST_OPTIONS = 2000;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const NAMES: Readonly<Record<keyof Work, string>> = {
  study: 'command',
  version: 'version',
  build: 'build',
  scenario: 'name',
  scenarioHash: 'scenario',
  seed: 'seed',
  matings: 'number of matings',
  options: 'options',
};
const OPAQUE = new Set<keyof Work>(['build', 'scenarioHash']);
const LONGEST_SHOWN = 80;

/** What differs between two works, in words; undefined if nothing does. A name alone makes no difference. */
export function difference(of: Work, from: Work): string | undefined {
  const differing = (Object.keys(NAMES) as (keyof Work)[]).filter(
    (key) => key !== 'scenario' && of[key] !== from[key],
  );
  if (differing.length === 0) return undefined;
  return differing
    .map((key) => {
      const [its, wanted] = [of[key], from[key]].map((value) => JSON.stringify(value));
      const isShort = `${its}${wanted}`.length <= LONGEST_SHOWN;
      if (OPAQUE.has(key)) return `another ${NAMES[key]}`;
      return isShort ? `${NAMES[key]} ${its} instead of ${wanted}` : `other ${NAMES[key]}`;
    })
    .join(', ');
}
