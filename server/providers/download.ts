import { request } from 'undici';
import { openGuardedAgent } from '../outbound/connect.ts';
import type { Guard } from '../outbound/guard.ts';

/** A file to fetch. */
export interface DownloadRequest {
  url: string;
  /** Given to the place of `url` alone: not to where it leads from there. */
  headers: Readonly<Record<string, string>>;
  /** The most bytes that are taken. */
  most: number;
}

/** How a download ended. */
export type Download =
  | { outcome: 'fetched'; content: Buffer }
  | { outcome: 'tooLarge' }
  /** It was answered, and not with the file. */
  | { outcome: 'refused'; status: number }
  | { outcome: 'failed'; detail: string };

/** Fetches files from where calls out may go, wherever they are redirected to. */
export interface Downloads {
  /** Never rejects. */
  get(asked: DownloadRequest): Promise<Download>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** The longest that a file may take; whoever claims a file holds it longer. */
const downloadMs = 45_000;
const silenceMs = 15_000;
const mostRedirects = 3;

/** Opens a thread's downloads; `guard` says where they may lead. */
export function openDownloads(guard: Guard): Downloads {
  const agent = openGuardedAgent(guard, {
    ...{ connections: 8, connectTimeoutMs: 5_000, silenceTimeoutMs: silenceMs },
  });
  const follow = async ({ url, headers, most }: DownloadRequest): Promise<Download> => {
    const signal = AbortSignal.timeout(downloadMs);
    let place = new URL(url);
    const { origin } = place;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      if (place.protocol !== 'http:' && place.protocol !== 'https:')
        return { outcome: 'failed', detail: `it is at ${place.protocol}, which is not fetched` };
      const isFirst = redirects === 0 || place.origin === origin;
      const answer = await request(place, { dispatcher: agent, signal, ...(isFirst && { headers }) });
      const { statusCode: status, headers: told, body } = answer;
      const next = typeof told.location === 'string' ? URL.parse(told.location, place) : null;
      if (status >= 300 && status <= 399 && next) {
        await body.dump();
        place = next;
        continue;
      }
      if (status !== 200) {
        await body.dump();
        return { outcome: 'refused', status };
      }
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const part of body as AsyncIterable<Uint8Array>) {
        length += part.length;
        // What is left of it is not read: the connection is closed.
        if (length > most) return { outcome: 'tooLarge' };
        parts.push(part);
      }
      return { outcome: 'fetched', content: Buffer.concat(parts) };
    }
    return { outcome: 'failed', detail: 'it is redirected too often' };
  };
  return {
    get: (asked) =>
      follow(asked).catch((error: unknown) => ({
        outcome: 'failed',
        detail: error instanceof Error ? error.message : String(error),
      })),
    close: () => agent.destroy(),
  };
}
