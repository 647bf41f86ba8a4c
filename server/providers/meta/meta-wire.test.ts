import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMetaLab } from '../../testing/meta-simulator.ts';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { createExchanges } from '../exchange.ts';
import type { OutgoingMessage } from '../sending.ts';
import { startHttpProvider } from '../testing/http-provider.ts';
import { describeWireContract } from '../wire.contract.ts';
import type { MetaAccount } from './account.ts';
import { createMetaWire } from './meta-wire.ts';

const message: OutgoingMessage = {
  reference: 'msg_1',
  from: '106540352242922',
  to: '+14155550132',
  content: { kind: 'whatsAppMessage', type: 'text', body: 'Olá Ana', previewUrl: true },
};

const accountAt = (baseUrl: string): MetaAccount => ({
  id: 2,
  wire: 'meta',
  baseUrl,
  version: 'v26.0',
  businessAccountId: '102290129340398',
  accessToken: 'token',
  appSecret: 'app-secret',
  verifyToken: 'verify',
});

const taken = {
  status: 200,
  body: {
    messaging_product: 'whatsapp',
    contacts: [{ input: '+14155550132', wa_id: '14155550132' }],
    messages: [{ id: 'wamid.1', message_status: 'accepted' }],
  },
};

const error = (status: number, code: number, more: Record<string, unknown> = {}) => ({
  status,
  body: { error: { message: `(#${code})`, type: 'OAuthException', code, ...more } },
});

describeWireContract('Meta', {
  wire: createMetaWire(createExchanges(loopbackAllowed)),
  message,
  provider: () => startHttpProvider(accountAt),
  nobody: (port) => accountAt(`http://127.0.0.1:${port}`),
  accepting: taken,
  providerMessageId: 'wamid.1',
  refusals: [
    { says: 'someone not on WhatsApp', answer: error(400, 131026), errorClass: 'badAddress', code: '131026' },
    { says: 'a closed session', answer: error(400, 131047), errorClass: 'permanent', code: '131047' },
    {
      says: 'a limit of marketing to one person',
      answer: error(400, 131049),
      errorClass: 'later',
      code: '131049',
      retryAfterMs: 86_400_000,
    },
    {
      says: 'a person who stopped marketing',
      answer: error(400, 131050),
      errorClass: 'optedOut',
      code: '131050',
    },
    { says: 'a missing template', answer: error(404, 132001), errorClass: 'content', code: '132001' },
    { says: 'a dead token', answer: error(401, 190), errorClass: 'account', code: '190' },
    { says: 'a missing permission', answer: error(403, 230), errorClass: 'account', code: '230' },
    { says: 'an unregistered number', answer: error(400, 133010), errorClass: 'sender', code: '133010' },
    {
      says: 'a registration server at rest',
      answer: error(503, 133004),
      errorClass: 'transient',
      code: '133004',
    },
    {
      says: 'a rate answer',
      answer: error(429, 130429),
      errorClass: 'throttled',
      code: '130429',
      retryAfterMs: 1000,
    },
    {
      says: 'too much to one person',
      answer: error(400, 131056),
      errorClass: 'transient',
      code: '131056',
      retryAfterMs: 4000,
    },
    {
      says: 'an unknown code called transient',
      answer: error(400, 987654, { is_transient: true }),
      errorClass: 'transient',
      code: '987654',
    },
    { says: 'an unknown code', answer: error(400, 987654), errorClass: 'permanent', code: '987654' },
  ],
});

async function posted(outgoing: OutgoingMessage) {
  const provider = await startHttpProvider(accountAt);
  const wire = createMetaWire(createExchanges(loopbackAllowed));
  try {
    provider.turn({ do: 'answer', answer: taken });
    await wire.send(provider.account, outgoing, { onDeparted() {} });
    const request = provider.requests[0];
    return { request, body: JSON.parse(request?.body ?? '{}') };
  } finally {
    await wire.close?.();
    await provider.close();
  }
}

test('a fault without a code of Meta’s leaves the fate unknown: it may have taken the message before', async (t) => {
  const provider = await startHttpProvider(accountAt);
  const wire = createMetaWire(createExchanges(loopbackAllowed));
  t.after(() => Promise.all([provider.close(), wire.close?.()]));
  for (const answer of [
    { status: 500, body: 'oops' },
    { status: 503, body: '' },
    { status: 504, body: '<html>' },
  ]) {
    provider.turn({ do: 'answer', answer });
    assert.equal((await wire.send(provider.account, message, { onDeparted() {} })).outcome, 'unknown');
  }
});

test("a text goes to the number's own address with our reference", async () => {
  const { request, body } = await posted(message);
  assert.equal(request?.url, '/v26.0/106540352242922/messages');
  assert.equal(request?.headers.authorization, 'Bearer token');
  assert.deepEqual(body, {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '+14155550132',
    biz_opaque_callback_data: 'msg_1',
    type: 'text',
    text: { body: 'Olá Ana', preview_url: true },
  });
});

test('a person without a number is addressed by user id', async () => {
  const { body } = await posted({ ...message, to: 'US.13491208655302741918' });
  assert.equal(body.recipient, 'US.13491208655302741918');
  assert.equal('to' in body, false);
});

test("a template goes with its components in Meta's form", async () => {
  const { body } = await posted({
    ...message,
    content: {
      kind: 'whatsAppTemplate',
      name: 'spring_sale',
      language: 'en_US',
      preview: 'Hello Ana',
      components: [
        {
          type: 'header',
          parameters: [{ type: 'document', link: 'https://ex.am/a.pdf', filename: 'a.pdf' }],
        },
        { type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] },
        { type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: 'x1' }] },
        {
          type: 'button',
          sub_type: 'copy_code',
          index: 1,
          parameters: [{ type: 'coupon_code', coupon_code: 'SAVE' }],
        },
      ],
    },
  });
  assert.equal(body.type, 'template');
  assert.deepEqual(body.template, {
    name: 'spring_sale',
    language: { code: 'en_US' },
    components: [
      {
        type: 'header',
        parameters: [{ type: 'document', document: { link: 'https://ex.am/a.pdf', filename: 'a.pdf' } }],
      },
      { type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] },
      { type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: 'x1' }] },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: 1,
        parameters: [{ type: 'coupon_code', coupon_code: 'SAVE' }],
      },
    ],
  });
});

test('an answer names the message that it quotes', async () => {
  const { body } = await posted({
    ...message,
    content: { kind: 'whatsAppMessage', type: 'text', body: 'Yes', replyTo: 'wamid.0' },
  });
  assert.deepEqual(body.context, { message_id: 'wamid.0' });
});

test('that a message has been read is told, and that an answer is being written', async (t) => {
  const lab = await startMetaLab(t);
  const { id } = await lab.does({ body: 'Anybody there?' });
  const note = (providerMessageId: string) =>
    lab.wire.noteRead?.(lab.account, { from: lab.phoneNumberId, providerMessageId, isTyping: true });
  assert.deepEqual(await note(String(id)), { outcome: 'noted' });
  const refused = await note('wamid.nobody');
  assert.ok(refused?.outcome === 'refused');
  assert.match(refused.detail, /^131009: /);
});
