import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
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
});
