import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openSecrets } from '../config/secrets.ts';
import { everyTemplate } from '../testing/every-template.ts';
import { type Handsets, handsets, ours, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let messageTypeId: number;
let senderId: number;
let picture: string;
let flowId: string;

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
  picture = await uploaded();
  flowId = await publishedFlow();
});
after(() => program.close());

async function uploaded(): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')]), 'tea.png');
  const answer = await fetch(`${program.url}/api/media`, {
    ...{ method: 'POST', headers: { 'Api-Key': program.key }, body: form },
  });
  return ((await answer.json()) as { url: string }).url;
}

/** The number that Meta knows a form of one screen by. */
async function publishedFlow(): Promise<string> {
  const submit = { name: 'complete', payload: { size: '$' + '{form.size}' } };
  const json = {
    version: '7.0',
    screens: [
      {
        ...{ id: 'SIZE', title: 'Your size', terminal: true },
        data: { name: { type: 'string', __example__: 'Ann' } },
        layout: {
          type: 'SingleColumnLayout',
          children: [
            { type: 'TextInput', name: 'size', label: 'Size', required: true },
            { type: 'Footer', label: 'Send', 'on-click-action': submit },
          ],
        },
      },
    ],
  };
  const made = await program.call<{ id: number; providerFlowId: string }>('POST', '/api/whatsApp/flows', {
    ...{ name: 'Size', senderId, categories: ['OTHER'], json },
  });
  await program.call('POST', `/api/whatsApp/flows/${made.id}/publish`);
  return made.providerFlowId;
}

const british = (index: number) => `+4477009${String(40_000 + index).padStart(5, '0')}`;

const save = async (tag: string, fields: object) =>
  (
    await program.call<{ params: { templateId: number } }>('POST', '/api/templates/whatsApp/upsert', {
      ...{ clientTemplateId: tag, name: tag, messageTypeId, category: 'MARKETING', ...fields },
    })
  ).params.templateId;

/** A template that Meta has approved. */
async function approved(tag: string, fields: object): Promise<number> {
  const templateId = await save(tag, fields);
  await program.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId });
  await program.until(`approval of ${tag}`, async () => {
    const path = `/api/templates/whatsApp/get?templateId=${templateId}`;
    return (await program.call<{ status: string }>('GET', path)).status === 'APPROVED' ? true : null;
  });
  return templateId;
}

/** By which the account calls Meta. */
async function metaToken(): Promise<string> {
  const { rows } = await sql<{ secrets: Buffer }>`
    SELECT secrets FROM provider_account WHERE wire = 'meta'`.execute(program.database.db);
  const secrets = (await openSecrets(program.settings.dataDir)).open(rows[0]!.secrets);
  return (secrets as { accessToken: string }).accessToken;
}

interface Shown {
  messages: { id: string; rendered?: object }[];
}

const shownOn = async (phone: string, id: string | undefined) => {
  const { messages } = await program.simulator<Shown>(
    'GET',
    `/handsets/${encodeURIComponent(phone)}/messages`,
  );
  return JSON.stringify(messages.find((message) => message.id === id)?.rendered);
};

/** The newest message that came from a phone. */
const newestFrom = async (id: string | undefined) => {
  const { rows } = await sql<{ kind: string; payload: string | null; content: Record<string, unknown> }>`
    SELECT kind, payload, content FROM inbound_message WHERE in_reply_to = ${id} ORDER BY id DESC LIMIT 1`.execute(
    program.database.db,
  );
  return rows[0];
};

test('a template of each kind is approved, sent, shown on the phone as its preview says, and its buttons answer', async () => {
  for (const [index, [kind, sample]] of Object.entries(everyTemplate(picture, flowId)).entries()) {
    const phone = british(index);
    const { fields, dataFields = {}, shows, press } = sample;
    const whom = { dataFields: { firstName: 'Ann', ...dataFields } };
    const draft = await program.call<{ faults: object[]; whatsApp: object }>(
      'POST',
      '/api/templates/whatsApp/draft',
      { ...fields, category: 'MARKETING', ...whom },
    );
    assert.deepEqual(draft.faults, [], kind);
    assert.ok(draft.whatsApp, kind);
    const templateId = await approved(kind, fields);
    const kept = await program.call('GET', `/api/templates/whatsApp/get?templateId=${templateId}`);
    assert.partialDeepStrictEqual(kept, fields);
    await program.call('POST', '/api/templates/whatsApp/proof', {
      ...{ templateId, recipientPhoneNumber: phone, ...whom },
    });
    const [line] = await phones.hears(phone, 1);
    assert.equal(line?.type, 'template', kind);
    const shown = await shownOn(phone, line?.id);
    for (const words of shows) assert.ok(shown?.includes(words), `${kind} shows ${words}: ${shown}`);
    if (!press) continue;
    const { title, card, comes, payload } = press;
    const pressed = await program.simulator<{ webhook: { status: number } }>(
      'POST',
      `/handsets/${encodeURIComponent(phone)}/presses`,
      { messageId: line?.id, title, ...(card === undefined ? {} : { card }) },
    );
    assert.equal(pressed.webhook.status, 200, kind);
    const came = await newestFrom(line?.id);
    assert.equal(came?.kind, comes, kind);
    if (payload !== undefined) assert.equal(came?.payload, payload, kind);
  }
});

