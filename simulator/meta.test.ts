import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { signBody } from './meta/webhooks.ts';
import type { Received } from './testing/customer.ts';
import { type Lab, startLab } from './testing/lab.ts';

const number = '555000111';
const waba = '777000222';
const display = '+14155550199';
const handset = '+12125550132';
const token = 'token';

interface Change {
  field: string;
  value: Record<string, unknown>;
}

function changeOf(one: Received): Change {
  const { entry } = JSON.parse(one.body);
  return entry[0].changes[0];
}

async function startBusiness(t: TestContext): Promise<Lab> {
  const lab = await startLab(t);
  const { json } = await lab.call('PUT', `/businesses/${waba}`, {
    appSecret: 'app-secret',
    verifyToken: 'verify',
    webhookUrl: `${lab.customer.url}/meta`,
    phoneNumbers: [{ id: number, displayNumber: display }],
  });
  assert.deepEqual(json, { id: waba, verified: true });
  return lab;
}

const post = (lab: Lab, body: unknown) => lab.call('POST', `/v23.0/${number}/messages`, body, token);

const template = {
  name: 'order_ready',
  language: 'en_US',
  category: 'UTILITY',
  components: [
    { type: 'BODY', text: 'Hi {{1}}, order {{2}} is ready.', example: { body_text: [['Jo', '17']] } },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thanks' }] },
  ],
};

const message = (parameters: string[]) => ({
  messaging_product: 'whatsapp',
  to: handset,
  type: 'template',
  biz_opaque_callback_data: 'm-1',
  template: {
    name: 'order_ready',
    language: { code: 'en_US' },
    components: [{ type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) }],
  },
});

async function approve(lab: Lab): Promise<void> {
  await lab.call('POST', `/v23.0/${waba}/message_templates`, template, token);
  await lab.customer.until((all) => all.length === 1);
  lab.customer.received.length = 0;
}

function errorCode(json: unknown): unknown {
  assert.ok(typeof json === 'object' && json !== null && 'error' in json);
  assert.ok(typeof json.error === 'object' && json.error !== null && 'code' in json.error);
  return json.error.code;
}

test('signature follows the example', () => {
  assert.equal(
    signBody('app-secret', '{"object":"whatsapp_business_account","entry":[]}'),
    'sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f',
  );
});

test('a template is pending, then approved by webhook, listed, paused and deleted', async (t) => {
  const lab = await startBusiness(t);
  const created = await lab.call('POST', `/v23.0/${waba}/message_templates`, template, token);
  assert.ok(typeof created.json === 'object' && created.json !== null && 'status' in created.json);
  assert.equal(created.json.status, 'PENDING');
  const [approval] = await lab.customer.until((all) => all.length === 1);
  assert.ok(approval);
  assert.equal(approval.headers['x-hub-signature-256'], signBody('app-secret', approval.body));
  assert.equal(changeOf(approval).field, 'message_template_status_update');
  assert.equal(changeOf(approval).value.event, 'APPROVED');
  assert.equal((await post(lab, message(['Jo', '17']))).status, 200);
  await lab.call('PUT', `/businesses/${waba}/templates/order_ready`, { status: 'PAUSED' });
  assert.equal(errorCode((await post(lab, message(['Jo', '17']))).json), 132015);
  const removed = await lab.call(
    'DELETE',
    `/v23.0/${waba}/message_templates?name=order_ready`,
    undefined,
    token,
  );
  assert.deepEqual(removed.json, { success: true });
  assert.equal(errorCode((await post(lab, message(['Jo', '17']))).json), 132001);
});

test('a button that copies a code takes one of up to 15 letters and digits, and nothing else', async (t) => {
  const lab = await startBusiness(t);
  const withCode = (example: string) => ({
    ...{ ...template, category: 'MARKETING' },
    components: [
      { type: 'BODY', text: 'Your code is below' },
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example }] },
    ],
  });
  const path = `/v23.0/${waba}/message_templates`;
  assert.equal((await lab.call('POST', path, withCode('{{coupon "x"}}'), token)).status, 400);
  assert.equal((await lab.call('POST', path, withCode('SAVE20'), token)).status, 200);
  await lab.customer.until((all) => all.length === 1);
  const send = (parameters: object[], sub_type = 'copy_code') =>
    post(lab, {
      ...message([]),
      template: {
        ...{ name: 'order_ready', language: { code: 'en_US' } },
        components: [{ type: 'button', sub_type, index: 0, parameters }],
      },
    });
  const code = (coupon_code: string) => [{ type: 'coupon_code', coupon_code }];
  assert.equal((await send(code('SIXTEENLETTERS15'.slice(1)))).status, 200);
  for (const wrong of ['SIXTEENLETTERS16', 'WITH-SIGN', ''])
    assert.equal(errorCode((await send(code(wrong))).json), 131009, wrong);
  assert.equal(errorCode((await send([])).json), 132000);
  assert.equal(errorCode((await send([{ type: 'text', text: 'SAVE20' }])).json), 132012);
});

