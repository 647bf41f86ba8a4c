import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type SkipReason, skipReasons } from '../delivery/skip-reason.ts';
import { sanFranciscoNumber } from '../testing/audience.ts';
import { type Handsets, handsets, ours, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { assertSentAsRehearsed, rehearse } from '../testing/rehearsed-as-sent.ts';
import { addressOn } from '../users/addresses.ts';
import { markUnreachable } from '../users/unreachable.ts';

let program: TestProgram;
let phones: Handsets;
const types = new Map<string, { channelId: number; messageTypeId: number }>();
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  for (const [name, ids] of await typesByChannel(program)) types.set(name, ids);
});
after(() => program.close());

/** What is to become of somebody, and what is special about them. */
interface Kind {
  fate: string;
  fields?: object;
  /** Named by a userId alone. */
  noEmail?: boolean;
}

/** Reasons that some test has met. */
const met = new Set<string>();
const emailOf = (name: string) => `${name}@example.com`;

/** Makes these people, each with a number of their own unless told, and opts in all but `never`, `opted` out again. */
async function makePeople(
  kinds: Readonly<Record<string, Kind>>,
  channel: string,
  phoneOf: (index: number) => string,
): Promise<Map<string, string>> {
  const { messageTypeId, channelId } = types.get(channel)!;
  const users = Object.entries(kinds).map(([name, { noEmail, fields }], index) => ({
    ...(noEmail ? { userId: name } : { email: emailOf(name) }),
    dataFields: { phoneNumber: phoneOf(index), firstName: 'Ann', shop: 'Geary Street', ...fields },
  }));
  const made = await program.call<{ failCount: number }>('POST', '/api/users/bulkUpdate', { users });
  assert.equal(made.failCount, 0);
  const who = (name: string) => (kinds[name]?.noEmail ? { userId: name } : { email: emailOf(name) });
  const opted = Object.keys(kinds).filter((name) => kinds[name]?.fate === 'optedOut');
  await program.call('POST', '/api/consent', {
    consents: Object.keys(kinds)
      .filter((name) => kinds[name]?.fate !== 'noOptIn')
      .map((name) => ({ ...who(name), messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  await program.call('PUT', `/api/subscriptions/messageChannel/${channelId}?action=unsubscribe`, {
    users: opted.map(emailOf),
  });
  for (const [name, { fate }] of Object.entries(kinds))
    if (fate === 'unreachable') await nobodyReached(emailOf(name), channel);
  for (const { fate } of Object.values(kinds)) met.add(fate);
  return new Map(
    Object.entries(kinds)
      .filter(([, { fate }]) => fate !== 'none')
      .map(([name, { fate, noEmail }]) => [noEmail ? name : emailOf(name), fate]),
  );
}

/** A carrier has told that nobody is reached there on the channel's medium. */
async function nobodyReached(email: string, channel: string): Promise<void> {
  const { db } = program.database;
  const user = await db
    .selectFrom('users')
    .select(['lane', 'id', 'email', 'phone_number', 'whatsapp_user_id'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  const medium = channel.startsWith('SMS') ? 'sms' : channel.startsWith('WhatsApp') ? 'whatsApp' : 'email';
  const { phone_number: phoneNumber, whatsapp_user_id: whatsAppUserId } = user;
  const address = addressOn(medium, { email: user.email, phoneNumber, whatsAppUserId });
  await markUnreachable(db, user.lane, [
    { userId: user.id, medium, address: address ?? '', code: '30005', since: program.clock.now() },
  ]);
}

/** A list with these people. */
async function listOf(name: string, subscribers: readonly object[]): Promise<number> {
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name });
  await program.call('POST', '/api/lists/subscribe', { listId, subscribers });
  return listId;
}

const members = (kinds: Readonly<Record<string, Kind>>) =>
  Object.entries(kinds).map(([name, { noEmail }]) => (noEmail ? { userId: name } : { email: emailOf(name) }));

async function templateOf(
  medium: 'sms' | 'email' | 'whatsApp' | 'whatsApp/session',
  name: string,
  more: object,
): Promise<number> {
  const channel = { sms: 'SMS', email: 'Email', whatsApp: 'WhatsApp', 'whatsApp/session': 'WhatsApp' }[
    medium
  ];
  const { messageTypeId } = types.get(`${channel} Marketing`)!;
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    `/api/templates/${medium}/upsert`,
    { clientTemplateId: name, name, messageTypeId, ...more },
  );
  return params.templateId;
}

async function campaignOf(name: string, templateId: number, more: object): Promise<number> {
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name, templateId, scheduleSend: false, ...more },
  });
  return campaignId;
}

const send = (campaignId: number) => () => program.call('POST', `/api/campaigns/${campaignId}/send`, {});

test('a blast by text does what forecast, rehearsal and its file told, person by person, whatever becomes of them', async () => {
  const kinds: Record<string, Kind> = {
    plain: { fate: 'send' },
    emoji: { fate: 'send', fields: { firstName: 'Zoë 🎉' } },
    twice: { fate: 'send' },
    never: { fate: 'noOptIn' },
    opted: { fate: 'optedOut' },
    unclear: { fate: 'paused' },
    capped: { fate: 'frequencyCap' },
    hushed: { fate: 'missingField', fields: { firstName: '' } },
    nowhere: { fate: 'noAddress', fields: { phoneNumber: undefined } },
    placeless: { fate: 'placeUnknown' },
    shopless: { fate: 'emptyMessage', fields: { shop: '' } },
    nameless: { fate: 'missingField', fields: { firstName: '' } },
    lengthy: { fate: 'contentTooLong', fields: { long: 'x'.repeat(2_000) } },
    silent: { fate: 'skippedByTemplate', fields: { silent: true } },
    unreachable: { fate: 'unreachable' },
    abroad: { fate: 'senderCountry', fields: { phoneNumber: '+525555570000' } },
    early: { fate: 'delayed', fields: { phoneNumber: '+18082000001' } },
    mute: { fate: 'skippedByTemplate', fields: { phoneNumber: '+18082000002', silent: true } },
    barred: { fate: 'none' },
  };
  const fates = await makePeople(kinds, 'SMS Marketing', sanFranciscoNumber);
  await phones.writes(sanFranciscoNumber(5), ours.promotional, 'please stop texting me so much');
  await program.database.db
    .updateTable('users')
    .set({ place_key: 'CK-Rarotonga@Pacific/Rarotonga' })
    .where('email', '=', emailOf('placeless'))
    .execute();
  const { senders } = await program.call<{ senders: { id: number; kind: string }[] }>('GET', '/api/senders');
  const senderId = senders.find(({ kind }) => kind === 'shortCode')?.id;
  await program.call('PATCH', '/api/project', { frequencyCaps: [{ messages: 1, hours: 24, medium: 'sms' }] });
  const earlier = await campaignOf(
    'Earlier',
    await templateOf('sms', 'earlier', { message: 'Carillon: first' }),
    {
      ...{
        listIds: [await listOf('E', members({ capped: kinds.capped!, hushed: kinds.hushed! }))],
        caps: 'skip',
      },
    },
  );
  await sendCampaign(program, earlier, (totals) => totals.delivered === 2);

  const templateId = await templateOf('sms', 'all', {
    message:
      '{{#if silent}}{{sendSkip cause="asked for silence"}}{{/if}}{{#if shop}}Carillon: {{firstName}}, see you in {{shop}}: https://example.com/offer {{#if long}}{{long}}{{/if}}{{/if}}',
  });
  const again = { twice: kinds.twice!, barred: kinds.barred! };
  const campaignId = await campaignOf('All', templateId, {
    listIds: [await listOf('All', members(kinds)), await listOf('Again', members(again))],
    suppressionListIds: [await listOf('Out', members({ barred: kinds.barred! }))],
    ...{ senderId, caps: 'skip' },
  });
  const { people } = await program.call<{ people: { email: string }[] }>(
    'GET',
    `/api/campaigns/${campaignId}/forecast/people?reason=delayed`,
  );
  assert.deepEqual(
    people.map(({ email }) => email),
    [emailOf('early')],
  );
  await assertSentAsRehearsed(program, campaignId, fates, send(campaignId));
});

test('a triggered campaign does so too, with the lists and fields that the call brings, and without those who have had it', async () => {
  const kinds: Record<string, Kind> = {
    fresh: { fate: 'send' },
    had: { fate: 'alreadySent' },
    outside: { fate: 'none' },
    refused: { fate: 'optedOut' },
    speechless: { fate: 'skippedByTemplate', fields: { shop: 'nowhere' } },
  };
  const fates = await makePeople(kinds, 'SMS Marketing', (index) => sanFranciscoNumber(100 + index));
  const templateId = await templateOf('sms', 'triggered', {
    message:
      '{{#ifEq shop closedShop}}{{sendSkip cause="closed"}}{{/ifEq}}Carillon: {{firstName}}, {{code}} is yours in {{shop}}',
  });
  const campaignId = await campaignOf('Triggered', templateId, {});
  await program.call('POST', '/api/campaigns/activateTriggered', { campaignId });
  const fields = { dataFields: { code: 'FIRST', closedShop: 'none' } };
  const once = { listIds: [await listOf('Once', members({ had: kinds.had! }))], ...fields };
  await program.call('POST', '/api/campaigns/trigger', { campaignId, ...once });
  await program.until('the first to be sent', async () => {
    const { totals } = await program.call<{ totals: { delivered: number } }>(
      'GET',
      `/api/campaigns/${campaignId}/live`,
    );
    return totals.delivered === 1 ? true : null;
  });
  const launch = {
    listIds: [await listOf('Trigger', members(kinds))],
    suppressionListIds: [await listOf('Besides', members({ outside: kinds.outside! }))],
    dataFields: { code: 'AUTUMN', closedShop: 'nowhere' },
    allowRepeatMarketingSends: false,
  };
  const trigger = () => program.call('POST', '/api/campaigns/trigger', { campaignId, ...launch });
  await assertSentAsRehearsed(program, campaignId, fates, trigger, launch);
  const [line] = (await phones.heard(sanFranciscoNumber(100))).filter(({ body }) => body.includes('AUTUMN'));
  assert.match(line?.body ?? '', /Ann, AUTUMN is yours in Geary Street/);
});

test('so does a blast on WhatsApp', async () => {
  const kinds: Record<string, Kind> = {
    briton: { fate: 'send' },
    unasked: { fate: 'noOptIn' },
    stopped: { fate: 'optedOut' },
    doubtful: { fate: 'paused' },
    american: { fate: 'whatsAppUnitedStates', fields: { phoneNumber: '+14155550199' } },
    asleep: { fate: 'quietHours', fields: { phoneNumber: '+819012345678' } },
    away: { fate: 'unreachable' },
    numberless: { fate: 'noAddress', fields: { phoneNumber: undefined } },
    cityless: { fate: 'missingField', fields: { city: '' } },
  };
  const british = (index: number) => `+4477009${String(20_000 + index)}`;
  for (const kind of Object.values(kinds)) kind.fields = { city: 'Leeds', ...kind.fields };
  const fates = await makePeople(kinds, 'WhatsApp Marketing', british);
  await phones.writes(british(3), ours.whatsApp, 'please stop texting me so much');
  await program.simulator('PUT', '/behaviour', { templateReviewMs: 100 });
  const templateId = await templateOf('whatsApp', 'spring', {
    ...{ category: 'MARKETING', footer: 'Reply STOP to opt out' },
    body: 'Our sale is on in {{city}}, {{defaultIfEmpty firstName "friend"}}.',
  });
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  const senderId = senders.find(({ address }) => address === ours.whatsApp)?.id;
  await program.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId });
  await program.until('approval', async () => {
    const { status } = await program.call<{ status: string }>(
      'GET',
      `/api/templates/whatsApp/get?templateId=${templateId}`,
    );
    return status === 'APPROVED' ? true : null;
  });
  const listIds = [await listOf('On WhatsApp', members(kinds))];
  const campaignId = await campaignOf('Spring', templateId, { listIds, quietHours: 'skip' });
  await assertSentAsRehearsed(program, campaignId, fates, send(campaignId));
});

