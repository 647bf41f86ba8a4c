import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseWebhook } from './webhook.ts';

const now = new Date('2026-03-01T12:00:00Z');
const at = new Date(1_770_000_000_000);
const timestamp = '1770000000';
const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' };

const post = (field: string, value: unknown, time?: number) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: 'WABA1', ...(time === undefined ? {} : { time }), changes: [{ field, value }] }],
});

const status = (more: Record<string, unknown>) =>
  post('messages', {
    metadata,
    statuses: [{ id: 'wamid.1', timestamp, biz_opaque_callback_data: 'msg_1', ...more }],
  });

/** The one inbound message of a post with these contacts and this message. */
function inboundOf(
  message: Record<string, unknown>,
  contacts: unknown[] = [{ wa_id: '14155550132', user_id: 'US.1' }],
) {
  const value = {
    metadata,
    contacts,
    messages: [{ id: 'wamid.in', timestamp, from: '14155550132', ...message }],
  };
  const contents = parseWebhook(post('messages', value), now);
  assert.equal(contents.inbound.length, 1);
  return contents.inbound[0]!;
}

test('sent, delivered and read are receipts with our reference; a played voice message was read', () => {
  for (const [word, expected] of [
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
  ]) {
    const { receipts, unknown } = parseWebhook(
      status({ status: word, pricing: { category: 'brand_new' } }),
      now,
    );
    assert.deepEqual(receipts, [{ reference: 'msg_1', providerMessageId: 'wamid.1', status: expected, at }]);
    assert.equal(unknown, 0);
  }
});

test('a failure has its code and what Meta says of it', () => {
  const errors = [{ code: 131026, title: 't', message: 'm', error_data: { details: 'not reachable' } }];
  const { receipts } = parseWebhook(status({ status: 'failed', errors }), now);
  assert.equal(receipts[0]?.status, 'failed');
  assert.equal(receipts[0]?.code, '131026');
  assert.equal(receipts[0]?.detail, 'not reachable');
});

test('a receipt without our reference is still found by its id; a new status word is only counted', () => {
  const bare = parseWebhook(status({ status: 'sent', biz_opaque_callback_data: undefined }), now);
  assert.equal(bare.receipts[0]?.reference, '');
  assert.equal(bare.receipts[0]?.providerMessageId, 'wamid.1');
  const odd = parseWebhook(status({ status: 'teleported' }), now);
  assert.deepEqual([odd.receipts.length, odd.unknown], [0, 1]);
});

test('many entries and changes in one post are all read', () => {
  const one = status({ status: 'sent' });
  const two = status({ status: 'delivered' });
  const both = { object: one.object, entry: [...one.entry, ...two.entry] };
  assert.deepEqual(
    parseWebhook(both, now).receipts.map((receipt) => receipt.status),
    ['sent', 'delivered'],
  );
});

test('a text comes with phone, user id, name and what it answers', () => {
  const inbound = inboundOf(
    { type: 'text', text: { body: 'Hello' }, context: { id: 'wamid.1', from: '15550783881' } },
    [{ wa_id: '14155550132', user_id: 'US.1', profile: { name: 'Ana', username: '@ana' } }],
  );
  assert.deepEqual(inbound, {
    wire: 'meta',
    providerMessageId: 'wamid.in',
    to: '106540352242922',
    from: { phone: '+14155550132', whatsAppUserId: 'US.1', profileName: 'Ana' },
    body: 'Hello',
    media: [],
    inReplyTo: 'wamid.1',
    at,
  });
});

test('a person who shows no number is known by user id alone', () => {
  const inbound = inboundOf({ type: 'text', text: { body: 'Hi' }, from: undefined }, [
    { user_id: 'US.13491208655302741918', profile: { name: 'Ana' } },
  ]);
  assert.deepEqual(inbound.from, { whatsAppUserId: 'US.13491208655302741918', profileName: 'Ana' });
});

test('taps on buttons and lists are their words, with what was behind them', () => {
  const button = inboundOf({ type: 'button', button: { text: 'Stop', payload: 'STOP_ALL' } });
  assert.deepEqual([button.body, button.payload], ['Stop', 'STOP_ALL']);
  const reply = { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } };
  const tapped = inboundOf({ type: 'interactive', interactive: reply });
  assert.deepEqual([tapped.body, tapped.payload], ['Yes', 'b1']);
  const list = { type: 'list_reply', list_reply: { id: 'r1', title: 'Blue', description: 'd' } };
  assert.equal(inboundOf({ type: 'interactive', interactive: list }).body, 'Blue');
  const flow = { type: 'nfm_reply', nfm_reply: { body: 'Sent', response_json: '{"a":1}' } };
  const filled = inboundOf({ type: 'interactive', interactive: flow });
  assert.deepEqual([filled.body, filled.payload], ['Sent', '{"a":1}']);
});

