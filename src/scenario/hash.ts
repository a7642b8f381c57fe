/** The hash by which runs of the same parts are recognised. */
import { createHash } from 'node:crypto';
import { describeScenario } from './describe.js';
import type { Scenario } from './types.js';

/**
 * SHA-256, in hexadecimal, of what a scenario simulates: its canonical JSON without seed, number of matings, its name
 * and all descriptions, so that runs of the same parts can be recognised.
 */
export function scenarioHash(scenario: Scenario): string {
  const undescribed = Object.entries(scenario.designs).map(
    ([key, design]) => [key, { ...design, description: '' }] as const,
  );
  const { name, description, seed, matings, ...content } = describeScenario({
    ...scenario,
    designs: Object.fromEntries(undescribed),
  }) as Record<string, unknown>;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
