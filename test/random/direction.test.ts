/** Directions and places on a disc: the accuracy that direction.ts states, and that they spread evenly. */
import { describe, expect, it } from 'vitest';
import { directionX, directionY, discRadius } from '../../src/random/direction.js';
import { applyDraws, type Draw, LAW } from '../../src/random/draw.js';
import { fillDraws } from '../../src/random/stream.js';
import { KS_LIMIT, ksStatistic } from '../support/ks.js';

const WHOLE = 2 ** 32;

/** A million draws evenly spread, and 2,000 on either side of every multiple of an eighth of a turn. */
function eachDraw(visit: (x: number, angle: number) => void): void {
  const at = (x: number) => visit(x, (x / WHOLE) * 2 * Math.PI);
  for (let i = 0; i < 1_000_000; i++) at((i * 4294.967296) >>> 0);
  for (let eighth = 0; eighth < 8; eighth++) {
    for (let d = -2000; d <= 2000; d++) at((eighth * 2 ** 29 + d) >>> 0);
  }
}

describe('direction of a draw', () => {
  it('is its cosine and sine within 1.5e-7, and has length 1 within 3e-7', () => {
    let [cosine, sine, length] = [0, 0, 0];
    eachDraw((x, angle) => {
      const [c, s] = [directionX(x), directionY(x)];
      cosine = Math.max(cosine, Math.abs(c - Math.cos(angle)));
      sine = Math.max(sine, Math.abs(s - Math.sin(angle)));
      length = Math.max(length, Math.abs(Math.hypot(c, s) - 1));
    });
    expect(cosine).toBeLessThanOrEqual(1.5e-7);
    expect(sine).toBeLessThanOrEqual(1.5e-7);
    expect(length).toBeLessThanOrEqual(3e-7);
  });

  it('is exact at the quarter turns', () => {
    const known = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const;
    known.forEach(([c, s], quarter) => {
      expect(Math.abs(directionX(quarter * 2 ** 30) - c)).toBe(0);
      expect(Math.abs(directionY(quarter * 2 ** 30) - s)).toBe(0);
    });
  });

  it('turns with the draw: half a turn reverses both, a quarter turns x into y', () => {
    eachDraw((x) => {
      const half = (x + 2 ** 31) >>> 0;
      const quarter = (x + 2 ** 30) >>> 0;
      const isTurned =
        directionX(half) === -directionX(x) &&
        directionY(half) === -directionY(x) &&
        directionY(quarter) === directionX(x) &&
        directionX(quarter) === -directionY(x);
      if (!isTurned) expect.fail(`at ${x}`);
    });
  });

  it('and every value is a single', () => {
    eachDraw((x) => {
      const values = [directionX(x), directionY(x), discRadius(x)];
      if (values.some((v) => v !== Math.fround(v))) expect.fail(`at ${x}`);
    });
  });
});

describe('radius on the unit disc', () => {
  it('is √u of the upper 24 bits within 1.2e-7, above 0 and not above 1', () => {
    for (const x of [
      0,
      255,
      256,
      511,
      65535,
      2 ** 24,
      2 ** 31 - 1,
      2 ** 31,
      WHOLE - 257,
      WHOLE - 1,
    ]) {
      const truth = Math.sqrt(((x >>> 8) + 0.5) / 2 ** 24);
      expect(Math.abs(discRadius(x) - truth), `at ${x}`).toBeLessThanOrEqual(1.2e-7);
    }
    expect(discRadius(0)).toBeGreaterThan(0);
    expect(discRadius(WHOLE - 1)).toBeLessThanOrEqual(1);
  });

  it('never falls as the draw grows', () => {
    let before = 0;
    for (let i = 0; i < 200_000; i++) {
      const radius = discRadius((i * 21474.83648) >>> 0);
      if (radius < before) expect.fail(`at ${i}`);
      before = radius;
    }
  });
});

