import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { SessionMessage } from '../providers/whatsapp-message.ts';
import { everyKind } from '../testing/every-kind.ts';
import { type Handsets, handsets, ours, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let messageTypeId: number;
let senderId: number;

/** Monday 17:00 in London. */
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  messageTypeId = (await typesByChannel(program)).get('WhatsApp Marketing')!.messageTypeId;
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  senderId = senders.find((each) => each.address === ours.whatsApp)?.id ?? 0;
  await program.simulator('PUT', '/behaviour', { read: 1, templateReviewMs: 100 });
});
after(() => program.close());

const british = (index: number) => `+4477009${String(20_000 + index).padStart(5, '0')}`;

interface Saved {
  params: { templateId: number; warnings: string[] };
}

const saveSession = (tag: string, fields: Record<string, unknown>) =>
  program.call<Saved>('POST', '/api/templates/whatsApp/session/upsert', {
    ...{ clientTemplateId: tag, name: tag, messageTypeId },
    ...fields,
  });

async function approved(tag: string, fields: Record<string, unknown>): Promise<number> {
  const { params } = await program.call<Saved>('POST', '/api/templates/whatsApp/upsert', {
    ...{ clientTemplateId: tag, name: tag, messageTypeId, category: 'MARKETING' },
    ...fields,
  });
  const { templateId } = params;
  await program.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId });
  await program.until('approval', async () => {
    const path = `/api/templates/whatsApp/get?templateId=${templateId}`;
    const { status } = await program.call<{ status: string }>('GET', path);
    return status === 'APPROVED' ? true : null;
  });
  return templateId;
}

/** A campaign of a template to these people, who have opted in. */
async function campaignTo(tag: string, templateId: number, indices: number[]): Promise<number> {
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: tag });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: indices.map((index) => ({
      email: `session-${index}@example.com`,
      dataFields: { phoneNumber: british(index), firstName: `Ann${index}` },
    })),
  });
  await program.call('POST', '/api/consent', {
    consents: indices.map((index) => ({
      ...{ email: `session-${index}@example.com`, messageTypeId, method: 'webForm', source: 'the shop' },
    })),
  });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: tag, templateId, listIds: [listId], scheduleSend: false },
  });
  return campaignId;
}

const question = {
  type: 'button',
  header: { kind: 'text', text: 'Hello {{defaultIfEmpty firstName "there"}}' },
  body: 'Which do you like? See https://shop.example/new',
  buttons: [
    { id: 'red {{defaultIfEmpty firstName "x"}}', title: 'Red' },
    { id: 'blue', title: 'Blue' },
  ],
};

test('a free-form message goes to who has written within a day, the others are skipped with the reason; a press comes back with what stands behind it', async () => {
  const { params } = await saveSession('question', { message: question });
  assert.deepEqual(params.warnings, []);
  const { templateId } = params;
  const view = await program.call('GET', `/api/templates/whatsApp/get?templateId=${templateId}`);
  assert.partialDeepStrictEqual(view, { kind: 'session', message: question, otherwiseTemplateId: null });
  const preview = await program.call<{ message: Record<string, unknown>; links: number }>(
    'POST',
    `/api/templates/whatsApp/preview?templateId=${templateId}`,
    { dataFields: { firstName: 'Zoe' } },
  );
  assert.equal(preview.links, 1);
  assert.partialDeepStrictEqual(preview.message, {
    ...{ kind: 'whatsAppMessage', type: 'button', header: { kind: 'text', text: 'Hello Zoe' } },
    buttons: [
      { id: 'red Zoe', title: 'Red' },
      { id: 'blue', title: 'Blue' },
    ],
  });
  await phones.writes(british(0), ours.whatsApp, 'Is anybody there?');
  const campaignId = await campaignTo('question', templateId, [0, 1]);
  const totals = await sendCampaign(program, campaignId, (each) => each.delivered === 1 && each.skips === 1);
  assert.deepEqual(totals.skipsByReason, { outsideSession: 1 });
  const [line] = await phones.hears(british(0), 1);
  assert.deepEqual([line?.wire, line?.type], ['meta', 'interactive']);
  assert.match(line?.body ?? '', /^Which do you like\? See http:\/\/[^ ]+\/l\/\w+$/);
  const pressed = await program.simulator<{ webhook: { status: number } }>(
    'POST',
    `/handsets/${encodeURIComponent(british(0))}/presses`,
    { messageId: line?.id, title: 'Red' },
  );
  assert.equal(pressed.webhook.status, 200);
  const { rows } = await sql`
    SELECT kind, payload, body, content, in_reply_to FROM inbound_message WHERE kind <> 'text'`.execute(
    program.database.db,
  );
  assert.deepEqual(rows, [
    {
      ...{ kind: 'buttonReply', payload: 'red Ann0', body: 'Red', in_reply_to: line?.id },
      content: { kind: 'buttonReply', id: 'red Ann0', title: 'Red' },
    },
  ]);
});

