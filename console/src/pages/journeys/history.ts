import type { JourneyDocument } from './document.ts';

/** A document with what it was before, and what it was before it was undone. */
export interface History {
  past: readonly JourneyDocument[];
  now: JourneyDocument;
  future: readonly JourneyDocument[];
  /** What the last change was of; null for what stands by itself. */
  what: string | null;
  /** When that was, in ms. */
  at: number;
}

/** Steps that can be undone. */
const mostSteps = 200;
/** Changes of the same thing that follow so closely on one another are one, in ms. */
const togetherMs = 1_500;

export const beginHistory = (now: JourneyDocument): History => ({
  ...{ past: [], now, future: [], what: null, at: 0 },
});

/** A history with another document at its end. */
export function withChange(
  history: History,
  next: JourneyDocument,
  what: string | null,
  at: number,
): History {
  if (next === history.now) return history;
  const isSame = what !== null && what === history.what && at - history.at < togetherMs;
  const past = isSame ? history.past : [...history.past, history.now].slice(-mostSteps);
  return { past, now: next, future: [], what, at };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  const future = [history.now, ...history.future];
  return { past: history.past.slice(0, -1), now: before, future, what: null, at: 0 };
}

export function redone(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.now], now: next, future, what: null, at: 0 };
}
