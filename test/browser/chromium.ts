/**
 * A real Chromium for tests, and all that a page does in it. Without one, tests are skipped and say so; where everything
 * must hold (CI=true) they fail instead.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';

const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((folder) => [
    `${process.env[folder]}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env[folder]}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
};

const MISSING = 'no Chromium found; set MATEDPAIR_CHROMIUM to the path of one';

/** Path of the Chromium to test with, if there is one. */
export function chromiumPath(): string | undefined {
  const named = process.env['MATEDPAIR_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  return (PLACES[process.platform] ?? []).find((path) => existsSync(path));
}

export interface Look {
  /** Besides the page itself, what may be asked for: `http://127.0.0.1:8080`. */
  readonly origin?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly touch?: boolean;
  /** Pixels of the screen a pixel of the page. */
  readonly scale?: number;
  readonly script?: boolean;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors, warnings of the console, dialogs, and requests to anywhere else: a good page leaves this empty. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Chromium {
  readonly openPage: (url: string, look?: Look) => Promise<OpenPage>;
}

/** A `describe` whose tests open pages in one Chromium, started before the first and ended after the last. */
export function describeInChromium(title: string, tests: (chromium: Chromium) => void): void {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    withoutChromium(title);
    return;
  }
  describe(title, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath,
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
    });
    afterAll(() => browser?.close());
    tests({ openPage: (url, look) => openPage(browser as Browser, url, look) });
  });
}

function withoutChromium(title: string): void {
  if (process.env['CI'] === 'true') {
    it(title, () => {
      throw new Error(MISSING);
    });
    return;
  }
  console.warn(`${title}: skipped: ${MISSING}`);
  describe.skip(`${title} (skipped: ${MISSING})`, () => it('in a browser', () => {}));
}

async function openPage(browser: Browser, url: string, look: Look = {}): Promise<OpenPage> {
  const { origin, width = 1280, height = 900, scheme = 'light', touch = false, scale = 1 } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    hasTouch: touch,
    deviceScaleFactor: scale,
    javaScriptEnabled: look.script ?? true,
  });
  const faults: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (fault) => faults.push(`thrown: ${fault.error().message}`));
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (!isOwn(request.url(), url, origin)) faults.push(`request: ${request.url()}`);
  });
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    if (origin === undefined || !isWithin(socket.url().replace(/^ws/, 'http'), origin))
      faults.push(`socket: ${socket.url()}`);
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

function isOwn(request: string, page: string, origin: string | undefined): boolean {
  if (/^(data|blob|about):/.test(request)) return true;
  const [bare] = request.split('#');
  return bare === page.split('#')[0] || (origin !== undefined && isWithin(request, origin));
}

function isWithin(url: string, origin: string): boolean {
  return url === origin || url.startsWith(`${origin.replace(/\/$/, '')}/`);
}
