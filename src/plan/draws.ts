/** The random contributions of a pair as Draws with their fixed places, and the fixed ones as numbers. */
import { InvariantError } from '../errors.js';
import { fibreOffset, PINNED, partsLength, plugOffset, UNPINNED } from '../model/parts.js';
import { cholesky } from '../numerics/cholesky.js';
import { type Draw, LAW, type LawNumbers } from '../random/draw.js';
import { type InputName, inputSpec } from '../scenario/inputs.js';
import type { Contribution, Correlation } from '../scenario/types.js';
import { compileLaw } from './laws.js';
import {
  type HiddenDraw,
  lotSlot,
  ownPlace,
  PLACES,
  type Place,
  plugPlace,
  type RawLayout,
  unitCount,
} from './positions.js';

type PartName = InputName | HiddenDraw;

/** Where in the record of parts the numbers of an input stand. */
interface Target {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** Collects the contributions of one pair. */
export class DrawBuilder {
  readonly fixedParts: Float64Array;
  readonly draws: Draw[] = [];
  readonly #fibres: number;
  readonly #raw: RawLayout;

  constructor(fibres: number, raw: RawLayout) {
    this.#fibres = fibres;
    this.#raw = raw;
    this.fixedParts = new Float64Array(partsLength(fibres));
  }

  /**
   * Adds the contributions of one input of one side.
   *
   * @param factor multiplies the values (unit of the record, share of a mixed pair)
   * @param lot which of the run's lots the contributions at level lot belong to
   * @param correlations groups of the same section; an input in one gets its scores from the whole group
   */
  addInput(
    name: InputName,
    side: number,
    contributions: readonly Contribution[],
    factor: number,
    lot: number,
    correlations: readonly Correlation[],
  ): void {
    for (const contribution of contributions) {
      const compiled = compileLaw(contribution);
      if ('fixed' in compiled) {
        this.#addFixed(name, side, factor * compiled.fixed);
        continue;
      }
      const place = this.#place(name, side, contribution, lot);
      const group = correlations.find((correlation) => correlation.inputs.includes(name));
      if (group === undefined) {
        this.#push(name, side, place, factor, compiled);
      } else {
        const table = this.#correlationTable(name, side, contribution, lot, group, compiled.b);
        const { a } = compiled;
        this.#push(name, side, place, factor, { ...NOTHING, law: LAW.correlated, a, table });
      }
    }
  }

  /** Adds a draw a + b·u (or a·√u) that is no input: a pose number, a radius or an azimuth. */
  addHidden(name: HiddenDraw, side: number, law: number, a: number, b: number): void {
    this.#push(name, side, ownPlace(name, side), 1, { ...NOTHING, law, a, b });
  }

  /** Adds one uniform number of the mating. */
  addMatingUniform(part: number, position: number): void {
    const target = { first: part, step: 0, count: 1 };
    this.#add({ ...NOTHING, b: 1 }, { position, step: 0, extra: false }, target, 1);
  }

  #addFixed(name: PartName, side: number, value: number): void {
    const { first, step, count } = this.#target(name, side);
    for (let i = 0; i < count; i++) this.fixedParts[first + i * step]! += value;
  }

  #push(name: PartName, side: number, place: Place, scale: number, law: LawNumbers): void {
    this.#add(law, place, this.#target(name, side), scale);
  }

  #add(law: LawNumbers, place: Place, { first, step, count }: Target, scale: number): void {
    const offset = place.extra ? this.#raw.baseLength : 0;
    // Written out, not spread: objects of one literal have one shape, which the hot loop reads a quarter faster.
    this.draws.push({
      law: law.law,
      position: offset + place.position,
      positionStep: place.step,
      count,
      target: first,
      targetStep: step,
      scale,
      a: law.a,
      b: law.b,
      c: law.c,
      d: law.d,
      e: law.e,
      f: law.f,
      table: law.table,
    });
  }

  #target(name: PartName, side: number): Target {
    const { group, part } = PLACES[name];
    const count = unitCount(name, this.#fibres);
    if (group === 'mating') return { first: part, step: 0, count };
    if (group === 'fibre') {
      const step = fibreOffset(side, 1) - fibreOffset(side, 0);
      return { first: fibreOffset(side, 0) + part, step, count };
    }
    return { first: plugOffset(side) + part, step: 1, count };
  }

  #place(name: InputName, side: number, contribution: Contribution, lot: number): Place {
    if (contribution.level === 'lot') {
      const position = this.#raw.lotOffset + lot * this.#raw.lotLength + lotSlot(name);
      return { position, step: 0, extra: false };
    }
    return contribution.level === inputSpec(name).level
      ? ownPlace(name, side)
      : plugPlace(name, side);
  }

  /** Rows of the group's Cholesky factor times sigma: [m, (position, step, coefficient) × m]. */
  #correlationTable(
    name: InputName,
    side: number,
    contribution: Contribution,
    lot: number,
    group: Correlation,
    sigma: number,
  ): Float64Array {
    const row = cholesky(group.matrix)?.[group.inputs.indexOf(name)];
    if (row === undefined) throw new InvariantError('correlation matrix is not positive definite');
    const table = [row.length];
    row.forEach((coefficient, j) => {
      const place = this.#place(group.inputs[j] as InputName, side, contribution, lot);
      const offset = place.extra ? this.#raw.baseLength : 0;
      table.push(offset + place.position, place.step, sigma * coefficient);
    });
    return Float64Array.from(table);
  }
}

const NOTHING: LawNumbers = {
  law: LAW.uniform,
  a: 0,
  b: 0,
  c: 0,
  d: 0,
  e: 0,
  f: 0,
  table: new Float64Array(0),
};

/** Whether a contribution needs the extra stream: drawn a plug instead of a part, or an input that lives there. */
export function needsExtraStream(name: InputName, contribution: Contribution): boolean {
  if (contribution.level === 'lot' || contribution.distribution === 'fixed') return false;
  return contribution.level !== inputSpec(name).level || PLACES[name].extra === true;
}

export const SIDES = [PINNED, UNPINNED] as const;
