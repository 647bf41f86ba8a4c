import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import { type Handsets, handsets, ours, proofOf, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let marketing: { channelId: number; messageTypeId: number };
let transactional: { channelId: number; messageTypeId: number };
let people = 0;

before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  const types = await typesByChannel(program);
  marketing = types.get('SMS Marketing')!;
  transactional = types.get('SMS Transactional')!;
});
after(() => program.close());

/** A number of its own in San Francisco. */
const newNumber = () => `+1415555${String(1000 + people++)}`;

/** Somebody who opted in to these message types. */
async function subscriber(types = [marketing]): Promise<{ phone: string; email: string }> {
  const phone = newNumber();
  const email = `${phone.slice(1)}@example.com`;
  await program.call('POST', '/api/users/update', {
    email,
    dataFields: { phoneNumber: phone, firstName: 'Ann' },
  });
  await program.call('POST', '/api/consent', {
    consents: types.map(({ messageTypeId }) => ({
      ...{ email, messageTypeId, method: 'webForm', source: 'https://example.com/join' },
    })),
  });
  return { phone, email };
}

/** A campaign to these people, sent now; what came of each. */
async function campaignTo(tag: string, emails: string[], channel = 'SMS Marketing') {
  const { campaignId, listId } = await makeCampaign(program, { tag, count: 0, channel });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: emails.map((email) => ({ email })),
  });
  await sendCampaign(program, campaignId, (totals) => totals.delivered + totals.skips === emails.length);
  const { messages } = await program.call<{ messages: { email: string; skipReason: string | null }[] }>(
    'GET',
    `/api/messages?campaignId=${campaignId}`,
  );
  return new Map(messages.map((message) => [message.email, message.skipReason]));
}

async function standing(phone: string, { channelId }: { channelId: number }) {
  const { standings } = await proofOf(program, { phone });
  return standings.find((each) => each.kind === 'channel' && each.targetId === channelId);
}

const statusOf = async (phone: string, target: { channelId: number }) =>
  (await standing(phone, target))?.status;

test('STOP in many spellings and tongues opts out, with one confirmation that says so', async () => {
  const spellings = [
    'STOP',
    ' stop. ',
    'Stóp!!',
    '"Unsubscribe"',
    'please stop texting me',
    'opt-out',
    'STOPALL',
    'Quit',
    'ARRÊT',
    'Parar',
    'SAIR',
    'abmelden',
    'Basta',
    'İPTAL',
    '停止',
    '수신거부',
    'توقف',
  ];
  const told = await Promise.all(
    spellings.map(async (word) => {
      const { phone } = await subscriber();
      await phones.writes(phone, ours.promotional, word);
      assert.equal(await statusOf(phone, marketing), 'unsubscribed', word);
      const [confirmation] = await phones.hears(phone, 1);
      return confirmation?.body ?? '';
    }),
  );
  for (const [index, body] of told.entries()) {
    assert.match(body, /^Carillon: /, spellings[index] ?? '');
    assert.match(body, /START/);
    assert.ok(body.length <= 160, body);
  }
  assert.match(told[0] ?? '', /unsubscribed and will receive no more messages/);
  assert.match(told[8] ?? '', /Désabonnement/);
});

test('after STOP the next campaign message is a skip with its reason, in messages and in history', async () => {
  const leaver = await subscriber();
  const stayer = await subscriber();
  await phones.writes(leaver.phone, ours.promotional, 'STOP');
  await phones.hears(leaver.phone, 1);
  const outcome = await campaignTo('after-stop', [leaver.email, stayer.email]);
  assert.equal(outcome.get(leaver.email), 'optedOut');
  assert.equal(outcome.get(stayer.email), null);
  const { history } = await program.call<{ history: { kind: string; what: string; skipReason: string }[] }>(
    'GET',
    `/api/users/${leaver.email}/history`,
  );
  assert.ok(history.some((entry) => entry.kind === 'message' && entry.skipReason === 'optedOut'));
  assert.ok(history.some((entry) => entry.kind === 'inboundMessage' && entry.what === 'optOut'));
  assert.ok(history.some((entry) => entry.kind === 'consent' && entry.what === 'optOut'));
  const lines = await phones.heard(leaver.phone);
  assert.equal(lines.length, 1, 'the confirmation and nothing else');
});

test('a second STOP gets no second confirmation, HELP is answered even to the opted-out', async () => {
  const { phone } = await subscriber();
  await phones.writes(phone, ours.promotional, 'STOP');
  await phones.hears(phone, 1);
  await phones.writes(phone, ours.promotional, 'STOP');
  await phones.writes(phone, ours.promotional, 'stop please');
  await phones.writes(phone, ours.promotional, 'Help!');
  const help = await phones.hearsOf(phone, /For help/);
  assert.match(help.body, /^Carillon: For help, .+STOP/);
  assert.equal((await phones.heard(phone)).length, 2);
});

