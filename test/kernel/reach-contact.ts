/** Which branches of the contact solver a mating takes: found by solving its contact again. */
import { contactEquilibrium } from '../../src/model/contact.js';
import {
  type ContactLoad,
  type ContactScratch,
  createContactScratch,
  solveForSet,
  visit,
} from '../../src/model/contact-point.js';
import type { PairMechanics } from '../../src/model/mating.js';
import type { Workspace } from '../../src/model/workspace.js';
import type { See } from './reach.js';

export const CONTACT_BRANCHES = [
  ...['no force', 'contact in 1 visit', 'contact in more than 3', 'contact in more than 20'],
  ...['contact with a step back', 'nothing presses at a visit'],
  ...['some pairs press, some gape', 'all pairs press'],
];

export function lookAtContact(see: See, workspace: Workspace, pair: PairMechanics): void {
  const { contactVisits, contacts } = workspace.state;
  see('no force', contactVisits === 0);
  see('contact in 1 visit', contactVisits === 1);
  see('contact in more than 3', contactVisits > 3);
  see('contact in more than 20', contactVisits > 20);
  see('some pairs press, some gape', contacts > 0 && contacts < pair.fibres);
  see('all pairs press', contacts === pair.fibres);
  const steppedBack = contactVisits > 0 && newtonVisits(workspace, pair) !== contactVisits;
  see('contact with a step back', steppedBack);
  see('nothing presses at a visit', seesNothingPress(workspace, pair));
}

const scratches = new Map<number, ContactScratch>();

/** Points that Newton's method alone would visit: another number than the solver's where this took a step back. */
function newtonVisits({ contactLoad, freeGapUm }: Workspace, pair: PairMechanics): number {
  const scratch = scratches.get(pair.fibres) ?? createContactScratch(pair.fibres);
  scratches.set(pair.fibres, scratch);
  const { point } = scratch;
  point.a = unloadedTilt(contactLoad, contactLoad.restTiltXRad, contactLoad.freeTiltXRad);
  point.b = unloadedTilt(contactLoad, contactLoad.restTiltYRad, contactLoad.freeTiltYRad);
  point.d = Infinity;
  visit(pair, freeGapUm, contactLoad, scratch);
  for (let visits = 1; visits < 1000; visits++) {
    solveForSet(pair, freeGapUm, contactLoad, point);
    if (!visit(pair, freeGapUm, contactLoad, scratch)) return visits;
  }
  return Infinity;
}

function unloadedTilt(load: ContactLoad, rest: number, free: number): number {
  if (Math.abs(rest) <= free) return rest;
  const { pinAngularStiffness: pins, mountingAngularStiffness: mounting } = load;
  return (mounting * rest + Math.sign(rest) * pins * free) / (mounting + pins);
}

/** Whether the solver comes by a point where no pair presses: solved again, with a watch on the number that do. */
function seesNothingPress(
  { contactLoad, freeGapUm, state }: Workspace,
  pair: PairMechanics,
): boolean {
  const scratch = createContactScratch(pair.fibres);
  const counts: number[] = [];
  Object.defineProperty(scratch.point, 'count', {
    get: () => counts.at(-1),
    set: (count: number) => counts.push(count),
  });
  const gapUm = new Float64Array(pair.fibres);
  contactEquilibrium(pair, freeGapUm, contactLoad, scratch, { ...state }, gapUm);
  return counts.includes(0);
}
