/** Undo and redo: states come back as they were, a drag at once. */
import { describe, expect, it } from 'vitest';
import { beginHistory, change, redo, settle, undo } from '../../src/workbench/history.js';

const changed = (...steps: readonly (readonly [number, string | null])[]) =>
  steps.reduce((all, [to, gesture]) => change(all, to, gesture), beginHistory(0));

describe('history', () => {
  it('goes back and forth over single changes', () => {
    const back = undo(undo(changed([1, null], [2, null], [3, null])));
    expect(back.present).toBe(1);
    expect(redo(back).present).toBe(2);
    expect(redo(redo(redo(redo(back)))).present).toBe(3);
    expect(undo(undo(undo(back))).present).toBe(0);
  });

  it('takes a drag as one step, and two drags of one slider as two', () => {
    const one = changed([1, 'a'], [2, 'a'], [3, 'a']);
    expect(undo(one).present).toBe(0);
    const two = change(change(settle(one), 4, 'a'), 5, 'a');
    expect(undo(two).present).toBe(3);
    expect(undo(change(one, 9, 'b')).present).toBe(3);
  });

  it('forgets what was undone when something else is done', () => {
    expect(redo(change(undo(changed([1, null], [2, null])), 7)).present).toBe(7);
  });

  it('keeps 500 steps', () => {
    let all = beginHistory(0);
    for (let i = 1; i <= 600; i++) all = change(all, i);
    for (let i = 0; i < 1000; i++) all = undo(all);
    expect(all.present).toBe(100);
  });
});
