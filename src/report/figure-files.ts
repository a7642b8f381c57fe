/** Each figure as files: the drawing, the same as a picture, its spec to restyle, its numbers. */
import type { AnyResult } from '../result/read-any.js';
import type { Redrawn } from '../result/redrawn.js';
import { csvText } from '../result/tables.js';
import { type Figure, idOf } from './figure.js';
import { figuresOf } from './figures/index.js';
import { pngWriter } from './png.js';
import { onPaper, renderSvg } from './render.js';
import { CONFIG } from './theme.js';

export interface FigureFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
/** Colours and type of the drawing for who draws the spec again, on white wherever it is shown. */
const ON_PAPER = { ...CONFIG, background: '#ffffff' };
const ENDINGS = ['svg', 'png', 'vl.json', 'csv'] as const;
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

/** The files of one figure; its numbers in full. */
export async function filesOf(figure: Figure, id: string): Promise<FigureFile[]> {
  const { title, note, spec, data, table } = figure;
  const vegaLite = { $schema: SCHEMA, title, description: note, config: ON_PAPER, ...spec };
  const { columns, rows } = data ?? table;
  const svg = await renderSvg(figure);
  const png = await pngWriter();
  return [
    { name: `${id}.svg`, content: `${onPaper(svg)}\n` },
    { name: `${id}.png`, content: png(svg) },
    { name: `${id}.vl.json`, content: `${JSON.stringify(vegaLite, null, 2)}\n` },
    { name: `${id}.csv`, content: csvText(columns, rows) },
  ];
}

/** The files of an earlier list of figures; none of what is no such list. */
export function listedFiles(index: string): string[] {
  const figures: unknown = tryParse(index)?.figures;
  if (!Array.isArray(figures)) return [];
  const ids = figures.map((figure: { readonly id?: unknown } | null) => figure?.id);
  return ids.flatMap((id) =>
    // names that lead elsewhere are not ours
    typeof id === 'string' && /^[a-z0-9-]+$/.test(id)
      ? ENDINGS.map((ending) => `${id}.${ending}`)
      : [],
  );
}

function tryParse(json: string): { readonly figures?: unknown } | null | undefined {
  try {
    return JSON.parse(json) as { readonly figures?: unknown } | null;
  } catch {
    return undefined;
  }
}

function freeId(id: string, taken: Set<string>): string {
  let free = id;
  for (let i = 2; taken.has(free); i++) free = `${id}-${i}`;
  taken.add(free);
  return free;
}
