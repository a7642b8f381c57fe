/** Insertion loss of every fibre pair from its offset, angle and gap: model §7 or §8, and T_gap of §9. */
import { DB_PER_NEPER } from '../numerics/elementary.js';
import { receivingCut } from './mode-groups.js';
import { multimodeCoupling } from './multimode.js';
import type { PairGeometry } from './offsets.js';
import { FIBRE, fibreOffset, OPTICS, opticsOffset, PINNED, UNPINNED } from './parts.js';
import { gapTransmissionNepers } from './reflection.js';
import { gaussianCoupling } from './single-mode.js';
import type { Workspace } from './workspace.js';

/** The mode groups of a multimode pair (§8). */
export interface MultimodeOptics {
  /** Groups that the source fills, M. */
  readonly groups: number;
  /** −ln η by displacement and receiving groups (multimode-table.ts). */
  readonly table: Float64Array;
  /** Displacement by offset, 1/w₀², and by angle, (πw₀/λ)². */
  readonly offsetPerUm2: number;
  readonly tiltPerRad2: number;
}

/** What of a pair the losses depend on. */
export interface PairOptics {
  readonly wavelengthUm: number;
  /** Finesse coefficient of an air gap between the glass faces (gapFinesse of the glass index). */
  readonly gapFinesse: number;
  /** null for single-mode fibres. */
  readonly multimode: MultimodeOptics | null;
}

/** Fills the losses and their causes in the results, of all fibres or of those from … to − 1. */
export function fibreLosses(
  pair: PairGeometry & PairOptics,
  parts: Float64Array,
  workspace: Workspace,
  from = 0,
  to = pair.fibres,
): void {
  const { results, coupling } = workspace;
  for (let i = from; i < to; i++) {
    const gap = results.gapUm[i]!;
    const nepers =
      pair.multimode === null
        ? singleModeNepers(pair, parts, workspace, i)
        : multimodeNepers(pair, pair.multimode, parts, workspace, i);
    const interference = gapTransmissionNepers(gap, pair.wavelengthUm, pair.gapFinesse);
    results.lossDb[i] = DB_PER_NEPER * (nepers + interference);
    results.lateralNepers[i] = coupling.lateral;
    results.angularNepers[i] = coupling.angular;
    results.modeMismatchNepers[i] = coupling.modeMismatch;
    results.gapNepers[i] = coupling.gap + interference;
    results.interactionNepers[i] = coupling.interaction;
  }
}

function singleModeNepers(
  pair: PairGeometry & PairOptics,
  parts: Float64Array,
  { results, coupling }: Workspace,
  i: number,
): number {
  const source = fibreOffset(PINNED, i);
  const receiver = fibreOffset(UNPINNED, pair.facing[i]!);
  return gaussianCoupling(
    results.offsetXUm[i]!,
    results.offsetYUm[i]!,
    results.tiltXRad[i]!,
    results.tiltYRad[i]!,
    results.gapUm[i]!,
    0.5 * parts[source + FIBRE.modeFieldDiameterUm]!,
    0.5 * parts[receiver + FIBRE.modeFieldDiameterUm]!,
    pair.wavelengthUm,
    1, // gap and angles are taken in air
    coupling,
  );
}

function multimodeNepers(
  pair: PairGeometry,
  optics: MultimodeOptics,
  parts: Float64Array,
  { results, coupling }: Workspace,
  i: number,
): number {
  return multimodeCoupling(
    results.offsetXUm[i]!,
    results.offsetYUm[i]!,
    results.tiltXRad[i]!,
    results.tiltYRad[i]!,
    cutOf(pair, optics.groups, parts, i),
    optics.table,
    optics.offsetPerUm2,
    optics.tiltPerRad2,
    coupling,
  );
}

/** Groups of the source that the receiver facing fibre `i` guides, by the drawn cores of both; `groups` is the source's M. */
export function cutOf(pair: PairGeometry, groups: number, parts: Float64Array, i: number): number {
  const source = opticsOffset(PINNED, i, pair.fibres);
  const receiver = opticsOffset(UNPINNED, pair.facing[i]!, pair.fibres);
  return receivingCut(
    groups,
    parts[source + OPTICS.coreDiameterUm]!,
    parts[source + OPTICS.numericalAperture]!,
    parts[receiver + OPTICS.coreDiameterUm]!,
    parts[receiver + OPTICS.numericalAperture]!,
  );
}
