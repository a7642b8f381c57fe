/** Claims, what is predicted, and whether both agree. */
import type { ClaimResult } from '../result/schema.js';
import type { Colours } from './colours.js';
import { decibels, fixed } from './format.js';
import { shorten, table } from './table.js';

const CLAIM_WIDTH = 33;

export function claimLines(claims: readonly ClaimResult[], colours: Colours): string[] {
  const rows = claims.map((claim) => {
    const { says, estimate, verdict } = claim;
    const [{ value, interval } = { value: '', interval: '' }] = decibels([estimate], 2, 4);
    return [shorten(says, CLAIM_WIDTH), endsText(claim), value, interval, verdict];
  });
  const colour = {
    agrees: colours.green,
    disagrees: colours.red,
    undecided: colours.yellow,
  };
  const [head = '', ...lines] = table([['claim', 'dB', 'predicted', '', 'verdict'], ...rows], 1);
  return [
    colours.bold(head),
    ...lines.map((line, i) => colour[claims[i]?.verdict ?? 'undecided'](line)),
  ];
}

function endsText({ atLeastDb, atMostDb }: ClaimResult): string {
  const text = (db: number) => fixed(db, Math.abs(db) >= 10 ? 0 : 2);
  if (atLeastDb === null) return `≤ ${text(atMostDb ?? 0)}`;
  if (atMostDb === null) return `≥ ${text(atLeastDb)}`;
  return `${text(atLeastDb)} to ${text(atMostDb)}`;
}
