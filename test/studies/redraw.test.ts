/** Pictures' data computed again from a result: the run's own matings, places that fit together, and a word where they are not. */
import { describe, expect, it } from 'vitest';
import { type MatedFaces, matedFaces } from '../../src/engine/mated-faces.js';
import { type Replay, replayMating } from '../../src/engine/replay.js';
import { fillGroupTransfer, transferGroups } from '../../src/model/mode-groups.js';
import { compilePlan } from '../../src/plan/compile.js';
import { launchOf } from '../../src/plan/optics.js';
import type { RedrawnPair } from '../../src/result/redrawn.js';
import type { Result } from '../../src/result/schema.js';
import { parseScenario } from '../../src/scenario/index.js';
import type { MatingConditions } from '../../src/scenario/types.js';
import { isoLossRadiusUm } from '../../src/studies/iso-loss.js';
import { redraw } from '../../src/studies/redraw.js';
import { simulate } from '../../src/studies/simulate.js';

const DESIGNS = `designs:
  mtp: { extends: mtp-standard, guidePins: { clamp: loose } }
  oval: { extends: mtp-standard, guidePins: { shape: elliptical, minorAxisShorterBy: 0.3 um } }
  flat: { extends: mtp-standard, endFace: { polish: PC, angle: 0 deg } }
  many: { extends: mtp-standard, fibres: { count: 24 } }
pairs:
  mtp: { pinned: mtp, unpinned: mtp }
  oval: { pinned: oval, unpinned: oval }
  flat: { pinned: flat, unpinned: flat, mating: { adapter: key-up-to-key-up } }
  many: { pinned: many, unpinned: many }
mating: { sideLoad: 6 N, temperature: 45 degC }
seed: redraw
matings: 150`;
const { scenario } = parseScenario(DESIGNS, { allowImplausible: true });
const plan = compilePlan(scenario);
const onDisk = async (...given: Parameters<typeof simulate>): Promise<Result> =>
  JSON.parse(JSON.stringify(await simulate(...given)));

/** Half the room of the plug, found by trying places: along x any, along y those in the middle of x, both pins in their holes. */
function searchedPlay(steps: Replay['steps']): { x: number; y: number; middle: number } {
  const { halfPitchMismatchUm: m } = steps;
  const heightOf = (deltaX: number, cx: number, cy: number): number =>
    Math.abs(deltaX) > cx ? -1 : cy * Math.sin(Math.acos(deltaX / cx));
  const heights = (tx: number): [number, number] => [
    heightOf(-m - tx, steps.clearanceX1Um, steps.clearanceY1Um),
    heightOf(m - tx, steps.clearanceX2Um, steps.clearanceY2Um),
  ];
  const places = Array.from({ length: 40_001 }, (_, i) => -4 + i * 2e-4);
  const fits = places.filter((tx) => Math.min(...heights(tx)) >= 0);
  const [low, high] = [fits[0], fits.at(-1)];
  if (low === undefined || high === undefined) return { x: 0, y: 0, middle: steps.insertionXUm };
  const middle = (low + high) / 2;
  const [one, two] = heights(middle);
  return { x: (high - low) / 2, y: (one + two) / 2, middle };
}

