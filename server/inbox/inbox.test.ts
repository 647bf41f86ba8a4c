import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { insertProject } from '../consent/new-project.ts';
import { insertMedia, type Media, mediaUrl } from '../content/media/stored-media.sql.ts';
import { ours, whatsApp } from '../conversations/inbound/inbound-fixtures.ts';
import { decodeMessageId } from '../database/message-id.ts';
import { insertKey, newKey } from '../projects/api-key.ts';
import { deleteUsers } from '../users/delete-users.ts';
import { mergeUsers } from '../users/merge-users.ts';
import { openInbox } from './inbox-fixtures.ts';
import { giveNobodys, sendDue, wakeThreads } from './inbox-upkeep.ts';
import { silentDesk } from './news.ts';

const site = await openInbox(silentDesk, ours.promotional);
const { ann, as, asks, bob, newNumber, server, threads, told, userOf, writes } = site;
const { db } = server.database;
after(() => server.close());

const hourMs = 3_600_000;
const ofPhone = (phone: string) => threads(`?query=${encodeURIComponent(phone)}`);

test('a question opens a thread; a keyword, a reaction and a tap of a campaign’s button open none', async () => {
  const phone = newNumber();
  for (const body of ['STOP', 'START', 'HELP', 'Liked “See you at noon on Sunday”'])
    await writes(phone, ours.promotional, body);
  await writes(phone, whatsApp, 'Yes please', { payload: 'yes', inReplyTo: 'nothing-of-ours' });
  const [tapped] = await ofPhone(phone);
  assert.equal(tapped?.preview, 'Yes please', 'what was tapped was no campaign’s');
  const other = newNumber();
  await writes(other, ours.promotional, 'STOP');
  await writes(other, ours.promotional, 'Liked “See you at noon on Sunday”');
  assert.deepEqual(await ofPhone(other), []);
  await writes(other, ours.promotional, 'Do you deliver on Sundays?');
  await writes(other, ours.promotional, 'and\n at night?');
  await writes(other, ours.promotional, 'START');
  const [thread] = await ofPhone(other);
  assert.equal(thread?.unread, 3);
  assert.equal(thread?.preview, 'START', 'whoever has it open should know');
  assert.equal(thread?.state, 'open');
});

test('a YES that no question of ours asked for waits for somebody', async () => {
  const { thread } = await asks('yes');
  assert.equal(thread.state, 'open');
});