test('a form that a template opens comes back as the answer to its message', async () => {
  const index = Object.keys(everyTemplate(picture, flowId)).indexOf('flow');
  const phone = british(index);
  const [line] = await phones.hears(phone, 1);
  const filled = await program.simulator<{ response: Record<string, unknown>; screens: object[] }>(
    'POST',
    `/handsets/${encodeURIComponent(phone)}/flows`,
    { messageId: line?.id, answers: { size: 'L' } },
  );
  assert.equal(filled.response.size, 'L');
  assert.match(String(filled.response.flow_token), /^.{2,}\.[\w-]{22}$/);
  assert.deepEqual(filled.screens, [{ id: 'SIZE', data: { name: 'Ann' } }]);
  const { rows } = await sql`SELECT response FROM whatsapp_flow_answer`.execute(program.database.db);
  assert.deepEqual(rows, [{ response: { size: 'L' } }]);
});

test('each person of a campaign gets their own cards and offers; whoever’s offer is over or lacks products gets none, with the reason', async () => {
  const templateId = await approved('own cards', {
    body: 'These are chosen for you, have a look.',
    carousel: {
      ...{ kind: 'products', catalogId: '9000', label: 'Buy it' },
      cards: ['first', 'second', 'third'].map((name) => ({
        productId: `{{defaultIfEmpty ${name} ""}}`,
        url: `https://shop.example/{{defaultIfEmpty ${name} ""}}`,
      })),
    },
  });
  const people = [{ first: 'a', second: 'b', third: 'c' }, { first: 'd', third: 'f' }, { second: 'g' }];
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'cards' });
  const email = (index: number) => `cards-${index}@example.com`;
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: people.map((fields, index) => ({
      ...{ email: email(index), dataFields: { ...fields, phoneNumber: british(100 + index) } },
    })),
  });
  await program.call('POST', '/api/consent', {
    consents: people.map((_, index) => ({
      ...{ email: email(index), messageTypeId, method: 'webForm', source: 'the shop' },
    })),
  });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'cards', templateId, listIds: [listId], scheduleSend: false },
  });
  const totals = await sendCampaign(program, campaignId, (each) => each.delivered === 2 && each.skips === 1);
  assert.deepEqual(totals.skipsByReason, { emptyMessage: 1 });
  const productsOf = async (index: number) => {
    const [line] = await phones.hears(british(100 + index), 1);
    return [...JSON.stringify(line?.template?.components).matchAll(/retailer_id":"(\w)"/g)].map(
      ([, id]) => id,
    );
  };
  assert.deepEqual(
    [await productsOf(0), await productsOf(1)],
    [
      ['a', 'b', 'c'],
      ['d', 'f'],
    ],
  );
  const past = await program.call<{ skip: { reason: string; detail: string } }>(
    'POST',
    '/api/templates/whatsApp/draft',
    {
      ...{ body: 'Only for a short time.', offer: { text: 'Ends soon', expiresAt: '{{ends}}' } },
      dataFields: { ends: '2026-11-01T00:00:00Z' },
    },
  );
  assert.equal(past.skip.reason, 'renderError');
  assert.match(past.skip.detail, /the offer ended at 2026-11-01/);
});

