/** Claims: what somebody says of a pair, or of the difference of two, to hold the prediction against. */
import { z } from 'zod';
import type { Context } from './context.js';
import { parseSubject } from './limits.js';
import { readPlainNumber } from './plain-number.js';
import { childOf, quote, type RawNode } from './raw.js';
import { description, documented, name, quantity } from './schema-parts.js';
import { didYouMean, oneOf } from './suggest.js';
import type { Claim, LimitSubject } from './types.js';

/** Statistics of which differences are known. */
export const DIFFERENCE_STATISTICS = ['mean', 'sd', 'p50', 'p97', 'p99'] as const;

const MOST_CLAIMS = 100;

export const claimsSchema = documented(
  z
    .array(
      z.strictObject(
        {
          says: documented(description.clone(), { description: 'The claim in words.' }),
          of: documented(
            z.union([name, z.tuple([name, name])], {
              error: 'the name of a pair, or two: [first, second]',
            }),
            { description: 'A pair, or two whose difference is claimed, second minus first.' },
          ),
          statistic: documented(z.string({ error: 'a statistic such as p97' }).max(100), {
            description:
              'As in a limit, such as p97, returnLoss.p3 or largestChange.p97; of a difference mean, sd, p50, p97 or p99.',
          }),
          atMost: documented(quantity('dB').clone(), { description: 'Upper end.' }).optional(),
          atLeast: documented(quantity('dB').clone(), { description: 'Lower end.' }).optional(),
        },
        { error: 'a claim: says, of, statistic, atMost or atLeast' },
      ),
      { error: 'a list of claims' },
    )
    .max(MOST_CLAIMS),
  {
    id: 'claims',
    description: 'What is said of pairs; results tell whether the prediction agrees.',
  },
);

export function readClaims(
  root: RawNode,
  pairs: readonly string[],
  context: Context,
): (Claim | undefined)[] {
  const node = childOf(root, 'claims');
  if (node?.kind !== 'list' || context.problems.isBad(node)) return [];
  return node.items.map((item) => readClaim(item, pairs, context));
}

function readClaim(node: RawNode, pairs: readonly string[], context: Context): Claim | undefined {
  if (node.kind !== 'map' || context.problems.isBadWithin(node)) return undefined;
  const of = readOf(childOf(node, 'of'), pairs, context);
  const subject = readSubject(childOf(node, 'statistic'), of?.length === 2, context);
  const [atMostDb, atLeastDb] = ['atMost', 'atLeast'].map((key) => {
    const level = childOf(node, key);
    return level === undefined ? null : readPlainNumber(level, 'dB', key, context);
  });
  if (of === undefined || subject === undefined) return undefined;
  if (atMostDb === undefined || atLeastDb === undefined) return undefined;
  if (atMostDb === null && atLeastDb === null) {
    context.problems.add(node.place, 'a claim without atMost and atLeast', {
      found: quote(node),
      expected: 'atMost: 0.5 dB, atLeast: 60 dB, or both',
    });
    return undefined;
  }
  if (atMostDb !== null && atLeastDb !== null && atLeastDb > atMostDb) {
    context.problems.add(node.place, 'a claim whose atLeast lies above its atMost', {
      found: `atLeast: ${atLeastDb} dB, atMost: ${atMostDb} dB`,
      expected: 'atLeast below atMost',
    });
    return undefined;
  }
  const says = childOf(node, 'says');
  return {
    says: says?.kind === 'scalar' ? String(says.value) : '',
    of,
    ...subject,
    atLeastDb,
    atMostDb,
  };
}

function readOf(
  node: RawNode | undefined,
  pairs: readonly string[],
  context: Context,
): Claim['of'] | undefined {
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  const names = items.map((item) => {
    const text = item.kind === 'scalar' ? String(item.value) : '';
    if (pairs.includes(text)) return text;
    context.problems.add(item.place, `claims: there is no pair "${quote(item)}"`, {
      found: quote(item),
      expected: oneOf(pairs),
      suggestion: didYouMean(text, pairs),
    });
    return undefined;
  });
  const [first, second] = names;
  if (first === undefined || names.includes(undefined)) return undefined;
  if (first === second && node !== undefined) {
    context.problems.add(node.place, 'claims: the difference of a pair with itself', {
      found: quote(node),
      expected: 'two different pairs',
    });
    return undefined;
  }
  return second === undefined ? [first] : [first, second];
}

function readSubject(
  node: RawNode | undefined,
  isDifference: boolean,
  context: Context,
): { subject: LimitSubject; statistic: string } | undefined {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const statistic = node.value.trim();
  const found = () => quote(node);
  const read = () => parseSubject(statistic);
  const subject = context.problems.attempt(node.place, 'claims', found, read);
  if (subject === undefined) return undefined;
  const isKnown = isDifference
    ? DIFFERENCE_STATISTICS.some((known) => known === statistic)
    : 'statistic' in subject;
  if (isKnown) return { subject, statistic };
  context.problems.add(node.place, `claims: ${statistic} is not known of this`, {
    found: found(),
    expected: isDifference ? oneOf(DIFFERENCE_STATISTICS) : 'a statistic in dB',
  });
  return undefined;
}
