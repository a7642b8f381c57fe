/** How long something took and how fast it was, in one line. */
import type { HostFacts } from '../result/provenance.js';
import { counted, duration, rate } from './format.js';

/** `12.3 s on 8 workers, 41.2 M fibre matings/s`; of what was computed before, as when parts are merged, that it was. */
export function hostLine({ seconds, workers, engine, fibreMatingsPerSecond }: HostFacts): string {
  if (fibreMatingsPerSecond === 0) return `${duration(seconds)}; all matings were computed before`;
  const where = workers === 0 ? 'in the main thread' : `on ${counted(workers, 'worker')}`;
  const by = engine === 'reference' ? ' by the reference' : '';
  return `${duration(seconds)} ${where}${by}, ${rate(fibreMatingsPerSecond)} fibre matings/s`;
}
