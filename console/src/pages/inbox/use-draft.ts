import { useEffect, useRef, useState } from 'react';
import { type DraftKind, keepDraft } from '../../api/inbox.ts';

/** Kept on the server this long after the last key, and at once where the page is left. */
const restMs = 700;
/** What could not be kept is tried again after so long. */
const againMs = 3_000;

/** What an agent has begun to write in a thread, kept on the server for them. `kept` is what stood there when the thread was opened. */
export function useDraft(threadId: string, kind: DraftKind, kept: string) {
  const [value, setValue] = useState(kept);
  const state = useRef({
    unsaved: null as string | null,
    isSaving: false,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });
  const saveIn = (ms: number) => {
    clearTimeout(state.current.timer);
    state.current.timer = setTimeout(() => void save(), ms);
  };
  /** One after the other, so that no older words come after newer ones; a page that is left waits for nothing. */
  async function save(isLeaving = false): Promise<void> {
    const { unsaved, isSaving } = state.current;
    if (unsaved === null || (isSaving && !isLeaving)) return;
    clearTimeout(state.current.timer);
    state.current.unsaved = null;
    state.current.isSaving = true;
    let rest = restMs;
    try {
      await keepDraft(threadId, kind, unsaved);
    } catch {
      state.current.unsaved ??= unsaved;
      rest = againMs;
    }
    state.current.isSaving = false;
    if (state.current.unsaved !== null) saveIn(rest);
  }
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const leave = () => void latest.current(true);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return {
    value,
    set: (next: string) => {
      setValue(next);
      state.current.unsaved = next;
      saveIn(restMs);
    },
    /** It has been sent, with which the server drops it. */
    sent: () => {
      clearTimeout(state.current.timer);
      state.current.unsaved = null;
      setValue('');
    },
  };
}
