/** Matings of a plan one by one, as columns of a table: a row a fibre, or a row a mating. */
import { evaluateMating } from '../model/mating.js';
import { createWorkspace, type FibreResults, type Workspace } from '../model/workspace.js';
import { DB_PER_NEPER } from '../numerics/elementary.js';
import type { Plan } from '../plan/types.js';
import { PartsSource } from './parts-source.js';

export const SAMPLE_ROWS = ['fibre', 'mating'] as const;
export type SampleRow = (typeof SAMPLE_ROWS)[number];

/** One column of a chunk of rows. Whole numbers are below 2^53. */
export type SampleColumn =
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly string[] }
  | { readonly name: string; readonly kind: 'whole' | 'real'; readonly values: readonly number[] };

/** A pair, or one of its steps, by its place in the plan. */
export interface SampledPair {
  readonly index: number;
  readonly pair: string;
  /** Undefined where no pair of the run has steps. */
  readonly step: string | undefined;
}

/** Rows of a chunk are about as many; whole matings are kept together. */
const CHUNK_ROWS = 32_768;

type Cell = string | number;
interface Field {
  readonly name: string;
  readonly kind: SampleColumn['kind'];
  /** @param i fibre of the pinned plug, from 0 */
  readonly of: (row: { mating: number; at: SampledPair; workspace: Workspace; i: number }) => Cell;
}

const pairFields = (hasSteps: boolean): Field[] => [
  { name: 'pair', kind: 'text', of: ({ at }) => at.pair },
  ...(hasSteps
    ? [{ name: 'step', kind: 'text', of: ({ at }) => at.step ?? '' } satisfies Field]
    : []),
  { name: 'mating', kind: 'whole', of: ({ mating }) => mating },
];

const real = (name: string, of: Field['of']): Field => ({ name, kind: 'real', of });
const ofResult = (name: keyof FibreResults): Field =>
  real(name, ({ workspace, i }) => workspace.results[name][i] as number);
/** A cause in dB. */
const ofCause = (name: string, cause: keyof FibreResults): Field =>
  real(name, ({ workspace, i }) => DB_PER_NEPER * (workspace.results[cause][i] as number));
const ofState = (name: string, key: keyof Workspace['state']): Field =>
  real(name, ({ workspace }) => Number(workspace.state[key]));

const FIBRE_FIELDS: readonly Field[] = [
  { name: 'fibre', kind: 'whole', of: ({ i }) => i + 1 },
  ...(['offsetXUm', 'offsetYUm', 'tiltXRad', 'tiltYRad', 'gapUm', 'lossDb'] as const).map(ofResult),
  ofCause('lateralDb', 'lateralNepers'),
  ofCause('angularDb', 'angularNepers'),
  ofCause('modeMismatchDb', 'modeMismatchNepers'),
  ofCause('gapDb', 'gapNepers'),
  ofCause('interactionDb', 'interactionNepers'),
];

const worstOf = ({ results }: Workspace) => Math.max(...results.lossDb);
const MATING_FIELDS: readonly Field[] = [
  real('meanLossDb', ({ workspace }) => {
    const { lossDb } = workspace.results;
    return lossDb.reduce((sum, db) => sum + db, 0) / lossDb.length;
  }),
  real('worstLossDb', ({ workspace }) => worstOf(workspace)),
  {
    name: 'worstFibre',
    kind: 'whole',
    of: ({ workspace }) => workspace.results.lossDb.indexOf(worstOf(workspace)) + 1,
  },
  { name: 'fibresInContact', kind: 'whole', of: ({ workspace }) => workspace.state.contacts },
  ofState('offsetXUm', 'offsetXUm'),
  ofState('offsetYUm', 'offsetYUm'),
  ofState('turnRad', 'offsetTurnRad'),
  ofState('tiltXRad', 'tiltXRad'),
  ofState('tiltYRad', 'tiltYRad'),
  ofState('springForceN', 'springForceN'),
  ofState('loadXN', 'loadXN'),
  ofState('loadYN', 'loadYN'),
  ofState('debrisGapUm', 'debrisGapUm'),
];

/**
 * The rows of all matings and pairs, chunk by chunk: mating by mating, and in each pair by pair. The reference computes
 * them, to the bits of the run; memory is that of a chunk.
 */
export function* sampleChunks(
  plan: Plan,
  pairs: readonly SampledPair[],
  row: SampleRow,
): Generator<readonly SampleColumn[]> {
  const hasSteps = pairs.some(({ step }) => step !== undefined);
  const hasReturnLoss = plan.pairs.some(({ mechanics }) => mechanics.returnLoss);
  const fields = [
    ...pairFields(hasSteps),
    ...(row === 'mating' ? MATING_FIELDS : FIBRE_FIELDS),
    ...(row === 'fibre' && hasReturnLoss ? [ofResult('returnLossDb')] : []),
  ];
  const workspaces = plan.pairs.map(({ mechanics }) => createWorkspace(mechanics.fibres));
  const source = new PartsSource(plan);
  let columns = emptyColumns(fields);
  for (let mating = 0; mating < plan.matings; mating++) {
    source.draw(mating);
    for (const at of pairs) {
      const { mechanics } = plan.pairs[at.index]!;
      const workspace = workspaces[at.index]!;
      evaluateMating(mechanics, source.parts(at.index), workspace);
      const rows = row === 'mating' ? 1 : mechanics.fibres;
      for (let i = 0; i < rows; i++) {
        fields.forEach(({ of }, c) => {
          columns[c]!.push(of({ mating, at, workspace, i }));
        });
      }
    }
    if (columns[0]!.length < CHUNK_ROWS) continue;
    yield named(fields, columns);
    columns = emptyColumns(fields);
  }
  if (columns[0]!.length > 0) yield named(fields, columns);
}

function emptyColumns(fields: readonly Field[]): Cell[][] {
  return fields.map(() => []);
}

function named(fields: readonly Field[], columns: Cell[][]): SampleColumn[] {
  return fields.map(({ name, kind }, c) => ({ name, kind, values: columns[c] }) as SampleColumn);
}