/**
 * Kolmogorov–Smirnov of 200,000 places, false-alarm rate 1e-6 a test (support/ks.ts): on a disc the share left of x is
 * ½ + (x√(1 − x²) + arcsin x)/π, that within r is r², and the angle is uniform.
 */
describe('places that a run draws on a disc', () => {
  const COUNT = 200_000;
  const UNITS = 50;
  const nothing = { a: 0, b: 0, c: 0, quantiles: new Float32Array(0), shares: new Float64Array(0) };

  /** x and y of the pairs of numbers that a law writes, from the streams of the matings 0, 1, … */
  function sample(law: number, drawsEach: number): readonly [Float64Array, Float64Array] {
    const draw: Draw = {
      ...nothing,
      law,
      position: 0,
      positionStep: drawsEach,
      count: UNITS,
      target: 0,
      targetStep: 2,
      adds: false,
    };
    const raw = new Uint32Array(2 * UNITS);
    const parts = new Float64Array(2 * UNITS);
    const x = new Float64Array(COUNT);
    const y = new Float64Array(COUNT);
    for (let mating = 0; mating * UNITS < COUNT; mating++) {
      fillDraws({ key0: 7, key1: 8 }, mating, 0, raw, 0, raw.length);
      applyDraws([draw], raw, parts);
      for (let i = 0; i < UNITS; i++) {
        x[mating * UNITS + i] = parts[2 * i]!;
        y[mating * UNITS + i] = parts[2 * i + 1]!;
      }
    }
    return [x, y];
  }

  const [x, y] = sample(LAW.discPoint, 2);
  const clamp = (v: number) => Math.max(-1, Math.min(1, v)); // rounding may carry a place 1e-7 across the rim
  const discCdf = (v: number) =>
    0.5 + (clamp(v) * Math.sqrt(1 - clamp(v) ** 2) + Math.asin(clamp(v))) / Math.PI;
  const turns = (xs: Float64Array, ys: Float64Array) =>
    xs.map((v, i) => Math.atan2(ys[i]!, v) / (2 * Math.PI) + 0.5);

  it('are spread over it evenly, along x, along y, by radius and by angle', () => {
    expect(ksStatistic(x.slice(), discCdf)).toBeLessThan(KS_LIMIT);
    expect(ksStatistic(y.slice(), discCdf)).toBeLessThan(KS_LIMIT);
    expect(ksStatistic(turns(x, y), (u) => u)).toBeLessThan(KS_LIMIT);
    const squares = x.map((v, i) => v * v + y[i]! ** 2);
    expect(squares.every((r2) => r2 > 0 && r2 < 1 + 6e-7)).toBe(true);
    expect(ksStatistic(squares, (r2) => clamp(r2))).toBeLessThan(KS_LIMIT);
  });

  it('twin: a radius without the square root fails along x, along y and by radius', () => {
    const radius = x.map((v, i) => Math.hypot(v, y[i]!));
    const [wrongX, wrongY] = [x, y].map((values) => values.map((v, i) => v * radius[i]!));
    expect(ksStatistic(wrongX!.slice(), discCdf)).toBeGreaterThan(KS_LIMIT);
    expect(ksStatistic(wrongY!.slice(), discCdf)).toBeGreaterThan(KS_LIMIT);
    const squares = wrongX!.map((v, i) => v * v + wrongY![i]! ** 2);
    expect(ksStatistic(squares, (r2) => clamp(r2))).toBeGreaterThan(KS_LIMIT);
  });

  it('twin: places on the square around it fail along x', () => {
    const square = turns(...sample(LAW.direction, 1)).map((u) => 2 * u - 1);
    expect(ksStatistic(square, discCdf)).toBeGreaterThan(KS_LIMIT);
  });

  it('unit vectors have directions that are spread evenly', () => {
    const [u, v] = sample(LAW.direction, 1);
    expect(ksStatistic(turns(u, v), (share) => share)).toBeLessThan(KS_LIMIT);
    expect(u.every((c, i) => Math.abs(Math.hypot(c, v[i]!) - 1) < 3e-7)).toBe(true);
  });
});
