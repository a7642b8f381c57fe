/** Twin of src/statistics/worst.ts: the matings with the highest loss of any fibre, the greatest first. */
import * as FIBRE from '../places/fibre';
import * as PAIR from '../places/pair';
import {
  WORST_FIBRE,
  WORST_KEPT,
  WORST_LOSS,
  WORST_MATING,
  WORST_MEAN,
  WORST_OCTETS,
} from '../places/worst';
import { address, word } from './record';

export function offerWorst(pair: usize, mating: f64, worstDb: f64, meanDb: f64, lane: usize): void {
  const list = address(pair, PAIR.worstListAt);
  const kept = word(pair, PAIR.worstCount);
  const last = list + <usize>(WORST_KEPT - 1) * WORST_OCTETS;
  if (kept === WORST_KEPT && worstDb <= load<f64>(last, WORST_LOSS)) return;
  // Matings come in order, so the new one goes behind those of equal loss.
  let place = kept < WORST_KEPT ? kept : WORST_KEPT - 1;
  while (place > 0) {
    const before = list + <usize>(place - 1) * WORST_OCTETS;
    if (load<f64>(before, WORST_LOSS) >= worstDb) break;
    memory.copy(before + WORST_OCTETS, before, WORST_OCTETS);
    place--;
  }
  const at = list + <usize>place * WORST_OCTETS;
  store<f64>(at, worstDb, WORST_LOSS);
  store<f64>(at, meanDb, WORST_MEAN);
  store<f64>(at, mating, WORST_MATING);
  store<f64>(at, worstFibre(pair, worstDb, lane), WORST_FIBRE);
  if (kept < WORST_KEPT) store<i32>(pair + (PAIR.worstCount << 2), kept + 1);
}

/** First fibre with the worst loss; 0 if the losses are no numbers, which the tally reports. */
function worstFibre(pair: usize, worstDb: f64, lane: usize): f64 {
  const fibres = word(pair, PAIR.fibres);
  let at = address(pair, PAIR.fibresAt) + (lane << 3);
  for (let i = 0; i < fibres; i++) {
    if (load<f64>(at, FIBRE.lossDb) === worstDb) return i;
    at += FIBRE.octets;
  }
  return 0;
}
