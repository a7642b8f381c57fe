/** Every known answer of test/reference for the physics of one mating, within the accuracy that its file states. */
import { describe, expect, it } from 'vitest';
import { contactEquilibrium } from '../../src/model/contact.js';
import { poseUnderLoad } from '../../src/model/load.js';
import { insertionPose } from '../../src/model/pose.js';
import { gapFinesse, gapTransmissionNepers } from '../../src/model/reflection.js';
import { gaussianCoupling } from '../../src/model/single-mode.js';
import { createMatingState } from '../../src/model/state.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { exp } from '../../src/numerics/elementary.js';
import { reference } from '../support/reference.js';

interface SingleModeCase {
  dx: number;
  dy: number;
  tx: number;
  ty: number;
  z: number;
  w1: number;
  w2: number;
  lam: number;
  n: number;
  eta: number;
  il_db: number;
}

describe('Gaussian coupling against numerical overlap integrals', () => {
  const { cases } = reference<{ cases: SingleModeCase[] }>('single-mode');
  it.each(cases.map((c, i) => [i, c] as const))('case %i to 1e-12 relative', (_, c) => {
    const out = createWorkspace(1).coupling;
    const nepers = gaussianCoupling(c.dx, c.dy, c.tx, c.ty, c.z, c.w1, c.w2, c.lam, c.n, out);
    // The file's η is itself good to 1e-12 relative, hence twice that between the two.
    expect(Math.abs(exp(-nepers) / c.eta - 1)).toBeLessThan(2e-12);
    const causes = out.lateral + out.angular + out.modeMismatch + out.gap + out.interaction;
    expect(Math.abs(causes - nepers)).toBeLessThan(1e-13 * Math.max(1, nepers));
  });
});

interface PoseCase {
  pitch_male: number;
  pitch_female: number;
  hole: [number, number];
  pin: [number, number];
  minor_less: number;
  u: [number, number, number, number, number];
  seat: number;
  load_x: number;
  load_y: number;
  friction_limit: number;
  k_slip: number;
  k_pin: number;
  pitch: number;
  insertion: { tx: number; ty: number; theta: number };
  final: { tx: number; ty: number; theta: number };
}

describe('pose at insertion and under load', () => {
  const { cases } = reference<{ cases: PoseCase[] }>('pose');
  it.each(cases.map((c, i) => [i, c] as const))('case %i to 1e-9', (_, c) => {
    const state = createMatingState();
    state.halfPitchMismatchUm = (c.pitch_male - c.pitch_female) / 2;
    state.clearanceX1Um = Math.max(0, (c.hole[0] - c.pin[0]) / 2);
    state.clearanceX2Um = Math.max(0, (c.hole[1] - c.pin[1]) / 2);
    state.clearanceY1Um = Math.max(0, (c.hole[0] - c.pin[0] + c.minor_less) / 2);
    state.clearanceY2Um = Math.max(0, (c.hole[1] - c.pin[1] + c.minor_less) / 2);
    state.loadXN = c.load_x;
    state.loadYN = c.load_y;
    insertionPose(state, c.pitch, c.seat, ...c.u);
    expect(Math.abs(state.insertionXUm - c.insertion.tx)).toBeLessThan(1e-9);
    expect(Math.abs(state.insertionYUm - c.insertion.ty)).toBeLessThan(1e-9);
    expect(Math.abs(state.turnRad - c.insertion.theta)).toBeLessThan(1e-12);
    poseUnderLoad(state, c.pitch, c.friction_limit, c.k_slip, c.k_pin);
    expect(Math.abs(state.offsetXUm - c.final.tx)).toBeLessThan(1e-9);
    expect(Math.abs(state.offsetYUm - c.final.ty)).toBeLessThan(1e-9);
  });
});

interface ContactCase {
  force: number;
  k: number;
  Kp: number;
  a_free: number;
  b_free: number;
  Kh: number;
  a0: number;
  b0: number;
  x: number[];
  y: number[];
  g: number[];
  gap: number[];
}

describe('end-face contact against a generic minimiser', () => {
  const { cases } = reference<{ cases: ContactCase[] }>('contact');
  it.each(cases.map((c, i) => [i, c] as const))('case %i: gaps to 1e-6 um', (_, c) => {
    const n = c.x.length;
    const workspace = createWorkspace(n);
    contactEquilibrium(
      {
        fibres: n,
        xUm: Float64Array.from(c.x),
        yUm: Float64Array.from(c.y),
        singleRow: c.y.every((y) => y === 0),
      },
      Float64Array.from(c.g),
      {
        contactStiffnessNPerUm: c.k,
        pinAngularStiffness: c.Kp,
        mountingAngularStiffness: c.Kh,
        freeTiltXRad: c.a_free,
        freeTiltYRad: c.b_free,
        restTiltXRad: c.a0,
        restTiltYRad: c.b0,
        forceN: c.force,
      },
      workspace.contactScratch,
      workspace.state,
      workspace.results.gapUm,
    );
    const worst = Math.max(...c.gap.map((z, i) => Math.abs(z - workspace.results.gapUm[i]!)));
    expect(worst).toBeLessThan(1e-6);
    expect(workspace.state.contactVisits).toBeLessThan(20);
  });
});

describe('gap transmission', () => {
  const { cases } = reference<{ cases: { z: number; n: number; lam: number; t_gap: number }[] }>(
    'reflection',
  );
  it.each(cases.map((c, i) => [i, c] as const))('case %i to 1e-12', (_, c) => {
    const nepers = gapTransmissionNepers(c.z, c.lam, gapFinesse(c.n));
    expect(Math.abs(exp(-nepers) - c.t_gap)).toBeLessThan(1e-12);
  });
});
