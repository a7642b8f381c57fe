/** Which inputs drive the loss of each pair: Sobol' indices, and what tails and yields gain from narrower inputs. */
import type { RunTotals } from '../../engine/fold.js';
import { defaultWorkers } from '../../engine/pool.js';
import { UserError } from '../../errors.js';
import { runStudy } from '../../parts/run-study.js';
import type { OpenedRun, Study, StudyRun } from '../../parts/study-run.js';
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

export interface SensitivityQuestion {
  /** Names of the pairs; all unless given. */
  readonly pairs?: readonly string[] | undefined;
  /** Tells inputs apart that differ by their axis alone. */
  readonly axes?: boolean | undefined;
  /** Loss at which the yield is taken, dB. Default 0.25. */
  readonly yieldAtDb?: number | undefined;
}

export interface SensitivityOptions
  extends SensitivityQuestion,
    Omit<SimulateOptions, 'onProgress' | 'key'> {
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
  const { workers = defaultWorkers(), engine = 'kernel', onProgress } = options;
  const { journal, signal, faults } = options;
  const hostFacts = startClock(workers, engine);
  const study = sensitivityStudy(scenario, options);
  const { fibreMatings } = await runStudy(study.runs(), {
    ...{ workers, engine, journal, signal, faults },
    onProgress: (done, all) => onProgress?.(done / all),
  });
  return study.result(hostFacts(fibreMatings));
}

/** The same as a study of some plans a pair. Throws as `sensitivity`. */
export function sensitivityStudy(
  scenario: Scenario,
  { pairs, axes = false, yieldAtDb = DEFAULT_YIELD_DB }: SensitivityQuestion,
): Study<SensitivityResult> {
  checkExperiment(scenario);
  const names = pairs ?? scenario.pairs.map(({ name }) => name);
  const studies = names.map((name) => new PairStudy(scenario, name, axes, yieldAtDb));
  const total = studies.reduce((sum, study) => sum + study.fibreMatings, 0);
  function* runs(): Generator<StudyRun> {
    let before = 0;
    for (const study of studies) {
      for (const { key, fibreMatings: work, open } of study.runs()) {
        yield { key, place: { before, work, total }, open };
        before += work;
      }
    }
  }
  return {
    runs,
    result: (host) => ({
      ...{ kind: 'sensitivity' as const, ...provenanceOf(scenario) },
      confidence: 0.95,
      yieldAtDb,
      pairs: studies.map((study) => study.result()),
      host,
    }),
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
    this.fibreMatings = [...this.runs()].reduce((sum, run) => sum + run.fibreMatings, 0);
  }

  /** Its plans, and how much work each is. */
  *runs(): Generator<Pick<StudyRun, 'key' | 'open'> & { readonly fibreMatings: number }> {
    const fibreMatings = (variants: number) => this.#scenario.matings * this.#fibres * variants;
    yield {
      key: `${this.#name}: indices`,
      fibreMatings: fibreMatings(2 + this.#factors.length),
      open: () => {
        const { plan, own, indices } = pickFreeze(this.#scenario, this.#name, this.#factors);
        const done = (totals: RunTotals): void => {
          this.#indices = indices(totals);
        };
        return { plan, own, done };
      },
    };
    for (const [c, factors] of this.#chunks.entries()) {
      yield {
        key: `${this.#name}: spreads ${c + 1}`,
        fibreMatings: fibreMatings(1 + 2 * factors.length),
        open: () => this.#openSpreads(factors),
      };
    }
  }

  #openSpreads(factors: readonly Factor[]): OpenedRun {
    const study = spreadStudy(this.#scenario, this.#name, factors, this.#yieldAtDb);
    const done = (totals: RunTotals): void => {
      this.#base ??= totals.pairs[0] as PairTotal;
      study.changes(totals).forEach((changes, f) => {
        this.#changes.set(factors[f] as Factor, changes);
      });
    };
    return { plan: study.plan, done };
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
