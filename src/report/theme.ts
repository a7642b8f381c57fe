/** Colours and type of all figures. */
import type { Config } from 'vega-lite';

/**
 * Okabe & Ito (2008), which colour-blind readers tell apart, without their yellow and black: each has enough contrast on white
 * and on dark paper.
 */
export const SERIES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'] as const;

/** The same series on dark paper: lighter, since thin lines and half-transparent points fade there. */
export const SERIES_ON_DARK = [
  '#3d9be9',
  '#f0803c',
  '#2cc795',
  '#e29bc4',
  '#a5dcff',
  '#f5b933',
] as const;

/** Ink of axes and text. In a page it becomes the colour of the text around the figure, light or dark. */
export const INK = '#1b1f24';

export const WIDTH = 640;
export const HEIGHT = 300;

export const CONFIG: Config = {
  background: 'transparent',
  font: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  view: { stroke: null },
  // what is drawn is also told: see hover.ts
  mark: { tooltip: true },
  tooltipFormat: { numberFormat: '.4~g' },
  range: { category: [...SERIES] },
  axis: {
    labelColor: INK,
    titleColor: INK,
    domainColor: INK,
    tickColor: INK,
    gridColor: INK,
    gridOpacity: 0.12,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  legend: {
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 12,
    labelLimit: 400,
    orient: 'top',
    title: null,
  },
  header: { labelColor: INK, titleColor: INK, labelFontSize: 12 },
  title: { color: INK },
  text: { color: INK, fontSize: 11 },
  rule: { color: INK },
};
