/** Cases are measured in turn, and the warm-up is not counted. */
import { expect, it } from 'vitest';
import { type Case, measureInTurn } from '../../src/studies/bench/rounds.js';

function counting(name: string, calls: string[]): Case {
  let round = -1;
  return {
    quantities: [
      { group: 'g', name, unit: 's' },
      { group: 'g', name: `${name} squared`, unit: 's' },
    ],
    measure: async () => {
      calls.push(name);
      round += 1;
      return [round, round * round];
    },
  };
}

it('measures all cases in every round, every other round backwards, after a warm-up', async () => {
  const calls: string[] = [];
  const rounds: number[] = [];
  const cases = ['a', 'b', 'c'].map((name) => counting(name, calls));
  const measured = await measureInTurn(cases, 3, (round) => rounds.push(round));
  expect(calls.join('')).toBe('abccbaabccba');
  expect(rounds).toEqual([0, 1, 2, 3]);
  expect(measured.map(({ name }) => name)).toEqual(
    ['a', 'b', 'c'].flatMap((name) => [name, `${name} squared`]),
  );
  expect(measured[2]?.values).toEqual([1, 2, 3]);
  expect(measured[3]?.values).toEqual([1, 4, 9]);
});
