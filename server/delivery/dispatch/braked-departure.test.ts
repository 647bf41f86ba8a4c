import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { connect } from '../../database/connect.ts';
import { closeLaneGate, letDepart } from '../../lanes/lane-gate.ts';
import { openLaneConnection } from '../../lanes/lane-work.ts';
import { builtInWires } from '../../providers/built-in.ts';
import { openProviders } from '../../providers/wires.ts';
import { setBrake } from '../../requests/brake.sql.ts';
import { insertFirstSenders } from '../../senders/first-senders.ts';
import { openPaces } from '../../senders/pace/sender-pace.ts';
import { startTestApi } from '../../testing/api.ts';
import { startTestDatabase } from '../../testing/database.ts';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { insertMessages } from '../admission/new-message.ts';
import { openReceiptIntake } from '../receipts/take-in.ts';
import { loadActiveSenders } from './active-senders.ts';
import { dispatchLane, paceOf } from './dispatch-lane.ts';
import { openInFlight } from './in-flight.ts';
import { openStranded } from './stranded.ts';

const [lane, campaignId, otherCampaign] = [5, 7, 8];

test('a stop waits for nobody who has closed a gate, as one does who writes what the pause before it means: nothing is on its way there', async () => {
  const database = await startTestDatabase();
  const address = new URL(database.url);
  address.searchParams.set('options', '-c lock_timeout=5000');
  const stopper = connect(address.href, 2);
  try {
    await database.db.transaction().execute(async (transaction) => {
      await closeLaneGate(transaction, lane);
      await letDepart(stopper.db);
    });
  } finally {
    await stopper.close();
    await database.close();
  }
});

test('a pause in the middle of a claim waits for what is being posted, and the rest of the campaign stays', async () => {
  const api = await startTestApi([]);
  try {
    const { context, clock, projectId } = api;
    const { db, url } = api.database;
    const at = clock.now();
    const simulator = { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } };
    await insertFirstSenders(db, {
      ...{ projectId, simulator, wires: builtInWires, secrets: context.secrets, at },
    });
    const { senders } = await loadActiveSenders(db, context.secrets, builtInWires);
    const sender = senders.find((each) => each.medium === 'sms' && each.purpose === 'transactional')!;
    await openPaces(db, [paceOf(sender, at)]);
    const channel = await db
      .selectFrom('channel')
      .select('id')
      .where('name', '=', 'SMS Transactional')
      .executeTakeFirstOrThrow();
    const phoneOf = (id: number) => `+1614555${1000 + id}`;
    await insertMessages(
      db,
      lane,
      [1, 2, 3, 4, 5].map((id) => ({
        ...{ id, userId: id, projectId, requestId: 1, campaignId: id === 4 ? otherCampaign : campaignId },
        ...{
          templateId: 1,
          channelId: channel.id,
          messageTypeId: null,
          medium: 'sms',
          purpose: 'transactional',
        },
        ...{ basis: 'test', senderId: sender.id, toAddress: phoneOf(id), segments: 1, priceMicros: 0 },
        ...{
          content: { kind: 'sms', body: 'Hello' },
          skipReason: null,
          detail: null,
          notBefore: at,
          dueAt: at,
        },
        ...{ closesAt: null, legalCap: null, legalCapHours: null, onQuiet: 'delay', onCap: 'skip' },
        ...{ links: [], createdAt: at },
      })),
    );
    const posted: string[] = [];
    let paused: Promise<void> | undefined;
    const providers = openProviders(loopbackAllowed, builtInWires);
    const dispatcher = {
      ...{ clock, number: 1, inFlight: openInFlight(10), stranded: openStranded(), known: builtInWires },
      ...{ announce: async () => undefined, intake: openReceiptIntake(db), publicUrl: 'https://go.example' },
      ...{ freeAt: new Map<number, number>(), stands: () => true, isAlone: () => true },
      noteKnownAs: async () => undefined,
      wires: {
        ...providers.wires,
        twilio: {
          ...providers.wires.twilio!,
          send: async (_account: unknown, message: { to: string }) => {
            posted.push(message.to);
            return { outcome: 'accepted' as const, providerMessageId: `SM${message.to}` };
          },
        },
      },
    };
    // Each post takes long.
    const sleep = async (ms: number) => {
      if (posted.length === 1 && !paused) {
        const campaign = { projectId, campaignId };
        await db.transaction().execute((transaction) => setBrake(transaction, campaign, 'held', clock.now()));
        paused = letDepart(db);
      }
      clock.advance(ms + 200);
    };
    const connection = await openLaneConnection(url);
    clock.advance(60_000);
    await dispatchLane({ ...dispatcher, clock: { ...clock, sleep } }, connection, lane, {
      ...sender,
      mps: 40,
    });
    await dispatcher.inFlight.drained();
    await connection.end();
    await paused;
    assert.deepEqual(posted, [phoneOf(1), phoneOf(2), phoneOf(4)]);
    const { rows } = await sql<{ id: number }>`
      SELECT id FROM message WHERE lane = ${lane} AND status = 'queued' AND attempts = 0 ORDER BY id`.execute(
      db,
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      [3, 5],
    );
  } finally {
    await api.close();
  }
});
