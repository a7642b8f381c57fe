/** The part of the WebAssembly interface that this folder uses; Node's own types do not have it. */
declare namespace WebAssembly {
  class Module {
    constructor(octets: Uint8Array);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB. */
    grow(pages: number): number;
  }
  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module);
  }
}
