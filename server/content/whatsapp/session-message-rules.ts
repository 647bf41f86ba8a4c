import type {
  CarouselCard,
  SessionHeader,
  SessionMessage,
  SessionMessageOf,
  WhatsAppFile,
} from '../../providers/whatsapp-message.ts';
import { quoted } from '../rendering/render-limits.ts';
import type { TemplateFault } from '../templates/text-faults.ts';
import type { Unsendable } from '../unsendable.ts';

/**
 * Meta's limits for messages within a session (Cloud API, messages and interactive messages reference; as read 2026-11-28).
 * Lengths are in UTF-16 units, the longest way to count: what is short enough by it is by any other.
 */
export const sessionLimits = {
  text: 4096,
  caption: 1024,
  body: 1024,
  listBody: 4096,
  header: 60,
  footer: 60,
  buttons: 3,
  buttonId: 256,
  label: 20,
  sections: 10,
  rows: 10,
  sectionTitle: 24,
  rowId: 200,
  rowTitle: 24,
  rowDescription: 72,
  flowLabel: 30,
  products: 30,
  fewestCards: 2,
  cards: 10,
  cardBody: 160,
  cardBreaks: 2,
  cardButtonId: 20,
  contacts: 5,
  pinCode: 6,
  latitude: 90,
  longitude: 180,
} as const;

/** What is wrong with a field of a message. */
interface MessageFault extends TemplateFault {
  /** Set where what a person's fields filled in is at fault, and not how the message is written. */
  filledIn?: Extract<Unsendable, 'contentTooLong' | 'emptyMessage'>;
}

/** Null where a field is right. */
type Fault = MessageFault | null;

/**
 * What Meta would refuse in a message that is sent as it stands, each with its field, the limit and the remedy; empty when it may
 * be sent. That files, flows, catalogues and products are there is not known here.
 */
export function sessionMessageFaults(message: SessionMessage & { replyTo?: string }): MessageFault[] {
  const faults: Fault[] = [...kindFaults(message)];
  if (message.replyTo !== undefined)
    faults.push(
      message.type === 'reaction'
        ? wrong('replyTo', 'is set, and a reaction quotes nothing; leave it out')
        : filled('replyTo', message.replyTo),
    );
  return faults.filter((fault) => fault !== null);
}

function kindFaults(message: SessionMessage): Fault[] {
  switch (message.type) {
    case 'text':
      return [sized('body', message.body, sessionLimits.text)];
    case 'image':
    case 'video':
    case 'document':
      return [fileFault('file', message.file), optional('caption', message.caption, sessionLimits.caption)];
    case 'audio':
    case 'sticker':
      return [fileFault('file', message.file)];
    case 'location':
      return [
        within('latitude', message.latitude, sessionLimits.latitude),
        within('longitude', message.longitude, sessionLimits.longitude),
      ];
    case 'contacts':
      return contactFaults(message);
    case 'reaction':
      return [filled('messageId', message.messageId), emojiFault(message.emoji)];
    case 'button':
      return [...frameFaults(message), ...buttonsFaults('buttons', message.buttons, sessionLimits.buttonId)];
    case 'list':
      return listFaults(message);
    case 'ctaUrl':
      return [
        ...frameFaults(message),
        sized('label', message.label, sessionLimits.label),
        addressFault('url', message.url),
      ];
    case 'locationRequest':
      return frameFaults(message);
    case 'addressRequest':
      return addressRequestFaults(message);
    case 'flow':
      return flowFaults(message);
    case 'product':
      return [
        ...frameFaults(message),
        filled('catalogId', message.catalogId),
        filled('productId', message.productId),
      ];
    case 'productList':
      return productListFaults(message);
    case 'catalog':
      return [
        ...frameFaults(message),
        message.thumbnailProductId === undefined
          ? null
          : filled('thumbnailProductId', message.thumbnailProductId),
      ];
    case 'carousel':
      return carouselFaults(message);
    case 'productCarousel':
      return [
        ...frameFaults(message),
        filled('catalogId', message.catalogId),
        counted('productIds', message.productIds, sessionLimits.fewestCards, sessionLimits.cards),
        ...message.productIds.map((id, index) => filled(`productIds.${index}`, id)),
      ];
  }
}

const wrong = (field: string, fault: string): MessageFault => ({ field, fault });

/** A text that is there and not too long. */
function sized(field: string, text: string, most: number): Fault {
  if (text.trim() === '')
    return { field, fault: 'is empty; write it', ...(field === 'body' && { filledIn: 'emptyMessage' }) };
  return optional(field, text, most);
}

