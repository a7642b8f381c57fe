/** The figures of a result of any kind. */
import type { AnyResult } from '../../result/read-any.js';
import type { Figure } from '../figure.js';
import { causesFigure } from './causes.js';
import { differencesFigure } from './differences.js';
import { endFaceFigure } from './end-face.js';
import { heatMaps } from './heat-map.js';
import { lanesFigure } from './lanes.js';
import { lossFigures } from './losses.js';
import { rareFigure } from './rare.js';
import { stepsFigure } from './steps.js';
import { sweepFigures } from './sweep.js';
import { tornadoFigure } from './tornado.js';

export function figuresOf(any: AnyResult): Figure[] {
  switch (any.kind) {
    case 'run': {
      const { pairs, comparisons, channels } = any.result;
      const differences = differencesFigure(comparisons);
      return [
        ...lossFigures(any.result),
        causesFigure({ pairs }),
        ...(differences === undefined ? [] : [differences]),
        ...pairs.flatMap((pair) => stepsFigure(pair) ?? []),
        ...channels.map(lanesFigure),
        ...pairs.map(endFaceFigure),
      ];
    }
    case 'sweep':
      return [...sweepFigures(any.result), ...heatMaps(any.result)];
    case 'sensitivity':
      return any.result.pairs.map(tornadoFigure);
    case 'exceedance':
      return [rareFigure(any.result)];
    case 'allocation':
      return [];
  }
}
