/** The numbers of one mating on their way from parts to losses. One object is reused for every mating of a block. */
export interface MatingState {
  // §3: what the parts leave, and where the plug sits after insertion
  halfPitchMismatchUm: number;
  clearanceX1Um: number;
  clearanceY1Um: number;
  clearanceX2Um: number;
  clearanceY2Um: number;
  pressFit: boolean;
  insertionXUm: number;
  insertionYUm: number;
  turnRad: number;
  /** What unclamped pins, off their seats in their own ferrule, add to offset and turn. */
  seatShiftXUm: number;
  seatShiftYUm: number;
  seatTurnRad: number;
  // §4: load and the pose under it
  springForceN: number;
  loadXN: number;
  loadYN: number;
  netForceN: number;
  slideUm: number;
  bendUm: number;
  offsetXUm: number;
  offsetYUm: number;
  /** Turn of the plug on its pins, wherever these sit. */
  offsetTurnRad: number;
  // §5: end-face contact
  slopeXRad: number;
  slopeYRad: number;
  approachUm: number;
  tiltXRad: number;
  tiltYRad: number;
  contactVisits: number;
  contacts: number;
  // §10
  debrisGapUm: number;
}

export function createMatingState(): MatingState {
  return {
    halfPitchMismatchUm: 0,
    clearanceX1Um: 0,
    clearanceY1Um: 0,
    clearanceX2Um: 0,
    clearanceY2Um: 0,
    pressFit: false,
    insertionXUm: 0,
    insertionYUm: 0,
    turnRad: 0,
    seatShiftXUm: 0,
    seatShiftYUm: 0,
    seatTurnRad: 0,
    springForceN: 0,
    loadXN: 0,
    loadYN: 0,
    netForceN: 0,
    slideUm: 0,
    bendUm: 0,
    offsetXUm: 0,
    offsetYUm: 0,
    offsetTurnRad: 0,
    slopeXRad: 0,
    slopeYRad: 0,
    approachUm: 0,
    tiltXRad: 0,
    tiltYRad: 0,
    contactVisits: 0,
    contacts: 0,
    debrisGapUm: 0,
  };
}
