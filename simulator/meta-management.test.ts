import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { type Lab, startLab } from './testing/lab.ts';

const number = '555000111';
const waba = '777000222';
const display = '+14155550199';
const handset = '+12125550132';
const token = 'token';
const pn = `/v23.0/${number}`;

async function startBusiness(t: TestContext): Promise<Lab> {
  const lab = await startLab(t);
  await lab.call('PUT', `/businesses/${waba}`, {
    appSecret: 'app-secret',
    verifyToken: 'verify',
    webhookUrl: `${lab.customer.url}/meta`,
    phoneNumbers: [{ id: number, displayNumber: display }],
  });
  return lab;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely here, as a client in JavaScript does
const json = async (lab: Lab, method: string, path: string, body?: unknown): Promise<any> =>
  (await lab.call(method, path, body, token)).json;

const send = (lab: Lab, type: string, content: unknown, to = handset) =>
  json(lab, 'POST', `${pn}/messages`, { messaging_product: 'whatsapp', to, type, [type]: content });

const writes = (lab: Lab, from = handset, body = 'Hi') =>
  lab.call('POST', `/handsets/${encodeURIComponent(from)}/messages`, { to: display, body });

/** The latest webhook that holds this; receipts may have come since. */
const heard = (lab: Lab, part = '"messages":[') =>
  JSON.parse(lab.customer.received.findLast(({ body }) => body.includes(part))?.body ?? '').entry[0]
    .changes[0];

const replies = (titles: string[]) => titles.map((title) => ({ type: 'reply', reply: { id: title, title } }));
const ofType = (type: string, action: unknown, more: object = {}) => ({
  type,
  body: { text: 'Which?' },
  action,
  ...more,
});
const rows = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ id: `${place}`, title: `${place}` }));

test('messages that Meta refuses are refused with its code, those within its limits are taken', async (t) => {
  const lab = await startBusiness(t);
  await writes(lab);
  const button = (titles: string[], more = {}) => ofType('button', { buttons: replies(titles) }, more);
  const list = (count: number) => ofType('list', { button: 'Choose', sections: [{ rows: rows(count) }] });
  const flow = (parameters: object) =>
    ofType('flow', {
      name: 'flow',
      parameters: { flow_message_version: '3', flow_cta: 'Open', ...parameters },
    });
  const refused: [type: string, content: unknown, code: number, details: RegExp][] = [
    ['interactive', button(['1', '2', '3', '4']), 131009, /buttons count.*Max allowed: 3/],
    ['interactive', button([]), 131009, /buttons count/],
    ['interactive', button(['x'.repeat(21)]), 131009, /Button title length invalid.*20/],
    ['interactive', button(['1', '1']), 131009, /unique/],
    ['interactive', list(11), 131009, /Total row count exceed max allowed count: 10/],
    ['interactive', ofType('poll', {}), 100, /interactive\['type'\] must be one of/],
    ['interactive', ofType('constructor', {}), 100, /must be one of/],
    ['interactive', flow({}), 131008, /flow_id/],
    ['interactive', flow({ flow_id: '1' }), 131009, /does not exist/],
    ['interactive', button(['1'], { body: { text: 'x'.repeat(1025) } }), 131009, /Body text length/],
    ['interactive', button(['1'], { body: undefined }), 131009, /Body text length/],
    ['interactive', button(['1'], { footer: { text: 'x'.repeat(61) } }), 131009, /Footer text length/],
    [
      'interactive',
      button(['1'], { header: { type: 'text', text: 'x'.repeat(61) } }),
      131009,
      /Header text length/,
    ],
    [
      'interactive',
      ofType('cta_url', { name: 'cta_url', parameters: { display_text: 'Go' } }),
      131008,
      /url/,
    ],
    ['image', {}, 131008, /link/],
    ['image', { id: '404' }, 100, /media attachment ID/],
    ['document', { link: 'nowhere' }, 131009, /valid URL/],
    ['image', { link: 'https://a.example/a.png', caption: 'x'.repeat(1025) }, 131009, /caption/],
    ['text', { body: 'x'.repeat(4097) }, 100, /4096/],
    ['text', { body: '' }, 100, /empty/],
    ['location', { latitude: 99, longitude: 0 }, 131009, /latitude/],
    ['sticker', undefined, 131008, /sticker/],
  ];
  for (const [type, content, code, details] of refused) {
    const { error } = await send(lab, type, content);
    assert.equal(error?.code, code, `${type} ${JSON.stringify(content)}: ${JSON.stringify(error)}`);
    assert.match(error.error_data.details, details);
  }
  const taken: [string, unknown][] = [
    ['interactive', button(['1', '2', 'x'.repeat(20)])],
    ['interactive', list(10)],
    ['interactive', ofType('location_request_message', { name: 'send_location' })],
    ['image', { link: 'https://a.example/a.png' }],
    ['text', { body: 'x'.repeat(4096) }],
    ['location', { latitude: '48.1', longitude: '11.5' }],
  ];
  for (const [type, content] of taken) assert.ok((await send(lab, type, content)).messages, type);
});

