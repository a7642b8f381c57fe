/** Where the 32-bit draws of one mating lie in one array: the streams that a plan reads, one after the other. */
import { STREAM_FAMILY } from '../random/stream.js';
import { type StreamName, streamLength } from './positions.js';

interface RawStream {
  readonly family: number;
  readonly slot: number;
  readonly from: number;
  readonly length: number;
}

export interface RawLayout {
  readonly streams: readonly RawStream[];
  readonly length: number;
}

/** Gives each stream its room when it is first read, so that no stream is drawn for nothing. */
export class RawStreams {
  readonly #fibres: number;
  readonly #known = new Map<string, RawStream>();
  #length = 0;

  /** @param fibres the most that any plug has */
  constructor(fibres: number) {
    this.#fibres = fibres;
  }

  /** Index of the first draw of a stream. */
  startOf(stream: StreamName, slot: number): number {
    const key = `${stream} ${slot}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      const length = streamLength(stream, this.#fibres);
      known = { family: STREAM_FAMILY[stream], slot, from: this.#length, length };
      this.#known.set(key, known);
      this.#length += length;
    }
    return known.from;
  }

  layout(): RawLayout {
    return { streams: [...this.#known.values()], length: this.#length };
  }
}
