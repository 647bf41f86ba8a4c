import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { startLab } from './testing/lab.ts';

const phoneNumberId = '555000111';
const waba = '777000222';
const handset = '+12125550132';
const file = { link: 'https://shop.example/a.png' };

test('a client of the Cloud API that others wrote sends every kind of message that it knows', async (t) => {
  const lab = await startLab(t);
  await lab.call('PUT', '/behaviour', { mps: null });
  await lab.call('PUT', `/businesses/${waba}`, {
    ...{ appSecret: 'app-secret', verifyToken: 'verify', webhookUrl: `${lab.customer.url}/meta` },
    phoneNumbers: [{ id: phoneNumberId, displayNumber: '+14155550199' }],
  });
  const path = `/handsets/${encodeURIComponent(handset)}/messages`;
  const { json } = await lab.call('POST', path, { to: phoneNumberId, body: 'Hello' });
  const { message: written } = json as { message: { id: string } };
  const layout = { type: 'SingleColumnLayout', children: [{ type: 'Footer' }] };
  const flow = await lab.call(
    'POST',
    `/v23.0/${waba}/flows`,
    {
      ...{ name: 'sign_up', categories: ['SIGN_UP'], publish: true },
      flow_json: JSON.stringify({ version: '7.0', screens: [{ id: 'ONE', title: 'One', layout }] }),
    },
    'token',
  );
  const { id: flowId } = flow.json as { id: string };
  const client = new WhatsAppClient({ accessToken: 'token', baseUrl: lab.simulator.url });
  const { messages } = client;
  const to = { phoneNumberId, to: handset };
  const asked = { ...to, bodyText: 'Which?' };
  const address = { country: 'IN', values: { inPinCode: '110001' } };
  const cards = [0, 1].map((cardIndex) => ({
    ...{ cardIndex, header: { type: 'image' as const, image: file } },
    action: { buttons: [{ id: `card ${cardIndex}`, title: 'Take it' }] },
  }));
  const sends: [type: string, send: () => Promise<unknown>][] = [
    ['text', () => messages.sendText({ ...to, body: 'Hi', previewUrl: true })],
    ['image', () => messages.sendImage({ ...to, image: { ...file, caption: 'Look' } })],
    ['video', () => messages.sendVideo({ ...to, video: file })],
    ['audio', () => messages.sendAudio({ ...to, audio: { ...file, voice: true } })],
    ['document', () => messages.sendDocument({ ...to, document: { ...file, filename: 'a.pdf' } })],
    ['sticker', () => messages.sendSticker({ ...to, sticker: file })],
    ['location', () => messages.sendLocation({ ...to, location: { latitude: 48.1, longitude: 11.5 } })],
    [
      'contacts',
      () =>
        messages.sendContacts({ ...to, contacts: [{ name: { formattedName: 'Ana', firstName: 'Ana' } }] }),
    ],
    ['reaction', () => messages.sendReaction({ ...to, reaction: { messageId: written.id, emoji: '👍' } })],
    ['button', () => messages.sendInteractiveButtons({ ...asked, buttons: [{ id: 'y', title: 'Yes' }] })],
    [
      'list',
      () =>
        messages.sendInteractiveList({
          ...{ ...asked, buttonText: 'Choose' },
          sections: [{ title: 'All', rows: [{ id: 's', title: 'Small', description: '36' }] }],
        }),
    ],
    [
      'cta_url',
      () =>
        messages.sendInteractiveCtaUrl({
          ...asked,
          parameters: { displayText: 'Open', url: 'https://shop.example' },
        }),
    ],
    [
      'location_request_message',
      () => messages.sendInteractiveLocationRequest({ ...asked, parameters: { requestMessage: 'Where?' } }),
    ],
    ['address_message', () => messages.sendInteractiveAddress({ ...asked, parameters: address })],
    [
      'flow',
      () =>
        messages.sendInteractiveFlow({
          ...asked,
          parameters: {
            ...{ flowId, flowCta: 'Open', flowToken: 't', flowAction: 'navigate' },
            flowActionPayload: { screen: 'ONE' },
          },
        }),
    ],
    ['product', () => messages.sendInteractiveProduct({ ...asked, catalogId: 'c', productRetailerId: 'p' })],
    [
      'product_list',
      () =>
        messages.sendInteractiveProductList({
          ...{ ...asked, header: { type: 'text', text: 'New' }, catalogId: 'c' },
          sections: [{ title: 'All', productItems: [{ productRetailerId: 'p' }] }],
        }),
    ],
    ['catalog_message', () => messages.sendInteractiveCatalogMessage({ ...asked, parameters: {} })],
    ['carousel', () => messages.sendInteractiveCarousel({ ...asked, cards })],
  ];
  for (const [type, send] of sends) {
    const sent = (await send()) as { messages: { id: string }[] };
    const entry = (await lab.ledger({ limit: '1000' })).find(({ id }) => id === sent.messages[0]?.id);
    assert.ok(entry?.wire === 'meta', type);
    const { type: kind } = (entry.content ?? {}) as { type?: string };
    assert.equal(entry.type === 'interactive' ? kind : entry.type, type);
  }
  const quoting = { ...to, body: 'Yes', contextMessageId: written.id };
  const { messages: quoted } = await messages.sendText(quoting);
  const last = (await lab.ledger({ limit: '1000' })).find(({ id }) => id === quoted[0]?.id);
  assert.ok(last?.wire === 'meta');
  assert.equal(last.replyTo, written.id);
  const read = { phoneNumberId, messageId: written.id, typingIndicator: { type: 'text' as const } };
  assert.deepEqual(await messages.markRead(read), { success: true });
  await assert.rejects(
    messages.sendInteractiveRaw({
      ...to,
      interactive: { type: 'button', body: { text: 'Which?' }, action: { buttons: [] } },
    }),
    { code: 131009 },
  );
});
