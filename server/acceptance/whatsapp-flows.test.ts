import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { callEndpoint } from '../../simulator/meta/flow-endpoint.ts';
import { openSecrets } from '../config/secrets.ts';
import { type Handsets, handsets, ours, typesByChannel } from '../testing/people.ts';
import { freePort, startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let typeId: number;
let senderId: number;
let company: Server;
let companyUrl: string;
const asked: { body: string; signature: string | undefined }[] = [];
/** What the company answers when a flow asks it. */
let companyAnswers: object = { screen: 'DONE', data: {} };
/** What it waits for before it does. */
let companyReady: Promise<unknown> = Promise.resolve();

before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  typeId = (await typesByChannel(program)).get('WhatsApp Marketing')!.messageTypeId;
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  senderId = senders.find((each) => each.address === ours.whatsApp)?.id ?? 0;
  const port = await freePort();
  companyUrl = `http://127.0.0.1:${port}/next`;
  company = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      asked.push({ body, signature: String(request.headers['x-carillon-signature']) });
      void companyReady.then(() =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(companyAnswers)),
      );
    });
  }).listen(port, '127.0.0.1');
});
after(async () => {
  company.close();
  await program.close();
});

interface Flow {
  id: number;
  providerFlowId: string;
  status: string;
  version: number;
  answers: number;
  versions: { number: number; savedBy: string; findings: unknown[] }[];
  fields: { name: string; part: string | null; label: string | null }[];
  endpoint: string | null;
  previewUrl: string | null;
}

const layout = (...children: object[]) => ({ type: 'SingleColumnLayout', children });
const footer = (label: string, action: object) => ({ type: 'Footer', label, 'on-click-action': action });
const ref = (path: string) => `\${${path}}`;
const wording = 'I agree to get news on WhatsApp.';

/** A form of two screens, whose last one asks for an agreement. */
const preferences = {
  version: '7.0',
  screens: [
    {
      ...{ id: 'SIZE', title: 'Your size' },
      layout: layout(
        { type: 'TextInput', name: 'age', label: 'Age', 'input-type': 'number', required: false },
        {
          ...{ type: 'RadioButtonsGroup', name: 'size', label: 'Size', required: true },
          'data-source': [
            { id: 's', title: 'Small' },
            { id: 'l', title: 'Large' },
          ],
        },
        footer('Next', {
          ...{ name: 'navigate', next: { type: 'screen', name: 'AGREE' } },
          payload: { size: ref('form.size'), age: ref('form.age') },
        }),
      ),
    },
    {
      ...{ id: 'AGREE', title: 'Stay in touch', terminal: true },
      data: {
        size: { type: 'string', __example__: 's' },
        age: { type: 'string', __example__: '30' },
      },
      layout: layout(
        { type: 'OptIn', name: 'agree', label: wording, required: false },
        footer('Save', {
          name: 'complete',
          payload: { size: ref('data.size'), age: ref('data.age'), agree: ref('form.agree') },
        }),
      ),
    },
  ],
};

/** A form that asks as it goes. */
const order = {
  ...{ version: '7.0', data_api_version: '3.0', routing_model: { ORDER: ['DONE'], DONE: [] } },
  screens: [
    {
      ...{ id: 'ORDER', title: 'Your order' },
      data: {
        greeting: { type: 'string', __example__: 'Hello' },
        sizes: { type: 'array', items: { type: 'object' }, __example__: [{ id: 's', title: 'S' }] },
      },
      layout: layout(
        { type: 'TextBody', text: ref('data.greeting') },
        {
          ...{ type: 'Dropdown', name: 'size', label: 'Size', required: true },
          'data-source': ref('data.sizes'),
        },
        { type: 'OptIn', name: 'agree', label: wording, required: false },
        footer('Order', {
          ...{ name: 'data_exchange' },
          payload: { size: ref('form.size'), agree: ref('form.agree') },
        }),
      ),
    },
    {
      ...{ id: 'DONE', title: 'Thanks', terminal: true },
      data: { total: { type: 'string', __example__: '5' } },
      layout: layout(
        { type: 'TextBody', text: ref('data.total') },
        footer('Close', { name: 'data_exchange', payload: { total: ref('data.total') } }),
      ),
    },
  ],
};

