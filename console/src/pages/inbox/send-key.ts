import type { KeyboardEvent } from 'react';

/** Sends by Ctrl or Command and Enter what is being written. */
export function onSendKey(event: KeyboardEvent, send: () => void) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  send();
}
