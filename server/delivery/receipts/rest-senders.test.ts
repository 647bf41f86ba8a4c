import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertProject } from '../../consent/new-project.ts';
import { builtInWires } from '../../providers/built-in.ts';
import { twilio } from '../../providers/twilio/twilio.ts';
import { insertFirstSenders } from '../../senders/first-senders.ts';
import { senderDay } from '../../senders/pace/sender-pace.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { actOnFailures } from './act-on-failures.ts';
import type { SettledMessage } from './apply-receipts.ts';
import { foldReceipts, type MessageStanding, type ReceiptRow } from './fold-receipts.ts';

let api: TestApi;
let senderId: number;
let projectId: number;
before(async () => {
  api = await startTestApi([]);
  const { database, clock, context } = api;
  projectId = await insertProject(database.db, { name: 'Rest', brand: 'Rest', at: clock.now() });
  await insertFirstSenders(database.db, {
    ...{
      projectId,
      simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
      wires: builtInWires,
    },
    ...{ secrets: context.secrets, at: clock.now() },
  });
  const sender = await database.db.selectFrom('sender').select('id').orderBy('id').executeTakeFirstOrThrow();
  senderId = sender.id;
  await database.db
    .insertInto('sender_pace')
    .values({ sender_id: senderId, next_slot_at: clock.now(), day: '2026-11-23' })
    .execute();
});
after(() => api.close());

/** What the provider refuses now, acted on; returns for how long the sender rests from now, in milliseconds. */
async function refused(part: Pick<ReceiptRow, 'errorClass' | 'code'>, times = 1): Promise<number> {
  const { db } = api.database;
  const now = api.clock.now();
  const receipt: ReceiptRow = {
    wire: twilio,
    ...{ status: 'refused', providerMessageId: null, detail: null, retryAfterMs: null, attempt: 1, at: now },
    ...part,
  };
  const before: MessageStanding = {
    ...{ status: 'dispatching', purpose: 'promotional', dayZone: 'UTC', attempts: 1 },
    ...{ retries: 0, dueAt: now, providerMessageId: null, errorCode: null, errorDetail: null },
    ...{ sentAt: null, deliveredAt: null, readAt: null, failedAt: null, retryAt: null },
  };
  const message: SettledMessage = {
    ...{ lane: 1, id: 1, projectId, userId: 1, campaignId: null, templateId: 1, channelId: 1, medium: 'sms' },
    ...{ senderId, toAddress: '+14155550100', receipts: [receipt] },
    ...{ before, after: foldReceipts(before, [receipt]) },
  };
  await actOnFailures(db, async () => undefined, 1, Array(times).fill(message), now);
  const pace = await db.selectFrom('sender_pace').select('slow_until').executeTakeFirstOrThrow();
  return pace.slow_until === null ? 0 : pace.slow_until.getTime() - now.getTime();
}

test('a sender whose provider is out of reach rests ever longer, a minute at most, and anew after it came back', async () => {
  const unsent = { errorClass: 'unsent', code: 'CONNECT' } as const;
  const rests: number[] = [];
  for (let outage = 0; outage < 8; outage++) {
    const rest = await refused(unsent, 3);
    rests.push(rest);
    api.clock.advance(rest + 200);
  }
  assert.deepEqual(rests, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  api.clock.advance(600_000);
  assert.equal(await refused(unsent), 1_000);
});

test("a used-up day holds its sender until the day turns, at T-Mobile's by Pacific time", async () => {
  const now = api.clock.now();
  const untilNextDay = senderDay('America/Los_Angeles', now).nextDayAt.getTime() - now.getTime();
  assert.equal(await refused({ errorClass: 'nextDay', code: '30027' }), untilNextDay);
});
