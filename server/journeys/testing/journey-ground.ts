import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { audienceRoutes } from '../../audiences/routes.ts';
import {
  addSender,
  addTemplate,
  findChannel,
  type Ground,
  groundOf,
} from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { consentRoutes } from '../../consent/routes.ts';
import { eventRoutes } from '../../events/routes.ts';
import type { Routes } from '../../http/api.ts';
import { segmentsRoutes } from '../../segments/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { journeysRoutes } from '../routes/routes.ts';
import { workLane } from '../work-lane.ts';

/** A passage as `why` tells it. */
export interface Passage {
  key: string;
  /** What let them in. */
  cause: Record<string, unknown>;
  tile: string;
  until: number | null;
  leftAt: number | null;
  reason: string | null;
  detail: string | null;
  stuck: string | null;
  isHeldOut: boolean;
  goal: { at: number; tile: string | null } | null;
  turns: {
    at: number;
    version: number;
    steps: { tile: string; way: string | null; left?: string; seen?: Record<string, unknown> }[];
  }[];
  repliesToOthers: { at: number; journeyId: number | null; runId: string }[];
}

/** What tests of journeys do over and over. */
export interface JourneyGround {
  api: TestApi;
  ground: Ground;
  templateId: number;
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** What a worker does by itself, until nothing is due. */
  work(): Promise<void>;
  /** Moves the clock on, and has what is due then done. */
  pass(ms: number): Promise<void>;
  /** Publishes a journey; answers its id. */
  publish(document: object, name?: string): Promise<number>;
  /** Has all faults of a document that `check` tells, each as `field fault`; `publish` is to refuse the same. */
  faultsOf(document: object): Promise<string[]>;
  /** Somebody who may be texted. */
  person(userId: string, fields?: object): Promise<void>;
  update(userId: string, dataFields: object): Promise<void>;
  track(userId: string, eventName: string, dataFields?: object): Promise<void>;
  why(
    id: number,
    userId: string,
  ): Promise<{ passages: Passage[]; waiting: { since: number }[]; notEntered: { reason: string }[] }>;
  /** The tiles that somebody passed in their last passage, with their ways. */
  wayOf(id: number, userId: string): Promise<string[] | undefined>;
  /** How often somebody entered. */
  entriesOf(id: number, userId: string): Promise<number>;
}

/** A project with a sender, a template and all routes that journeys need; `more` are further ones. */
export async function openJourneyGround(more: Routes[] = [], at?: string): Promise<JourneyGround> {
  const lists = audienceRoutes({ enqueue: async () => undefined });
  const api = await startTestApi(
    [userRoutes, eventRoutes, consentRoutes, segmentsRoutes, lists, campaignRoutes, journeysRoutes, ...more],
    [],
    at,
  );
  const ground = groundOf(api);
  await addSender(ground);
  const templateId = await addTemplate(ground);
  let phone = 100;
  const call = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const { status, body: answer, text } = await api.call(method, path, body);
    assert.ok(status >= 200 && status < 300, text);
    return answer as Answer;
  };
  const work = async (): Promise<void> => {
    for (let round = 0; round < 20; round++) {
      await api.tellHappenings();
      let isMore = false;
      const { rows: used } = await sql<{ lane: number }>`SELECT DISTINCT lane FROM users`.execute(ground.db);
      for (const { lane } of used) while (await workLane(api.context, lane)) isMore = true;
      if (!isMore) return;
    }
    assert.fail('people go on and on');
  };
  const update = async (userId: string, dataFields: object): Promise<void> => {
    await call('POST', '/api/users/update', { userId, preferUserId: true, dataFields });
  };
  const why: JourneyGround['why'] = (id, userId) => call('GET', `/api/journeys/${id}/why?userId=${userId}`);
  return {
    ...{ api, ground, templateId, call, work, update, why },
    pass: async (ms) => {
      api.clock.advance(ms);
      await work();
    },
    publish: async (document, name = 'A journey') => {
      const { id } = await call<{ id: number }>('POST', '/api/journeys', { name, document });
      await call('POST', `/api/journeys/${id}/publish`, {});
      return id;
    },
    faultsOf: async (document) => {
      const { id } = await call<{ id: number }>('POST', '/api/journeys', { name: 'Wrong', document });
      const { status, body, text } = await api.call('POST', `/api/journeys/${id}/check`);
      assert.equal(status, 400, text);
      const published = await api.call('POST', `/api/journeys/${id}/publish`, {});
      assert.equal(published.text, text, 'publish refuses what check tells');
      await call('DELETE', `/api/journeys/${id}`);
      const { faults } = (body as { params: { faults: { field: string; fault: string }[] } }).params;
      return faults.map(({ field, fault }) => `${field} ${fault}`);
    },
    person: async (userId, fields = {}) => {
      const { channelId, messageTypeId } = await findChannel(ground);
      await update(userId, {
        ...{ firstName: userId, phoneNumber: `+1212555${String(phone++).padStart(4, '0')}` },
        ...fields,
      });
      const { rows } = await sql<{ lane: number; id: number }>`
        SELECT lane, id FROM users WHERE external_id = ${userId}`.execute(ground.db);
      for (const [kind, target] of [
        ['channel', channelId],
        ['messageType', messageTypeId],
      ] as const)
        await sql`
          INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, entry_id, since)
          VALUES (${rows[0]!.lane}, ${ground.projectId}, ${rows[0]!.id}, ${kind}, ${target}, 'subscribed', 0, ${api.clock.now()})`.execute(
          ground.db,
        );
    },
    track: async (userId, eventName, dataFields = {}) => {
      await call('POST', '/api/events/track', {
        ...{ userId, eventName, dataFields },
        createdAt: api.clock.now().getTime(),
      });
    },
    wayOf: async (id, userId) =>
      (await why(id, userId)).passages[0]?.turns.flatMap(({ steps }) =>
        steps.map(({ tile, way, left }) => `${tile}:${way ?? left ?? 'waits'}`),
      ),
    entriesOf: async (id, userId) => (await why(id, userId)).passages.length,
  };
}