const make = (name: string, json: object) =>
  program.call<Flow>('POST', '/api/whatsApp/flows', { name, senderId, categories: ['OTHER'], json });
const get = (id: number) => program.call<Flow>('GET', `/api/whatsApp/flows/${id}`);
const put = (id: number, what: string, body: object) =>
  program.call<Flow>('PUT', `/api/whatsApp/flows/${id}/${what}`, body);
const post = (id: number, deed: string, body?: object) =>
  program.call<Flow>('POST', `/api/whatsApp/flows/${id}/${deed}`, body);

const british = (index: number) => `+4477009${String(30_000 + index).padStart(5, '0')}`;

/** Sends a flow to somebody within their session; the id of the message on their phone. */
async function sendFlow(
  tag: string,
  phone: string,
  flow: Flow,
  action?: object,
  isDraft = false,
): Promise<string> {
  await phones.writes(phone, ours.whatsApp, 'Hello');
  const before = (await phones.heard(phone)).length;
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/session/upsert',
    {
      ...{ clientTemplateId: tag, name: tag, messageTypeId: typeId },
      message: {
        ...{ type: 'flow', body: 'Tell us more', label: 'Open', flow: { id: flow.providerFlowId } },
        ...(action && { action }),
        ...(isDraft && { isDraft }),
      },
    },
  );
  await program.call('POST', '/api/templates/whatsApp/proof', {
    ...{ templateId: params.templateId, recipientPhoneNumber: phone },
  });
  return (await phones.hears(phone, before + 1)).at(-1)?.id ?? '';
}

interface Filled {
  response?: Record<string, unknown>;
  fault?: string;
  status?: number;
  screens: { id: string; data: Record<string, unknown> }[];
}

const fillIn = (phone: string, messageId: string, answers: object) =>
  program.simulator<Filled>('POST', `/handsets/${encodeURIComponent(phone)}/flows`, { messageId, answers });

interface Answer {
  response: Record<string, unknown>;
  user: { phoneNumber: string | null };
  outcome: { answer: string; to: string; outcome: string }[];
}

const answersOf = async (flow: Flow) =>
  (await program.call<{ answers: Answer[] }>('GET', `/api/whatsApp/flows/${flow.id}/answers`)).answers;

const profileOf = async (phone: string) => {
  const { rows } = await sql<{ lane: number; id: number; fields: Record<string, unknown> }>`
    SELECT lane, id, data_fields AS fields FROM users WHERE phone_number = ${phone}`.execute(
    program.database.db,
  );
  return rows[0]!;
};

let published: Flow;

test('what is wrong with a flow is told with its place and the remedy before Meta sees it, and Meta’s own findings stand in its version', async () => {
  const broken = structuredClone(preferences);
  broken.screens[1]!.id = 'SUCCESS';
  broken.screens[1]!.layout.children.pop();
  const { faults } = await program.call<{ faults: { path: string; fault: string; remedy: string }[] }>(
    'POST',
    '/api/whatsApp/flows/check',
    { json: broken },
  );
  assert.deepEqual(
    faults.map(({ path }) => path),
    [
      'screens[0].layout.children[2].on-click-action.next.name',
      'screens[1].id',
      'screens[1].layout.children',
    ],
  );
  assert.match(faults[1]!.fault, /SUCCESS, which Meta keeps/);
  await assert.rejects(make('Broken', broken), /InvalidTemplate|json\.screens\[0\]/);
  const missing = structuredClone(preferences);
  missing.screens[0]!.layout.children[2] = footer('Next', {
    ...{ name: 'navigate', next: { type: 'screen', name: 'AGREE' } },
    payload: { size: ref('form.colour') },
  });
  await assert.rejects(
    make('Missing', missing),
    /names colour, and no input of SIZE has that name|payload\.age/,
  );
});

