/** Figures as SVG, without a browser. */
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { Figure } from './figure.js';
import { CONFIG } from './theme.js';

/** The figure as an SVG document. */
export async function renderSvg({ spec }: Figure): Promise<string> {
  const { spec: vega } = compile(spec, { config: CONFIG });
  const view = new View(parse(vega), { renderer: 'none' });
  try {
    return withOwnIds(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Ids by their order: Vega counts them on from figure to figure, so that no two drawings would be alike. */
function withOwnIds(svg: string): string {
  const ids = Array.from(svg.matchAll(/ id="([^"]+)"/g), ([, id]) => id as string);
  return ids.reduce(
    (text, id, i) =>
      text.replaceAll(` id="${id}"`, ` id="part${i}"`).replaceAll(`url(#${id})`, `url(#part${i})`),
    svg,
  );
}
