import type { WhatsApp, WhatsAppButton } from '../../api/templates.ts';
import type { Choice, Part } from './parts/part.ts';

const line = (name: string, label: string, description?: string): Part => ({
  ...{ as: 'line', name, label, required: true },
  ...(description === undefined ? {} : { description }),
});
const words = line('text', 'Words on the button');
const address = line('url', 'Address');

const media = (value: 'image' | 'video' | 'document', label: string): Choice => ({
  ...{ value, label, fresh: { kind: value, url: '' } },
  parts: [address],
});

const none: Choice = { value: null, label: 'None', fresh: {}, parts: [] };
const product: Choice = {
  ...{ value: 'product', label: 'Product', fresh: { kind: 'product', catalogId: '', productId: '' } },
  parts: [line('catalogId', 'Meta’s id of the catalogue'), line('productId', 'Id of the product in it')],
};
const text: Choice = {
  ...{ value: 'text', label: 'Text', fresh: { kind: 'text', text: '' } },
  parts: [line('text', 'Header text')],
};
const location: Choice = {
  ...{ value: 'location', label: 'Place' },
  fresh: { kind: 'location', name: '', address: '', latitude: '', longitude: '' },
  parts: [
    line('name', 'Name of the place'),
    line('address', 'Address of the place'),
    line('latitude', 'Latitude', 'From -90 to 90, as 40.71'),
    line('longitude', 'Longitude', 'From -180 to 180, as -74.01'),
  ],
};

const header = (...choices: Choice[]): Part => ({
  ...{ as: 'either', name: 'header', label: 'Header', by: 'kind', choices },
});

const image = media('image', 'Picture');
const video = media('video', 'Video');

/** What may stand above the body. */
export const anyHeader = header(none, text, image, video, media('document', 'File'), location, product);
/** The same of an offer, and of a card. */
export const offerHeader = header(none, image, video);
export const cardHeader = header(image, video);

/** A kind of button: how it is called, how many there may be, how it begins, and what it is made of. */
interface ButtonKind {
  label: string;
  most: number;
  fresh: WhatsAppButton;
  parts: readonly Part[];
}

const thumbnail: Part = {
  ...{ as: 'line', name: 'thumbnailProductId', label: 'Product whose picture is shown' },
  description: 'Its id in the catalogue; the first where it is empty',
};

/** The kinds of button, in the order in which they are offered. */
export const buttonKinds: Readonly<Record<WhatsAppButton['type'], ButtonKind>> = {
  url: {
    ...{ label: 'Open a page', most: 2, fresh: { type: 'url', text: '', url: '' } },
    parts: [words, address],
  },
  quickReply: {
    ...{ label: 'Quick reply', most: 10, fresh: { type: 'quickReply', text: '', payload: '' } },
    parts: [
      { as: 'line', name: 'text', label: 'Words on the button', required: true, leads: 'payload' },
      line('payload', 'Payload', 'Comes back with the answer; journeys and webhooks tell it'),
    ],
  },
  phone: {
    ...{ label: 'Call a number', most: 1, fresh: { type: 'phone', text: '', phone: '' } },
    parts: [words, line('phone', 'Phone number', 'With its country code, as +14155550132')],
  },
  copyCode: {
    ...{ label: 'Copy a code', most: 1, fresh: { type: 'copyCode', text: 'Copy code', code: '' } },
    parts: [line('code', 'Code', 'Up to 15 letters and digits')],
  },
  flow: {
    label: 'Open a form (flow)',
    most: 1,
    fresh: {
      ...{ type: 'flow', text: '', flow: { name: '' } },
      action: { type: 'navigate', screen: '' },
    },
    parts: [
      words,
      {
        ...{ as: 'named', name: 'flow', otherwise: 'name', label: 'Flow' },
        description: 'Its name or number with Meta; it must be published',
      },
      {
        ...{ as: 'either', name: 'action', label: 'Opens with', by: 'type' },
        choices: [
          {
            ...{ value: 'navigate', label: 'A screen', fresh: { type: 'navigate', screen: '' } },
            parts: [
              line('screen', 'Id of the screen'),
              {
                as: 'json',
                name: 'data',
                label: 'What the screen is given',
                description: 'As {"name": "value"}',
              },
            ],
          },
          {
            value: 'dataExchange',
            label: 'What its endpoint says',
            fresh: { type: 'dataExchange' },
            parts: [],
          },
        ],
      },
    ],
  },
  requestContact: {
    ...{ label: 'Ask for their phone number', most: 1, fresh: { type: 'requestContact' } },
    parts: [],
  },
  voiceCall: {
    ...{ label: 'Call you on WhatsApp', most: 1, fresh: { type: 'voiceCall', text: '' } },
    parts: [words],
  },
  catalog: {
    ...{ label: 'Show the catalogue', most: 1, fresh: { type: 'catalog' } },
    parts: [thumbnail],
  },
  products: {
    label: 'Show some products',
    most: 1,
    fresh: { type: 'products', sections: [{ title: '', productIds: [] }] },
    parts: [
      {
        ...{
          as: 'many',
          name: 'sections',
          label: 'Sections',
          one: 'section',
          fresh: { title: '', productIds: [] },
        },
        parts: [
          line('title', 'Title'),
          {
            ...{ as: 'words', name: 'productIds', label: 'Products', max: 30 },
            description: 'Their ids in the catalogue, Enter after each',
          },
        ],
      },
      thumbnail,
    ],
  },
  product: {
    ...{ label: 'Show the product above', most: 1, fresh: { type: 'product' } },
    parts: [],
  },
};

