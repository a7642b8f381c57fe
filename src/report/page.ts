/** One self-contained HTML page from results: no network, no scripts but a short one for downloads. */
import type { AnyResult } from '../result/read-any.js';
import type { Figure } from './figure.js';
import { figuresOf } from './figures/index.js';
import { headlineOf } from './headline.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page-parts.js';
import { renderSvg } from './render.js';
import { summaryTable } from './summary-table.js';
import { cellText, escapeHtml } from './text.js';
import { INK } from './theme.js';

/** The report of some results, one after the other. */
export async function reportPage(results: readonly AnyResult[]): Promise<string> {
  const parts: string[] = [];
  for (const [i, any] of results.entries()) parts.push(await section(any, `r${i + 1}`));
  const title = results.map((any) => headlineOf(any).title).join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="matedpair">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:">
<title>${escapeHtml(title)} – matedpair</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

async function section(any: AnyResult, prefix: string): Promise<string> {
  const { title, question, answers } = headlineOf(any);
  const figures = figuresOf(any);
  const drawn: string[] = [];
  for (const [i, figure] of figures.entries())
    drawn.push(await figureHtml(figure, `${prefix}f${i + 1}`));
  return `<section aria-labelledby="${prefix}">
<h1 id="${prefix}">${escapeHtml(title)}</h1>
<p class="question">${escapeHtml(question)}</p>
<ul class="answers">${answers.map((answer) => `<li>${escapeHtml(answer)}</li>`).join('')}</ul>
${tableHtml(summaryTable(any))}
${drawn.join('\n')}
${provenance(any)}
</section>`;
}

async function figureHtml(figure: Figure, prefix: string): Promise<string> {
  const svg = inPage(await renderSvg(figure), figure, prefix);
  return `<figure id="${prefix}" data-name="${escapeHtml(figure.id)}">
<h2>${escapeHtml(figure.title)}</h2>
<div class="drawing" tabindex="0" role="group" aria-label="${escapeHtml(figure.title)}">${svg}</div>
<figcaption>${escapeHtml(figure.note)}</figcaption>
<p class="tools"><button type="button" data-save="svg">SVG</button> <button type="button" data-save="png">PNG</button></p>
<details><summary>Numbers</summary>${tableHtml(figure.table)}</details>
</figure>`;
}

/** Takes the ink of the page, and names that no other figure of the page has. */
function inPage(svg: string, { title }: Figure, prefix: string): string {
  return svg
    .replaceAll(INK, 'currentColor')
    .replaceAll(/ id="([^"]+)"/g, ` id="${prefix}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`)
    .replace('<svg ', `<svg role="img" aria-label="${escapeHtml(title)}" `);
}

function tableHtml({ columns, rows }: Figure['table']): string {
  const isNumeric = columns.map((_, c) => rows.some((row) => typeof row[c] === 'number'));
  const head = columns
    .map(
      (column, c) =>
        `<th scope="col"${isNumeric[c] ? ' class="n"' : ''}>${escapeHtml(column)}</th>`,
    )
    .join('');
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((value) => `<td${typeof value === 'number' ? ' class="n"' : ''}>${escapeHtml(cellText(value))}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function provenance({ kind, result }: AnyResult): string {
  const { generator, seed, scenarioHash, scenario, leftOut, host } = result;
  const command = kind === 'run' ? 'run' : kind;
  const matings = (scenario as { matings?: number }).matings;
  return `<details class="provenance"><summary>Scenario, and how to reproduce this</summary>
<p>matedpair ${escapeHtml(generator.version)}, seed “${escapeHtml(seed)}”, ${matings} matings, scenario ${escapeHtml(scenarioHash.slice(0, 12))}; ${escapeHtml(host.startedAt)}, ${escapeHtml(host.cpu)}, Node ${escapeHtml(host.node)}.</p>
<p>Save the scenario below as scenario.json and give <code>matedpair ${escapeHtml(command)} scenario.json</code>: all numbers come out the same.</p>
<p>Left out of the model: ${escapeHtml(leftOut.join(', '))}.</p>
<pre>${escapeHtml(JSON.stringify(scenario, null, 2))}</pre>
</details>`;
}
