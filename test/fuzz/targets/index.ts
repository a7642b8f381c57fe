/** Every target by its name; each is loaded when it is asked for. */
import type { TargetName } from '../shares.js';
import type { Setup } from '../target.js';

export const TARGETS: Readonly<Record<string, () => Promise<Setup>>> = {
  scenario: async () => (await import('./scenario.js')).setUpScenario,
  engine: async () => (await import('./scenario.js')).setUpEngine,
  overrides: async () => (await import('./overrides.js')).setUpOverrides,
  expression: async () => (await import('./expression.js')).setUpExpression,
  options: async () => (await import('./options.js')).setUpOptions,
  result: async () => (await import('./result.js')).setUpResult,
  report: async () => (await import('./report.js')).setUpReport,
  measured: async () => (await import('./measured.js')).setUpMeasured,
  part: async () => (await import('./part.js')).setUpPart,
  limits: async () => (await import('./limits.js')).setUpLimits,
  faulty: async () => (await import('./faulty.js')).setUpFaulty,
} satisfies Record<TargetName | 'limits' | 'faulty', () => Promise<Setup>>;
