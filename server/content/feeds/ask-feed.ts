import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Agent, request } from 'undici';
import { refuseCostlyJson } from '../../http/json-text.ts';
import { storageFault } from '../../http/storable.ts';
import { OutboundRefused } from '../../outbound/guard.ts';
import { placeOfUrl } from '../../outbound/place.ts';

/** What is asked of an address of the operator's. */
export interface OutsideCall {
  /** GET unless told. */
  method?: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  largestBytes: number;
}

/** What came of one try: the text of a 2xx, null where it is too long; or what is wrong, `again` where it may be well a moment later. */
export type OutsideAnswer =
  | { status: number; text: string | null }
  | { fault: string; status: number | null; again: boolean };

/** What came of asking: the object, or why there is none, in words that follow the feed's name. */
export type FeedAnswer = { data: Record<string, unknown>; bytes: number } | { fault: string };

/** Tries of one call: what may be well a moment later is asked again. */
const tries = 3;
const pauseMs = 200;

/**
 * Asks a feed's address by GET, through the guard, for one JSON object. What fails on the way, or with 5xx or 429, is tried
 * three times in all. Redirects are not followed.
 */
export async function askFeed(agent: Agent, call: OutsideCall): Promise<FeedAnswer> {
  for (let left = tries - 1; ; left--) {
    const answer = await callOnce(agent, call);
    if ('text' in answer) return readAnswer(answer.text, call.largestBytes);
    if (!answer.again || left === 0) return { fault: answer.fault };
    await pause(pauseMs * (tries - left));
  }
}

/** One try of a call, through the guard. Redirects are not followed. */
export async function callOnce(agent: Agent, call: OutsideCall): Promise<OutsideAnswer> {
  const refused = (fault: string): OutsideAnswer => ({ fault, status: null, again: false });
  const place = placeOfUrl(call.url);
  if ('fault' in place) return refused(place.fault);
  try {
    const { statusCode, body } = await request(call.url, {
      method: call.method ?? 'GET',
      dispatcher: agent,
      ...(call.body !== undefined && { body: call.body }),
      headers: { Accept: 'application/json', ...call.headers, 'User-Agent': 'Carillon' },
      signal: AbortSignal.timeout(call.timeoutMs),
    });
    if (statusCode < 200 || statusCode > 299) {
      body.on('error', () => undefined).destroy();
      if (statusCode >= 500 || statusCode === 429)
        return { fault: `answered HTTP ${statusCode}`, status: statusCode, again: true };
      const remedy =
        statusCode >= 300 && statusCode <= 399 ? ', a redirect; give the address it leads to' : '';
      return { fault: `answered HTTP ${statusCode}${remedy}`, status: statusCode, again: false };
    }
    return { status: statusCode, text: await textUpTo(body, call.largestBytes) };
  } catch (error) {
    if (error instanceof OutboundRefused) return refused(error.message);
    const again = (fault: string): OutsideAnswer => ({ fault, status: null, again: true });
    if (error instanceof Error && error.name === 'TimeoutError')
      return again(`gave no whole answer within ${call.timeoutMs} ms`);
    return again(`could not be reached (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** A body's text, null where it is longer. */
async function textUpTo(body: Readable, most: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > most) {
      body.destroy();
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Reads an answer as one JSON object. */
export function readAnswer(text: string | null, most: number): FeedAnswer {
  if (text === null)
    return { fault: `answered more than ${most} bytes; let it answer less, or allow it more` };
  try {
    refuseCostlyJson(text);
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null || Array.isArray(data))
      return { fault: 'answered no JSON object; its fields must stand in one, as {"field": …}' };
    const fault = storageFault(data);
    if (fault) return { fault: `answered ${fault.path || 'something'} that ${fault.fault}` };
    return { data: data as Record<string, unknown>, bytes: Buffer.byteLength(text) };
  } catch (error) {
    return {
      fault: `answered what is no JSON (${storable(error instanceof Error ? error.message : 'unreadable')})`,
    };
  }
}

/** A parser's words, which quote a piece of the answer: NUL characters and halves of surrogate pairs too, which no text of the database may hold. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');
