/** What may be asked of an allocation: kinds of limits, pairs and tolerances, and what is refused. */
import { describe, expect, it } from 'vitest';
import { type Problem, UserError } from '../../src/errors.js';
import { allocationSchema } from '../../src/result/schema-allocation.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import type { Design, Scenario } from '../../src/scenario/types.js';
import { allocate } from '../../src/studies/allocate/allocate.js';
import { type AllocationOptions, allocationStudy } from '../../src/studies/allocate/study.js';
import { agreeingOn, exact, type Model, tolerance } from './allocate-models.js';

const RANGE = { least: 0.25, most: 1 };
function scenario(limits: string, more = '', matings = 2000): Scenario {
  return parseScenario(
    `${more.includes('lot') ? '' : `matings: ${matings}`}
seed: allocate
designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo }, mm: { extends: generic-mpo-multimode } }
pairs:
  mixed: { pinned: mpo, unpinned: mtp, limits: [${limits}] }
  mm: { pinned: mm, unpinned: mm, limits: [${limits}], mating: { wavelength: 850 nm } }
${more}`,
  ).scenario;
}
function study(
  its: Scenario,
  texts: readonly string[],
  more: Partial<AllocationOptions> = {},
): ReturnType<typeof allocationStudy> {
  const tolerances = parseTolerances('--tolerance', texts, Object.keys(its.designs), RANGE);
  const options = { pair: 'mixed', tolerances, question: 'cheapest', workers: 0 } as const;
  return allocationStudy(its, { ...options, ...more });
}
const MIXED = ['designs.mpo.bores.positionError', 'designs.mtp.bores.positionError, cost 4'];

