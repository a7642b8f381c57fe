/** The figures of a result of any kind. */
import type { AnyResult } from '../../result/read-any.js';
import type { Redrawn } from '../../result/redrawn.js';
import type { Result } from '../../result/schema.js';
import type { Figure } from '../figure.js';
import { allocationFigures } from './allocation.js';
import { causesFigure } from './causes.js';
import { claimFigures } from './claims.js';
import { differencesFigure } from './differences.js';
import { endFaceFigures } from './end-face.js';
import { heatMaps } from './heat-map.js';
import { lanesFigure } from './lanes.js';
import { lossFigures } from './losses.js';
import { costFigure, lotFigure, originsFigure } from './lots.js';
import { matedFacesFigure } from './mated-faces.js';
import { offsetsFigure } from './offsets.js';
import { rareFigure } from './rare.js';
import { returnLossFigure } from './return-loss.js';
import { stepsFigure } from './steps.js';
import { sweepFigures } from './sweep.js';
import { tornadoFigure } from './tornado.js';

/** @param redrawn what was computed again from a run's scenario; without it the figures that need it are left out */
export function figuresOf(any: AnyResult, redrawn?: Redrawn): Figure[] {
  switch (any.kind) {
    case 'run':
      return [
        ...lossFigures(any.result),
        ...runFigures(any.result),
        ...(redrawn === undefined ? [] : redrawnFigures(redrawn)),
      ];
    case 'sweep':
      return [...sweepFigures(any.result), ...heatMaps(any.result)];
    case 'sensitivity':
      return any.result.pairs.map(tornadoFigure);
    case 'exceedance':
      return [rareFigure(any.result)];
    case 'allocation':
      return allocationFigures(any.result);
  }
}

/** Pairs whose steps are drawn; those of the others are in the result. */
const MOST_STEPS = 24;

function runFigures(result: Result): Figure[] {
  const { pairs, comparisons, channels, claims } = result;
  const optional = [
    returnLossFigure(result),
    differencesFigure(comparisons),
    lotFigure(pairs),
    originsFigure(pairs),
    costFigure(pairs),
  ];
  return [
    ...claimFigures(claims),
    causesFigure({ pairs }),
    ...optional.flatMap((figure) => figure ?? []),
    ...pairs.slice(0, MOST_STEPS).flatMap((pair) => stepsFigure(pair) ?? []),
    ...channels.map(lanesFigure),
    ...endFaceFigures(pairs),
  ];
}

/** Worst matings that are drawn: a scenario may have 200 pairs. */
const MOST_MATINGS = 12;

function redrawnFigures(redrawn: Redrawn): Figure[] {
  const offsets = offsetsFigure(redrawn);
  const matings = redrawn.pairs
    .slice(0, MOST_MATINGS)
    .flatMap(({ name, step, worst }) =>
      worst === null ? [] : matedFacesFigure(worst, name, step),
    );
  return [...(offsets === undefined ? [] : [offsets]), ...matings];
}