test('only a message that somebody wrote can be marked as read', async (t) => {
  const lab = await startBusiness(t);
  const written = (await writes(lab)).json as { message: { id: string } };
  const read = (id: string) =>
    json(lab, 'POST', `${pn}/messages`, { messaging_product: 'whatsapp', status: 'read', message_id: id });
  assert.deepEqual(await read(written.message.id), { success: true });
  assert.equal((await read('wamid.none')).error.code, 131009);
});

test('a template is found by its id, beneath its account too', async (t) => {
  const lab = await startBusiness(t);
  const components = [{ type: 'BODY', text: 'Ready.' }];
  const list = `/v23.0/${waba}/message_templates`;
  const made = { name: 'ready', language: 'en_US', category: 'UTILITY', components };
  const { id } = await json(lab, 'POST', list, made);
  assert.equal((await json(lab, 'GET', `${list}/${id}`)).name, 'ready');
  assert.equal((await json(lab, 'GET', `/v23.0/${id}`)).name, 'ready');
  assert.equal((await json(lab, 'GET', `${list}/1`)).error.code, 33);
});

test('a number tells the fields that are asked for', async (t) => {
  const lab = await startBusiness(t);
  const fields = 'quality_rating,messaging_limit_tier,throughput{level}';
  assert.deepEqual(await json(lab, 'GET', `${pn}?fields=${fields}`), {
    quality_rating: 'GREEN',
    messaging_limit_tier: 'TIER_100K',
    throughput: { level: 'STANDARD' },
    id: number,
  });
  assert.equal((await json(lab, 'GET', `${pn}?fields=colour`)).error.code, 100);
});

test('a number is deregistered, verified by the code on its handset, and registered again with its PIN', async (t) => {
  const lab = await startBusiness(t);
  await writes(lab);
  const post = (edge: string, body: object = {}) => json(lab, 'POST', `${pn}/${edge}`, body);
  assert.deepEqual(await post('deregister'), { success: true });
  await lab.restart();
  assert.equal((await send(lab, 'text', { body: 'Hi' })).error.code, 133010);
  assert.equal((await post('verify_code', { code: '123456' })).error.code, 136025);
  assert.equal((await post('request_code', { code_method: 'PIGEON', language: 'en' })).error.code, 100);
  assert.deepEqual(await post('request_code', { code_method: 'SMS', language: 'en' }), { success: true });
  const { messages } = await json(lab, 'GET', `/handsets/${display}/messages`);
  const code = /\d{6}/.exec(messages.at(-1).body)?.[0];
  assert.deepEqual(await post('verify_code', { code }), { success: true });
  assert.equal((await post('register', { pin: '12' })).error.code, 100);
  assert.deepEqual(await post('register', { messaging_product: 'whatsapp', pin: '123456' }), {
    success: true,
  });
  assert.equal((await post('register', { pin: '654321' })).error.code, 133005);
  assert.ok((await send(lab, 'text', { body: 'Hi' })).messages);
});

test('settings and the business profile are kept, and what they may not hold is refused', async (t) => {
  const lab = await startBusiness(t);
  const profile = `${pn}/whatsapp_business_profile`;
  const about = { messaging_product: 'whatsapp', about: 'Boats', websites: ['https://harbor.example'] };
  assert.deepEqual(await json(lab, 'POST', profile, about), { success: true });
  assert.equal((await json(lab, 'POST', profile, { about: 'x'.repeat(140) })).error.code, 100);
  assert.equal((await json(lab, 'POST', profile, { vertical: 'BOATS' })).error.code, 100);
  await json(lab, 'POST', `${pn}/settings`, { calling: { status: 'ENABLED' } });
  assert.equal((await json(lab, 'POST', `${pn}/settings`, { colour: {} })).error.code, 100);
  await lab.restart();
  assert.deepEqual((await json(lab, 'GET', profile)).data, [about]);
  assert.equal((await json(lab, 'GET', `${pn}/settings`)).calling.status, 'ENABLED');
});

