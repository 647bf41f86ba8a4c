import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import { type Handsets, handsets, type Live } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

const transactionalSender = 2;
const attempts = 20;

interface Answer {
  status: number;
  code: string;
  params: { messageId?: string; requestId?: number; skipReason?: string | null; reason?: string };
}

let program: TestProgram;
let phones: Handsets;
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
});
after(() => program.close());

let numbers = 0;
const newNumber = () => `+1415555${String(2_000 + numbers++)}`;

test('a target call repeated at once with the same key is one message', async () => {
  const phone = newNumber();
  const { campaignId } = await campaignTo('once', [phone]);
  const body = { campaignId, recipientEmail: 'once-0@example.com' };
  const answers = await Promise.all(times(() => post('/api/sms/target', body, 'once')));
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
  assert.equal(new Set(answers.map((answer) => answer.params.messageId)).size, 1);
  const later = await post('/api/sms/target', body, 'once');
  assert.equal(later.params.messageId, answers[0]?.params.messageId);
  await settled(campaignId, 1);
  assert.equal((await phones.heard(phone)).length, 1);
});

test('the same key with another body is a conflict, and without a key each call is a message', async () => {
  const phone = newNumber();
  const { campaignId } = await campaignTo('other', [phone]);
  const body = { campaignId, recipientEmail: 'other-0@example.com' };
  const answers = await Promise.all(
    times((index) => post('/api/sms/target', { ...body, dataFields: { order: index % 2 } }, 'other')),
  );
  const taken = answers.filter((answer) => answer.status === 200);
  assert.equal(new Set(taken.map((answer) => answer.params.messageId)).size, 1);
  for (const refused of answers.filter((answer) => answer.status !== 200)) {
    assert.equal(refused.status, 409);
    assert.equal(refused.params.reason, 'Conflict');
  }
  assert.equal(taken.length, attempts / 2);
  await settled(campaignId, 1);
  await post('/api/sms/target', body);
  await post('/api/sms/target', body);
  await settled(campaignId, 3);
  assert.equal((await phones.heard(phone)).length, 3);
});

test('a campaign sent twenty times at once with one key is sent once', async () => {
  const people = Array.from({ length: 50 }, newNumber);
  const { campaignId } = await campaignTo('blast', people);
  const answers = await Promise.all(times(() => post(`/api/campaigns/${campaignId}/send`, {}, 'blast')));
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
  assert.equal(new Set(answers.map((answer) => answer.params.requestId)).size, 1);
  await settled(campaignId, people.length);
  const again = await post(`/api/campaigns/${campaignId}/send`, {}, 'blast');
  assert.equal(again.params.requestId, answers[0]?.params.requestId);
  await settled(campaignId, people.length);
  for (const phone of people) assert.equal((await phones.heard(phone)).length, 1);

  const { campaignId: other } = await campaignTo('another', [newNumber()]);
  const refused = await post(`/api/campaigns/${other}/send`, {}, 'blast');
  assert.equal(refused.params.reason, 'Conflict');
  assert.equal((await totalsOf(other)).audience, 0);
});

test('a campaign sent twenty times at once without a key: each call that is taken is one whole blast', async () => {
  const people = Array.from({ length: 5 }, newNumber);
  const { campaignId } = await campaignTo('keyless', people);
  const answers = await Promise.all(times(() => post(`/api/campaigns/${campaignId}/send`, {})));
  const taken = answers.filter((answer) => answer.status === 200);
  for (const refused of answers.filter((answer) => answer.status !== 200))
    assert.equal(refused.params.reason, 'InvalidState');
  assert.ok(taken.length >= 1);
  await settled(campaignId, people.length * taken.length);
});

test('calls to somebody new, all at once, make one user and decide on that one', async () => {
  const { campaignId } = await campaignTo('new', [newNumber()]);
  const newcomer = { recipientEmail: 'newcomer@example.com' };
  const phone = { recipientPhone: newNumber() };
  for (const recipient of [newcomer, phone]) {
    const answers = await Promise.all(
      times((index) =>
        post('/api/sms/target', { campaignId, ...recipient }, `${Object.keys(recipient)[0]}-${index % 2}`),
      ),
    );
    for (const answer of answers) {
      assert.equal(answer.status, 200);
      // Who was not known a moment ago has agreed to nothing.
      assert.equal(answer.params.skipReason, 'noOptIn');
    }
    assert.equal(new Set(answers.map((answer) => answer.params.messageId)).size, 2);
  }
  const { count } = await program.database.db
    .selectFrom('users')
    .select((of) => of.fn.countAll().as('count'))
    .where((where) =>
      where.or([
        where('email', '=', newcomer.recipientEmail),
        where('phone_number', '=', phone.recipientPhone),
      ]),
    )
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 2);
});

test('a trigger that allows no repeat passes over those who have had the campaign', async () => {
  const people = Array.from({ length: 3 }, newNumber);
  const { listId, templateId } = await makeCampaign(program, {
    tag: 'trigger',
    channel: 'SMS Marketing',
    count: people.length,
    phoneOf: (index) => people[index] ?? '',
  });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    name: 'trigger',
    templateId,
  });
  await program.call('POST', '/api/campaigns/activateTriggered', { campaignId });
  const trigger = () =>
    program.call('POST', '/api/campaigns/trigger', {
      campaignId,
      listIds: [listId],
      allowRepeatMarketingSends: false,
    });
  await trigger();
  await settled(campaignId, people.length);
  await trigger();
  const { skipsByReason } = await program.until('the repeats to be skipped', async () => {
    const now = await totalsOf(campaignId);
    return now.audience === 2 * people.length && now.pending === 0 ? now : null;
  });
  assert.deepEqual(skipsByReason, { alreadySent: people.length });
});

/** A transactional campaign to these numbers, ready to be sent. */
function campaignTo(tag: string, people: readonly string[]): Promise<{ campaignId: number }> {
  return makeCampaign(program, {
    tag,
    channel: 'SMS Transactional',
    count: people.length,
    phoneOf: (index) => people[index] ?? '',
    options: { senderId: transactionalSender },
  });
}

function times<T>(deed: (index: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: attempts }, (_, index) => deed(index));
}

async function post(path: string, body: object, idempotencyKey?: string): Promise<Answer> {
  const answer = await fetch(program.url + path, {
    method: 'POST',
    headers: {
      'Api-Key': program.key,
      'Content-Type': 'application/json',
      ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
    },
    body: JSON.stringify(body),
  });
  const { code, params } = (await answer.json()) as Pick<Answer, 'code' | 'params'>;
  return { status: answer.status, code, params };
}

async function totalsOf(campaignId: number): Promise<Live['totals']> {
  return (await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`)).totals;
}

/** Waits until so many of a campaign's messages are delivered and none is pending; there may be no more. */
async function settled(campaignId: number, count: number): Promise<void> {
  const totals = await program.until(`${count} of campaign ${campaignId} to be delivered`, async () => {
    const now = await totalsOf(campaignId);
    return now.pending === 0 && now.delivered >= count ? now : null;
  });
  assert.equal(totals.audience, count);
}
