import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Handsets, handsets, ours } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

interface Thread {
  id: string;
  state: string;
  unread: number;
  lastReplyId: string | null;
}

let program: TestProgram;
let phones: Handsets;
let people = 0;
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
});
after(() => program.close());

const newNumber = () => `+1415555${String(6000 + people++)}`;

/** The thread of whoever has a number, once there is one that fits. */
const threadOf = (phone: string, fits: (thread: Thread) => boolean = () => true) =>
  program.until(`the thread of ${phone}`, async () => {
    const { threads } = await program.call<{ threads: Thread[] }>(
      'GET',
      `/api/inbox/threads?query=${encodeURIComponent(phone)}`,
    );
    return threads.find(fits) ?? null;
  });

/** Calls that may be refused. */
async function tried(method: string, path: string, body: unknown) {
  const answer = await fetch(program.url + path, {
    method,
    headers: { 'Api-Key': program.key, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { params?: Record<string, unknown> } };
}

const answer = (id: string, text: string, seenMessageId: string | null = null, more = {}) =>
  tried('POST', `/api/inbox/threads/${id}/reply`, { text, seenMessageId, ...more });

/** What a stream of news tells, as it comes. */
async function follow() {
  const ending = new AbortController();
  const stream = await fetch(`${program.url}/api/inbox/live`, {
    headers: { 'Api-Key': program.key },
    signal: ending.signal,
  });
  assert.match(stream.headers.get('content-type') ?? '', /^text\/event-stream/);
  let text = '';
  const reading = (async () => {
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) text += part;
  })().catch(() => undefined);
  return {
    told: () =>
      [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, what, data]) => ({ what, data: data ?? '' })),
    end: async () => {
      ending.abort();
      await reading;
    },
  };
}

test('a question opens a thread, is told at once to whoever listens, and the answer comes to the handset', async () => {
  const news = await follow();
  const phone = newNumber();
  await phones.writes(phone, ours.promotional, 'Do you have oat milk?');
  const { id, unread } = await threadOf(phone);
  assert.equal(unread, 1);
  await program.until('the news', async () =>
    news.told().some(({ what, data }) => what === 'threads' && data.includes(id)) ? true : null,
  );
  assert.equal((await answer(id, 'We do.')).status, 200);
  const { from } = await phones.hearsOf(phone, /^We do\.$/);
  assert.equal(from, ours.promotional);
  await program.call('POST', '/api/inbox/presence', { window: 'w', threadId: id, doing: 'writing' });
  await program.until('the sign', async () =>
    news.told().some(({ what, data }) => what === 'presence' && data.includes('writing')) ? true : null,
  );
  await news.end();
});