test('of two agents who answer at once one is told that the other has', async () => {
  const { phone, thread } = await asks('Is my order on its way?');
  const reply = (key: string, text: string) =>
    as(key, 'POST', `/threads/${thread.id}/reply`, { text, seenMessageId: null });
  const answers = await Promise.all([reply(ann, 'It is.'), reply(bob, 'Let me look.')]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const refused = answers.find(({ status }) => status === 409)!;
  assert.equal(refused.body.params.reason, 'Conflict');
  assert.equal((await told(phone)).length, 1);
  const { body } = await as(bob, 'GET', `/threads/${thread.id}`);
  assert.equal(body.thread.state, 'waiting');
  assert.equal(body.thread.unread, 0);
  const again = await as(bob, 'POST', `/threads/${thread.id}/reply`, {
    ...{ text: 'And it comes today.', seenMessageId: body.thread.lastReplyId },
  });
  assert.equal(again.status, 200);
  const { entries } = (await as(ann, 'GET', `/threads/${thread.id}`)).body;
  const said = entries.filter((entry) => entry.kind !== 'log');
  assert.deepEqual(
    said.map((entry) => entry.kind),
    ['inbound', 'outbound', 'outbound'],
  );
  assert.equal(said[2]?.agent, 'key Bob');
});

test('whoever has said STOP is not answered there, and is told of as such', async () => {
  const { phone, thread } = await asks('Who are you?');
  await writes(phone, ours.promotional, 'STOP');
  const { status, body } = await as(ann, 'POST', `/threads/${thread.id}/reply`, {
    text: 'Acme.',
    seenMessageId: null,
  });
  assert.equal(status, 409);
  assert.equal(body.params.reason, 'OptOutStands');
  assert.deepEqual(
    body.params.can.map((each) => each.refusal),
    ['optedOut'],
  );
  server.clock.advance(1_000);
  await writes(phone, ours.promotional, 'START');
  assert.equal(
    (await as(ann, 'POST', `/threads/${thread.id}/reply`, { text: 'Acme.', seenMessageId: null })).status,
    200,
  );
});

test('on WhatsApp words go for a day after the person wrote, and no longer', async () => {
  const { thread } = await asks('Hello?', whatsApp);
  const read = async () => (await as(ann, 'GET', `/threads/${thread.id}`)).body.can[0]!;
  const { until } = await read();
  // The last moments are too short for the wire.
  assert.equal(new Date(until ?? '').getTime() - server.clock.now().getTime(), 24 * hourMs - 3_000);
  server.clock.advance(24 * hourMs - 3_000);
  const closed = await read();
  assert.deepEqual([closed.medium, closed.until, closed.refusal], ['whatsApp', null, 'windowClosed']);
  const { status, body } = await as(ann, 'POST', `/threads/${thread.id}/reply`, {
    text: 'Hi',
    seenMessageId: null,
  });
  assert.equal(status, 400);
  assert.equal(body.params.refusal, 'windowClosed');
});

test('who writes within three days of the end goes on with the thread; later they begin another', async () => {
  const { phone, thread } = await asks('One question');
  const resolve = () => as(ann, 'POST', `/threads/${thread.id}/state`, { state: 'resolved' });
  assert.equal((await resolve()).body.thread.state, 'resolved');
  server.clock.advance(72 * hourMs - 1_000);
  await writes(phone, ours.promotional, 'and one more');
  assert.deepEqual(
    (await ofPhone(phone)).map(({ id, state }) => [id, state]),
    [[thread.id, 'open']],
  );
  await resolve();
  server.clock.advance(72 * hourMs + 1_000);
  await writes(phone, ours.promotional, 'something else');
  const [newer, older] = await ofPhone(phone);
  assert.deepEqual([older?.id, older?.state, newer?.state], [thread.id, 'resolved', 'open']);
  const reopened = await as(ann, 'POST', `/threads/${thread.id}/state`, { state: 'open' });
  assert.equal(reopened.status, 409);
  assert.equal(reopened.body.params.threadId, newer?.id);
  assert.equal(
    (await as(ann, 'POST', `/threads/${thread.id}/reply`, { text: 'x', seenMessageId: null })).status,
    409,
  );
});

test('a snooze ends in its time, or when the person writes; spam stays spam', async () => {
  const [one, two, spam] = [await asks('one'), await asks('two'), await asks('buy followers')];
  const until = new Date(server.clock.now().getTime() + hourMs).toISOString();
  for (const { thread } of [one, two])
    assert.equal(
      (await as(ann, 'POST', `/threads/${thread.id}/state`, { state: 'snoozed', until })).body.thread
        .snoozedUntil,
      until,
    );
  assert.equal((await as(ann, 'POST', `/threads/${one.thread.id}/state`, { state: 'snoozed' })).status, 400);
  await as(ann, 'POST', `/threads/${spam.thread.id}/state`, { state: 'spam' });
  await writes(two.phone, ours.promotional, 'now');
  await writes(spam.phone, ours.promotional, 'buy more');
  assert.equal((await ofPhone(two.phone))[0]?.state, 'open');
  assert.deepEqual(
    (await ofPhone(spam.phone)).map(({ state, unread }) => [state, unread]),
    [['spam', 0]],
  );
  await wakeThreads(server.context);
  assert.equal((await ofPhone(one.phone))[0]?.state, 'snoozed');
  server.clock.advance(hourMs);
  await wakeThreads(server.context);
  assert.equal((await ofPhone(one.phone))[0]?.state, 'open');
});

test('an answer that is to go later goes in its time, unless the person writes before', async () => {
  const [kept, broken] = [await asks('one'), await asks('two')];
  const later = (id: string, minutes: number, more = {}) =>
    as(ann, 'POST', `/threads/${id}/reply`, {
      ...{ text: 'Good morning!', seenMessageId: null, ...more },
      sendAt: new Date(server.clock.now().getTime() + minutes * 60_000).toISOString(),
    });
  assert.notEqual((await later(kept.thread.id, 30)).body.scheduledId, null);
  const taken = await later(kept.thread.id, 30);
  assert.equal(
    (await as(ann, 'DELETE', `/threads/${kept.thread.id}/scheduled/${taken.body.scheduledId}`)).status,
    200,
  );
  await later(broken.thread.id, 30);
  await later(broken.thread.id, 30, { goesAnyway: true, text: 'Anyway' });
  server.clock.advance(20 * 60_000);
  // Not told of yet when its time comes: the answer looks for itself.
  await writes(broken.phone, ours.promotional, 'never mind');
  server.clock.advance(11 * 60_000);
  await as(ann, 'POST', `/threads/${kept.thread.id}/draft`, { body: 'And another thing' });
  await sendDue(server.context);
  await sendDue(server.context);
  const { draft } = (await as(ann, 'GET', `/threads/${kept.thread.id}`)).body;
  assert.equal(draft?.body, 'And another thing', 'what goes by itself takes no draft with it');
  assert.deepEqual(await told(kept.phone), ['Good morning!']);
  assert.deepEqual(await told(broken.phone), ['Anyway']);
});

test('what goes anyway goes in the thread that its person has by then', async () => {
  const { phone, thread } = await asks('one');
  const sendAt = new Date(server.clock.now().getTime() + 30 * 24 * hourMs).toISOString();
  const later = { text: 'A month on', seenMessageId: null, sendAt, goesAnyway: true };
  assert.equal((await as(ann, 'POST', `/threads/${thread.id}/reply`, later)).status, 200);
  await as(ann, 'POST', `/threads/${thread.id}/state`, { state: 'resolved' });
  server.clock.advance(29 * 24 * hourMs);
  await writes(phone, ours.promotional, 'something else');
  assert.deepEqual((await ofPhone(phone)).map(({ state }) => state).toSorted(), ['open', 'resolved']);
  server.clock.advance(2 * 24 * hourMs);
  await sendDue(server.context);
  assert.deepEqual(await told(phone), ['A month on']);
  assert.deepEqual((await ofPhone(phone)).map(({ state }) => state).toSorted(), ['resolved', 'waiting']);
});

test('notes, tags and drafts are kept, and a canned reply has the person’s name', async () => {
  const { phone, thread } = await asks('hi');
  const person = await userOf({ phone });
  await sql`UPDATE users SET data_fields = '{"firstName":"Ada"}' WHERE lane = ${person.lane} AND id = ${person.id}`.execute(
    db,
  );
  const path = `/threads/${thread.id}`;
  assert.equal(
    (await as(ann, 'POST', `${path}/notes`, { body: 'called', mentions: ['x@example.com'] })).status,
    400,
  );
  assert.equal((await as(ann, 'POST', `${path}/notes`, { body: 'called' })).status, 200);
  assert.deepEqual((await as(ann, 'POST', `${path}/tags`, { tags: ['late', 'angry'] })).body.thread.tags, [
    'angry',
    'late',
  ]);
  await as(ann, 'POST', `${path}/draft`, { body: 'Dear' });
  assert.equal((await as(ann, 'GET', path)).body.draft?.body, 'Dear');
  assert.equal((await as(bob, 'GET', path)).body.draft, null);
  await as(ann, 'POST', '/canned', { code: 'hello', body: 'Hi {{firstName|there}}, {{order}}' });
  assert.deepEqual((await as(ann, 'POST', `${path}/canned/hello`)).body, {
    text: 'Hi Ada, ',
    missing: ['order'],
  });
  await as(ann, 'POST', `${path}/reply`, { text: 'Hi Ada', seenMessageId: null });
  assert.equal((await as(ann, 'GET', path)).body.draft, null);
  assert.deepEqual(
    (await threads('?tag=late')).map(({ id }) => id),
    [thread.id],
  );
  assert.equal((await as(ann, 'GET', '/counts')).body.tags.includes('late'), true);
});

test('threads are found by words that were said, by person, and page by page', async () => {
  const made = [];
  for (const word of ['Zanzibar one', 'Zanzibar two', 'Zanzibar three']) {
    server.clock.advance(1_000);
    made.push((await asks(word)).thread.id);
  }
  assert.deepEqual(
    (await threads('?query=zanzi')).map(({ id }) => id),
    made.toReversed(),
  );
  assert.deepEqual(
    (await threads('?query=zanzi%20tw')).map(({ id }) => id),
    [made[1]],
  );
  assert.deepEqual(await threads(`?query=${encodeURIComponent("o'brien & (x) \\ :*")}`), []);
  const first = (await as(ann, 'GET', '/threads?query=zanzibar&limit=2')).body;
  const second = (await as(ann, 'GET', `/threads?query=zanzibar&limit=2&cursor=${first.next}`)).body;
  assert.deepEqual(
    [...first.threads, ...second.threads].map(({ id }) => id),
    made.toReversed(),
  );
  assert.equal(second.next, null);
  assert.equal((await as(ann, 'GET', '/threads?cursor=x')).status, 400);
});

test('what is due counts from the first unanswered message, and who is silent has the thread no more', async () => {
  await db
    .insertInto('console_user')
    .values(
      ['ada', 'bert'].map((name) => ({
        ...{ id: name, project_id: server.projectId, name, email: `${name}@example.com` },
        ...{ created_at: server.clock.now(), updated_at: server.clock.now() },
      })),
    )
    .execute();
  const every = Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [
      day,
      [['00:00', '24:00']],
    ]),
  );
  const set = (body: object) => as(ann, 'PATCH', '/settings', body);
  const hours = { timeZone: 'UTC', week: every, holidays: [] };
  assert.equal(
    (await set({ hours, firstReplyMinutes: 30, nextReplyMinutes: 60, unassignMinutes: 20 })).status,
    200,
  );
  assert.equal((await set({ hours: { ...hours, timeZone: 'Mars' } })).status, 400);
  const begun = server.clock.now().getTime();
  const { phone, thread } = await asks('first');
  const due = async () =>
    ((await ofPhone(phone))[0]?.replyDue ?? null) &&
    (new Date((await ofPhone(phone))[0]!.replyDue!).getTime() - begun) / 60_000;
  assert.equal(await due(), 30);
  await as(ann, 'POST', `/threads/${thread.id}/assign`, { to: 'ada@example.com' });
  assert.equal(
    (await as(ann, 'POST', `/threads/${thread.id}/assign`, { to: 'nobody@example.com' })).status,
    400,
  );
  server.clock.advance(10 * 60_000);
  await writes(phone, ours.promotional, 'still there?');
  assert.equal(await due(), 30);
  server.clock.advance(10 * 60_000);
  await wakeThreads(server.context);
  assert.equal((await ofPhone(phone))[0]?.assignee, null);
  assert.equal(
    (await as(ann, 'POST', `/threads/${thread.id}/reply`, { text: 'Yes', seenMessageId: null })).status,
    200,
  );
  assert.equal(await due(), null);
  await writes(phone, ours.promotional, 'thanks, and');
  assert.equal(await due(), 80);
  const { body } = await as(ann, 'GET', `/measures?from=${begun}`);
  assert.equal(body.firstReply.median, 20 * 60);
  assert.equal(body.agents[0]?.agent, 'key Ann');
});

