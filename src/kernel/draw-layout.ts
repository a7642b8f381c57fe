/**
 * The draws of a plan as the kernel reads them: groups of units, one loop each.
 *
 * Pairs share their random numbers. What several pairs would compute alike is done once for all of them: directions and
 * places in the bore, and the score of a draw in a quantile table, of which each pair makes its own a + b·v.
 */
import { fibreOffset, PINNED } from '../model/parts.js';
import type { Plan } from '../plan/types.js';
import { type Draw, LAW } from '../random/draw.js';
import { TABLE_HEADER } from '../random/quantile-table.js';
import type { Image } from './image.js';
import * as DRAW from './places/draw.js';
import { NUMBER, VECTOR } from './places/octets.js';
import * as UNIT from './places/unit.js';

/** From a table's start to where the row of an exponent field 0 would lie: ½, the first row's, has 126 of 16 rows. */
const ORIGIN = 4 * TABLE_HEADER - 126 * 16 * VECTOR;

/** Address and number of the records of some groups. */
export interface DrawList {
  readonly at: number;
  readonly count: number;
}

export interface DrawLayout {
  /** What is drawn once for all pairs. */
  readonly shared: DrawList;
  readonly pairs: readonly PairDraws[];
}

export interface PairDraws extends DrawList {
  /** Record of parts in which the directions and places in the bore stand, of all pairs that read the same streams. */
  readonly directionsAt: number;
}

/** One number to be drawn: where its draw (or score) stands, where it goes, and the draw whose parameters it has. */
interface Unit {
  readonly from: number;
  readonly to: number;
  readonly draw: Draw;
}

interface Group {
  readonly law: number;
  readonly units: Unit[];
}

/**
 * @param drawsAt address of the 32-bit draws
 * @param partsAt addresses of the records of parts of the pairs
 */
export function layOutDraws(
  plan: Plan,
  drawsAt: number,
  partsAt: readonly number[],
  image: Image,
): DrawLayout {
  const directions = directionRecords(plan, image);
  const shared = new Groups();
  const scores = new SharedScores(plan, image, shared);
  const pairs = plan.pairs.map((pair, p) => {
    const own = new Groups();
    const rounds = new Map<number, number>();
    const { at: directionsAt, owner } = directions[p] as DirectionRecord;
    for (const draw of pair.draws) {
      const round = rounds.get(draw.target) ?? 0;
      rounds.set(draw.target, round + 1);
      const isDirection = draw.law === LAW.discPoint || draw.law === LAW.direction;
      // Directions have no parameters: those of the pair with most fibres serve all that read the same streams.
      if (isDirection && p !== owner) continue;
      for (let i = 0; i < draw.count; i++) {
        const position = draw.position + i * draw.positionStep;
        const from = drawsAt + position * UNIT.DRAW_OCTETS;
        const place = (draw.target + i * draw.targetStep) * NUMBER;
        const to = place + (isDirection ? directionsAt : (partsAt[p] as number));
        const score = scores.addressOf(draw, position, from);
        if (isDirection) shared.add(0, draw.law, { from, to, draw });
        else if (score === undefined) own.add(round, draw.law, { from, to, draw });
        else own.add(round, DRAW.LAW_SCALED, { from: score, to, draw });
      }
    }
    return own;
  });
  return {
    shared: shared.write(image),
    pairs: pairs.map((own, p) => ({
      ...own.write(image),
      directionsAt: (directions[p] as DirectionRecord).at,
    })),
  };
}

interface DirectionRecord {
  readonly at: number;
  /** Pair that draws them. */
  readonly owner: number;
}

/** For each pair the record that holds its directions: one for all pairs whose directions are the same draws. */
function directionRecords(plan: Plan, image: Image): DirectionRecord[] {
  const draws = plan.pairs.map(directionDraws);
  const records = new Map<string, DirectionRecord>();
  for (const key of draws) {
    if (records.has(key)) continue;
    const fibres = plan.pairs.map(({ mechanics }, p) => (draws[p] === key ? mechanics.fibres : 0));
    const most = Math.max(...fibres);
    const at = image.room(fibreOffset(PINNED, most) * NUMBER);
    records.set(key, { at, owner: fibres.indexOf(most) });
  }
  return draws.map((key) => records.get(key) as DirectionRecord);
}

