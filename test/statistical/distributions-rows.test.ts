/** As distributions.test.ts, for ferrules of several rows (a file of its own, so that it runs beside the other). */
import { expect, it } from 'vitest';
import { CASES, deviations, planOf } from '../support/distributions.js';

it.each(CASES.filter((c) => c.parameters.fibres > 12).map((c) => [c.name, c] as const))(
  '%s',
  (_, known) => {
    for (const [name, z] of Object.entries(deviations(known, planOf(known.parameters, 200_000)))) {
      expect(Math.abs(z), `${name}: ${z.toFixed(2)} standard errors off`).toBeLessThan(4);
    }
  },
);
