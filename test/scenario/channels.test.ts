/** Channels as scenarios give them: what is read, and what each mistake is told. Lanes themselves: lanes.test.ts. */
import { describe, expect, it } from 'vitest';
import { MOST_CONNECTORS } from '../../src/scenario/channel-schema.js';
import type { Channel } from '../../src/scenario/types.js';
import { parse, problemsOf } from './helpers.js';
import { mistake } from './marked.js';

const SCENARIO = `designs:
  a: { extends: mtp-elite }
  pc: { extends: mtp-elite, endFace: { polish: PC } }
  mm: { extends: mtp-elite-multimode }
  f8: { extends: mtp-elite, fibres: { count: 8 } }
  f16: { extends: mtp-elite, fibres: { count: 16 }, guideHoles: { diameter: 550 um }, guidePins: { diameter: 549 um } }
  f24: { extends: mtp-elite, fibres: { count: 24 } }
pairs:
  sm: { pinned: a, unpinned: a }
  up: { pinned: pc, unpinned: pc, mating: { adapter: key-up-to-key-up } }
  mm: { pinned: mm, unpinned: mm }
  f8: { pinned: f8, unpinned: f8 }
  f16: { pinned: f16, unpinned: f16 }
  f24: { pinned: f24, unpinned: f24 }
channels:
`;
const scenario = (fields: string) => `${SCENARIO}  link: { ${fields} }\n`;
const channel = (fields: string) => parse(scenario(fields)).channels[0] as Channel;
const refused = (fields: string) => mistake(scenario(fields));

/** One A and one B cable, which suit lanes that are mirrored. */
const AB = 'spans: [{ polarity: A }, { polarity: B }]';
const REST = `${AB}, connectors: [sm]`;
const DR4 = 'optics: 400GBASE-DR4';
const ONE_LANE = 'lanes: [{ transmit: 1, receive: 12 }]';
const written = ({ lanes }: Channel) =>
  lanes.map(({ transmit, receive }) => `${transmit}>${receive}`).join(' ');

describe('a channel', () => {
  it('has the lanes of its optics in both directions, its budget and its kind of fibre', () => {
    const spans = 'spans: [{ polarity: B, length: 400 m }, { polarity: A, length: 0.1 km }]';
    expect(channel(`${DR4}, ${spans}, connectors: [sm]`)).toEqual({
      name: 'link',
      optics: '400GBASE-DR4',
      fibre: 'OS2',
      lanes: [1, 2, 3, 4, 12, 11, 10, 9].map((from) => ({ transmit: from, receive: 13 - from })),
      // 0.5 dB/km at most
      spans: [
        { polarity: 'B', lengthUm: 4e8, attenuationDbPerUm: 0.5e-9 },
        { polarity: 'A', lengthUm: 1e8, attenuationDbPerUm: 0.5e-9 },
      ],
      connectors: ['sm'],
      budgetDb: 3,
      connectorBudgetDb: 2.75,
    });
  });

  it('has none of them where it gives its own lanes and no optics', () => {
    expect(channel(`${ONE_LANE}, ${AB}, connectors: [sm]`)).toEqual({
      name: 'link',
      optics: null,
      fibre: null,
      lanes: [{ transmit: 1, receive: 12 }],
      spans: ['A', 'B'].map((polarity) => ({
        polarity,
        lengthUm: 0,
        attenuationDbPerUm: 0.5e-9,
      })),
      connectors: ['sm'],
      budgetDb: null,
      connectorBudgetDb: null,
    });
  });

  it('takes what it gives before what its optics say', () => {
    const own = `optics: 100g-psm4, ${ONE_LANE}, ${AB}, connectors: [sm], budget: 2 dB`;
    const read = channel(own);
    expect([read.optics, written(read)]).toEqual(['100G PSM4', '1>12']);
    // no share of connectors is known of 100G PSM4
    expect([read.budgetDb, read.connectorBudgetDb]).toEqual([2, null]);
    expect(channel(`${own}, connectorBudget: 0.5 dB + 0.25 dB`).connectorBudgetDb).toBe(0.75);
    const attenuation = 'spans: [{ polarity: A, attenuation: 0.4 dB/km }, { polarity: B }]';
    const { spans } = channel(`${ONE_LANE}, ${attenuation}, connectors: [sm]`);
    expect(spans.map((span) => span.attenuationDbPerUm)).toEqual([0.4e-9, 0.5e-9]);
  });

  it('goes by the kind of its fibre, or by the mode of its connectors', () => {
    const budgets = ['OM3', 'OM4'].map((fibre) => {
      const read = channel(`optics: 40GBASE-SR4, fibre: ${fibre}, ${AB}, connectors: [mm]`);
      return [read.fibre, read.budgetDb, read.connectorBudgetDb];
    });
    expect(budgets).toEqual([
      ['OM3', 1.9, 1.5],
      ['OM4', 1.5, 1],
    ]);
    const bare = channel(`${ONE_LANE}, ${AB}, connectors: [mm]`);
    // 3.5 dB/km at most
    expect(bare.spans[0]?.attenuationDbPerUm).toBe(3.5e-9);
    expect(bare.fibre).toBeNull();
  });

  it('puts lanes where its plugs have them', () => {
    expect(written(channel(`${DR4}, ${AB}, connectors: [f8]`))).toBe(
      '1>8 2>7 3>6 4>5 8>1 7>2 6>3 5>4',
    );
    const eight = written(channel(`optics: 800GBASE-DR8, ${AB}, connectors: [f16]`));
    expect(eight).toMatch(/^1>16 2>15 3>14 4>13 5>12 6>11 7>10 8>9 16>1 /);
    // light goes both ways through every fibre of SR4.2: no lane twice
    const both = channel(`optics: 400GBASE-SR4.2, fibre: OM4, ${AB}, connectors: [mm]`);
    expect(written(both)).toBe('1>12 2>11 3>10 4>9 9>4 10>3 11>2 12>1');
  });

  it('minds the adapter of each of its connectors', () => {
    const three = 'spans: [{ polarity: B }, { polarity: B }, { polarity: B }]';
    expect(channel(`${DR4}, ${three}, connectors: [up, up]`).connectors).toEqual(['up', 'up']);
    expect(channel(`${DR4}, ${three}, connectors: [sm, sm]`).connectors).toEqual(['sm', 'sm']);
    // one adapter that mirrors, and three cables that do
    expect(refused(`${DR4}, ${three.replace('[', '›[')}, connectors: [up, sm]`)).toContain(
      'crossed',
    );
  });

  it('may have as many connectors as there are at most, and there may be none of them', () => {
    const spans = Array(MOST_CONNECTORS).fill('{ polarity: A }').join(', ');
    const pairs = Array(MOST_CONNECTORS).fill('sm');
    const most = channel(`${DR4}, spans: [{ polarity: B }, ${spans}], connectors: [${pairs}]`);
    expect(most.connectors).toHaveLength(20);
    expect(parse(SCENARIO.replace('channels:', 'channels: {}')).channels).toEqual([]);
    expect(parse(SCENARIO.replace('channels:\n', '')).channels).toEqual([]);
  });
});

