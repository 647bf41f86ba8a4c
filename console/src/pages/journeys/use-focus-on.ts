import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { CanvasHandle } from './canvas/canvas.tsx';

/** How long a tile is waited for that is not drawn yet, in ms: what draws it may be loading, or be taking the place of the list. */
const patienceMs = 3_000;

/** Gives tiles the focus: at once, so that no key is lost of those that follow, and again where what had it went away, until something else has it. */
export function useFocusOn(handle: RefObject<CanvasHandle | null>): (id: string) => void {
  const asked = useRef(0);
  useEffect(() => () => cancelAnimationFrame(asked.current), []);
  return useCallback(
    (id: string) => {
      cancelAnimationFrame(asked.current);
      const end = performance.now() + patienceMs;
      let hadIt = false;
      const stayOn = () => {
        const holder = document.activeElement;
        if (holder === document.body) handle.current?.focus(id);
        else if (holder instanceof HTMLElement && holder.dataset.tile === id) hadIt = true;
        else if (hadIt) return;
        if (performance.now() < end) asked.current = requestAnimationFrame(stayOn);
      };
      handle.current?.focus(id);
      asked.current = requestAnimationFrame(stayOn);
    },
    [handle],
  );
}