test('of answers given at the same time one goes, and the others are told', async () => {
  const phone = newNumber();
  await phones.writes(phone, ours.transactional, 'Where is my order?');
  const { id } = await threadOf(phone);
  const answers = await Promise.all(
    ['one', 'two', 'three', 'four'].map((word) => answer(id, `Answer ${word}`)),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
  await phones.hearsOf(phone, /^Answer/);
  const { lastReplyId } = await threadOf(phone);
  assert.equal((await answer(id, 'The last', lastReplyId)).status, 200);
  await phones.hearsOf(phone, /^The last$/);
  assert.equal((await phones.heard(phone)).length, 2);
});

test('after a STOP no answer leaves, also one that was queued before it', async () => {
  const phone = newNumber();
  await phones.writes(phone, ours.promotional, 'What is this?');
  const { id } = await threadOf(phone);
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  const sender = senders.find(({ address }) => address === ours.promotional)!;
  await program.call('PATCH', `/api/senders/${sender.id}`, { state: 'stopped' });
  assert.equal((await answer(id, 'too late')).body.params?.refusal, 'senderStopped');
  await program.call('PATCH', `/api/senders/${sender.id}`, { state: 'active' });
  // It waits for its time while the STOP comes.
  const later = new Date(program.clock.now().getTime() + 3_600_000).toISOString();
  assert.equal((await answer(id, 'Coffee by post.', null, { sendAt: later, goesAnyway: true })).status, 200);
  await phones.writes(phone, ours.promotional, 'STOP');
  await phones.hearsOf(phone, /no more messages/);
  const refused = await answer(id, 'Coffee by post.');
  assert.equal(refused.status, 409);
  assert.equal(refused.body.params?.reason, 'OptOutStands');
  program.clock.advance(2 * 3_600_000);
  await program.until('the scheduled answer to be refused', async () => {
    const { entries } = await program.call<{ entries: { kind: string; details: { state?: string } }[] }>(
      'GET',
      `/api/inbox/threads/${id}`,
    );
    return entries.some(({ kind, details }) => kind === 'scheduled' && details.state === 'refused')
      ? true
      : null;
  });
  assert.deepEqual(
    (await phones.heard(phone)).filter(({ body }) => /Coffee by post/.test(body)),
    [],
  );
});

test('on WhatsApp words go within a day of what the person wrote, and then a template is to go', async () => {
  const phone = newNumber();
  await phones.writes(phone, ours.whatsApp, 'Hello!');
  const { id } = await threadOf(phone);
  assert.equal((await answer(id, 'Hello to you.')).status, 200);
  await phones.hearsOf(phone, /^Hello to you\.$/);
  const { lastReplyId } = await threadOf(phone);
  program.clock.advance(25 * 3_600_000);
  const refused = await answer(id, 'Still there?', lastReplyId);
  assert.equal(refused.status, 400);
  assert.equal(refused.body.params?.refusal, 'windowClosed');
});

test('a template goes by the person’s opt-in, and is refused without one', async () => {
  const phone = newNumber();
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{
        clientTemplateId: 'ready',
        name: 'Ready',
        messageTypeId: 2,
        message: 'Harbor Coffee: {{what}} is ready',
      },
    },
  );
  await phones.writes(phone, ours.transactional, 'is it ready?');
  const { id } = await threadOf(phone);
  const send = () =>
    tried('POST', `/api/inbox/threads/${id}/reply`, {
      ...{ templateId: params.templateId, dataFields: { what: 'your order' }, seenMessageId: null },
    });
  const refused = await send();
  assert.equal(refused.body.params?.skipReason, 'noOptIn');
  await program.call('POST', '/api/consent', {
    consents: [{ phone, messageTypeId: 2, method: 'webForm', source: 'https://harbor.example/join' }],
  });
  assert.equal((await send()).status, 200);
  await phones.hearsOf(phone, /^Harbor Coffee: your order is ready/);
});

test('words that wait go to nobody who has the number by then', async () => {
  const phone = newNumber();
  await program.call('POST', '/api/users/update', { userId: 'moves', phoneNumber: phone });
  await phones.writes(phone, ours.transactional, 'Is it in?');
  const { id } = await threadOf(phone);
  await program.simulator('PUT', `/behaviour/${phone}`, { rateAnswers: 1 });
  const { body } = await answer(id, 'Your order is in, and you owe us 12.');
  const messageId = (body as { messageId?: string }).messageId;
  await program.call('POST', '/api/users/update', { userId: 'moves', phoneNumber: newNumber() });
  await program.call('POST', '/api/users/update', { userId: 'comes', phoneNumber: phone });
  await phones.writes(phone, ours.transactional, 'STOP');
  await program.simulator('DELETE', `/behaviour/${phone}`);
  const { skipReason } = await program.until('the words to be skipped', async () => {
    const message = await program.call<{ status: string; skipReason: string }>(
      'GET',
      `/api/messages/${messageId}`,
    );
    return message.status === 'skipped' ? message : null;
  });
  assert.equal(skipReason, 'noAddress');
  assert.ok((await phones.heard(phone)).every((each) => !each.body.includes('owe us')));
});
