/** Small models whose Sobol' indices are known in closed form. */
import { normalQuantile } from '../../src/numerics/normal.js';

export interface Model {
  /** Inputs from uniform numbers in (0, 1), in place. */
  readonly inputs: (uniforms: Float64Array) => void;
  readonly count: number;
  /** Outputs, one a position. */
  readonly outputs: (x: Float64Array) => readonly number[];
  readonly positions: number;
  /** Inputs of each group. */
  readonly groups: readonly (readonly number[])[];
  /** Closed forms: S and T of each group, and 1 − ΣS. */
  readonly first: readonly number[];
  readonly total: readonly number[];
}

function normals(x: Float64Array): void {
  for (let k = 0; k < x.length; k++) x[k] = normalQuantile(x[k]!);
}

/** Ishigami & Homma 1990: sin x₁ + a·sin² x₂ + b·x₃⁴·sin x₁ of uniform numbers in (−π, π). */
export function ishigami(a: number, b: number): Model {
  const v1 = (1 + (b * Math.PI ** 4) / 5) ** 2 / 2;
  const v2 = a ** 2 / 8;
  const v13 = (8 * b ** 2 * Math.PI ** 8) / 225;
  const v = v1 + v2 + v13;
  return {
    count: 3,
    positions: 1,
    groups: [[0], [1], [2]],
    inputs: (x) => {
      for (let k = 0; k < 3; k++) x[k] = Math.PI * (2 * x[k]! - 1);
    },
    outputs: ([x1, x2, x3]) => [
      Math.sin(x1!) + a * Math.sin(x2!) ** 2 + b * x3! ** 4 * Math.sin(x1!),
    ],
    first: [v1 / v, v2 / v, 0],
    total: [(v1 + v13) / v, v2 / v, v13 / v],
  };
}

/** Σ cᵢₖ·xₖ at position i, less the position: xₖ of variance 1, the even ones normal, the odd ones uniform. */
export function additive(coefficients: readonly (readonly number[])[]): Model {
  const [row] = coefficients as [readonly number[]];
  const variances = row.map((_, k) => coefficients.reduce((sum, c) => sum + c[k]! ** 2, 0));
  const all = variances.reduce((sum, v) => sum + v, 0);
  const shares = variances.map((v) => v / all);
  return {
    count: row.length,
    positions: coefficients.length,
    groups: row.map((_, k) => [k]),
    inputs: (x) => {
      for (let k = 0; k < x.length; k++) {
        x[k] = k % 2 === 0 ? normalQuantile(x[k]!) : Math.sqrt(12) * (x[k]! - 0.5);
      }
    },
    outputs: (x) => coefficients.map((c, i) => c.reduce((sum, ck, k) => sum + ck * x[k]!, 10 * i)),
    first: shares,
    total: shares,
  };
}

/**
 * Loss of offsets: c·((Σxₖ)² + (Σyₖ)²), xₖ and yₖ normal with variance vₖ, a group both of a k.
 *
 * An axis has the variance 2V² with V = Σv, E((Σx)²|xₖ) = xₖ² + V − vₖ that of 2vₖ²; of all inputs but group k,
 * likewise, 2(V − vₖ)². So S = vₖ²/V² and T = 1 − (V − vₖ)²/V² = (vₖ² + 2vₖ(V − vₖ))/V².
 */
export function quadratic(variances: readonly number[], c: number): Model {
  const all = variances.reduce((sum, v) => sum + v, 0);
  return {
    count: 2 * variances.length,
    positions: 1,
    groups: variances.map((_, k) => [2 * k, 2 * k + 1]),
    inputs: normals,
    outputs: (z) => {
      let [x, y] = [0, 0];
      variances.forEach((v, k) => {
        x += Math.sqrt(v) * z[2 * k]!;
        y += Math.sqrt(v) * z[2 * k + 1]!;
      });
      return [c * (x * x + y * y)];
    },
    first: variances.map((v) => (v / all) ** 2),
    total: variances.map((v) => (v ** 2 + 2 * v * (all - v)) / all ** 2),
  };
}

export const MODELS: Readonly<Record<string, Model>> = {
  ishigami: ishigami(7, 0.1),
  'additive, normal and uniform inputs': additive([[0.1, 0.3, 0.6, 1]]),
  'additive, three positions': additive([
    [0.1, 0.3, 0.6, 1],
    [1, 0, 0.2, 0.1],
    [0.3, 0.3, 0.3, 0],
  ]),
  'quadratic offset loss': quadratic([0.01, 0.09, 0.3, 0.6], 0.05),
};

/** S of all groups, T of all groups, 1 − ΣS. */
export const truthOf = ({ first, total }: Pick<Model, 'first' | 'total'>): number[] => [
  ...first,
  ...total,
  first.reduce((rest, share) => rest - share, 1),
];