test('whoever is outside gets the approved template that is named, and a day after their message everybody does', async () => {
  const otherwiseTemplateId = await approved('question_otherwise', {
    body: 'Hello {{defaultIfEmpty firstName "friend"}}, may we ask you something?',
  });
  const { params } = await saveSession('either', { message: question, otherwiseTemplateId });
  await phones.writes(british(10), ours.whatsApp, 'Hi');
  const first = await campaignTo('either', params.templateId, [10, 11]);
  await sendCampaign(program, first, (each) => each.delivered === 2);
  const typeOf = async (index: number, count: number) =>
    (await phones.hears(british(index), count)).at(-1)?.type;
  assert.deepEqual([await typeOf(10, 1), await typeOf(11, 1)], ['interactive', 'template']);
  program.clock.advance(24 * 3_600_000);
  const second = await campaignTo('either again', params.templateId, [10, 11]);
  await sendCampaign(program, second, (each) => each.delivered === 2);
  assert.deepEqual([await typeOf(10, 2), await typeOf(11, 2)], ['template', 'template']);
});

test('what Meta would refuse is refused as it is saved, with its field and the remedy, and so is another template that cannot go', async () => {
  await assert.rejects(
    saveSession('long', { message: { ...question, footer: 'x'.repeat(61) } }),
    /message\.footer has 61 characters; Meta allows 60/,
  );
  await assert.rejects(
    saveSession('many', {
      message: { ...question, buttons: [1, 2, 3, 4].map((each) => ({ id: `${each}`, title: `${each}` })) },
    }),
    /message\.buttons has 4 entries; Meta takes 1 to 3/,
  );
  await assert.rejects(
    saveSession('other', { message: question, otherwiseTemplateId: 999_999 }),
    /otherwiseTemplateId 999999 is no WhatsApp template of this project/,
  );
});

test('the ads that led somebody to write are kept, the first and the last', async () => {
  const ad = (id: string) => ({
    source_type: 'ad',
    source_id: id,
    headline: 'Shoes',
    ctwa_clid: `clid ${id}`,
  });
  for (const id of ['1', '2', '3']) {
    await phones.writes(british(20), ours.whatsApp, 'I saw this', { referral: ad(id) });
    program.clock.advance(60_000);
  }
  const { rows } = await sql`
    SELECT touch, ad ->> 'sourceId' AS id, ad ->> 'clickId' AS click FROM referral ORDER BY touch`.execute(
    program.database.db,
  );
  assert.deepEqual(rows, [
    { touch: 'first', id: '1', click: 'clid 1' },
    { touch: 'last', id: '3', click: 'clid 3' },
  ]);
  const told = (await historyOf(british(20))).filter(({ kind }) => kind === 'referral');
  assert.deepEqual(
    told.map(({ what, text, details }) => [what, text, details.clickId]),
    [
      ['ad', 'Shoes', 'clid 3'],
      ['ad', 'Shoes', 'clid 1'],
    ],
  );
});