describe('mistakes in a channel', () => {
  it.each([
    [`optics: ›400GBASE-DR5, ${REST}`, '"400GBASE-DR5" is not known | 400GBASE-DR5'],
    [`optics: ›400GBASE-DR5, ${REST}`, '| did you mean "400GBASE-DR4"?'],
    [`optics: ›fast, ${REST}`, 'LR8, or lanes and budget of your own | '],
    [
      `optics: ›40GBASE-SR4, ${AB}, connectors: [mm]`,
      'goes by its fibre | no fibre | fibre: OM3 or OM4',
    ],
    [
      `optics: 40GBASE-SR4, fibre: ›OS2, ${AB}, connectors: [mm]`,
      '| fibre: OS2 | fibre: OM3 or OM4',
    ],
    [`optics: ›400GBASE-FR4, ${REST}`, '400GBASE-FR4 has no lanes of its own'],
    [`optics: ›400GBASE-DR4, ${AB}, connectors: [f16]`, '400GBASE-DR4 does not go with plugs'],
    [`optics: ›400GBASE-DR4, ${AB}, connectors: [mm]`, '400GBASE-DR4 needs single-mode connectors'],
    [`optics: ›100GBASE-SR4, ${REST}`, '100GBASE-SR4 needs multimode connectors'],
    [`${DR4}, ${AB}, connectors: [›ms]`, 'connectors: there is no pair "ms" | ms | sm, up'],
    [`${DR4}, ${AB}, connectors: [›f15]`, '| did you mean "f16"?'],
    [
      `${DR4}, ${AB}, connectors: ›sm`,
      'link.connectors: not what belongs here | sm | a list of names',
    ],
    [
      `${DR4}, ${AB}, connectors: ›[]`,
      'channels.link.connectors: too few items | a list of 0 | at least 1 item',
    ],
    [`${DR4}, ${AB}, connectors: ›[sm, f8]`, 'its connectors have different fibres | a list of 2'],
    [
      `${ONE_LANE}, ${AB}, connectors: ›[mm, sm]`,
      'pairs of the same fibre count and kind of fibre',
    ],
    [
      `${DR4}, spans: [{ polarity: B, ›lenght: 5 m }, { polarity: A }], connectors: [sm]`,
      '"length"?',
    ],
    [
      `${DR4}, spans: [{ polarity: B, length: ›5 }, { polarity: A }], connectors: [sm]`,
      '| a length',
    ],
    [
      `${DR4}, spans: [{ polarity: B, length: ›-5 m }, { polarity: A }], connectors: [sm]`,
      'length: out of bounds | -5 m | 0 um or more',
    ],
    [
      `${DR4}, spans: [{ polarity: B, length: ›5 dB }, { polarity: A }], connectors: [sm]`,
      '| 5 dB | a length',
    ],
    [
      `${DR4}, spans: [{ polarity: B }, { polarity: A, attenuation: ›0.4 dB }], connectors: [sm]`,
      'attenuation: a level stands here | 0.4 dB | an attenuation such as 0.4 dB/km',
    ],
    [
      `${DR4}, spans: ›[{ polarity: B }, { polarity: A }, { polarity: A }], connectors: [sm]`,
      'spans and connectors do not fit | 3 spans and 1 connectors | 2 spans, one more than connectors',
    ],
    [`${DR4}, ${REST}, budget: ›-2 dB`, 'budget: out of bounds | -2 dB | 0 dB or more'],
    [`${DR4}, ${REST}, budget: ›2`, 'budget: a number without a unit | 2 | a level'],
    [`${DR4}, ${REST}, connectorBudget: ›2 m`, 'a length stands here | 2 m | a level'],
    [`${DR4}, ${REST}, ›bugdet: 2 dB`, '| did you mean "budget"?'],
    [`lanes: ›[], ${REST}`, 'channels.link.lanes: too few items | a list of 0 | at least 1 item'],
    [
      `lanes: [›{ transmit: 13, receive: 12 }], ${REST}`,
      'lane 1 transmits at position 13, which a plug of 12 fibres does not have |  | 1 to 12',
    ],
    [
      `lanes: [{ transmit: 1, receive: 8 }, ›{ transmit: 2, receive: 9 }], ${AB}, connectors: [f8]`,
      'lane 2 is received at position 9, which a plug of 8 fibres does not have |  | 1 to 8,',
    ],
    [
      `lanes: [{ transmit: 1, receive: 12 }, ›{ transmit: 1, receive: 11 }], ${REST}`,
      'lanes 1 and 2 both transmit at position 1 |  | a position of its own',
    ],
    [
      `lanes: [{ transmit: 1, receive: 13 }], spans: [{ polarity: A }, ›{ polarity: B }], connectors: [f24]`,
      'span 2 has polarity B, which is not defined here for 24 fibres in 2 rows |  | polarity A',
    ],
  ])('%s', (fields, reason) => {
    expect(refused(fields)).toContain(reason);
  });

  it.each([
    [`›{ ${DR4}, connectors: [sm] }`, '"spans" is missing in channels.link |'],
    [`›{ ${DR4}, ${AB} }`, '"connectors" is missing in channels.link |'],
    ['›DR4', 'channels.link: not what belongs here | DR4 | a channel: optics or lanes,'],
    ['›~', 'channels.link: a value is missing | ~ | a channel'],
    ['›[]', 'channels.link: a list cannot stand here'],
  ])('link: %s', (value, reason) => {
    expect(mistake(`${SCENARIO}  link: ${value}\n`)).toContain(reason);
  });

  it('that say neither optics nor lanes stand at its name', () => {
    expect(mistake(`${SCENARIO}  ›link: { ${REST} }\n`)).toBe(
      'channel "link" has neither optics nor lanes |  | optics: 400GBASE-DR4, or lanes: [{ transmit: 1, receive: 12 }] | ',
    );
    expect(mistake(SCENARIO.replace('channels:', 'channels: ›[link]'))).toContain(
      'channels: a list cannot stand here | a list of 1 | a map of channels',
    );
  });

  it('that cross lanes name the lanes, where they arrive, and the change that mends it', () => {
    const spans = (polarities: string) =>
      `spans: ›[${Array.from(polarities, (polarity) => `{ polarity: ${polarity} }`).join(', ')}]`;
    expect(refused(`${DR4}, ${spans('AA')}, connectors: [sm]`)).toBe(
      [
        'channel "link": all 8 lanes are crossed: lane 1 leaves at 1 and arrives at 1, the receiver of lane 5, but its own is at 12; ' +
          'lane 2 leaves at 2 and arrives at 2, the receiver of lane 6, but its own is at 11; ' +
          'lane 3 leaves at 3 and arrives at 3, the receiver of lane 7, but its own is at 10; likewise lanes 4, 5, 6, 7, 8',
        'polarity A, A',
        'every lane to arrive at its receiver',
        'one change would do: polarity B in span 1 or 2',
      ].join(' | '),
    );
    const lanes = 'lanes: [{ transmit: 1, receive: 12 }, { transmit: 2, receive: 10 }]';
    expect(refused(`${lanes}, ${spans('AB')}, connectors: [sm]`)).toBe(
      'channel "link": 1 of 2 lanes are crossed: lane 2 leaves at 2 and arrives at 11, but its receiver is at 10' +
        ' | polarity A, B | every lane to arrive at its receiver | ',
    );
  });

  it('are told of each channel by its name', () => {
    const links = `  one: { ${ONE_LANE}, spans: [{ polarity: A }, { polarity: A }], connectors: [sm] }
  two: { ${ONE_LANE}, ${REST} }
  three: { ${ONE_LANE}, spans: [{ polarity: B }, { polarity: B }], connectors: [sm] }
`;
    const problems = problemsOf(SCENARIO + links);
    expect(problems.map(({ line, message }) => [line, message.split(':')[0]])).toEqual([
      [16, 'channel "one"'],
      [18, 'channel "three"'],
    ]);
  });
});