test('so does a blast of what goes to people on WhatsApp who wrote within the day', async () => {
  const kinds: Record<string, Kind> = {
    talkative: { fate: 'send' },
    silent: { fate: 'outsideSession' },
  };
  const british = (index: number) => `+4477009${String(21_000 + index)}`;
  const fates = await makePeople(kinds, 'WhatsApp Marketing', british);
  await phones.writes(british(0), ours.whatsApp, 'When do you open?');
  const templateId = await templateOf('whatsApp/session', 'today', {
    message: { type: 'text', body: 'We open at 9, {{firstName}}. Reply STOP to opt out' },
  });
  const campaignId = await campaignOf('Today', templateId, {
    ...{ listIds: [await listOf('Who wrote', members(kinds))], quietHours: 'skip' },
  });
  await assertSentAsRehearsed(program, campaignId, fates, send(campaignId));
});

test('so does a blast by email', async () => {
  const kinds: Record<string, Kind> = {
    reader: { fate: 'send' },
    uninvited: { fate: 'noOptIn' },
    unsubscribed: { fate: 'optedOut' },
    bounced: { fate: 'unreachable' },
    mailless: { fate: 'noAddress', noEmail: true },
    quiet: { fate: 'skippedByTemplate', fields: { silent: true } },
    unnamed: { fate: 'missingField', fields: { firstName: '' } },
  };
  const fates = await makePeople(kinds, 'Email Marketing', (index) => sanFranciscoNumber(200 + index));
  const templateId = await templateOf('email', 'news', {
    ...{ subject: 'News for {{firstName}}', fromName: 'Carillon News' },
    html: '<html><body>{{#if silent}}{{sendSkip cause="asked for silence"}}{{/if}}<p>Hi {{firstName}}, <a href="https://example.com/offer">look</a></p></body></html>',
  });
  const campaignId = await campaignOf('News', templateId, {
    listIds: [await listOf('By mail', members(kinds))],
  });
  await assertSentAsRehearsed(program, campaignId, fates, send(campaignId));
});

