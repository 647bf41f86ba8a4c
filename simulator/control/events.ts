import type { ServerResponse } from 'node:http';
import { handsetOf } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Tells open pages which handsets have news. */
export interface LiveNews {
  /** Keeps `response` open and writes server-sent events to it until it closes. */
  serve(response: ServerResponse): void;
  close(): void;
}

const everyMs = 250;
/** Beyond so many handsets an event says only that much changed. */
const mostNamed = 50;

/** News of `ledger`, gathered for a quarter of a second each; nothing is gathered while nobody listens. */
export function createLiveNews(ledger: Ledger): LiveNews {
  const listeners = new Set<ServerResponse>();
  let changed = new Set<string>();
  let stop: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    if (changed.size === 0) return;
    const handsets = changed.size > mostNamed ? null : [...changed];
    changed = new Set();
    for (const response of listeners)
      response.write(`event: change\ndata: ${JSON.stringify({ handsets })}\n\n`);
  }

  function end(response: ServerResponse): void {
    listeners.delete(response);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
    if (timer) clearInterval(timer);
    timer = null;
  }

  return {
    serve(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      listeners.add(response);
      response.on('close', () => end(response));
      stop ??= ledger.watch((entry) => {
        if (changed.size <= mostNamed) changed.add(handsetOf(entry));
      });
      timer ??= setInterval(tell, everyMs);
    },
    close() {
      for (const response of listeners) response.end();
      for (const response of [...listeners]) end(response);
    },
  };
}
