import fc from 'fast-check';
import { startBar } from '../../bench/progress.ts';
import type { Attack } from '../attack.ts';
import { type Answer, at, type Call, call, jsonOf } from '../call.ts';
import { operationsOf } from './document.ts';
import { createMemory, type Memory } from './memory.ts';
import { type Caller, type Made, requestsOfAll } from './requests.ts';

/** Whom the fuzz calls. */
export interface Fuzzed {
  url: string;
  key: string;
}

/** What the fuzz found. */
export interface Findings {
  asked: number;
  /** Answers by their status, 0 for none. */
  statuses: Map<number, number>;
  /** Answers of 5xx (but for providers that are away), stalls and cuts: the request in full, and what came. */
  faults: string[];
}

const atOnce = 8;
const aChunk = 500;
/** No answer within this is a stall. */
const answerWithinMs = 10_000;
const mostFaults = 200;

/**
 * Makes `runs` requests of all operations of the program's OpenAPI document. The same seed makes up the same requests;
 * the ids in them are those that answers told of.
 */
export async function fuzz({ url, key }: Fuzzed, runs: number, seed: number): Promise<Findings> {
  const ask = (method: string, path: string, json?: unknown) =>
    call({ method, url: url + path, json, headers: { 'api-key': key } });
  const paths = at(await ask('GET', '/api/docs/json'), 'paths');
  const requests = requestsOfAll(operationsOf(paths as Parameters<typeof operationsOf>[0]));
  const readOnly = await ask('POST', '/api/keys', { name: 'fuzz', kind: 'readOnly' });
  const keys: Record<Caller, string | null> = {
    ...{ key, readOnlyKey: String(at(readOnly, 'key')), nobody: null, stranger: 'no-such-key-0123456789' },
  };
  const ownKeys = new Set(
    (at(await ask('GET', '/api/keys'), 'keys') as { id: number }[]).map(({ id }) => String(id)),
  );
  const memory = createMemory();
  const findings: Findings = { asked: 0, statuses: new Map(), faults: [] };

  async function send(made: Made): Promise<void> {
    const request = requestOf(url, made, keys[made.caller], memory);
    // Without its key it would only be told so from there on.
    if (
      /^DELETE .*\/api\/keys\/(.+)$/.test(`${request.method} ${request.url}`) &&
      ownKeys.has(idOf(request.url))
    )
      return;
    let answer = await call({ ...request, withinMs: answerWithinMs });
    // A kept connection may have been closed just as it was used again.
    if (answer.status === 0 && !answer.stalled) answer = await call({ ...request, withinMs: answerWithinMs });
    findings.asked += 1;
    findings.statuses.set(answer.status, (findings.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 200 && answer.status < 300) memory.learn(made.operation.path, jsonOf(answer));
    if (isFault(answer) && findings.faults.length < mostFaults)
      findings.faults.push(faultOf(request, answer));
  }

  const bar = startBar(`fuzz of seed ${seed}`, runs);
  for (let done = 0; done < runs; done += aChunk) {
    const chunk = fc.sample(requests, { seed: seed + done, numRuns: Math.min(aChunk, runs - done) });
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let made = chunk.pop(); made; made = chunk.pop()) await send(made);
      }),
    );
    bar.at(done);
  }
  bar.end();
  return findings;
}

/** What stands last in an address's path, as it is. */
const idOf = (url: string) => url.split('?')[0]?.split('/').at(-1) ?? '';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Escapes as a client would that does not look what it sends. */
function escaped(value: unknown): string {
  const text = textOf(value);
  // What is half escaped already goes as it is.
  return text.startsWith('%') ? text : encodeURIComponent(text.toWellFormed());
}

function requestOf(
  url: string,
  { operation, params, queries, body }: Made,
  key: string | null,
  memory: Memory,
): Call {
  const { method } = operation;
  const values = params.map((each) => escaped(memory.fill(each)));
  const path = operation.path.replaceAll(/\{\w+\}/g, () => values.shift() || 'x');
  const query = queries.map(([name, value]) => `${name}=${escaped(memory.fill(value))}`).join('&');
  const headers: Record<string, string> = key === null ? {} : { 'api-key': key };
  const base = { method, url: `${url}${path}${query === '' ? '' : `?${query}`}` };
  if (body === null) return { ...base, headers };
  if ('json' in body) return { ...base, headers, json: memory.fill(body.json) ?? null };
  return {
    ...base,
    headers: { ...headers, ...(body.type === '' ? {} : { 'content-type': body.type }) },
    body: body.text,
  };
}

function faultOf({ method, url, json, body }: Call, { status, text, stalled }: Answer): string {
  const what = json === undefined ? (body ?? '') : JSON.stringify(json);
  const came = stalled ? 'nothing' : status === 0 ? `a cut (${text})` : `${status} ${text.slice(0, 200)}`;
  return `${method} ${url} ${String(what).slice(0, 1_500)} → ${came}`;
}

/** The fuzz as an attack. */
export function fuzzAttack(runs: number, seed: number): Attack {
  return {
    name: `fuzz of ${runs} requests, seed ${seed}`,
    holds: 'no answer of 5xx, and none that does not come',
    async run(target) {
      const { faults, statuses } = await fuzz(target, runs, seed);
      const told = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
      process.stderr.write(`answers by status: ${told.join(', ')}\n`);
      return faults;
    },
  };
}

/**
 * Whether an answer is a fault of the program: none at all, or one of 500 and more; but not 502 for a provider that cannot be
 * reached, since made-up accounts lead nowhere.
 */
const isFault = (answer: Answer): boolean =>
  answer.status === 0 ||
  (answer.status >= 500 && !(answer.status === 502 && answer.text.includes('ProviderError')));
