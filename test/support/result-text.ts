/** Texts of result files with what tests do not compare, or want to change, taken out. */

/** Text of a result with its `host` taken out, and the hash that only files have. */
export function withoutHost(json: string): string {
  const { host, contentHash, ...rest } = JSON.parse(json) as Record<string, unknown>;
  if (host === undefined) throw new Error('no host');
  return JSON.stringify(rest);
}

/** The file of a result without the hash of its content, so that a change to it is not seen. */
export function withoutHash(json: string): string {
  return json.replace(/\n {2}"contentHash": "[0-9a-f]{64}",/, '');
}
