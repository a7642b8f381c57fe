/** What is done with the parts: random mates, re-mating, stress, lots, and whether return loss is asked for. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { compilePlan } from '../../src/plan/compile.js';
import { MOST_CYCLES, MOST_PLUGS, MOST_STEPS } from '../../src/scenario/experiment-schema.js';
import { DEFAULT_MATINGS } from '../../src/scenario/scalars.js';
import type { Pair } from '../../src/scenario/types.js';
import { parse, problemsOf, single, told } from './helpers.js';
import { mistake } from './marked.js';

/** Two pairs, the second with conditions of its own, and these lines. */
const two = (lines: string) => `designs: { a: { extends: mtp-elite } }
pairs:
  p: { pinned: a, unpinned: a }
  q: { pinned: a, unpinned: a, mating: { temperature: 30 degC, friction: 0.2 } }
${lines}
`;
const experiment = (text: string) => two(`experiment: ${text}`);
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);
const steps = (count: number) => numbers(count).map((i) => `s${i}: {}`);

describe('random-mate', () => {
  it('is what is done where nothing is said', () => {
    expect(parse(two('')).experiment).toEqual({ type: 'random-mate' });
    const given = parse(experiment('{ type: random-mate }'));
    expect(given.experiment).toEqual({ type: 'random-mate' });
    expect(given.matings).toBe(DEFAULT_MATINGS);
    expect(given.pairs.map((pair) => pair.steps)).toEqual([[], []]);
  });

  it.each([
    ['›random-mate', 'experiment: not what belongs here | random-mate | an experiment:'],
    ['›[re-mating]', 'experiment: a list cannot stand here | a list of 1 | an experiment:'],
    ['›~', 'experiment: a value is missing | ~ | an experiment: type random-mate,'],
    ['{ type: random-mate, ›cycles: [1, 2] }', 'unknown key "cycles" in experiment |'],
  ])('refuses %s', (text, reason) => {
    expect(mistake(experiment(text))).toContain(reason);
  });
});

describe('re-mating', () => {
  it('puts cycles in order, each once and the first mating among them', () => {
    const cycles = (list: string) =>
      parse(experiment(`{ type: re-mating, cycles: [${list}] }`)).experiment;
    const read = (...list: number[]) => ({ type: 're-mating', cycles: list });
    expect(cycles('1, 10, 100, 500')).toEqual(read(1, 10, 100, 500));
    expect(cycles('500, 10, 100, 10')).toEqual(read(1, 10, 100, 500));
    expect(cycles('500')).toEqual(read(1, 500));
    // 100 comes before 9 as text
    expect(cycles('100, 9')).toEqual(read(1, 9, 100));
    expect(cycles(`2, ${MOST_CYCLES}`)).toEqual(read(1, 2, MOST_CYCLES));
    expect(cycles(`${numbers(MOST_STEPS)}`)).toEqual(read(...numbers(MOST_STEPS)));
  });

  it.each([
    ['›{ type: re-mating }', '"cycles" is missing in experiment | a map with type | a list'],
    ['{ type: re-mating, cycles: ›10 }', 'experiment.cycles: not what belongs here | 10 | a list'],
    ['{ type: re-mating, cycles: ›[] }', 'too few items | a list of 0 | at least 1 item'],
    ['{ type: re-mating, cycles: ›[1, 1] }', 'experiment: too few cycles | 1 | 2 to 50'],
    ['{ type: re-mating, cycles: [1, 9, ›2.5] }', 'here | 2.5 | a whole number of matings'],
    ['{ type: re-mating, cycles: [1, 9, ›"7"] }', 'here | 7 | a whole number of matings'],
    ['{ type: re-mating, cycles: [1, 9, ›ten] }', 'here | ten | a whole number of matings'],
    ['{ type: re-mating, cycles: [9, ›0] }', 'experiment.cycles.1: too small | 0 |'],
    ['{ type: re-mating, cycles: [9, ›-1] }', 'experiment.cycles.1: too small | -1'],
    [`{ type: re-mating, cycles: [9, ›${MOST_CYCLES + 1}] }`, '.1: too large |'],
    ['{ type: re-mating, cycles: [1, 2], ›repeats: 2 }', 'unknown key "repeats" in experiment |'],
    [
      `{ type: re-mating, cycles: ›[${numbers(MOST_STEPS + 1)}] }`,
      'experiment: too many cycles | 51 | 2 to 50 cycles',
    ],
    [
      `{ type: re-mating, cycles: ›[${numbers(MOST_STEPS, 2)}] }`,
      'experiment: too many cycles | 51 | 2 to 50 cycles',
    ],
  ])('refuses %s', (text, reason) => {
    expect(mistake(experiment(text))).toContain(reason);
  });
});

