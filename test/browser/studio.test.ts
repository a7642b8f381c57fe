/** The studio in a real browser: sliders move the curves, undo goes back, the file that it writes gives the same numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadScenario, parseScenario } from '../../src/scenario/index.js';
import { studioFiles } from '../../src/studio/files.js';
import { openStudio, type Studio } from '../../src/studio/server.js';
import { stagesFor } from '../../src/workbench/stages.js';
import { startOf } from '../../src/workbench/start.js';
import { folderWithScenario } from '../cli/helpers.js';
import { runHere } from '../cli/in-process.js';
import { describeInChromium } from './chromium.js';

let studio: Studio;
let origin: string;

async function openWith(text: string): Promise<Studio> {
  return openStudio(studioFiles(startOf(parseScenario(text).scenario, 'x')), 0);
}

beforeAll(async () => {
  const { scenario } = loadScenario('scenarios/mpo-vs-mtp.yaml');
  studio = await openStudio(studioFiles(startOf(scenario, 'mpo-vs-mtp.yaml')), 0);
  origin = new URL(studio.url).origin;
});
afterAll(() => studio.close());

/** Matings a design of the stages that two designs of 12 fibres are run in. */
const [, , SETTLED, LAST] = stagesFor(24) as [number, number, number, number];

/**
 * Waits for an answer to what stands on the page, of any number of matings or of so many. Answers of a stage are the same
 * whenever it is reached. The stage before the last stays for seconds, until the last is done, which takes most of the time.
 */
async function answered(page: Page, matings?: number): Promise<void> {
  const ofStage = matings === undefined ? '' : `:has([data-matings="${matings}"])`;
  await page.waitForSelector(`body:has([data-current=true])${ofStage}`);
}

const numbersOf = (page: Page): Promise<string[]> =>
  page.$$eval('.numbers data', (all) => all.map((data) => (data as HTMLDataElement).value));
const curveOf = (page: Page): Promise<string | null> =>
  page.$eval('[data-name=exceedance] .mark-line path', (path) => path.getAttribute('d'));
const SLIDER = 'mpo: guide pins, diameter, mean, slider';

