/** Results that can be read: drawn as a page. */
import { reportPage } from '../../../src/report/page.js';
import { parseAnyResult } from '../../../src/result/read-any.js';
import { redraw } from '../../../src/studies/redraw.js';
import { Mutator } from '../mutate.js';
import type { Setup } from '../target.js';
import { readBack, results } from './result.js';

export const setUpReport: Setup = async ({ folder }) => {
  const all = await results();
  // the charting library takes its time to warm up
  for (const text of all) {
    const any = parseAnyResult(text, 'result.json');
    await reportPage([any], [any.kind === 'run' ? redraw(any.result) : undefined]);
  }
  const texts = new Mutator(all);
  return {
    make: (chance) => {
      for (let tries = 0; tries < 50; tries++) {
        const text = texts.mutate(chance);
        if (text.length < 400_000 && isReadable(text)) return text;
      }
      return chance.pick(all);
    },
    run: async (text) => {
      const any = await readBack(text, folder);
      await reportPage([any], [any.kind === 'run' ? redraw(any.result) : undefined]);
    },
  };
};

function isReadable(text: string): boolean {
  try {
    parseAnyResult(text, 'result.json');
    return true;
  } catch {
    return false;
  }
}
