/** What an allocation has found so far, kept call by call: a search that goes on asks the same again, in the same order. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Journal } from '../../parts/journal.js';
import type { KeptUnder } from './evaluation.js';

const keptSchema = z.object({ points: z.array(z.array(z.number())), found: z.unknown() });

/**
 * What was found at these points before, or what `find` finds there, which is then kept. `find` may keep under the key that it is
 * told, which no other points have, what it is about.
 *
 * @param key of the call
 * @param points factors, which JSON keeps to the last bit
 */
export async function recall<T>(
  journal: Journal | undefined,
  key: string,
  points: readonly (readonly number[])[],
  schema: z.ZodType<T>,
  find: (under: KeptUnder) => Promise<T>,
): Promise<T> {
  const kept = keptSchema.safeParse(journal?.get(key)?.value).data;
  const text = JSON.stringify(points);
  if (kept !== undefined && JSON.stringify(kept.points) === text) {
    const known = schema.safeParse(kept.found);
    if (known.success) return known.data;
  }
  const hash = createHash('sha256').update(text).digest('hex');
  const found = await find({ journal, key: `${key}, points ${hash}, variants` });
  journal?.put(key, null, () => ({ points, found }));
  return found;
}