/** A text that may be left out, or empty where Meta takes it as left out. */
function optional(field: string, text: string | undefined, most: number): Fault {
  if (text === undefined || text.length <= most) return null;
  const fault = `has ${text.length} characters; Meta allows ${most}: make it shorter`;
  return { field, fault, filledIn: 'contentTooLong' };
}

/** A text that may be left out, and is not empty where it is there. */
const ifThere = (field: string, text: string | undefined, most: number): Fault =>
  text === undefined ? null : sized(field, text, most);

const filled = (field: string, text: string): Fault =>
  text.trim() === '' ? wrong(field, 'is empty; give it') : null;

function counted(field: string, list: readonly unknown[], least: number, most: number): Fault {
  if (list.length >= least && list.length <= most) return null;
  const remedy = list.length < least ? 'add to them' : 'take some out';
  return wrong(field, `has ${list.length} entries; Meta takes ${least} to ${most}: ${remedy}`);
}

function within(field: string, degrees: number, most: number): Fault {
  if (Math.abs(degrees) <= most) return null;
  return wrong(field, `is ${degrees}; give degrees from -${most} to ${most}`);
}

function unique(field: string, texts: readonly string[]): Fault {
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  return twice === undefined
    ? null
    : wrong(field, `hold ${quoted(twice)} more than once; Meta wants each to be another`);
}

function fileFault(field: string, file: WhatsAppFile): Fault {
  return 'id' in file ? filled(`${field}.id`, file.id) : addressFault(`${field}.link`, file.link);
}