test('threads come by turns to those who are there, and wait for somebody where nobody is', async () => {
  await as(ann, 'PATCH', '/settings', { assigning: 'byTurns' });
  const sign = (agent: string) =>
    db
      .insertInto('inbox_presence')
      .values({
        project_id: server.projectId,
        agent,
        window_id: agent,
        doing: 'looking',
        at: server.clock.now(),
      })
      .execute();
  const waiting = await asks('anybody?');
  assert.equal(waiting.thread.assignee, null);
  for (const name of ['ada', 'bert']) {
    await sql`INSERT INTO inbox_agent (project_id, agent) VALUES (${server.projectId}, ${`${name}@example.com`})`.execute(
      db,
    );
    await sign(`${name}@example.com`);
  }
  const given = [];
  for (const body of ['a', 'b', 'c', 'd']) {
    server.clock.advance(1_000);
    given.push((await asks(body)).thread.assignee);
  }
  assert.deepEqual(given, ['ada@example.com', 'bert@example.com', 'ada@example.com', 'bert@example.com']);
  await giveNobodys(server.context);
  assert.notEqual((await ofPhone(waiting.phone))[0]?.assignee, null);
  await as(ann, 'PATCH', '/settings', { assigning: 'byHand', others: 'assignee' });
  const taken = await as(ann, 'POST', `/threads/${waiting.thread.id}/reply`, {
    text: 'hi',
    seenMessageId: null,
  });
  assert.equal(taken.status, 409);
  await as(ann, 'PATCH', '/settings', { others: 'warned', unassignMinutes: null });
});