/** Which draws the directions and places in the bore of a pair are, as a text. */
function directionDraws({ draws }: Plan['pairs'][number]): string {
  return draws
    .filter(({ law }) => law === LAW.direction || law === LAW.discPoint)
    .map(({ target, position }) => `${target} ${position}`)
    .join(' ');
}

/** The scores that more than one number is made of. */
class SharedScores {
  readonly #uses = new Map<Float32Array, Map<number, number>>();
  readonly #addresses = new Map<Float32Array, Map<number, number>>();
  readonly #image: Image;
  readonly #groups: Groups;

  constructor(plan: Plan, image: Image, groups: Groups) {
    this.#image = image;
    this.#groups = groups;
    for (const draw of plan.pairs.flatMap((pair) => pair.draws)) {
      if (draw.law !== LAW.quantileTable) continue;
      const uses = mapOf(this.#uses, draw.quantiles);
      for (let i = 0; i < draw.count; i++) {
        const position = draw.position + i * draw.positionStep;
        uses.set(position, (uses.get(position) ?? 0) + 1);
      }
    }
  }

  /** Address of the score of a draw at `position`; undefined if nothing else is made of it. */
  addressOf(draw: Draw, position: number, from: number): number | undefined {
    if ((this.#uses.get(draw.quantiles)?.get(position) ?? 0) < 2) return undefined;
    const addresses = mapOf(this.#addresses, draw.quantiles);
    let at = addresses.get(position);
    if (at === undefined) {
      at = this.#image.room(VECTOR);
      addresses.set(position, at);
      this.#groups.add(0, DRAW.LAW_SCORE, { from, to: at, draw });
    }
    return at;
  }
}

function mapOf<K>(maps: Map<K, Map<number, number>>, key: K): Map<number, number> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

/**
 * Units by round, law and table. Rounds keep the order of the contributions to one number: the first ones of all
 * numbers, then the second ones, which add to them, and so on.
 */
class Groups {
  readonly #rounds: Map<unknown, Group>[] = [];

  add(round: number, law: number, unit: Unit): void {
    this.#rounds[round] ??= new Map();
    const groups = this.#rounds[round];
    const table = law === DRAW.LAW_SCALED ? undefined : tableOf(unit.draw);
    const key = table ?? law;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { law, units: [unit] });
    else group.units.push(unit);
  }

  /** Writes the records one after the other. */
  write(image: Image): DrawList {
    const groups = this.#rounds.flatMap((round, r) =>
      [...round.values()].map((group) => ({ ...group, adds: r > 0 })),
    );
    const records = image.records(groups.length, 4 * DRAW.words);
    groups.forEach(({ law, adds, units }, k) => {
      const unitRecords = image.records(units.length, UNIT.octets);
      units.forEach(({ from, to, draw }, i) => {
        unitRecords[i]
          ?.word(UNIT.drawAt / 4, from)
          .word(UNIT.targetAt / 4, to)
          .number(UNIT.a, draw.a)
          .number(UNIT.b, draw.b)
          .number(UNIT.c, draw.c);
      });
      const table = tableOf((units[0] as Unit).draw);
      const tableAt = table === undefined ? 0 : image.putOnce(table);
      records[k]
        ?.word(DRAW.law, law)
        .word(DRAW.adds, adds ? 1 : 0)
        .word(DRAW.units, units.length)
        .word(DRAW.unitsAt, unitRecords[0]?.at ?? 0)
        .word(DRAW.tableAt, tableAt)
        .word(DRAW.rowsAt, tableAt + ORIGIN);
    });
    return { at: records[0]?.at ?? 0, count: records.length };
  }
}

function tableOf({ quantiles, shares }: Draw): Float32Array | Float64Array | undefined {
  if (quantiles.length > 0) return quantiles;
  return shares.length > 0 ? shares : undefined;
}