test('a flow is kept by version, mapped, published and then unchangeable; a change is another flow', async () => {
  const made = await make('Preferences', preferences);
  assert.deepEqual([made.status, made.version, made.versions[0]?.findings], ['DRAFT', 1, []]);
  assert.deepEqual(
    made.fields.map(({ name, part, label }) => [name, part, label]),
    [
      ['size', 'RadioButtonsGroup', 'Size'],
      ['age', 'TextInput', 'Age'],
      ['agree', 'OptIn', wording],
    ],
  );
  const saved = await post(made.id, 'versions', { json: preferences, after: 1 });
  assert.deepEqual(
    saved.versions.map(({ number }) => number),
    [2, 1],
  );
  await assert.rejects(post(made.id, 'versions', { json: preferences, after: 1 }), /Conflict|somebody else/);
  const mapping = {
    fields: [
      { answer: 'size', field: 'shirtSize', type: 'string' },
      { answer: 'age', field: 'age', type: 'number' },
    ],
    eventName: 'preferencesGiven',
    consents: [{ answer: 'agree', messageTypeId: typeId }],
  };
  await assert.rejects(
    put(made.id, 'mapping', { ...mapping, consents: [{ answer: 'size', messageTypeId: typeId }] }),
    /only an OptIn is an agreement/,
  );
  await put(made.id, 'mapping', mapping);
  published = await post(made.id, 'publish');
  assert.equal(published.status, 'PUBLISHED');
  const { previewUrl } = await post(made.id, 'refresh');
  assert.match(previewUrl ?? '', /preview/);
  await assert.rejects(
    post(made.id, 'versions', { json: preferences, after: 2 }),
    /only a draft can be changed/,
  );
  const clone = await post(made.id, 'clone', { name: 'Preferences, next' });
  assert.partialDeepStrictEqual(clone, { status: 'DRAFT', clonedFrom: made.id, mapping });
  await program.call('DELETE', `/api/whatsApp/flows/${clone.id}`);
  await assert.rejects(get(clone.id), /404/);
  await assert.rejects(
    program.call('DELETE', `/api/whatsApp/flows/${made.id}`),
    /only a draft can be deleted/,
  );
});

test('what somebody fills in stands in their profile and in an event, and an OptIn opts them in with its words as the proof; nothing else does', async () => {
  const [ann, ben] = [british(1), british(2)];
  const action = { type: 'navigate', screen: 'SIZE' };
  const messageId = await sendFlow('form', ann, published, action);
  const filled = await fillIn(ann, messageId, { size: 'l', age: 'thirty', agree: true });
  assert.deepEqual(
    filled.screens.map(({ id }) => id),
    ['SIZE', 'AGREE'],
  );
  const [answer] = await answersOf(published);
  assert.deepEqual(answer?.outcome, [
    { answer: 'size', to: 'shirtSize', outcome: 'kept' },
    { answer: 'age', to: 'age', outcome: 'is no number' },
    { answer: '', to: 'preferencesGiven', outcome: 'tracked' },
    { answer: 'agree', to: `messageType:${typeId}`, outcome: 'recorded' },
  ]);
  assert.equal(answer?.user.phoneNumber, ann);
  const person = await profileOf(ann);
  assert.deepEqual([person.fields.shirtSize, person.fields.age], ['l', undefined]);
  const { rows: events } = await sql`
    SELECT data FROM event WHERE lane = ${person.lane} AND user_id = ${person.id} AND name = 'preferencesGiven'`.execute(
    program.database.db,
  );
  assert.partialDeepStrictEqual(events, [
    { data: { size: 'l', age: 'thirty', agree: true, flowName: 'Preferences' } },
  ]);
  const { rows: proofs } = await sql<{ wording: string; source: string; address: string }>`
    SELECT wording, source, address FROM consent_entry
    WHERE lane = ${person.lane} AND user_id = ${person.id} AND action = 'optIn' AND kind = 'messageType'`.execute(
    program.database.db,
  );
  assert.deepEqual(proofs, [
    {
      ...{ wording, address: ann },
      source: `WhatsApp flow “Preferences”, version 2, sent to ${ours.whatsApp}`,
    },
  ]);
  await fillIn(ben, await sendFlow('form', ben, published, action), { size: 's', agree: false, age: '41' });
  const other = await profileOf(ben);
  assert.equal(other.fields.age, 41);
  const { rows: none } = await sql`
    SELECT 1 FROM consent_entry WHERE lane = ${other.lane} AND user_id = ${other.id} AND action = 'optIn'`.execute(
    program.database.db,
  );
  assert.deepEqual(none, []);
  const { flows } = await program.call<{ flows: Flow[] }>('GET', '/api/whatsApp/flows?status=PUBLISHED');
  assert.deepEqual(
    flows.map(({ id, answers }) => [id, answers]),
    [[published.id, 2]],
  );
});

