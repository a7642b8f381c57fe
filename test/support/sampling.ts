/** Samples of a scenario's distribution, drawn as a run draws them: real streams, compiled law, record of parts. */
import { compileLaw } from '../../src/plan/laws.js';
import { applyDraws, type Draw, type LawNumbers } from '../../src/random/draw.js';
import { fillDraws, STREAM_FAMILY, streamKey } from '../../src/random/stream.js';
import type { Distribution } from '../../src/scenario/types.js';

/** Units (say, fibres) a mating, each with a draw of its own. */
const UNITS = 50;

/** `count` values of a law from the streams of the matings 0, 1, … of a seed; count is a multiple of 50. */
export function sampleLaw(law: LawNumbers, count: number, seed: string): Float64Array {
  const places = { position: 0, positionStep: 1, count: UNITS, target: 0, targetStep: 1 };
  const draws: Draw[] = [{ ...places, adds: false, ...law }];
  const sample = new Float64Array(count);
  forEachMating(count, seed, (raw, parts) => applyDraws(draws, raw, parts), sample);
  return sample;
}

/** `count` values of a distribution of a scenario. */
export function sampleDistribution(
  distribution: Distribution,
  count: number,
  seed: string,
): Float64Array {
  const compiled = compileLaw(distribution);
  if ('fixed' in compiled) throw new Error('a fixed value is no sample');
  return sampleLaw(compiled, count, seed);
}

/** `count` values of u = (x + ½)/2³², put through f: for deliberately wrong samplers. */
export function sampleUniforms(
  count: number,
  seed: string,
  f: (u: number) => number,
): Float64Array {
  const sample = new Float64Array(count);
  const fill = (raw: Uint32Array, parts: Float64Array) => {
    for (let i = 0; i < UNITS; i++) parts[i] = f((raw[i]! + 0.5) / 2 ** 32);
  };
  forEachMating(count, seed, fill, sample);
  return sample;
}

function forEachMating(
  count: number,
  seed: string,
  fill: (raw: Uint32Array, parts: Float64Array) => void,
  sample: Float64Array,
): void {
  const key = streamKey(seed);
  const raw = new Uint32Array(UNITS);
  const parts = new Float64Array(UNITS);
  for (let mating = 0; mating * UNITS < count; mating++) {
    fillDraws(key, mating, STREAM_FAMILY.base, raw, 0, UNITS);
    parts.fill(0);
    fill(raw, parts);
    sample.set(parts, mating * UNITS);
  }
}