test('who writes is answered by the program as the project says it, once, not after STOP, and not a machine', async () => {
  const closed = { timeZone: 'UTC', week: {}, holidays: [] };
  const autoReplies = {
    firstContact: 'Welcome {{firstName|there}}!',
    unknownWords: 'Somebody will see to it.',
  };
  assert.equal((await as(ann, 'PATCH', '/settings', { autoReplies })).status, 200);
  const { phone, thread } = await asks('hello');
  assert.deepEqual(await told(phone), ['Welcome there!']);
  assert.deepEqual(
    [thread.state, thread.unread, thread.preview],
    ['open', 1, 'hello'],
    'it still waits for an agent',
  );
  const { entries } = (await as(ann, 'GET', `/threads/${thread.id}`)).body;
  assert.deepEqual(
    entries.filter(({ kind }) => kind === 'outbound').map(({ agent }) => agent),
    [null],
  );
  await writes(phone, ours.promotional, 'and this');
  assert.deepEqual(await told(phone), ['Welcome there!'], 'their thread is open');
  await as(ann, 'PATCH', '/settings', { hours: closed, autoReplies: { outOfHours: 'We are closed.' } });
  for (const body of ['are you', 'still', 'there']) await writes(phone, ours.promotional, body);
  assert.deepEqual((await told(phone)).toSorted(), ['We are closed.', 'Welcome there!']);
  const out = newNumber();
  await writes(out, ours.promotional, 'STOP');
  await writes(out, ours.promotional, 'why did I get this?');
  assert.equal((await told(out)).includes('We are closed.'), false);
  for (const body of ['wrong number', 'please stop texting me so much']) {
    const stranger = newNumber();
    await writes(stranger, ours.promotional, body);
    await writes(stranger, ours.promotional, 'who is this?');
    assert.deepEqual(await told(stranger), [], body);
  }
  const shortCode = '72345';
  await writes(shortCode, ours.promotional, 'Your balance is low');
  assert.deepEqual(await told(shortCode), []);
  await as(ann, 'PATCH', '/settings', { autoReplies: {} });
});