test('a template in several languages is submitted in each; who reads one that is not approved gets the default', async () => {
  const write = (locale: string, text: string) => save('tongues', { locale, body: text });
  await write('en', 'There is something new for you.');
  await write('de', 'Es gibt etwas Neues bei uns.');
  const templateId = await write('fr', 'Il y a du nouveau chez nous.');
  await assert.rejects(
    save('tongues', { locale: 'es', body: 'Hay algo nuevo para ti.', language: 'de' }),
    /language de of es is that of de too/,
  );
  const { languages } = await program.call<{ languages: { language: string }[] }>(
    'POST',
    '/api/templates/whatsApp/submit',
    { templateId, senderId },
  );
  assert.deepEqual(languages.map(({ language }) => language).toSorted(), ['de', 'en', 'fr']);
  interface View {
    providerName: string;
    languages: { locale: string; language: string; status: string; statusWords: string | null }[];
  }
  const view = () => program.call<View>('GET', `/api/templates/whatsApp/get?templateId=${templateId}`);
  const statuses = async () =>
    Object.fromEntries((await view()).languages.map(({ locale, status }) => [locale, status]));
  const becomes = (wanted: Record<string, string>) =>
    program.until(JSON.stringify(wanted), async () =>
      JSON.stringify(await statuses()) === JSON.stringify(wanted) ? true : null,
    );
  await becomes({ en: 'APPROVED', de: 'APPROVED', fr: 'APPROVED' });
  const { providerAccounts } = await program.call<{
    providerAccounts: { wire: string; settings: { businessAccountId?: string } }[];
  }>('GET', '/api/providerAccounts');
  const waba = providerAccounts.find(({ wire }) => wire === 'meta')?.settings.businessAccountId;
  await program.simulator('PUT', `/businesses/${waba}/templates/${(await view()).providerName}`, {
    ...{ language: 'fr', status: 'PAUSED', reason: 'FIRST_PAUSE' },
  });
  await becomes({ en: 'APPROVED', de: 'APPROVED', fr: 'PAUSED' });
  const people = ['de-AT', 'fr', 'en'];
  const email = (index: number) => `tongue-${index}@example.com`;
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'tongues' });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: people.map((locale, index) => ({
      ...{ email: email(index), dataFields: { locale, phoneNumber: british(200 + index) } },
    })),
  });
  await program.call('POST', '/api/consent', {
    consents: people.map((_, index) => ({
      ...{ email: email(index), messageTypeId, method: 'webForm', source: 'the shop' },
    })),
  });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'tongues', templateId, listIds: [listId], scheduleSend: false },
  });
  await sendCampaign(program, campaignId, (each) => each.delivered === 3);
  const tongueOf = async (index: number) =>
    (await phones.hears(british(200 + index), 1))[0]?.template?.language;
  assert.deepEqual(await Promise.all([0, 1, 2].map(tongueOf)), ['de', 'en', 'en']);
});

test('examples are made of a person, seen and changed before they are submitted, and then stand at Meta', async () => {
  await program.call('POST', '/api/users/update', {
    ...{ email: 'zoe@example.com', dataFields: { firstName: 'Zoë', city: 'Leeds' } },
  });
  const templateId = await save('examples', {
    header: { kind: 'text', text: 'For {{firstName}}' },
    body: 'Hi {{defaultIfEmpty firstName "friend"}}, we open a shop in {{city}} this week.',
  });
  const make = (more: object) =>
    program.call<{ examples: { field: string; number: number; example: string }[] }>(
      'POST',
      '/api/templates/whatsApp/examples',
      { templateId, ...more },
    );
  const words = (examples: { example: string }[]) => examples.map(({ example }) => example);
  assert.deepEqual(words((await make({})).examples), ['firstName', 'friend', 'city']);
  const { examples } = await make({ person: { recipientEmail: 'zoe@example.com' } });
  assert.deepEqual(words(examples), ['Zoë', 'Zoë', 'Leeds']);
  const changed = examples.map((each) => (each.number === 1 ? { ...each, example: 'Jo' } : each));
  await program.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId, examples: changed });
  const { providerAccounts } = await program.call<{
    providerAccounts: { wire: string; settings: { businessAccountId?: string } }[];
  }>('GET', '/api/providerAccounts');
  const waba = providerAccounts.find(({ wire }) => wire === 'meta')?.settings.businessAccountId;
  const answer = await fetch(`${program.simulatorUrl}/v26.0/${waba}/message_templates?name=examples`, {
    headers: { authorization: `Bearer ${await metaToken()}` },
  });
  const text = await answer.text();
  assert.match(text, /"header_text":\["Jo"\]/);
  assert.match(text, /"body_text":\[\["Jo","Leeds"\]\]/);
});