test('two STOPs at the same moment get one confirmation', async () => {
  const { phone } = await subscriber();
  await Promise.all([
    phones.writes(phone, ours.promotional, 'STOP'),
    phones.writes(phone, ours.promotional, 'Stop'),
    phones.writes(phone, ours.promotional, 'STOP!'),
  ]);
  await phones.writes(phone, ours.promotional, 'HELP');
  await phones.hearsOf(phone, /For help/);
  const confirmations = (await phones.heard(phone)).filter((line) => /unsubscribed/.test(line.body));
  assert.equal(confirmations.length, 1);
});

test('START brings back, with a confirmation that names brand, frequency, rates, HELP and STOP', async () => {
  const { phone, email } = await subscriber();
  await phones.writes(phone, ours.promotional, 'STOP');
  await phones.hears(phone, 1);
  await phones.writes(phone, ours.promotional, 'start');
  const [, welcome] = await phones.hears(phone, 2);
  assert.match(welcome?.body ?? '', /^Carillon: .*recurring.*frequency varies.*data rates.*HELP.*STOP/);
  assert.equal(await statusOf(phone, marketing), 'subscribed');
  assert.equal((await campaignTo('after-start', [email])).get(email), null);
});

test('neither “non-stop thanks!” opts out nor an ordinary message opts back in', async () => {
  const inside = await subscriber();
  await phones.writes(inside.phone, ours.promotional, 'non-stop thanks!');
  assert.equal(await statusOf(inside.phone, marketing), 'subscribed');
  const outside = await subscriber();
  await phones.writes(outside.phone, ours.promotional, 'STOP');
  for (const words of ['Where is my order?', "let's start at noon", 'yes', 'OK'])
    await phones.writes(outside.phone, ours.promotional, words);
  assert.equal(await statusOf(outside.phone, marketing), 'unsubscribed');
  await phones.hears(outside.phone, 1);
  assert.equal((await phones.heard(outside.phone)).length, 1);
  assert.equal((await phones.heard(inside.phone)).length, 0);
});

test('the network of a toll-free number answers STOP itself, and HELP is still ours to answer', async () => {
  const { phone, email } = await subscriber();
  await phones.writes(phone, ours.tollFree, 'HELP');
  await phones.hearsOf(phone, /For help/);
  await phones.writes(phone, ours.tollFree, 'STOP');
  assert.equal(await statusOf(phone, marketing), 'unsubscribed');
  await phones.writes(phone, ours.tollFree, 'UNSTOP');
  assert.equal(await statusOf(phone, marketing), 'subscribed');
  assert.equal((await campaignTo('toll-free', [email])).get(email), null);
  const bodies = (await phones.heard(phone)).map((line) => line.body);
  assert.equal(bodies.length, 2, bodies.join(' | '));
});

test('a word that the provider handled is obeyed and not answered twice', async () => {
  const { phone } = await subscriber();
  await program.simulator('PUT', '/behaviour', { number: phone, carrierOptOut: true });
  await phones.writes(phone, ours.promotional, 'STOP');
  assert.equal(await statusOf(phone, marketing), 'unsubscribed');
  await phones.writes(phone, ours.promotional, 'START');
  assert.equal(await statusOf(phone, marketing), 'subscribed');
  await phones.writes(phone, ours.promotional, 'HELP');
  // A word that no provider knows is ours to answer, and would come after what was wrongly sent.
  await phones.writes(phone, ours.promotional, 'AIDE');
  await phones.hearsOf(phone, /Aide/);
  assert.equal((await phones.heard(phone)).length, 1);
});

test('an unclear wish pauses promotional messages until somebody decides', async () => {
  const kept = await subscriber([marketing, transactional]);
  const gone = await subscriber();
  const words = 'please stop texting me so much';
  for (const { phone } of [kept, gone]) await phones.writes(phone, ours.promotional, words);
  const paused = await campaignTo('paused', [kept.email, gone.email]);
  assert.deepEqual([paused.get(kept.email), paused.get(gone.email)], ['paused', 'paused']);
  const receipt = await campaignTo('receipt', [kept.email], 'SMS Transactional');
  assert.equal(receipt.get(kept.email), null);
  const { replies } = await program.call<{
    replies: { id: number; body: string; user: { email: string } | null }[];
  }>('GET', '/api/consent/unclear');
  const replyOf = ({ email }: { email: string }) => {
    const reply = replies.find((each) => each.user?.email === email);
    assert.equal(reply?.body, words);
    return reply?.id;
  };
  await program.call('POST', `/api/consent/unclear/${replyOf(kept)}/decide`, { decision: 'keep' });
  await program.call('POST', `/api/consent/unclear/${replyOf(gone)}/decide`, { decision: 'optOut' });
  const decided = await campaignTo('decided', [kept.email, gone.email]);
  assert.deepEqual([decided.get(kept.email), decided.get(gone.email)], [null, 'optedOut']);
  const left = await program.call<{ replies: unknown[] }>('GET', '/api/consent/unclear');
  assert.equal(left.replies.length, replies.length - 2);
});

