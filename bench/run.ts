/**
 * `npm run bench`: throughput of the model, of the NumPy peer and over workers.
 *
 * Machines are noisy, so all cases are run in turn, seven times after a warm-up, and medians are compared with the
 * ratio to the first case of the same round. `npm run bench -- FILE.json` also writes the figures for machines.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { allCases } from './cases.js';

const ROUNDS = 7;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const cases = allCases();
for (const { skipped, name } of cases) if (skipped) console.log(`skipped: ${name}: ${skipped}`);
const running = cases.filter((c) => c.skipped === undefined);
const rates = running.map((): number[] => []);
for (let round = 0; round <= ROUNDS; round++) {
  for (const [i, { measure }] of running.entries()) {
    const rate = await measure();
    if (round > 0 && rate !== undefined) rates[i]?.push(rate); // round 0 warms up
  }
  process.stderr.write(`round ${round} of ${ROUNDS}\n`);
}

const first = rates[0] ?? [];
const rows = running.map(({ name }, i) => {
  const own = rates[i] ?? [];
  const ratios = own.map((rate, round) => rate / (first[round] ?? Number.NaN));
  return {
    name,
    medianPerSecond: median(own),
    lowestPerSecond: Math.min(...own),
    highestPerSecond: Math.max(...own),
    ratioToFirst: median(ratios),
  };
});
console.log(`${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`);
console.log('million fibre matings a second: median (lowest to highest), ratio to the first');
for (const row of rows) {
  const [m, low, high] = [row.medianPerSecond, row.lowestPerSecond, row.highestPerSecond].map((x) =>
    (x / 1e6).toFixed(2),
  );
  console.log(`  ${row.name.padEnd(36)} ${m} (${low} to ${high})  ${row.ratioToFirst.toFixed(2)}`);
}
const file = process.argv[2];
if (file !== undefined) {
  const host = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  writeFileSync(file, `${JSON.stringify({ host, rounds: ROUNDS, rows }, null, 2)}\n`);
}
