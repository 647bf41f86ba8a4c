import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Lab, startLab } from './testing/lab.ts';

const number = '555000111';
const waba = '777000222';
const display = '+14155550199';
const handset = '+12125550132';

async function startBusiness(t: TestContext): Promise<Lab> {
  const lab = await startLab(t);
  await lab.call('PUT', `/businesses/${waba}`, {
    ...{ appSecret: 'app-secret', verifyToken: 'verify', webhookUrl: `${lab.customer.url}/meta` },
    phoneNumbers: [{ id: number, displayNumber: display }],
  });
  return lab;
}

const thread = `/handsets/${encodeURIComponent(handset)}`;

/** The message that the business was told of last. */
function heard(lab: Lab): Record<string, unknown> {
  const bodies = lab.customer.received.map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
  return bodies.findLast((value) => value.messages)?.messages[0];
}

async function does(lab: Lab, deed: object): Promise<Record<string, unknown>> {
  const { status, json } = await lab.call('POST', `${thread}/messages`, { to: number, ...deed });
  assert.equal(status, 201, JSON.stringify(json));
  return heard(lab);
}

async function sends(lab: Lab, interactive: object): Promise<string> {
  const post = { messaging_product: 'whatsapp', to: handset, type: 'interactive', interactive };
  const { json } = await lab.call('POST', `/v23.0/${number}/messages`, post, 'token');
  const [message] = (json as { messages: { id: string }[] }).messages;
  assert.ok(message, JSON.stringify(json));
  return message.id;
}

test('a person answers in every kind, and the business hears it in Meta’s form', async (t) => {
  const lab = await startBusiness(t);
  const place = { latitude: 48.1, longitude: 11.5, name: 'Home' };
  const cards = [{ name: { formatted_name: 'Zoe', first_name: 'Zoe' }, phones: [{ phone: '+1' }] }];
  const item = { productId: 'p', quantity: 2, price: 9.5, currency: 'EUR' };
  const link = 'https://a.example/';
  const kinds: [deed: object, told: object][] = [
    [{ location: place }, { type: 'location', location: place }],
    [{ contacts: cards }, { type: 'contacts', contacts: cards }],
    [
      { order: { catalogId: 'c', text: 'Soon', items: [item] } },
      {
        type: 'order',
        order: {
          catalog_id: 'c',
          text: 'Soon',
          product_items: [{ product_retailer_id: 'p', quantity: 2, item_price: 9.5, currency: 'EUR' }],
        },
      },
    ],
    [
      { flow: { response: { flow_token: 't', size: 4 } }, replyTo: 'wamid.1' },
      {
        type: 'interactive',
        context: { id: 'wamid.1' },
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t","size":4}' },
        },
      },
    ],
    [
      { edit: { messageId: 'wamid.2', body: 'Now' } },
      {
        type: 'edit',
        edit: { original_message_id: 'wamid.2', message: { type: 'text', text: { body: 'Now' } } },
      },
    ],
    [{ revoke: { messageId: 'wamid.2' } }, { type: 'revoke', revoke: { original_message_id: 'wamid.2' } }],
    [
      { media: [`${link}a.ogg`], as: 'voice' },
      { type: 'audio', audio: { voice: true } },
    ],
    [
      { media: [`${link}a.webp`], as: 'sticker' },
      { type: 'sticker', sticker: { animated: false } },
    ],
    [{ media: [`${link}a.pdf`] }, { type: 'document', document: { filename: 'a.pdf' } }],
    [
      { body: 'Hi', referral: { source_type: 'ad', source_id: '1' }, isForwarded: true },
      { type: 'text', referral: { source_type: 'ad', source_id: '1' }, context: { forwarded: true } },
    ],
  ];
  for (const [deed, told] of kinds) assert.partialDeepStrictEqual(await does(lab, deed), told);
});

test('a person presses buttons and chooses rows that a message has, and no others', async (t) => {
  const lab = await startBusiness(t);
  await does(lab, { body: 'Hello' });
  const body = { text: 'Which?' };
  const presses = async (messageId: string, title: string) => {
    const { status, json } = await lab.call('POST', `${thread}/presses`, { messageId, title });
    return status === 201 ? heard(lab) : (json as { error: string; message: string });
  };
  const asked = await sends(lab, {
    ...{ type: 'button', body },
    action: { buttons: [{ type: 'reply', reply: { id: 'r', title: 'Red' } }] },
  });
  assert.partialDeepStrictEqual(await presses(asked, 'Red'), {
    context: { id: asked },
    interactive: { type: 'button_reply', button_reply: { id: 'r', title: 'Red' } },
  });
  assert.partialDeepStrictEqual(await presses(asked, 'Green'), {
    error: 'UnknownButton',
    message: 'title: the message has no such button; it has Red',
  });
  assert.partialDeepStrictEqual(await presses('wamid.none', 'Red'), { error: 'UnknownMessage' });
  const listed = await sends(lab, {
    ...{ type: 'list', body },
    action: { button: 'Choose', sections: [{ rows: [{ id: 's', title: 'Small', description: '36' }] }] },
  });
  assert.partialDeepStrictEqual(await presses(listed, 'Small'), {
    interactive: { type: 'list_reply', list_reply: { id: 's', title: 'Small', description: '36' } },
  });
  const card = (place: number) => ({
    ...{ card_index: place, type: 'cta_url' },
    header: { type: 'image', image: { link: 'https://a.example/a.png' } },
    action: { buttons: [{ type: 'quick_reply', quick_reply: { id: `${place}`, title: `Take ${place}` } }] },
  });
  const shown = await sends(lab, { ...{ type: 'carousel', body }, action: { cards: [card(0), card(1)] } });
  assert.partialDeepStrictEqual(await presses(shown, 'Take 1'), {
    interactive: { button_reply: { id: '1', title: 'Take 1' } },
  });
  const { json } = await lab.call('GET', `${thread}/messages`);
  const { messages } = json as { messages: { id: string; rendered?: { buttons: { text: string }[] } }[] };
  const buttons = messages.find(({ id }) => id === shown)?.rendered?.buttons.map(({ text }) => text);
  assert.deepEqual(buttons, ['Take 0', 'Take 1']);
});

test('what a person changes or takes back opens no session', async (t) => {
  const lab = await startBusiness(t);
  await does(lab, { edit: { messageId: 'wamid.2', body: 'Now' } });
  const post = { messaging_product: 'whatsapp', to: handset, type: 'text', text: { body: 'Hi' } };
  const { json } = await lab.call('POST', `/v23.0/${number}/messages`, post, 'token');
  assert.equal((json as { error?: { code: number } }).error?.code, 131047);
});