describe('stress', () => {
  const stress = (text: string) => experiment(`{ type: stress, steps: ${text} }`);

  it('reads steps in their order, with the fields that each sets', () => {
    const scenario = parse(
      stress(
        '{ room: {}, hot: { temperature: 85 degC, earlierMatings: 10 }, cold: { temperature: -40 degC } }',
      ),
    );
    expect(scenario.experiment).toEqual({
      type: 'stress',
      steps: [
        { name: 'room', sets: [] },
        { name: 'hot', sets: ['temperature', 'earlierMatings'] },
        { name: 'cold', sets: ['temperature'] },
      ],
    });
    expect(scenario.matings).toBe(DEFAULT_MATINGS);
  });

  it('lays each step over the conditions of the pair, and those over the scenario', () => {
    const text = stress('{ room: {}, hot: { temperature: 85 degC, sideLoad: 6 N } }');
    const { pairs } = parse(`${text}mating: { seatCentring: 0.5, friction: 0.1 }\n`);
    const read = pairs
      .flatMap((pair) => pair.steps)
      .map((step) => `${step.temperatureDegC} ${step.frictionCoefficient} ${step.seatCentring}`);
    expect(read).toEqual(['23 0.1 0.5', '85 0.1 0.5', '30 0.2 0.5', '85 0.2 0.5']);
    const [room, hot] = (pairs[0] as Pair).steps;
    expect(hot?.inputs.sideLoad).toEqual([{ distribution: 'fixed', value: 6, level: 'mating' }]);
    expect(room?.inputs).toEqual((pairs[0] as Pair).mating.inputs);
    expect(hot?.inputs.restTiltX).toEqual(room?.inputs.restTiltX);
  });

  it('needs steps', () => {
    expect(mistake(experiment('›{ type: stress }'))).toContain(
      '"steps" is missing in experiment | a map with type | a map of steps',
    );
  });

  it.each([
    ['›{}', 'experiment: too few steps | 0 | 2 to 50 steps'],
    ['›[a, b]', 'experiment.steps: a list cannot stand here | a list of 2 | a map of steps'],
    ['›{ a: {} }', 'experiment: too few steps | 1 | 2 to 50 steps'],
    [`›{ ${steps(MOST_STEPS + 1)} }`, /^experiment: too many steps \| 51 \| 2 to 50 steps/],
    ['{ a: {}, b: ›hot }', 'experiment.steps.b: not what belongs here | hot | a map of'],
    ['{ a: {}, b: ›~ }', 'experiment.steps.b: a value is missing | ~ | a map of the'],
    ['{ a: {}, ›"": {} }', '"" cannot be a name in experiment.steps | : | a name of 1 to 100'],
    ['{ a: {}, b: { sideLoad: ›5 um } }', 'a length stands here | 5 um | a force'],
    ['{ a: {}, b: { sideLoad: ›5 } }', 'a number without a unit | 5 | a force'],
    ['{ a: {}, b: { temperature: ›85 N } }', 'a force stands here | 85 N | a temperature'],
    ['{ a: {}, b: { temperature: ›850 degC } }', 'value 850 degC | 850 degC | -60 degC to 150'],
    ['{ a: {}, b: { ›temprature: 8 degC } }', 'unknown key "temprature" in experiment.steps.b |'],
    [
      '{ a: {}, b: { launch: ›overfiled } }',
      'not one of the known values | overfiled | encircled-flux or overfilled | did you mean',
    ],
    [
      '{ a: {}, ›b: { seatCentring: friction } }',
      'step "b" comes out differently for the pairs |  | values that do not refer to those of',
    ],
  ])('refuses the steps %s', (text, reason) => {
    expect(mistake(stress(text))).toMatch(reason);
  });

  it('refuses an adapter of a step in which the plugs do not mate, at each pair', () => {
    const problems = problemsOf(stress('{ a: {}, b: { adapter: key-up-to-key-up } }'));
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 3],
      [4, 3],
    ]);
    for (const problem of problems) expect(told(problem)).toContain('add up to 16 deg');
  });
});

