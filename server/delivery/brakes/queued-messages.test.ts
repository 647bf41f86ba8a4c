import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertProject } from '../../consent/new-project.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { insertMessages } from '../admission/new-message.ts';
import { changeQueued } from './queued-messages.sql.ts';

const lane = 9;
const campaignId = 7;
const at = new Date('2026-11-23T17:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

let database: TestDatabase;
let projectId: number;
before(async () => {
  database = await startTestDatabase();
  projectId = await insertProject(database.db, { name: 'Pause', brand: 'Pause', at });
});
after(() => database.close());

let ids = 0;
/** A queued message that is due at a time; a provider refused it for the moment as often as it was tried. */
async function queued(dueAt: Date, attempts: number): Promise<number> {
  const id = ++ids;
  await insertMessages(database.db, lane, [
    {
      ...{
        id,
        userId: id,
        projectId,
        requestId: 1,
        campaignId,
        templateId: 1,
        channelId: 1,
        messageTypeId: 1,
      },
      ...{ medium: 'sms', purpose: 'promotional', basis: 'optIn', senderId: 1, toAddress: '+14155550100' },
      ...{
        content: { kind: 'sms', body: 'Hello' },
        segments: 1,
        priceMicros: 0,
        skipReason: null,
        detail: null,
      },
      ...{ notBefore: at, dueAt, closesAt: null, legalCap: null, legalCapHours: null, onQuiet: 'delay' },
      ...{ onCap: 'skip', links: [], createdAt: at },
    },
  ]);
  await database.db.updateTable('message').set({ attempts }).where('id', '=', id).execute();
  return id;
}

/** When messages are due: ms since 1970. */
async function dueTimes(ids: readonly number[]): Promise<number[]> {
  const rows = await database.db
    .selectFrom('message')
    .select(['id', 'due_at'])
    .where('lane', '=', lane)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  return rows.map((row) => Number(row.due_at));
}

test('a pause keeps the wait that a provider asked for, and what is resumed before its end waits on', async () => {
  const ground = { db: database.db, announce: async () => undefined };
  const all = [
    await queued(at, 0),
    await queued(later(60), 0),
    await queued(later(60), 1),
    await queued(at, 1),
  ];
  const asked = later(60).getTime();
  const never = Number.POSITIVE_INFINITY;
  await changeQueued(ground, lane, campaignId, { deed: 'hold' }, later(1), async () => true);
  assert.deepEqual(await dueTimes(all), [never, never, asked, never]);
  await changeQueued(ground, lane, campaignId, { deed: 'release' }, later(10), async () => true);
  const now = later(10).getTime();
  assert.deepEqual(await dueTimes(all), [now, now, asked, now]);
});
