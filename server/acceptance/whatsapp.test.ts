import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type Handsets,
  handsets,
  ours,
  proofOf,
  sendCampaign,
  totalsOnce,
  typesByChannel,
} from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let marketing: { channelId: number; messageTypeId: number };
let senderId: number;
let templateId: number;

/** Monday 17:00 in London and Berlin, noon in New York. */
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  marketing = (await typesByChannel(program)).get('WhatsApp Marketing')!;
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  senderId = senders.find((each) => each.address === ours.whatsApp)?.id ?? 0;
  await program.simulator('PUT', '/behaviour', { read: 1, templateReviewMs: 100 });
  templateId = await approved('spring', {
    header: { kind: 'text', text: 'Hello {{defaultIfEmpty firstName "there"}}' },
    body: 'Our sale is on in {{defaultIfEmpty city "your town"}}, {{defaultIfEmpty firstName "friend"}}.',
    footer: 'Reply STOP to opt out',
    buttons: [
      {
        type: 'url',
        text: 'See it',
        url: 'https://example.com/sale?who={{defaultIfEmpty firstName "friend"}}',
      },
    ],
  });
});
after(() => program.close());

interface TemplateView {
  templateId: number;
  status: string | null;
  providerName: string;
}

const viewOf = (id: number) =>
  program.call<TemplateView>('GET', `/api/templates/whatsApp/get?templateId=${id}`);

async function save(tag: string, fields: Record<string, unknown>): Promise<number> {
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    {
      clientTemplateId: tag,
      name: tag,
      messageTypeId: marketing.messageTypeId,
      category: 'MARKETING',
      ...fields,
    },
  );
  return params.templateId;
}

/** A template that Meta has approved. */
async function approved(tag: string, fields: Record<string, unknown>): Promise<number> {
  const id = await save(tag, fields);
  const { status } = await program.call<{ status: string }>('POST', '/api/templates/whatsApp/submit', {
    templateId: id,
    senderId,
  });
  assert.equal(status, 'PENDING');
  await program.until('approval', async () => ((await viewOf(id)).status === 'APPROVED' ? true : null));
  return id;
}

async function metaAccount(): Promise<{ id: number; settings: { businessAccountId?: string } }> {
  const { providerAccounts } = await program.call<{
    providerAccounts: { id: number; wire: string; settings: { businessAccountId?: string } }[];
  }>('GET', '/api/providerAccounts');
  return providerAccounts.find((each) => each.wire === 'meta')!;
}

/** Meta gives a template another status, and the program has heard of it. */
async function metaSays(id: number, status: string): Promise<void> {
  const { settings } = await metaAccount();
  const { providerName } = await viewOf(id);
  await program.simulator('PUT', `/businesses/${settings.businessAccountId}/templates/${providerName}`, {
    status,
    reason: 'INVALID_FORMAT',
  });
  await program.until(status, async () => ((await viewOf(id)).status === status ? true : null));
}

