import type { SessionMessage } from '../../../api/templates.ts';
import type { Choice, Part } from '../parts/part.ts';

/** A kind of free-form message: how it is called, how it begins, and what it is made of. */
interface Kind {
  label: string;
  group: 'Words and files' | 'Questions' | 'Products' | 'More';
  fresh: SessionMessage;
  parts: readonly Part[];
}

const words = (name: string, label: string, description?: string): Part => ({
  ...{ as: 'line', name, label },
  ...(description === undefined ? {} : { description }),
});
const needed = (name: string, label: string, description?: string): Part => ({
  ...words(name, label, description),
  ...{ as: 'line', required: true },
});
const file = (label: string): Part => ({
  ...{ as: 'named', name: 'file', otherwise: 'link', label },
  description: 'Its address, or the number of an upload to Meta',
});
const body: Part = { as: 'area', name: 'body', label: 'Body', required: true };
const footer = words('footer', 'Footer');
const caption: Part = { as: 'area', name: 'caption', label: 'Caption' };

const headerText: Choice = {
  ...{ value: 'text', label: 'Text', fresh: { kind: 'text', text: '' } },
  parts: [needed('text', 'Header text')],
};
const headerFile = (value: string, label: string, ...more: Part[]): Choice => ({
  ...{ value, label, fresh: { kind: value, file: { link: '' } } },
  parts: [file(label), ...more],
});
const cardHeaders = [headerFile('image', 'Picture'), headerFile('video', 'Video')];
const header: Part = {
  ...{ as: 'either', name: 'header', label: 'Header', by: 'kind' },
  choices: [
    { value: null, label: 'None', fresh: {}, parts: [] },
    headerText,
    ...cardHeaders,
    headerFile('document', 'File', words('filename', 'Name of the file')),
  ],
};
const title: Part = {
  ...{ as: 'group', name: 'header', label: 'Header' },
  parts: [needed('text', 'Header text')],
};

const payload = needed('id', 'Payload', 'Comes back with the answer; journeys and webhooks tell it');
const label = needed('label', 'Words on the button');
const buttons: Part = {
  ...{ as: 'many', name: 'buttons', label: 'Buttons', one: 'button', fresh: { id: '', title: '' } },
  parts: [{ as: 'line', name: 'title', label: 'Words', required: true, leads: 'id' }, payload],
};
const rows: Part = {
  ...{ as: 'many', name: 'rows', label: 'Rows', one: 'row', fresh: { id: '', title: '' } },
  parts: [
    { as: 'line', name: 'title', label: 'Words', required: true, leads: 'id' },
    words('description', 'Description'),
    payload,
  ],
};
const catalogId = needed('catalogId', 'Meta’s id of the catalogue');
const productIds: Part = {
  ...{ as: 'words', name: 'productIds', label: 'Products', max: 30 },
  description: 'Their ids in the catalogue, Enter after each',
};

const contact: Part = {
  ...{ as: 'many', name: 'contacts', label: 'Contacts', one: 'contact' },
  fresh: { name: { formattedName: '', firstName: '' } },
  parts: [
    {
      ...{ as: 'group', name: 'name', label: 'Name' },
      parts: [
        needed('formattedName', 'Whole name'),
        words('firstName', 'First name'),
        words('lastName', 'Last name'),
      ],
    },
    {
      ...{ as: 'many', name: 'phones', label: 'Phones', one: 'phone', fresh: { phone: '' } },
      parts: [needed('phone', 'Phone number')],
    },
    {
      ...{ as: 'many', name: 'emails', label: 'Emails', one: 'email', fresh: { email: '' } },
      parts: [needed('email', 'Email address')],
    },
    {
      ...{ as: 'many', name: 'urls', label: 'Web pages', one: 'web page', fresh: { url: '' } },
      parts: [needed('url', 'Address')],
    },
    {
      ...{
        as: 'many',
        name: 'addresses',
        label: 'Postal addresses',
        one: 'postal address',
        fresh: { street: '' },
      },
      parts: [
        words('street', 'Street'),
        words('zip', 'Postcode'),
        words('city', 'City'),
        words('state', 'State'),
        words('country', 'Country'),
      ],
    },
    {
      ...{ as: 'group', name: 'org', label: 'Work' },
      parts: [words('company', 'Company'), words('department', 'Department'), words('title', 'Title')],
    },
    words('birthday', 'Birthday', 'As 1990-12-31'),
  ],
};