test('what Meta tells of a flow is seen: its status, and that its endpoint fails', async () => {
  await program.simulator('PUT', `/flows/${published.providerFlowId}`, {
    status: 'THROTTLED',
    alert: { event: 'ENDPOINT_ERROR_RATE', message: 'Half of the calls fail', state: 'ACTIVATED' },
  });
  const told = await program.until('the alert', async () => {
    const { status } = await get(published.id);
    const { notices } = await program.call<{
      notices: { event: string; message: string; isOver: boolean | null }[];
    }>('GET', `/api/whatsApp/flows/${published.id}/notices`);
    return status === 'THROTTLED'
      ? (notices.find(({ event }) => event !== 'FLOW_STATUS_CHANGE') ?? null)
      : null;
  });
  assert.partialDeepStrictEqual(told, {
    ...{ event: 'ENDPOINT_ERROR_RATE', message: 'Half of the calls fail', isOver: false },
  });
  await program.simulator('PUT', `/flows/${published.providerFlowId}`, { status: 'PUBLISHED' });
  await program.until('the flow to be published again', async () =>
    (await get(published.id)).status === 'PUBLISHED' ? true : null,
  );
});

let asking: Flow;
const secret = 'a-secret-of-the-company';

test('a flow that asks is answered for its person, encrypted, by our plan or by the company’s own address', async () => {
  await program.call('POST', '/api/users/update', {
    ...{ email: 'cleo@example.com' },
    dataFields: { phoneNumber: british(3), firstName: 'Cleo "C"', sizes: ['s', 'm'] },
  });
  const made = await make('Order', order);
  await assert.rejects(
    put(made.id, 'exchange', {
      start: 'ORDER',
      screens: { ORDER: { data: { price: 'x' } } },
      forwardTo: null,
    }),
    /is given no price; it is given greeting, sizes/,
  );
  const plan = {
    start: 'ORDER',
    screens: {
      ORDER: {
        data: {
          greeting: 'Hello {{firstName}}',
          sizes: '[{{#each sizes}}{"id": "{{this}}", "title": "Size {{this}}"},{{/each}}]',
        },
        next: 'DONE',
      },
      DONE: { data: { total: 'Size {{answer.size}} it is' }, next: 'SUCCESS' },
    },
  };
  await put(made.id, 'exchange', { ...plan, forwardTo: null });
  await put(made.id, 'mapping', {
    ...{ fields: [], eventName: 'ordered', consents: [{ answer: 'agree', messageTypeId: typeId }] },
  });
  const key = await program.call<{ status: string }>('POST', '/api/whatsApp/flowKey', { senderId });
  assert.equal(key.status, 'VALID');
  asking = await post(made.id, 'publish');
  assert.equal(asking.status, 'PUBLISHED');
  const phone = british(3);
  const messageId = await sendFlow('order', phone, asking, { type: 'dataExchange' });
  const filled = await fillIn(phone, messageId, { size: 'm' });
  assert.deepEqual(filled.screens, [
    {
      id: 'ORDER',
      data: {
        greeting: 'Hello Cleo "C"',
        sizes: [
          { id: 's', title: 'Size s' },
          { id: 'm', title: 'Size m' },
        ],
      },
    },
    { id: 'DONE', data: { total: 'Size m it is' } },
  ]);
  assert.partialDeepStrictEqual(await answersOf(asking), [{ response: { total: 'Size m it is' } }]);

  await put(asking.id, 'exchange', { ...plan, forwardTo: companyUrl, forwardSecret: secret });
  companyAnswers = { screen: 'SUCCESS', data: { orderId: 'A-1', agree: true } };
  const second = await fillIn(phone, await sendFlow('order', phone, asking, { type: 'dataExchange' }), {
    size: 's',
  });
  // Nobody agrees for a person, the company no more than anybody else.
  const { flow_token: _, ...response } = second.response ?? {};
  assert.deepEqual(response, { orderId: 'A-1', size: 's' });
  const [call] = asked;
  assert.equal(
    call?.signature,
    `sha256=${createHmac('sha256', secret)
      .update(call?.body ?? '')
      .digest('hex')}`,
  );
  assert.partialDeepStrictEqual(JSON.parse(call?.body ?? ''), {
    ...{ flowId: asking.id, screen: 'ORDER', data: { size: 's' } },
    user: { email: 'cleo@example.com', phoneNumber: phone },
  });
  companyAnswers = { screen: 'NOWHERE' };
  const stuck = await fillIn(phone, await sendFlow('order', phone, asking, { type: 'dataExchange' }), {
    size: 's',
  });
  assert.match(String(stuck.screens.at(-1)?.data.error_message), /did not work/);
  assert.ok(!JSON.stringify(await get(asking.id)).includes(secret));
});