/** A campaign to users who are named as `lists/subscribe` takes them; those named by email opt in. */
async function campaignTo(
  tag: string,
  people: Record<string, unknown>[],
  id = templateId,
  quietHours = 'skip',
): Promise<number> {
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: tag });
  const made = await program.call<{ failCount: number }>('POST', '/api/lists/subscribe', {
    listId,
    subscribers: people,
  });
  assert.equal(made.failCount, 0);
  const named = people.filter((person) => typeof person.email === 'string');
  const { messageTypeId } = marketing;
  await program.call('POST', '/api/consent', {
    consents: named.map(({ email }) => ({ email, messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: tag, templateId: id, listIds: [listId], scheduleSend: false, quietHours },
  });
  return campaignId;
}

const british = (index: number) => `+4477009${String(10_000 + index).padStart(5, '0')}`;
const person = (tag: string, index: number, phoneNumber: string, more: Record<string, unknown> = {}) => ({
  email: `${tag}-${index}@example.com`,
  dataFields: { phoneNumber, firstName: `Ann${index}`, ...more },
});

test('a campaign goes out as the approved template, personal in header, body and button, not to US numbers', async () => {
  const people = [
    person('sale', 0, british(0), { city: 'Leeds' }),
    person('sale', 1, british(1)),
    person('sale', 2, '+14155550199'),
  ];
  const campaignId = await campaignTo('sale', people);
  const totals = await sendCampaign(program, campaignId, (each) => each.read === 2 && each.skips === 1);
  assert.deepEqual([totals.sends, totals.delivered], [2, 2]);
  assert.deepEqual(totals.skipsByReason, { whatsAppUnitedStates: 1 });
  const [line] = await phones.hears(british(0), 1);
  assert.deepEqual([line?.wire, line?.type, line?.from], ['meta', 'template', ours.whatsApp]);
  assert.equal(line?.template?.name, (await viewOf(templateId)).providerName);
  const [name, city, again, code, ...rest] = line?.template?.parameters ?? [];
  assert.deepEqual([name, city, again, rest], ['Ann0', 'Leeds', 'Ann0', []]);
  const link = await fetch(`${program.url}/l/${code}`, { redirect: 'manual' });
  assert.equal(link.headers.get('location'), 'https://example.com/sale?who=Ann0');
  assert.deepEqual((await phones.hears(british(1), 1))[0]?.template?.parameters.slice(0, 3), [
    'Ann1',
    'your town',
    'Ann1',
  ]);
  const tap = await program.simulator<{ status: number }>('POST', `/handsets/${british(1)}/taps`, {
    url: `${program.url}/l/${(await phones.heard(british(1)))[0]?.template?.parameters[3]}`,
  });
  assert.equal(tap.status, 302);
  await totalsOnce(program, campaignId, (each) => each.clicks.unique === 1);
});

test('each person’s coupon code is in the button that copies it, and Meta refuses one that it cannot take', async () => {
  const { id: poolId } = await program.call<{ id: number }>('POST', '/api/coupons/pools', { name: 'Copied' });
  const codes = ['COPY7K2M', 'COPY9QX4'];
  await program.call('POST', `/api/coupons/pools/${poolId}/codes`, { codes });
  const id = await approved('coupons', {
    body: 'Here is your code, {{defaultIfEmpty firstName "friend"}}: copy it below.',
    buttons: [{ type: 'copyCode', text: 'Copy', code: '{{coupon "Copied"}}' }],
  });
  const people = [40, 41, 42].map((index) => person('coupon', index, british(index)));
  const campaignId = await campaignTo('coupon', people, id);
  const totals = await sendCampaign(
    program,
    campaignId,
    (each) => each.delivered === 2 && each.pending === 0,
  );
  assert.deepEqual(totals.skipsByReason, { noCoupon: 1 });
  const heard = await Promise.all(
    people.map(({ dataFields }) => phones.heard(String(dataFields.phoneNumber))),
  );
  const copied = heard.flatMap((lines) => lines.map((line) => line.template?.parameters.at(-1)));
  assert.deepEqual(copied.sort(), codes);
});

test('failures told by webhook are handled by their kind', async () => {
  const people = [10, 11, 12].map((index) => person('fail', index, british(index)));
  await program.simulator('PUT', '/behaviour', { number: british(10), errors: { 131026: 1 } });
  await program.simulator('PUT', '/behaviour', { number: british(11), errors: { 131049: 1 } });
  await program.simulator('PUT', '/behaviour', { number: british(12), errors: { 131050: 1 } });
  const first = await campaignTo('fail', people);
  const totals = await sendCampaign(program, first, (each) => each.bounced === 3);
  assert.deepEqual([totals.sends, totals.delivered, totals.pending], [3, 0, 0]);
  interface Listed {
    toAddress: string;
    status: string;
    errorCode: string;
    retryAt: number | null;
  }
  const { messages } = await program.call<{ messages: Listed[] }>('GET', `/api/messages?campaignId=${first}`);
  assert.deepEqual(
    new Map(
      messages.map(({ toAddress, status, errorCode, retryAt }) => [
        toAddress,
        [status, errorCode, retryAt !== null],
      ]),
    ),
    new Map([
      [british(10), ['bounced', '131026', false]],
      [british(11), ['bounced', '131049', true]],
      [british(12), ['bounced', '131050', false]],
    ]),
  );
  // Not reached once: may be an old app. Stopped at Meta: an opt-out here. Held back by Meta: tried again tomorrow.
  const numbers = people.map(({ dataFields }) => ({ phoneNumber: dataFields.phoneNumber }));
  const second = await campaignTo('fail-again', numbers);
  const again = await sendCampaign(program, second, (each) => each.bounced === 2 && each.skips === 1);
  assert.deepEqual(again.skipsByReason, { optedOut: 1 });
  const { entries } = await proofOf(program, { phone: british(12) });
  assert.equal(entries.at(-1)?.method, 'provider');
});

test('an answer from a person opens a session in which HELP is answered freely, and STOP ends it all', async () => {
  const phone = british(20);
  const campaignId = await campaignTo('answer', [person('answer', 20, phone)]);
  await sendCampaign(program, campaignId, (each) => each.delivered === 1);
  await phones.writes(phone, ours.whatsApp, 'help');
  assert.match((await phones.hearsOf(phone, /For help/)).type ?? '', /text/);
  await totalsOnce(program, campaignId, (each) => each.replies.total === 1);
  await phones.writes(phone, ours.whatsApp, 'Stop');
  const told = await phones.hearsOf(phone, /unsubscribed/);
  assert.equal(told.wire, 'meta');
  const next = await campaignTo('answer-next', [{ userId: 'none' }, { phoneNumber: phone }]);
  const totals = await sendCampaign(program, next, (each) => each.skips === 2);
  assert.deepEqual(totals.skipsByReason, { optedOut: 1, noOptIn: 1 });
});

test('a person known by a WhatsApp user id alone writes in, opts in, is reached, and may stop', async () => {
  const whatsAppUserId = 'GB.13491208655302741918';
  const says = (body: string) =>
    phones.writes(whatsAppUserId, ours.whatsApp, body, {
      ...{ whatsAppUserId, username: 'ann', usernameOnly: true, profileName: 'Ann' },
    });
  await says('Do you ship to Wales?');
  assert.deepEqual((await proofOf(program, { whatsAppUserId })).standings, []);
  await says('START');
  await phones.hearsOf(whatsAppUserId, /subscribed/);
  const first = await campaignTo('bsuid', [{ whatsAppUserId }]);
  await sendCampaign(program, first, (each) => each.delivered === 1);
  const line = (await phones.heard(whatsAppUserId)).find((each) => each.template);
  assert.deepEqual(
    [line?.to, line?.template?.parameters.slice(0, 2)],
    [whatsAppUserId, ['there', 'your town']],
  );
  await says('STOP');
  const second = await campaignTo('bsuid-2', [{ whatsAppUserId }]);
  const totals = await sendCampaign(program, second, (each) => each.skips === 1);
  assert.deepEqual(totals.skipsByReason, { optedOut: 1 });
  const { entries } = await proofOf(program, { whatsAppUserId });
  assert.equal(entries.at(-1)?.address, whatsAppUserId);
});

test('a US user id gets no marketing template either', async () => {
  const whatsAppUserId = 'US.99991208655302741918';
  await phones.writes(whatsAppUserId, ours.whatsApp, 'START', { whatsAppUserId, usernameOnly: true });
  const campaignId = await campaignTo('bsuid-us', [{ whatsAppUserId }]);
  const totals = await sendCampaign(program, campaignId, (each) => each.skips === 1);
  assert.deepEqual(totals.skipsByReason, { whatsAppUnitedStates: 1 });
});

test('the control of marketing messages in WhatsApp itself stops and resumes', async () => {
  const phone = british(30);
  const own = person('control', 30, phone);
  const set = (value: 'stop' | 'resume') =>
    program.simulator('POST', `/handsets/${phone}/preferences`, { to: ours.whatsApp, value });
  const status = async () =>
    (await proofOf(program, { phone })).standings.find((each) => each.targetId === marketing.channelId)
      ?.status;
  const campaignId = await campaignTo('control', [own]);
  await set('stop');
  assert.equal(await status(), 'unsubscribed');
  const totals = await sendCampaign(program, campaignId, (each) => each.skips === 1);
  assert.deepEqual(totals.skipsByReason, { optedOut: 1 });
  program.clock.advance(2_000);
  await set('resume');
  assert.equal(await status(), 'subscribed');
});

test('a template that Meta rejected or paused is refused at launch with the reason', async () => {
  const draft = await save('draft', { body: 'Not before Meta yet.' });
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'states' });
  const launch = async (id: number, name: string) => {
    const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
      ...{ name, templateId: id, listIds: [listId], scheduleSend: false },
    });
    return program.call('POST', `/api/campaigns/${campaignId}/send`, {});
  };
  await assert.rejects(launch(draft, 'draft'), /not submitted.*InvalidTemplate/);
  for (const status of ['REJECTED', 'PAUSED', 'DISABLED']) {
    const id = await approved(`state-${status}`, { body: `Once approved, then ${status}.` });
    await metaSays(id, status);
    await assert.rejects(launch(id, status), new RegExp(`${status}.*InvalidTemplate`));
  }
});