test('a flow is made, given its JSON, published, sent, deprecated; only a draft can be deleted', async (t) => {
  const lab = await startBusiness(t);
  await writes(lab);
  const list = `/v23.0/${waba}/flows`;
  assert.equal((await json(lab, 'POST', list, { name: 'signup', categories: ['BOATS'] })).error.code, 100);
  const { id } = await json(lab, 'POST', list, { name: 'signup', categories: ['SIGN_UP'] });
  const upload = async (text: string) => {
    const form = new FormData();
    form.set('file', new Blob([text], { type: 'application/json' }), 'flow.json');
    form.set('name', 'flow.json');
    form.set('asset_type', 'FLOW_JSON');
    const url = `${lab.simulator.url}/v23.0/${id}/assets`;
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(url, { method: 'POST', headers, body: form })).json();
  };
  assert.equal((await upload('{')).validation_errors.length, 1);
  const publish = () => json(lab, 'POST', `/v23.0/${id}/publish`);
  assert.equal((await publish()).error.code, 139002);
  const layout = { type: 'SingleColumnLayout', children: [{ type: 'Footer' }] };
  const flow = JSON.stringify({ version: '7.0', screens: [{ id: 'ONE', title: 'One', layout }] });
  assert.deepEqual(await upload(flow), { success: true, validation_errors: [] });
  const message = ofType('flow', {
    name: 'flow',
    parameters: { flow_message_version: '3', flow_id: id, flow_cta: 'Open', flow_token: 't' },
  });
  assert.equal((await send(lab, 'interactive', message)).error.code, 131009);
  assert.deepEqual(await publish(), { success: true });
  await lab.customer.until((all) => all.some(({ body }) => body.includes('FLOW_STATUS_CHANGE')));
  assert.equal(heard(lab, 'FLOW_STATUS_CHANGE').value.new_status, 'PUBLISHED');
  assert.ok((await send(lab, 'interactive', message)).messages);
  await lab.restart();
  const { preview, status } = await json(lab, 'GET', `/v23.0/${id}?fields=status,preview.invalidate(false)`);
  assert.equal(status, 'PUBLISHED');
  assert.match(preview.preview_url, /^http/);
  assert.equal((await json(lab, 'GET', list)).data.length, 1);
  assert.equal((await json(lab, 'GET', `/v23.0/${id}/assets`)).data[0].asset_type, 'FLOW_JSON');
  assert.equal((await upload(flow)).error.code, 139001);
  assert.equal((await json(lab, 'DELETE', `/v23.0/${id}`)).error.code, 139004);
  assert.deepEqual(await json(lab, 'POST', `/v23.0/${id}/deprecate`), { success: true });
  const other = await json(lab, 'POST', list, { name: 'other', categories: ['OTHER'] });
  assert.deepEqual(await json(lab, 'DELETE', `/v23.0/${other.id}`), { success: true });
});

test('a call needs calling switched on and the permission of the person', async (t) => {
  const lab = await startBusiness(t);
  const call = () =>
    json(lab, 'POST', `${pn}/calls`, {
      messaging_product: 'whatsapp',
      to: handset.slice(1),
      action: 'connect',
      session: { sdp_type: 'offer', sdp: 'v=0' },
    });
  const permission = async () => {
    const found = await json(lab, 'GET', `${pn}/call_permissions?user_wa_id=${handset.slice(1)}`);
    return found.permission.status;
  };
  assert.equal((await call()).error.code, 138000);
  await json(lab, 'POST', `${pn}/settings`, { calling: { status: 'ENABLED' } });
  assert.equal((await call()).error.code, 138006);
  assert.equal(await permission(), 'no_permission');
  await lab.call('POST', `/handsets/${handset}/call-permissions`, { to: display, value: 'accept' });
  assert.equal(heard(lab).value.messages[0].interactive.type, 'call_permission_reply');
  assert.equal(await permission(), 'temporary');
  assert.match((await call()).calls[0].id, /^wacid\./);
  lab.pass(7 * 86_400_000);
  assert.equal(await permission(), 'no_permission');
});

test('WhatsApp spells numbers of Mexico, Argentina and Brazil in its own way, and either finds the handset', async (t) => {
  const lab = await startBusiness(t);
  for (const [dialled, spelt] of [
    ['+525555550101', '5215555550101'],
    ['+541155550103', '5491155550103'],
    ['+5531988880105', '553188880105'],
    // Up to area code 30 WhatsApp has the ninth digit too.
    ['+5511988880105', '5511988880105'],
    [handset, handset.slice(1)],
  ] as const) {
    await writes(lab, dialled);
    const { contacts, messages } = heard(lab).value;
    assert.deepEqual([contacts[0].wa_id, messages[0].from], [spelt, spelt]);
    for (const to of [dialled, spelt]) {
      lab.customer.received.length = 0;
      const answer = await send(lab, 'text', { body: 'Hello' }, to);
      assert.equal(answer.contacts[0].wa_id, spelt, JSON.stringify(answer));
      const [receipt] = await lab.customer.until((all) => all.length === 2);
      assert.match(receipt?.body ?? '', new RegExp(`"recipient_id":"${spelt}"`));
    }
    for (const name of [dialled, `+${spelt}`]) {
      assert.equal((await lab.ledger({ to: name })).length, 2, name);
      const thread = await json(lab, 'GET', `/handsets/${name}/messages`);
      assert.equal(thread.messages.length, 3, name);
    }
  }
  const { handsets } = await json(lab, 'GET', '/handsets');
  assert.equal(handsets.length, 5);
});

