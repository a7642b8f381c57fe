import { readFileSync } from 'node:fs';

/** Reads one of the known-answer files of test/reference. */
export function reference<T>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`../reference/${name}.json`, import.meta.url), 'utf8'),
  ) as T;
}
