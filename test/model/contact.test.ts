/** The contact solver against the conditions that an equilibrium must meet, on random problems. */
import { describe, expect, it } from 'vitest';
import { contactEquilibrium } from '../../src/model/contact.js';
import type { ContactLoad } from '../../src/model/contact-point.js';
import { createWorkspace } from '../../src/model/workspace.js';
import { fillDraws } from '../../src/random/stream.js';
import { FIBRE_COUNTS, ferruleLayout } from '../../src/scenario/layout.js';

const KEY = { key0: 20, key1: 26 };

/** Uniform numbers in (0, 1) for problem `index`. */
function uniforms(index: number, count: number): () => number {
  const raw = new Uint32Array(count);
  fillDraws(KEY, index, 0, raw, 0, count);
  let at = 0;
  return () => {
    const u = ((raw[at] as number) + 0.5) / 2 ** 32;
    at += 1;
    return u;
  };
}

function problem(index: number) {
  const u = uniforms(index, 200);
  const layout = ferruleLayout(FIBRE_COUNTS[index % FIBRE_COUNTS.length] as 12);
  const gap = Float64Array.from({ length: layout.fibres }, (_, i) => {
    const slope = 1e-3 * (u() - 0.5);
    return 2 * (u() - 0.5) + slope * (layout.xUm[i] as number);
  });
  const load: ContactLoad = {
    contactStiffnessNPerUm: 0.5 + u(),
    pinAngularStiffness: 10 ** (4 + 4 * u()),
    mountingAngularStiffness: 10 ** (3 + 5 * u()),
    freeTiltXRad: 1e-3 * u(),
    freeTiltYRad: 1e-3 * u(),
    restTiltXRad: 3e-3 * (u() - 0.5),
    restTiltYRad: 3e-3 * (u() - 0.5),
    forceN: 10 ** (-3 + 5 * u()),
  };
  return { layout, gap, load };
}

function solve({ layout, gap, load }: ReturnType<typeof problem>, singleRow = layout.rows === 1) {
  const workspace = createWorkspace(layout.fibres);
  const { state, results } = workspace;
  contactEquilibrium(
    { ...layout, singleRow },
    gap,
    load,
    workspace.contactScratch,
    state,
    results.gapUm,
  );
  return { d: state.approachUm, a: state.tiltXRad, b: state.tiltYRad, state, z: results.gapUm };
}

const beyond = (tilt: number, free: number) => Math.sign(tilt) * Math.max(0, Math.abs(tilt) - free);

/** Force and moments that are left over at a solution; all three are 0 at an equilibrium. */
function residuals({ layout, gap, load }: ReturnType<typeof problem>, s: ReturnType<typeof solve>) {
  let force = -load.forceN;
  let momentA =
    load.pinAngularStiffness * beyond(s.a, load.freeTiltXRad) +
    load.mountingAngularStiffness * (s.a - load.restTiltXRad);
  let momentB =
    load.pinAngularStiffness * beyond(s.b, load.freeTiltYRad) +
    load.mountingAngularStiffness * (s.b - load.restTiltYRad);
  let scale = load.forceN + Math.abs(momentA) + Math.abs(momentB);
  gap.forEach((g, i) => {
    const x = layout.xUm[i] as number;
    const y = layout.yUm[i] as number;
    const pressure = load.contactStiffnessNPerUm * Math.max(0, s.d + s.a * x + s.b * y - g);
    force += pressure;
    momentA += pressure * x;
    momentB += pressure * y;
    scale += Math.abs(pressure * x) + Math.abs(pressure * y);
  });
  return { force, momentA, momentB, scale };
}

describe('contact equilibrium', () => {
  it('balances force and moments on 5,000 random problems of all layouts', () => {
    let most = 0;
    for (let index = 0; index < 5000; index++) {
      const p = problem(index);
      const s = solve(p);
      const r = residuals(p, s);
      const worst = Math.max(Math.abs(r.force), Math.abs(r.momentA), Math.abs(r.momentB));
      expect(worst / r.scale, `problem ${index}`).toBeLessThan(1e-10);
      most = Math.max(most, s.state.contactVisits);
    }
    expect(most).toBeLessThan(500);
  });

  it('gives the same with and without the closed form of a single row', () => {
    for (let index = 0; index < 900; index += 9) {
      const p = problem(index + 1); // 12 fibres
      const closed = solve(p, true);
      const general = solve(p, false);
      closed.z.forEach((z, i) => {
        expect(Math.abs(z - (general.z[i] as number))).toBeLessThan(1e-9);
      });
      expect(Math.abs(closed.b - general.b)).toBeLessThan(1e-12);
    }
  });

  it('gaps are exactly 0 in contact and reach where the faces leave each other', () => {
    const p = problem(1);
    const s = solve(p);
    const contacts = Array.from(s.z).filter((z) => z === 0).length;
    expect(contacts).toBe(s.state.contacts);
    expect(contacts).toBeGreaterThan(0);
    expect(Math.min(...s.z)).toBe(0);
  });

  it('without spring force the faces just touch at the tilt that the mounting gives', () => {
    const p = problem(10);
    const s = solve({ ...p, load: { ...p.load, forceN: 0 } });
    expect(s.state.contacts).toBe(1);
    expect(Math.min(...s.z)).toBe(0);
    const almost = solve({ ...p, load: { ...p.load, forceN: 1e-9 } });
    s.z.forEach((z, i) => {
      expect(Math.abs(z - (almost.z[i] as number))).toBeLessThan(1e-6);
    });
  });

  it('one proud fibre carries all of a small force', () => {
    const p = problem(1);
    const gap = new Float64Array(12).fill(5);
    gap[5] = -5;
    const load = {
      ...p.load,
      forceN: 1,
      restTiltXRad: 0,
      restTiltYRad: 0,
      contactStiffnessNPerUm: 1,
    };
    const s = solve({ ...p, gap, load: { ...load, mountingAngularStiffness: 1e12 } });
    expect(s.state.contacts).toBe(1);
    expect(s.z[0]).toBeCloseTo(9, 3); // 10 µm proud, pressed by F/k = 1 µm
  });
});