/** Kinds of template, as one chooses among them. */
export type Layout = 'plain' | 'offer' | 'cards' | 'productCards' | 'call';

export const layouts: { value: Layout; label: string; description: string }[] = [
  {
    value: 'plain',
    label: 'Message',
    description: 'A header, a body, a footer and buttons, as many of them as you like',
  },
  {
    value: 'offer',
    label: 'Offer that ends',
    description: 'Counts down to an instant of its own for each person',
  },
  {
    value: 'cards',
    label: 'Cards with pictures',
    description: 'Two to ten cards beside each other, all made alike',
  },
  {
    ...{ value: 'productCards', label: 'Cards with products' },
    description: 'Two to ten products of your catalogue beside each other, other ones for each person',
  },
  { value: 'call', label: 'May we call you?', description: 'Asks whether you may call them on WhatsApp' },
];

/** Which of them a content is. */
export function layoutOf({ offer, carousel, asksToCall }: WhatsApp): Layout {
  if (offer) return 'offer';
  if (carousel) return carousel.kind === 'media' ? 'cards' : 'productCards';
  return asksToCall ? 'call' : 'plain';
}

type Carousel = NonNullable<WhatsApp['carousel']>;
export type MediaCard = Extract<Carousel, { kind: 'media' }>['cards'][number];

export const freshCard: MediaCard = {
  header: { kind: 'image', url: '' },
  body: '',
  buttons: [{ type: 'url', text: '', url: '' }],
};
const freshProduct = { productId: '', url: '' };

/** A content made into another kind, with what both have. */
export function asLayout(content: WhatsApp, layout: Layout): WhatsApp {
  const { offer: _, carousel: __, asksToCall: ___, ...rest } = content;
  const bare: WhatsApp = { ...rest, header: null, footer: null, buttons: [] };
  const kept = rest.header?.kind === 'image' || rest.header?.kind === 'video' ? rest.header : null;
  const { copyCode, url } = buttonKinds;
  switch (layout) {
    case 'plain':
      return rest;
    case 'offer':
      return {
        ...{ ...bare, category: 'MARKETING', header: kept },
        offer: { text: '', expiresAt: '' },
        buttons: [copyCode.fresh, url.fresh],
      };
    case 'cards':
      return { ...bare, category: 'MARKETING', carousel: { kind: 'media', cards: [freshCard, freshCard] } };
    case 'productCards':
      return {
        ...{ ...bare, category: 'MARKETING' },
        carousel: { kind: 'products', catalogId: '', label: null, cards: [freshProduct, freshProduct] },
      };
    case 'call':
      return { ...rest, buttons: [], asksToCall: true };
  }
}

/** The cards of a carousel of products. */
export const productCards: Part = {
  ...{ as: 'many', name: 'cards', label: 'Products', one: 'card', fresh: freshProduct },
  parts: [line('productId', 'Id of the product in the catalogue')],
};
/** The same, each with a page of its own. */
export const linkedCards: Part = {
  ...productCards,
  ...{ as: 'many', one: 'card', fresh: freshProduct },
  parts: [line('productId', 'Id of the product in the catalogue'), line('url', 'Page that its button opens')],
};
export const catalogOfCards: Part = line('catalogId', 'Meta’s id of the catalogue');
