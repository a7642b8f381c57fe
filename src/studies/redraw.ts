/** Computes again, from a result alone, what its pictures need: the worst mating of each pair, and a cloud of offsets. */
import { matedFaces } from '../engine/mated-faces.js';
import { PartsSource } from '../engine/parts-source.js';
import { InvariantError, UserError } from '../errors.js';
import { evaluateMating } from '../model/mating.js';
import { FIBRE, fibreOffset, PINNED, UNPINNED } from '../model/parts.js';
import type { MatingState } from '../model/state.js';
import { createWorkspace } from '../model/workspace.js';
import { compilePlan } from '../plan/compile.js';
import type { Plan } from '../plan/types.js';
import type { Redrawn, RedrawnPair } from '../result/redrawn.js';
import type { Result } from '../result/schema.js';
import { FileError } from '../scenario/files.js';
import { parseScenario } from '../scenario/index.js';
import { stepName } from '../scenario/steps.js';
import type { Scenario } from '../scenario/types.js';
import { isoLossRadiusUm } from './iso-loss.js';

/** Points of a cloud, about: more only hide each other. */
const POINTS = 1000;
/** Matings over which parts are averaged: a tenth of a micrometre spreads, so that its mean is known to 0.003 µm. */
const AVERAGED = 1000;
const ISO_LOSSES_DB = [0.1, 0.25, 0.5, 1];
/** Relative difference up to which a recomputed loss counts as the recorded one. */
const SAME = 1e-12;
/** Matings that are looked at are spread over the run by this fraction: no multiple of it falls into step with a lot. */
const GOLDEN = 0.6180339887498949;

/**
 * Pictures' data for a run: from the scenario in its result, by the reference. Where the scenario cannot be read or the worst
 * matings come out otherwise, as they may for a result of another version, there are no pairs and a note says why.
 */
export function redraw(result: Result): Redrawn {
  try {
    const { scenario } = parseScenario(JSON.stringify(result.scenario), {
      allowImplausible: true,
      readFile: () => {
        throw new FileError('is not read: the scenario in a result is whole');
      },
    });
    const plan = compilePlan(scenario);
    return { note: null, pairs: result.pairs.map((_, p) => redrawPair(result, scenario, plan, p)) };
  } catch (error) {
    if (!(error instanceof UserError || error instanceof InvariantError)) throw error;
    return { note: noteOf(error, result.generator.version), pairs: [] };
  }
}

class Otherwise extends UserError {}

function noteOf(error: Error, version: string): string {
  const why =
    error instanceof Otherwise
      ? 'its worst matings come out otherwise when computed again'
      : 'its scenario cannot be computed again';
  return `Worst matings, offsets and guide-pin clearance are not drawn: this result was written by matedpair ${version}, and ${why}.`;
}

function redrawPair(result: Result, scenario: Scenario, plan: Plan, p: number): RedrawnPair {
  const recorded = result.pairs[p] as Result['pairs'][number];
  const at = plan.members[p]?.[0];
  if (at === undefined || scenario.pairs[p]?.name !== recorded.name) throw otherwise(recorded.name);
  const [first] = recorded.worstMatings;
  const worst = first === undefined ? null : matedFaces(plan, at, first.mating);
  if (worst !== null && first !== undefined) {
    const loss = Math.max(...worst.fibres.map(({ lossDb }) => lossDb));
    const error = Math.abs(loss - first.worstFibreDb);
    if (!(error <= SAME * Math.abs(loss))) throw otherwise(recorded.name);
  }
  return {
    name: recorded.name,
    step: stepName(scenario.experiment, 0) ?? null,
    ...cloudOf(plan, at, result.matings),
    worst,
  };
}

function otherwise(name: string): Otherwise {
  return new Otherwise([{ message: `the worst mating of ${name} comes out otherwise` }]);
}

/** Offsets of matings all over the run, and what their fibres, pins and holes are on average. */
function cloudOf(plan: Plan, at: number, all: number) {
  const pair = plan.pairs[at] as Plan['pairs'][number];
  const { mechanics } = pair;
  const { fibres, facing } = mechanics;
  const matings = Math.min(all, Math.ceil(POINTS / fibres));
  const source = new PartsSource(plan);
  const workspace = createWorkspace(fibres);
  const { results, state } = workspace;
  const [xUm, yUm, lossDb]: [number[], number[], number[]] = [[], [], []];
  const sums = { radius: 0, x: 0, y: 0, pressFits: 0 };
  const averaged = matings === all ? all : Math.max(matings, AVERAGED);
  for (let i = 0; i < averaged; i++) {
    source.draw(matings === all ? i : Math.floor(((i * GOLDEN) % 1) * all));
    const parts = source.parts(at);
    evaluateMating(mechanics, parts, workspace);
    if (i < matings) {
      xUm.push(...results.offsetXUm);
      yUm.push(...results.offsetYUm);
      lossDb.push(...results.lossDb);
    }
    for (let k = 0; k < fibres; k++) {
      const [own, other] = [fibreOffset(PINNED, k), fibreOffset(UNPINNED, facing[k] as number)];
      sums.radius += (parts[own + FIBRE.modeFieldDiameterUm] as number) / 4 / fibres;
      sums.radius += (parts[other + FIBRE.modeFieldDiameterUm] as number) / 4 / fibres;
    }
    if (state.pressFit) sums.pressFits++;
    else {
      const play = playOf(state);
      sums.x += play.xUm;
      sums.y += play.yUm;
    }
  }
  return {
    offsets: { matings, xUm, yUm, lossDb },
    isoLoss: ISO_LOSSES_DB.flatMap((loss) => {
      const radiusUm = isoLossRadiusUm(pair, loss, sums.radius / averaged);
      return radiusUm === null ? [] : [{ lossDb: loss, radiusUm }];
    }),
    playXUm: sums.x / averaged,
    playYUm: sums.y / averaged,
    pressFits: sums.pressFits / averaged,
  };
}

/**
 * Half the room that the pins leave to the plug along x, and along y where it stands in the middle of that: the mean of the
 * half-heights of both clearance ellipses there, since ty = −(y₁ + y₂)/2 (model §3). µm; of what is no press fit.
 */
function playOf(state: MatingState): { readonly xUm: number; readonly yUm: number } {
  const m = state.halfPitchMismatchUm;
  const [c1, c2] = [state.clearanceX1Um, state.clearanceX2Um];
  const low = Math.max(-m - c1, m - c2);
  const high = Math.min(-m + c1, m + c2);
  const middle = 0.5 * (low + high);
  const y1 = halfHeight(-m - middle, c1, state.clearanceY1Um);
  const y2 = halfHeight(m - middle, c2, state.clearanceY2Um);
  return { xUm: 0.5 * (high - low), yUm: 0.5 * (y1 + y2) };
}

/** Half-height at x of an ellipse with half-axes a and b; 0 if it is none. */
function halfHeight(x: number, a: number, b: number): number {
  return a > 0 && b > 0 ? b * Math.sqrt(Math.max(0, 1 - (x / a) * (x / a))) : 0;
}