test('being told to slow down delays and loses nothing', async () => {
  const people = Array.from({ length: 60 }, (_, index) => person('slow', 100 + index, british(100 + index)));
  await program.simulator('PUT', '/behaviour', { number: ours.whatsApp, rateAnswers: 0.2, read: 0 });
  const campaignId = await campaignTo('slow', people);
  const totals = await sendCampaign(program, campaignId, (each) => each.delivered === 60);
  assert.deepEqual([totals.sends, totals.bounced, totals.skips], [60, 0, 0]);
  const { count } = await program.simulator<{ count: number }>(
    'GET',
    `/attempts/count?wire=meta&code=130429&from=${encodeURIComponent(ours.whatsApp)}`,
  );
  assert.ok(count > 0);
  for (const { dataFields } of people) assert.equal((await phones.heard(dataFields.phoneNumber)).length, 1);
});

test('what waits when Meta pauses its template is skipped with that reason and never posted; what is of another template goes', async () => {
  const [paused, other] = [
    await approved('paused-later', { body: 'Approved, and paused while it waits.' }),
    await approved('goes-on', { body: 'Approved all the while.' }),
  ];
  const two = (tag: string, from: number) => [0, 1].map((index) => person(tag, index, british(from + index)));
  const campaigns = [
    await campaignTo('held-paused', two('held-paused', 300), paused, 'delay'),
    await campaignTo('held-other', two('held-other', 310), other, 'delay'),
  ] as const;
  // Night in London: all of them wait for the morning.
  program.clock.set('2026-11-24T02:00:00Z');
  for (const id of campaigns) {
    await program.call('POST', `/api/campaigns/${id}/send`, {});
    await program.until('both to be admitted', async () => {
      const { messages } = await program.call<{ messages: unknown[] }>(
        'GET',
        `/api/messages?campaignId=${id}&status=queued`,
      );
      return messages.length === 2 ? true : null;
    });
  }
  await metaSays(paused, 'PAUSED');
  program.clock.set('2026-11-24T12:00:00Z');
  const totals = await totalsOnce(program, campaigns[0], ({ pending }) => pending === 0);
  assert.deepEqual([totals.sends, totals.skipsByReason], [0, { templateNotApproved: 2 }]);
  await totalsOnce(program, campaigns[1], ({ delivered }) => delivered === 2);
  for (const index of [300, 301]) assert.equal((await phones.heard(british(index))).length, 0);
});