describe('an allocation', () => {
  it('of a mixed pair makes the cheaper one of two designs the tighter one', async () => {
    const result = await study(scenario('p97 <= 0.48 dB'), MIXED);
    const { outcome, factors } = result.cheapest!;
    expect(outcome).toBe('verified');
    expect(factors[0]).toBeLessThan(0.9 * factors[1]!);
    expect(result.tolerances.map(({ inputs }) => inputs.map(({ design }) => design))).toEqual([
      ['mpo', 'mpo'],
      ['mtp', 'mtp'],
    ]);
    expect(result.after!.il.p97.high).toBeLessThan(0.48);
    expect(result.before!.il.p97.low).toBeGreaterThan(0.48);
  });

  it('meets all of several limits: yields, the worst fibre, tips in contact', async () => {
    const limits = [
      'yield(0.4 dB) >= 94 %',
      'worstFibre.p97 <= 0.8 dB',
      'matingYield(0.8 dB) >= 96 %',
      'mean <= 0.5 dB',
      'gapFraction <= 0.3',
    ];
    const { cheapest } = await study(scenario(limits.join(', ')), MIXED);
    expect(cheapest!.outcome).toBe('verified');
    expect(cheapest!.targets).toHaveLength(limits.length);
    for (const { upper } of cheapest!.verifications.at(-1)!.ratios)
      expect(upper).toBeLessThanOrEqual(1);
    // what binds has a price, what is met by far has none
    const prices = cheapest!.targets.map(({ costOfOnePercent }) => costOfOnePercent);
    expect(prices[3]).toBe(0);
    expect(Math.max(...prices)).toBeGreaterThan(0);
  });

  it('of a multimode pair is graded and met as such', async () => {
    const { cheapest, before, after } = await study(
      scenario('p97 <= 0.6 dB'),
      ['designs.mm.bores.positionError', 'designs.mm.endFace.slopeError'],
      { pair: 'mm' },
    );
    expect(cheapest!.outcome).toBe('verified');
    expect([before!.grade.name, after!.grade.name]).toEqual(['Cm', 'Bm']);
  });

  it('of limits that are met already says so, and saves where tolerances may be wider', async () => {
    const met = await study(scenario('p97 <= 5 dB'), MIXED);
    expect(met.cheapest).toMatchObject({
      outcome: 'verified',
      slack: true,
      factors: [1, 1],
      cost: 0,
    });
    const wider = await study(scenario('p97 <= 5 dB'), [
      'designs.mpo.bores.positionError = 0.5 to 2',
    ]);
    expect(wider.cheapest).toMatchObject({ slack: true, factors: [2], cost: -0.5 });
  });

  it('that nothing reaches comes as near as it can', async () => {
    const { cheapest, after } = await study(scenario('p97 <= 0.01 dB'), MIXED);
    expect(cheapest).toMatchObject({
      outcome: 'infeasible',
      factors: [0.25, 0.25],
      verifications: [],
    });
    expect(after).toBeNull();
  });

  it('takes the first mating of re-matings, as limits do', async () => {
    const more = 'experiment: { type: re-mating, cycles: [1, 100] }';
    const { cheapest } = await study(scenario('p97 <= 0.48 dB', more), MIXED);
    const once = await study(scenario('p97 <= 0.48 dB'), MIXED);
    expect(cheapest).toEqual(once.cheapest);
  });

  it('has as file what its schema says, of both questions', async () => {
    const its = scenario('p97 <= 0.48 dB', '', 200);
    const [cheapest, infeasible, widest] = await Promise.all([
      study(its, MIXED),
      study(scenario('p97 <= 0.01 dB', '', 50), MIXED),
      study(its, MIXED.slice(0, 1), { question: 'widest' }),
    ]);
    for (const result of [cheapest, infeasible, widest])
      expect(allocationSchema.parse(result)).toEqual(result);
  });

  it('also where a ratio is 0, such as the share above a high loss, but not next to it', async () => {
    const tolerances = [0, 1].map((i) => tolerance({ most: 1 }, i));
    const model: Model = ([a, b]) => [a! ** 2 + b! ** 2, Math.max(0, a! - 0.75)];
    const { evaluate } = exact(model);
    const found = await allocate(tolerances, evaluate, agreeingOn(2), { margin: 0 });
    expect(found.targets[1]?.value).toBe(0);
    const file = JSON.parse(JSON.stringify(found));
    expect(file.tolerances[0].sensitivities).toEqual([expect.any(Number), null]);
    expect(allocationSchema.shape.cheapest.parse(file)).toEqual(file);
  });

  it('ends when it is aborted, in the search and in the verification', async () => {
    const reason = new Error('enough');
    for (const workers of [0, 1]) {
      for (const when of ['search', 'verification'] as const) {
        const abort = new AbortController();
        const onEvaluations = (count: number, phase: string) => {
          if (phase === when && (count > 0 || when === 'verification')) abort.abort(reason);
        };
        const { signal } = abort;
        await expect(
          study(scenario('p97 <= 0.48 dB'), MIXED, { workers, signal, onEvaluations }),
        ).rejects.toBe(reason);
      }
    }
  });
});

async function refused(run: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await run;
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error('not refused');
}