describe('lot', () => {
  const lot = (fields: string) => experiment(`{ type: lot, ${fields} }`);

  it('counts every combination as often as it is repeated, twice unless told otherwise', () => {
    const read = parse(lot('pinned: 3, unpinned: 5'));
    expect(read.experiment).toEqual({ type: 'lot', pinned: 3, unpinned: 5, repeats: 2 });
    expect(read.matings).toBe(30);
    const repeated = lot('pinned: 3, unpinned: 5, repeats: 7');
    expect(parse(repeated)).toMatchObject({ experiment: { repeats: 7 }, matings: 105 });
    expect(parse(`${repeated}matings: 105\n`).matings).toBe(105);
    expect(mistake(`${repeated}matings: ›1000\n`)).toContain('| 1000 | 105, or nothing |');
    expect(parse(repeated).comparisons).toEqual([['p', 'q']]);
  });

  it.each([
    ['pinned: ›1, unpinned: 5', 'experiment.pinned: too small | 1 | at least 2'],
    ['pinned: 5, unpinned: ›1', 'experiment.unpinned: too small | 1 | at least 2'],
    ['pinned: ›-3, unpinned: 5', 'experiment.pinned: too small | -3 |'],
    [`pinned: ›${MOST_PLUGS + 1}, unpinned: 5`, 'too large | 10001 | at most 10000'],
    ['pinned: ›5.5, unpinned: 5', 'experiment.pinned: not what belongs here | 5.5 | a'],
    ['pinned: ›"5", unpinned: 5', 'experiment.pinned: not what belongs here | 5 | a'],
    ['pinned: 5, unpinned: 5, repeats: ›0', 'repeats: too small | 0 | at least 1'],
    ['pinned: 5, unpinned: 5, repeats: ›1001', 'too large | 1001 | at most 1000'],
    ['pinned: 5, unpinned: 5, repeats: ›~', 'repeats: a value is missing | ~ | a whole number'],
    ['pinned: 5, unpinned: 5, ›cycles: [1, 2]', 'unknown key "cycles" in experiment |'],
  ])('refuses %s', (fields, reason) => {
    expect(mistake(lot(fields))).toContain(reason);
  });

  it('needs both sides', () => {
    expect(mistake(experiment('›{ type: lot, pinned: 5 }'))).toContain(
      '"unpinned" is missing in experiment | a map with type, pinned | a whole number of plugs',
    );
  });

  it('is refused where it would have more than 20 million fibre matings', () => {
    const plan = (pinned: number, unpinned: number) => () =>
      compilePlan(parse(lot(`pinned: ${pinned}, unpinned: ${unpinned}, repeats: 1`)));
    // two pairs of 12 fibres: 24 × 1000 × 833 = 19 992 000, one plug more is 20 016 000
    expect(plan(1000, 833)).not.toThrow();
    expect(plan(1000, 834)).toThrow(UserError);
    expect(plan(1000, 834)).toThrow(/lot is too large\n.*20016000.*\n.*at most 20000000/);
  });
});