/** The token of a flow, as the phone has it. */
async function tokenOf(phone: string, messageId: string): Promise<string> {
  const { messages } = await program.simulator<{
    messages: { id: string; content?: { action: { parameters: { flow_token: string } } } }[];
  }>('GET', `/handsets/${encodeURIComponent(phone)}/messages`);
  return messages.find(({ id }) => id === messageId)?.content?.action.parameters.flow_token ?? '';
}

/** The account as Meta has it, with the number's key. */
async function metaSide() {
  const { rows } = await sql<{ key: string }>`
    SELECT public_key AS key FROM whatsapp_flow_key ORDER BY id DESC LIMIT 1`.execute(program.database.db);
  const { rows: accounts } = await sql<{ secrets: Buffer }>`
    SELECT secrets FROM provider_account WHERE wire = 'meta'`.execute(program.database.db);
  const { appSecret } = (await openSecrets(program.settings.dataDir)).open(accounts[0]!.secrets) as {
    appSecret: string;
  };
  const business = { id: '', appSecret, verifyToken: '', webhookUrl: '', phoneNumbers: [] };
  return { business, publicKey: rows[0]!.key };
}

test('an endpoint turns away who is not Meta, what it cannot open, and the tokens of other messages; a repeated call gets the same bytes', async () => {
  const { business, publicKey } = await metaSide();
  const endpoint = asking.endpoint ?? '';
  const messageId = await sendFlow('order', british(3), asking, { type: 'dataExchange' });
  const token = await tokenOf(british(3), messageId);
  assert.match(token, /^.{2,}\.[\w-]{22}$/);
  const ask = (more: object, by = business, key = publicKey) =>
    callEndpoint(by, endpoint, key, { action: 'INIT', flow_token: token, ...more });
  assert.deepEqual(await ask({ action: 'ping' }), {
    ...{ status: 200, payload: { data: { status: 'active' } } },
  });
  assert.deepEqual(await ask({ data: { error: 'invalid-screen-transition' } }), {
    ...{ status: 200, payload: { data: { acknowledged: true } } },
  });
  assert.partialDeepStrictEqual(await ask({}), { status: 200, payload: { screen: 'ORDER' } });
  assert.partialDeepStrictEqual(await ask({ action: 'BACK', screen: 'DONE' }), {
    ...{ status: 200, payload: { screen: 'DONE' } },
  });
  assert.equal((await ask({}, { ...business, appSecret: 'another' })).status, 432);
  const stranger = generateKeyPairSync('rsa', {
    ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  assert.equal((await ask({}, business, stranger.publicKey)).status, 421);
  const ofOther = await sendFlow('form', british(3), published, { type: 'navigate', screen: 'SIZE' });
  const foreign = await tokenOf(british(3), ofOther);
  for (const wrong of [foreign, `${token.split('.')[0]}.${'A'.repeat(22)}`, '', 'x', `${token}.x`])
    assert.equal((await ask({ flow_token: wrong })).status, 427, wrong);

  const signed = (body: string) => ({
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', business.appSecret).update(body).digest('hex')}`,
    },
  });
  for (const body of [
    '',
    'null',
    '{}',
    '{"encrypted_aes_key":"x","initial_vector":"AAAAAAAAAAAAAAAAAAAAAA==","encrypted_flow_data":"AA"}',
  ])
    assert.equal((await fetch(endpoint, signed(body))).status, 421, body);
  assert.equal((await fetch(endpoint, signed('x'.repeat(2 * 1024 * 1024)))).status, 413);
  assert.equal((await fetch(`${endpoint}0`, signed('{}'))).status, 404);

  const sent: string[] = [];
  const spied = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      sent.push(Buffer.concat(parts).toString());
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => spied.once('listening', resolve));
  const address = spied.address();
  assert.ok(typeof address === 'object' && address);
  await callEndpoint(business, `http://127.0.0.1:${address.port}/`, publicKey, {
    ...{ action: 'INIT', flow_token: token },
  });
  spied.close();
  const first = await (await fetch(endpoint, signed(sent[0] ?? ''))).text();
  await program.call('POST', '/api/users/update', {
    ...{ email: 'cleo@example.com', dataFields: { firstName: 'Somebody else' } },
  });
  assert.equal(await (await fetch(endpoint, signed(sent[0] ?? ''))).text(), first);
});

