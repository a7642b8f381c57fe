/** What the studio serves, and what a report takes in to be interactive. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KERNEL_PATH } from '../engine/load-kernel.js';
import { PACKAGE_ROOT } from '../package-root.js';
import type { Start } from '../workbench/types.js';
import type { StudioFile } from './server.js';
import { STUDIO_STYLE, WORKBENCH_STYLE } from './style.js';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** The bundles of the page and of its workers, and the kernel. */
export interface BrowserCode {
  readonly page: string;
  readonly director: string;
  readonly helper: string;
  readonly kernel: Uint8Array;
}

export function browserCode(): BrowserCode {
  const bundle = (name: string): string =>
    readFileSync(join(PACKAGE_ROOT, 'dist', 'browser', `${name}.js`), 'utf8');
  return {
    page: bundle('page'),
    director: bundle('director'),
    helper: bundle('helper'),
    kernel: readFileSync(KERNEL_PATH),
  };
}

export function studioFiles(start: Start): Map<string, StudioFile> {
  const { page, director, helper, kernel } = browserCode();
  return new Map([
    ['', { type: HTML, body: PAGE }],
    ['page.js', { type: SCRIPT, body: page }],
    ['director.js', { type: SCRIPT, body: director }],
    ['helper.js', { type: SCRIPT, body: helper }],
    ['style.css', { type: 'text/css; charset=utf-8', body: STUDIO_STYLE + WORKBENCH_STYLE }],
    ['kernel.wasm', { type: 'application/wasm', body: kernel }],
    ['start.json', { type: 'application/json; charset=utf-8', body: JSON.stringify(start) }],
  ]);
}

/** Nothing of the scenario stands in it: the script puts names in as text. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>matedpair studio</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
</head>
<body>
<header><h1>matedpair studio</h1></header>
<main id="workbench">Starting…</main>
<script src="page.js"></script>
</body>
</html>
`;
