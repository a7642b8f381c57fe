/** What is written into the kernel's memory before it runs: pieces laid out one after the other. */
import { InvariantError } from '../errors.js';
import { VECTOR } from './places/octets.js';

const PAGE = 65536;
/** Addresses are 32 bits; half of that is kept free of doubt about signs. */
const MOST_OCTETS = 2 ** 31;

type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array;

export class Image {
  readonly #start: number;
  #end: number;
  readonly #pieces: { readonly at: number; readonly numbers: Numbers }[] = [];
  readonly #known = new Map<Numbers, number>();

  constructor(start: number) {
    this.#start = start;
    this.#end = start;
  }

  /** Address of `octets` octets of zeros, aligned as vectors must be. */
  room(octets: number): number {
    const at = Math.ceil(this.#end / VECTOR) * VECTOR;
    this.#end = at + octets;
    return at;
  }

  /** Address of a copy of the numbers. */
  put(numbers: Numbers): number {
    const at = this.room(numbers.byteLength);
    this.#pieces.push({ at, numbers });
    return at;
  }

  /** The same, once for an array that is used in many places. */
  putOnce(numbers: Numbers): number {
    let at = this.#known.get(numbers);
    if (at === undefined) {
      at = this.put(numbers);
      this.#known.set(numbers, at);
    }
    return at;
  }

  /** `count` records of `octets` octets, one after the other, to be filled in before the image is written. */
  records(count: number, octets: number): Record[] {
    const words = new Uint32Array((count * octets) / 4);
    const view = new DataView(words.buffer);
    const at = this.put(words);
    const records: Record[] = [];
    for (let i = 0; i < count; i++) records.push(new Record(at + i * octets, view, i * octets));
    return records;
  }

  /** Clears the memory of an earlier image, grows it to hold everything, and writes it. Numbers may change until then. */
  write(memory: WebAssembly.Memory): void {
    if (this.#end > MOST_OCTETS) throw new InvariantError(`kernel memory of ${this.#end} octets`);
    const used = Math.min(this.#end, memory.buffer.byteLength) - this.#start;
    new Uint8Array(memory.buffer, this.#start, used).fill(0);
    const missing = this.#end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    const target = new Uint8Array(memory.buffer);
    for (const { at, numbers } of this.#pieces) {
      target.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), at);
    }
  }
}

/** A record of words followed by numbers, as places/ describes them. */
export class Record {
  readonly at: number;
  readonly #view: DataView;
  readonly #offset: number;

  /** @param offset where the record begins in the view */
  constructor(at: number, view: DataView, offset: number) {
    this.at = at;
    this.#view = view;
    this.#offset = offset;
  }

  word(place: number, value: number): this {
    this.#view.setInt32(this.#offset + 4 * place, value | 0, true);
    return this;
  }

  number(offset: number, value: number): this {
    this.#view.setFloat64(this.#offset + offset, value, true);
    return this;
  }
}
