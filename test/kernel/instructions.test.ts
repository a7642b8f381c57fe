/**
 * The kernel has no instruction whose result may depend on the machine: no relaxed SIMD, among which are the only fused
 * multiplications and additions of WebAssembly.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Binaryen from 'binaryen';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.js';

let binaryen: typeof Binaryen;
/** Binaryen tells on the console why a module is not valid. */
const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
afterAll(() => told.mockRestore());

beforeAll(async () => {
  binaryen = (await import('binaryen')).default;
});

/** Everything that the kernel may use. */
function plainFeatures(): number {
  const { SIMD128, MutableGlobals, SignExt, NontrappingFPToInt, BulkMemory, BulkMemoryOpt } =
    binaryen.Features;
  return SIMD128 | MutableGlobals | SignExt | NontrappingFPToInt | BulkMemory | BulkMemoryOpt;
}

function isValid(octets: Uint8Array, features: number): boolean {
  const module = binaryen.readBinaryWithFeatures(octets, features);
  try {
    // What the module says of itself does not count.
    module.setFeatures(features);
    return module.validate() === 1;
  } finally {
    module.dispose();
  }
}

/** A module of one function: 0 to 2, then the vector instruction, of the three vectors that it is given. */
function moduleWith(...instruction: number[]): Uint8Array {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const v128 = 0x7b;
  const type = [1, 8, 1, 0x60, 3, v128, v128, v128, 1, v128];
  const body = [0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, ...instruction, 0x0b];
  const code = [10, body.length + 2, 1, body.length, ...body];
  return Uint8Array.from([...header, ...type, 3, 2, 1, 0, ...code]);
}

describe('the kernel', () => {
  const octets = readFileSync(join(PACKAGE_ROOT, 'dist', 'kernel.wasm'));

  it('is valid without relaxed SIMD', () => {
    expect(isValid(octets, plainFeatures())).toBe(true);
    expect(told).not.toHaveBeenCalled();
  });

  it('uses vectors of doubles, and never asks for more memory', () => {
    const module = binaryen.readBinaryWithFeatures(octets, plainFeatures());
    const text = module.emitText();
    module.dispose();
    expect(text).toMatch(/f64x2\.mul/);
    expect(text).not.toMatch(/relaxed|memory\.grow/);
  });
});

describe('twins', () => {
  it('a module that fuses a multiplication and an addition is refused', () => {
    const relaxedMadd = moduleWith(0x87, 0x02);
    expect(isValid(relaxedMadd, plainFeatures())).toBe(false);
    expect(String(told.mock.calls)).toContain('enable-relaxed-simd');
    expect(isValid(relaxedMadd, plainFeatures() | binaryen.Features.RelaxedSIMD)).toBe(true);
  });

  it('one that selects bits is not', () => {
    expect(isValid(moduleWith(0x52), plainFeatures())).toBe(true);
  });
});
