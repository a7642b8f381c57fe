/**
 * Loss distributions of whole matings against an independent implementation, at 200,000 matings.
 *
 * Bound: 4 combined standard errors. False-alarm rate 6.3e-5 a statistic, 0.5 % over the 72 statistics of all cases,
 * were the seed not fixed. The twins below show that wrong samplers are caught.
 */
import { describe, expect, it } from 'vitest';
import { FIBRE, fibreOffset, PINNED, UNPINNED } from '../../src/model/parts.js';
import { standardNormal } from '../../src/plan/laws.js';
import { type Draw, LAW } from '../../src/random/draw.js';
import { CASES, deviations, planOf, withDraws } from '../support/distributions.js';

const MATINGS = 200_000;
/** Matings of wrong twins that are far off: what is caught in these is caught in all the more. */
const FEW = 60_000;

describe('distributions, one row', () => {
  it.each(CASES.filter((c) => c.parameters.fibres <= 12).map((c) => [c.name, c] as const))(
    '%s',
    (_, known) => {
      for (const [name, z] of Object.entries(
        deviations(known, planOf(known.parameters, MATINGS)),
      )) {
        expect(Math.abs(z), `${name}: ${z.toFixed(2)} standard errors off`).toBeLessThan(4);
      }
    },
  );
});

describe('a wrong sampler is caught', () => {
  const known = CASES.find((c) => c.name === 'mtp-elite');
  if (known === undefined) throw new Error('no such case');
  const plan = planOf(known.parameters, MATINGS);
  const worst = (wrong: typeof plan, alter?: (parts: Float64Array) => void) =>
    Math.max(...Object.values(deviations(known, wrong, alter)).map(Math.abs));

  it('place in the bore without the square root of the radius', () => {
    const alter = (parts: Float64Array) => {
      for (let fibre = 0; fibre < known.parameters.fibres; fibre++) {
        for (const side of [PINNED, UNPINNED]) {
          const at = fibreOffset(side, fibre);
          const [x, y] = [parts[at + FIBRE.placeInBoreX]!, parts[at + FIBRE.placeInBoreY]!];
          // √u becomes u
          parts[at + FIBRE.placeInBoreX] = x * Math.hypot(x, y);
          parts[at + FIBRE.placeInBoreY] = y * Math.hypot(x, y);
        }
      }
    };
    expect(worst({ ...plan, matings: FEW }, alter)).toBeGreaterThan(4);
  });

  it('normals drawn whole instead of truncated at three sigma', () => {
    // Of the laws with a table only normals go below 0; the first number of a table is the lower bound.
    const isNormal = (draw: Draw) => draw.law === LAW.quantileTable && draw.quantiles[0]! < 0;
    const { quantiles } = standardNormal();
    const wrong = withDraws(plan, isNormal, () => ({ quantiles }));
    expect(worst({ ...wrong, matings: FEW })).toBeGreaterThan(4);
  });

  it('one draw shared by all fibres of a plug', () => {
    const targets = [PINNED, UNPINNED].map(
      (side) => fibreOffset(side, 0) + FIBRE.coreEccentricityUm,
    );
    const isEccentricity = (draw: Draw) => targets.includes(draw.target);
    const shared = withDraws(plan, isEccentricity, () => ({ positionStep: 0 }));
    expect(worst(shared)).toBeGreaterThan(4);
  });
});