test('so does a blast with coupons, a catalog and a data feed', async (t) => {
  const shop = createServer((_, response) => response.end('{"offer":"tea"}'));
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  t.after(() => shop.close());
  const { port } = shop.address() as AddressInfo;
  const { id } = await program.call<{ id: number }>('POST', '/api/dataFeeds', {
    ...{ name: 'Offers', url: `http://localhost:${port}/offers?of={{branch}}` },
  });
  await program.call('POST', '/api/coupons/pools', { name: 'Empty' });
  await program.call('POST', '/api/catalogs/goods');
  const kinds: Record<string, Kind> = {
    fed: { fate: 'send', fields: { branch: 'north' } },
    starved: { fate: 'dataFeedError' },
    longing: { fate: 'missingCatalogItem', fields: { branch: 'west', sku: 'gone' } },
    late: { fate: 'noCoupon', fields: { branch: 'south', wantsCode: true } },
  };
  const fates = await makePeople(kinds, 'SMS Marketing', (index) => sanFranciscoNumber(300 + index));
  const templateId = await templateOf('sms', 'offers', {
    message:
      'Carillon: [[offer]] {{#if wantsCode}}for {{coupon "Empty"}}{{/if}}{{#if sku}}{{#catalog "goods" sku as |item|}}{{item.name}}{{/catalog}}{{/if}}',
    dataFeedIds: [id],
  });
  const campaignId = await campaignOf('Offers', templateId, {
    listIds: [await listOf('Of the shop', members(kinds))],
  });
  await assertSentAsRehearsed(program, campaignId, fates, send(campaignId));
});