test('a note tells those whom it names, until they look at it', async () => {
  const { thread } = await asks('who knows?');
  const note = { body: 'Ada, you know them', mentions: ['ada@example.com'] };
  assert.equal((await as(ann, 'POST', `/threads/${thread.id}/notes`, note)).status, 200);
  const named = async () => {
    const { rows } = await sql<{ mentioned: string[] }>`
      SELECT mentioned FROM thread WHERE mentioned <> '{}'`.execute(db);
    return rows.flatMap(({ mentioned }) => mentioned);
  };
  assert.deepEqual(await named(), ['ada@example.com']);
  await as(ann, 'POST', `/threads/${thread.id}/read`, { read: true });
  assert.deepEqual(await named(), ['ada@example.com'], 'another has looked at it');
  assert.deepEqual(await threads('?mentions=me'), [], 'none names Ann');
  assert.equal((await as(ann, 'GET', '/counts')).body.mentions, 0);
});

test('words are found in scripts without blanks, and without accents and case', async () => {
  const found = async (text: string) =>
    (await threads(`?query=${encodeURIComponent(text)}`)).map(({ preview }) => preview);
  const said = {
    chinese: '你好，我的订单什么时候到货？',
    japanese: 'ラーメンの配達は何時ですか',
    thai: 'สั่งซื้อสินค้าแล้วเมื่อไหร่จะได้รับ',
    hindi: 'मेरा ऑर्डर कब आएगा',
    french: 'Où est ma Crème brûlée?',
    mixed: '请问iPhone手机有货吗',
  };
  for (const body of Object.values(said)) {
    server.clock.advance(1_000);
    await asks(body);
  }
  for (const text of ['订单', '什么时候', '货', '我的订单'])
    assert.ok((await found(text)).includes(said.chinese), text);
  assert.deepEqual(await found('时订'), [], 'letters that do not follow one another');
  for (const text of ['らーめん', '配達', 'ラーメン'])
    assert.deepEqual(await found(text), [said.japanese], text);
  for (const text of ['สินค้า', 'เมื่อไหร่']) assert.deepEqual(await found(text), [said.thai], text);
  assert.deepEqual(await found('ऑर्डर'), [said.hindi]);
  assert.deepEqual(await found('creme BRULEE'), [said.french]);
  for (const text of ['iphone', '手机', 'iphone 有货'])
    assert.deepEqual(await found(text), [said.mixed], text);
});