test('a person who moves to a new number is told by a system message, and the old number is given up', async (t) => {
  const lab = await startBusiness(t);
  await writes(lab, '+447400123201');
  const move = (to: string, newNumber: string) =>
    lab.call('POST', '/handsets/+447400123201/number-changes', { to, newNumber });
  assert.equal((await move(display, '+447400123202')).status, 201);
  const { contacts, messages } = heard(lab).value;
  assert.equal(contacts, undefined);
  assert.partialDeepStrictEqual(messages[0], {
    from: '447400123201',
    type: 'system',
    system: { type: 'user_changed_number', wa_id: '447400123202' },
  });
  const lookup = `${lab.simulator.url}/v2/PhoneNumbers/+447400123201?Fields=line_status`;
  const authorization = `Basic ${btoa('AC01:token')}`;
  const { line_status } = await (await fetch(lookup, { headers: { authorization } })).json();
  assert.equal(line_status.status, 'inactive');
  assert.equal((await move(display, '+447400123201')).status, 400);
  assert.equal((await move('+14155550198', '+447400123202')).status, 404);
});

test('a reaction is one on WhatsApp, and a text that quotes the message on SMS', async (t) => {
  const lab = await startBusiness(t);
  const sender = '+14155550100';
  await lab.call('PUT', `/numbers/${sender}`, {
    accountSid: 'AC00000000000000000000000000000001',
    inboundUrl: `${lab.customer.url}/in`,
  });
  await writes(lab);
  const { messages } = await send(lab, 'text', { body: 'Sale' });
  const react = (body: object) => lab.call('POST', `/handsets/${handset}/reactions`, body);
  await react({ messageId: messages[0].id, emoji: '👍' });
  const [reaction] = heard(lab).value.messages;
  assert.deepEqual(reaction.reaction, { message_id: messages[0].id, emoji: '👍' });
  await react({ messageId: messages[0].id, emoji: '👍', remove: true });
  assert.deepEqual(heard(lab).value.messages[0].reaction, { message_id: messages[0].id });
  const sent = (await lab.text({ From: sender, To: handset, Body: 'Reply STOP' })).json as { sid: string };
  for (const [more, words] of [
    [{ emoji: '👍' }, 'Liked “Reply STOP”'],
    [{ emoji: '❤️', phone: 'iPhone', remove: true }, 'Removed a heart from “Reply STOP”'],
    [{ emoji: '🎉' }, 'Reacted 🎉 to “Reply STOP”'],
    [{ emoji: '👍', phone: 'android' }, '👍 to “Reply STOP”'],
  ] as const) {
    assert.equal((await react({ messageId: sent.sid, ...more })).status, 201);
    const text = lab.customer.received.findLast(({ url }) => url === '/in');
    assert.equal(new URLSearchParams(text?.body).get('Body'), words);
  }
  // A reaction that quotes STOP is none.
  assert.equal((await lab.text({ From: sender, To: handset, Body: 'Hi' })).status, 201);
  assert.equal((await react({ messageId: 'SM0', emoji: '👍' })).status, 404);
});

test('a number that is not verified is not registered, and ten tries to register are taken in 72 hours', async (t) => {
  const lab = await startBusiness(t);
  await lab.call('PUT', `/phone-numbers/${number}`, { registered: false, verified: false });
  const register = () =>
    json(lab, 'POST', `${pn}/register`, { messaging_product: 'whatsapp', pin: '314159' });
  assert.equal((await register()).error.code, 133006);
  await lab.call('PUT', `/phone-numbers/${number}`, { verified: true });
  for (let tries = 0; tries < 9; tries++) assert.deepEqual(await register(), { success: true });
  assert.equal((await register()).error.code, 133016);
  lab.pass(73 * 3_600_000);
  assert.deepEqual(await register(), { success: true });
  await lab.call('PUT', `/phone-numbers/${number}`, { standing: { quality_rating: 'RED' } });
  assert.equal((await json(lab, 'GET', `${pn}?fields=quality_rating`)).quality_rating, 'RED');
  assert.equal((await lab.call('PUT', '/phone-numbers/1', {})).status, 404);
});

