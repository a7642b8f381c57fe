/** The scenarios that are measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/package-root.js';
import { loadScenario, parseScenario } from '../src/scenario/index.js';
import type { Scenario } from '../src/scenario/types.js';

export const FIBRE_COUNTS = [12, 24, 72] as const;
export const SHIPPED = join(PACKAGE_ROOT, 'scenarios', 'mpo-vs-mtp.yaml');

/** What presses ferrules of 24 fibres and more, as in scenarios/fibre-counts.yaml. */
const STRONG_SPRING = '20 N ± 1.2 N at 3 sigma, truncated';

/** The shipped MPO-against-MTP scenario, all five pairs with so many fibres. */
export function shippedScenario(fibres: number): Scenario {
  const overrides = ['mpo', 'mtp', 'elite'].flatMap((design) => [
    { path: `designs.${design}.fibres.count`, value: `${fibres}` },
    ...(fibres > 12 ? [{ path: `designs.${design}.spring.force`, value: STRONG_SPRING }] : []),
  ]);
  return loadScenario(SHIPPED, { overrides }).scenario;
}

/** Text of a scenario of one pair: a shipped design with so many fibres, mated with itself. */
export function onePairText(design: string, fibres: number, matings: number): string {
  const spring = fibres > 12 ? `, spring: { force: "${STRONG_SPRING}" }` : '';
  return [
    `matings: ${matings}`,
    `designs: { plug: { extends: ${design}, fibres: { count: ${fibres} }${spring} } }`,
    'pairs: { plug: { pinned: plug, unpinned: plug } }',
    '',
  ].join('\n');
}

export function onePairScenario(design: string, fibres: number, matings: number): Scenario {
  return parseScenario(onePairText(design, fibres, matings)).scenario;
}

/** Parameters of a reference case, as the peers take them. */
export function peerParameters(name: string): object {
  const file = join(PACKAGE_ROOT, 'test', 'reference', 'distributions.json');
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { name: string; parameters: object }[];
  };
  const found = cases.find((c) => c.name === name);
  if (found === undefined) throw new Error(`${file} has no case ${name}`);
  return found.parameters;
}
