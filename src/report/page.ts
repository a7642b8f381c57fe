/**
 * One self-contained HTML page from results: no network, no scripts but a short one for hovering and downloads, and those of an
 * insert. The page's policy knows each by its hash and lets no other run.
 */
import { createHash } from 'node:crypto';
import type { AnyResult } from '../result/read-any.js';
import type { Redrawn } from '../result/redrawn.js';
import type { Figure } from './figure.js';
import { figuresOf } from './figures/index.js';
import { furtherTables } from './further-tables.js';
import { headlineOf } from './headline.js';
import { inPage } from './in-page.js';
import { draw } from './render.js';
import { reproduction } from './reproduce.js';
import { PAGE_SCRIPT } from './script.js';
import { PAGE_STYLE } from './style.js';
import { summaryTable } from './summary-table.js';
import { breakable, columnTexts, escapeHtml, groupedText, jsonAttribute } from './text.js';

/** Something with scripts of its own at the end of a page. */
export interface PageInsert {
  readonly style: string;
  readonly html: string;
  /** Runs when all of the page is there; holds no `</script`. */
  readonly script: string;
  /** What the script may do beyond running, for the page's policy: sources of scripts, and further directives. */
  readonly policy: { readonly scripts: string; readonly more: string };
}

/**
 * The report of some results, one after the other.
 *
 * @param redrawn what was computed again of each, to be drawn
 */
export async function reportPage(
  results: readonly AnyResult[],
  redrawn: readonly (Redrawn | undefined)[] = [],
  insert?: PageInsert,
): Promise<string> {
  const parts: string[] = [];
  for (const [i, any] of results.entries()) parts.push(await section(any, `r${i + 1}`, redrawn[i]));
  const title = results.map((any) => headlineOf(any).title).join(', ');
  const scripts = [...(insert === undefined ? [] : [insert.script]), PAGE_SCRIPT];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="matedpair">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts, insert)}">
<title>${escapeHtml(title)} – matedpair</title>
<style>${PAGE_STYLE}${insert?.style ?? ''}</style>
</head>
<body>
<main>
${parts.join('\n')}
${insert?.html ?? ''}
</main>
<div id="tip" role="status"></div><div id="spot" hidden></div>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

function policy(scripts: readonly string[], insert: PageInsert | undefined): string {
  const hashes = scripts.map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  const sources = [...hashes, ...(insert === undefined ? [] : [insert.policy.scripts])].join(' ');
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${sources}`,
    ...(insert === undefined ? [] : [insert.policy.more]),
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const KINDS: Readonly<Record<AnyResult['kind'], string>> = {
  run: 'Run',
  sweep: 'Sweep',
  sensitivity: 'Sensitivity',
  allocation: 'Allocation of tolerances',
  exceedance: 'Rare losses',
};

async function section(
  any: AnyResult,
  prefix: string,
  redrawn: Redrawn | undefined,
): Promise<string> {
  const { title, question, answers } = headlineOf(any);
  const figures = figuresOf(any, redrawn);
  const drawn: string[] = [];
  for (const [i, figure] of figures.entries())
    drawn.push(await figureHtml(figure, `${prefix}f${i + 1}`));
  return `<section>
<p class="kind">${KINDS[any.kind]}</p>
<h1>${escapeHtml(title)}</h1>
<p class="question">${escapeHtml(question)}</p>
<ul class="answers">${answers.map((answer) => `<li>${escapeHtml(answer)}</li>`).join('')}</ul>
${tableHtml(summaryTable(any), `Summary of ${title}`)}
${furtherTables(any)
  .map(
    (further) =>
      `<h2>${escapeHtml(further.title)}</h2>\n${tableHtml(further.table, `${further.title} of ${title}`)}\n`,
  )
  .join('')}${redrawn?.note ? `<p class="left-out">${escapeHtml(redrawn.note)}</p>` : ''}
${drawn.join('\n')}
${provenance(any)}
</section>`;
}

async function figureHtml(figure: Figure, prefix: string): Promise<string> {
  const { svg, hover } = await draw(figure);
  const title = escapeHtml(figure.title);
  return `<figure id="${prefix}" data-name="${escapeHtml(figure.id)}" aria-labelledby="${prefix}t">
<h2 id="${prefix}t">${breakable(figure.title)}</h2>
<div class="drawing" tabindex="0" role="group" aria-label="${title}: arrow keys tell its values" data-marks='${jsonAttribute(hover)}'>${inPage(svg, figure.title, prefix)}</div>
<figcaption>${escapeHtml(figure.note)}</figcaption>
<p class="tools"><button type="button" data-save="svg" aria-label="SVG of ${title}">SVG</button> <button type="button" data-save="png" aria-label="PNG of ${title}">PNG</button></p>
<details><summary>Numbers</summary>${tableHtml(figure.table, `Numbers of ${figure.title}`)}</details>
</figure>`;
}

/** Rows beyond which a table is cut on paper. */
const LONG = 40;
/** Characters of text beyond which a cell breaks its lines. */
const WORDY = 24;

function tableHtml({ columns, rows }: Figure['table'], label: string): string {
  const isNumeric = columns.map((_, c) => rows.some((row) => typeof row[c] === 'number'));
  const head = columns
    .map(
      (column, c) => `<th scope="col"${isNumeric[c] ? ' class="n"' : ''}>${breakable(column)}</th>`,
    )
    .join('');
  const texts = columns.map((_, c) => columnTexts(rows.map((row) => row[c] ?? null)));
  const body = rows
    .map((row, r) => {
      const cells = row.map((value, c) => cellHtml(texts[c]?.[r] ?? '', typeof value === 'number'));
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  const long = rows.length > LONG ? ' long' : '';
  return `<div class="table${long}" tabindex="0" role="group" aria-label="${escapeHtml(label)}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function cellHtml(text: string, isNumber: boolean): string {
  const kind = isNumber ? ' class="n"' : text.length > WORDY ? ' class="t"' : '';
  return `<td${kind}>${escapeHtml(text)}</td>`;
}

function provenance(any: AnyResult): string {
  const { generator, seed, scenarioHash, scenario, leftOut, host } = any.result;
  const { file, text, command, remark } = reproduction(any);
  // of rare losses the scenario's number is not used
  const matings =
    any.kind === 'exceedance' ? undefined : (scenario as { matings?: number }).matings;
  return `<p class="made">Made by matedpair ${escapeHtml(generator.version)}, seed “${escapeHtml(seed)}”, ${matings === undefined ? '' : `${groupedText(matings)} matings, `}scenario ${escapeHtml(scenarioHash.slice(0, 12))}; ${escapeHtml(dayAndMinute(host.startedAt))}, ${escapeHtml(host.cpu)}, Node ${escapeHtml(host.node)}.</p>
<details><summary>Scenario, and how to reproduce this</summary>
<p>Save the scenario below as ${file} and give <code>${escapeHtml(command)}</code>: all numbers come out the same.${remark === '' ? '' : ` ${escapeHtml(remark)}`}</p>
<p>Left out of the model: ${escapeHtml(leftOut.join(', '))}.</p>
<pre tabindex="0">${escapeHtml(text)}</pre>
</details>`;
}

/** `2026-11-21 22:36 UTC`. */
function dayAndMinute(iso: string): string {
  return `${iso.slice(0, 10)}\u00a0${iso.slice(11, 16)}\u00a0UTC`;
}
