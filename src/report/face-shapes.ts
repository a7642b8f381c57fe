/** Shapes of end faces: sizes that all ferrules share, and marks of true size at a scale of pixels to µm. */

/** Outline of an MT ferrule (IEC 61754-7 and -18): drawn for orientation, the model does not need it. */
export const FACE_WIDTH_UM = 6400;
export const FACE_HEIGHT_UM = 2500;
/** Diameter of a fibre's glass, likewise. */
export const GLASS_UM = 125;
export const FACE_PIXELS = 700;
/** Room around the outline. */
const MARGIN_UM = 200;
/** The tab that shows where the key is. */
const KEY_WIDTH_UM = 700;
const KEY_HEIGHT_UM = 170;

export interface FaceScale {
  readonly pixelsPerUm: number;
  readonly width: number;
  readonly height: number;
  readonly reachXUm: number;
  readonly reachYUm: number;
}

/** A scale at which a face with its key fits, alike along both axes. */
export function faceScale(): FaceScale {
  const reachXUm = FACE_WIDTH_UM / 2 + MARGIN_UM;
  const reachYUm = FACE_HEIGHT_UM / 2 + KEY_HEIGHT_UM + MARGIN_UM;
  const pixelsPerUm = FACE_PIXELS / (2 * reachXUm);
  return {
    ...{ pixelsPerUm, reachXUm, reachYUm },
    width: FACE_PIXELS,
    height: Math.round(2 * reachYUm * pixelsPerUm),
  };
}

/** Channels of positions in µm at a scale, without axes. */
export function faceAxes({ reachXUm, reachYUm }: FaceScale, x = 'xUm', y = 'yUm') {
  const axis = (field: string, reach: number) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [-reach, reach], nice: false, zero: false },
    axis: null,
  });
  return { x: axis(x, reachXUm), y: axis(y, reachYUm) };
}

/** Size of a mark so wide: Vega's size is the square of a circle's diameter in pixels. */
export function sizeOf(diameterUm: number, { pixelsPerUm }: FaceScale): number {
  return Number(((diameterUm * pixelsPerUm) ** 2).toFixed(2));
}

/** An ellipse as the path of a mark whose width is its size: axes along x and y. */
export function ellipsePath(widthUm: number, heightUm: number): string {
  const ratio = Number((heightUm / widthUm).toFixed(4));
  return `M-1,0A1,${ratio},0,1,1,1,0A1,${ratio},0,1,1,-1,0Z`;
}

/** The corners of the outline, its key at the top, point after point. */
export function faceOutline(): { readonly xUm: number; readonly yUm: number }[] {
  const [w, h] = [FACE_WIDTH_UM / 2, FACE_HEIGHT_UM / 2];
  const [k, top] = [KEY_WIDTH_UM / 2, h + KEY_HEIGHT_UM];
  const corners = [
    [-w, -h],
    [w, -h],
    [w, h],
    [k, h],
    [k, top],
    [-k, top],
    [-k, h],
    [-w, h],
    [-w, -h],
  ] as const;
  return corners.map(([xUm, yUm]) => ({ xUm, yUm }));
}

/** Where the word "key" stands. */
export const KEY_LABEL = { xUm: 0, yUm: FACE_HEIGHT_UM / 2 + KEY_HEIGHT_UM / 2, text: 'key' };

/** What a mark says of itself, to readers' pointers and to screen readers: the text in the field `tip`. */
export const TIPPED = {
  description: { field: 'tip', type: 'nominal' as const },
  tooltip: { field: 'tip', type: 'nominal' as const },
};

/** Of marks that are for orientation or told by others: nothing to screen readers, nothing to pointers. */
export const UNTOLD = { aria: false, tooltip: null } as const;