test('ice breakers and commands are kept, and what they may not hold is refused', async (t) => {
  const lab = await startBusiness(t);
  const set = (body: object) => json(lab, 'POST', `${pn}/conversational_automation`, body);
  const commands = [{ command_name: 'order', command_description: 'Where my order is' }];
  assert.deepEqual(await set({ prompts: ['When are you open?'], commands }), { success: true });
  for (const wrong of [
    { prompts: ['1', '2', '3', '4', '5'] },
    { prompts: ['x'.repeat(81)] },
    { prompts: ['Hi 👋'] },
    { commands: [{ command_name: 'my order', command_description: 'x' }] },
    { commands: [...commands, ...commands] },
    { colour: 'red' },
  ])
    assert.equal((await set(wrong)).error.code, 100, JSON.stringify(wrong));
  await lab.restart();
  const { conversational_automation: kept } = await json(
    lab,
    'GET',
    `${pn}?fields=conversational_automation`,
  );
  assert.deepEqual([kept.prompts, kept.commands], [['When are you open?'], commands]);
});

test('the badge is applied for once at a time', async (t) => {
  const lab = await startBusiness(t);
  const badge = `${pn}/official_business_account`;
  const ask = (action: string) => json(lab, 'POST', badge, { action });
  assert.equal((await json(lab, 'GET', badge)).oba_status, 'NOT_STARTED');
  assert.equal((await ask('WITHDRAW_APPLICATION')).error.code, 100);
  assert.deepEqual(await ask('SUBMIT_APPLICATION'), { success: true });
  assert.equal((await ask('SUBMIT_APPLICATION')).error.code, 100);
  assert.equal((await json(lab, 'GET', badge)).oba_status, 'PENDING');
});

test('a token tells what it may; a proof of another secret is refused; numbers come a page at a time', async (t) => {
  const lab = await startBusiness(t);
  const more = Array.from({ length: 2 }, (_, place) => ({
    id: `55500020${place}`,
    displayNumber: `+1415555020${place}`,
  }));
  await lab.call('PUT', `/businesses/${waba}`, {
    ...{ appSecret: 'app-secret', verifyToken: 'verify', accessToken: token },
    ...{ webhookUrl: `${lab.customer.url}/meta`, phoneNumbers: more },
  });
  const { data } = await json(lab, 'GET', `/v23.0/debug_token?input_token=${token}`);
  assert.equal(data.is_valid, true);
  assert.ok(data.scopes.includes('whatsapp_business_messaging'));
  assert.equal((await json(lab, 'GET', '/v23.0/debug_token?input_token=other')).data.is_valid, false);
  const proof = createHmac('sha256', 'app-secret').update(token).digest('hex');
  const path = `/v23.0/${waba}?fields=id&appsecret_proof=`;
  assert.equal((await json(lab, 'GET', path + proof)).id, waba);
  assert.equal((await json(lab, 'GET', `${path}0${proof.slice(1)}0`)).error.code, 100);
  // What was there before stays: nobody has given it up.
  const list = `/v23.0/${waba}/phone_numbers?fields=id&limit=2`;
  const first = await json(lab, 'GET', list);
  assert.equal(first.data.length, 2);
  assert.ok(first.paging.next);
  const last = await json(lab, 'GET', `${list}&after=${first.paging.cursors.after}`);
  assert.deepEqual([last.data, last.paging.next], [[{ id: number }], undefined]);
});

test('an app is subscribed with an address that echoes the challenge, and told nothing once it is taken off', async (t) => {
  const lab = await startBusiness(t);
  const apps = `/v23.0/${waba}/subscribed_apps`;
  const subscribe = (address: string) =>
    json(lab, 'POST', apps, { override_callback_uri: address, verify_token: 'mine' });
  assert.equal((await subscribe('http://127.0.0.1:9/nobody')).error.code, 2200);
  assert.deepEqual(await subscribe(`${lab.customer.url}/mine`), { success: true });
  assert.equal((await json(lab, 'GET', apps)).data[0].override_callback_uri, `${lab.customer.url}/mine`);
  await writes(lab);
  assert.equal(lab.customer.received.at(-1)?.url, '/mine');
  assert.deepEqual(await json(lab, 'DELETE', apps), { success: true });
  assert.deepEqual((await json(lab, 'GET', apps)).data, []);
  lab.customer.received.length = 0;
  await writes(lab);
  assert.equal(lab.customer.received.length, 0);
});