const link = { link: '' };
const card = { header: { kind: 'image', file: link }, action: { type: 'link', label: '', url: '' } } as const;

/** Every kind, in the order of their lists. */
export const kinds: Readonly<Record<SessionMessage['type'], Kind>> = {
  text: {
    ...{ label: 'Text', group: 'Words and files', fresh: { type: 'text', body: '' } },
    parts: [body, { as: 'check', name: 'previewUrl', label: 'Show a preview of the first address in it' }],
  },
  image: {
    ...{ label: 'Picture', group: 'Words and files', fresh: { type: 'image', file: link } },
    parts: [file('Picture'), caption],
  },
  video: {
    ...{ label: 'Video', group: 'Words and files', fresh: { type: 'video', file: link } },
    parts: [file('Video'), caption],
  },
  audio: {
    ...{ label: 'Audio', group: 'Words and files', fresh: { type: 'audio', file: link } },
    parts: [
      file('Audio'),
      { as: 'check', name: 'voice', label: 'A voice note', description: 'Opus in Ogg, one channel' },
    ],
  },
  document: {
    ...{ label: 'Document', group: 'Words and files', fresh: { type: 'document', file: link } },
    parts: [file('Document'), words('filename', 'Name of the file'), caption],
  },
  sticker: {
    ...{ label: 'Sticker', group: 'Words and files', fresh: { type: 'sticker', file: link } },
    parts: [file('Sticker')],
  },
  button: {
    label: 'Reply buttons',
    group: 'Questions',
    fresh: { type: 'button', body: '', buttons: [{ id: '', title: '' }] },
    parts: [header, body, footer, buttons],
  },
  list: {
    label: 'List to choose from',
    group: 'Questions',
    fresh: { type: 'list', body: '', label: '', sections: [{ rows: [{ id: '', title: '' }] }] },
    parts: [
      { ...header, choices: [{ value: null, label: 'None', fresh: {}, parts: [] }, headerText] },
      ...[body, footer, { ...label, label: 'Words on the button that opens it' }],
      {
        ...{ as: 'many', name: 'sections', label: 'Sections', one: 'section' },
        fresh: { title: '', rows: [{ id: '', title: '' }] },
        parts: [words('title', 'Title', 'Needed where there are several'), rows],
      },
    ],
  },
  ctaUrl: {
    ...{ label: 'Link button', group: 'Questions', fresh: { type: 'ctaUrl', body: '', label: '', url: '' } },
    parts: [header, body, footer, label, needed('url', 'Page')],
  },
  flow: {
    label: 'Form (flow)',
    group: 'Questions',
    fresh: { type: 'flow', body: '', label: '', flow: { name: '' } },
    parts: [
      ...[header, body, footer, label],
      {
        ...{ as: 'named', name: 'flow', otherwise: 'name', label: 'Flow' },
        description: 'Its name at Meta, or its number',
      },
      words('token', 'Token', 'Comes back with what was filled in'),
      {
        ...{ as: 'either', name: 'action', label: 'Opens with', by: 'type' },
        choices: [
          { value: null, label: 'Its first screen', fresh: {}, parts: [] },
          {
            ...{ value: 'navigate', label: 'A screen', fresh: { type: 'navigate', screen: '' } },
            parts: [
              needed('screen', 'Screen'),
              { as: 'json', name: 'data', label: 'Data for it', description: 'JSON' },
            ],
          },
          {
            ...{ value: 'dataExchange', label: 'What your server says', fresh: { type: 'dataExchange' } },
            parts: [],
          },
        ],
      },
      { as: 'check', name: 'isDraft', label: 'The flow is a draft, to try out' },
    ],
  },
  locationRequest: {
    ...{ label: 'Ask for their location', group: 'Questions', fresh: { type: 'locationRequest', body: '' } },
    parts: [body],
  },
  addressRequest: {
    label: 'Ask for their address (India)',
    group: 'Questions',
    fresh: { type: 'addressRequest', country: 'IN', body: '' },
    parts: [
      ...[body, footer],
      {
        ...{ as: 'group', name: 'values', label: 'Filled in already' },
        parts: [
          ...[
            words('name', 'Their name'),
            words('phoneNumber', 'Phone number'),
            words('inPinCode', 'PIN code'),
          ],
          ...[words('houseNumber', 'House'), words('buildingName', 'Building'), words('address', 'Address')],
          ...[words('landmarkArea', 'Landmark'), words('city', 'City'), words('state', 'State')],
        ],
      },
    ],
  },
  product: {
    ...{ label: 'One product', group: 'Products', fresh: { type: 'product', catalogId: '', productId: '' } },
    parts: [
      { as: 'area', name: 'body', label: 'Body' },
      ...[footer, catalogId, needed('productId', 'Product', 'Its id in the catalogue')],
    ],
  },
  productList: {
    label: 'Several products',
    group: 'Products',
    fresh: {
      ...{ type: 'productList', header: { kind: 'text', text: '' }, body: '', catalogId: '' },
      sections: [{ productIds: [] }],
    },
    parts: [
      ...[title, body, footer, catalogId],
      {
        ...{ as: 'many', name: 'sections', label: 'Sections', one: 'section' },
        fresh: { title: '', productIds: [] },
        parts: [words('title', 'Title', 'Needed where there are several'), productIds],
      },
    ],
  },
  catalog: {
    ...{ label: 'The catalogue', group: 'Products', fresh: { type: 'catalog', body: '' } },
    parts: [
      ...[body, footer],
      words(
        'thumbnailProductId',
        'Product whose picture is shown',
        'Its id in the catalogue; else the first one',
      ),
    ],
  },
  productCarousel: {
    label: 'Products side by side',
    group: 'Products',
    fresh: { type: 'productCarousel', body: '', catalogId: '', productIds: [] },
    parts: [body, catalogId, productIds],
  },
  carousel: {
    label: 'Cards side by side',
    group: 'More',
    fresh: { type: 'carousel', body: '', cards: [card, card] },
    parts: [
      body,
      {
        ...{ as: 'many', name: 'cards', label: 'Cards', one: 'card', fresh: card },
        parts: [
          { as: 'either', name: 'header', label: 'Shows', by: 'kind', choices: cardHeaders },
          { as: 'area', name: 'body', label: 'Body' },
          {
            ...{ as: 'either', name: 'action', label: 'Its buttons', by: 'type' },
            choices: [
              {
                ...{ value: 'link', label: 'Open a page', fresh: { type: 'link', label: '', url: '' } },
                parts: [label, needed('url', 'Page')],
              },
              {
                ...{ value: 'replies', label: 'Reply', parts: [buttons] },
                fresh: { type: 'replies', buttons: [{ id: '', title: '' }] },
              },
            ],
          },
        ],
      },
    ],
  },
  location: {
    ...{ label: 'Location', group: 'More', fresh: { type: 'location', latitude: 0, longitude: 0 } },
    parts: [
      { as: 'number', name: 'latitude', label: 'Latitude' },
      { as: 'number', name: 'longitude', label: 'Longitude' },
      ...[words('name', 'Name of the place'), words('address', 'Address')],
    ],
  },
  contacts: {
    label: 'Contacts',
    group: 'More',
    fresh: { type: 'contacts', contacts: [{ name: { formattedName: '', firstName: '' } }] },
    parts: [contact],
  },
  reaction: {
    ...{ label: 'Reaction', group: 'More', fresh: { type: 'reaction', messageId: '', emoji: '' } },
    parts: [
      needed(
        'messageId',
        'Meta’s id of their message',
        'A field of the call or journey holds it: {{messageId}}',
      ),
      words('emoji', 'Emoji', 'Empty to take the reaction back'),
    ],
  },
};

/** A kind of message by its name. */
export const isKind = (name: string | null): name is SessionMessage['type'] =>
  name !== null && Object.hasOwn(kinds, name);