test('what is taken back is neither shown in the list nor found, and opens no thread', async () => {
  const phone = newNumber();
  const said = (providerMessageId: string, body: string) =>
    writes(phone, whatsApp, body, { providerMessageId });
  const takesBack = (messageId: string) =>
    writes(phone, whatsApp, '', { content: { kind: 'revoke', messageId } });
  const found = async (word: string) => (await threads(`?query=${word}`)).length;
  await said('wamid.a', 'Hello quokka');
  const [thread] = await ofPhone(phone);
  server.clock.advance(1_000);
  await as(ann, 'POST', `/threads/${thread?.id}/reply`, { text: 'Hi wombat', seenMessageId: null });
  server.clock.advance(1_000);
  await said('wamid.b', 'My card is 4111 numbat');
  await takesBack('wamid.b');
  const [after] = await ofPhone(phone);
  assert.equal(after?.preview, 'Took a message back');
  assert.equal(after?.unread, 1, 'to take back is to write nothing');
  assert.deepEqual(await Promise.all(['numbat', '4111', 'quokka', 'wombat'].map(found)), [0, 0, 1, 1]);
  const { entries } = (await as(ann, 'GET', `/threads/${thread?.id}`)).body;
  const shown = entries.filter(({ kind }) => kind !== 'log').map(({ text }) => text);
  assert.deepEqual(shown, ['Hello quokka', 'Hi wombat', '']);
  server.clock.advance(1_000);
  await said('wamid.c', 'Never mind');
  await takesBack('wamid.a');
  assert.equal((await ofPhone(phone))[0]?.preview, 'Never mind');
  assert.equal(await found('quokka'), 0);
  const other = newNumber();
  await writes(other, whatsApp, '', { content: { kind: 'revoke', messageId: 'wamid.unknown' } });
  await writes(other, whatsApp, '👍', { content: { kind: 'reaction', messageId: 'wamid.x', emoji: '👍' } });
  assert.deepEqual(await ofPhone(other), []);
});