describeInChromium('the studio', ({ openPage }) => {
  it('shows curves, verdict and a mating, and moves them with a slider', async () => {
    const { page, faults, close } = await openPage(studio.url, { origin });
    await answered(page, SETTLED);
    expect(await page.textContent('.verdict')).toMatch(/97 % of the fibres of mpo lose less than/);
    expect(await page.locator('figure.live svg').count()).toBe(3);
    const [curve, numbers] = [await curveOf(page), await numbersOf(page)];
    const faces = await page.innerHTML('[data-name^=mating] svg');
    await page.getByLabel(SLIDER).fill('699.1');
    await answered(page);
    expect(await curveOf(page)).not.toBe(curve);
    const changed = await numbersOf(page);
    // The first column is that of mpo; mtp stays, but for the number of matings.
    expect(Number(changed[0])).toBeLessThan(Number(numbers[0]) - 0.005);
    expect(await page.innerHTML('[data-name^=mating] svg')).not.toBe(faces);
    await answered(page, SETTLED);
    expect((await numbersOf(page))[1]).toBe(numbers[1]);
    await page.keyboard.press('Control+z');
    await answered(page, SETTLED);
    expect(await numbersOf(page)).toEqual(numbers);
    expect(await curveOf(page)).toBe(curve);
    await page.getByRole('button', { name: 'Redo' }).click();
    await answered(page, LAST);
    await page.waitForSelector('[data-last=true]');
    expect((await numbersOf(page))[0]).not.toBe(numbers[0]);
    expect(faults).toEqual([]);
    await close();
  });

  it('undoes a drag at once, and goes on showing curves while it lasts', async () => {
    const { page, faults, close } = await openPage(studio.url, { origin });
    await answered(page);
    const slider = await page.getByLabel(SLIDER).boundingBox();
    const [x, y] = [slider!.x + slider!.width / 2, slider!.y + slider!.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    const seen = new Set<string | null>();
    for (let i = 1; i <= 30; i++) {
      await page.mouse.move(x + i, y);
      await page.waitForTimeout(30);
      seen.add(await curveOf(page));
    }
    await page.mouse.up();
    expect(seen.size).toBeGreaterThanOrEqual(5);
    expect(await page.getByLabel(SLIDER).inputValue()).not.toBe('698.6');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByLabel(SLIDER).inputValue()).toBe('698.6');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });

  it('writes a file with which run gives its numbers, to the last bit', async () => {
    const { page, faults, close } = await openPage(studio.url, { origin });
    await answered(page);
    await page.getByLabel('mpo: bores, position error X, sigma, um').fill('0.2');
    await page.getByLabel('mpo: bores, position error X, sigma, um').blur();
    await page.getByText('Mounting', { exact: true }).click();
    await page.getByLabel('mtp: mounting, type').selectOption('fixed');
    await answered(page, SETTLED);
    const numbers = await numbersOf(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download scenario' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('mpo-vs-mtp-workbench.yaml');
    const folder = folderWithScenario();
    await file.saveAs(join(folder, 'studio.yaml'));
    const { code } = await runHere(folder, ['run', 'studio.yaml', '--out', 'r.json']);
    expect(code).toBe(0);
    const { pairs, matings } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
    expect(matings).toBe(SETTLED);
    const [mpo, mtp] = pairs;
    const of = ({ il, worstFibre, gapFraction }: typeof mpo) => [
      ...[il.mean, il.p50, il.p97, worstFibre.p97, gapFraction].map(({ value }) => String(value)),
    ];
    const column = (side: number) => [0, 1, 2, 3, 5].map((row) => numbers[2 * row + side]);
    expect(column(0)).toEqual(of(mpo));
    expect(column(1)).toEqual(of(mtp));
    const { designs } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')).scenario;
    expect(designs.mtp.mounting).toMatchObject({ type: 'fixed', sideLoadTransmission: 1 });
    expect(designs.mpo.bores.positionErrorX).toMatchObject({ sigma: '0.2 um', upper: '0.6 um' });
    expect(faults).toEqual([]);
    await close();
  });

  it('takes laws as text, other designs, and tells what cannot be read', async () => {
    const { page, faults, close } = await openPage(studio.url, { origin });
    await answered(page);
    const law = page.getByLabel('mpo: guide holes, diameter, distribution');
    await page
      .locator('.law:has([aria-label="mpo: guide holes, diameter, distribution"]) summary')
      .click();
    await law.fill('699.5 um ± three sigma');
    await law.blur();
    expect(await page.getByRole('alert').textContent()).toMatch(/±/);
    await law.fill('699.5 um ± 0.2 um uniform');
    await law.blur();
    await page.waitForSelector('.problem', { state: 'detached' });
    await answered(page);
    expect(await page.getByLabel('mpo: guide holes, diameter, middle, um').inputValue()).toBe(
      '699.5',
    );
    await page.getByLabel('Design in place of mtp').selectOption('mtp-elite-multimode');
    await answered(page);
    expect(await page.textContent('.verdict')).toMatch(/mtp-elite-multimode lose less/);
    expect(await page.textContent('.verdict')).not.toContain('at the 97 % point:');
    await page.getByRole('button', { name: 'copy of mpo' }).click();
    await answered(page);
    const numbers = await numbersOf(page);
    expect(numbers[0]).toBe(numbers[1]);
    for (const name of ['distribution', 'causes', 'fibres']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.waitForSelector('figure.live svg');
    }
    await page.getByRole('button', { name: 'worst of mpo', exact: true }).click();
    await answered(page);
    expect(faults).toEqual([]);
    await close();
  });

  it('loses nothing that was typed while older questions are being answered', async () => {
    const { page, faults, close } = await openPage(studio.url, { origin });
    await answered(page);
    const law = 'mpo: bores, row bias X, distribution';
    await page.locator(`.law:has([aria-label="${law}"]) summary`).click();
    for (let i = 1; i <= 8; i++) {
      await page.getByLabel(SLIDER).fill(String(698.6 + 0.05 * i));
      await page.waitForTimeout(12 * i);
      await page.getByLabel(law).fill(`0 um ± 0.${i} um uniform`);
      await page.getByLabel(law).blur();
      const width = page.getByLabel('mpo: bores, row bias X, half range, um');
      await expect.poll(() => width.inputValue(), { timeout: 10_000 }).toBe(`0.${i}`);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it('offers no file of what could not be run, tells whose mistake it is, and judges limits', async () => {
    const limited = await openWith(`designs: { mtp: { extends: mtp-standard } }
pairs: { mtp: { pinned: mtp, unpinned: mtp, limits: [p97 <= 0.1 dB] } }`);
    const look = { origin: new URL(limited.url).origin };
    const { page, faults, close } = await openPage(limited.url, look);
    await answered(page);
    expect(await page.textContent('.limits')).toContain('mtp: p97 <= 0.1 dB: missed');
    await page.getByLabel('mtp-2: guide pins, diameter, mean, um').fill('9');
    await page.getByLabel('mtp-2: guide pins, diameter, mean, um').blur();
    expect(await page.getByRole('alert').textContent()).toMatch(/^mtp-2: guidePins.diameter/);
    expect(await page.textContent('.status')).toContain('Not run');
    expect(await page.getByRole('button', { name: 'Download scenario' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await answered(page, SETTLED);
    expect(await page.locator('.problem').count()).toBe(0);
    await page.locator('figure.live summary').first().click();
    expect(await page.locator('figure.live table').first().locator('tr').count()).toBeGreaterThan(
      20,
    );
    for (const kind of ['SVG', 'PNG']) {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: `${kind} of How often` }).click();
      expect((await saved).suggestedFilename()).toBe(`exceedance.${kind.toLowerCase()}`);
    }
    expect(faults).toEqual([]);
    await close();
    await limited.close();
  });

  it('answers what-if questions in a report that stands alone', async () => {
    const folder = folderWithScenario();
    const run = ['run', 'small.yaml', '--trials', '500', '--workers', '0', '--out', 'r.json'];
    await runHere(folder, run);
    const { code } = await runHere(folder, ['report', 'r.json', '-o', 'r.html', '--interactive']);
    expect(code).toBe(0);
    const look = { scheme: 'dark' } as const;
    const url = pathToFileURL(join(folder, 'r.html')).href;
    const { page, faults, close } = await openPage(url, look);
    await answered(page, SETTLED);
    // live figures have no list of marks, which the script of the report reads from its own
    const live = page.locator('figure.live .drawing').first();
    await live.hover();
    await live.press('ArrowRight');
    await page.locator('figure:not(.live) .drawing').first().hover();
    const numbers = await numbersOf(page);
    const slider = page.getByLabel(/guide pins, diameter, mean, slider/).first();
    await slider.fill(String(Number(await slider.inputValue()) + 0.3));
    await answered(page, SETTLED);
    const changed = await numbersOf(page);
    expect(changed[0]).not.toBe(numbers[0]);
    expect(changed[1]).toBe(numbers[1]);
    // the report around it looks and prints as without
    expect(await page.$eval('h1', (head) => getComputedStyle(head).fontSize)).toBe('25.6px');
    await page.emulateMedia({ media: 'print' });
    const { backgroundColor, color } = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return { backgroundColor: style.backgroundColor, color: style.color };
    });
    expect({ backgroundColor, color }).toEqual({
      backgroundColor: 'rgb(255, 255, 255)',
      color: 'rgb(0, 0, 0)',
    });
    expect(faults).toEqual([]);
    await close();
  });

  it('shows names with markup as text', async () => {
    const evil =
      '</script><script>alert(1)</script><img src=x onerror=alert(2)> --> javascript:alert(3)';
    const other = await openWith(
      JSON.stringify({
        name: evil,
        designs: { [evil]: { extends: 'mtp-elite', description: evil } },
        pairs: { [evil]: { pinned: evil, unpinned: evil, limits: ['p97 <= 0.2 dB'] } },
      }),
    );
    const { page, faults, close } = await openPage(other.url, {
      origin: new URL(other.url).origin,
    });
    await answered(page);
    expect(await page.textContent('.verdict')).toContain(evil);
    expect(await page.locator('.results img, .inputs img, .workbench script').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
    await other.close();
  });

  it('at 375 pixels in light and 1280 in dark: nothing to scroll sideways, nothing for axe', async () => {
    const { page, faults, close } = await openPage(studio.url, { origin, width: 375 });
    await answered(page);
    await page.$$eval('.group', (all) => {
      for (const group of all) group.setAttribute('open', '');
    });
    await page.evaluate(`${axe.source}; 0`);
    for (const [width, colorScheme] of [
      [375, 'light'],
      [1280, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
      const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    expect(faults).toEqual([]);
    await close();
  });
});