test('a template that lacks an example is rejected with a reason; what Meta refuses at once is told with what is wrong', async (t) => {
  const lab = await startBusiness(t);
  const path = `/v23.0/${waba}/message_templates`;
  const create = (more: object) => lab.call('POST', path, { ...template, ...more }, token);
  const body = (text: string, example: object = { body_text: [['17', '18']] }) => ({
    type: 'BODY',
    text,
    example,
  });
  await create({ components: [{ type: 'BODY', text: 'Order {{1}} is ready.' }] });
  const [verdict] = await lab.customer.until((all) => all.length === 1);
  assert.equal(changeOf(verdict!).value.event, 'REJECTED');
  assert.equal(changeOf(verdict!).value.reason, 'INVALID_FORMAT');
  const button = (type: string, more: object = {}) => ({ type, text: type.toLowerCase(), ...more });
  const url = button('URL', { url: 'https://a.example/', text: 'Look' });
  const reply = button('QUICK_REPLY');
  const refused: [components: object[], subcode: number | undefined][] = [
    [[body('{{1}} is ready')], 2388299],
    [[body('Your order is {{1}}{{2}} now')], 2388072],
    [[body('Your order {{2}} is here')], 2388072],
    [[body('Hi {{1}} – {{2}}!')], 2388293],
    [[body('Hi\n\n\nthere')], 2388072],
    [[body('x'.repeat(1025))], 2388040],
    [[{ type: 'HEADER', format: 'TEXT', text: 'Ready 🎉' }, body('It is ready.')], 2388047],
    [[body('It is ready.'), { type: 'FOOTER', text: '{{1}}' }], 2388073],
    [[body('It is ready.'), { type: 'BUTTONS', buttons: [reply, url, { ...reply, text: 'No' }] }], undefined],
    [[body('It is ready.'), { type: 'BUTTONS', buttons: [button('SPM', { text: 'View' })] }], undefined],
    [[body('It is ready.'), { type: 'BUTTONS', buttons: [button('FLOW', { flow_id: '1' })] }], undefined],
  ];
  for (const [components, subcode] of refused) {
    const { status, json } = await create({ name: 'refused', components });
    assert.equal(status, 400, JSON.stringify(components));
    assert.equal(errorCode(json), 100);
    assert.equal((json as { error: { error_subcode?: number } }).error.error_subcode, subcode);
  }
  assert.partialDeepStrictEqual((await create({})).json, { error: { error_subcode: 2388024 } });
  assert.equal(errorCode((await create({ name: 'Order' })).json), 100);
});

test('a template message is kept with its parameters and its statuses come signed', async (t) => {
  const lab = await startBusiness(t);
  await approve(lab);
  await lab.call('PUT', '/behaviour', { receiptDelayMs: { min: 0, max: 0 }, read: 1 });
  const { status, json } = await post(lab, message(['José', '17']));
  assert.equal(status, 200);
  const webhooks = await lab.customer.until((all) => all.length === 3);
  const statuses = webhooks.map((one) => {
    const [first] = changeOf(one).value.statuses as Record<string, unknown>[];
    return first ?? {};
  });
  assert.deepEqual(
    statuses.map((one) => one.status),
    ['sent', 'delivered', 'read'],
  );
  assert.equal(statuses[0]?.biz_opaque_callback_data, 'm-1');
  assert.equal(statuses[0]?.recipient_id, handset.slice(1));
  assert.match(String(statuses[0]?.recipient_user_id), /^US\.\d+$/);
  assert.deepEqual(statuses[0]?.pricing, {
    billable: true,
    pricing_model: 'PMP',
    type: 'regular',
    category: 'utility',
  });
  assert.ok(webhooks.every((one) => one.headers['x-hub-signature-256'] === signBody('app-secret', one.body)));
  const [kept] = await lab.ledger({ wire: 'meta', to: handset, from: display });
  assert.ok(kept?.wire === 'meta');
  assert.deepEqual(kept.template?.parameters, ['José', '17']);
  assert.equal(kept.status, 'read');
  assert.ok(JSON.stringify(json).includes(kept.id));
});

test('wrong parameters, unknown templates and missing tokens are told in the answer', async (t) => {
  const lab = await startBusiness(t);
  await approve(lab);
  assert.equal(errorCode((await post(lab, message(['Jo']))).json), 132000);
  assert.equal(errorCode((await post(lab, message(['Jo\n', '17']))).json), 132018);
  assert.equal(
    errorCode((await lab.call('POST', `/v23.0/${number}/messages`, message(['a', 'b']))).json),
    190,
  );
  await lab.call('PUT', '/behaviour', { rateAnswers: 1 });
  const limited = await post(lab, message(['Jo', '17']));
  assert.equal(limited.status, 429);
  assert.equal(errorCode(limited.json), 130429);
  assert.equal((await lab.ledger()).length, 0);
});

