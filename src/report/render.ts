/** Figures as SVG, without a browser. */
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { Figure } from './figure.js';
import { type HoverLayer, hoverLayers } from './hover.js';
import { inTags } from './text.js';
import { CONFIG } from './theme.js';

export interface Drawing {
  readonly svg: string;
  readonly hover: readonly HoverLayer[];
}

/** The figure as an SVG document, and what its marks say. */
export async function draw({ spec }: Figure): Promise<Drawing> {
  const { spec: vega } = compile(spec, { config: CONFIG });
  const view = new View(parse(toldInFull(vega)), { renderer: 'none' });
  try {
    const svg = toHundredths(withOwnIds(await view.toSVG()));
    return { svg, hover: hoverLayers(view) };
  } finally {
    view.finalize();
  }
}

/** The figure as an SVG document. */
export async function renderSvg(figure: Figure): Promise<string> {
  return (await draw(figure)).svg;
}

/** Tooltips take the format of the axis, where one digit is enough. Not so for who asks for the value. */
function toldInFull<T>(spec: T): T {
  return JSON.parse(JSON.stringify(spec), (key, value: unknown) =>
    key === 'tooltip' && typeof value === 'object' && value !== null && 'signal' in value
      ? { signal: String(value.signal).replaceAll(/, "\.0[e%]"\)/g, ', ".4~g")') }
      : value,
  ) as T;
}

/** The document on white paper, to be read on whatever page it is put. */
export function onPaper(svg: string): string {
  return svg.replace(/^<svg [^>]*>/, '$&<rect width="100%" height="100%" fill="#ffffff"/>');
}

/** Ids by their order: Vega counts them on from figure to figure, so that no two drawings would be alike. */
function withOwnIds(svg: string): string {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `part${names.size}`;
    names.set(id, name);
    return name;
  };
  return inTags(svg, (tag) =>
    tag
      .replace(/ id="([^"]+)"/, (_, id: string) => ` id="${nameOf(id)}"`)
      .replaceAll(/="url\(#([^)]+)\)"/g, (_, id: string) => `="url(#${nameOf(id)})"`),
  );
}

const LENGTHS = / (?:transform|d|x|y|[xy][12]|width|height|viewBox)="[^"]*"/g;

/** Lengths to a hundredth of a pixel: Vega writes all digits, which nobody sees and every page carries. */
function toHundredths(svg: string): string {
  return inTags(svg, (tag) =>
    tag.replaceAll(LENGTHS, (lengths) =>
      lengths.replaceAll(/\d+\.\d{3,}/g, (length) => String(Number(Number(length).toFixed(2)))),
    ),
  );
}
