/** The kernel: matings of a run, four at a time. Twin of src/engine/reference-runner.ts. */
import * as COMPARISON from '../places/comparison';
import * as CONTACT from '../places/contact';
import * as DRAW from '../places/draw';
import * as PAIR from '../places/pair';
import * as RUN from '../places/run';
import * as SERIES from '../places/series';
import { STAGE_CONTACT, STAGE_COUPLING, STAGE_DRAWS, STAGE_POSE } from '../places/stages';
import * as STATE from '../places/state';
import * as STREAM from '../places/stream';
import { addChanges } from './changes';
import { contactEquilibrium } from './contact';
import { applyDraw } from './draw';
import { fibreLosses } from './losses';
import { addDebris, poseOf, prepareContact } from './mating';
import { multimodeLosses } from './multimode';
import { fibreOffsets, wedges } from './offsets';
import { address, word } from './record';
import { returnLosses } from './return-loss';
import { addSpread } from './spread';
import { fillDraws } from './stream';
import { addDifferences, addMatings, countKept } from './tally';

const LANES = 4;

/** First address that the loader may use. */
export function freeFrom(): usize {
  return __heap_base;
}

/**
 * Evaluates and counts the matings start … start + count − 1 for every pair of the run.
 *
 * @param lastStage where to stop each mating (places/stages.ts); only a whole mating is counted
 */
export function runMatings(run: usize, start: f64, count: i32, lastStage: i32): void {
  const pairs = address(run, RUN.pairsAt);
  const pairsEnd = pairs + word(run, RUN.pairs) * PAIR.octets;
  for (let done = 0; done < count; done += LANES) {
    const mating = start + <f64>done;
    const matings = min(LANES, count - done);
    drawMatings(run, <u64>mating);
    applyDraws(address(run, RUN.drawsAt), word(run, RUN.draws));
    for (let pair = pairs; pair < pairsEnd; pair += PAIR.octets) {
      applyDraws(address(pair, PAIR.drawsAt), word(pair, PAIR.draws));
      if (lastStage === STAGE_DRAWS) continue;
      evaluateMatings(pair, lastStage);
      if (lastStage <= STAGE_COUPLING) continue;
      addMatings(pair, mating, matings);
      if (word(pair, PAIR.returnLoss) !== 0) {
        addSpread(address(pair, PAIR.returnSpreadAt), pair, matings);
      }
    }
    if (lastStage <= STAGE_COUPLING) continue;
    let comparison = address(run, RUN.comparisonsAt);
    for (let i = word(run, RUN.comparisons); i > 0; i--) {
      addDifferences(comparison, matings);
      comparison += COMPARISON.words << 2;
    }
    let series = address(run, RUN.seriesAt);
    for (let i = word(run, RUN.series); i > 0; i--) {
      addChanges(series, matings);
      series += SERIES.words << 2;
    }
  }
  for (let pair = pairs; pair < pairsEnd; pair += PAIR.octets) countKept(pair);
}

/** The 32-bit draws of four matings. */
function drawMatings(run: usize, mating: u64): void {
  const low = i32x4.add(i32x4.splat(<i32>mating), i32x4(0, 1, 2, 3));
  const wrapped = i32x4.lt_u(low, i32x4.splat(<i32>mating));
  const high = i32x4.sub(i32x4.splat(<i32>(mating >> 32)), wrapped);
  const key0 = word(run, RUN.key0);
  const key1 = word(run, RUN.key1);
  let stream = address(run, RUN.streamsAt);
  for (let i = word(run, RUN.streams); i > 0; i--) {
    const family = word(stream, STREAM.family);
    const slot = word(stream, STREAM.slot);
    const out = address(stream, STREAM.drawsAt);
    fillDraws(key0, key1, low, high, family, slot, out, word(stream, STREAM.length));
    stream += STREAM.words << 2;
  }
}

function applyDraws(draw: usize, count: i32): void {
  for (let i = count; i > 0; i--) {
    applyDraw(draw);
    draw += DRAW.words << 2;
  }
}

/** Twin of evaluateMating for four matings, two by two. */
function evaluateMatings(pair: usize, lastStage: i32): void {
  for (let half: usize = 0; half < 2; half++) {
    const octets = half * 16;
    const parts = address(pair, PAIR.partsAt) + octets;
    const state = address(pair, PAIR.stateAt) + half * STATE.octets;
    const contact = address(pair, PAIR.contactAt) + half * CONTACT.octets;
    poseOf(pair, parts, state);
    if (lastStage === STAGE_POSE) continue;
    prepareContact(pair, parts, state, contact, octets);
    contactEquilibrium(pair, state, contact, octets);
    if (lastStage === STAGE_CONTACT) continue;
    if (word(pair, PAIR.debris) !== 0) addDebris(pair, parts, octets);
    wedges(pair, state);
    fibreOffsets(pair, parts, state, octets);
    if (word(pair, PAIR.multimode) !== 0) multimodeLosses(pair, parts, state, octets);
    else fibreLosses(pair, parts, state, octets);
    if (word(pair, PAIR.returnLoss) !== 0) returnLosses(pair, parts, octets);
  }
}