test('a file goes with an answer by MMS and on WhatsApp, as each takes it, and not where it is not taken', async () => {
  const kept = (name: string, contentType: string, bytes: number) =>
    insertMedia(
      db,
      server.projectId,
      { name, contentType, content: Buffer.alloc(bytes, 1) },
      server.clock.now(),
    );
  const [photo, film, sheet, song] = [
    await kept('Cup.jpg', 'image/jpeg', 1_000),
    await kept('Film.mp4', 'video/mp4', 6_000_000),
    await kept('Price list.pdf', 'application/pdf', 900),
    await kept('Song.mp3', 'audio/mpeg', 900),
  ];
  const content = async (messageId: string) => {
    const { rows } = await sql<{ content: unknown }>`
      SELECT content FROM message WHERE id = ${decodeMessageId(messageId)?.id ?? 0}`.execute(db);
    return rows[0]?.content;
  };
  const url = (media: Media) => mediaUrl('https://go.example', media);
  for (const to of [ours.promotional, whatsApp]) {
    const { thread } = await asks('Do you have a picture?', to);
    const answer = async (body: object) => {
      const { lastReplyId: seenMessageId } = (await as(ann, 'GET', `/threads/${thread.id}`)).body.thread;
      const { status, body: said } = await as(ann, 'POST', `/threads/${thread.id}/reply`, {
        ...body,
        seenMessageId,
      });
      return { status, said };
    };
    const isWhatsApp = to === whatsApp;
    const withWords = (await answer({ text: 'Here it is', mediaId: photo.id })).said;
    assert.deepEqual(
      await content(withWords.messageId ?? ''),
      isWhatsApp
        ? { kind: 'whatsAppMessage', type: 'image', file: { link: url(photo) }, caption: 'Here it is' }
        : { kind: 'sms', body: 'Here it is', mediaUrls: [url(photo)] },
    );
    const alone = (await answer({ mediaId: sheet.id })).said;
    assert.deepEqual(
      await content(alone.messageId ?? ''),
      isWhatsApp
        ? {
            kind: 'whatsAppMessage',
            type: 'document',
            file: { link: url(sheet) },
            filename: 'Price list.pdf',
          }
        : { kind: 'sms', body: '', mediaUrls: [url(sheet)] },
    );
    assert.equal(alone.thread.preview, 'A picture or file');
    assert.equal(
      (await answer({ text: 'Too large for an MMS', mediaId: film.id })).status,
      isWhatsApp ? 200 : 400,
    );
    assert.equal((await answer({ text: 'Listen', mediaId: song.id })).status, isWhatsApp ? 400 : 200);
    assert.equal((await answer({ mediaId: 4_711 })).status, 404);
    assert.equal((await answer({ mediaId: photo.id, templateId: 1 })).status, 400);
    const sendAt = new Date(server.clock.now().getTime() + hourMs).toISOString();
    assert.equal((await answer({ mediaId: photo.id, sendAt })).status, 200);
    server.clock.advance(hourMs);
    await sendDue(server.context);
    const { entries } = (await as(ann, 'GET', `/threads/${thread.id}`)).body;
    const last = entries.findLast(({ kind }) => kind === 'outbound');
    assert.deepEqual(
      last?.details.files?.map((file) => file.url),
      [url(photo)],
    );
  }
});

test('a note that is begun is kept beside an answer that is', async () => {
  const { thread } = await asks('one moment');
  const path = `/threads/${thread.id}`;
  await as(ann, 'POST', `${path}/draft`, { body: 'Dear' });
  await as(ann, 'POST', `${path}/draft`, { body: 'They are', kind: 'note' });
  const { draft, noteDraft } = (await as(ann, 'GET', path)).body;
  assert.deepEqual([draft?.body, noteDraft?.body], ['Dear', 'They are']);
  await as(ann, 'POST', `${path}/notes`, { body: 'They are a regular' });
  const left = (await as(ann, 'GET', path)).body;
  assert.deepEqual([left.draft?.body, left.noteDraft], ['Dear', null]);
});

test('another project sees no thread, and can do nothing with one', async () => {
  const { thread } = await asks('secret');
  const projectId = await insertProject(db, { name: 'Other', brand: 'Other', at: server.clock.now() });
  const key = newKey();
  await insertKey(db, { projectId, name: 'other', kind: 'server', key, at: server.clock.now() });
  assert.deepEqual((await as(key, 'GET', '/threads?query=secret')).body.threads, []);
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['POST', '/reply', { text: 'x', seenMessageId: null }],
    ['POST', '/state', { state: 'resolved' }],
    ['POST', '/notes', { body: 'x' }],
    ['POST', '/draft', { body: 'x' }],
    ['POST', '/assign', { to: null }],
  ] as const)
    assert.equal(
      (await as(key, method, `/threads/${thread.id}${path}`, body)).status,
      404,
      `${method} ${path}`,
    );
  const looks = await server.call(
    'POST',
    `/api/inbox/threads/${thread.id}/read`,
    { read: true },
    server.readOnlyKey,
  );
  assert.equal(looks.status, 403);
});

test('answers to somebody before they were merged are still their agents’', async () => {
  const [one, two] = [await asks('from here'), await asks('from there')];
  await as(bob, 'POST', `/threads/${one.thread.id}/reply`, { text: 'here you are', seenMessageId: null });
  const [from, to] = [await userOf({ phone: one.phone }), await userOf({ phone: two.phone })];
  await mergeUsers(server.context.people, server.projectId, from, to, [], server.clock.now());
  const { entries, thread } = (await as(ann, 'GET', `/threads/${two.thread.id}`)).body;
  const said = entries.find(({ kind }) => kind === 'outbound');
  assert.deepEqual([said?.text, said?.agent], ['here you are', 'key Bob']);
  assert.notEqual(thread.lastReplyId, null, 'who answers next has to have seen it');
});

