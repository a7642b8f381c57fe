/** Exact arithmetic with numbers of any size: what sums are held against. */

/** A number in units of 2^-1074, exactly. */
export function inUnits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -size : size;
}

/** The nearest number to so many units, ties to even: by the text, which the language rounds correctly. */
export function nearest(units: bigint): number {
  const size = units < 0n ? -units : units;
  // 2^-1074 = 5^1074 · 10^-1074
  const text = `${size * 5n ** 1074n}e-1074`;
  return units < 0n ? -Number(text) : Number(text);
}