test('what Meta would refuse is told all at once as it is written, each with its field; what it refuses at creation in plain words', async () => {
  const card = (more: object = {}) => ({
    ...{ header: { kind: 'image', url: picture }, body: null },
    buttons: [{ type: 'quickReply', text: 'Yes', payload: '' }],
    ...more,
  });
  const faultsOf = async (fields: object) => {
    const { faults } = await program.call<{ faults: Record<string, unknown>[] }>(
      'POST',
      '/api/templates/whatsApp/draft',
      { body: 'Something new for you today.', ...fields },
    );
    for (const fault of faults)
      assert.deepEqual(
        Object.keys(fault).filter((name) => !['field', 'line', 'fault'].includes(name)),
        [],
      );
    return faults.map(({ field, fault }) => `${field} ${fault}`);
  };
  const cases: [fields: object, told: RegExp[]][] = [
    [
      {
        header: { kind: 'text', text: 'Hot *news* 🎉' },
        body: 'Hi {{a}}{{b}} – {{c}}\n\n\n!',
        footer: 'x'.repeat(61),
      },
      [
        /^header\.text holds an emoji/,
        /^header\.text holds signs of bold/,
        /^body has two variables side by side/,
        /^body has too many variables/,
        /^body has more than 2 line breaks/,
        /^footer has 61 characters; Meta allows 60/,
      ],
    ],
    [{ body: '{{#if a}}x{{/if}} for you' }, [/^body holds a block/]],
    [
      { header: { kind: 'location', name: '', address: 'a', latitude: '91', longitude: '{{lon}}' } },
      [/^header\.name is empty/, /^header\.latitude "91" is no number from -90 to 90/],
    ],
    [
      {
        ...{ category: 'UTILITY', footer: 'No', offer: { text: 'x'.repeat(17), expiresAt: 'soon' } },
        ...{
          header: { kind: 'text', text: 'Hi' },
          buttons: [{ type: 'url', text: 'a', url: 'https://a.example' }],
        },
      },
      [
        /^offer\.text has 17 characters; Meta allows 16/,
        /^offer\.expiresAt "soon" is no instant/,
        /^header is a text; an offer has an image/,
        /^footer is written; a template with an offer has none/,
        /^buttons are not those of an offer that ends/,
        /^category is UTILITY, and Meta takes an offer that ends as MARKETING only/,
      ],
    ],
    [
      {
        buttons: [
          { type: 'quickReply', text: 'a', payload: 'a' },
          { type: 'url', text: 'b', url: 'https://a.example' },
          { type: 'quickReply', text: 'c', payload: 'c' },
          { type: 'flow', text: '', flow: { id: '' } },
        ],
      },
      [/^buttons has quick replies apart/, /^buttons\.3\.text is empty/, /^buttons\.3\.flow\.id is empty/],
    ],
    [
      {
        footer: 'No',
        carousel: { kind: 'media', cards: [card(), card({ body: 'Only here', buttons: [] })] },
      },
      [
        /^carousel\.cards\.1\.body is there or not there/,
        /^carousel\.cards\.1\.buttons are others/,
        /^carousel\.cards\.1\.buttons is empty/,
        /^footer is written; a template with cards has none/,
      ],
    ],
    [{ carousel: { kind: 'media', cards: [card()] } }, [/^carousel\.cards has 1 cards; Meta wants 2 to 10/]],
    [
      { buttons: [{ type: 'products', thumbnailProductId: '', sections: [] }, { type: 'requestContact' }] },
      [/sections is empty/, /^buttons hold others beside/, /^header is no text/],
    ],
    [
      { buttons: [{ type: 'product' }], asksToCall: true },
      [/^asksToCall is set beside/, /^header is no product/],
    ],
  ];
  for (const [fields, told] of cases) {
    const faults = await faultsOf(fields);
    for (const expected of told)
      assert.ok(
        faults.some((fault) => expected.test(fault)),
        `${expected}: ${faults}`,
      );
    assert.equal(faults.length, told.length, faults.join('; '));
    await assert.rejects(
      save('refused', { body: 'Something new for you today.', ...fields }),
      /InvalidTemplate/,
    );
  }
  const templateId = await approved('deleted', { body: 'Something new for you today.' });
  await program.call('POST', '/api/templates/whatsApp/withdraw', { templateId });
  const twin = await save('twin', { body: 'Something quite different for you.', providerName: 'deleted' });
  await assert.rejects(
    program.call('POST', '/api/templates/whatsApp/submit', { templateId: twin, senderId }),
    /was deleted at Meta, which keeps the name for 30 days \(2388023: .*Give it another name with Meta/,
  );
});
