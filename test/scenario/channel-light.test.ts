/** What goes through the connectors of a channel together: one light, one kind of fibre, each measured plug once. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/index.js';
import { problemsOf, single, told } from './helpers.js';
import { mistake } from './marked.js';

const DESIGNS = `designs:
  om4: { extends: mtp-standard-multimode }
  om1: { extends: om4, fibres: { coreDiameter: 62.5 um, numericalAperture: 0.275 } }
  sm: { extends: mtp-standard }
pairs:
  mm: { pinned: om4, unpinned: om4 }
  longer: { pinned: om4, unpinned: om4, mating: { wavelength: 1300 nm } }
  full: { pinned: om4, unpinned: om4, mating: { launch: overfilled } }
  om1: { pinned: om1, unpinned: om1 }
  step: { pinned: om1, unpinned: om4 }
  sm: { pinned: sm, unpinned: sm }
  sm1550: { pinned: sm, unpinned: sm, mating: { wavelength: 1550 nm } }
channels:
`;
const SPANS = '[{ polarity: A }, { polarity: B }, { polarity: A }]';
const link = (fields: string) => `${DESIGNS}  link: { spans: ${SPANS}, ${fields} }`;
const LANES = 'lanes: [{ transmit: 1, receive: 12 }]';

describe('a channel', () => {
  it.each([
    [
      `${LANES}, connectors: ›[mm, longer]`,
      'its connectors have light of 850 and 1300 nm | a list of 2 | one wavelength',
    ],
    [`${LANES}, connectors: ›[sm, sm1550]`, 'its connectors have light of 1310 and 1550 nm'],
    [`${LANES}, connectors: ›[mm, full]`, 'different launches, but light is launched once'],
    [`${LANES}, connectors: ›[mm, om1]`, 'its connectors have different fibres'],
    [`${LANES}, connectors: ›[step, mm]`, 'its connectors have different fibres'],
    [
      `optics: ›100GBASE-SR4, connectors: [longer, longer]`,
      '100GBASE-SR4 does not work at 1300 nm | 100GBASE-SR4 | 850 nm',
    ],
    [`optics: ›400GBASE-DR4, connectors: [sm1550, sm1550]`, 'does not work at 1550 nm'],
  ])('refuses %s', (fields, words) => {
    expect(mistake(link(fields))).toContain(words);
  });

  it.each([
    ['length: ›4000 km', 'length: implausible value'],
    ['length: 1 km, attenuation: ›3.5 dB/m', 'attenuation: implausible value'],
  ])('refuses a span with %s', (span, words) => {
    const text = `${DESIGNS}  link: { ${LANES}, connectors: [mm], spans: [{ polarity: A, ${span} }, { polarity: B }] }`;
    expect(mistake(text)).toContain(words);
  });

  it('refuses a budget that no link has', () => {
    expect(mistake(link(`${LANES}, connectors: [mm, mm], budget: ›1000 dB`))).toContain(
      'implausible',
    );
  });

  it('holds a measured plug once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'matedpair-'));
    writeFileSync(join(folder, 'plugs.csv'), 'pin1Diameter [um],pin2Diameter [um]\n698.8,698.8\n');
    const file = join(folder, 'link.yaml');
    const text = (connectors: string) => `designs:
  mine: { extends: mtp-standard, measured: { file: ./plugs.csv } }
  sm: { extends: mtp-standard }
pairs: { p: { pinned: mine, unpinned: sm }, q: { pinned: sm, unpinned: sm } }
channels:
  link: { ${LANES}, spans: ${SPANS}, connectors: [${connectors}] }
`;
    writeFileSync(file, text('p, q'));
    expect(loadScenario(file).scenario.channels).toHaveLength(1);
    writeFileSync(file, text('p, p'));
    expect(() => loadScenario(file)).toThrow('measured as "mine" cannot be in it twice');
    writeFileSync(file, `${text('p, q')}experiment: { type: lot, pinned: 5, unpinned: 5 }\n`);
    expect(() => loadScenario(file)).toThrow(
      /a lot of one plug\n +found: +"mine", which was measured/,
    );
  });
});

describe('a launch', () => {
  it('of more groups than the fibre guides is told at the pair', () => {
    const text = `designs: { om4: { extends: mtp-standard-multimode } }
pairs:
  p: { pinned: om4, unpinned: om4, mating: { launch: [${Array(19).fill(1)}] } }`;
    expect(single(problemsOf(text))).toMatchObject({ line: 3, column: 3 });
    expect(told(single(problemsOf(text)))).toContain(
      'launch: more mode groups than its fibre guides | powers of 19 groups | at most 18 groups',
    );
  });
});
