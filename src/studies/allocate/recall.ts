/** What an allocation has found so far, kept call by call: a search that goes on asks the same again, in the same order. */
import { z } from 'zod';
import type { Journal } from '../../parts/journal.js';

const keptSchema = z.object({ points: z.array(z.array(z.number())), found: z.unknown() });

/**
 * What was found at these points before, or what `find` finds there, which is then kept.
 *
 * @param key of the call
 * @param points factors, which JSON keeps to the last bit
 */
export async function recall<T>(
  journal: Journal | undefined,
  key: string,
  points: readonly (readonly number[])[],
  schema: z.ZodType<T>,
  find: () => Promise<T>,
): Promise<T> {
  const kept = keptSchema.safeParse(journal?.get(key)?.value).data;
  if (kept !== undefined && JSON.stringify(kept.points) === JSON.stringify(points)) {
    const known = schema.safeParse(kept.found);
    if (known.success) return known.data;
  }
  const found = await find();
  journal?.put(key, null, () => ({ points, found }));
  return found;
}
