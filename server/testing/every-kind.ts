import type { SessionMessage } from '../providers/whatsapp-message.ts';

const link = { link: 'https://shop.example/file' };
const buttons = [{ id: 'yes', title: 'Yes please' }];
const text = { kind: 'text', text: 'A header' } as const;

/** For tests: a message of each kind within a session, with all that its form shows, and words that a phone shows of it. */
export const everyKind: Record<SessionMessage['type'], { message: SessionMessage; shows: string[] }> = {
  text: { message: { type: 'text', body: 'Just words', previewUrl: true }, shows: ['Just words'] },
  image: {
    message: { type: 'image', file: { id: '123' }, caption: 'A boat' },
    shows: ['upload 123', 'A boat'],
  },
  video: { message: { type: 'video', file: link, caption: 'A film' }, shows: [link.link, 'A film'] },
  audio: { message: { type: 'audio', file: link, voice: true }, shows: ['Voice note'] },
  document: {
    message: { type: 'document', file: link, filename: 'menu.pdf', caption: 'Our menu' },
    shows: ['menu.pdf', 'Our menu'],
  },
  sticker: { message: { type: 'sticker', file: { id: '77' } }, shows: ['upload 77'] },
  location: {
    message: { type: 'location', latitude: 40.7, longitude: -74, name: 'The shop', address: '1 Main St' },
    shows: ['The shop', '1 Main St'],
  },
  contacts: {
    message: {
      type: 'contacts',
      contacts: [
        {
          name: { formattedName: 'Ann Low', firstName: 'Ann', lastName: 'Low' },
          phones: [{ phone: '+12125550100', type: 'WORK' }],
          emails: [{ email: 'ann@shop.example' }],
          urls: [{ url: 'https://shop.example' }],
          addresses: [{ street: '1 Main St', city: 'New York' }],
          org: { company: 'The shop' },
          birthday: '1990-12-31',
        },
      ],
    },
    shows: ['Ann Low', '+12125550100'],
  },
  reaction: { message: { type: 'reaction', messageId: 'wamid.1', emoji: '👍' }, shows: ['👍'] },
  button: {
    message: { type: 'button', header: text, body: 'Coming?', footer: 'Tell us', buttons },
    shows: ['A header', 'Coming?', 'Tell us', 'Yes please'],
  },
  list: {
    message: {
      ...{ type: 'list', header: text, body: 'Which one?', footer: 'Choose', label: 'See all' },
      sections: [{ title: 'Shoes', rows: [{ id: 'red', title: 'Red shoes', description: 'As a rose' }] }],
    },
    shows: ['Which one?', 'See all', 'Shoes', 'Red shoes', 'As a rose'],
  },
  ctaUrl: {
    message: {
      ...{ type: 'ctaUrl', body: 'Have a look', label: 'Open', url: 'https://shop.example/new' },
      header: { kind: 'document', file: link, filename: 'offer.pdf' },
    },
    shows: ['offer.pdf', 'Have a look', 'Open'],
  },
  locationRequest: {
    message: { type: 'locationRequest', body: 'Where are you?' },
    shows: ['Where are you?', 'Send location'],
  },
  addressRequest: {
    message: {
      type: 'addressRequest',
      country: 'IN',
      body: 'Where to?',
      values: { name: 'Asha', city: 'Pune' },
    },
    shows: ['Where to?', 'Provide address'],
  },
  flow: {
    message: {
      ...{
        type: 'flow',
        body: 'Sign up',
        label: 'Fill in',
        flow: { name: 'sign_up' },
        token: 't-1',
        isDraft: true,
      },
      action: { type: 'navigate', screen: 'ONE', data: { size: 'L' } },
    },
    shows: ['Sign up', 'Fill in'],
  },
  product: {
    message: { type: 'product', body: 'New', footer: 'Today', catalogId: '9', productId: 'sku-1' },
    shows: ['New', 'sku-1', 'View'],
  },
  productList: {
    message: {
      ...{ type: 'productList', header: text, body: 'Our best', catalogId: '9' },
      sections: [{ title: 'Shoes', productIds: ['sku-1', 'sku-2'] }],
    },
    shows: ['Our best', 'sku-2', 'View items'],
  },
  catalog: {
    message: { type: 'catalog', body: 'All we have', thumbnailProductId: 'sku-1' },
    shows: ['All we have', 'View catalog'],
  },
  carousel: {
    message: {
      ...{ type: 'carousel', body: 'Two of them' },
      cards: ['One', 'Two'].map((body, place) => ({
        ...{ header: { kind: 'video' as const, file: link }, body },
        action: { type: 'replies' as const, buttons: [{ id: `c${place}`, title: `Take ${body}` }] },
      })),
    },
    shows: ['Two of them', 'One', 'Take Two'],
  },
  productCarousel: {
    message: {
      type: 'productCarousel',
      body: 'Side by side',
      catalogId: '9',
      productIds: ['sku-1', 'sku-2'],
    },
    shows: ['Side by side', 'sku-2'],
  },
};