test('STOP to a promotional sender leaves the transactional channel, STOP to a transactional one ends all', async () => {
  const half = await subscriber([marketing, transactional]);
  await phones.writes(half.phone, ours.promotional, 'STOP');
  assert.deepEqual(
    [await statusOf(half.phone, marketing), await statusOf(half.phone, transactional)],
    ['unsubscribed', 'subscribed'],
  );
  assert.equal((await campaignTo('half', [half.email], 'SMS Transactional')).get(half.email), null);
  const all = await subscriber([marketing, transactional]);
  await phones.writes(all.phone, ours.transactional, 'STOP');
  assert.deepEqual(
    [await statusOf(all.phone, marketing), await statusOf(all.phone, transactional)],
    ['unsubscribed', 'unsubscribed'],
  );
  assert.equal((await campaignTo('all', [all.email], 'SMS Transactional')).get(all.email), 'optedOut');
});

test('an opt-out outlives the user, no statement undoes it, and START does', async () => {
  const { phone, email } = await subscriber();
  await phones.writes(phone, ours.promotional, 'STOP');
  await phones.hears(phone, 1);
  await program.call('DELETE', `/api/users/${email}`);
  await program.call('POST', '/api/users/update', {
    email,
    // Back as before, with all that the campaign's template needs.
    dataFields: { phoneNumber: phone, firstName: 'Ann' },
  });
  assert.equal(await statusOf(phone, marketing), 'unsubscribed');
  const path = `/api/subscriptions/messageType/${marketing.messageTypeId}`;
  await assert.rejects(program.call('PATCH', `${path}/user/${email}`), /409.*OptOutStands/);
  const bulk = await program.call<{ params: { failures: { code: string }[] } }>(
    'PUT',
    `${path}?action=subscribe`,
    { users: [email] },
  );
  assert.equal(bulk.params.failures[0]?.code, 'OptOutStands');
  assert.equal((await campaignTo('deleted', [email])).get(email), 'optedOut');
  await phones.writes(phone, ours.promotional, 'START');
  assert.equal(await statusOf(phone, marketing), 'subscribed');
  assert.equal((await campaignTo('returned', [email])).get(email), null);
});

test('the proof of an opt-out shows who, what was written, when, how and from where', async () => {
  const { phone } = await subscriber();
  await phones.writes(phone, ours.promotional, 'Stop please');
  const { entries } = await proofOf(program, { phone });
  const entry = entries.find((each) => each.action === 'optOut');
  assert.deepEqual(
    [entry?.address, entry?.wording, entry?.method, entry?.source],
    [phone, 'Stop please', 'keyword', `written to ${ours.promotional}`],
  );
  const sinceMs = program.clock.now().getTime() - Date.parse(entry?.happenedAt ?? '');
  assert.ok(sinceMs >= 0 && sinceMs < 600_000);
  const optIn = entries.find((each) => each.action === 'optIn');
  assert.deepEqual([optIn?.method, optIn?.source], ['webForm', 'https://example.com/join']);
});

test('who writes in unknown becomes a user, and START signs them up', async () => {
  const phone = newNumber();
  await phones.writes(phone, ours.promotional, 'Hi, are you open today?');
  const { user } = await program.call<{ user: { dataFields: { phoneNumber: string } } }>(
    'GET',
    `/api/users/byPhone/${phone}`,
  );
  assert.equal(user.dataFields.phoneNumber, phone);
  assert.deepEqual((await proofOf(program, { phone })).standings, []);
  await phones.writes(phone, ours.promotional, 'START');
  assert.equal(await statusOf(phone, marketing), 'subscribed');
  assert.match((await phones.hears(phone, 1))[0]?.body ?? '', /subscribed/);
});

test('a promotional text tells how to opt out, a transactional one need not', async () => {
  const { phone, email } = await subscriber([marketing, transactional]);
  await campaignTo('line', [email]);
  await campaignTo('no-line', [email], 'SMS Transactional');
  const bodies = (await phones.hears(phone, 2)).map((line) => line.body);
  assert.equal(bodies.filter((body) => /Reply STOP to opt out$/.test(body)).length, 1, bodies.join(' | '));
});
