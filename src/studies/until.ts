/** Precision on demand: as many matings as it takes until the intervals asked for are narrow enough. */
import { UserError } from '../errors.js';
import { normalQuantile } from '../numerics/normal.js';
import { reportedOf } from '../result/reported.js';
import type { PrecisionResult, Result } from '../result/schema.js';
import { fibresOfAllPairs } from '../scenario/fibres.js';
import type { PrecisionTarget } from '../scenario/precision.js';
import type { Scenario } from '../scenario/types.js';
import { Z975 } from '../statistics/intervals.js';
import { type SimulateOptions, simulate } from './simulate.js';
import { growthFor, LEAST_GROWTH, TIME_SHARE } from './stages.js';

/** Matings of the first stage. */
const PILOT = 10_000;
/** Growth of a stage whose intervals are not known yet. */
const BLIND_GROWTH = 4;

export interface UntilOptions extends SimulateOptions {
  readonly targets: readonly PrecisionTarget[];
  /** No stage has more matings than these. */
  readonly maxMatings: number;
  /** No stage begins that would end later than this; Infinity for no bound. */
  readonly maxSeconds?: number | undefined;
  /** Called before each stage. */
  readonly onStage?: ((matings: number) => void) | undefined;
}

/**
 * Runs a scenario in stages, each from the first mating on, until every target is met or a bound ends it.
 *
 * A stage of n matings with half-width h for a target w asks for 1.1·n·(h/w)², rounded up to two digits, as the next one. So
 * the number of matings is settled by a stage that is a small part of the last one, and hardly by the widths at which a run
 * happens to stop; intervals of runs that look after every few matings and stop at the first that is narrow enough are known to
 * cover too little (Chow & Robbins 1965; coverage is measured in test/statistical/until-coverage.test.ts). The result is that of
 * a plain run of so many matings, bit for bit.
 *
 * Throws UserError for targets of what the scenario does not report, and for lots.
 */
export async function simulateUntil(scenario: Scenario, options: UntilOptions): Promise<Result> {
  if (scenario.experiment.type === 'lot') {
    throw new UserError([
      {
        message: '--until: the matings of a lot follow from its plugs',
        expected: 'another experiment, or more plugs',
      },
    ]);
  }
  const { targets, maxMatings, maxSeconds = Infinity, onStage, ...simulateOptions } = options;
  const stages: number[] = [];
  const started = performance.now();
  for (let matings = Math.min(PILOT, maxMatings); ; ) {
    onStage?.(matings);
    const result = await simulate(
      { ...scenario, matings },
      { ...simulateOptions, key: `stage of ${matings} matings` },
    );
    stages.push(matings);
    const reached = targets.flatMap((target) => widthsOf(result, target));
    const wanted = Math.min(maxMatings, nextMatings(matings, reached));
    const end = (endedBy: PrecisionResult['endedBy']): Result => ({
      ...result,
      precision: { endedBy, stages, targets: reached },
    });
    if (reached.every((width) => width.isReached)) return end('precision');
    if (wanted <= matings) return end('matings');
    const left = maxSeconds - (performance.now() - started) / 1000;
    // A stage that an earlier run had done tells nothing of this machine.
    const { fibreMatingsPerSecond } = result.host;
    const rate =
      fibreMatingsPerSecond > 0
        ? fibreMatingsPerSecond / fibresOfAllPairs(scenario)
        : Number.POSITIVE_INFINITY;
    const affordable = roundedDown(TIME_SHARE * rate * left);
    if (affordable < Math.min(wanted, LEAST_GROWTH * matings)) return end('time');
    matings = Math.min(wanted, affordable);
  }
}

type Width = PrecisionResult['targets'][number];

/** Half the intervals of a target at its level. An unknown bound leaves the width unknown. */
function widthsOf(result: Result, target: PrecisionTarget): Width[] {
  const factor = normalQuantile(0.5 + 0.5 * target.level) / Z975;
  return reportedOf(result, target).map(({ name, estimate: { value, low, high } }) => {
    const halfWidth = low === null || high === null ? null : (factor * (high - low)) / 2;
    return {
      target: target.text,
      name,
      value,
      level: target.level,
      wanted: target.halfWidth,
      halfWidth,
      isReached: halfWidth !== null && halfWidth <= target.halfWidth,
    };
  });
}

function nextMatings(matings: number, widths: readonly Width[]): number {
  const factors = widths.map(({ wanted, halfWidth }) =>
    halfWidth === null ? BLIND_GROWTH : growthFor(halfWidth, wanted),
  );
  return roundedUp(matings * Math.max(LEAST_GROWTH, ...factors));
}

/** To two digits, so that how many matings a run needed can be said and typed. */
function roundedUp(x: number): number {
  const unit = unitOf(x);
  return Math.ceil(x / unit) * unit;
}

function roundedDown(x: number): number {
  if (x === Infinity) return Infinity;
  const unit = unitOf(x);
  return x >= 1 ? Math.floor(x / unit) * unit : 0;
}

/** The second digit's power of ten, by products that are the same on every machine. */
function unitOf(x: number): number {
  let unit = 1;
  while (x >= 100 * unit) unit *= 10;
  return unit;
}
