/** Tables for people: on a terminal and in Markdown. */
import { type BenchTable, benchNotes, benchTables } from '../src/cli/bench-tables.js';
import { fixed } from '../src/cli/format.js';
import { table } from '../src/cli/table.js';
import type { BenchReport } from '../src/studies/bench/report.js';
import type { Comparison } from './compare.js';

export function reportText(report: BenchReport, markdown: boolean): string {
  const parts = [report.scenario, ...benchNotes(report)];
  const tables = benchTables(report).map((one) => tableText(one, markdown));
  return [...tables, ...parts.map((line) => (markdown ? `- ${line}` : line)), ''].join('\n');
}

function tableText({ title, rows }: BenchTable, markdown: boolean): string {
  if (!markdown) return [title, ...table(rows), ''].join('\n');
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line([title, ...head.slice(1)]),
    `|---|${'---:|'.repeat(head.length - 1)}`,
    ...body.map(line),
    '',
  ].join('\n');
}

export function comparisonText(comparisons: readonly Comparison[], markdown: boolean): string {
  const groups = [...new Set(comparisons.map(({ group }) => group))];
  return groups
    .map((title) => {
      const rows = comparisons
        .filter(({ group }) => group === title)
        .map(({ name, ratio, noise, verdict }) => [
          name,
          `${fixed(ratio, 3)} ×`,
          `±${fixed(100 * noise, 1)} %`,
          verdict,
        ]);
      return tableText({ title, rows: [['', 'new : old', 'noise', ''], ...rows] }, markdown);
    })
    .join('\n');
}
