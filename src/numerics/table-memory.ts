/** Memory for tables of a plan. */

/**
 * Memory that threads share, so that sending a plan to one costs next to nothing. Browsers offer it to isolated pages only:
 * elsewhere each thread gets a copy.
 */
export function tableMemory(octets: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined'
    ? new ArrayBuffer(octets)
    : new SharedArrayBuffer(octets);
}
