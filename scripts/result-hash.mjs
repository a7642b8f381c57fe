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
  multimode: 4000,
  'reference-mate': 4000,
  'return-loss': 8000,
  're-mating': 500,
  stress: 2000,
};

/** Those that only the reference computes. A lot has as many matings as its plugs make. */
const BY_REFERENCE = { lot: undefined, 'link-dr4': 300, 'link-sr4': 300 };

async function resultText(name, matings, engine) {
  const file = fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url));
  const overrides = matings === undefined ? [] : [{ path: 'matings', value: `${matings}` }];
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
for (const [name, matings] of Object.entries(BY_REFERENCE)) {
  hash.update(await resultText(name, matings, 'reference'));
}
console.log(hash.digest('hex'));
