/** The picture of a mating: places that invert to the offsets by the stated factor, sizes to scale, nothing of Node in it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { matedFaces } from '../../src/engine/mated-faces.js';
import { compilePlan } from '../../src/plan/compile.js';
import { FACE_PIXELS, faceScale } from '../../src/report/face-shapes.js';
import { exaggerationOf, matedFacesFigure } from '../../src/report/figures/mated-faces.js';
import { renderSvg } from '../../src/report/render.js';
import type { MatedFaces } from '../../src/result/redrawn.js';
import { parseScenario } from '../../src/scenario/index.js';

const { scenario } = parseScenario(`designs:
  oval: { extends: mtp-standard, guidePins: { shape: elliptical, minorAxisShorterBy: 1 um } }
  many: { extends: mtp-standard, fibres: { count: 72 } }
pairs: { oval: { pinned: oval, unpinned: oval }, many: { pinned: many, unpinned: many } }
mating: { sideLoad: 6 N }
seed: faces`);
const plan = compilePlan(scenario);

interface Mark {
  readonly plug: string;
  readonly fibre?: number;
  readonly xUm: number;
  readonly yUm: number;
  readonly size: number;
  readonly tip: string;
  readonly widthUm?: number;
  readonly heightUm?: number;
  readonly diameterUm?: number;
}
const marksOf = (faces: MatedFaces): Mark[] => {
  const { layer } = matedFacesFigure(faces, 'pair').spec as unknown as {
    layer: { data: { values: Mark[] } }[];
  };
  return layer.flatMap(({ data }) => data.values).filter(({ tip }) => tip !== undefined);
};
/** Places are written to 0.01 µm. */
const ROUNDING_UM = 0.011;

