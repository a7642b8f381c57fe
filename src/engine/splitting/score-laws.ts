/**
 * The parts as functions of normal scores: each law in cubics of the score, so that a moved score becomes a part at once.
 *
 * They are made from the law's own code (random/draw.ts) at the draws of the nodes. As functions of the score, quantiles,
 * directions and places on a disc are smooth up to both ends, where as functions of the draw they are steep. Laws with corners or
 * steps are computed as in a run.
 */
import { directionX, directionY, discRadius } from '../../random/direction.js';
import { type Draw, LAW, type LawNumbers, lawValue } from '../../random/draw.js';
import { tableValue } from '../../random/quantile-table.js';
import { fillCubic } from './cubic.js';
import { drawOfScore, LIMIT, realDrawOfScore } from './normal-draw.js';

const CELLS_PER_UNIT = 32;
const CELLS = 2 * LIMIT * CELLS_PER_UNIT;
/** Keeps the last cell from being left. */
const LAST = LIMIT - 1e-9;

/** Lowest and highest real number that a table takes for a draw. */
const inRange = (x: number): number => Math.min(0xffffffff, Math.max(0, x));

type ScoreFunction = (z: number) => number;
const UNIFORM: ScoreFunction = (z) => inRange(realDrawOfScore(z));
const RADIUS: ScoreFunction = (z) => discRadius(drawOfScore(z));
const DIRECTION_X: ScoreFunction = (z) => directionX(drawOfScore(z));
const DIRECTION_Y: ScoreFunction = (z) => directionY(drawOfScore(z));
const ONE: ScoreFunction = () => 1;

const TABLE_LENGTH = 4 * CELLS;
/** Tables of what laws share: quantile tables, or one of the functions above. */
const known = new WeakMap<object, Float32Array>();

/** A function of the score in cubics, a row of four coefficients a cell; absolute error ≤ 2e-7 of its range. */
function scoreTable(key: object, f: ScoreFunction): Float32Array {
  let table = known.get(key);
  if (table === undefined) {
    table = new Float32Array(TABLE_LENGTH);
    for (let cell = 0; cell < CELLS; cell++) {
      fillCubic(table, 4 * cell, (t) => f((cell + t) / CELLS_PER_UNIT - LIMIT));
    }
    known.set(key, table);
  }
  return table;
}

/** The tables that the laws of a pair need, one after the other in one array, which stays close to the processor. */
export class ScoreTables {
  data = new Float32Array(0);
  readonly #starts = new Map<object, number>();

  /** Where the table of a function begins. */
  startOf(key: object, f: ScoreFunction): number {
    let start = this.#starts.get(key);
    if (start === undefined) {
      start = this.data.length;
      const longer = new Float32Array(start + TABLE_LENGTH);
      longer.set(this.data);
      longer.set(scoreTable(key, f), start);
      this.data = longer;
      this.#starts.set(key, start);
    }
    return start;
  }
}

function valueAt(tables: Float32Array, start: number, z: number): number {
  const inside = z > LAST ? LAST : z < -LIMIT ? -LIMIT : z;
  const x = (inside + LIMIT) * CELLS_PER_UNIT;
  const cell = x | 0;
  const t = x - cell;
  const at = start + 4 * cell;
  return tables[at]! + t * (tables[at + 1]! + t * (tables[at + 2]! + t * tables[at + 3]!));
}

/** Stands for the start of a table where a law has none. */
const NONE = -1;

/** Draws whose positions are coordinates, ready to be written from scores. */
export class ScoreGroup {
  /** The numbers of the record of parts that it writes. */
  readonly targets: Int32Array;
  readonly #tables: ScoreTables;
  /** Numbers of the parts: value = a + b·table(z), or what the law itself says. Columns, for speed. */
  readonly #laws: readonly LawNumbers[];
  readonly #coordinate: Int32Array;
  readonly #target: Int32Array;
  readonly #adds: Uint8Array;
  readonly #start: Int32Array;
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  /** Points of the disc and directions: six numbers each, see the constructor. */
  readonly #points: Int32Array;

  /** @param draws of one unit each */
  constructor(draws: readonly Draw[], tables: ScoreTables) {
    const isPoint = ({ law }: Draw) => law === LAW.discPoint || law === LAW.direction;
    const parts = draws.filter((draw) => !isPoint(draw));
    this.#tables = tables;
    this.#laws = parts;
    this.#coordinate = Int32Array.from(parts, ({ position }) => position);
    this.#target = Int32Array.from(parts, ({ target }) => target);
    this.#adds = Uint8Array.from(parts, ({ adds }) => (adds ? 1 : 0));
    this.#start = Int32Array.from(parts, (draw) => startOf(tables, draw));
    this.#a = Float64Array.from(parts, ({ a }) => a);
    this.#b = Float64Array.from(parts, ({ b }) => b);
    const points = draws.filter(isPoint).map(({ law, position, target }) => {
      const hasRadius = law === LAW.discPoint;
      const radius = hasRadius ? RADIUS : ONE;
      return [
        position,
        hasRadius ? position + 1 : position,
        target,
        tables.startOf(radius, radius),
        tables.startOf(DIRECTION_X, DIRECTION_X),
        tables.startOf(DIRECTION_Y, DIRECTION_Y),
      ];
    });
    this.#points = Int32Array.from(points.flat());
    this.targets = Int32Array.from(
      new Set(draws.flatMap((draw) => [draw.target, ...(isPoint(draw) ? [draw.target + 1] : [])])),
    );
  }

  write(scores: Float64Array, into: Float64Array): void {
    const { data } = this.#tables;
    const coordinate = this.#coordinate;
    const targets = this.#target;
    const starts = this.#start;
    for (let k = 0; k < coordinate.length; k++) {
      const z = scores[coordinate[k]!]!;
      const start = starts[k]!;
      const value =
        start === NONE
          ? lawValue(this.#laws[k]!, drawOfScore(z))
          : this.#a[k]! + this.#b[k]! * valueAt(data, start, z);
      const target = targets[k]!;
      into[target] = this.#adds[k] === 1 ? into[target]! + value : value;
    }
    const points = this.#points;
    for (let k = 0; k < points.length; k += 6) {
      const radius = valueAt(data, points[k + 3]!, scores[points[k]!]!);
      const z = scores[points[k + 1]!]!;
      const target = points[k + 2]!;
      into[target] = radius * valueAt(data, points[k + 4]!, z);
      into[target + 1] = radius * valueAt(data, points[k + 5]!, z);
    }
  }
}

function startOf(tables: ScoreTables, { law, quantiles }: Draw): number {
  if (law === LAW.quantileTable) {
    return tables.startOf(quantiles, (z) => tableValue(quantiles, inRange(realDrawOfScore(z))));
  }
  return law === LAW.uniform ? tables.startOf(UNIFORM, UNIFORM) : NONE;
}
