/** The kernel's memory: pieces laid out side by side, and sized once. */
import { afterEach, describe, expect, it } from 'vitest';
import { loadKernel } from '../../src/engine/load-kernel.js';
import { lossShiftsDb } from '../../src/engine/reference-runner.js';
import { Image } from '../../src/kernel/image.js';
import { Kernel } from '../../src/kernel/kernel.js';
import { compilePlan } from '../../src/plan/compile.js';
import { MTP, scenarioFrom } from '../support/scenarios.js';

const PAGE = 65536;

/** A memory of some pages that counts how often it grows. */
function memoryOf(pages: number) {
  let buffer = new ArrayBuffer(pages * PAGE);
  let grown = 0;
  const memory: WebAssembly.Memory = {
    get buffer() {
      return buffer;
    },
    grow: (more) => {
      grown += 1;
      buffer = new ArrayBuffer(buffer.byteLength + more * PAGE);
      return buffer.byteLength / PAGE - more;
    },
  };
  return { memory, grown: () => grown };
}

describe('an image', () => {
  it('lays out its pieces one behind the other, at multiples of 16', () => {
    const image = new Image(1001);
    const sizes = [1, 24, 16, 0, 100];
    const places = sizes.map((octets) => image.room(octets));
    expect(places).toEqual([1008, 1024, 1056, 1072, 1072]);
  });

  it('grows the memory once, by what is missing, and writes what was put', () => {
    const image = new Image(100);
    const at = image.put(Float64Array.of(1.5, -2));
    const room = image.room(3 * PAGE);
    const [first, second] = image.records(2, 16);
    second?.word(1, -7).number(8, 0.25);
    const { memory, grown } = memoryOf(1);
    image.write(memory);
    expect(grown()).toBe(1);
    expect(memory.buffer.byteLength).toBe(4 * PAGE);
    expect([...new Float64Array(memory.buffer, at, 2)]).toEqual([1.5, -2]);
    expect(new Uint8Array(memory.buffer, room, 3 * PAGE).every((octet) => octet === 0)).toBe(true);
    expect(second?.at).toBe((first?.at ?? 0) + 16);
    expect(new Int32Array(memory.buffer, second?.at, 2)[1]).toBe(-7);
    expect(new Float64Array(memory.buffer, second?.at, 2)[1]).toBe(0.25);
  });

  it('leaves a memory that is large enough alone', () => {
    const { memory, grown } = memoryOf(2);
    const image = new Image(0);
    image.room(2 * PAGE);
    image.write(memory);
    expect(grown()).toBe(0);
  });

  it('holds an array once, however often it is used, but not one that only looks like it', () => {
    const image = new Image(0);
    const table = Float32Array.of(1, 2, 3, 4);
    const at = image.putOnce(table);
    expect(image.putOnce(table)).toBe(at);
    expect(image.putOnce(table.slice())).not.toBe(at);
  });

  it('refuses more than 2 GiB', () => {
    const image = new Image(0);
    image.room(2 ** 31 + 1);
    expect(() => image.write(memoryOf(1).memory)).toThrow('kernel memory of 2147483649 octets');
  });
});

describe('the kernel', () => {
  const { Instance } = WebAssembly;
  afterEach(() => {
    Object.assign(WebAssembly, { Instance });
  });

  it('sizes its memory once, before the first mating', () => {
    let memory: WebAssembly.Memory | undefined;
    class Watched extends Instance {
      constructor(module: WebAssembly.Module) {
        super(module);
        memory = this.exports['memory'] as WebAssembly.Memory;
      }
    }
    Object.assign(WebAssembly, { Instance: Watched });
    const plan = compilePlan(scenarioFrom({ ...MTP, fibres: 72 }, 'memory', 1));
    const kernel = new Kernel(loadKernel(), plan, lossShiftsDb(plan));
    const buffer = memory?.buffer;
    // Room for the histograms of 72 fibres, 80 kB each, and not much more.
    expect(buffer?.byteLength).toBeGreaterThan(72 * 80_000);
    expect(buffer?.byteLength).toBeLessThan(2 * 72 * 80_000);
    for (const matings of [1, 1000, 4000]) {
      kernel.run(0, matings);
      kernel.take(matings);
      // A memory that grows gets another buffer.
      expect(memory?.buffer).toBe(buffer);
    }
  });
});
