/** Each figure as files: the drawing, the same as a picture, its spec to restyle, its numbers. */
import type { AnyResult } from '../result/read-any.js';
import type { Redrawn } from '../result/redrawn.js';
import { csvText } from '../result/tables.js';
import { type Figure, idOf } from './figure.js';
import { figuresOf } from './figures/index.js';
import { pngWriter } from './png.js';
import { renderSvg } from './render.js';

export interface FigureFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
/** The list of all figures, by which a folder of figures is known. */
export const INDEX_NAME = 'figures.json';

/** The files of all figures of some results, and the list of them. */
export async function figureFiles(
  results: readonly AnyResult[],
  redrawn: readonly (Redrawn | undefined)[] = [],
): Promise<FigureFile[]> {
  const files: FigureFile[] = [];
  const list: { readonly id: string; readonly title: string; readonly note: string }[] = [];
  const taken = new Set<string>();
  for (const [i, any] of results.entries()) {
    const { name = 'scenario' } = any.result.scenario as { name?: string };
    for (const figure of figuresOf(any, redrawn[i])) {
      const id = freeId(idOf(name, figure.id), taken);
      list.push({ id, title: figure.title, note: figure.note });
      files.push(...(await filesOf(figure, id)));
    }
  }
  const index = { generator: 'matedpair', figures: list };
  return [...files, { name: INDEX_NAME, content: `${JSON.stringify(index, null, 2)}\n` }];
}

async function filesOf(figure: Figure, id: string): Promise<FigureFile[]> {
  const { title, note, spec, table } = figure;
  const vegaLite = { $schema: SCHEMA, title, description: note, ...spec };
  const svg = await renderSvg(figure);
  const png = await pngWriter();
  return [
    { name: `${id}.svg`, content: `${svg}\n` },
    { name: `${id}.png`, content: png(svg) },
    { name: `${id}.vl.json`, content: `${JSON.stringify(vegaLite, null, 2)}\n` },
    { name: `${id}.csv`, content: csvText(table.columns, table.rows) },
  ];
}

function freeId(id: string, taken: Set<string>): string {
  let free = id;
  for (let i = 2; taken.has(free); i++) free = `${id}-${i}`;
  taken.add(free);
  return free;
}
