import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { usersById } from '../delivery/admission/audience-page.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { findUsers } from './find-users.ts';
import type { UserRef } from './identity.ts';
import { userRoutes } from './routes.ts';
import { markReached, markUnreachable } from './unreachable.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([userRoutes]);
});
after(() => api.close());

async function update(user: object): Promise<void> {
  assert.equal((await api.call('POST', '/api/users/update', user)).status, 200);
}

async function personOf(userId: string): Promise<UserRef> {
  const [user] = await findUsers(api.database.db, api.projectId, [{ userId }]);
  assert.ok(user);
  return user;
}

/** The addresses of a person: `kind value`, and the media on which nobody is reached there. */
async function addressesOf({ id }: UserRef): Promise<Record<string, string[]>> {
  const { rows } = await api.database.pool.query<{ text: string; media: string[] }>(
    `SELECT kind || ' ' || value AS text, ARRAY(SELECT jsonb_object_keys(unreachable) ORDER BY 1) AS media
     FROM address WHERE user_id = $1 ORDER BY 1`,
    [id],
  );
  return Object.fromEntries(rows.map(({ text, media }) => [text, media]));
}

/** How many addresses there are that no profile has, and how many of profiles that are no row. */
async function strays(): Promise<number> {
  const { rows } = await api.database.pool.query<{ strays: number }>(
    `WITH has AS (
       SELECT u.lane, u.id, each.value FROM users u CROSS JOIN LATERAL
         (VALUES (u.phone_number), (u.whatsapp_user_id), (u.email)) AS each (value) WHERE each.value IS NOT NULL)
     SELECT count(*)::int AS strays FROM has
     FULL JOIN address a ON a.lane = has.lane AND a.user_id = has.id AND a.value = has.value
     WHERE has.id IS NULL OR a.user_id IS NULL`,
  );
  return rows[0]!.strays;
}

const dead = async (user: UserRef, address: string, ...media: ('sms' | 'whatsApp' | 'email')[]) => {
  const since = api.clock.now();
  const failures = media.map((medium) => ({ userId: user.id, medium, address, code: '30005', since }));
  await markUnreachable(api.database.db, user.lane, failures);
};

/** Where admission finds a person on a medium. */
async function found(user: UserRef, medium: 'sms' | 'whatsApp' | 'email') {
  const request = { projectId: api.projectId, lane: user.lane, medium };
  const rest = { channelId: 1, messageTypeId: 1, poolId: null, noRepeatOf: null };
  const people = await usersById(api.database.db, { ...request, ...rest }, [user.id]);
  assert.equal(people.length, 1);
  return [people[0]!.address, people[0]!.unreachable];
}

test('addresses follow a profile: made, changed, respelt, taken away, renamed, merged and forgotten with it', async () => {
  await update({ userId: 'ann', email: 'ann@example.com', dataFields: { phoneNumber: '+14155550131' } });
  const ann = await personOf('ann');
  assert.deepEqual(await addressesOf(ann), { 'email ann@example.com': [], 'phone +14155550131': [] });
  await update({ userId: 'ann', dataFields: { phoneNumber: '+5215512345678' } });
  await update({ userId: 'ann', dataFields: { phoneNumber: '+525512345678' } });
  assert.deepEqual(await addressesOf(ann), { 'email ann@example.com': [], 'phone +525512345678': [] });
  await update({ userId: 'ann', dataFields: { phoneNumber: null } });
  await api.call('POST', '/api/users/updateEmail', {
    ...{ currentEmail: 'ann@example.com', newEmail: 'anna@example.com' },
  });
  assert.deepEqual(await addressesOf(ann), { 'email anna@example.com': [] });
  await update({ userId: 'bob', dataFields: { phoneNumber: '+14155550132' } });
  const merged = { sourceUserId: 'bob', destinationUserId: 'ann' };
  assert.equal((await api.call('POST', '/api/users/merge', merged)).status, 200);
  assert.deepEqual(await addressesOf(ann), { 'email anna@example.com': [], 'phone +14155550132': [] });
  assert.equal(await strays(), 0);
  await api.call('POST', '/api/users/forget', { userId: 'ann' });
  assert.deepEqual(await addressesOf(ann), {});
  assert.equal(await strays(), 0);
});