/** What the person answers to some kinds, as a handset does it, and what the business is to hear. */
const answers: { does: Record<string, unknown>; kind: string; holds: Record<string, unknown> }[] = [
  {
    does: { location: { latitude: 51.5, longitude: -0.1, name: 'Home' } },
    kind: 'location',
    holds: { name: 'Home' },
  },
  { does: { flow: { response: { size: 'L' } } }, kind: 'flow', holds: { response: { size: 'L' } } },
  {
    does: {
      order: { catalogId: '9', items: [{ productId: 'sku-1', quantity: 2, price: 5, currency: 'EUR' }] },
    },
    kind: 'order',
    holds: { items: [{ productId: 'sku-1', quantity: 2, price: 5, currency: 'EUR' }] },
  },
  {
    does: { contacts: [{ name: { formatted_name: 'Ann' }, phones: [{ phone: '+44 20' }] }] },
    kind: 'contacts',
    holds: { contacts: [{ name: 'Ann', phones: ['+44 20'] }] },
  },
];

/** A message as a handset shows it. */
interface Shown {
  id: string;
  rendered?: { buttons: { text: string }[] };
}

interface HistoryEntry {
  kind: string;
  what: string;
  text: string | null;
  details: Record<string, unknown> & { messageKind?: string; content?: Record<string, unknown> };
}

async function historyOf(phone: string): Promise<HistoryEntry[]> {
  const { rows } = await sql<{ ref: string }>`
    SELECT concat('id:', lane, '.', id) AS ref FROM users WHERE phone_number = ${phone}`.execute(
    program.database.db,
  );
  const path = `/api/users/${rows[0]?.ref}/history`;
  return (await program.call<{ history: HistoryEntry[] }>('GET', path)).history;
}

/** What a person wrote, as their history tells it, the newest first, once it tells so many entries. */
const wrote = (phone: string, count: number) =>
  program.until(`${count} messages of theirs`, async () => {
    const of = (await historyOf(phone)).filter(({ kind }) => kind === 'inboundMessage');
    return of.length >= count ? of : null;
  });

/** The same message with its file at an address: no upload is known to the simulator here. */
const atAddress = (message: SessionMessage): SessionMessage =>
  'file' in message ? { ...message, file: { link: 'https://shop.example/file' } } : message;

test('every kind of message goes out, is shown on the handset, answered, and comes back as what it is; what is taken back is hidden', async () => {
  const phone = british(30);
  await phones.writes(phone, ours.whatsApp, 'Hi');
  // A flow must be there at Meta (session-body.test.ts, meta-wire.test.ts).
  const kinds = Object.entries(everyKind).filter(([type]) => type !== 'flow');
  for (const [index, [type, { message }]] of kinds.entries()) {
    const { params } = await saveSession(`kind ${type}`, { message: atAddress(message) });
    await program.call('POST', '/api/templates/whatsApp/proof', {
      ...{ templateId: params.templateId, recipientPhoneNumber: phone },
    });
    const lines = await phones.hears(phone, index + 1);
    assert.equal(lines.length, index + 1, type);
  }
  const handset = `/handsets/${encodeURIComponent(phone)}`;
  const { messages } = await program.simulator<{ messages: Shown[] }>('GET', `${handset}/messages`);
  const press = async (words: string) => {
    const shown = messages.find(({ rendered }) => rendered?.buttons.some(({ text }) => text === words));
    assert.ok(shown, words);
    await program.simulator('POST', `${handset}/presses`, { messageId: shown.id, title: words });
  };
  await press('Yes please');
  await press('Red shoes');
  for (const { does } of answers) await phones.writes(phone, ours.whatsApp, '', does);
  const entries = (await wrote(phone, 3 + answers.length)).toReversed().slice(1);
  assert.partialDeepStrictEqual(
    entries.map(({ details: { messageKind, content } }) => ({ messageKind, content })),
    [
      { messageKind: 'buttonReply', content: { id: 'yes', title: 'Yes please' } },
      { messageKind: 'listReply', content: { id: 'red', title: 'Red shoes', description: 'As a rose' } },
      ...answers.map(({ kind, holds }) => ({ messageKind: kind, content: holds })),
    ],
  );
  const said = await program.simulator<{ message: { id: string } }>('POST', `${handset}/messages`, {
    ...{ to: ours.whatsApp, body: 'My secret' },
  });
  await phones.writes(phone, ours.whatsApp, '', { revoke: { messageId: said.message.id } });
  const [, hidden] = await wrote(phone, 5 + answers.length);
  assert.deepEqual([hidden?.text, hidden?.details.isTakenBack], ['', true]);
});
