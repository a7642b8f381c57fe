/** Reports: one page, no network, no markup from names, the numbers of the result, the same page every time. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { figuresOf } from '../../src/report/figures/index.js';
import { headlineOf } from '../../src/report/headline.js';
import { inPage } from '../../src/report/in-page.js';
import { reportPage } from '../../src/report/page.js';
import { renderSvg } from '../../src/report/render.js';
import type { AnyResult } from '../../src/result/read-any.js';
import { ScenarioText } from '../../src/scenario/index.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { allocationStudy } from '../../src/studies/allocate/study.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweep } from '../../src/studies/sweep/sweep.js';

const EVIL = '</script><script>alert(1)</script>';
const text = new ScenarioText(`name: "report <b>"
description: 'a --> b </style> javascript:alert(1) ${EVIL}'
designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs:
  mtp: { pinned: mtp, unpinned: mtp, limits: [p97 <= 0.6 dB] }
  '${EVIL}': { pinned: mpo, unpinned: mpo }
matings: 2000`);
const { scenario } = text.parse();
const workers = 0;
let results: AnyResult[] = [];

beforeAll(async () => {
  const alone = { ...scenario, pairs: scenario.pairs.slice(0, 1), comparisons: [] };
  const grid = ['mating.friction=range(0.1, 0.2, 3)', 'designs.mtp.mounting.type=floating, fixed'];
  results = [
    { kind: 'run', result: await simulate(scenario, { workers }) },
    {
      kind: 'sweep',
      result: await sweep(
        text,
        { design: 'grid', points: null, parameters: grid.map(parseSweepParameter) },
        { workers },
      ),
    },
    { kind: 'sensitivity', result: await sensitivity(alone, { workers }) },
    {
      kind: 'allocation',
      result: await allocationStudy(alone, {
        pair: 'mtp',
        question: 'widest',
        tolerances: parseTolerances(
          '--widest',
          ['designs.mtp.bores.positionError'],
          ['mtp', 'mpo'],
          { least: 0.5, most: 2 },
        ),
        workers,
      }),
    },
    {
      kind: 'exceedance',
      result: await exceedance(alone, { aboveDb: [0.5, 1], workers, maxReplicates: 20 }),
    },
  ];
});

describe('figures of experiments and links', () => {
  it('show steps, and lanes with their budget', async () => {
    const stress = new ScenarioText(`designs: { e: { extends: mtp-elite } }
pairs: { e: { pinned: e, unpinned: e } }
matings: 300
experiment: { type: stress, steps: { room: {}, hot: { temperature: 85 degC } } }
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [e], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }, { transmit: 3, receive: 3 }] }`);
    const result = await simulate(stress.parse().scenario, { workers });
    const figures = figuresOf({ kind: 'run', result });
    const byId = (id: string) => figures.find((figure) => figure.id === id);
    expect(byId('steps-e')?.table.rows.map(([step]) => step)).toEqual([
      ...['room', 'hot', 'largest of all steps'],
    ]);
    expect(byId('lanes-link')?.table.rows.map((row) => row.slice(0, 3))).toEqual([
      [1, 1, 1],
      [2, 3, 3],
      ['worst', null, null],
    ]);
    for (const figure of figures) expect(await renderSvg(figure)).toMatch(/^<svg/);
  });

  it('show a grid as a map whose cells are averages over the rest', () => {
    const [, any] = results as [AnyResult, AnyResult];
    if (any.kind !== 'sweep') throw new Error('not a sweep');
    const maps = figuresOf(any).filter(({ id }) => id.startsWith('heat-map'));
    expect(maps).toHaveLength(2);
    const cells = maps[0]?.table.rows ?? [];
    expect(cells).toHaveLength(6);
    any.result.points.forEach(({ pairs }, i) => {
      expect(cells[i]?.[3]).toBeCloseTo(pairs[0]?.il.p97.value as number, 4);
    });
  });
});

describe('a report', () => {
  it('is one page without network, markup from names, or a script but its own', async () => {
    const page = await reportPage(results);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('alert(1)</script>');
    expect(page).not.toMatch(/<b>/);
    const outside = page
      .replaceAll(/xmlns(:xlink)?="[^"]*"|'http:\/\/www\.w3\.org\/2000\/svg'/g, '')
      .replace(/<pre>[\s\S]*?<\/pre>/g, '');
    expect(outside).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<(img|link|iframe|object|embed)\b| on\w+=/);
    expect(page.length).toBeLessThan(1_500_000);
    expect((await reportPage(results)) === page).toBe(true);
  });

  it('lets no script run but its own, known by their hashes', async () => {
    const insert = {
      ...{ style: '', html: '<script type="application/json">{}</script>', script: 'start();' },
      policy: { scripts: "'wasm-unsafe-eval'", more: 'worker-src blob:' },
    };
    for (const page of [
      await reportPage(results.slice(-1)),
      await reportPage(results.slice(-1), [], insert),
    ]) {
      const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
      const [sources = ''] = /script-src [^;]*/.exec(policy) ?? [];
      expect(sources).not.toContain('unsafe-inline');
      const scripts = Array.from(
        page.matchAll(/<script>([\s\S]*?)<\/script>/g),
        ([, code]) => code,
      );
      const hashes = scripts.map(
        (code) =>
          `'sha256-${createHash('sha256')
            .update(code as string)
            .digest('base64')}'`,
      );
      expect(sources.split(' ').filter((source) => source.startsWith("'sha256-"))).toEqual(hashes);
      expect(policy).toContain("base-uri 'none'; form-action 'none'");
      const isInserted = page.includes('start();');
      expect(scripts).toHaveLength(isInserted ? 2 : 1);
      expect(policy.includes("'wasm-unsafe-eval'; worker-src blob:")).toBe(isInserted);
    }
  });

  it.each(['US$&', "$` $' $1", 'a role="x" id="y" url(#z)', '#1b1f24', 'a font-family="b"'])(
    'shows the name %s as it is',
    async (name) => {
      const [figure] = figuresOf(results[0] as AnyResult) as [Figure];
      const spec = { ...figure.spec, title: name } as Figure['spec'];
      const svg = inPage(await renderSvg({ ...figure, spec }), name, 'f');
      const escaped = name.replaceAll('&', '&amp;');
      expect(svg.includes(`>${escaped}</text>`)).toBe(true);
      expect(svg).toMatch(/^<svg role="img" aria-label="/);
      const [, label] = /aria-label="([^"]*)"/.exec(svg) ?? [];
      expect(label).toBe(escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;'));
    },
  );

  it('says the question, and the answer with its interval', () => {
    const [run] = results as [AnyResult];
    const { question, answers } = headlineOf(run);
    expect(question).toContain('a --> b');
    expect(answers[0]).toMatch(
      /^97 % of the fibres of mtp lose less than 0\.\d{3} dB \(0\.\d{3} to 0\.\d{3}\): grade (\w+|\w or \w \(undecided\))\. All limits are met\.$/,
    );
    for (const any of results) expect(headlineOf(any).answers.length).toBeGreaterThan(0);
  });

  it('draws figures with marks, axes with units and their numbers below', async () => {
    const figures = results.flatMap((any) => figuresOf(any));
    expect(figures.length).toBeGreaterThanOrEqual(9);
    for (const figure of figures) {
      const svg = await renderSvg(figure);
      expect(svg, figure.title).toMatch(/^<svg/);
      const marks =
        svg.match(/<g class="mark-(symbol|line|rect|rule|arc|text)[^"]* role-mark/g) ?? [];
      expect(marks.length, figure.title).toBeGreaterThan(0);
      expect(svg, figure.title).not.toMatch(/NaN|undefined/);
      expect(svg, figure.title).toMatch(
        /, (dB|dB²|µm|µm²|1\/dB|N)<|probability|share of|mounting|friction|× (its limit|as it is)/,
      );
      expect(figure.table.rows.length, figure.title).toBeGreaterThan(0);
      for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length);
      expect(figure.id).toMatch(/^[a-z0-9-]+$/);
    }
  });

  it('draws curves through what the result holds', () => {
    const [any] = results as [AnyResult];
    const figures = figuresOf(any);
    if (any.kind !== 'run') throw new Error('not a run');
    const [pair] = any.result.pairs as [(typeof any.result.pairs)[number]];
    const exceeded = figures.find(({ id }) => id === 'exceedance')?.table.rows ?? [];
    const own = exceeded.filter(([name]) => name === pair.name);
    // around the 97 % point the curve passes 3 %
    const above = own.findLast(([, , share]) => (share as number) >= 0.03);
    const below = own.find(([, , share]) => (share as number) < 0.03);
    expect(above?.[1]).toBeLessThanOrEqual(pair.il.p97.value);
    expect(below?.[1]).toBeGreaterThanOrEqual(pair.il.p97.value);
    const density = figures.find(({ id }) => id === 'losses')?.table.rows ?? [];
    const ofPair = density.filter(([name]) => name === pair.name);
    const step = (ofPair[1]?.[1] as number) - (ofPair[0]?.[1] as number);
    const area = ofPair.reduce((sum, [, , value]) => sum + (value as number) * step, 0);
    expect(area).toBeGreaterThan(0.99);
    expect(area).toBeLessThan(1.001);
  });
});
