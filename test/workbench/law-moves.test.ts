/** Laws moved on a workbench: what is read from the moved text is the law, moved. */
import { describe, expect, it } from 'vitest';
import { meanOf } from '../../src/scenario/law-mean.js';
import { parseScenario } from '../../src/scenario/parse.js';
import type { Distribution } from '../../src/scenario/types.js';
import { handlesOf } from '../../src/workbench/law-moves.js';
import { readQuantity } from '../../src/workbench/quantity.js';
import type { JsonMap } from '../../src/workbench/types.js';

const level = 'fibre';
const LAWS: readonly JsonMap[] = [
  { distribution: 'fixed', value: '0.3 um', level },
  { distribution: 'uniform', low: '-0.2 um', high: '0.6 um', level },
  { distribution: 'normal', mean: '0.2 um', sigma: '0.1 um', level },
  {
    distribution: 'normal',
    mean: '0.2 um',
    sigma: '0.1 um',
    lower: '0 um',
    upper: '0.5 um',
    level,
  },
  { distribution: 'half-normal', sigma: '0.3 um', level },
  { distribution: 'triangular', low: '0 um', mode: '0.1 um', high: '0.4 um', level },
  { distribution: 'lognormal', median: '0.3 um', sigmaLog: 0.4, level },
  { distribution: 'rayleigh', scale: '0.3 um', max: '1 um', level },
  { distribution: 'weibull', scale: '0.3 um', shape: 2, level },
  { distribution: 'beta', low: '0 um', high: '1 um', alpha: 2, beta: 3, level },
  { distribution: 'toleranced', nominal: '0.1 um', plus: '0.4 um', minus: '0.2 um', cpk: 1, level },
];

/** The law as a scenario reads it, of a bore position. */
function read(law: JsonMap): Distribution {
  const text = {
    designs: { d: { extends: 'mtp-standard', bores: { positionErrorX: law } } },
    pairs: { p: { pinned: 'd', unpinned: 'd' } },
  };
  const { scenario } = parseScenario(JSON.stringify(text), { allowImplausible: true });
  const [contribution] = scenario.designs['d']!.inputs['bores.positionErrorX']!;
  return contribution!;
}

describe.each(LAWS)('$distribution', (law) => {
  const { centre, width } = handlesOf(law);
  const families = ['half-normal', 'lognormal', 'rayleigh', 'weibull'];

  it('moves as a whole: its mean goes along', () => {
    if (centre === undefined) {
      expect(families).toContain(law['distribution']);
      return;
    }
    const moved = read(centre.moved(law, centre.value + 0.25));
    expect(meanOf(moved)).toBeCloseTo(meanOf(read(law)) + 0.25, 12);
    expect(handlesOf(centre.moved(law, 0.7)).centre?.value).toBe(0.7);
  });

  it('widens in proportion: the distance of its mean from its centre too', () => {
    if (width === undefined) {
      expect(law['distribution']).toBe('fixed');
      return;
    }
    const widened = width.moved(law, 3 * width.value);
    const [from, to] = [meanOf(read(law)), meanOf(read(widened))];
    const about = centre?.value ?? 0;
    expect(to - about).toBeCloseTo(3 * (from - about), 11);
    expect(handlesOf(widened).centre?.value).toBe(centre?.value);
    expect(handlesOf(widened).width?.value).toBeCloseTo(3 * width.value, 12);
  });
});

describe('what cannot be moved', () => {
  it.each([
    ['several laws', [LAWS[0], LAWS[1]]],
    ['a shorthand', '0 um ± 1 um uniform'],
    ['an expression', { distribution: 'fixed', value: '0.1 um + 0.2 um', level }],
    ['a list', { distribution: 'discrete', values: ['0 um', '1 um'], weights: [1, 1], level }],
    ['a law without width', { distribution: 'normal', mean: '0 um', sigma: '0 um', level }],
  ])('%s', (_, law) => {
    expect(handlesOf(law as JsonMap).width).toBeUndefined();
  });

  it('units of both ends have to agree', () => {
    const law = { distribution: 'uniform', low: '0 um', high: '200 nm', level };
    expect(handlesOf(law)).toEqual({});
  });
});

describe('quantities', () => {
  it.each([
    ['0.4 um', { value: 0.4, unit: 'um' }],
    ['-2e-4 /degC', { value: -200, unit: 'ppm/K' }],
    ['0.001 um/degC', { value: 0.001, unit: 'um/degC' }],
    ['20000000 N um/rad', { value: 2e7, unit: 'N um/rad' }],
    [0.12, { value: 0.12, unit: '' }],
    ['0.139626340159546 rad', { value: 8, unit: 'deg' }],
  ])('%s', (text, quantity) => expect(readQuantity(text)).toEqual(quantity));

  it.each(['', 'um', '1 + 2 um', '3 um * 2', 'max(1, 2)', '1 2', true, null, ['1 um']])(
    'no plain quantity: %s',
    (text) => expect(readQuantity(text)).toBeUndefined(),
  );
});