test('an answer that waits goes on when its person is merged into who has no number', async () => {
  const { phone, thread } = await asks('is anybody there?');
  await as(bob, 'POST', `/threads/${thread.id}/reply`, { text: 'I am', seenMessageId: null });
  await server.call('POST', '/api/users/update', { email: 'known@example.com', dataFields: {} });
  const [from, to] = [await userOf({ phone }), await userOf({ email: 'known@example.com' })];
  await mergeUsers(server.context.people, server.projectId, from, to, [], server.clock.now());
  assert.deepEqual(await told(phone), ['I am']);
  const [merged] = await ofPhone(phone);
  const { entries } = (await as(ann, 'GET', `/threads/${merged?.id}`)).body;
  assert.deepEqual(
    entries.filter(({ kind }) => kind === 'outbound').map(({ text, agent }) => [text, agent]),
    [['I am', 'key Bob']],
  );
});

test('whoever wrote on WhatsApp from two numbers is answered at the one that remains', async () => {
  const [kept, lost] = [newNumber(), newNumber()];
  await writes(kept, whatsApp, 'from my own');
  server.clock.advance(60_000);
  await writes(lost, whatsApp, 'from another');
  await threads();
  const [from, to] = [await userOf({ phone: lost }), await userOf({ phone: kept })];
  await mergeUsers(server.context.people, server.projectId, from, to, [], server.clock.now());
  const [thread] = await ofPhone(kept);
  const { can } = (await as(ann, 'GET', `/threads/${thread?.id}`)).body;
  assert.deepEqual(
    can.map(({ refusal }) => refusal),
    [null],
  );
  const answer = await as(ann, 'POST', `/threads/${thread?.id}/reply`, { text: 'Hi', seenMessageId: null });
  assert.equal(answer.status, 200);
  assert.deepEqual(await told(kept), ['Hi']);
});

test('what an answer cannot have is refused, and not dropped', async () => {
  const { thread } = await asks('a question');
  for (const [body, field] of [
    [{ text: '\u200b\u2060 ' }, 'text'],
    [{ text: 'Hi', dataFields: { a: 1 } }, 'dataFields'],
    [{ templateId: 1, channel: 'sms' }, 'channel'],
    [{ text: 'Hi', goesAnyway: true }, 'goesAnyway'],
  ] as const) {
    const answer = await as(ann, 'POST', `/threads/${thread.id}/reply`, { ...body, seenMessageId: null });
    assert.deepEqual([answer.status, Reflect.get(answer.body.params, 'field')], [400, field]);
  }
});

test('of people who become one the threads do too, and of who is forgotten nothing is left', async () => {
  const [one, two] = [await asks('from the old number'), await asks('from the new number')];
  await as(ann, 'POST', `/threads/${one.thread.id}/notes`, { body: 'the same person' });
  for (const [key, { thread }, body] of [
    [ann, one, 'Dear old'],
    [ann, two, 'Dear new'],
    [bob, one, 'Hello'],
  ] as const)
    await as(key, 'POST', `/threads/${thread.id}/draft`, { body });
  const [from, to] = [await userOf({ phone: one.phone }), await userOf({ phone: two.phone })];
  await mergeUsers(server.context.people, server.projectId, from, to, [], server.clock.now());
  const { body } = await as(ann, 'GET', `/threads/${two.thread.id}`);
  assert.equal(body.thread.unread, 2);
  assert.ok(body.entries.some((entry) => entry.kind === 'note'));
  assert.equal(body.draft?.body, 'Dear new\n\nDear old');
  assert.equal((await as(bob, 'GET', `/threads/${two.thread.id}`)).body.draft?.body, 'Hello');
  await deleteUsers(server.context.people, server.projectId, [to], server.clock.now());
  for (const table of ['thread', 'thread_note', 'thread_log', 'thread_reply', 'thread_draft']) {
    const { rows } =
      await sql`SELECT 1 FROM ${sql.table(table)} WHERE user_id IN (${from.id}, ${to.id})`.execute(db);
    assert.equal(rows.length, 0, table);
  }
});
