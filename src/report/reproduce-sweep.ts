/** How to get a sweep once more. */
import type { SweepResult } from '../result/schema-sweep.js';
import { IMPLAUSIBLE, isImplausible, type Reproduction } from './reproduce.js';
import { argument } from './shell.js';

/** The file as it was written, with what options put into it and what was swept, whoever said so. */
export function sweepCommand(result: SweepResult): Reproduction {
  const { written, set, limits, points } = result;
  const warned = points.some(({ warnings }) => warnings.some((text) => /implausible/.test(text)));
  const { name } = result.scenario as { name?: string };
  // without a name of its own a scenario has that of its file
  const file = `${name !== undefined && /^\w[\w-]*$/.test(name) ? name : 'scenario'}.yaml`;
  const parts = [
    `matedpair sweep ${file}`,
    ...sweptParts(result),
    ...set.map(({ path, value }) => `--set ${argument(`${path}=${value}`)}`),
    ...limits.map((limit) => `--limit ${argument(limit)}`),
    ...(warned || isImplausible(written, limits, set) ? [IMPLAUSIBLE] : []),
  ];
  const remark = 'Files that it names must be where they were, seen from it.';
  return { file, text: written, command: parts.join(' '), remark };
}

/** Where the result does not tell the values that were listed, its points side by side. */
function sweptParts({ design, parameters, points }: SweepResult): string[] {
  const all = parameters.map((_, p) => points.map(({ values }) => values[p]?.text ?? ''));
  const sweepOf = (levels: (p: number) => string): string[] =>
    parameters.map(({ paths }, p) => `--sweep ${argument(`${paths.join(',')}=${levels(p)}`)}`);
  const ranges = parameters.flatMap(({ range }) => (range === null ? [] : [rangeText(range)]));
  if (design !== 'grid' && design !== 'list' && ranges.length === parameters.length) {
    return [...sweepOf((p) => ranges[p] ?? ''), `--design ${design} --points ${points.length}`];
  }
  const levels = all.map((texts) => [...new Set(texts)]);
  const count = levels.reduce((product, { length }) => product * length, 1);
  const isGrid = design === 'grid' && count === points.length;
  return [
    ...sweepOf((p) => ((isGrid ? levels : all)[p] ?? []).map(flowText).join(', ')),
    `--design ${isGrid ? 'grid' : 'list'}`,
  ];
}

function rangeText({ low, high, unit, isLog }: NonNullable<Range>): string {
  const end = (value: number): string => (unit === '' ? `${value}` : `${value} ${unit}`);
  return `${isLog ? 'logrange' : 'range'}(${end(low)}, ${end(high)})`;
}

type Range = SweepResult['parameters'][number]['range'];

/** A value as an item of a YAML list: in quotes where a bare text would end. What is JSON already stays. */
function flowText(text: string): string {
  return /^["[{]/.test(text) || !/[,[\]{}#:]/.test(text) ? text : JSON.stringify(text);
}
