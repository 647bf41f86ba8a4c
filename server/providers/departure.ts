import type { SendContext } from './sending.ts';

/** Keeps the promise of `SendContext.onDeparted`: told once, whatever happens, and never thrown into a wire. */
export interface Departure {
  /** The message's last byte has been given to the socket. */
  happened(): void;
  /** Whether it has. */
  isPast(): boolean;
  /** The attempt is over; tells now if nothing departed. */
  settle(): void;
}

/** Watches over one attempt's departure. */
export function departureOf(context: SendContext): Departure {
  let past = false;
  let told = false;
  const tell = () => {
    if (told) return;
    told = true;
    tellDeparture(context);
  };
  return {
    happened() {
      past = true;
      tell();
    },
    isPast: () => past,
    settle: tell,
  };
}

/** Calls `onDeparted`. The listener's own fault may not turn a sent message into a failed one. */
export function tellDeparture(context: SendContext | undefined): void {
  try {
    context?.onDeparted();
  } catch {
    // What the listener should have done then is its caller's to notice.
  }
}
