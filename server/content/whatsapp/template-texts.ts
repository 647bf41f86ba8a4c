import type { WhatsAppButton, WhatsAppTemplate } from '../template-content.ts';

/** A text of a template that is filled in for each person, by the path of its field: `carousel.cards.0.body`. */
interface TemplateText {
  path: string;
  text: string;
  /** `words` have numbered blanks at Meta; of the others the whole is sent with each message. */
  as: 'words' | 'value';
}

/** All texts of a template in which expressions may stand. */
export function textsOfTemplate({
  header,
  body,
  buttons,
  offer,
  carousel,
}: WhatsAppTemplate): TemplateText[] {
  return [
    ...headerTexts(header),
    { path: 'body', text: body, as: 'words' },
    ...(offer?.expiresAt ? [value('offer.expiresAt', offer.expiresAt)] : []),
    ...buttons.flatMap((button, place) => buttonTexts(button, `buttons.${place}`)),
    ...cardTexts(carousel),
  ];
}

const value = (path: string, text: string): TemplateText => ({ path, text, as: 'value' });

function headerTexts(header: WhatsAppTemplate['header']): TemplateText[] {
  if (header === null) return [];
  switch (header.kind) {
    case 'text':
      return [{ path: 'header.text', text: header.text, as: 'words' }];
    case 'location':
      return (['name', 'address', 'latitude', 'longitude'] as const).map((name) =>
        value(`header.${name}`, header[name]),
      );
    case 'product':
      return [value('header.catalogId', header.catalogId), value('header.productId', header.productId)];
    default:
      return [value('header.url', header.url)];
  }
}

function buttonTexts(button: WhatsAppButton, path: string): TemplateText[] {
  switch (button.type) {
    case 'url':
      return [value(`${path}.url`, button.url)];
    case 'quickReply':
      return [value(`${path}.payload`, button.payload)];
    case 'copyCode':
      return [value(`${path}.code`, button.code)];
    case 'catalog':
      return [value(`${path}.thumbnailProductId`, button.thumbnailProductId ?? '')];
    case 'products':
      return [
        value(`${path}.thumbnailProductId`, button.thumbnailProductId ?? ''),
        ...button.sections.flatMap(({ title, productIds }, place) => [
          value(`${path}.sections.${place}.title`, title),
          ...productIds.map((id, index) => value(`${path}.sections.${place}.productIds.${index}`, id)),
        ]),
      ];
    case 'flow':
      return button.action?.type === 'navigate' ? leavesOf(button.action.data, `${path}.action.data`) : [];
    default:
      return [];
  }
}

function cardTexts(carousel: WhatsAppTemplate['carousel']): TemplateText[] {
  if (carousel === undefined) return [];
  if (carousel.kind === 'products')
    return [
      value('carousel.catalogId', carousel.catalogId),
      ...carousel.cards.flatMap(({ productId, url }, place) => [
        value(`carousel.cards.${place}.productId`, productId),
        ...(carousel.label === null ? [] : [value(`carousel.cards.${place}.url`, url)]),
      ]),
    ];
  return carousel.cards.flatMap(({ header, body, buttons }, place) => {
    const path = `carousel.cards.${place}`;
    return [
      value(`${path}.header.url`, header.url),
      ...(body === null ? [] : [{ path: `${path}.body`, text: body, as: 'words' as const }]),
      ...buttons.flatMap((button, index) => buttonTexts(button, `${path}.buttons.${index}`)),
    ];
  });
}

/** The texts within any JSON. */
function leavesOf(data: unknown, path: string): TemplateText[] {
  if (typeof data === 'string') return [value(path, data)];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, each]) => leavesOf(each, `${path}.${name}`));
}

/** The same JSON with each of its texts changed, by its path as `textsOfTemplate` names it. */
export function mapLeaves(data: unknown, path: string, change: (path: string) => string): unknown {
  if (typeof data === 'string') return change(path);
  if (Array.isArray(data)) return data.map((each, index) => mapLeaves(each, `${path}.${index}`, change));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, each]) => [name, mapLeaves(each, `${path}.${name}`, change)]),
  );
}

/** The words on buttons that WhatsApp writes itself. */
const fixedLabels = {
  catalog: 'View catalog',
  products: 'View items',
  product: 'View',
  requestContact: 'Share phone number',
} as const;

/** The words on a button. */
export const labelOf = (button: WhatsAppButton): string =>
  'text' in button ? button.text : fixedLabels[button.type];