test('media, reactions, places and cards are read; a kind not known yet keeps the session open', () => {
  const image = inboundOf({ type: 'image', image: { id: 'm1', mime_type: 'image/jpeg', caption: 'look' } });
  assert.deepEqual([image.body, image.media], ['look', [{ id: 'm1', contentType: 'image/jpeg' }]]);
  const reaction = inboundOf({ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } });
  assert.deepEqual([reaction.body, reaction.inReplyTo], ['👍', 'wamid.1']);
  const place = inboundOf({ type: 'location', location: { latitude: 1.5, longitude: -2, name: 'Home' } });
  assert.equal(place.body, 'Home\n1.5,-2');
  const card = inboundOf({
    type: 'contacts',
    contacts: [{ name: { formatted_name: 'Zoe' }, phones: [{ phone: '+1' }] }],
  });
  assert.equal(card.body, 'Zoe +1');
  const hologram = inboundOf({ type: 'hologram', hologram: { depth: 3 } });
  assert.deepEqual([hologram.body, hologram.content], ['', { kind: 'unsupported', type: 'hologram' }]);
});

test('every kind of answer is known by its kind, with what it holds', () => {
  const contentOf = (message: Record<string, unknown>) => inboundOf(message).content;
  const interactive = (type: string, reply: object) => ({
    type: 'interactive',
    interactive: { type, [type]: reply },
  });
  const kinds: [message: Record<string, unknown>, content: object | undefined][] = [
    [{ type: 'text', text: { body: 'Hi' } }, undefined],
    [
      { type: 'button', button: { text: 'Stop', payload: 'S' } },
      { kind: 'buttonReply', id: 'S', title: 'Stop' },
    ],
    [interactive('button_reply', { id: 'b', title: 'Yes' }), { kind: 'buttonReply', id: 'b', title: 'Yes' }],
    [
      interactive('list_reply', { id: 'r', title: 'Blue', description: 'Dark' }),
      { kind: 'listReply', id: 'r', title: 'Blue', description: 'Dark' },
    ],
    [
      interactive('nfm_reply', { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t","size":4}' }),
      { kind: 'flow', name: 'flow', response: { flow_token: 't', size: 4 } },
    ],
    [interactive('call_permission_reply', { response: 'accept' }), { kind: 'callPermission', mayCall: true }],
    [
      { type: 'location', location: { latitude: 1.5, longitude: -2, name: 'Home' } },
      { kind: 'location', latitude: 1.5, longitude: -2, name: 'Home' },
    ],
    [
      {
        type: 'contacts',
        origin: 'contact_request',
        contacts: [{ name: { formatted_name: 'Zoe' }, phones: [{ phone: '+1' }] }],
      },
      { kind: 'contacts', contacts: [{ name: 'Zoe', phones: ['+1'] }], isOwn: true },
    ],
    [
      {
        type: 'order',
        order: {
          catalog_id: 'c',
          text: 'Soon, please',
          product_items: [{ product_retailer_id: 'p', quantity: 2, item_price: 9.5, currency: 'EUR' }],
        },
      },
      {
        kind: 'order',
        catalogId: 'c',
        items: [{ productId: 'p', quantity: 2, price: 9.5, currency: 'EUR' }],
      },
    ],
    [
      { type: 'reaction', reaction: { message_id: 'wamid.1' } },
      { kind: 'reaction', messageId: 'wamid.1', emoji: null },
    ],
    [
      { type: 'audio', audio: { id: 'm', mime_type: 'audio/ogg', voice: true } },
      { kind: 'media', type: 'audio', isVoice: true },
    ],
    [
      { type: 'document', document: { id: 'm', mime_type: 'application/pdf', filename: 'a.pdf' } },
      { kind: 'media', type: 'document', filename: 'a.pdf' },
    ],
    [
      {
        type: 'edit',
        edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body: 'Now' } } },
      },
      { kind: 'edit', messageId: 'wamid.1' },
    ],
    [
      { type: 'revoke', revoke: { original_message_id: 'wamid.1' } },
      { kind: 'revoke', messageId: 'wamid.1' },
    ],
    [
      { type: 'unsupported', unsupported: { type: 'poll_creation' } },
      { kind: 'unsupported', type: 'poll_creation' },
    ],
  ];
  for (const [message, content] of kinds)
    assert.deepEqual(contentOf(message), content, JSON.stringify(message));
});

test('the ad that led somebody here comes with what they wrote', () => {
  const ad = { source_type: 'ad', source_id: '120', source_url: 'https://fb.me/x', headline: 'Shoes' };
  const written = inboundOf({ type: 'text', text: { body: 'Hi' }, referral: { ...ad, ctwa_clid: 'clid' } });
  assert.deepEqual(written.referral, {
    ...{
      sourceType: 'ad',
      sourceId: '120',
      sourceUrl: 'https://fb.me/x',
      headline: 'Shoes',
      clickId: 'clid',
    },
  });
});

