/** What a PNG file says of itself. */
import { inflateSync } from 'node:zlib';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

export interface Png {
  readonly width: number;
  readonly height: number;
  /** Bytes of the picture, a filter byte and four a pixel in each row. */
  readonly data: Buffer;
}

/** Reads a file of eight bits a channel with transparency; throws if it is anything else or broken. */
export function readPng(file: Buffer): Png {
  if (SIGNATURE.some((byte, i) => file[i] !== byte)) throw new Error('no PNG');
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') packed.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (file[24] !== 8 || file[25] !== 6)
    throw new Error('not of eight bits, red, green, blue, alpha');
  const data = inflateSync(Buffer.concat(packed));
  if (data.length !== height * (1 + 4 * width)) throw new Error('cut off');
  return { width, height, data };
}
