/** Elementary functions against values of 60 digits, within the units in the last place that they promise. */
import { describe, expect, it } from 'vitest';
import {
  cosTurns,
  DB_PER_NEPER,
  exp,
  expm1,
  log,
  log1p,
  sinTurns,
  tan,
  twoAtanh,
} from '../../src/numerics/elementary.js';
import { powerOfTwo } from '../../src/numerics/powers.js';
import { errorOf, unitInLastPlace, worstOf } from '../support/accuracy.js';
import { reference } from '../support/reference.js';

const functions = { cosTurns, exp, expm1, log, log1p, sinTurns, tan, twoAtanh };
type Name = keyof typeof functions;
type Row = readonly [x: number, value: number, rest: number];
const truth = reference<Record<Name, Row[]>>('elementary');

describe('stated accuracy', () => {
  it.each<[Name, number]>([
    ['log', 2],
    ['log1p', 3],
    ['exp', 1.5],
    ['expm1', 4],
    ['sinTurns', 2],
    ['cosTurns', 2],
    ['twoAtanh', 1],
  ])('%s: error within %f units in the last place', (name, units) => {
    const worst = worstOf(
      truth[name],
      ([x, value, rest]) => errorOf(functions[name](x), value, rest) / unitInLastPlace(value),
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(units);
  });

  it('log: error within 1 unit outside [¼, 4]', () => {
    const far = truth.log.filter(([x]) => x < 0.25 || x > 4);
    const worst = worstOf(
      far,
      ([x, value, rest]) => errorOf(log(x), value, rest) / unitInLastPlace(value),
    );
    expect(far.length).toBeGreaterThan(50);
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1);
  });

  it('tan: relative error within 1e-15 on [−1, 1]', () => {
    const worst = worstOf(
      truth.tan,
      ([x, value, rest]) => errorOf(tan(x), value, rest) / Math.abs(value),
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(1e-15);
  });

  it('the measure itself sees two units', () => {
    const rows: Row[] = [[2, Math.LN2, 2.32e-17]];
    const worst = worstOf(rows, ([x, value, rest]) => {
      const wrong = log(x) + 2 * unitInLastPlace(value);
      return errorOf(wrong, value, rest) / unitInLastPlace(value);
    });
    expect(worst.error).toBeGreaterThan(1.5);
    expect(worst.error).toBeLessThan(2.5);
  });
});

describe('edges', () => {
  it('log: zero, negative numbers, infinity, one', () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(-1e-300)).toBeNaN();
    expect(log(-Infinity)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
    expect(log(1)).toBe(0);
  });

  it('log1p: −1 and below, zero with its sign', () => {
    expect(log1p(-1)).toBe(-Infinity);
    expect(log1p(-1.5)).toBeNaN();
    expect(log1p(0)).toBe(0);
    expect(log1p(-0)).toBe(-0);
  });

  it('exp: overflow, underflow to subnormals and to zero', () => {
    expect(exp(0)).toBe(1);
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019413)).toBe(0);
    expect(exp(-Infinity)).toBe(0);
    expect(expm1(-Infinity)).toBe(-1);
    expect(expm1(Infinity)).toBe(Infinity);
  });

  it('sine and cosine are exact at multiples of a quarter turn, however large', () => {
    const quarters = [0, 1, 0, -1];
    for (const whole of [0, 1, -1, 7, -1000, 2 ** 40, -(2 ** 40)]) {
      for (let k = 0; k < 4; k++) {
        const t = whole + k / 4;
        expect(sinTurns(t) === quarters[k], `sin ${t}`).toBe(true);
        expect(cosTurns(t) === quarters[(k + 1) % 4], `cos ${t}`).toBe(true);
      }
    }
  });

  it('NaN gives NaN, infinite angles too', () => {
    for (const f of Object.values(functions)) {
      expect(f(Number.NaN), f.name).toBeNaN();
    }
    expect(sinTurns(Infinity)).toBeNaN();
    expect(cosTurns(-Infinity)).toBeNaN();
  });

  it('DB_PER_NEPER is 10/ln 10', () => {
    expect(Math.abs(DB_PER_NEPER * log(10) - 10)).toBeLessThan(4e-15);
  });
});

describe('properties over a wide range', () => {
  const points = Array.from({ length: 2000 }, (_, i) => -700 + 0.7003 * i);

  it('log(exp(x)) returns to x within the rounding of exp', () => {
    for (const x of points)
      expect(Math.abs(log(exp(x)) - x)).toBeLessThan(5e-16 + 4e-16 * Math.abs(x));
  });

  it('exp does not fall from one double to the next across the joints of its reduction', () => {
    for (let k = -1000; k < 1000; k++) {
      const joint = (k + 0.5) * Math.LN2;
      const next = joint + unitInLastPlace(joint);
      expect(exp(next), `at ${joint}`).toBeGreaterThanOrEqual(exp(joint));
    }
  });

  it('sine and cosine: sin² + cos² = 1, and sine is odd', () => {
    for (const t of points) {
      expect(Math.abs(sinTurns(t) ** 2 + cosTurns(t) ** 2 - 1)).toBeLessThan(1e-15);
      expect(sinTurns(-t) === -sinTurns(t)).toBe(true);
    }
  });
});

describe('powerOfTwo', () => {
  it('has one bit set, down to the smallest subnormal', () => {
    expect(powerOfTwo(-1074)).toBe(Number.MIN_VALUE);
    expect(powerOfTwo(0)).toBe(1);
    expect(powerOfTwo(1023)).toBe(8.98846567431158e307);
    for (let k = -1073; k <= 1023; k++) {
      expect(powerOfTwo(k) / powerOfTwo(k - 1)).toBe(2);
    }
  });
});