test('a notice that a number was given up is read, in the forms of all versions; nobody wrote it', () => {
  const change = { body: 'User A changed from 14155550132 to 14155550133', wa_id: '14155550133' };
  const messages = [
    {
      ...{ id: 'wamid.s', from: '14155550132', timestamp: '1764374400', type: 'system' },
      system: { ...change, type: 'user_changed_number' },
    },
    { id: 'wamid.i', from: '14155550132', type: 'system', system: { type: 'customer_identity_changed' } },
    {
      id: 'wamid.u',
      from_user_id: 'US.1',
      type: 'system',
      system: { type: 'user_changed_user_id', user_id: 'US.2' },
    },
  ];
  const { inbound, accountChanges, unknown } = parseWebhook(post('messages', { metadata, messages }), now);
  assert.deepEqual([inbound.length, unknown], [0, 0]);
  assert.deepEqual(
    accountChanges.map(({ kind, phone, whatsAppUserId, body }) => [kind, phone ?? whatsAppUserId, body]),
    [
      ['number', '+14155550132', change.body],
      ['identity', '+14155550132', 'WhatsApp: customer identity changed, +14155550132'],
      ['userId', 'US.1', 'WhatsApp: user changed user id, US.1 to US.2'],
    ],
  );
});

test('notices of unknown kinds and messages of nobody are counted, not read', () => {
  const messages = [
    { id: 'wamid.s', from: '14155550132', type: 'system', system: { type: 'user_grew_wings' } },
    { id: 'wamid.n', type: 'text', text: { body: 'x' } },
  ];
  const contents = parseWebhook(post('messages', { metadata, messages, errors: [{ code: 1 }] }), now);
  assert.deepEqual([contents.inbound.length, contents.accountChanges.length, contents.unknown], [0, 0, 3]);
});

test('a wish to stop marketing is read, by number or by user id', () => {
  const value = {
    metadata,
    user_preferences: [
      {
        wa_id: '14155550132',
        category: 'marketing_messages',
        value: 'stop',
        detail: 'User requested',
        timestamp,
      },
      { user_id: 'US.1', category: 'marketing_messages', value: 'resume', timestamp: 1770000000 },
      { wa_id: '14155550132', value: 'maybe' },
    ],
  };
  const { preferences, unknown } = parseWebhook(post('user_preferences', value), now);
  const common = { phoneNumberId: '106540352242922', category: 'marketing_messages', at };
  assert.deepEqual(preferences, [
    { ...common, phone: '+14155550132', value: 'stop', detail: 'User requested' },
    { ...common, whatsAppUserId: 'US.1', value: 'resume' },
  ]);
  assert.equal(unknown, 1);
});

test("news of a template's status, quality and category is read", () => {
  const template = {
    message_template_id: 12345,
    message_template_name: 'spring_sale',
    message_template_language: 'en_US',
  };
  const read = (field: string, more: Record<string, unknown>) =>
    parseWebhook(post(field, { ...template, ...more }, 1_770_000_000), now).templates[0];
  const identity = {
    heldBy: { businessAccountId: 'WABA1' },
    templateId: '12345',
    name: 'spring_sale',
    language: 'en_US',
    at,
  };
  assert.deepEqual(read('message_template_status_update', { event: 'APPROVED', reason: 'NONE' }), {
    ...identity,
    kind: 'status',
    status: 'APPROVED',
  });
  assert.deepEqual(read('message_template_status_update', { event: 'REJECTED', reason: 'ABUSIVE_CONTENT' }), {
    ...identity,
    kind: 'status',
    status: 'REJECTED',
    reason: 'ABUSIVE_CONTENT',
  });
  assert.deepEqual(
    read('message_template_quality_update', { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' }),
    { ...identity, kind: 'quality', quality: 'YELLOW', previousQuality: 'GREEN' },
  );
  assert.deepEqual(
    read('template_category_update', {
      new_category: 'UTILITY',
      correct_category: 'MARKETING',
      category_update_timestamp: 1_770_000_000,
    }),
    {
      ...{ ...identity, kind: 'category', category: 'MARKETING', previousCategory: 'UTILITY' },
      ...{ isAnnounced: true, effectiveAt: at },
    },
  );
  assert.deepEqual(
    read('template_category_update', { previous_category: 'UTILITY', new_category: 'MARKETING' }),
    {
      ...identity,
      kind: 'category',
      category: 'MARKETING',
      previousCategory: 'UTILITY',
      isAnnounced: false,
    },
  );
  assert.partialDeepStrictEqual(
    read('message_template_status_update', {
      ...{ event: 'REJECTED', reason: 'INVALID_FORMAT' },
      rejection_info: { reason: 'The link is not whole', recommendation: 'Write the whole address.' },
    }),
    { reason: 'INVALID_FORMAT', advice: 'The link is not whole. Write the whole address.' },
  );
});

test('fields and shapes nobody told us of never throw', () => {
  assert.equal(parseWebhook(post('brand_new_field', { a: 1 }), now).unknown, 1);
  fc.assert(fc.property(fc.jsonValue(), (payload) => void parseWebhook(payload, now)));
  const field = fc.constantFrom('messages', 'user_preferences', 'message_template_status_update', 'x');
  const key = fc.constantFrom('metadata', 'contacts', 'messages', 'statuses', 'user_preferences', 'errors');
  const part = fc.oneof(
    fc.jsonValue(),
    fc.array(fc.dictionary(fc.constantFrom('id', 'type', 'from', 'status'), fc.jsonValue())),
  );
  fc.assert(
    fc.property(field, fc.dictionary(key, part), (name, value) => void parseWebhook(post(name, value), now)),
  );
});
