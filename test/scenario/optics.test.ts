/** Optics: the lanes in their plugs, and their loss budgets. */
import { describe, expect, it } from 'vitest';
import { crossedLanes, type Lane } from '../../src/scenario/lanes.js';
import { ferruleLayout } from '../../src/scenario/layout.js';
import {
  FIBRE_ATTENUATION,
  findBudget,
  LOSS_BUDGETS,
  lanesInPlug,
  OPTICS_NAMES,
} from '../../src/scenario/optics.js';
import { channel } from './lanes-helpers.js';

const written = (all: readonly Lane[] = []): string =>
  all.map(({ transmit, receive }) => `${transmit}>${receive}`).join(' ');

describe('optics', () => {
  const arranged = LOSS_BUDGETS.flatMap(({ name, arrangement }) =>
    arrangement === undefined ? [] : [{ name, arrangement }],
  );

  it('have their lanes in the outer positions, received at the mirrored ones', () => {
    const text = arranged.map(({ name, arrangement: { lanes: of } }) => `${name}: ${written(of)}`);
    const eight = '1>16 2>15 3>14 4>13 5>12 6>11 7>10 8>9';
    expect([...new Set(text)]).toEqual([
      '40GBASE-SR4: 1>12 2>11 3>10 4>9',
      '100GBASE-SR4: 1>12 2>11 3>10 4>9',
      `400GBASE-SR8: ${eight}`,
      '400GBASE-SR4.2: 1>12 2>11 3>10 4>9 9>4 10>3 11>2 12>1',
      '400GBASE-DR4: 1>12 2>11 3>10 4>9',
      `800GBASE-DR8: ${eight}`,
      '100G PSM4: 1>12 2>11 3>10 4>9',
    ]);
    const bidirectional = arranged.filter(({ arrangement }) => arrangement.isBidirectional);
    expect(new Set(bidirectional.map(({ name }) => name))).toEqual(new Set(['400GBASE-SR4.2']));
  });

  it('arrive through the same cables in both directions', () => {
    for (const { name, arrangement } of arranged) {
      for (const parts of ['BaAbB', 'BbAaB', 'CaBaC']) {
        const made = channel(arrangement.positions, parts, arrangement.lanes);
        expect(crossedLanes(made), name).toBeUndefined();
      }
    }
  });

  it('fit plugs of 8 fibres where they leave the middle four dark', () => {
    for (const { name, arrangement } of arranged) {
      const { positions: count, lanes: own } = arrangement;
      expect(lanesInPlug(arrangement, count)).toBe(own);
      expect(lanesInPlug(arrangement, 24)).toBeUndefined();
      const inEight = lanesInPlug(arrangement, 8);
      if (count === 16) expect(inEight).toBeUndefined();
      // The same places in the row
      const [eight, twelve] = [ferruleLayout(8).xUm, ferruleLayout(12).xUm];
      inEight?.forEach(({ transmit, receive }, i) => {
        expect(eight[transmit - 1], name).toBe(twelve[(own[i]?.transmit ?? 0) - 1]);
        expect(eight[receive - 1], name).toBe(twelve[(own[i]?.receive ?? 0) - 1]);
      });
    }
    expect(written(lanesInPlug(arranged[0]!.arrangement, 8))).toBe('1>8 2>7 3>6 4>5');
  });
});

describe('loss budgets', () => {
  it('are those of the list, which says what was not read in the standard', () => {
    const rows = LOSS_BUDGETS.map((b) =>
      [b.name, b.fibre, b.lengthM, b.totalDb, b.connectorsDb ?? '-', b.seenInStandard].join(', '),
    );
    expect(rows).toEqual([
      '40GBASE-SR4, OM3, 100, 1.9, 1.5, true',
      '40GBASE-SR4, OM4, 150, 1.5, 1, true',
      '100GBASE-SR4, OM4, 100, 1.9, 1.5, false',
      '400GBASE-SR8, OM3, 70, 1.8, 1.5, true',
      '400GBASE-SR8, OM4, 100, 1.9, 1.5, true',
      '400GBASE-SR4.2, OM3, 70, 1.7, -, true',
      '400GBASE-SR4.2, OM4, 100, 1.8, -, true',
      '400GBASE-SR4.2, OM5, 150, 2, -, true',
      '400GBASE-DR4, OS2, 500, 3, 2.75, false',
      '800GBASE-DR8, OS2, 500, 3, 2.75, false',
      '100G PSM4, OS2, 500, 3.26, -, false',
      '400GBASE-FR4, OS2, 2000, 4, 3, false',
      '400GBASE-LR8, OS2, 10000, 6.3, 2, true',
    ]);
    for (const { fibre, mode, wavelengthNm } of LOSS_BUDGETS) {
      const expected = fibre === 'OS2' ? ['single-mode', 1310] : ['multimode', 850];
      expect([mode, wavelengthNm]).toEqual(expected);
    }
  });

  it('fibre attenuations are those of the list, and every source has its mark', () => {
    const range = Object.entries(FIBRE_ATTENUATION).map(
      ([fibre, a]) => `${fibre} ${a.lowDbPerKm} to ${a.highDbPerKm} at ${a.wavelengthNm}`,
    );
    const multimode = ['OM3', 'OM4', 'OM5'].map((fibre) => `${fibre} 3 to 3.5 at 850`);
    expect(range).toEqual([...multimode, 'OS2 0.35 to 0.5 at 1310']);
    for (const { source } of [...LOSS_BUDGETS, ...Object.values(FIBRE_ATTENUATION)]) {
      expect(source).toMatch(/^\[[SE]\] ./);
    }
  });

  it('leave the fibre at least what good cable of the longest channel loses', () => {
    for (const { name, fibre, lengthM = 0, totalDb, connectorsDb = 0 } of LOSS_BUDGETS) {
      const fibreDb = (FIBRE_ATTENUATION[fibre].lowDbPerKm * lengthM) / 1000;
      expect(fibreDb, name).toBeLessThan(totalDb - connectorsDb);
    }
  });

  it('are found by name, however it is written', () => {
    for (const name of ['400GBASE-DR4', '400gbase-dr4', '400GBASE DR4']) {
      expect(findBudget(name)).toMatchObject({ kind: 'found', budget: { totalDb: 3 } });
    }
    expect(findBudget('400gbase-sr4.2', 'OM5')).toMatchObject({ budget: { lengthM: 150 } });
    expect(findBudget('100g-psm4')).toMatchObject({ budget: { totalDb: 3.26 } });
  });

  it('ask for the fibre where several have one, or the one named has none', () => {
    const wanted = { kind: 'name-fibre', name: '40GBASE-SR4', fibres: ['OM3', 'OM4'] };
    expect(findBudget('40GBASE-SR4')).toEqual(wanted);
    expect(findBudget('40gbase-sr4', 'OS2')).toEqual(wanted);
    expect(findBudget('400GBASE-DR4', 'OM4')).toMatchObject({ fibres: ['OS2'] });
  });

  it('offer all names, and the nearest', () => {
    expect(OPTICS_NAMES.length).toBe(9);
    const unknown = { kind: 'unknown', names: OPTICS_NAMES };
    expect(findBudget('400GBASE-DR5')).toEqual({ ...unknown, nearest: '400GBASE-DR4' });
    expect(findBudget('coffee')).toEqual({ ...unknown, nearest: undefined });
    expect(findBudget('')).toEqual({ ...unknown, nearest: undefined });
  });
});
