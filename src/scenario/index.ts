/** The scenario layer: text → Scenario, and back. */
export { describeScenario } from './describe.js';
export type { ReadFile } from './files.js';
export { scenarioHash } from './hash.js';
export { designJsonSchema, scenarioJsonSchema } from './json-schema.js';
export { loadScenario, openScenario } from './load.js';
export type { Override } from './overrides.js';
export { type Parsed, type ParseOptions, parseScenario, ScenarioText } from './parse.js';
