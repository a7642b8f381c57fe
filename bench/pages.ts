/** What reports cost, and how soon the studio's curve follows a slider. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { loadScenario, ScenarioText } from '../src/scenario/index.js';
import { parseSweepParameter } from '../src/scenario/read-sweep.js';
import type { Case } from '../src/studies/bench/rounds.js';
import { simulate } from '../src/studies/simulate.js';
import { sweep } from '../src/studies/sweep/sweep.js';
import { studioFiles } from '../src/studio/files.js';
import { openStudio } from '../src/studio/server.js';
import { startOf } from '../src/workbench/start.js';
import { MAIN, nodeSeconds } from './command-line.js';
import { onePairText, SHIPPED } from './scenarios.js';

const PARAMETERS = [
  'designs.plug.spring.force=range(8 N, 12 N)',
  'mating.sideLoad=range(0 N, 4 N)',
];

/**
 * Whole processes, and the sizes of what they write.
 *
 * @param count the first so many cases
 */
export function reportCases(folder: string, points: number, count: number): Case[] {
  const cases = [
    reportCase(`a report of a sweep of ${points} points`, folder, 'sweep', async (file) => {
      const text = new ScenarioText(onePairText('mtp-standard', 12, 1000));
      const parameters = PARAMETERS.map(parseSweepParameter);
      writeFileSync(
        file,
        JSON.stringify(await sweep(text, { design: 'sobol', points, parameters })),
      );
    }),
    reportCase('a report of MPO against MTP, 5 pairs', folder, 'run', async (file) => {
      const { scenario } = loadScenario(SHIPPED);
      writeFileSync(file, JSON.stringify(await simulate(scenario)));
    }),
  ];
  return cases.slice(0, count);
}

function reportCase(
  group: string,
  folder: string,
  name: string,
  write: (file: string) => Promise<void>,
): Case {
  return {
    quantities: [
      { group, name: 'report', unit: 's' },
      { group, name: 'report --figures', unit: 's' },
      { group, name: 'the page', unit: 'kB' },
      { group, name: 'the page with --interactive', unit: 'kB' },
    ],
    measure: async () => {
      const result = join(folder, `${name}.json`);
      const page = join(folder, `${name}.html`);
      await write(result);
      const report = (...more: readonly string[]): number =>
        nodeSeconds([MAIN, 'report', result, '-o', page, ...more]);
      const kilobytes = (): number => statSync(page).size / 1e3;
      const interactive = report('--interactive') > 0 ? kilobytes() : 0;
      return [report(), report('--figures', join(folder, name)), kilobytes(), interactive];
    },
  };
}

const CHROMIUM = process.env['MATEDPAIR_CHROMIUM'] ?? '/usr/bin/chromium';
export const STUDIO_NOTE = existsSync(CHROMIUM)
  ? []
  : ['No Chromium, no figures of the studio: set MATEDPAIR_CHROMIUM.'];

/** In a real browser, where there is one: MPO against MTP, 12 fibres. */
export function studioCases(): Case[] {
  if (!existsSync(CHROMIUM)) return [];
  const group = 'the studio, MPO against MTP with 12 fibres';
  return [
    {
      quantities: [
        { group, name: 'from opening the page to its first curve', unit: 's' },
        { group, name: 'from a slider to its curve, median of 40', unit: 's' },
        { group, name: 'the longest of the 40', unit: 's' },
        { group, name: 'between curves while a slider is dragged', unit: 's' },
        { group, name: 'from a slider to a million matings a design', unit: 's' },
      ],
      measure: async () => {
        const { scenario } = loadScenario(SHIPPED);
        const studio = await openStudio(studioFiles(startOf(scenario, SHIPPED)), 0);
        const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
        const browser = await chromium.launch({ executablePath: CHROMIUM, args });
        try {
          return await follow(await browser.newPage(), studio.url);
        } finally {
          await browser.close();
          await studio.close();
        }
      },
    },
  ];
}

/** What stands in the page: times in it, in ms, from the event to the frame after the change. */
const IN_PAGE = `
  const slider = document.querySelector('input[type=range]');
  const curve = () => document.querySelector('[data-name=exceedance] .mark-line path')?.getAttribute('d');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const move = (to) => {
    slider.value = String(to);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const from = Number(slider.value);
  const step = Number(slider.step);
`;

async function follow(page: Page, url: string): Promise<number[]> {
  const opened = performance.now();
  await page.goto(url);
  await page.waitForSelector('[data-name=exceedance] .mark-line path');
  const first = performance.now() - opened;
  await page.waitForSelector('[data-last=true]');
  const single: number[] = await page.evaluate(`(async () => {${IN_PAGE}
    const times = [];
    for (let i = 0; i < 40; i++) {
      const last = curve();
      const began = performance.now();
      move(from + step * (i % 2 === 0 ? 1 + i : 0));
      while (curve() === last) await frame();
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return times;
  })()`);
  const between: number = await page.evaluate(`(async () => {${IN_PAGE}
    let seen = 0;
    let last = curve();
    const began = performance.now();
    for (let i = 0; performance.now() < began + 2000; i++) {
      move(from + step * (i % 50));
      await frame();
      if (curve() !== last) seen++;
      last = curve();
    }
    return 2000 / seen;
  })()`);
  await page.waitForSelector('[data-current=true][data-last=true]');
  const all: number = await page.evaluate(`(async () => {${IN_PAGE}
    const began = performance.now();
    move(from + 7 * step);
    await frame();
    while (document.querySelector('[data-current=true][data-last=true]') === null) await frame();
    return performance.now() - began;
  })()`);
  const sorted = [...single].sort((a, b) => a - b);
  return [first, sorted[20]!, sorted[39]!, between, all].map((ms) => ms / 1000);
}
