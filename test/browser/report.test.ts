/** A written report as its readers meet it: by pointer, finger and keyboard, light and dark, on a phone and on paper. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Download, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/helpers.js';
import { runHere } from '../cli/in-process.js';
import { describeInChromium, type Look } from './chromium.js';
import { EVIL, writeResults } from './results.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Symbols of an end face: two pins, then the fibres. */
const MARK = '.mark-symbol.role-mark path';
const FIRST_FIBRE = 2;

describeInChromium('a report in Chromium', ({ openPage }) => {
  let url = '';
  beforeAll(async () => {
    const folder = temporaryFolder();
    const results = await writeResults(folder);
    const { code, stderr } = await runHere(folder, ['report', ...results, '-o', 'page.html']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    url = pathToFileURL(join(folder, 'page.html')).href;
  });

  /** Opens the report, and lets it do nothing wrong. */
  async function inReport(look: Look, look_at: (page: Page) => Promise<void>): Promise<void> {
    const { page, faults, close } = await openPage(url, look);
    await look_at(page);
    expect(faults).toEqual([]);
    await close();
  }

  it('draws marks in every figure, asks for nothing and reports no error', () =>
    inReport({}, async (page) => {
      const marks = await page.$$eval('figure', (figures) =>
        figures.map(
          (figure) => figure.querySelectorAll('.role-mark :is(path, line, rect, use)').length,
        ),
      );
      expect(marks.length).toBeGreaterThan(14);
      expect(Math.min(...marks)).toBeGreaterThan(0);
      expect(await page.locator('h1').count()).toBe(6);
    }));

  it('shows names with markup as the text they are, and never runs them', () =>
    inReport({}, async (page) => {
      const text = await page.locator('body').innerText();
      const source = await page.locator('pre').first().textContent();
      // the name in the heading, the description below it, pairs in answers and legends, a design in the scenario
      for (const evil of [EVIL[0], EVIL[1], EVIL[3], EVIL[4], EVIL[5]])
        expect(text).toContain(evil);
      expect(source).toContain(JSON.stringify(EVIL[2]));
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('img, a, iframe, object, [onload], [onmouseover]').count()).toBe(0);
      const legend = page.locator('.role-legend-label text', { hasText: 'alert(1)' }).first();
      expect(await legend.textContent()).toBe(EVIL[0]);
      await legend.click({ force: true });
      const told: string[] = [];
      for (let i = 0; i < 30; i++) {
        await page.locator('.drawing').first().press('ArrowRight');
        told.push(await page.locator('#tip').innerText());
      }
      expect(told.some((text) => text.includes(EVIL[0]))).toBe(true);
      for (const kind of ['SVG', 'PNG'])
        await page.getByText(kind, { exact: true }).first().click();
      await page.waitForTimeout(100);
    }));

  it('tells the value at the pointer, and nothing away from marks', () =>
    inReport({}, async (page) => {
      const drawing = page.locator('.drawing[aria-label^="Fibre by fibre"]').first();
      await drawing.scrollIntoViewIfNeeded();
      const fibre = await drawing
        .locator(MARK)
        .nth(FIRST_FIBRE + 2)
        .boundingBox();
      if (fibre === null) throw new Error('no fibre');
      await page.mouse.move(fibre.x + fibre.width / 2, fibre.y + fibre.height / 2);
      const told = await page.locator('#tip').innerText();
      expect(told).toMatch(/^Fibre 3, /);
      const row = await page.$$eval('figure', (figures) => {
        const found = figures.find((figure) => figure.dataset['name']?.startsWith('end-face'));
        const cells = found?.querySelectorAll('tbody tr')[2]?.querySelectorAll('td') ?? [];
        return Array.from(cells, (cell) => cell.textContent);
      });
      expect(row[0]).toBe('3');
      const value = Number(/97 % point ([\d.]+) dB/.exec(told)?.[1]);
      expect(value).toBeGreaterThan(0);
      expect(row.some((cell) => Math.abs(Number(cell) - value) < 1e-3)).toBe(true);
      await page.mouse.move(2, 2);
      expect(await page.locator('#tip').innerText()).toBe('');
    }));

  it('tells values along a curve, as its table has them', () =>
    inReport({}, async (page) => {
      const drawing = page.locator('.drawing[aria-label^="How often"]').first();
      await drawing.scrollIntoViewIfNeeded();
      const box = await drawing.locator('svg').boundingBox();
      if (box === null) throw new Error('no drawing');
      const told: string[] = [];
      for (let y = 60; y < 300; y += 12) {
        await page.mouse.move(box.x + 200, box.y + y);
        told.push(await page.locator('#tip').innerText());
      }
      const [first = ''] = told.filter((text) => text.includes('alert(1)'));
      const [, percent, lossDb] =
        /: ([\d.]+) % of the fibres lose more than ([\d.]+) dB$/.exec(first) ?? [];
      const rows = await page.$$eval('figure[data-name=exceedance] tbody tr', (all) =>
        all.map((row) =>
          Array.from(row.querySelectorAll('td'), (cell) => Number(cell.textContent)),
        ),
      );
      const near = rows.filter(([, loss = 0]) => Math.abs(loss - Number(lossDb)) < 6e-4);
      expect(near.some(([, , share = 0]) => Math.abs(100 * share - Number(percent)) < 0.006)).toBe(
        true,
      );
    }));

  it('tells values by finger', () =>
    inReport({ touch: true, width: 375, height: 700 }, async (page) => {
      const drawing = page.locator('.drawing[aria-label^="Fibre by fibre"]').first();
      await drawing
        .locator(MARK)
        .nth(FIRST_FIBRE + 1)
        .tap({ force: true });
      expect(await page.locator('#tip').innerText()).toMatch(/^Fibre 2, /);
    }));

  it('tells values by keyboard, and has the numbers of each figure in a table', () =>
    inReport({}, async (page) => {
      const drawing = page.locator('.drawing[aria-label^="Fibre by fibre"]').first();
      await drawing.focus();
      const tip = page.locator('#tip');
      const told: string[] = [];
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) {
        await page.keyboard.press(key);
        told.push((await tip.innerText()).replace(/,.*$/, ''));
      }
      expect(told).toEqual(['Guide hole 1', 'Guide hole 2', 'Fibre 1', 'Fibre 2', 'Fibre 1']);
      await page.keyboard.press('Escape');
      expect(await tip.innerText()).toBe('');
      expect(await page.locator('figure').count()).toBe(
        await page.locator('figure details table').count(),
      );
      const summary = page.locator('figure summary').first();
      await summary.focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('figure details[open] tbody tr').first().isVisible()).toBe(true);
    }));

  it('breaks no rule of accessibility, in light and in dark', () =>
    inReport({}, async (page) => {
      await page.$$eval('details', (all) => {
        for (const details of all) details.open = true;
      });
      // by the page's own rules nothing may be added to it; the debugger may
      await page.evaluate(`${AXE}; 0`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const violations = await page.evaluate(
          `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
             violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')))`,
        );
        expect(violations, colorScheme).toEqual([]);
      }
    }));

  it('fits a phone without scrolling sideways, its letters large enough', () =>
    inReport({ width: 375, height: 812 }, async (page) => {
      const { over, wide, letters } = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - window.innerWidth,
        wide: [...document.querySelectorAll('main *')].filter(
          (node) =>
            node.getBoundingClientRect().right > window.innerWidth &&
            node.closest('.drawing, .table, pre') === null,
        ).length,
        letters: [...document.querySelectorAll('svg')].map(
          (svg) => (12 * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width,
        ),
      }));
      expect(over).toBeLessThanOrEqual(0);
      expect(wide).toBe(0);
      expect(Math.min(...letters)).toBeGreaterThan(9);
    }));

  it('prints with no figure cut', () =>
    inReport({ width: 680, height: 960, scheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const A4 = { width: 680, height: 1009 };
      const printed = await page.evaluate(() => ({
        paper: getComputedStyle(document.body).backgroundColor,
        ink: getComputedStyle(document.body).color,
        buttons: [...document.querySelectorAll('button')].filter((b) => b.offsetParent !== null)
          .length,
        figures: [...document.querySelectorAll('figure')].map((figure) => {
          const { width, height } = figure.getBoundingClientRect();
          const svg = figure.querySelector('svg')?.getBoundingClientRect();
          return {
            width,
            height,
            drawn: svg?.width ?? 0,
            kept: getComputedStyle(figure).breakInside,
          };
        }),
      }));
      expect(printed).toMatchObject({
        paper: 'rgb(255, 255, 255)',
        ink: 'rgb(0, 0, 0)',
        buttons: 0,
      });
      for (const { width, height, drawn, kept } of printed.figures) {
        expect(kept).toBe('avoid');
        expect(height).toBeLessThan(A4.height);
        expect(width).toBeLessThanOrEqual(A4.width);
        expect(drawn).toBeLessThanOrEqual(width);
      }
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    }));

  async function saved(
    page: Page,
    kind: 'svg' | 'png',
    figure: number,
  ): Promise<[Download, Buffer]> {
    const waiting = page.waitForEvent('download');
    await page.locator(`figure >> nth=${figure}`).locator(`[data-save=${kind}]`).click();
    const download = await waiting;
    return [download, readFileSync(await download.path())];
  }

  it('saves figures as SVG that stands alone and PNG of twice the size, dark on white', async () => {
    const folder = temporaryFolder();
    await inReport({ scheme: 'dark' }, async (page) => {
      for (const figure of [0, 3, 6]) {
        const size = await page
          .locator(`figure >> nth=${figure}`)
          .locator('svg')
          .evaluate((svg) => [
            Number(svg.getAttribute('width')),
            Number(svg.getAttribute('height')),
          ]);
        const [svgFile, svg] = await saved(page, 'svg', figure);
        expect(svgFile.suggestedFilename()).toMatch(/^[a-z0-9-]+\.svg$/);
        expect(svg.toString()).not.toMatch(
          /currentColor|var\(|class="(?!mark|role|background|foreground)/,
        );
        const alone = join(folder, `${figure}.svg`);
        writeFileSync(alone, svg);
        const shown = await openPage(pathToFileURL(alone).href);
        expect(shown.faults).toEqual([]);
        expect(
          await shown.page.evaluate(() => [
            document.documentElement.localName,
            document.querySelectorAll('parsererror').length,
            document.querySelectorAll('.role-mark').length > 0,
          ]),
        ).toEqual(['svg', 0, true]);
        await shown.close();
        const [pngFile, png] = await saved(page, 'png', figure);
        expect(pngFile.suggestedFilename()).toMatch(/\.png$/);
        expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(
          size.map((pixels) => Math.round(2 * (pixels as number))),
        );
      }
    });
  });

  it('is read without its script: figures, summary and numbers', () =>
    inReport({ script: false }, async (page) => {
      expect(await page.locator('figure svg').count()).toBeGreaterThan(14);
      expect(await page.locator('#tip').isVisible()).toBe(false);
    }));
});