describe('redraw', () => {
  it('shows the matings of the run: the worst one, and the offsets of all of a short run', async () => {
    const result = await onDisk(scenario, { workers: 0 });
    const { note, pairs } = redraw(result);
    expect(note).toBeNull();
    expect(pairs.map(({ name }) => name)).toEqual(['mtp', 'oval', 'flat', 'many']);
    pairs.forEach(({ worst, offsets }, p) => {
      const [recorded] = result.pairs[p]?.worstMatings ?? [];
      expect(worst?.mating).toBe(recorded?.mating);
      expect(Math.max(...(worst?.fibres ?? []).map(({ lossDb }) => lossDb))).toBe(
        recorded?.worstFibreDb,
      );
      const fibres = plan.pairs[p]?.mechanics.fibres as number;
      expect(offsets.xUm).toHaveLength(offsets.matings * fibres);
    });
    // 12 fibres: 84 of the 150 matings; each point is a fibre of one of them
    const seen = new Set<string>();
    for (let mating = 0; mating < 150; mating++) {
      for (const f of replayMating(plan, 0, mating).fibres) {
        seen.add([f.offsetXUm, f.offsetYUm, f.lossDb].join());
      }
    }
    const cloud = pairs[0]?.offsets as (typeof pairs)[0]['offsets'];
    const points = cloud.xUm.map((x, k) => [x, cloud.yUm[k], cloud.lossDb[k]].join());
    expect(points.every((point) => seen.has(point))).toBe(true);
    expect(new Set(points).size).toBeGreaterThan(0.75 * points.length);
  });

  it('tells the play of the pins as the matings have it: pitches take their part of the clearance', async () => {
    // 70 matings of 12 fibres are all drawn
    const text = `designs:
  mpo: { extends: generic-mpo }
  oval: { extends: mtp-standard, guidePins: { shape: elliptical, minorAxisShorterBy: 0.3 um } }
pairs: { mpo: { pinned: mpo, unpinned: mpo }, oval: { pinned: oval, unpinned: oval } }
seed: play
matings: 70`;
    const own = parseScenario(text, { allowImplausible: true }).scenario;
    const ownPlan = compilePlan(own);
    redraw(await onDisk(own, { workers: 0 })).pairs.forEach((pair, p) => {
      const sums = { x: 0, y: 0, clearance: 0, pressFits: 0 };
      for (let mating = 0; mating < 70; mating++) {
        const { steps } = replayMating(ownPlan, p, mating);
        const play = searchedPlay(steps);
        sums.x += play.x / 70;
        sums.y += play.y / 70;
        sums.clearance += (steps.clearanceX1Um + steps.clearanceX2Um) / 2 / 70;
        if (steps.pressFit) sums.pressFits++;
        // where the plug was put lies within its room
        expect(Math.abs(steps.insertionXUm - play.middle)).toBeLessThan(play.x + 1e-3);
      }
      expect(pair.offsets.matings).toBe(70);
      expect(Math.abs(pair.playXUm - sums.x)).toBeLessThan(1e-3);
      expect(Math.abs(pair.playYUm - sums.y)).toBeLessThan(5e-3);
      expect(pair.pressFits).toBeCloseTo(sums.pressFits / 70, 12);
      // the radial clearance itself, which was drawn once
      expect(sums.clearance).toBeGreaterThan(1.6 * pair.playXUm);
    });
  });

  it('looks all over a lot, whose first matings share a plug, and at the first step of experiments', async () => {
    const lot = `${DESIGNS.replace(/matings: 150/, '')}experiment: { type: lot, pinned: 20, unpinned: 20 }`;
    const lots = await onDisk(parseScenario(lot, { allowImplausible: true }).scenario, {
      workers: 0,
    });
    const [pair] = redraw(lots).pairs as [RedrawnPair];
    const lotPlan = compilePlan(parseScenario(lot, { allowImplausible: true }).scenario);
    const plugOf = new Map<string, number>();
    for (let mating = 0; mating < 400; mating++) {
      const [f] = replayMating(lotPlan, 0, mating).fibres as [Replay['fibres'][0]];
      plugOf.set([f.offsetXUm, f.lossDb].join(), Math.floor(mating / 20));
    }
    const { xUm, lossDb } = pair.offsets;
    const plugs = xUm.map((x, k) => plugOf.get([x, lossDb[k]].join()) ?? -1);
    expect(new Set(plugs.filter((plug) => plug >= 0)).size).toBe(20);
    expect(pair.worst?.mating).toBe(lots.pairs[0]?.worstMatings[0]?.mating);
    const stress = `${DESIGNS}\nexperiment: { type: stress, steps: { room: { temperature: 20 degC }, hot: { temperature: 85 degC } } }`;
    const steps = await onDisk(parseScenario(stress, { allowImplausible: true }).scenario, {
      workers: 0,
    });
    const drawn = redraw(steps);
    expect(drawn.note).toBeNull();
    expect(drawn.pairs.map(({ step }) => step)).toEqual(['room', 'room', 'room', 'room']);
  });

  it('leaves pictures out, and says so, if a loss comes out otherwise or the scenario cannot be read', async () => {
    const result = await onDisk(scenario, { workers: 0 });
    const [first, ...rest] = result.pairs as [Result['pairs'][0]];
    const [worst] = first.worstMatings as [Result['pairs'][0]['worstMatings'][0]];
    const other = { ...worst, worstFibreDb: worst.worstFibreDb + 1e-9 };
    const changed = { ...result, pairs: [{ ...first, worstMatings: [other] }, ...rest] };
    expect(redraw(changed)).toMatchObject({ pairs: [], note: expect.stringMatching(/otherwise/) });
    const broken = { ...result, scenario: { ...result.scenario, seed: 3, pairs: 'none' } };
    expect(redraw(broken)).toMatchObject({ pairs: [], note: expect.stringMatching(/cannot be/) });
    const designs = { mtp: { extends: './secret.yaml' } };
    const reading = { ...result, scenario: { ...result.scenario, designs } };
    expect(redraw(reading)).toMatchObject({ pairs: [], note: expect.stringMatching(/cannot be/) });
  });
});

