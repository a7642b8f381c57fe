/** What the tests of multimode coupling have in common: known answers, the transfer of groups, the loss by a table. */
import { expect } from 'vitest';
import { givenLaunch } from '../../src/model/launch.js';
import { fillGroupTransfer, spotRadius, transferGroups } from '../../src/model/mode-groups.js';
import { multimodeCoupling } from '../../src/model/multimode.js';
import { reference } from '../support/reference.js';

interface Known {
  core_radius_um: number;
  na: number;
  wavelength_um: number;
  w0_um: number;
  groups: number;
  encircled_flux_launch: number[];
  encircled_flux_radii_um: number[];
  encircled_flux_reached: number[];
  offset_um_to_il_db_encircled_flux: Record<string, number>;
  cases: {
    s: number;
    eta_encircled_flux: number;
    eta_overfilled: number;
    eta_group_1: number;
    eta_group_M: number;
    eta_encircled_flux_receiver_M_minus_2: number;
    eta_two_equal_connectors: number;
  }[];
}

export const known = reference<Known>('multimode');
export const M = known.groups;
export const W0 = spotRadius(known.core_radius_um, known.na, known.wavelength_um);
export const DB_PER_NEPER = 10 / Math.LN10;

/** Expects a value closer than `within`; NaN never is. */
export function near(value: number, expected: number, within: number): void {
  expect(Math.abs(value - expected)).toBeLessThan(within);
}

export const sum = (powers: Iterable<number>) => Array.from(powers).reduce((a, b) => a + b, 0);

export function transferOf(s: number, receivers: number, sources: number): Float64Array {
  const matrix = new Float64Array(receivers * sources).fill(Number.NaN);
  fillGroupTransfer(s, receivers, sources, matrix);
  return matrix;
}

/** Powers of the receiving groups after one displacement. */
export function received(s: number, receivers: number, launch: Float64Array): Float64Array {
  const out = new Float64Array(receivers);
  transferGroups(transferOf(s, receivers, launch.length), launch, out);
  return out;
}

export const onlyGroup = (group: number, groups: number) =>
  givenLaunch(Array.from({ length: groups }, (_, i) => (i + 1 === group ? 1 : 0)));

export const causes = () => ({ lateral: 9, angular: 9, modeMismatch: 9, gap: 9, interaction: 9 });

/** Loss by the table at the displacement t, in nepers; w0 = 1. */
export function lossAt(t: number, cut: number, table: Float64Array): number {
  return multimodeCoupling(t, 0, 0, 0, cut, table, 1, 1, causes());
}

/** Hermite-Gauss functions of orders 0 to `highest` at x in units of w0, orthonormal, built on their own recurrence. */
export function hermiteGauss(highest: number, x: number): number[] {
  const z = Math.SQRT2 * x;
  const u = [(2 / Math.PI) ** 0.25 * Math.exp(-x * x)];
  for (let k = 0; k < highest; k++)
    u.push(Math.sqrt(2 / (k + 1)) * z * u[k]! - Math.sqrt(k / (k + 1)) * (u[k - 1] ?? 0));
  return u;
}
