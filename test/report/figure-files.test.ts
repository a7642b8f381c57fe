/** Files of figures: all numbers, whatever the page shows of them. */
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/report/figure.js';
import { filesOf, listedFiles } from '../../src/report/figure-files.js';

const figure: Figure = {
  id: 'cut',
  title: 'cut',
  note: '',
  spec: { data: { values: [{ x: 1 }] }, mark: 'point', encoding: { x: { field: 'x' } } },
  table: { columns: ['x'], rows: [[1], ['1 more row']] },
};

describe('the CSV of a figure', () => {
  const csvOf = async (one: Figure) =>
    (await filesOf(one, 'id')).find(({ name }) => name === 'id.csv')?.content;

  it('has the rows that the table on the page leaves out', async () => {
    const data = { columns: ['x'], rows: [[1], [2]] };
    expect(await csvOf({ ...figure, data })).toBe('x\n1\n2\n');
    expect(await csvOf(figure)).toBe('x\n1\n1 more row\n');
  });
});

describe('the list of figures', () => {
  it.each(['', 'null', '[]', '{"figures":{}}', '{"figures":[null,7,{"id":"../x"},{"id":"A"}]}'])(
    '%s names no files',
    (index) => expect(listedFiles(index)).toEqual([]),
  );

  it('names four files a figure', () => {
    expect(listedFiles('{"figures":[{"id":"a-1"}]}')).toEqual([
      ...['a-1.svg', 'a-1.png', 'a-1.vl.json', 'a-1.csv'],
    ]);
  });
});
