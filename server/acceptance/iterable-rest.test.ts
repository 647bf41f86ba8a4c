import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Handsets, handsets, ours, proofOf, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let people: Handsets;
before(async () => {
  program = await startTestProgram();
  people = handsets(program);
});
after(() => program.close());

const get = async (path: string) => {
  const answer = await fetch(program.url + path, { headers: { 'Api-Key': program.key } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const iterable = (path: string, body: object) => program.call<Record<string, unknown>>('POST', path, body);

test('an email is viewed in the browser as it left, by its own reader only, and as a stranger’s page', async () => {
  const email = 'reader@example.com';
  await iterable('/api/users/update', { email, dataFields: { firstName: 'Rea' } });
  await iterable('/api/users/update', { email: 'other@example.com' });
  const { messageTypeId } = (await typesByChannel(program)).get('Email Transactional')!;
  await iterable('/api/consent', {
    consents: [{ email, messageTypeId, method: 'webForm', source: 'https://example.com/join' }],
  });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/email/upsert',
    {
      ...{ clientTemplateId: 'view', name: 'View', messageTypeId, subject: 'Hi {{firstName}}' },
      ...{ fromName: 'Shop', fromEmail: 'account@carillon.example' },
      html: '<p>Hello {{firstName}} <script>alert(1)</script></p>',
    },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'View', templateId: params.templateId, scheduleSend: false },
  });
  await iterable('/api/campaigns/activateTriggered', { campaignId });
  const sent = await program.call<{ params: { messageId: string } }>('POST', '/api/email/target', {
    ...{ campaignId, recipientEmail: email },
  });
  const [mail] = await people.hears(email, 1);
  const { messageId } = sent.params;
  const view = `/api/email/viewInBrowser?messageId=${messageId}`;
  const page = await program.until('the email to have left', async () => {
    const answer = await get(`${view}&email=${email}`);
    return answer.status === 200 ? answer : null;
  });
  // As it left, but for the picture that tells of opens: looking again here is none.
  assert.equal(page.text.trim(), mail?.html?.replace(/<img [^>]*data-open[^>]*>/, '').trim());
  assert.match(mail?.html ?? '', /data-open/);
  assert.match(page.text, /Hello Rea/);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
  assert.equal((await get(`${view}&email=other@example.com`)).status, 404);
  assert.equal((await get(view)).status, 400);
  assert.equal((await get(`/api/email/viewInBrowser?messageId=%21&email=${email}`)).status, 400);

  await iterable('/api/events/track', { email, eventName: 'looked', dataFields: { page: '/a' } });
  const eventsOf = async (more: string) =>
    (await get(`/api/export/userEvents?email=${email}${more}`)).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const events = await eventsOf('');
  assert.ok(events.some((event) => event.eventType === 'emailSend' && event.messageId === messageId));
  assert.ok(!events.some((event) => event.eventType === 'customEvent'));
  const all = await eventsOf('&includeCustomEvents=true');
  assert.ok(all.some((event) => event.eventName === 'looked' && event.page === '/a'));
  assert.ok(all.every((event) => event.email === email));
  assert.equal((await get('/api/export/userEvents?email=nobody@example.com')).status, 404);
});

test('a double opt-in asked for by API is confirmed from the handset', async () => {
  const phone = '+14155550195';
  await iterable('/api/users/update', { userId: 'asked' });
  const { messageTypeId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const answer = await fetch(`${program.url}/api/subscriptions/subscribeToDoubleOptIn`, {
    method: 'POST',
    headers: { 'Api-Key': program.key, 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId: 'asked', phoneNumber: phone, messageTypeIds: [messageTypeId] }),
  });
  assert.equal(answer.status, 202);
  const asked = await people.hearsOf(phone, /reply|text/i);
  await people.writes(phone, asked.from, 'YES');
  await program.until('the confirmation', async () => {
    const { standings } = await proofOf(program, { userId: 'asked' });
    const own = standings.find(({ kind, targetId }) => kind === 'messageType' && targetId === messageTypeId);
    return own?.status === 'subscribed' ? own : null;
  });
  const { user } = await program.call<{ user: { dataFields: Record<string, unknown> } }>(
    'GET',
    '/api/users/byUserId?userId=asked',
  );
  assert.deepEqual(user.dataFields.subscribedMessageTypeIds, [messageTypeId]);
});

test('a forgotten person who writes in on their own is a new person, and their opt-out stands', async () => {
  const phone = '+14155550196';
  const email = 'forgotten@example.com';
  await iterable('/api/users/update', { email, dataFields: { phoneNumber: phone } });
  await people.writes(phone, ours.promotional, 'STOP');
  await iterable('/api/users/forget', { email });
  await people.writes(phone, ours.promotional, 'HELP');
  await program.until('the new person', async () => {
    const { standings } = await proofOf(program, { phone });
    return standings.some(
      ({ channelName, status }) => channelName === 'SMS Marketing' && status === 'unsubscribed',
    )
      ? standings
      : null;
  });
  await assert.rejects(iterable('/api/users/update', { email }), /409.*ForgottenUserError/);
  await assert.rejects(
    iterable('/api/email/target', { campaignId: 1, recipientEmail: email }),
    /409.*ForgottenUserError/,
  );
});