describe('the picture of a mating', () => {
  it('draws offsets and errors by the factor that title and note state', () => {
    for (const [p, mating] of [0, 1].flatMap((pair) =>
      [3, 17, 60].map((m) => [pair, m] as const),
    )) {
      const faces = matedFaces(plan, p, mating);
      const { title, note } = matedFacesFigure(faces, 'pair');
      const factor = Number(/drawn (\d+) × as large/.exec(title)?.[1]);
      expect(factor).toBe(exaggerationOf(faces));
      expect(note).toContain(`${factor} × as large`);
      const marks = marksOf(faces).filter(({ fibre }) => fibre !== undefined);
      for (const f of faces.fibres) {
        const [own, other] = ['pinned plug', 'unpinned plug'].map((plug) =>
          marks.find((mark) => mark.plug === plug && mark.fibre === f.fibre),
        ) as [Mark, Mark];
        const off = Math.abs((other.xUm - own.xUm) / factor - f.offsetXUm);
        expect(off).toBeLessThan((2 * ROUNDING_UM) / factor);
        expect(Math.abs((other.yUm - own.yUm) / factor - f.offsetYUm)).toBeLessThan(
          (2 * ROUNDING_UM) / factor,
        );
        expect(
          Math.abs((own.xUm - f.nominalXUm) / factor - (f.coreXUm - f.nominalXUm)),
        ).toBeLessThan(ROUNDING_UM / factor);
        expect(own.tip).toContain(`${f.lossDb.toFixed(3)} dB`);
      }
    }
  });

  it('keeps glass and holes to scale, and the play of pins in them by the same factor', async () => {
    const faces = matedFaces(plan, 0, 3);
    const factor = exaggerationOf(faces);
    const { pixelsPerUm, reachXUm } = faceScale();
    expect(pixelsPerUm).toBeCloseTo(FACE_PIXELS / (2 * reachXUm), 12);
    const marks = marksOf(faces);
    const glass = marks.find(({ fibre }) => fibre === 1) as Mark;
    expect(Math.sqrt(glass.size)).toBeCloseTo(125 * pixelsPerUm, 2);
    const pins = marks.filter(({ widthUm }) => widthUm !== undefined);
    const holes = marks.filter(({ diameterUm }) => diameterUm !== undefined);
    const [filled] = new Set(pins.map(({ plug }) => plug));
    expect([pins.length, holes.length, filled]).toEqual([2, 2, 'pinned plug']);
    faces.guides.forEach((g, i) => {
      const [pin, hole] = [pins[i], holes[i]] as [Mark, Mark];
      expect(hole.diameterUm).toBe(g.holeDiameterUm);
      const play = (drawnUm: number | undefined): number =>
        (g.holeDiameterUm - (drawnUm as number)) / factor;
      expect(play(pin.widthUm)).toBeCloseTo(g.holeDiameterUm - g.pinWidthUm, 9);
      expect(play(pin.heightUm)).toBeCloseTo(g.holeDiameterUm - g.pinHeightUm, 9);
      expect(g.pinWidthUm - g.pinHeightUm).toBeGreaterThan(0.9);
      // what is drawn lies in its hole as much as what is real
      const inside = (2 * (pin.xUm - hole.xUm)) / (g.holeDiameterUm - (pin.widthUm as number));
      const real = (2 * (g.pinXUm - g.holeXUm)) / (g.holeDiameterUm - g.pinWidthUm);
      expect(inside).toBeCloseTo(real, 2);
    });
    // the drawing itself: a hole's path starts at its radius in pixels
    const svg = await renderSvg(matedFacesFigure(faces, 'pair'));
    const radius = (faces.guides[0].holeDiameterUm * pixelsPerUm) / 2;
    const drawn = Array.from(svg.matchAll(/ d="M([\d.]+),0A/g), ([, r]) => Number(r));
    expect(drawn.some((r) => Math.abs(r - radius) < 0.01)).toBe(true);
    expect(drawn.some((r) => Math.abs(r - 62.5 * pixelsPerUm) < 0.01)).toBe(true);
    expect(svg).toContain('Guide pin 1');
  });

  it('takes the largest round factor at which neighbours and pins stay apart', () => {
    const faces = matedFaces(plan, 0, 3);
    const largest = (times: number): MatedFaces => ({
      ...faces,
      fibres: faces.fibres.map((f) => ({
        ...f,
        ...{ offsetXUm: times, offsetYUm: 0, coreXUm: f.nominalXUm, coreYUm: f.nominalYUm },
      })),
      ...{ plugXUm: 0, plugYUm: 0 },
      guides: faces.guides.map((g) => ({
        ...g,
        ...{ pinWidthUm: g.holeDiameterUm, pinHeightUm: g.holeDiameterUm },
      })) as unknown as MatedFaces['guides'],
    });
    expect([0.3, 0.75, 1.6, 3, 8, 400].map((um) => exaggerationOf(largest(um)))).toEqual([
      500, 200, 50, 50, 10, 1,
    ]);
    const loose = {
      ...largest(0.1),
      guides: faces.guides.map((g) => ({
        ...g,
        ...{ pinWidthUm: g.holeDiameterUm - 10, pinHeightUm: g.holeDiameterUm },
      })) as unknown as MatedFaces['guides'],
    };
    expect(exaggerationOf(loose)).toBe(20);
  });

  it('draws six rows, with the worst loss alone', async () => {
    const figure = matedFacesFigure(matedFaces(plan, 1, 5), 'many');
    expect(figure.table.rows).toHaveLength(74);
    const svg = await renderSvg(figure);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(svg.match(/Fibre \d+ on \d+: /g)).toHaveLength(144);
    const worst = Math.max(...matedFaces(plan, 1, 5).fibres.map(({ lossDb }) => lossDb));
    expect(svg).toContain(`>${worst.toFixed(2)}<`);
  });
});

describe('what a browser loads for it', () => {
  it('needs nothing of Node, neither to compute nor to draw', () => {
    const source = fileURLToPath(new URL('../../src/', import.meta.url));
    const seen = new Set<string>();
    const outside = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      const imports = readFileSync(path, 'utf8').matchAll(
        /^(?:import|export)(?! type)[^;]*? from '([^']+)'/gm,
      );
      for (const [, target] of imports) {
        if (target?.startsWith('.'))
          visit(fileURLToPath(new URL(target.replace(/\.js$/, '.ts'), `file://${path}`)));
        else outside.add(target as string);
      }
    };
    visit(`${source}engine/mated-faces.ts`);
    visit(`${source}report/figures/mated-faces.ts`);
    expect(seen.size).toBeGreaterThan(15);
    // a plain script, which draws the key of a seed
    expect([...outside]).toEqual(['seedrandom']);
  });
});