describe('what limits and claims ask of the experiment', () => {
  const CHANGE = 'limits: ["largestChange.p97 <= 0.1 dB"]';
  const CLAIM = 'claims: [{ says: x, of: p, statistic: largestChange.p97, atMost: 0.1 dB }]';
  const RE_MATING = 'experiment: { type: re-mating, cycles: [1, 2] }';

  it.each([
    [`experiment: ›{ type: random-mate }\n${CHANGE}`, 'the limit largestChange.p97 <= 0.1 dB'],
    [`experiment: ›{ type: lot, pinned: 2, unpinned: 2 }\n${CHANGE}`, '<= 0.1 dB in a lot'],
    [`experiment: ›{ type: random-mate }\n${CLAIM}`, 'the claim of largestChange.p97 in a'],
  ])('a change where nothing changes: %s', (lines, reason) => {
    const text = mistake(two(lines));
    expect(text).toMatch(/^nothing changes here/);
    expect(text).toContain(reason);
  });

  it.each([
    [
      'limits: [p97 <= 1 dB, ›"largestChange.p97   <= 0.1 dB"]',
      'the limit largestChange.p97 <= 0.1',
    ],
    [CLAIM.replace('largest', '›largest'), 'the claim of largestChange.p97 in a random-mate'],
    [
      'pairs: { r: { pinned: a, unpinned: a, limits: [›largestChange.p97 <= 0.1 dB] } }',
      'the limit largestChange.p97',
    ],
  ])('a change is told where it is asked for if there is no experiment: %s', (lines, reason) => {
    const text = lines.startsWith('pairs')
      ? `designs: { a: { extends: mtp-elite } }\n${lines}`
      : two(lines);
    expect(mistake(text)).toContain(reason);
  });

  it('a change is told at --limit where that asks for it, and may be of other experiments', () => {
    const problem = single(problemsOf(two(''), { limits: ['p: largestChange.p97 <= 0.1 dB'] }));
    expect(problem).toMatchObject({ message: 'nothing changes here', line: undefined });
    expect(problem.file).toBe('--limit largestChange.p97 <= 0.1 dB');
    expect(parse(two(`${RE_MATING}\n${CHANGE}`)).pairs[0]?.limits).toHaveLength(1);
    expect(parse(two(`${RE_MATING}\n${CLAIM}`)).claims).toHaveLength(1);
    const stress = 'experiment: { type: stress, steps: { a: {}, b: {} } }';
    expect(parse(two(`${stress}\n${CHANGE}`)).pairs[0]?.limits).toHaveLength(1);
  });

  it.each([
    ['', false],
    ['returnLoss: true', true],
    ['limits: ["p97 <= 0.25 dB"]', false],
    ['limits: ["returnLoss.p3 >= 60 dB"]', true],
    ['limits: ["worstReturnLoss.p01 >= 60 dB"]', true],
    ['returnLoss: false\nlimits: ["p97 <= 0.25 dB"]', false],
    ['claims: [{ says: x, of: p, statistic: returnLoss.p3, atLeast: 60 dB }]', true],
  ])('return loss of %j: %s', (lines, asked) => {
    expect(parse(two(lines)).returnLoss).toBe(asked);
  });

  it.each([
    ['returnLoss: ›yes', 'returnLoss: not what belongs here | yes | true or false'],
    [
      'returnLoss: ›false\nlimits: ["worstReturnLoss.p3 >= 60 dB"]',
      'worstReturnLoss.p3 >= 60 dB |',
    ],
    [
      'returnLoss: ›false\nclaims: [{ says: x, of: p, statistic: returnLoss.p3, atLeast: 60 dB }]',
      'returnLoss: false, and the claim of returnLoss.p3 | returnLoss: true',
    ],
  ])('refuses %j', (lines, reason) => {
    expect(mistake(two(lines))).toContain(reason);
  });
});
