import { setTimeout as sleep } from 'node:timers/promises';
import { startTestDatabase } from '../../server/testing/database.ts';
import { newApartFolder, type ProgramApart, startProgramApart } from '../../server/testing/program-apart.ts';

/** The program, the carriers and the database, each a process, where the soak goes on. */
export interface Site {
  apart: ProgramApart;
  /** Calls the API until it answers: the program may be away. Throws for what is refused, and after two minutes. */
  ask<Answer>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer>;
  /** Does something until it works. Throws for what is refused, and after two minutes. */
  insist<Result>(what: string, attempt: () => Promise<Result>): Promise<Result>;
  /** Rows of a query. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Ends every connection to the database but the one that asks. */
  cutConnections(): Promise<void>;
}

/** Nobody may be away for longer: a start takes seconds. */
const patienceMs = 120_000;
/** An answer that does not come in this time is asked for anew. */
const answerMs = 30_000;
const betweenTriesMs = 200;

/** What asking again does not mend. */
class Refused extends Error {}

/** Starts all of it; whatever runs is left to `stack` to end. */
export async function openSite(stack: AsyncDisposableStack): Promise<Site> {
  const folder = await newApartFolder();
  stack.defer(folder.remove);
  const database = await startTestDatabase();
  stack.defer(database.close);
  const apart = await startProgramApart(folder.path, database.url);
  stack.defer(apart.close);
  const query = async <Row extends object>(text: string, values: unknown[] = []) =>
    insist(text, async () => (await database.pool.query<Row>(text, values)).rows);
  return {
    apart,
    insist,
    query,
    ask: (method, path, body, idempotencyKey) =>
      insist(`${method} ${path}`, () => exchange(apart, method, path, body, idempotencyKey)),
    cutConnections: async () => {
      await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    },
  };
}

async function insist<Result>(what: string, attempt: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + patienceMs;
  for (;;)
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (performance.now() > end) throw new Error(`${what}: in vain for ${patienceMs / 1000} s (${error})`);
      await sleep(betweenTriesMs);
    }
}

async function exchange<Answer>(
  { url, key }: ProgramApart,
  method: string,
  path: string,
  body: unknown,
  idempotencyKey: string | undefined,
): Promise<Answer> {
  const isForm = body instanceof FormData;
  const answer = await fetch(url + path, {
    method,
    headers: {
      'Api-Key': key,
      ...(body !== undefined && !isForm && { 'Content-Type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    },
    body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(answerMs),
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as Answer;
  const fault = `${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`;
  throw answer.status < 500 && answer.status !== 429 ? new Refused(fault) : new Error(fault);
}