describe('the faces of a mating', () => {
  const matings = [0, 1, 2, 3, 40, 99];
  const each = (check: (faces: MatedFaces, replay: Replay, p: number) => void): void => {
    plan.pairs.forEach((_, p) => {
      for (const m of matings) check(matedFaces(plan, p, m), replayMating(plan, p, m), p);
    });
  };

  it('have pins and holes as far apart as they were drawn, the holes turned by θ', () => {
    each(({ guides: [one, two], plugTurnRad }, { sampled, steps }, p) => {
      const pitch = plan.pairs[p]?.mechanics.guidePitchUm as number;
      const { pinned, unpinned } = sampled;
      const seats = pinned.plug.seatErrorX2Um - pinned.plug.seatErrorX1Um;
      expect(two.pinXUm - one.pinXUm).toBeCloseTo(pitch + pinned.plug.pitchErrorUm + seats, 9);
      expect(two.holeXUm - one.holeXUm).toBeCloseTo(pitch + unpinned.plug.pitchErrorUm, 9);
      expect((two.holeYUm - one.holeYUm) / pitch).toBeCloseTo(steps.offsetTurnRad, 14);
      expect(plugTurnRad).toBe(steps.offsetTurnRad);
      const mirrored = plan.pairs[p]?.mechanics.signX === -1;
      const diameters = [unpinned.plug.guideDiameter1Um, unpinned.plug.guideDiameter2Um];
      expect([one.holeDiameterUm, two.holeDiameterUm]).toEqual(
        mirrored ? diameters.toReversed() : diameters,
      );
      expect(one.pinWidthUm).toBe(pinned.plug.guideDiameter1Um);
      expect(one.pinHeightUm).toBeCloseTo(
        pinned.plug.guideDiameter1Um - pinned.plug.minorAxisShorterBy1Um,
        9,
      );
    });
  });

  it('have every pin within its hole, and one that touches where the load has used up the play', () => {
    let touching = 0;
    each(({ guides, pressFit }, { steps }) => {
      if (pressFit) return;
      const fill = guides.map((g) => {
        const [cx, cy] = [g.holeDiameterUm - g.pinWidthUm, g.holeDiameterUm - g.pinHeightUm];
        const [x, y] = [(2 * (g.pinXUm - g.holeXUm)) / cx, (2 * (g.pinYUm - g.holeYUm)) / cy];
        return x * x + y * y;
      });
      expect(Math.max(...fill)).toBeLessThan(1 + 1e-6);
      if (!(steps.bendUm > 0)) return;
      touching += 1;
      expect(Math.max(...fill)).toBeCloseTo(1, 6);
    });
    expect(touching).toBeGreaterThan(5);
  });

  it('have cores where plug, turn and core errors put them', () => {
    each(({ fibres, plugXUm, plugYUm, plugTurnRad }, { sampled, fibres: found }, p) => {
      const { mechanics } = plan.pairs[p] as (typeof plan.pairs)[0];
      const { signX, signY, glassIndex, endFaceAngleRad } = mechanics;
      fibres.forEach((f, i) => {
        const errorOf = (side: 'pinned' | 'unpinned', k: number) => {
          const { plug, fibres: its } = sampled[side];
          const one = its[k] as (typeof its)[0];
          const of = (bias: number, bore: number, place: number, direction: number): number =>
            bias + bore + 0.5 * one.boreClearanceUm * place + one.coreEccentricityUm * direction;
          return [
            of(plug.rowBiasXUm, one.positionErrorXUm, one.placeInBoreX, one.coreDirectionX),
            of(plug.rowBiasYUm, one.positionErrorYUm, one.placeInBoreY, one.coreDirectionY),
          ] as const;
        };
        const [ownX, ownY] = errorOf('pinned', i);
        const [otherX, otherY] = errorOf('unpinned', f.facingFibre - 1);
        const walkOff = f.gapUm * (glassIndex - 1) * endFaceAngleRad;
        expect(f.coreXUm).toBeCloseTo(f.nominalXUm + ownX, 9);
        expect(f.coreYUm).toBeCloseTo(f.nominalYUm + ownY, 9);
        expect(f.offsetXUm).toBeCloseTo(
          plugXUm - plugTurnRad * f.nominalYUm + signX * otherX - ownX,
          9,
        );
        expect(f.offsetYUm).toBeCloseTo(
          plugYUm + plugTurnRad * f.nominalXUm + signY * otherY - ownY + walkOff,
          9,
        );
        expect(f.lossDb).toBe(found[i]?.lossDb);
      });
    });
  });
});