function addressFault(field: string, url: string): Fault {
  if (/^https?:\/\/[^\s/?#]\S*$/i.test(url) && URL.canParse(url)) return null;
  return wrong(field, `${quoted(url)} is no web address; write it whole, from https:// on`);
}

/** One emoji, whatever it is put together of, or none to take it back. */
function emojiFault(emoji: string): Fault {
  if (emoji === '' || /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v.test(emoji)) return null;
  return wrong('emoji', `${quoted(emoji)} is not one emoji; give one, or nothing to take it back`);
}

function headerFault(header: SessionHeader): Fault {
  if (header.kind === 'text') return sized('header.text', header.text, sessionLimits.header);
  return fileFault('header.file', header.file);
}

/** Header, body and footer, as far as a kind has them. */
function frameFaults(message: {
  type: SessionMessage['type'];
  header?: SessionHeader;
  body?: string;
  footer?: string;
}): Fault[] {
  const most = message.type === 'list' ? sessionLimits.listBody : sessionLimits.body;
  return [
    message.header ? headerFault(message.header) : null,
    ifThere('body', message.body, most),
    ifThere('footer', message.footer, sessionLimits.footer),
  ];
}

function buttonsFaults(
  field: string,
  buttons: readonly { id: string; title: string }[],
  longestId: number,
): Fault[] {
  return [
    counted(field, buttons, 1, sessionLimits.buttons),
    ...buttons.flatMap(({ id, title }, index) => [
      sized(`${field}.${index}.id`, id, longestId),
      id === id.trim() ? null : wrong(`${field}.${index}.id`, 'begins or ends with a space; take it away'),
      sized(`${field}.${index}.title`, title, sessionLimits.label),
    ]),
    unique(
      `${field}: ids`,
      buttons.map(({ id }) => id),
    ),
    unique(
      `${field}: titles`,
      buttons.map(({ title }) => title),
    ),
  ];
}

/** Sections need titles where there are more than one. */
function titleFaults(sections: readonly { title?: string }[]): Fault[] {
  return sections.map(({ title }, index) =>
    sections.length > 1
      ? sized(`sections.${index}.title`, title ?? '', sessionLimits.sectionTitle)
      : ifThere(`sections.${index}.title`, title, sessionLimits.sectionTitle),
  );
}

function listFaults(message: SessionMessageOf<'list'>): Fault[] {
  const { label, sections } = message;
  const rows = sections.flatMap((section) => section.rows);
  return [
    ...frameFaults(message),
    sized('label', label, sessionLimits.label),
    counted('sections', sections, 1, sessionLimits.sections),
    ...titleFaults(sections),
    ...sections.map((section, index) =>
      section.rows.length === 0 ? wrong(`sections.${index}.rows`, 'has no rows; add one') : null,
    ),
    rows.length > sessionLimits.rows
      ? wrong(
          'sections',
          `have ${rows.length} rows together; Meta takes ${sessionLimits.rows} in all: take some out`,
        )
      : null,
    ...sections.flatMap((section, at) =>
      section.rows.flatMap(({ id, title, description }, index) => {
        const row = `sections.${at}.rows.${index}`;
        return [
          sized(`${row}.id`, id, sessionLimits.rowId),
          sized(`${row}.title`, title, sessionLimits.rowTitle),
          optional(`${row}.description`, description, sessionLimits.rowDescription),
        ];
      }),
    ),
    unique(
      'sections: ids of rows',
      rows.map(({ id }) => id),
    ),
  ];
}

function addressRequestFaults(message: SessionMessageOf<'addressRequest'>): Fault[] {
  const { values, savedAddresses = [] } = message;
  const given = [
    ...(values ? [{ field: 'values', value: values }] : []),
    ...savedAddresses.map(({ value }, index) => ({ field: `savedAddresses.${index}.value`, value })),
  ];
  return [
    ...frameFaults(message),
    ...savedAddresses.map(({ id }, index) => filled(`savedAddresses.${index}.id`, id)),
    ...given.map(({ field, value }) =>
      optional(`${field}.inPinCode`, value.inPinCode, sessionLimits.pinCode),
    ),
  ];
}

function flowFaults(message: SessionMessageOf<'flow'>): Fault[] {
  const { label, flow, action } = message;
  return [
    ...frameFaults(message),
    'id' in flow ? filled('flow.id', flow.id) : filled('flow.name', flow.name),
    sized('label', label, sessionLimits.flowLabel),
    /\p{Extended_Pictographic}/u.test(label) ? wrong('label', 'holds an emoji; Meta takes none there') : null,
    action?.type === 'navigate' ? filled('action.screen', action.screen) : null,
  ];
}

function productListFaults(message: SessionMessageOf<'productList'>): Fault[] {
  const { catalogId, sections } = message;
  const products = sections.flatMap((section) => section.productIds);
  return [
    ...frameFaults(message),
    filled('catalogId', catalogId),
    counted('sections', sections, 1, sessionLimits.sections),
    ...titleFaults(sections),
    ...sections.flatMap(({ productIds }, index) => [
      productIds.length === 0 ? wrong(`sections.${index}.productIds`, 'has no products; add one') : null,
      ...productIds.map((id, at) => filled(`sections.${index}.productIds.${at}`, id)),
    ]),
    products.length > sessionLimits.products
      ? wrong(
          'sections',
          `have ${products.length} products together; Meta takes ${sessionLimits.products} in all: take some out`,
        )
      : null,
  ];
}

function carouselFaults(message: SessionMessageOf<'carousel'>): Fault[] {
  const { cards } = message;
  const shapes = cards.map(({ action }) => (action.type === 'link' ? 'link' : action.buttons.length));
  const ids = cards.flatMap(({ action }) =>
    action.type === 'link' ? [] : action.buttons.map(({ id }) => id),
  );
  return [
    ...frameFaults(message),
    counted('cards', cards, sessionLimits.fewestCards, sessionLimits.cards),
    ...cards.flatMap((card, index) => cardFaults(`cards.${index}`, card)),
    new Set(shapes).size > 1
      ? wrong('cards', 'have different buttons; give each card the same kind and number of them')
      : null,
    unique('cards: ids of buttons', ids),
  ];
}

function cardFaults(field: string, { header, body, action }: CarouselCard): Fault[] {
  const breaks = body?.match(/\r\n|\r|\n/g)?.length ?? 0;
  return [
    fileFault(`${field}.header.file`, header.file),
    ifThere(`${field}.body`, body, sessionLimits.cardBody),
    breaks > sessionLimits.cardBreaks
      ? wrong(
          `${field}.body`,
          `has ${breaks} line breaks; Meta allows ${sessionLimits.cardBreaks}: write it in fewer lines`,
        )
      : null,
    ...(action.type === 'link'
      ? [
          sized(`${field}.action.label`, action.label, sessionLimits.label),
          addressFault(`${field}.action.url`, action.url),
        ]
      : buttonsFaults(`${field}.action.buttons`, action.buttons, sessionLimits.cardButtonId)),
  ];
}

function contactFaults({ contacts }: SessionMessageOf<'contacts'>): Fault[] {
  return [
    counted('contacts', contacts, 1, sessionLimits.contacts),
    ...contacts.flatMap(({ name, birthday }, index) => {
      const { formattedName, ...parts } = name;
      const field = `contacts.${index}`;
      return [
        filled(`${field}.name.formattedName`, formattedName),
        Object.values(parts).some((part) => part !== undefined && part !== '')
          ? null
          : wrong(`${field}.name`, 'has nothing beside formattedName; give firstName or another part of it'),
        birthday === undefined || /^\d{4}-\d{2}-\d{2}$/.test(birthday)
          ? null
          : wrong(`${field}.birthday`, `${quoted(birthday)} is no date; write it as 1990-12-31`),
      ];
    }),
  ];
}
