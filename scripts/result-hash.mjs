// Prints the SHA-256 of what some shipped scenarios give, at few matings, once both engines agree on it: the same on
// every machine and version of Node. npm run build first.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadScenario, simulate } from '../dist/src/index.js';

/** Matings of each scenario: enough for several blocks and for the rarer branches of the model. */
const MATINGS = {
  'mpo-vs-mtp': 8000,
  'fibre-counts': 3000,
  'floating-vs-fixed': 8000,
  'interface-box': 8000,
  'round-vs-elliptical': 8000,
  'spring-force': 8000,
};

async function resultText(name, matings, engine) {
  const file = fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url));
  const overrides = [{ path: 'matings', value: `${matings}` }];
  const { host, ...result } = await simulate(loadScenario(file, { overrides }).scenario, {
    engine,
  });
  if (host.engine !== engine) throw new Error(`${name}: computed by the ${host.engine}`);
  return JSON.stringify(result);
}

const hash = createHash('sha256');
for (const [name, matings] of Object.entries(MATINGS)) {
  const text = await resultText(name, matings, 'kernel');
  if (text !== (await resultText(name, matings, 'reference'))) {
    throw new Error(`${name}: the engines differ`);
  }
  hash.update(text);
}
console.log(hash.digest('hex'));
