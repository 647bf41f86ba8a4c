import { useEffect, useRef, useState } from 'react';
import { keepDraft } from '../../api/inbox.ts';

/** Kept on the server this long after the last key, and at once where the page is left. */
const restMs = 700;

/** What an agent has begun to write in a thread, kept on the server for them. `kept` is what stood there when the thread was opened. */
export function useDraft(threadId: string, kept: string) {
  const [value, setValue] = useState(kept);
  const state = useRef({
    unsaved: null as string | null,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });
  const save = () => {
    const { unsaved, timer } = state.current;
    clearTimeout(timer);
    if (unsaved === null) return;
    state.current.unsaved = null;
    // What could not be kept is tried again with the next key.
    void keepDraft(threadId, unsaved).catch(() => {
      state.current.unsaved ??= unsaved;
    });
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const leave = () => latest.current();
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
      clearTimeout(state.current.timer);
      state.current.timer = setTimeout(() => latest.current(), restMs);
    },
    /** It has been sent, with which the server drops it. */
    sent: () => {
      clearTimeout(state.current.timer);
      state.current.unsaved = null;
      setValue('');
    },
  };
}
