import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import { type Handsets, handsets, ours, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { breaksFirst, setTrap } from '../testing/trap.ts';

interface Told {
  email: string | null;
  eventName: string;
  dataFields: Record<string, unknown>;
}

let program: TestProgram;
let phones: Handsets;
let receiver: Server;
const told: Told[] = [];

before(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    told.push(JSON.parse(body) as Told);
    response.end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  program = await startTestProgram();
  phones = handsets(program);
  const media = ['sms', 'whatsApp', 'email'];
  await program.call('POST', '/api/webhooks/create', {
    endpoint: `http://127.0.0.1:${port}/hook`,
    childEvents: [
      ...media.flatMap((medium) => [`${medium}Subscribe`, `${medium}UnSubscribe`, `${medium}Click`]),
      ...['smsSend', 'smsSendSkip', 'smsReceived', 'whatsAppReceived'],
    ],
  });
});
after(async () => {
  await program.close();
  receiver.close();
});

/** What webhooks were told of somebody, once there is `count` of it. */
const toldOf = (email: string, eventName: string, count = 1) =>
  program.until(`${count} ${eventName} of ${email}`, async () => {
    const found = told.filter((each) => each.email === email && each.eventName === eventName);
    return found.length >= count ? found : null;
  });

test('webhooks are told of opt-ins, taps, replies and opt-outs', async () => {
  const { channelId, messageTypeId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const phone = '+14152000000';
  const { campaignId, templateId, emails } = await makeCampaign(program, {
    ...{ tag: 'told', count: 1, channel: 'SMS Marketing' },
  });
  const [email = ''] = emails;
  const joined = await toldOf(email, 'smsSubscribe', 2);
  assert.deepEqual(joined.map(({ dataFields }) => dataFields.messageTypeId ?? null).toSorted(), [
    messageTypeId,
    null,
  ]);
  assert.ok(joined.every(({ dataFields }) => dataFields.channelId === channelId));

  await sendCampaign(program, campaignId, (totals) => totals.delivered === 1);
  const [line] = await phones.hears(phone, 1);
  const url = /http:\S+\/l\/\S+/.exec(line?.body ?? '')?.[0] ?? '';
  await fetch(url, { redirect: 'manual', headers: { 'user-agent': 'curl/8.9' } });
  await program.simulator('POST', `/handsets/${phone}/taps`, { url });
  const clicks = await toldOf(email, 'smsClick');
  assert.equal(clicks.length, 1, 'a bot’s visit is no click');
  const click = clicks[0]?.dataFields;
  assert.deepEqual(
    [click?.campaignId, click?.templateId, click?.channelId, click?.messageTypeId, click?.url],
    [campaignId, templateId, channelId, messageTypeId, 'https://example.com/offer'],
  );

  await phones.writes(phone, ours.promotional, 'Is it open on Sunday?');
  await phones.writes(phone, ours.promotional, 'STOP');
  const received = await toldOf(email, 'smsReceived', 2);
  assert.deepEqual(
    received.map(({ dataFields }) => [
      dataFields.fromPhoneNumber,
      dataFields.toPhoneNumber,
      dataFields.smsMessage,
    ]),
    [
      [phone, ours.promotional, 'Is it open on Sunday?'],
      [phone, ours.promotional, 'STOP'],
    ],
  );
  const left = await toldOf(email, 'smsUnSubscribe', 2);
  assert.ok(left.every(({ dataFields }) => dataFields.unsubSource === `written to ${ours.promotional}`));
});

test('a send and a skip that a call asked for are told with the names and the call’s metadata, a send with words and number', async () => {
  const phone = '+14152040000';
  const { campaignId, templateId, emails } = await makeCampaign(program, {
    ...{ tag: 'called', count: 2, consenting: 1, channel: 'SMS Transactional' },
    phoneOf: (index) => (index === 0 ? phone : '+14152040001'),
  });
  for (const [index, recipientEmail] of emails.entries())
    await program.call('POST', '/api/sms/target', {
      ...{ campaignId, recipientEmail, metadata: { order: index, lines: [{ sku: 'A-1' }] } },
    });
  const { campaigns } = await program.call<{ campaigns: { id: number; name: string }[] }>(
    'GET',
    '/api/campaigns',
  );
  const template = await program.call<{ name: string }>(
    'GET',
    `/api/templates/sms/get?templateId=${templateId}`,
  );
  const named = { campaignId, templateId, templateName: template.name };
  const campaignName = campaigns.find(({ id }) => id === campaignId)?.name;
  const [sent] = await toldOf(emails[0]!, 'smsSend');
  assert.partialDeepStrictEqual(sent?.dataFields, {
    ...{ ...named, campaignName, email: emails[0], toPhoneNumber: phone },
    metadata: { order: 0, lines: [{ sku: 'A-1' }] },
  });
  const [line] = await phones.hears(phone, 1);
  assert.equal(sent?.dataFields.smsMessage, line?.body);
  const [skipped] = await toldOf(emails[1]!, 'smsSendSkip');
  assert.partialDeepStrictEqual(skipped?.dataFields, {
    ...{ ...named, campaignName, email: emails[1], reason: 'noOptIn' },
    metadata: { order: 1, lines: [{ sku: 'A-1' }] },
  });
});

test('webhooks are told of many opt-ins at once, each once', async () => {
  const { emails } = await makeCampaign(program, {
    ...{ tag: 'many', count: 300, channel: 'SMS Marketing', phoneOf: (index) => `+1415${2_010_000 + index}` },
  });
  const ofMany = () =>
    told.filter((each) => each.eventName === 'smsSubscribe' && each.email?.startsWith('many-'));
  await program.until('600 opt-ins told', async () => (ofMany().length >= 600 ? true : null));
  assert.equal(ofMany().length, 600);
  assert.equal(new Set(ofMany().map((each) => each.email)).size, emails.length);
});

test('webhooks are told of what people write on WhatsApp and set there', async () => {
  const from = '+447700900123';
  await phones.writes(from, ours.whatsApp, 'START', { profileName: 'Ann' });
  await program.until('the message', async () => {
    const found = told.find((each) => each.eventName === 'whatsAppReceived');
    return found?.dataFields.whatsAppMessage === 'START' ? found : null;
  });
  await program.until('the opt-in', async () =>
    told.some((each) => each.eventName === 'whatsAppSubscribe') ? true : null,
  );
});

test('an opt-in that must be confirmed is asked for once by text and told of when it is confirmed', async () => {
  const { channelId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const { id: messageTypeId } = await program.call<{ id: number }>('POST', '/api/messageTypes', {
    ...{ channelId, name: 'Confirmed news', doubleOptIn: true },
  });
  const people = ['+14152020001', '+14152020002', '+14152020003'].map((phone, index) => ({
    ...{ phone, email: `confirm-${index}@example.com` },
  }));
  await program.call('POST', '/api/users/bulkUpdate', {
    users: people.map(({ phone, email }) => ({ email, dataFields: { phoneNumber: phone } })),
  });
  const [one, two, three] = people;
  const agree = (email: string) =>
    program.call<{ pendingCount: number }>('POST', '/api/consent', {
      consents: [{ email, messageTypeId, method: 'webForm', source: 'https://example.com/join' }],
    });
  for (const { email } of people) assert.equal((await agree(email)).pendingCount, 1);
  assert.equal((await agree(one!.email)).pendingCount, 1);
  const [request] = await phones.hears(one!.phone, 1);
  assert.match(
    request?.body ?? '',
    /^Carillon: Reply YES .*recurring.*frequency varies.*rates.*HELP.*STOP to cancel/,
  );
  await Promise.all([phones.hears(two!.phone, 1), phones.hears(three!.phone, 1)]);
  const joined = told.filter(({ eventName }) => eventName === 'smsSubscribe');
  assert.equal(joined.filter(({ email }) => email?.startsWith('confirm-')).length, 0);

  await phones.writes(one!.phone, ours.promotional, 'Yes!');
  await phones.writes(two!.phone, ours.promotional, 'STOP');
  const [, welcome] = await phones.hears(one!.phone, 2);
  assert.match(welcome?.body ?? '', /^Carillon: You are subscribed to recurring texts/);
  await toldOf(one!.email, 'smsSubscribe', 2);
  await toldOf(two!.email, 'smsUnSubscribe', 1);
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'confirm' });
  await program.call('POST', '/api/lists/subscribe', {
    ...{ listId, subscribers: people.map(({ email }) => ({ email })) },
  });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    { clientTemplateId: 'confirm', name: 'confirm', messageTypeId, message: 'Carillon: news' },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'confirm', templateId: params.templateId, listIds: [listId], scheduleSend: false },
  });
  const totals = await sendCampaign(program, campaignId, (each) => each.delivered + each.skips === 3);
  assert.deepEqual([totals.delivered, totals.skipsByReason], [1, { optedOut: 1, noOptIn: 1 }]);
  assert.equal((await phones.heard(two!.phone)).length, 2, 'the request and the confirmation of STOP');
  assert.equal((await phones.heard(three!.phone)).length, 1, 'the request alone');
});