test('where the company is slow, it is not asked for a phone that waits no more', async () => {
  const { business, publicKey } = await metaSide();
  const flow_token = await tokenOf(
    british(3),
    await sendFlow('order', british(3), asking, { type: 'dataExchange' }),
  );
  companyAnswers = { screen: 'DONE', data: { total: '1' } };
  let release = () => {};
  companyReady = new Promise<void>((resolve) => {
    release = resolve;
  });
  const before = asked.length;
  const call = { action: 'data_exchange' as const, screen: 'ORDER', data: { size: 's' }, flow_token };
  const calls = Array.from({ length: 13 }, () =>
    callEndpoint(business, asking.endpoint ?? '', publicKey, call),
  );
  await program.until('ten to be asked', async () => (asked.length === before + 10 ? true : null));
  program.clock.advance(3_000);
  release();
  const screens = (await Promise.all(calls)).map(({ payload }) => (payload as { screen: string }).screen);
  assert.deepEqual(Map.groupBy(screens, (each) => each).get('ORDER')?.length, 3);
  assert.equal(asked.length, before + 10);
});

test('nobody agrees by trying a draft, whose words may change yet, nor in a form that was sent to somebody else', async () => {
  const [tester, receiver, other] = [british(40), british(41), british(42)];
  const action = { type: 'navigate', screen: 'SIZE' };
  const draft = await make('Not yet', preferences);
  const consents = [{ answer: 'agree', messageTypeId: typeId }];
  await put(draft.id, 'mapping', { fields: [], eventName: null, consents });
  await fillIn(tester, await sendFlow('draft', tester, draft, action, true), { size: 's', agree: true });
  await post(draft.id, 'versions', {
    ...{ json: JSON.parse(JSON.stringify(preferences).replaceAll(wording, 'Something else')), after: 1 },
  });
  await fillIn(tester, await sendFlow('draft', tester, draft, action, true), { size: 's', agree: true });
  const to = `messageType:${typeId}`;
  assert.deepEqual(
    (await answersOf(draft)).map(({ outcome }) => outcome),
    [[{ answer: 'agree', to, outcome: 'draft' }], [{ answer: 'agree', to, outcome: 'draft' }]],
  );
  const { response } = await fillIn(receiver, await sendFlow('form', receiver, published, action), {
    ...{ size: 's', agree: true },
  });
  await phones.writes(other, ours.whatsApp, '', { flow: { response } });
  const [last] = await answersOf(published);
  assert.equal(last?.user.phoneNumber, other);
  assert.partialDeepStrictEqual(last?.outcome.at(-1), { answer: 'agree', outcome: 'otherPerson' });
  for (const phone of [tester, other]) {
    const { lane, id } = await profileOf(phone);
    const { rows } = await sql`
      SELECT 1 FROM consent_entry WHERE lane = ${lane} AND user_id = ${id} AND action = 'optIn'`.execute(
      program.database.db,
    );
    assert.deepEqual(rows, []);
  }
});