describe('refused with the name of the tolerance', () => {
  const P97 = 'p97 <= 0.48 dB';
  it.each([
    ['designs.mtp.guidePins.diameter', 'it changes nothing in pair "mixed"'],
    ['designs.mpo.guideHoles.diameter', 'it changes nothing in pair "mixed"'],
    ['designs.mm.bores.positionError', 'it changes nothing in pair "mixed"'],
    ['designs.mpo.fibres.coreDiameter', 'it changes nothing in pair "mixed"'],
    ['mating.scatterFloor', 'it changes nothing in pair "mixed"'],
    ['mating.debrisGap', 'it changes nothing in pair "mixed"'],
    ['mating.seatCentring = 0.5 to 1.01', 'seatCentring is 1 at most'],
    [
      'designs.mpo.fibres.modeFieldDiameter = 0.5 to 1000',
      /modeFieldDiameter spreads below 0.1 um/,
    ],
  ])('%s', async (text, message) => {
    const problems = await refused(study(scenario(P97), [...MIXED, text]));
    const path = text.split(' ')[0];
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem?.file).toBe(`--tolerance ${text}`);
    expect(problem?.message.startsWith(`tolerance ${path}: `)).toBe(true);
    expect(problem?.message.slice(`tolerance ${path}: `.length)).toMatch(message);
    expect(problem?.expected).toBeTruthy();
  });

  it('at its place in the scenario, all at once', async () => {
    const section = `allocation:
  tolerances:
    designs.mtp.guidePins.diameter: { from: 0.5 }
    seats: { inputs: [mating.seatCentring], from: 0.5, to: 2.5 }`;
    const text = `designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
mating: { seatCentring: 0.5 }
pairs: { p: { pinned: mpo, unpinned: mtp, limits: [${P97}] } }
${section}`;
    const { scenario: its, allocation } = parseScenario(text, { file: 'x.yaml' });
    const { tolerances } = allocation!;
    const problems = await refused(study(its, [], { pair: 'p', tolerances }));
    expect(problems).toMatchObject([
      { file: 'x.yaml', line: 6, column: 5 },
      {
        file: 'x.yaml',
        line: 7,
        found: '2.5 times 0.5',
        expected: 'a widest factor of at most 2',
        suggestion: 'seats = 0.5 to 2',
      },
    ]);
    // as far as it goes, seats are centred more
    const fits = tolerances.slice(1).map((seats) => ({ ...seats, most: 2 }));
    const result = await study({ ...its, matings: 100 }, [], { pair: 'p', tolerances: fits });
    expect(result.cheapest!.factors[0]).toBeLessThanOrEqual(2);
  });

  it('what was measured, and what else has no width', async () => {
    const its = scenario(P97);
    const mpo = its.designs['mpo'] as Design;
    const measured = { coreErrorXUm: Array(12).fill(0.1), coreErrorYUm: Array(12).fill(0) };
    const designs = { ...its.designs, mpo: { ...mpo, measured } };
    const problems = await refused(study({ ...its, designs }, MIXED));
    expect(problems.map(({ message }) => message)).toEqual([
      'tolerance designs.mpo.bores.positionError: design "mpo": bores.positionErrorX has no spread, measured values stand for it',
    ]);
    const value = [{ distribution: 'fixed', value: 9.2, level: 'fibre' }] as const;
    const fixed = { ...mpo, inputs: { ...mpo.inputs, 'fibres.modeFieldDiameter': value } };
    const [problem] = await refused(
      study({ ...its, designs: { ...its.designs, mpo: fixed } }, [
        'designs.mpo.fibres.modeFieldDiameter',
      ]),
    );
    expect(problem?.message).toMatch(/changes nothing/);
  });
});

describe('refused', () => {
  it.each([
    ['', 'allocate: pair "mixed" has no limits to meet'],
    ['mean >= 0.1 dB', 'allocate: tighter tolerances cannot aim at this limit'],
    ['yield(0.4 dB) <= 97 %', 'allocate: tighter tolerances cannot aim at this limit'],
    ['yield(0.4 dB) >= 100 %', 'allocate: tighter tolerances cannot aim at this limit'],
    ['mean <= 0 dB', 'allocate: tighter tolerances cannot aim at this limit'],
    ['returnLoss.p3 >= 60 dB', 'allocate: tighter tolerances cannot aim at this limit'],
  ])('limits: %s', async (limits, message) => {
    const problems = await refused(study(scenario(limits), MIXED));
    expect(problems).toMatchObject([{ message }]);
  });

  it('lots', async () => {
    const lot = 'experiment: { type: lot, pinned: 4, unpinned: 4 }';
    const problems = await refused(study(scenario('p97 <= 0.5 dB', lot), MIXED));
    expect(problems).toMatchObject([{ message: 'allocate: a lot draws its plugs once' }]);
  });

  it('no tolerance, and for the widest more than one', async () => {
    const its = scenario('p97 <= 0.5 dB');
    expect(await refused(study(its, []))).toMatchObject([{ message: 'no tolerance is free' }]);
    expect(await refused(study(its, MIXED, { question: 'widest' }))).toMatchObject([
      { message: 'allocate: how wide one tolerance may be is asked of one' },
    ]);
  });
});