test('every reason is rehearsed that can be known before a launch and is no fault of the sender’s', () => {
  const notBefore: readonly SkipReason[] = [
    ...(['campaignAborted', 'campaignCancelled', 'leftJourney', 'tooLate', 'userDeleted'] as const),
  ];
  const ofSender: readonly SkipReason[] = ['noSender', 'templateNotApproved', 'renderError'];
  // A law's own limit goes by the same code as the project's (delivery/dispatch/reached-limit.ts).
  const left = skipReasons.filter(
    (reason) => ![...met, ...notBefore, ...ofSender, 'legalCap'].includes(reason),
  );
  assert.deepEqual(left, []);
});

test('a rehearsal is of the launch that is chosen, tells those of one fate, and refuses what it cannot be of', async () => {
  const { campaigns } = await program.call<{ campaigns: { id: number; name: string }[] }>(
    'GET',
    '/api/campaigns',
  );
  const { id } = campaigns.find(({ name }) => name === 'Earlier')!;
  // One at night in San Francisco, a day later, when no limit stands against it any more.
  const night = await rehearse(program, id, { sendAt: '2026-11-25T09:00:00Z', fate: 'delayed' });
  assert.equal(night.length, 2);
  assert.ok(night.every(({ dueAt }) => dueAt === Date.parse('2026-11-25T16:00:00Z')));
  assert.equal((await rehearse(program, id, { fate: 'frequencyCap' })).length, 2);
  assert.equal((await rehearse(program, id, { fate: 'send' })).length, 0);
  await assert.rejects(
    rehearse(program, id, { fate: 'bored' }),
    /fate must be one of \\"send\\", \\"delayed\\", \\"skip\\", .*\\"userDeleted\\"/,
  );
  await assert.rejects(rehearse(program, id, { dataFields: '[1]' }), /400.*the text of a JSON object/);
  await assert.rejects(rehearse(program, id, {}, { dataFields: { code: 'A' } }), /400.*a blast goes without/);
  await assert.rejects(rehearse(program, id, {}, { suppressionListIds: [999] }), /400.*suppressionListIds/);
  const start = (more: object) =>
    program.call('POST', '/api/export/start', {
      ...{ dataTypeName: 'campaignRehearsal', outputFormat: 'text/csv', ...more },
    });
  await assert.rejects(start({}), /400.*campaignId: say of which campaign/);
  await assert.rejects(start({ campaignId: 999 }), /404.*No campaign 999/);
  await assert.rejects(start({ campaignId: id, startDateTime: '2026-11-01' }), /400.*leave them out/);
  await assert.rejects(
    start({ campaignId: id, launch: { sendAt: '2020-01-01T00:00:00Z' } }),
    /400.*lies in the past/,
  );
});