test('a number that is given as a WhatsApp user id too is one address, and stays while either names it', async () => {
  const number = '+14155550141';
  await api.call('POST', '/api/users/bulkUpdate', {
    users: [{ userId: 'twice', whatsAppUserId: number, dataFields: { phoneNumber: number } }],
  });
  const twice = await personOf('twice');
  assert.equal((await found(twice, 'whatsApp'))[0], number);
  await update({ userId: 'twice', dataFields: { phoneNumber: null } });
  assert.deepEqual([await found(twice, 'sms'), await strays()], [[null, null], 0]);
});

test('who is a number on WhatsApp takes over no user id of whom they are merged with', async () => {
  const number = '+14155550142';
  await api.call('POST', '/api/users/bulkUpdate', {
    users: [
      { userId: 'numbered', whatsAppUserId: number, dataFields: { phoneNumber: number } },
      { userId: 'named', whatsAppUserId: 'US.1349' },
    ],
  });
  const numbered = await personOf('numbered');
  const merge = { sourceUserId: 'named', destinationUserId: 'numbered' };
  assert.equal((await api.call('POST', '/api/users/merge', merge)).status, 200);
  assert.deepEqual([Object.keys(await addressesOf(numbered)), await strays()], [[`phone ${number}`], 0]);
});

test('what is known of a number is known by medium, also where two are told of at once, until somebody is reached there', async () => {
  const phone = '+14155550151';
  await update({ userId: 'cid', dataFields: { phoneNumber: phone } });
  const cid = await personOf('cid');
  await dead(cid, phone, 'sms', 'whatsApp');
  assert.deepEqual(await addressesOf(cid), { [`phone ${phone}`]: ['sms', 'whatsApp'] });
  await markReached(api.database.db, cid.lane, [{ userId: cid.id, medium: 'whatsApp', address: phone }]);
  assert.deepEqual(await found(cid, 'sms'), [phone, '30005']);
  assert.deepEqual(await found(cid, 'whatsApp'), [phone, null]);
});

test('a changed number starts reachable, and one that passes to who remains of a merge is known as it was', async () => {
  const [phone, other] = ['+14155550161', '+14155550162'];
  await update({ userId: 'dan', dataFields: { phoneNumber: phone } });
  const dan = await personOf('dan');
  await dead(dan, phone, 'sms');
  await update({ userId: 'eve', email: 'eve@example.com' });
  await api.call('POST', '/api/users/merge', { sourceUserId: 'dan', destinationUserId: 'eve' });
  const eve = await personOf('eve');
  assert.deepEqual(await found(eve, 'sms'), [phone, '30005']);
  await update({ userId: 'eve', dataFields: { phoneNumber: other } });
  assert.deepEqual(await found(eve, 'sms'), [other, null]);
  await dead(eve, phone, 'sms');
  assert.deepEqual(await found(eve, 'sms'), [other, null], 'news of a number that is theirs no more is none');
});

test('whom WhatsApp does not reach at their number it reaches at the user id', async () => {
  const phone = '+14155550171';
  await api.call('POST', '/api/users/bulkUpdate', {
    users: [{ userId: 'fay', whatsAppUserId: 'US.77', dataFields: { phoneNumber: phone } }],
  });
  const fay = await personOf('fay');
  assert.deepEqual(await found(fay, 'whatsApp'), [phone, null]);
  await dead(fay, phone, 'whatsApp');
  assert.deepEqual(await found(fay, 'whatsApp'), ['US.77', null]);
  await dead(fay, 'US.77', 'whatsApp');
  assert.deepEqual(await found(fay, 'whatsApp'), [phone, '30005']);
  assert.deepEqual(await found(fay, 'email'), [null, null]);
});
