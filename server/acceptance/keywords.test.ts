import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Handsets, handsets, ours, proofOf, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let marketing: { channelId: number; messageTypeId: number };

before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  marketing = (await typesByChannel(program)).get('SMS Marketing')!;
});
after(() => program.close());

const make = (keyword: object) =>
  program.call<{ id: number; warnings: string[] }>('POST', '/api/keywords', keyword);

test('JOIN subscribes to its message type, is answered with its text, and is proven in the ledger', async () => {
  const { messageTypeId } = marketing;
  const answer = 'Carillon: welcome! Reply HELP for help, STOP to end.';
  const made = await make({ word: 'Join', meaning: 'optIn', messageTypeId, answer });
  assert.deepEqual(made.warnings, []);
  const phone = '+14155550901';
  await phones.writes(phone, ours.shortCode, ' JOIN! ');
  const [heard] = await phones.hears(phone, 1);
  assert.equal(heard?.body, answer);
  assert.equal(heard?.from, ours.shortCode);
  const { standings, entries } = await proofOf(program, { phone });
  assert.deepEqual(
    standings.map(({ kind, targetId, status }) => [kind, targetId, status]).sort(),
    [
      ['channel', marketing.channelId, 'subscribed'],
      ['messageType', messageTypeId, 'subscribed'],
    ].sort(),
  );
  assert.equal(entries[0]?.method, 'keyword');
  assert.equal(entries[0]?.wording, ' JOIN! ');

  const other = '+14155550902';
  await phones.writes(other, ours.shortCode, 'how do I join');
  await phones.writes(other, ours.whatsApp, 'join');
  await assert.doesNotReject(proofOf(program, { phone: other }));
  assert.deepEqual((await proofOf(program, { phone: other })).standings, []);
});

test('where a type asks for a confirmation, JOIN is answered with the question, and YES with the confirmation', async () => {
  const { channelId } = marketing;
  const { id: messageTypeId } = await program.call<{ id: number }>('POST', '/api/messageTypes', {
    ...{ channelId, name: 'Club', doubleOptIn: true },
  });
  await make({ word: 'club', meaning: 'optIn', messageTypeId, answer: 'Carillon: in. HELP, STOP.' });
  const phone = '+14155550904';
  await phones.writes(phone, ours.promotional, 'CLUB');
  const asked = await phones.hearsOf(phone, /Reply YES/);
  assert.equal((await phones.heard(phone)).length, 1);
  await phones.writes(phone, asked.from, 'yes');
  await phones.hearsOf(phone, /You are subscribed/);
  const { standings } = await proofOf(program, { phone });
  assert.ok(standings.some((each) => each.targetId === messageTypeId && each.status === 'subscribed'));
});

test('words of its own help and opt out too, and stop meaning anything when they are deleted', async () => {
  const { id } = await make({ word: 'STORE', meaning: 'help', answer: 'Carillon: open 9 to 5.' });
  await make({ word: 'Adiós', meaning: 'optOut' });
  const phone = '+14155550903';
  await program.call('POST', '/api/users/update', { userId: 'leaver', dataFields: { phoneNumber: phone } });
  await program.call('PUT', `/api/subscriptions/messageType/${marketing.messageTypeId}?action=subscribe`, {
    usersByUserId: ['leaver'],
  });
  await phones.writes(phone, ours.promotional, 'store');
  assert.equal((await phones.hears(phone, 1))[0]?.body, 'Carillon: open 9 to 5.');
  await phones.writes(phone, ours.promotional, 'ADIOS');
  await phones.hearsOf(phone, /You are unsubscribed/);
  const { standings } = await proofOf(program, { phone });
  assert.ok(standings.every((standing) => standing.status === 'unsubscribed'));
  await program.call('DELETE', `/api/keywords/${id}`);
  await phones.writes(phone, ours.promotional, 'store');
  await phones.writes(phone, ours.promotional, 'HELP');
  await phones.hearsOf(phone, /For help/);
  assert.equal((await phones.heard(phone)).length, 3);
});

test('a built-in word keeps its meaning; what would not fit is refused by name', async () => {
  const { messageTypeId } = marketing;
  for (const [keyword, fault] of [
    [{ word: 'stop', meaning: 'optIn', messageTypeId }, /409.*built in as optOut/],
    [{ word: 'S.T.O.P', meaning: 'help', answer: 'x' }, /409.*built in as optOut/],
    [{ word: 'remove me', meaning: 'optIn', messageTypeId }, /409.*built in as optOut/],
    [{ word: 'yes', meaning: 'optIn', messageTypeId }, /409.*built in as optIn/],
    [{ word: 'join', meaning: 'help', answer: 'x', messageTypeId }, /400.*messageTypeId/],
    [{ word: 'JO IN', meaning: 'optIn', messageTypeId }, /409.*already/],
    [{ word: '🎉', meaning: 'help', answer: 'x' }, /400.*no letter/],
    [{ word: 'vip', meaning: 'optIn' }, /400.*messageTypeId is missing/],
    [{ word: 'vip', meaning: 'optIn', messageTypeId: 999_999 }, /404.*messageTypeId/],
    [{ word: 'vip', meaning: 'optOut', answer: 'Bye, 10% off' }, /400.*answer/],
    [{ word: 'vip', meaning: 'help', answer: 'Hi {{firstName}}' }, /400.*answer/],
    [{ word: 'vip', meaning: 'help', answer: 'See https://bit.ly/x' }, /400.*shortener/],
  ] as const)
    await assert.rejects(make(keyword), fault);
  const { warnings } = await make({ word: 'vip', meaning: 'optIn', messageTypeId, answer: 'Hello' });
  assert.equal(warnings.length, 3);
  const { builtIn, keywords } = await program.call<{
    builtIn: { meaning: string; language: string; words: string[] }[];
    keywords: { word: string }[];
  }>('GET', '/api/keywords');
  assert.ok(
    builtIn.find((row) => row.meaning === 'optOut' && row.language === 'en')?.words.includes('UNSUBSCRIBE'),
  );
  assert.deepEqual(keywords.map(({ word }) => word).sort(), ['Adiós', 'Join', 'club', 'vip']);
});
