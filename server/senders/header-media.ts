import { type Agent, type Dispatcher, request } from 'undici';
import type { ApiError } from '../http/errors.ts';
import { openGuardedAgent } from '../outbound/connect.ts';
import type { Guard } from '../outbound/guard.ts';
import { placeOfUrl } from '../outbound/place.ts';
import type { HeaderSample } from '../providers/template-approval.ts';

/** The largest sample taken: Meta's limit for video, the largest that is worth showing to a reviewer. */
const largestSample = 16 * 1024 * 1024;
const patienceMs = 20_000;
const mostRedirects = 3;

/** Makes the error that says what is wrong with a file's address. */
export type Refuse = (fault: string) => ApiError;

/**
 * Fetches a file that a provider is given, such as the sample of a template's media header, from where calls out may go, wherever
 * it is redirected to. Throws by `refuse` saying why it cannot be used.
 */
export async function fetchSample(url: string, guard: Guard, refuse: Refuse): Promise<HeaderSample> {
  const start = URL.parse(url);
  if (!start) throw refuse('holds a field; submit the template with a fixed sample address');
  const agent = openGuardedAgent(guard, {
    ...{ connections: 1, connectTimeoutMs: 5_000, silenceTimeoutMs: patienceMs },
  });
  try {
    return await follow(start, agent, guard, refuse);
  } finally {
    await agent.destroy();
  }
}

async function follow(start: URL, agent: Agent, guard: Guard, refuse: Refuse): Promise<HeaderSample> {
  const signal = AbortSignal.timeout(patienceMs);
  let place = start;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const leadsTo = placeOfUrl(place);
    const fault = 'fault' in leadsTo ? leadsTo.fault : await guard.check(leadsTo);
    if (fault !== null) throw refuse(redirects === 0 ? fault : `is redirected to a place that ${fault}`);
    const answer = await request(place, { dispatcher: agent, signal }).catch((error: unknown) => {
      throw refuse(`cannot be fetched (${error instanceof Error ? error.message : 'no answer'})`);
    });
    const { location } = answer.headers;
    const next = typeof location === 'string' ? URL.parse(location, place) : null;
    if (answer.statusCode < 300 || answer.statusCode > 399 || !next) return readSample(answer, place, refuse);
    await answer.body.dump();
    place = next;
  }
  throw refuse('is redirected too often');
}

async function readSample(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  place: URL,
  refuse: Refuse,
): Promise<HeaderSample> {
  if (statusCode !== 200) throw refuse(`cannot be fetched (HTTP ${statusCode})`);
  const named = headers['content-type'];
  const contentType = (Array.isArray(named) ? named[0] : named)?.split(';')[0]?.trim() ?? '';
  if (contentType === '') throw refuse('is served without a Content-Type');
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of body) {
      length += part.length;
      if (length > largestSample) break;
      parts.push(part);
    }
  } catch {
    throw refuse('could not be read to its end');
  }
  if (length > largestSample) throw refuse('is larger than 16 MB');
  const fileName = place.pathname.split('/').findLast((part) => part !== '') ?? 'sample';
  return { fileName, contentType, bytes: Buffer.concat(parts) };
}
