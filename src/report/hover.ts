/** What a reader who points at a figure is told: places in the drawing, and the values that are drawn there. */
import type { View } from 'vega';
import { markText } from './text.js';

/** Marks that show the same quantities, one layer of the drawing above the other. */
export interface HoverLayer {
  /** Their names; a single one without letters of marks that say a sentence. */
  readonly fields: readonly string[];
  /** Left, top, width and height in pixels of the drawing, then a text a field. */
  readonly marks: readonly (readonly (number | string)[])[];
}

interface SceneMark {
  readonly marktype: string;
  readonly role: string;
  /** False of what is drawn for orientation, or told by other marks. */
  readonly aria?: boolean;
  readonly items: readonly SceneItem[];
}

interface SceneItem {
  readonly x?: number;
  readonly y?: number;
  readonly bounds: {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  };
  readonly tooltip?: unknown;
  readonly opacity?: number;
  /** Of groups only. */
  readonly items?: readonly SceneMark[];
}

/** Axes, legends, titles and headings of facets: none of them is a mark of data. */
const GUIDES = /^(axis|legend|title|row|column)/;
/** Their points lie along a path, whose bounds say nothing. */
const PATHS = ['line', 'area', 'trail'];

/** The marks of a drawing that have something to say, in the order of drawing. */
export function hoverLayers(view: View): HoverLayer[] {
  const { root } = view.scenegraph() as unknown as { root: SceneMark };
  const [left, top] = view.origin();
  const { left: padLeft = 0, top: padTop = 0 } = view.padding() as { left?: number; top?: number };
  const layers: HoverLayer[] = [];
  walk(root, left + padLeft, top + padTop, layers);
  return layers;
}

function walk(mark: SceneMark, left: number, top: number, layers: HoverLayer[]): void {
  if (GUIDES.test(mark.role) || mark.aria === false) return;
  if (mark.marktype === 'group') {
    for (const { x = 0, y = 0, items = [] } of mark.items)
      for (const inner of items) walk(inner, left + x, top + y, layers);
    return;
  }
  if (mark.marktype === 'text') return;
  const byFields = new Map<string, { fields: string[]; marks: (number | string)[][] }>();
  for (const item of mark.items) {
    const told = toldBy(item);
    const fields = Object.keys(told);
    if (fields.length === 0) continue;
    const key = JSON.stringify(fields);
    const layer = byFields.get(key) ?? { fields, marks: [] };
    byFields.set(key, layer);
    const texts = Object.values(told).map((value) => markText(String(value)));
    layer.marks.push([...placeOf(item, mark.marktype, left, top), ...texts]);
  }
  layers.push(...byFields.values());
}

/** Names and values; a sentence has no name. */
function toldBy({ tooltip, opacity = 1 }: SceneItem): Readonly<Record<string, unknown>> {
  // What cannot be seen is there to be pointed at where it says a sentence.
  if (typeof tooltip === 'string') return { '': tooltip };
  const isSeen = typeof tooltip === 'object' && tooltip !== null && opacity !== 0;
  return isSeen ? (tooltip as Record<string, unknown>) : {};
}

function placeOf(
  { x = 0, y = 0, bounds }: SceneItem,
  type: string,
  left: number,
  top: number,
): number[] {
  const [x1, y1, x2, y2] = PATHS.includes(type)
    ? [x, y, x, y]
    : [bounds.x1, bounds.y1, bounds.x2, bounds.y2];
  return [x1 + left, y1 + top, x2 - x1, y2 - y1].map((pixels) => Number(pixels.toFixed(1)));
}
