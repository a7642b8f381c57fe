/** The draws of a pair as the kernel reads them: long loops over units instead of short ones over inputs. */
import { type Draw, LAW } from '../random/draw.js';
import { TABLE_HEADER } from '../random/quantile-table.js';
import { type Image, NUMBER, VECTOR } from './image.js';
import * as DRAW from './places/draw.js';
import * as UNIT from './places/unit.js';

/** From a table's start to where the row of an exponent field 0 would lie: ½, the first row's, has 126 of 16 rows. */
const ORIGIN = 4 * TABLE_HEADER - 126 * 16 * VECTOR;

/** Writes the records of all draws one after the other. */
export function layOutDraws(
  draws: readonly Draw[],
  drawsAt: number,
  partsAt: number,
  image: Image,
): { readonly at: number; readonly count: number } {
  const groups = groupDraws(draws);
  const records = image.records(groups.length, 4 * DRAW.words);
  records.forEach((record, k) => {
    const group = groups[k] as readonly Draw[];
    const [{ law, adds, quantiles, shares }] = group as [Draw];
    const units = image.records(
      group.reduce((sum, draw) => sum + draw.count, 0),
      UNIT.octets,
    );
    let next = 0;
    for (const draw of group) {
      for (let unit = 0; unit < draw.count; unit++) {
        const position = draw.position + unit * draw.positionStep;
        const target = draw.target + unit * draw.targetStep;
        units[next]
          ?.word(UNIT.drawAt / 4, drawsAt + position * UNIT.DRAW_OCTETS)
          .word(UNIT.targetAt / 4, partsAt + target * NUMBER)
          .number(UNIT.a, draw.a)
          .number(UNIT.b, draw.b)
          .number(UNIT.c, draw.c);
        next += 1;
      }
    }
    const table = quantiles.length > 0 ? quantiles : shares;
    const tableAt = table.length > 0 ? image.putOnce(table) : 0;
    record
      .word(DRAW.law, law)
      .word(DRAW.adds, adds ? 1 : 0)
      .word(DRAW.units, units.length)
      .word(DRAW.unitsAt, units[0]?.at ?? 0)
      .word(DRAW.tableAt, tableAt)
      .word(DRAW.rowsAt, tableAt + ORIGIN);
  });
  return { at: records[0]?.at ?? 0, count: records.length };
}

/**
 * Draws that can go together: same law, same table, same round. Rounds keep the order of the contributions to one
 * number: the first ones of all numbers, then the second ones, and so on.
 */
function groupDraws(draws: readonly Draw[]): readonly (readonly Draw[])[] {
  const rounds: Draw[][] = [];
  const seen = new Map<number, number>();
  for (const draw of draws) {
    const round = seen.get(draw.target) ?? 0;
    seen.set(draw.target, round + 1);
    rounds[round] ??= [];
    rounds[round].push(draw);
  }
  return rounds.flatMap((round) => {
    const groups = new Map<unknown, Draw[]>();
    for (const draw of round) {
      const key = draw.law === LAW.quantileTable ? draw.quantiles : keyOf(draw);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [draw]);
      else group.push(draw);
    }
    return [...groups.values()];
  });
}

/** Laws by shares have a table for every draw; all others differ in their parameters only. */
function keyOf(draw: Draw): unknown {
  return draw.shares.length > 0 ? draw.shares : draw.law;
}
