import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { findChannel } from '../../campaigns/campaign-fixtures.ts';
import { catalogRoutes } from '../../content/catalogs/catalog-routes.ts';
import { templateRoutes } from '../../content/templates/template-routes.ts';
import { receive } from '../../conversations/inbound/receive.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { closeWindows } from '../../delivery/close-windows.ts';
import { type ActiveSender, loadActiveSenders } from '../../delivery/dispatch/active-senders.ts';
import { type Dispatcher, dispatchLane, paceOf } from '../../delivery/dispatch/dispatch-lane.ts';
import { openInFlight } from '../../delivery/dispatch/in-flight.ts';
import { moveExpired } from '../../delivery/dispatch/move-expired.ts';
import { openStranded } from '../../delivery/dispatch/stranded.ts';
import { settleReceipts } from '../../delivery/receipts/settle-receipts.ts';
import { openReceiptIntake } from '../../delivery/receipts/take-in.ts';
import { sendTest } from '../../delivery/send-test.ts';
import { openLaneConnection } from '../../lanes/lane-work.ts';
import { lanes } from '../../lanes/lanes.ts';
import { segmentKinds } from '../../program/segment-leaves.ts';
import { projectRoutes } from '../../projects/routes.ts';
import { builtInWires } from '../../providers/built-in.ts';
import { nextFlips } from '../../segments/live/lane.sql.ts';
import { meaningRows, newestOf, settleMeaning } from '../../segments/live/meanings.sql.ts';
import { openMeanings } from '../../segments/live/meanings.ts';
import { fillLane, sweepLane } from '../../segments/live/segments-flow.ts';
import { insertFirstSenders } from '../../senders/first-senders.ts';
import { openPaces } from '../../senders/pace/sender-pace.ts';
import type { TestApi } from '../../testing/api.ts';
import { closeIntakes, openIntakes } from '../enter/intakes.sql.ts';
import { linesToMove } from '../enter/let-in-line.ts';
import { workLane } from '../work-lane.ts';
import { type JourneyGround, openJourneyGround, type Passage } from './journey-ground.ts';

/** An hour and a day, in ms. */
export const hour = 3_600_000;
export const day = 24 * hour;

/** What a journey's entry is where a call lets people in. */
export const byCall = { on: { api: {} } };

/** What was counted at a tile, as the API tells it. */
export interface Counts {
  arrived: number;
  inside: number;
  ways: Record<string, number>;
  left: Record<string, number>;
}

/** What became of a call that was to let somebody in. */
export interface Outcome {
  params: { runId: string | null; notEntered: string | null; waits: boolean };
}

/** Where a journeys engine answers its cases: with live segments, senders whose messages leave, and numbers that add up. */
export interface JourneySite extends Omit<JourneyGround, 'wayOf'> {
  /** Calls the API, which is to refuse it; answers what it says. */
  refused(method: string, path: string, body?: unknown): Promise<string>;
  /** Publishes another document of a journey. */
  republish(id: number, document: object, choices?: object): Promise<void>;
  /** A text of the marketing channel; answers the template's id. */
  newTemplate(message: string): Promise<number>;
  /** Writes a profile; who is new may not be texted. */
  update(userId: string, dataFields?: object): Promise<void>;
  /** An event that happens now, unless told. */
  track(userId: string, eventName: string, dataFields?: object, more?: object): Promise<void>;
  buys(userId: string, more?: object): Promise<void>;
  /** Lets somebody in by a call. */
  enters(workflowId: number, userId: string, dataFields?: object): Promise<Outcome>;
  /** Has somebody write to the sender of their last message, or to one that is named. */
  says(userId: string, body: string, senderId?: number): Promise<void>;
  /** Sends what is due, all of which the carrier takes, and has it told. Answers how many left. */
  send(): Promise<number>;
  /** Why somebody did not enter, in the order of the reasons' names. */
  refusals(id: number, userId: string): Promise<string[]>;
  /** Their newest passage. */
  passage(id: number, userId: string): Promise<Passage | undefined>;
  /** The tiles that somebody passed in their newest passage, with their ways. */
  wayOf(id: number, userId: string): Promise<string[]>;
  /** What was counted at tiles; fails where it does not add up to who is there. */
  counts(id: number): Promise<Record<string, Counts>>;
  messagesOf(userId: string): Promise<{ status: string; skipReason: string | null; body: string | null }[]>;
  close(): Promise<void>;
}

