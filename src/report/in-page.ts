/** A drawing as a part of a page. */
import { escapeHtml, inTags } from './text.js';
import { INK } from './theme.js';

/** A drawing shrinks that far on a narrow screen: its letters stay large enough to be read. Beyond, it is moved sideways. */
const LEAST_SCALE = 0.8;
/** Like marks of a drawing beyond which they are drawn once and then only placed: a third of the text. */
const MANY = 50;

/**
 * The drawing with the ink of the page, and names that no other drawing of the page has. What its marks say is said by the
 * script of the page.
 */
export function inPage(svg: string, title: string, prefix: string): string {
  const width = Number(/ width="([\d.]+)"/.exec(svg)?.[1]);
  const inked = inTags(svg, (tag) =>
    tag
      .replaceAll(/ (aria-[a-z]+|role)="[^"]*"/g, '')
      .replaceAll(`"${INK}"`, '"currentColor"')
      .replaceAll(/ id="([^"]+)"/g, ` id="${prefix}-$1"`)
      .replaceAll(/="url\(#([^)]+)\)"/g, `="url(#${prefix}-$1)"`)
      .replace('class="marks"', `style="min-width:${Math.floor(LEAST_SCALE * width)}px"`)
      // by a function: a title may hold $&
      .replace(/^<svg /, () => `<svg role="img" aria-label="${escapeHtml(title)}" `),
  );
  return drawnOnce(inked, prefix);
}

const PLACED = /<path transform="([^"]*)" (d="[^"]*"[^>]*)\/>/g;

function drawnOnce(svg: string, prefix: string): string {
  const counts = new Map<string, number>();
  for (const [, , shape] of svg.matchAll(PLACED))
    counts.set(shape as string, (counts.get(shape as string) ?? 0) + 1);
  const shapes = [...counts].filter(([, count]) => count > MANY).map(([shape]) => shape);
  if (shapes.length === 0) return svg;
  const ids = new Map(shapes.map((shape, i) => [shape, `${prefix}-shape${i}`]));
  const drawn = shapes.map((shape) => `<path id="${ids.get(shape)}" ${shape}/>`).join('');
  return svg
    .replaceAll(PLACED, (path, transform: string, shape: string) =>
      ids.has(shape) ? `<use href="#${ids.get(shape)}" transform="${transform}"/>` : path,
    )
    .replace(/^<svg [^>]*>/, `$&<defs>${drawn}</defs>`);
}
