import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionMessage } from '../whatsapp-message.ts';
import { sessionBody } from './session-body.ts';

/** What goes over the wire, where what is undefined is left out. */
const sent = (message: SessionMessage): unknown => JSON.parse(JSON.stringify(sessionBody(message)));

const interactive = (type: string, action: object, more: object = {}) => ({
  type: 'interactive',
  interactive: { type, body: { text: 'Which?' }, ...more, action },
});

const file = { link: 'https://a.example/a.png' };

const pairs: [SessionMessage, object][] = [
  [
    { type: 'text', body: 'Hi' },
    { type: 'text', text: { body: 'Hi', preview_url: false } },
  ],
  [
    { type: 'image', file: { id: '1' }, caption: 'Look' },
    { type: 'image', image: { id: '1', caption: 'Look' } },
  ],
  [
    { type: 'video', file },
    { type: 'video', video: file },
  ],
  [
    { type: 'audio', file: { id: '1' }, voice: true },
    { type: 'audio', audio: { id: '1', voice: true } },
  ],
  [
    { type: 'document', file, filename: 'a.pdf', caption: 'Bill' },
    { type: 'document', document: { ...file, filename: 'a.pdf', caption: 'Bill' } },
  ],
  [
    { type: 'sticker', file },
    { type: 'sticker', sticker: file },
  ],
  [
    { type: 'location', latitude: 48.1, longitude: 11.5, name: 'Shop' },
    { type: 'location', location: { latitude: 48.1, longitude: 11.5, name: 'Shop' } },
  ],
  [
    {
      type: 'contacts',
      contacts: [
        {
          name: { formattedName: 'Ana Lima', firstName: 'Ana' },
          phones: [{ phone: '+1 212 555 0177', type: 'WORK', waId: '12125550177' }],
          addresses: [{ street: '1 Way', countryCode: 'us' }],
        },
      ],
    },
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Ana Lima', first_name: 'Ana' },
          phones: [{ phone: '+1 212 555 0177', type: 'WORK', wa_id: '12125550177' }],
          addresses: [{ street: '1 Way', country_code: 'us' }],
        },
      ],
    },
  ],
  [
    { type: 'reaction', messageId: 'wamid.1', emoji: '👍' },
    { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } },
  ],
  [
    {
      type: 'button',
      header: { kind: 'document', file, filename: 'a.pdf' },
      body: 'Which?',
      footer: 'Shop',
      buttons: [{ id: 'a', title: 'A' }],
    },
    interactive(
      'button',
      { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
      {
        header: { type: 'document', document: { ...file, filename: 'a.pdf' } },
        footer: { text: 'Shop' },
      },
    ),
  ],
  [
    {
      type: 'list',
      header: { kind: 'text', text: 'Sizes' },
      body: 'Which?',
      label: 'Choose',
      sections: [{ title: 'All', rows: [{ id: 's', title: 'Small', description: '36' }] }],
    },
    interactive(
      'list',
      {
        button: 'Choose',
        sections: [{ title: 'All', rows: [{ id: 's', title: 'Small', description: '36' }] }],
      },
      { header: { type: 'text', text: 'Sizes' } },
    ),
  ],
  [
    { type: 'ctaUrl', body: 'Which?', label: 'Open', url: 'https://a.example' },
    interactive('cta_url', {
      name: 'cta_url',
      parameters: { display_text: 'Open', url: 'https://a.example' },
    }),
  ],
  [
    { type: 'locationRequest', body: 'Which?' },
    interactive('location_request_message', { name: 'send_location' }),
  ],
  [
    {
      type: 'addressRequest',
      body: 'Which?',
      country: 'IN',
      values: { inPinCode: '110001' },
      savedAddresses: [{ id: '1', value: { buildingName: 'B' } }],
    },
    interactive('address_message', {
      name: 'address_message',
      parameters: {
        country: 'IN',
        values: { in_pin_code: '110001' },
        saved_addresses: [{ id: '1', value: { building_name: 'B' } }],
      },
    }),
  ],
  [
    {
      type: 'flow',
      body: 'Which?',
      label: 'Open',
      flow: { id: '9' },
      token: 't',
      isDraft: true,
      action: { type: 'navigate', screen: 'ONE', data: { keepMe: 1 } },
    },
    interactive('flow', {
      name: 'flow',
      parameters: {
        flow_message_version: '3',
        flow_id: '9',
        flow_cta: 'Open',
        flow_token: 't',
        mode: 'draft',
        flow_action: 'navigate',
        flow_action_payload: { screen: 'ONE', data: { keepMe: 1 } },
      },
    }),
  ],
  [
    { type: 'product', catalogId: 'c', productId: 'p' },
    {
      type: 'interactive',
      interactive: { type: 'product', action: { catalog_id: 'c', product_retailer_id: 'p' } },
    },
  ],
  [
    {
      type: 'productList',
      header: { kind: 'text', text: 'New' },
      body: 'Which?',
      catalogId: 'c',
      sections: [{ title: 'All', productIds: ['p'] }],
    },
    interactive(
      'product_list',
      { catalog_id: 'c', sections: [{ title: 'All', product_items: [{ product_retailer_id: 'p' }] }] },
      { header: { type: 'text', text: 'New' } },
    ),
  ],
  [
    { type: 'catalog', body: 'Which?', thumbnailProductId: 'p' },
    interactive('catalog_message', {
      name: 'catalog_message',
      parameters: { thumbnail_product_retailer_id: 'p' },
    }),
  ],
  [
    {
      type: 'carousel',
      body: 'Which?',
      cards: [
        {
          header: { kind: 'image', file },
          body: 'One',
          action: { type: 'link', label: 'Open', url: 'https://a.example' },
        },
        {
          header: { kind: 'video', file },
          action: { type: 'replies', buttons: [{ id: 'b', title: 'B' }] },
        },
      ],
    },
    interactive('carousel', {
      cards: [
        {
          card_index: 0,
          type: 'cta_url',
          header: { type: 'image', image: file },
          body: { text: 'One' },
          action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://a.example' } },
        },
        {
          card_index: 1,
          type: 'cta_url',
          header: { type: 'video', video: file },
          action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'b', title: 'B' } }] },
        },
      ],
    }),
  ],
  [
    { type: 'productCarousel', body: 'Which?', catalogId: 'c', productIds: ['p', 'q'] },
    interactive('carousel', {
      cards: ['p', 'q'].map((id, index) => ({
        card_index: index,
        type: 'product',
        action: { catalog_id: 'c', product_retailer_id: id },
      })),
    }),
  ],
];

test("every kind of message goes in Meta's form", () => {
  for (const [message, expected] of pairs) assert.deepEqual(sent(message), expected, message.type);
  assert.equal(new Set(pairs.map(([{ type }]) => type)).size, 20);
});
