/** A workbench inside a report: page, workers, kernel and start in one file, for `file:` addresses too. */
import { InvariantError } from '../errors.js';
import type { PageInsert } from '../report/page.js';
import type { Start } from '../workbench/types.js';
import { browserCode } from './files.js';
import { WORKBENCH_STYLE } from './style.js';

/** What goes into the page of a report. */
export function embeddedWorkbench(start: Start): PageInsert {
  const { page, director, helper, kernel } = browserCode();
  if (/<!--|<\/?script/i.test(page)) throw new InvariantError('the bundle would end its element');
  return {
    style: WORKBENCH_STYLE,
    // Workers and the kernel come from the page itself.
    policy: { scripts: "'wasm-unsafe-eval'", more: 'worker-src blob:' },
    html: `<section class="what-if">
<h1>What if</h1>
<p class="question">Two designs, run again in this page as their inputs are moved.</p>
<div id="workbench" data-setup="embedded">Starting…</div>
</section>
${data('start', start)}
${data('director', director)}
${data('helper', helper)}
${data('kernel', Buffer.from(kernel).toString('base64'))}`,
    script: page,
  };
}

/** Data as JSON that no HTML can begin in. */
function data(name: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="matedpair-${name}">${json}</script>`;
}
