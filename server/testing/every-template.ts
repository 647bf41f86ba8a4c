/** A template of a kind, as a call writes it, with what a phone shows of it and what comes of a press. */
export interface TemplateSample {
  fields: Record<string, unknown>;
  /** The person's fields. */
  dataFields?: Record<string, unknown>;
  /** Words that the phone shows. */
  shows: string[];
  /** A button that answers, and the kind of what comes back. */
  press?: { title: string; card?: number; comes: string; payload?: string };
}

const body = 'This is something new for you.';
const catalogId = '9000';
const greeting = 'Hello {{defaultIfEmpty firstName "friend"}}, this is for you.';

/** For tests: a WhatsApp template of each kind that Meta has. `file` is where pictures are, `flowId` a published flow’s. */
export const everyTemplate = (file: string, flowId: string): Record<string, TemplateSample> => ({
  text: {
    fields: {
      ...{ header: { kind: 'text', text: 'For {{firstName}}' }, body: greeting, footer: 'Reply STOP to end' },
      buttons: [
        { type: 'quickReply', text: 'Yes', payload: 'yes {{firstName}}' },
        { type: 'url', text: 'Look', url: 'https://shop.example/{{firstName}}' },
        { type: 'phone', text: 'Call', phone: '+14155550132' },
      ],
    },
    shows: ['For Ann', 'Hello Ann, this is for you.', 'Reply STOP to end', 'Look', 'Call'],
    press: { title: 'Yes', comes: 'buttonReply', payload: 'yes Ann' },
  },
  image: { fields: { header: { kind: 'image', url: file }, body }, shows: ['image', body] },
  location: {
    fields: {
      header: {
        ...{ kind: 'location', name: '{{shop.name}}', address: '1 Main St' },
        ...{ latitude: '{{shop.latitude}}', longitude: '-74.006' },
      },
      body: 'Your order waits for you here.',
    },
    dataFields: { shop: { name: 'The shop', latitude: '40.71' } },
    shows: ['The shop', '1 Main St'],
  },
  copyCode: {
    fields: { body, buttons: [{ type: 'copyCode', text: 'Copy code', code: '{{code}}' }] },
    dataFields: { code: 'TEA5' },
    shows: [body, 'Copy code', 'TEA5'],
  },
  flow: {
    fields: {
      body,
      buttons: [
        {
          ...{ type: 'flow', text: 'Fill it in', flow: { id: flowId } },
          action: { type: 'navigate', screen: 'SIZE', data: { name: '{{firstName}}' } },
        },
      ],
    },
    shows: ['Fill it in'],
  },
  catalog: {
    fields: { body, buttons: [{ type: 'catalog', thumbnailProductId: 'sku-{{size}}' }] },
    dataFields: { size: 'L' },
    shows: ['View catalog', 'sku-L'],
    press: { title: 'View catalog', comes: 'order' },
  },
  products: {
    fields: {
      ...{ header: { kind: 'text', text: 'Chosen for you' }, body },
      buttons: [
        {
          ...{ type: 'products', thumbnailProductId: '' },
          sections: [
            { title: 'Shoes', productIds: ['sku-1', '{{defaultIfEmpty second ""}}'] },
            { title: 'Hats', productIds: ['{{defaultIfEmpty hat ""}}'] },
          ],
        },
      ],
    },
    dataFields: { second: 'sku-2' },
    shows: ['Chosen for you', 'View items', 'sku-1', 'sku-2'],
    press: { title: 'View items', comes: 'order' },
  },
  product: {
    fields: {
      ...{ header: { kind: 'product', catalogId, productId: '{{favourite}}' }, body },
      buttons: [{ type: 'product' }],
    },
    dataFields: { favourite: 'sku-7' },
    shows: ['sku-7', 'View'],
    press: { title: 'View', comes: 'order' },
  },
  requestContact: {
    fields: { body: 'May we have your number?', buttons: [{ type: 'requestContact' }] },
    shows: ['Share phone number'],
    press: { title: 'Share phone number', comes: 'contacts' },
  },
  voiceCall: {
    fields: { body, buttons: [{ type: 'voiceCall', text: 'Call us now', ttlMinutes: 60 }] },
    shows: ['Call us now'],
  },
  asksToCall: {
    fields: { body: 'May we call you about your order?', asksToCall: true },
    shows: ['Allow calls'],
    press: { title: 'Allow calls', comes: 'callPermission' },
  },
  offer: {
    fields: {
      ...{ header: { kind: 'image', url: file }, body, offer: { text: 'Ends soon', expiresAt: '{{ends}}' } },
      buttons: [
        { type: 'copyCode', text: 'Copy code', code: 'TEA5' },
        { type: 'url', text: 'To the shop', url: 'https://shop.example/offer' },
      ],
    },
    dataFields: { ends: '2026-12-24 18:00:00 +00:00' },
    shows: ['Ends soon', '2026-12-24T18:00', 'To the shop'],
  },
  carousel: {
    fields: {
      body: greeting,
      carousel: {
        kind: 'media',
        cards: ['Tea', 'Cake'].map((name) => ({
          header: { kind: 'image', url: file },
          body: `Our ${name}, {{defaultIfEmpty firstName "friend"}}, is here.`,
          buttons: [
            { type: 'quickReply', text: 'I want it', payload: name },
            { type: 'url', text: 'More', url: `https://shop.example/${name}` },
          ],
        })),
      },
    },
    shows: ['Our Tea, Ann, is here.', 'Our Cake, Ann, is here.', 'More'],
    press: { title: 'I want it', card: 1, comes: 'buttonReply', payload: 'Cake' },
  },
  productCarousel: {
    fields: {
      body: greeting,
      carousel: {
        ...{ kind: 'products', catalogId, label: null },
        cards: ['sku-1', 'sku-2', '{{defaultIfEmpty third ""}}', '{{defaultIfEmpty fourth ""}}'].map(
          (productId) => ({ productId, url: '' }),
        ),
      },
    },
    dataFields: { third: 'sku-3' },
    shows: ['sku-1', 'sku-2', 'sku-3'],
    press: { title: 'View', card: 2, comes: 'order' },
  },
  linkedProducts: {
    fields: {
      body: greeting,
      carousel: {
        ...{ kind: 'products', catalogId, label: 'Buy it' },
        cards: ['a', 'b'].map((productId) => ({ productId, url: `https://shop.example/${productId}` })),
      },
    },
    shows: ['Buy it', '/l/'],
  },
});
