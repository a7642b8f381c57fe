/** The summary of an allocation of tolerances. */
import type { AllocationResult } from '../result/schema-allocation.js';
import type { Colours } from './colours.js';
import { counted, decibels, duration, fixed } from './format.js';
import { shorten, table, WIDTH, wrap } from './table.js';

/** Names of tolerances get what the other columns leave of a line, but no less than this. */
const LEAST_NAME_WIDTH = 16;
/** Longest names in sentences. */
const NAME_WIDTH = 60;
const PAIR_WIDTH = 30;

type Cheapest = NonNullable<AllocationResult['cheapest']>;
type Widest = NonNullable<AllocationResult['widest']>;

export function allocationLines(result: AllocationResult, colours: Colours): string[] {
  const { bold, dim } = colours;
  const { cheapest, widest, host, pair, limits } = result;
  const { name } = result.scenario as { name: string };
  const verifications = (cheapest ?? widest)?.verifications ?? [];
  return [
    ...wrap(
      `${shorten(name, NAME_WIDTH)}, pair ${shorten(pair, PAIR_WIDTH)}: tolerances for ${limits.join(', ')}`,
    ).map(bold),
    '',
    ...(cheapest === null ? [] : cheapestLines(cheapest, colours)),
    ...(widest === null ? [] : widestLines(widest, colours)),
    ...missedLines(result),
    ...figureLines(result, colours),
    ...verifications.flatMap((verification, i) =>
      wrap(
        `Verification ${i + 1}: ${counted(result.verificationMatings, 'mating')} with fresh random numbers, ${shares(verification)}: ${verification.passed === true ? 'met' : verification.passed === null ? 'not known' : 'missed'}.`,
      ),
    ),
    ...confidenceLines(verifications.length),
    '',
    dim(
      `${duration(host.seconds)}, ${counted((cheapest ?? widest)?.evaluations ?? 0, 'evaluation')} of ${counted(result.matings, 'mating')}`,
    ),
  ];
}

function shares({ ratios, confidence }: Cheapest['verifications'][number]): string {
  const texts = ratios.map(({ value, upper }) =>
    upper === null ? fixed(value, 4) : `${fixed(value, 4)} (at most ${fixed(upper, 4)})`,
  );
  return `${texts.join(', ')} of the limit at ${fixed(100 * confidence, 1)} % confidence`;
}

function confidenceLines(verifications: number): string[] {
  if (verifications === 0) return [];
  return wrap(
    'A set that misses a limit would pass in one study of 20 at most, all verifications together.',
  );
}

function cheapestLines(cheapest: Cheapest, { bold, green, yellow }: Colours): string[] {
  const { outcome, cost, tolerances, slack } = cheapest;
  const rows = tolerances.map(
    ({ name, factor, at, cost: own, costOfOnePercent, worthOfOnePercent }) => [
      name,
      fixed(factor, 3),
      at === 'between' ? '' : at,
      fixed(own, 3),
      fixed(costOfOnePercent, 4),
      fixed(worthOfOnePercent, 4),
    ],
  );
  const header = ['tolerance', 'spread ×', '', 'cost', '1 % costs', 'is worth'];
  const [head = '', ...lines] = namedTable([header, ...rows]);
  const text = {
    verified: `The limits are met at a cost of ${fixed(cost, 3)}${slack ? ', with every tolerance at its widest' : ''}.`,
    undecided: `The limits are met in the search at a cost of ${fixed(cost, 3)}, but no independent run shows it.`,
    infeasible: 'No set of these tolerances was found that meets the limits; this comes nearest:',
  }[outcome];
  return [...wrap(text).map(outcome === 'verified' ? green : yellow), '', bold(head), ...lines, ''];
}

/** A table of at most 80 columns; names in the first one keep their ends, which tell paths apart. */
function namedTable(rows: readonly (readonly string[])[]): string[] {
  const others = table(rows.map(([, ...cells]) => ['', ...cells]));
  const width = Math.max(LEAST_NAME_WIDTH, WIDTH - Math.max(...others.map(({ length }) => length)));
  return table(rows.map(([name = '', ...cells]) => [endOf(name, width), ...cells]));
}

function endOf(name: string, width: number): string {
  const characters = Array.from(name);
  return characters.length <= width ? name : `…${characters.slice(1 - width).join('')}`;
}

function widestLines(widest: Widest, { green, yellow }: Colours): string[] {
  const { outcome, factor, slack, tooWide, monotone } = widest;
  const name = shorten(widest.name, NAME_WIDTH);
  const text = {
    verified: `${name} may spread ${fixed(factor, 4)} times as wide${slack ? ', the widest looked at' : ''}.`,
    undecided: `${name} may spread ${fixed(factor, 4)} times as wide by the search, but no independent run shows it.`,
    infeasible: `No spread of ${name} was found that meets the limits; ${fixed(factor, 3)} times comes nearest.`,
  }[outcome];
  return [
    ...wrap(text).map(outcome === 'verified' ? green : yellow),
    ...(tooWide === null ? [] : wrap(`${fixed(tooWide, 4)} times is too wide.`)),
    ...(monotone
      ? []
      : wrap('The limits do not come nearer steadily: a wider spread may meet them too.').map(
          yellow,
        )),
    '',
  ];
}

/** How far the nearest is from limits that nothing was found to meet. */
function missedLines({ cheapest, widest, limits }: AllocationResult): string[] {
  if ((cheapest ?? widest)?.outcome !== 'infeasible') return [];
  const ratios = cheapest?.targets ?? widest?.evaluation.ratios ?? [];
  const texts = ratios.map(({ value }, t) => `${fixed(value, 3)} of ${limits[t]}`);
  return wrap(`In the search it comes to ${texts.join(', ')}.`);
}

function figureLines({ before, after }: AllocationResult, { bold }: Colours): string[] {
  if (before === null || after === null) return [];
  const row = (
    title: string,
    { il, worstFibre, grade }: NonNullable<AllocationResult['before']>,
  ) => [
    title,
    ...decibels([il.mean, il.p97, worstFibre.p97]).map(({ value }) => value),
    grade.name ?? '–',
  ];
  const header = ['loss, dB', 'mean', '97 %', 'worst fibre 97 %', 'grade'];
  const [head = '', ...lines] = table([header, row('as it is', before), row('allocated', after)]);
  return [bold(head), ...lines, ''];
}
