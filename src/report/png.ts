/** Drawings as PNG: the same picture on every machine, since no font nor library of the system takes part. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { inTags } from './text.js';

const FAMILY = 'DejaVu Sans';
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
/** Pixels of the picture a pixel of the drawing. */
const SCALE = 2;

/** Draws an SVG document at twice its size on white paper. */
export type PngWriter = (svg: string) => Uint8Array;

let ready: Promise<PngWriter> | undefined;

/** Loads the renderer and its fonts, once. */
export function pngWriter(): Promise<PngWriter> {
  ready ??= load();
  return ready;
}

async function load(): Promise<PngWriter> {
  const { resolve } = createRequire(import.meta.url);
  await initWasm(await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = await Promise.all(
    FONTS.map((name) => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}`))),
  );
  return (svg) => {
    const ofBundledFont = inTags(svg, (tag) =>
      tag.replace(/ font-family="[^"]*"/, ` font-family="${FAMILY}"`),
    );
    const resvg = new Resvg(ofBundledFont, {
      fitTo: { mode: 'zoom', value: SCALE },
      background: '#ffffff',
      font: { fontBuffers, defaultFontFamily: FAMILY },
    });
    const image = resvg.render();
    try {
      return image.asPng();
    } finally {
      image.free();
      resvg.free();
    }
  };
}
