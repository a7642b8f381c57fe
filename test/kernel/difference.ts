/** Where two results differ in a bit. */

/**
 * Path of the first number, text or length that differs, with both values; undefined if nothing does. Numbers are the
 * same if Object.is says so: 0 is not −0.
 */
export function firstDifference(a: unknown, b: unknown, path = ''): string | undefined {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b) ? undefined : `${path}: ${String(a)} or ${String(b)}`;
  }
  const [left, right] = [a, b] as readonly Readonly<Record<string, unknown>>[];
  const keys = Object.keys(left as object);
  if (keys.join() !== Object.keys(right as object).join()) {
    return `${path}: ${sizeOf(a)} or ${sizeOf(b)}`;
  }
  for (const key of keys) {
    const found = firstDifference(left?.[key], right?.[key], path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sizeOf(value: object): string {
  const keys = Object.keys(value);
  return Array.isArray(value) || ArrayBuffer.isView(value) ? `${keys.length} numbers` : keys.join();
}