describe('radii of equal loss', () => {
  it('are those of the Gaussian in closed form (Marcuse 1977): 4.343·d²/w²', () => {
    const pair = plan.pairs[0] as (typeof plan.pairs)[0];
    for (const lossDb of [0.1, 0.25, 0.5, 1]) {
      const radius = 4.6 * Math.sqrt((lossDb * Math.LN10) / 10);
      expect(isoLossRadiusUm(pair, lossDb, 4.6)).toBeCloseTo(radius, 10);
    }
    expect(isoLossRadiusUm(pair, 1e6, 4.6)).toBeNull();
  });

  it('of multimode fibres lose as much by the sum over mode groups, which the table stands for', () => {
    const multimode = parseScenario(`designs: { mm: { extends: mtp-standard-multimode } }
pairs: { mm: { pinned: mm, unpinned: mm } }`).scenario;
    const pair = compilePlan(multimode).pairs[0] as (typeof plan.pairs)[0];
    const groups = pair.mechanics.multimode?.groups as number;
    const launch = launchOf(multimode.pairs[0]?.mating as MatingConditions, groups);
    const spot2 = (0.85 * 25) / (Math.PI * 0.2);
    for (const lossDb of [0.1, 0.5, 1]) {
      const radius = isoLossRadiusUm(pair, lossDb, 0) as number;
      const transfer = new Float64Array(groups * groups);
      fillGroupTransfer((radius * radius) / spot2, groups, groups, transfer);
      const received = new Float64Array(groups);
      transferGroups(transfer, launch, received);
      const sum = (powers: Float64Array): number => powers.reduce((all, power) => all + power, 0);
      expect(-10 * Math.log10(sum(received) / sum(launch))).toBeCloseTo(lossDb, 5);
    }
  });
});
