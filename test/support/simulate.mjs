/** The library call in a process of its own: `node simulate.mjs <scenario> <matings> <patience in s>`; prints what came of it as JSON. */
import { loadScenario, simulate } from '../../dist/src/index.js';

const [file, matings, patience] = process.argv.slice(2);
const { scenario } = loadScenario(file, { overrides: [{ path: 'matings', value: matings }] });
const retries = [];
const faults = {
  patienceSeconds: Number(patience),
  onRetry: ({ message }) => retries.push(message),
};
process.stderr.write('started\n');
const { host: _host, ...result } = await simulate(scenario, { workers: 2, faults });
process.stdout.write(JSON.stringify({ result, retries }));
