/** Which inputs drive the loss of each pair: Sobol' indices, and what tails and yields gain from narrower inputs. */
import type { RunTotals } from '../../engine/fold.js';
import { defaultWorkers } from '../../engine/pool.js';
import { type PlannedRun, runPlans } from '../../engine/run-many.js';
import { UserError } from '../../errors.js';
import type { Plan } from '../../plan/types.js';
import { provenanceOf, startClock } from '../../result/provenance.js';
import type {
  FactorResult,
  SensitivityOfPair,
  SensitivityResult,
} from '../../result/schema-sensitivity.js';
import type { Scenario } from '../../scenario/types.js';
import { SINGLE_MODE_GRADES } from '../../statistics/grade.js';
import { summariseFibres, yields } from '../../statistics/summary.js';
import type { PairTotal } from '../../statistics/total.js';
import type { SimulateOptions } from '../simulate.js';
import { type Factor, factorsOf } from './factors.js';
import { type IndicesOfPair, pickFreeze } from './indices.js';
import { type ChangesOfFactor, spreadStudy } from './spreads.js';

export interface SensitivityOptions extends Omit<SimulateOptions, 'onProgress'> {
  /** Names of the pairs; all unless given. */
  readonly pairs?: readonly string[] | undefined;
  /** Tells inputs apart that differ by their axis alone. */
  readonly axes?: boolean | undefined;
  /** Loss at which the yield is taken, dB. Default 0.25. */
  readonly yieldAtDb?: number | undefined;
  /** Called with the share of the work that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const DEFAULT_YIELD_DB = 0.25;
/** Fibres of all variants of one plan: as many as keep its histograms small. */
const FIBRES_OF_VARIANTS = 600;

/**
 * Runs each pair, its first step, in many variants on shared random numbers.
 *
 * Sobol' indices by pick-freeze (Saltelli et al. 2010, estimators in statistics/sobol-indices.ts) say where the variance
 * comes from. What they say of a mean they do not say of a tail, so every factor is also taken away (its spread set to 0) and
 * cut by 10 %: the change of mean, sd, 97 % point and yield, each with the interval of paired differences. Spread that
 * designs have from lot to lot is one constant in a run; the indices do not see it, and `without` takes it away.
 *
 * Of a pair in which nothing varies the indices are null. Throws UserError for lots, InvariantError for unknown pairs.
 */
export async function sensitivity(
  scenario: Scenario,
  options: SensitivityOptions = {},
): Promise<SensitivityResult> {
  checkExperiment(scenario);
  const { axes = false, yieldAtDb = DEFAULT_YIELD_DB, signal, onProgress } = options;
  const workers = options.workers ?? defaultWorkers();
  const engine = options.engine ?? 'kernel';
  const names = options.pairs ?? scenario.pairs.map(({ name }) => name);
  const hostFacts = startClock(workers, engine);
  const studies = names.map((name) => new PairStudy(scenario, name, axes, yieldAtDb));
  const all = studies.reduce((sum, study) => sum + study.fibreMatings, 0);
  let done = 0;
  function* runs(): Generator<PlannedRun> {
    for (const study of studies) {
      for (const run of study.runs()) {
        let before = 0;
        yield {
          ...run,
          onProgress: ({ matingsDone }) => {
            done += (matingsDone - before) * fibresOf(run.plan);
            before = matingsDone;
            onProgress?.(done / all);
          },
          failed: (error) => {
            throw error;
          },
        };
      }
    }
  }
  await runPlans(runs(), { workers, engine, signal });
  return {
    ...{ kind: 'sensitivity' as const, ...provenanceOf(scenario) },
    confidence: 0.95,
    yieldAtDb,
    pairs: studies.map((study) => study.result()),
    host: hostFacts(all),
  };
}

function checkExperiment({ experiment }: Scenario): void {
  if (experiment.type !== 'lot') return;
  throw new UserError([
    {
      message: 'sensitivity: a lot draws its plugs once',
      found: 'experiment of type lot',
      expected: 'another experiment',
      suggestion: '--set "experiment={ type: random-mate }"',
    },
  ]);
}

function fibresOf({ pairs }: Plan): number {
  return pairs.reduce((sum, { mechanics }) => sum + mechanics.fibres, 0);
}

/** One pair: its plans, and what comes of them. */
class PairStudy {
  readonly fibreMatings: number;
  readonly #scenario: Scenario;
  readonly #name: string;
  readonly #yieldAtDb: number;
  readonly #factors: readonly Factor[];
  readonly #fibres: number;
  readonly #chunks: readonly (readonly Factor[])[];
  readonly #changes = new Map<Factor, ChangesOfFactor>();
  #indices: IndicesOfPair | undefined;
  #base: PairTotal | undefined;

  constructor(scenario: Scenario, name: string, axes: boolean, yieldAtDb: number) {
    this.#scenario = scenario;
    this.#name = name;
    this.#yieldAtDb = yieldAtDb;
    this.#factors = factorsOf(scenario, name, axes);
    const pair = scenario.pairs.find((one) => one.name === name);
    this.#fibres = scenario.designs[pair?.pinned ?? '']?.fibreCount ?? 0;
    const perPlan = Math.max(1, Math.floor((FIBRES_OF_VARIANTS / this.#fibres - 1) / 2));
    const count = Math.ceil(this.#factors.length / perPlan);
    this.#chunks = Array.from({ length: count }, (_, c) =>
      this.#factors.slice(c * perPlan, (c + 1) * perPlan),
    );
    const variants = 2 + this.#factors.length + count + 2 * this.#factors.length;
    this.fibreMatings = scenario.matings * this.#fibres * variants;
  }

  *runs(): Generator<Pick<PlannedRun, 'plan' | 'onBlock' | 'done'>> {
    const freeze = pickFreeze(this.#scenario, this.#name, this.#factors);
    yield {
      plan: freeze.plan,
      onBlock: freeze.onBlock,
      done: () => {
        this.#indices = freeze.indices();
      },
    };
    for (const factors of this.#chunks) {
      const study = spreadStudy(this.#scenario, this.#name, factors, this.#yieldAtDb);
      yield {
        plan: study.plan,
        done: (totals: RunTotals) => {
          this.#base ??= totals.pairs[0] as PairTotal;
          study.changes(totals).forEach((changes, f) => {
            this.#changes.set(factors[f] as Factor, changes);
          });
        },
      };
    }
  }

  result(): SensitivityOfPair {
    const base = this.#base as PairTotal;
    const { mating, fibre } = this.#indices as IndicesOfPair;
    const { il } = summariseFibres(base, SINGLE_MODE_GRADES);
    const factors = this.#factors.map(
      (factor, f): FactorResult => ({
        name: factor.name,
        inputs: factor.inputs.map(({ design, input }) => ({ design, input })),
        mating: mating?.groups[f] ?? null,
        fibre: fibre?.groups[f] ?? null,
        ...(this.#changes.get(factor) as ChangesOfFactor),
      }),
    );
    return {
      name: this.#name,
      fibres: this.#fibres,
      matings: base.matings,
      mean: il.mean,
      sd: il.sd,
      p97: il.p97,
      yield: yields(base, this.#yieldAtDb).fibre,
      factors: factors.sort((a, b) => effectOf(b) - effectOf(a)),
      interactions:
        mating === null || fibre === null
          ? null
          : { mating: mating.interactions, fibre: fibre.interactions },
    };
  }
}

function effectOf({ without }: FactorResult): number {
  return Math.abs(without.p97.value);
}