test('errors of delivery come as failed statuses', async (t) => {
  const lab = await startBusiness(t);
  await approve(lab);
  await lab.call('PUT', '/behaviour', { receiptDelayMs: { min: 0, max: 0 }, errors: { 131026: 1 } });
  assert.equal((await post(lab, message(['Jo', '17']))).status, 200);
  const [failed] = await lab.customer.until((all) => all.length === 1);
  assert.match(failed?.body ?? '', /"status":"failed".*"code":131026/);
  assert.equal((await lab.ledger())[0]?.errorCode, 131026);
});

test('free text goes only within 24 hours of what the person wrote, also after a restart', async (t) => {
  const lab = await startBusiness(t);
  const text = { messaging_product: 'whatsapp', to: handset, type: 'text', text: { body: 'Hello' } };
  assert.equal(errorCode((await post(lab, text)).json), 131047);
  await lab.call('POST', `/handsets/${handset}/messages`, { to: display, text: 'Hi', profileName: 'Jo' });
  const { value } = changeOf(lab.customer.received[0]!);
  assert.match(JSON.stringify(value.messages), /"from":"12125550132".*"text":\{"body":"Hi"\}/);
  assert.equal((await post(lab, text)).status, 200);
  await lab.restart();
  assert.equal((await post(lab, text)).status, 200);
  lab.pass(24 * 3_600_000);
  assert.equal(errorCode((await post(lab, text)).json), 131047);
});

test('a person with only a username is written to by user id', async (t) => {
  const lab = await startBusiness(t);
  const userId = 'US.13491208655302741918';
  const person = { to: number, body: 'Hi', whatsAppUserId: userId, usernameOnly: true, username: 'jo' };
  await lab.call('POST', `/handsets/${handset}/messages`, person);
  const inbound = lab.customer.received[0]?.body ?? '';
  assert.ok(inbound.includes(`"user_id":"${userId}"`));
  assert.ok(!inbound.includes(handset.slice(1)));
  const text = { messaging_product: 'whatsapp', recipient: userId, type: 'text', text: { body: 'Hello' } };
  assert.equal((await post(lab, text)).status, 200);
  const [, status] = await lab.customer.until((all) => all.length > 1);
  assert.ok(status?.body.includes(`"recipient_user_id":"${userId}"`));
  assert.ok(!status?.body.includes('recipient_id'));
  const [kept] = await lab.ledger({ to: userId });
  assert.ok(kept?.wire === 'meta');
  assert.equal(kept.addressedBy, 'recipient');
  assert.equal((await lab.ledger({ to: handset })).length, 1);
  lab.customer.received.length = 0;
  await lab.call('POST', `/handsets/${handset}/preferences`, { to: display, value: 'stop' });
  assert.ok(lab.customer.received[0]?.body.includes(`"user_id":"${userId}"`));
  assert.ok(!lab.customer.received[0]?.body.includes('wa_id'));
});

test('a broken path or body is told in an answer, and the network lives on', async (t) => {
  const lab = await startBusiness(t);
  const broken = await lab.call('GET', '/v23.0/%E0%A4%A/messages', undefined, token);
  assert.equal(errorCode(broken.json), 33);
  assert.equal(errorCode((await lab.call('POST', `/v23.0/${number}/media`, '\ud800', token)).json), 100);
  assert.equal((await lab.call('GET', '/healthz')).status, 200);
});

test('a business whose webhook cannot be called is refused and not kept', async (t) => {
  const lab = await startLab(t);
  const { status, json } = await lab.call('PUT', `/businesses/${waba}`, {
    appSecret: 'app-secret',
    verifyToken: 'verify',
    webhookUrl: 'http://',
    phoneNumbers: [{ id: number, displayNumber: display }],
  });
  assert.equal(status, 400);
  assert.match(JSON.stringify(json), /webhookUrl: must be an address that begins with http/);
  assert.deepEqual((await lab.call('GET', '/numbers')).json, { numbers: [] });
});

test("a template's quick reply comes as a button", async (t) => {
  const lab = await startBusiness(t);
  const press = { to: display, button: { text: 'Thanks', payload: 'T1' }, replyTo: 'wamid.1' };
  await lab.call('POST', `/handsets/${handset}/messages`, press);
  assert.match(
    lab.customer.received[0]?.body ?? '',
    /"type":"button".*"button":\{"payload":"T1","text":"Thanks"\}/,
  );
});

test('media are uploaded and fetched', async (t) => {
  const lab = await startBusiness(t);
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob(['picture'], { type: 'image/png' }), 'a.png');
  const authorization = `Bearer ${token}`;
  const url = `${lab.simulator.url}/v23.0/${number}/media`;
  const { id } = await (await fetch(url, { method: 'POST', headers: { authorization }, body: form })).json();
  const { json } = await lab.call('GET', `/v23.0/${id}`, undefined, token);
  assert.ok(typeof json === 'object' && json !== null && 'url' in json && 'mime_type' in json);
  assert.equal(json.mime_type, 'image/png');
  const bytes = await fetch(String(json.url), { headers: { authorization } });
  assert.equal(await bytes.text(), 'picture');
});