test('a request to confirm waits for lawful hours, and STOP comes before it', async () => {
  const { channelId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const { id: messageTypeId } = await program.call<{ id: number }>('POST', '/api/messageTypes', {
    ...{ channelId, name: 'Night news', doubleOptIn: true },
  });
  // Two in the morning of Tuesday in San Francisco.
  program.clock.set('2026-11-24T10:00:00Z');
  const [stays, leaves] = ['+14152030001', '+14152030002'].map((phone) => ({
    ...{ phone, email: `${phone.slice(1)}@example.com` },
  }));
  for (const { phone, email } of [stays!, leaves!]) {
    await program.call('POST', '/api/users/update', { email, dataFields: { phoneNumber: phone } });
    await program.call('POST', '/api/consent', {
      consents: [{ email, messageTypeId, method: 'webForm', source: 'https://example.com/join' }],
    });
  }
  await phones.writes(leaves!.phone, ours.promotional, 'STOP');
  await phones.hears(leaves!.phone, 1);
  assert.equal((await phones.heard(stays!.phone)).length, 0);
  program.clock.set('2026-11-24T18:00:00Z');
  await phones.hearsOf(stays!.phone, /Reply YES/);
  const lines = await phones.heard(leaves!.phone);
  assert.deepEqual([lines.length, /unsubscribed/.test(lines[0]?.body ?? '')], [1, true]);
});

test('what waits for a number that is given up, or for somebody who is merged, is told of as skipped', async () => {
  program.clock.set('2026-11-25T10:00:00Z');
  const { campaignId, emails } = await makeCampaign(program, {
    ...{ tag: 'given-up', count: 2, channel: 'SMS Marketing' },
    phoneOf: (index) => `+1415205000${index}`,
  });
  await sendCampaign(program, campaignId, (_, waiting) => waiting === 2);
  const [moved = '', merged = ''] = emails;
  await program.call('POST', '/api/users/update', {
    email: moved,
    dataFields: { phoneNumber: '+14152050009' },
  });
  const [left] = await toldOf(moved, 'smsSendSkip');
  assert.equal(left?.dataFields.reason, 'noOptIn');
  await program.call('POST', '/api/users/update', { email: 'remains@example.com' });
  await program.call('POST', '/api/users/merge', {
    ...{ sourceEmail: merged, destinationEmail: 'remains@example.com' },
  });
  const [gone] = await toldOf(merged, 'smsSendSkip');
  assert.equal(gone?.dataFields.reason, 'userDeleted');
});

test('who is merged before they were asked to confirm is asked once, and the remaining user is subscribed', async () => {
  program.clock.set('2026-11-25T11:00:00Z');
  const { channelId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const { id: messageTypeId } = await program.call<{ id: number }>('POST', '/api/messageTypes', {
    ...{ channelId, name: 'Merged news', doubleOptIn: true },
  });
  const phone = '+14152060001';
  const [email, remaining] = ['asked@example.com', 'answers@example.com'];
  await program.call('POST', '/api/users/update', { email, dataFields: { phoneNumber: phone } });
  await program.call('POST', '/api/users/update', { email: remaining });
  await program.call('POST', '/api/consent', {
    consents: [{ email, messageTypeId, method: 'webForm', source: 'https://example.com/join' }],
  });
  await program.call('POST', '/api/users/merge', { sourceEmail: email, destinationEmail: remaining });
  program.clock.set('2026-11-25T18:00:00Z');
  const question = await phones.hearsOf(phone, /Reply YES/);
  assert.ok(question);
  await phones.writes(phone, ours.promotional, 'YES');
  await toldOf(remaining, 'smsSubscribe');
  assert.equal((await phones.heard(phone)).filter(({ body }) => /Reply YES/.test(body)).length, 1);
});

test('skips at admission and by STOP are told once, though the connection breaks twice as they are written and twice as they are routed', async () => {
  program.clock.set('2026-11-26T10:00:00Z');
  const skips = {
    when: 'BEFORE INSERT',
    only: "to_jsonb(NEW)::text ILIKE '%sendSkip%'",
    does: breaksFirst(2),
  };
  const traps = [
    await setTrap(program.database.url, { table: 'happening', ...skips }),
    await setTrap(program.database.url, { table: 'webhook_event', ...skips }),
  ];
  const isBroken = async () => {
    for (const trap of traps) {
      assert.ok((await trap.met()) > 2, 'the connection broke');
      await trap.countAnew();
    }
  };
  const phoneOf = (index: number) => `+1415207000${index}`;
  const { campaignId, emails } = await makeCampaign(program, {
    ...{ tag: 'cut', count: 2, consenting: 1, channel: 'SMS Marketing', phoneOf },
  });
  const [stays = '', strange = ''] = emails;
  await sendCampaign(program, campaignId, ({ skips }, waiting) => waiting === 1 && skips === 1);
  assert.equal((await toldOf(strange, 'smsSendSkip'))[0]?.dataFields.reason, 'noOptIn');
  await isBroken();
  // Each is answered 503, which the carrier takes for `again`.
  const says = () => phones.writes(phoneOf(0), ours.promotional, 'STOP');
  for (let times = 0; times < 2; times++) await assert.rejects(says(), /answered 503/);
  await says();
  assert.equal((await toldOf(stays, 'smsSendSkip'))[0]?.dataFields.reason, 'optedOut');
  await isBroken();
  for (const trap of traps) await trap.remove();
  await phones.hearsOf(phoneOf(0), /unsubscribed/);
  for (const email of emails)
    assert.equal(told.filter((each) => each.email === email && each.eventName === 'smsSendSkip').length, 1);
});

test('double opt-in is refused where nothing can ask for it', async () => {
  const types = await typesByChannel(program);
  for (const name of ['Email Marketing', 'WhatsApp Marketing']) {
    const { channelId } = types.get(name)!;
    const made = program.call('POST', '/api/messageTypes', { channelId, name: 'x', doubleOptIn: true });
    await assert.rejects(made, /400.*doubleOptIn/);
  }
});

test('what a table refuses to take keeps nobody else of its lane waiting, is told when it can be, and keeps nobody from being deleted', async () => {
  program.clock.set('2026-11-27T18:00:00Z');
  const { pool } = program.database;
  const count = 200;
  const { emails, channelId } = await makeCampaign(program, {
    ...{ tag: 'poison', count, channel: 'SMS Marketing', phoneOf: (index) => `+1415${2_080_000 + index}` },
  });
  await toldOf(emails[count - 1]!, 'smsSubscribe', 2);
  const { rows: together } = await pool.query<{ emails: string[] }>(
    `SELECT array_agg(email ORDER BY id) AS emails FROM users WHERE email LIKE 'poison-%' GROUP BY lane
     HAVING count(*) >= 4 LIMIT 1`,
  );
  const [refused = '', gone = '', ...others] = together[0]!.emails;
  const trap = await setTrap(program.database.url, {
    ...{ table: 'webhook_event', when: 'BEFORE INSERT' },
    only: `NEW.event_name = 'smsUnSubscribe' AND NEW.payload ->> 'email' IN ('${refused}', '${gone}')`,
    does: "RAISE EXCEPTION 'this cannot be stored';",
  });
  await program.call('PUT', `/api/subscriptions/messageChannel/${channelId}?action=unsubscribe`, {
    users: [refused, gone, ...others],
  });
  for (const email of others) await toldOf(email, 'smsUnSubscribe');
  await program.until('both to be known as what cannot be told', async () => {
    const { rows } = await pool.query<{ people: number }>(
      'SELECT count(DISTINCT user_id)::int AS people FROM happening WHERE failures > 0',
    );
    return rows[0]?.people === 2 ? true : null;
  });
  await program.call('DELETE', `/api/users/${gone}`);
  await trap.remove();
  program.clock.set('2026-11-27T20:00:00Z');
  const late = await toldOf(refused, 'smsUnSubscribe', 2);
  assert.equal(late.length, 2);
  await program.until('the outbox to be empty', async () => {
    const { rows } = await pool.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM happening');
    return rows[0]?.waiting === 0 ? true : null;
  });
});
