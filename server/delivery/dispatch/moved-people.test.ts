import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { projectRoutes } from '../../projects/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import type { UserRef } from '../../users/identity.ts';
import { userRoutes } from '../../users/routes.ts';
import { upsertUsers } from '../../users/upsert-users.ts';
import { closeWindows } from '../close-windows.ts';
import type { ActiveSender } from './active-senders.ts';
import { claimDue } from './claim-due.ts';
import { moveExpired } from './move-expired.ts';

// Monday noon in New York; at half past eight in the evening Florida is closed and Ohio open.
const evening = new Date('2026-11-24T01:30:00Z');
const senderId = 1;
let server: TestApi;
let channelId: number;
let typeId: number;
before(async () => {
  server = await startTestApi([userRoutes, projectRoutes(closeWindows)]);
  const type = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['message_type.id', 'channel_id'])
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  [channelId, typeId] = [type.channel_id, type.id];
});
after(() => server.close());

let people = 0;
/** Somebody in a state who opted in, with a text that waits since noon and may leave until the close. */
async function waiting(state: string, closesAt: string): Promise<UserRef & { email: string }> {
  const { db } = server.database;
  const email = `m${++people}@example.com`;
  const [made] = await upsertUsers(
    server.context.people,
    server.projectId,
    [{ email, phone: `+1614555${1000 + people}`, dataFields: { country: 'US', state } }],
    { defaultCountry: 'US' },
    server.clock.now(),
  );
  assert.ok(made?.ok);
  const { lane, id } = made.user;
  const at = server.clock.now();
  const standing = {
    lane,
    project_id: server.projectId,
    user_id: id,
    status: 'subscribed',
    entry_id: 1,
  } as const;
  await db
    .insertInto('subscription')
    .values([
      { ...standing, kind: 'channel', target_id: channelId, since: at },
      { ...standing, kind: 'messageType', target_id: typeId, since: at },
    ])
    .execute();
  await db
    .insertInto('message')
    .values({
      ...{ lane, id: people, project_id: server.projectId, user_id: id, request_id: people, template_id: 1 },
      ...{
        channel_id: channelId,
        message_type_id: typeId,
        medium: 'sms',
        purpose: 'promotional',
        basis: 'optIn',
      },
      ...{
        sender_id: senderId,
        to_address: `+1614555${1000 + people}`,
        content: '{}',
        segments: 1,
        status: 'queued',
      },
      ...{ not_before: at, due_at: at, closes_at: closesAt, created_at: at },
    })
    .execute();
  return { ...made.user, email };
}

/** Claims what is due in the evening as a worker does; how many of the person's texts leave. */
async function leaves({ lane }: UserRef): Promise<number> {
  const { db } = server.database;
  const claim = await db.transaction().execute((transaction) =>
    claimDue(transaction, {
      ...{
        lane,
        senderId,
        medium: 'sms',
        purpose: 'promotional',
        now: evening,
        limit: 100,
        segments: 100,
        today: 100,
      },
      ...{ frequencyCaps: [], dispatcher: 1, wire: 'twilio' },
    }),
  );
  const sender = { id: senderId, medium: 'sms', purpose: 'promotional' } as ActiveSender;
  await moveExpired(server.context, lane, sender, claim.expired, evening);
  return claim.leaving.length;
}

const message = ({ lane, id }: UserRef) =>
  server.database.db
    .selectFrom('message')
    .select(['status', 'due_at', 'closes_at', 'legal_cap'])
    .where('lane', '=', lane)
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow();

const ninePm = '2026-11-24T02:00:00Z';

test('who moves to Florida while a text waits gets it in the hours, and under the cap, of Florida', async () => {
  const stays = await waiting('OH', ninePm);
  assert.equal(await leaves(stays), 1);
  const moves = await waiting('OH', ninePm);
  await server.call('POST', '/api/users/update', {
    email: moves.email,
    dataFields: { state: 'FL' },
  });
  assert.equal(await leaves(moves), 0);
  assert.deepEqual(await message(moves), {
    status: 'queued',
    // Florida's west opens an hour after its east.
    due_at: new Date('2026-11-24T14:00:00Z'),
    closes_at: new Date('2026-11-25T01:00:00Z'),
    legal_cap: 3,
  });
});

test('a project that takes up the rules of caution is held to them at once', async () => {
  await server.call('PATCH', '/api/project', { caution: false });
  // At half past eight Washington is closed by caution and open by law.
  const [waits, unchanged] = [await waiting('OH', ninePm), await waiting('OH', ninePm)];
  await server.call('PATCH', '/api/project', { caution: false });
  assert.equal((await message(unchanged)).closes_at?.toISOString(), new Date(ninePm).toISOString());
  await server.call('PATCH', '/api/project', { caution: true });
  assert.deepEqual((await message(waits)).closes_at, server.clock.now());
  assert.equal(await leaves(waits), 0);
  assert.deepEqual((await message(waits)).closes_at, new Date(ninePm));
  assert.equal(await leaves(waits), 1, 'Ohio has no rule of caution');
});