/** Starts one, at noon in New York on a Monday unless told; `close` ends it. */
export async function startJourneySite(at?: string): Promise<JourneySite> {
  const journeys = await openJourneyGround(
    [templateRoutes(sendTest), catalogRoutes, projectRoutes(closeWindows)],
    at,
  );
  const { api, ground, call, why } = journeys;
  const { db } = ground;
  const { context, clock } = api;
  const carrier = await openCarrier(api);
  let templates = 0;
  let texts = 0;

  async function fillSegments(): Promise<void> {
    const unsettled = [...newestOf(await meaningRows(db)).values()].filter(({ isSettled }) => !isSettled);
    const tools = { ...context, meanings: openMeanings(segmentKinds) };
    if (unsettled.length > 0) for (const lane of lanes) await fillLane(tools, lane);
    for (const meaning of unsettled) await settleMeaning(db, meaning);
    for (const { lane, at: flipsAt } of await nextFlips(db))
      if (flipsAt <= clock.now()) while (await sweepLane(tools, lane));
  }

  async function work(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await api.tellHappenings();
      await fillSegments();
      await api.tellHappenings();
      const due = await dueLanes();
      if (due.length === 0) return;
      for (const lane of due) while (await workLane(context, lane));
      await closeIntakes(
        db,
        (await openIntakes(db)).map(({ id }) => id),
      );
    }
    assert.fail('people go on and on');
  }

  /** Lanes in which there is something to do, as the flow finds them. */
  async function dueLanes(): Promise<number[]> {
    const { rows } = await sql<{ lane: number }>`
      SELECT r.lane FROM journey_run r JOIN journey j ON j.id = r.journey_id
      WHERE j.state IN ('stopped', 'archived')
        OR (j.state <> 'paused' AND (r.wake_at <= ${clock.now()} OR r.parked_at IS NOT NULL))
      UNION SELECT l.lane FROM journey_lane l JOIN journey j ON j.id = l.journey_id AND j.version > l.version
      UNION SELECT u.lane FROM users u JOIN journey_intake i ON i.project_id = u.project_id AND NOT i.is_done
        JOIN journey j ON j.id = i.journey_id AND j.state = 'open'`.execute(db);
    const inLine = await linesToMove(context);
    return [...new Set([...rows.map(({ lane }) => lane), ...inLine.lanes])];
  }

  const passage: JourneySite['passage'] = async (id, userId) => (await why(id, userId)).passages[0];

  return {
    ...{ ...journeys, work, passage },
    pass: async (ms) => {
      clock.advance(ms);
      await work();
    },
    update: (userId, dataFields = {}) => journeys.update(userId, dataFields),
    refused: async (method, path, body) => {
      const { status, text } = await api.call(method, path, body);
      assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status} ${text}`);
      return text;
    },
    newTemplate: async (message) => {
      const { messageTypeId } = await findChannel(ground);
      const named = { clientTemplateId: `t${++templates}`, name: `T${templates}`, messageTypeId };
      const { params } = await call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
        ...{ ...named, message },
      });
      return params.templateId;
    },
    republish: async (id, document, choices = {}) => {
      await call('PATCH', `/api/journeys/${id}`, { document });
      await call('POST', `/api/journeys/${id}/publish`, choices);
    },
    track: (userId, eventName, dataFields = {}, more = {}) =>
      call('POST', '/api/events/track', {
        ...{ userId, eventName, dataFields, createdAt: clock.now().getTime() },
        ...more,
      }),
    buys: (userId, more = {}) =>
      call('POST', '/api/commerce/trackPurchase', {
        user: { userId },
        items: [{ id: '1', name: 'shoes', price: 10, quantity: 1 }],
        ...{ total: 10, createdAt: clock.now().getTime() },
        ...more,
      }),
    enters: (workflowId, userId, dataFields = {}) =>
      call('POST', '/api/workflows/triggerWorkflow', { workflowId, userId, dataFields }),
    says: async (userId, body, senderId) => {
      const { rows } = await sql<{ phone: string; account: number; address: string }>`
        SELECT u.phone_number AS phone, s.provider_account_id AS account, s.address
        FROM users u JOIN sender s ON s.id = coalesce(${senderId ?? null}::int, (
          SELECT m.sender_id FROM message m WHERE m.lane = u.lane AND m.user_id = u.id AND m.dispatched_at IS NOT NULL
          ORDER BY m.dispatched_at DESC, m.id DESC LIMIT 1))
        WHERE u.external_id = ${userId}`.execute(db);
      const { phone, account, address } = rows[0]!;
      const from = { projectId: api.projectId, account: { id: account } as CallingAccount['account'] };
      await receive(context, from, {
        ...{ wire: 'twilio', providerMessageId: `said ${++texts}`, to: address, from: { phone } },
        ...{ body, media: [], at: clock.now() },
      });
    },
    send: carrier.send,
    refusals: async (id, userId) => (await why(id, userId)).notEntered.map(({ reason }) => reason).toSorted(),
    wayOf: async (id, userId) => (await journeys.wayOf(id, userId)) ?? [],
    counts: async (id) => {
      const { tiles: told } = await call<{ tiles: Record<string, Counts & { goals: number }> }>(
        'GET',
        `/api/journeys/${id}/counts`,
      );
      const tiles: Record<string, Counts> = Object.fromEntries(
        Object.entries(told).map(([tile, { goals: _, ...counts }]) => [tile, counts]),
      );
      const { rows } = await sql<{ tile: string; people: number }>`
        SELECT tile, count(*)::int AS people FROM journey_run WHERE journey_id = ${id} GROUP BY tile`.execute(
        db,
      );
      const there = new Map(rows.map(({ tile, people }) => [tile, people]));
      for (const [tile, { arrived, inside, ways, left }] of Object.entries(tiles)) {
        const gone = [...Object.values(ways), ...Object.values(left)].reduce((sum, each) => sum + each, 0);
        assert.deepEqual([tile, inside, inside + gone], [tile, there.get(tile) ?? 0, arrived]);
      }
      return tiles;
    },
    messagesOf: async (userId) =>
      (
        await sql<{ status: string; skipReason: string | null; body: string | null }>`
          SELECT m.status, m.skip_reason AS "skipReason", m.content ->> 'body' AS body FROM message m
          JOIN users u ON u.lane = m.lane AND u.id = m.user_id WHERE u.external_id = ${userId} ORDER BY m.id`.execute(
          db,
        )
      ).rows,
    close: async () => {
      await carrier.close();
      await api.close();
    },
  };
}

/** Senders whose carrier takes whatever leaves. */
async function openCarrier(api: TestApi) {
  const { database, context, clock, projectId } = api;
  const { db } = database;
  // Those of the ground have no account that can be used.
  await db.deleteFrom('sender').execute();
  await insertFirstSenders(db, {
    ...{ projectId, wires: builtInWires, secrets: context.secrets, at: clock.now() },
    simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
  });
  const load = async () =>
    (await loadActiveSenders(db, context.secrets, builtInWires)).senders.filter(
      ({ medium }) => medium === 'sms',
    );
  await openPaces(
    db,
    (await load()).map((sender) => paceOf(sender, clock.now())),
  );
  const { wires } = context.providers;
  const { announce } = context;
  let posted = 0;
  const dispatcher: Dispatcher = {
    // Who waits for a slot has it at once, and time has gone by.
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    ...{ number: 1, inFlight: openInFlight(10), stranded: openStranded(), announce },
    ...{ intake: openReceiptIntake(db), publicUrl: context.publicUrl, freeAt: new Map() },
    secrets: api.context.secrets,
    ...{ stands: () => true, isAlone: () => true, noteKnownAs: async () => undefined },
    known: builtInWires,
    wires: {
      ...wires,
      twilio: {
        ...wires.twilio!,
        send: async () => ({ outcome: 'accepted', providerMessageId: `SM${++posted}` }),
      },
    },
  };
  const connection = await openLaneConnection(database.url);
  const sendFrom = async (sender: ActiveSender, lane: number) => {
    for (;;) {
      const turn = await dispatchLane(dispatcher, connection, lane, sender);
      await dispatcher.inFlight.drained();
      if (turn === 'laneIsTaken') continue;
      if (!('restUntil' in turn)) {
        const { expired } = turn.claim;
        await moveExpired({ db, announce }, lane, sender, expired, clock.now());
        if (expired.length === 0) return;
        continue;
      }
      clock.advance(Math.max(0, turn.restUntil.getTime() - clock.now().getTime()));
    }
  };
  return {
    send: async () => {
      const before = posted;
      const senders = new Map((await load()).map((sender) => [sender.id, sender]));
      const { rows } = await sql<{ lane: number; senderId: number }>`
        SELECT DISTINCT lane, sender_id AS "senderId" FROM message WHERE status = 'queued' AND due_at <= ${clock.now()}`.execute(
        db,
      );
      for (const { lane, senderId } of rows) {
        const sender = senders.get(senderId);
        if (sender) await sendFrom(sender, lane);
        await settleReceipts(context, lane);
      }
      return posted - before;
    },
    close: () => connection.end(),
  };
}
