import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openInbound, ours, sms } from './inbound-fixtures.ts';

const { newNumber, optsIn, server, standings, told, userOf, writes } = await openInbound();
after(() => server.close());

test('on a toll-free number we are silent only where the network speaks', async () => {
  const said = async (body: string) => {
    const phone = newNumber();
    await optsIn(await userOf({ phone }), 'SMS Marketing');
    await writes(phone, ours.tollFree, body);
    return (await told(phone)).length;
  };
  assert.deepEqual([await said('STOP'), await said(' stop ')], [0, 0]);
  assert.deepEqual([await said('please stop texting me'), await said('UNSUBSCRIBE')], [1, 1]);
});

test('the confirmation says what goes on, in the tongue of the word or of the number', async () => {
  const told1 = async (phone: string, body: string, transactional = false) => {
    const user = await userOf({ phone });
    await optsIn(user, 'SMS Marketing');
    if (transactional) await optsIn(user, 'SMS Transactional');
    await writes(phone, ours.promotional, body);
    return (await told(phone))[0] ?? '';
  };
  assert.match(await told1(newNumber(), 'STOP', true), /no more marketing messages\. Service messages go on/);
  assert.match(await told1(newNumber(), 'STOP'), /no more messages/);
  assert.match(await told1('+5511987654321', 'CANCELAR'), /Cadastro cancelado/);
  assert.match(await told1('+33612345678', 'STOP'), /Désabonnement/);
  assert.match(await told1('+41791234567', 'STOP'), /unsubscribed/);
});

/** The answers queued for a number, in order. */
const answersTo = async (phone: string): Promise<number> => (await told(phone)).length;

test('HELP twice in one instant is answered once, and one sender answers a number a few times a day', async () => {
  const phone = newNumber();
  await Promise.all([1, 2, 3].map(() => writes(phone, ours.promotional, 'HELP')));
  assert.equal(await answersTo(phone), 1);
  for (let again = 0; again < 6; again++) {
    server.clock.advance(120_000);
    await writes(phone, ours.promotional, 'help');
  }
  assert.equal(await answersTo(phone), 3, 'the same words three times a day');
  await writes(phone, ours.transactional, 'HELP');
  assert.equal(await answersTo(phone), 4, 'another sender answers for itself');
  server.clock.advance(24 * 3_600_000);
  await writes(phone, ours.promotional, 'HELP');
  assert.equal(await answersTo(phone), 5);
});

test('two machines that say STOP and START for ever are obeyed each time and soon not answered', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  for (let round = 0; round < 8; round++)
    for (const word of ['STOP', 'START']) {
      server.clock.advance(10_000);
      await writes(phone, ours.promotional, word);
      assert.equal((await standings(user))['SMS Marketing'], word === 'STOP' ? 'unsubscribed' : 'subscribed');
    }
  assert.equal(await answersTo(phone), 6, 'three confirmations of each');
});

test('a word of the project’s own is answered no more often', async () => {
  await server.database.db
    .insertInto('keyword')
    .values({
      ...{
        project_id: server.projectId,
        word: 'HOURS',
        fold: 'hours',
        meaning: 'help',
        answer: 'HOURS: 9 to 5',
      },
      created_at: server.clock.now(),
    })
    .execute();
  const phone = newNumber();
  for (let again = 0; again < 5; again++) {
    await Promise.all([1, 2].map(() => writes(phone, ours.promotional, 'hours')));
    server.clock.advance(120_000);
  }
  assert.equal(await answersTo(phone), 3);
});

test('our own text that comes back is no wish; what a person adds to it is', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  await writes(phone, ours.promotional, 'HELP');
  await sql`UPDATE message SET dispatched_at = ${server.clock.now()} WHERE to_address = ${phone}`.execute(
    server.database.db,
  );
  const [help = ''] = await told(phone);
  assert.match(help, /STOP/);
  await writes(phone, ours.promotional, help);
  for (const quoted of [`Liked “${help}”`, `👍 to “${help}”`, `> ${help}`])
    await writes(phone, ours.promotional, quoted);
  assert.deepEqual(await standings(user), sms, 'neither opted out nor paused');
  assert.equal(await answersTo(phone), 1);
  await writes(phone, ours.promotional, `> ${help}\nSTOP`);
  assert.equal((await standings(user))['SMS Marketing'], 'unsubscribed');
});
