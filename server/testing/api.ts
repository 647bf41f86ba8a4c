import { sql } from 'kysely';
import pino from 'pino';
import { secretsFrom } from '../config/secrets.ts';
import { insertProject } from '../consent/new-project.ts';
import { openFeeds } from '../content/feeds/feed-reader.ts';
import { batchSize, routeBatch } from '../happenings/happenings-flow.ts';
import { openOutbox } from '../happenings/outbox.ts';
import { type Api, buildApi, type Door, type Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import type { Listener } from '../http/listener.ts';
import { openJourneys } from '../journeys/definition/published.ts';
import { openWebhookCalls } from '../journeys/webhook-calls/webhook-calls.ts';
import { findUses } from '../program/find-uses.ts';
import { listenersOf } from '../program/listeners.ts';
import { peopleOf } from '../program/personal-data.ts';
import { segmentKinds } from '../program/segment-leaves.ts';
import { insertKey, newKey } from '../projects/api-key.ts';
import { builtInWires } from '../providers/built-in.ts';
import { openProviders } from '../providers/wires.ts';
import { openMeanings } from '../segments/live/meanings.ts';
import { standingClock, type TestClock } from './clock.ts';
import { startTestDatabase, type TestDatabase } from './database.ts';
import { asDocumented } from './documented-answer.ts';
import { loopbackAllowed } from './outbound.ts';

/** An API over real HTTP on its own database, with a project and its keys. */
export interface TestApi {
  url: string;
  api: Api;
  database: TestDatabase;
  context: Context;
  clock: TestClock;
  projectId: number;
  key: string;
  readOnlyKey: string;
  /** Calls the API with the server-side key; the body is sent as JSON when it is given. */
  call(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; body: unknown; text: string }>;
  /** Tells what has happened to people to those who listen, as a worker does by itself. */
  tellHappenings(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the routes under test on a free loopback port, at noon in New York on a Monday unless told; `listeners` hear beside the program's. */
export async function startTestApi(
  apiRoutes: Routes[],
  openRoutes: Routes[] = [],
  at = '2026-11-23T17:00:00Z',
  door?: Door,
  listeners: readonly Listener[] = [],
): Promise<TestApi> {
  const database = await startTestDatabase();
  const clock = standingClock(at);
  const projectId = await insertProject(database.db, { name: 'Test', brand: 'Acme', at: clock.now() });
  const [key, readOnlyKey] = [newKey(), newKey()];
  await insertKey(database.db, { projectId, name: 'test', kind: 'server', key, at: clock.now() });
  await insertKey(database.db, {
    projectId,
    name: 'look',
    kind: 'readOnly',
    key: readOnlyKey,
    at: clock.now(),
  });
  const publicUrl = 'https://go.example';
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const live = { clock, meanings: openMeanings(segmentKinds), journeys: openJourneys({ segmentKinds, log }) };
  const outbox = openOutbox([...listenersOf(publicUrl, clock, live), ...listeners], clock, 0);
  const providers = openProviders(loopbackAllowed, builtInWires);
  const feeds = openFeeds(loopbackAllowed, secretsFrom('test'), clock);
  const wake = () => undefined;
  const context: Context = {
    db: database.db,
    people: peopleOf(database.db, outbox),
    findUses,
    segmentKinds,
    journeys: live.journeys,
    clock,
    secrets: secretsFrom('test'),
    outbound: loopbackAllowed,
    feeds,
    webhookCalls: openWebhookCalls({ db: database.db, clock, feeds, wake, log }),
    providers,
    publicUrl,
    log,
    wake,
    ...outbox,
  };
  const api = await buildApi(
    context,
    apiRoutes.map(asDocumented),
    openRoutes.map(asDocumented),
    undefined,
    door,
  );
  const lanesWaiting = async () => {
    const { rows } = await sql<{ lane: number }>`SELECT DISTINCT lane FROM happening ORDER BY lane`.execute(
      database.db,
    );
    return new Set(rows.map(({ lane }) => lane));
  };
  const url = await api.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    api,
    database,
    context,
    clock,
    projectId,
    key,
    readOnlyKey,
    call: async (method, path, body, withKey = key) => {
      const headers: Record<string, string> = { 'Api-Key': withKey };
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      const answer = await fetch(url + path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: parse(text), text };
    },
    tellHappenings: async () => {
      // In each lane once; what is told may have something happen in another.
      const told = new Set<number>();
      for (let next = await lanesWaiting(); next.size > 0; next = (await lanesWaiting()).difference(told))
        for (const lane of next) {
          told.add(lane);
          await routeBatch(database.db, outbox, { lane, limit: batchSize, now: clock.now() });
        }
    },
    close: async () => {
      await api.close();
      context.webhookCalls.close();
      await Promise.all([providers.close(), context.feeds.close()]);
      await context.webhookCalls.idle();
      await database.close();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
