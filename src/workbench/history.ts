/** States that can be gone back to. */

export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** What the last change was part of: a drag of one slider is one step. */
  readonly gesture: string | null;
}

const MOST_STEPS = 500;

export function beginHistory<State>(present: State): History<State> {
  return { past: [], present, future: [], gesture: null };
}

/** @param gesture changes with the same name, one after the other, are undone at once; null stands alone */
export function change<State>(
  { past, present, gesture: last }: History<State>,
  next: State,
  gesture: string | null = null,
): History<State> {
  const goesOn = gesture !== null && gesture === last;
  return {
    past: goesOn ? past : [...past, present].slice(-MOST_STEPS),
    present: next,
    future: [],
    gesture,
  };
}

/** Ends a gesture: what follows is undone apart. */
export function settle<State>(history: History<State>): History<State> {
  return { ...history, gesture: null };
}

export function undo<State>({ past, present, future }: History<State>): History<State> {
  const last = past.at(-1);
  if (last === undefined) return { past, present, future, gesture: null };
  return {
    past: past.slice(0, -1),
    present: last,
    future: [present, ...future],
    gesture: null,
  };
}

export function redo<State>({ past, present, future }: History<State>): History<State> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, present, future, gesture: null };
  return { past: [...past, present], present: next, future: rest, gesture: null };
}
