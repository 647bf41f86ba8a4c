import type {
  MessageContent,
  WhatsAppButtonAction,
  WhatsAppComponent,
  WhatsAppParameter,
} from '../../providers/sending.ts';
import { endsInAddress, fillAddress } from '../links/fill-address.ts';
import { type Rendering, renderStorable } from '../render-storable.ts';
import type { CompiledTemplate } from '../rendering/compile-template.ts';
import { TemplateError } from '../rendering/template-error.ts';
import type { WhatsAppButton, WhatsAppCarousel, WhatsAppTemplate } from '../template-content.ts';
import { whatsAppLimits } from '../templates/template-limits.ts';
import { UnsendableMessage } from '../unsendable.ts';
import { partsOf } from './meta-shape.ts';
import { offerEnd } from './offer-end.ts';
import { mapLeaves, textsOfTemplate } from './template-texts.ts';

/** A text's plain words and, where it has blanks, what fills them. */
type Piece = string | { name: string; value: CompiledTemplate; isInAddress: boolean };

/** A WhatsApp template ready to fill many times; its texts by the paths of `textsOfTemplate`. */
export interface CompiledWhatsApp {
  content: WhatsAppTemplate;
  words: ReadonlyMap<string, Piece[]>;
  values: ReadonlyMap<string, CompiledTemplate>;
}

/** Compiles the expressions of a WhatsApp template, each by `compiled`. Throws a TemplateError. */
export function compileWhatsApp(
  content: WhatsAppTemplate,
  compiled: (source: string) => CompiledTemplate,
): CompiledWhatsApp {
  const words = new Map<string, Piece[]>();
  const values = new Map<string, CompiledTemplate>();
  for (const { path, text, as } of textsOfTemplate(content)) {
    if (as === 'words') words.set(path, piecesOf(text, compiled));
    else values.set(path, compiled(text));
  }
  return { content, words, values };
}

function piecesOf(text: string, compiled: (source: string) => CompiledTemplate): Piece[] {
  let words = '';
  return partsOf(text).map((part): Piece => {
    if (part.kind === 'text') {
      words += part.text;
      return part.text;
    }
    return { name: part.name, value: compiled(part.source), isInAddress: endsInAddress(words) };
  });
}

/** The links of one message: `inText` for what stands in its words, `button` for what must be a short link. */
export interface WhatsAppLinks {
  inText(text: string): string;
  /** The code of a short link to this address. */
  button(url: string): string;
}

/** What of a template is filled in for one person, by path. */
interface Filling {
  /** What its parts say, one after the other. */
  said: string[];
  links: WhatsAppLinks;
  now: Date;
  /** The parameters of words with blanks. */
  words(path: string, part: string, limit: number): WhatsAppParameter[];
  value(path: string): string;
  /** A value that must be there, and may not be longer. */
  required(path: string, part: string, limit?: number): string;
}

/**
 * Fills an approved template for one person. Throws `UnsendableMessage` where a blank stays empty (Meta refuses an
 * empty parameter) or a part is longer than Meta allows, and a TemplateError where an expression cannot be rendered.
 */
export function renderWhatsApp(
  name: string,
  compiled: CompiledWhatsApp,
  links: WhatsAppLinks,
  rendering: Rendering,
): Extract<MessageContent, { kind: 'whatsAppTemplate' }> {
  const { content } = compiled;
  const filling = fillingOf(compiled, links, rendering);
  const header = headerComponent(content.header, filling);
  const offer = offerComponent(content, filling);
  const limit = content.offer ? whatsAppLimits.offerBody : whatsAppLimits.body;
  const body = filling.words('body', 'body', limit);
  const buttons = buttonComponents(content.buttons, 'buttons', filling);
  const carousel = content.carousel ? [cardsComponent(content.carousel, filling)] : [];
  if (content.footer) filling.said.push(content.footer);
  const flow = content.buttons.find((button) => button.type === 'flow')?.flow;
  return {
    kind: 'whatsAppTemplate',
    name,
    language: content.language,
    ...(flow ? { flow } : {}),
    components: [
      ...header,
      ...offer,
      ...(body.length > 0 ? [{ type: 'body' as const, parameters: body }] : []),
      ...buttons,
      ...carousel,
    ],
    preview: filling.said.filter((part) => part !== '').join('\n\n'),
  };
}

function fillingOf({ words, values }: CompiledWhatsApp, links: WhatsAppLinks, rendering: Rendering): Filling {
  const said: string[] = [];
  const filled = (text: string, what: string) => {
    if (text === '') throw new UnsendableMessage('missingField', [...rendering.missing][0] ?? what);
    return text;
  };
  const value = (path: string) => {
    const compiled = values.get(path);
    return compiled ? renderStorable(compiled, rendering).trim() : '';
  };
  return {
    ...{ said, links, value, now: rendering.now },
    words(path, part, limit) {
      const parameters: WhatsAppParameter[] = [];
      let text = '';
      for (const piece of words.get(path) ?? []) {
        if (typeof piece === 'string') {
          text += piece;
          continue;
        }
        const blank = filled(foldForParameter(renderStorable(piece.value, rendering)), piece.name);
        const shown = piece.isInAddress ? fillAddress(blank) : links.inText(blank);
        parameters.push({ type: 'text', text: shown });
        text += shown;
      }
      said.push(shortEnough(part, text, limit));
      return parameters;
    },
    required: (path, part, limit = Number.POSITIVE_INFINITY) =>
      shortEnough(part, filled(value(path), part), limit),
  };
}

function headerComponent(header: WhatsAppTemplate['header'], filling: Filling): WhatsAppComponent[] {
  const one = (parameter: WhatsAppParameter): WhatsAppComponent[] => [
    { type: 'header', parameters: [parameter] },
  ];
  if (header === null) return [];
  switch (header.kind) {
    case 'text': {
      const parameters = filling.words('header.text', 'header', whatsAppLimits.headerText);
      return parameters.length > 0 ? [{ type: 'header', parameters }] : [];
    }
    case 'location': {
      const at = (field: string) => filling.required(`header.${field}`, `header ${field}`);
      const location = {
        latitude: at('latitude'),
        longitude: at('longitude'),
        name: at('name'),
        address: at('address'),
      };
      const fault = placeFault(location);
      if (fault !== null) throw new TemplateError(null, `the header's ${fault}`);
      filling.said.push(`${location.name}\n${location.address}`);
      return one({ type: 'location', location });
    }
    case 'product':
      return one(productParameter('header', filling));
    default: {
      const link = filling.required('header.url', `header ${header.kind}`);
      const filename = header.kind === 'document' ? { filename: fileNameOf(link) } : {};
      return one({ type: header.kind, link, ...filename });
    }
  }
}

/** What is wrong with a point of the earth, null where nothing is. */
export function placeFault({ latitude, longitude }: { latitude: string; longitude: string }): string | null {
  const isWithin = (text: string, most: number) =>
    /^[+-]?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most;
  if (!isWithin(latitude, 90)) return `latitude ${JSON.stringify(latitude)} is no number from -90 to 90`;
  if (!isWithin(longitude, 180))
    return `longitude ${JSON.stringify(longitude)} is no number from -180 to 180`;
  return null;
}

const productParameter = (path: string, { required }: Filling): WhatsAppParameter => ({
  type: 'product',
  product: {
    product_retailer_id: required(`${path}.productId`, `${path} product`),
    catalog_id: required(`${path}.catalogId`, `${path} catalogue`),
  },
});

function offerComponent({ offer }: WhatsAppTemplate, filling: Filling): WhatsAppComponent[] {
  if (offer === undefined) return [];
  filling.said.push(offer.text);
  if (offer.expiresAt === null) return [];
  const written = filling.required('offer.expiresAt', 'end of the offer');
  const end = offerEnd(written);
  if (end === null)
    throw new TemplateError(
      null,
      `the offer's end ${JSON.stringify(written)} is no instant; give one as 2026-12-24T18:00:00Z`,
    );
  if (end <= filling.now.getTime())
    throw new TemplateError(null, `the offer ended at ${new Date(end).toISOString()}`);
  const parameter = { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: end } } as const;
  return [{ type: 'limited_time_offer', parameters: [parameter] }];
}

function buttonComponents(
  buttons: readonly WhatsAppButton[],
  path: string,
  filling: Filling,
): WhatsAppComponent[] {
  return buttons.flatMap((button, index) => buttonComponent(button, index, `${path}.${index}`, filling));
}

type SubType = Extract<WhatsAppComponent, { type: 'button' }>['sub_type'];

function buttonComponent(
  button: WhatsAppButton,
  index: number,
  path: string,
  filling: Filling,
): WhatsAppComponent[] {
  const part = `button ${index + 1}`;
  const sent = (sub_type: SubType, parameter: WhatsAppParameter): WhatsAppComponent[] => [
    { type: 'button', sub_type, index, parameters: [parameter] },
  ];
  const opened = (sub_type: SubType, action: WhatsAppButtonAction) =>
    sent(sub_type, { type: 'action', action });
  switch (button.type) {
    case 'url':
      return sent('url', { type: 'text', text: filling.links.button(filling.required(`${path}.url`, part)) });
    case 'quickReply': {
      const payload = filling.required(`${path}.payload`, part, whatsAppLimits.payload);
      return sent('quick_reply', { type: 'payload', payload });
    }
    case 'copyCode': {
      const code = filling.required(`${path}.code`, part, whatsAppLimits.couponCode);
      return sent('copy_code', { type: 'coupon_code', coupon_code: code });
    }
    case 'flow':
      return opened('flow', flowOpening(button, path, filling));
    case 'catalog': {
      const thumbnail = thumbnailOf(path, filling);
      return 'thumbnail_product_retailer_id' in thumbnail ? opened('catalog', thumbnail) : [];
    }
    case 'products':
      return opened('mpm', { ...productsOf(button, path, filling) });
    default:
      return [];
  }
}

function flowOpening(
  { action }: Extract<WhatsAppButton, { type: 'flow' }>,
  path: string,
  { value }: Filling,
): WhatsAppButtonAction {
  const data = action?.type === 'navigate' ? action.data : undefined;
  if (data === undefined) return {};
  return { flow_action_data: mapLeaves(data, `${path}.action.data`, value) as Record<string, unknown> };
}

function thumbnailOf(path: string, { value }: Filling): { thumbnail_product_retailer_id?: string } {
  const id = value(`${path}.thumbnailProductId`);
  return id === '' ? {} : { thumbnail_product_retailer_id: id };
}

/** The products of a person; sections that have none for them are left out. */
function productsOf(
  button: Extract<WhatsAppButton, { type: 'products' }>,
  path: string,
  filling: Filling,
): WhatsAppButtonAction {
  const sections = button.sections.flatMap(({ productIds }, place) => {
    const at = `${path}.sections.${place}`;
    const ids = productIds.map((_, index) => filling.value(`${at}.productIds.${index}`)).filter(Boolean);
    if (ids.length === 0) return [];
    const title = shortEnough(
      `title of section ${place + 1}`,
      filling.value(`${at}.title`),
      whatsAppLimits.sectionTitle,
    );
    return [{ title, product_items: ids.map((id) => ({ product_retailer_id: id })) }];
  });
  const first = sections[0]?.product_items[0]?.product_retailer_id;
  if (first === undefined) throw new UnsendableMessage('emptyMessage', 'there is no product for this person');
  return { thumbnail_product_retailer_id: first, ...thumbnailOf(path, filling), sections };
}

function cardsComponent(carousel: WhatsAppCarousel, filling: Filling): WhatsAppComponent {
  const all =
    carousel.kind === 'media'
      ? carousel.cards.map((card, place) => mediaCard(card, `carousel.cards.${place}`, filling))
      : productCards(carousel, filling);
  return {
    type: 'carousel',
    cards: all.map((components, card_index) => ({ card_index, components })),
  };
}

type MediaCard = Extract<WhatsAppCarousel, { kind: 'media' }>['cards'][number];

function mediaCard(
  { header, body, buttons }: MediaCard,
  path: string,
  filling: Filling,
): WhatsAppComponent[] {
  const link = filling.required(`${path}.header.url`, `card’s ${header.kind}`);
  const parameters =
    body === null ? [] : filling.words(`${path}.body`, 'body of a card', whatsAppLimits.cardBody);
  return [
    { type: 'header', parameters: [{ type: header.kind, link }] },
    ...(parameters.length > 0 ? [{ type: 'body' as const, parameters }] : []),
    ...buttonComponents(buttons, `${path}.buttons`, filling),
  ];
}

/** A card for each product that there is for a person. */
function productCards(
  { label, cards }: Extract<WhatsAppCarousel, { kind: 'products' }>,
  filling: Filling,
): WhatsAppComponent[][] {
  const catalogId = filling.required('carousel.catalogId', 'catalogue of the cards');
  const shown = cards.flatMap((_, place) => {
    const path = `carousel.cards.${place}`;
    const id = filling.value(`${path}.productId`);
    if (id === '') return [];
    const product = { product_retailer_id: id, catalog_id: catalogId };
    const header: WhatsAppComponent = { type: 'header', parameters: [{ type: 'product', product }] };
    if (label === null) return [[header]];
    const text = filling.links.button(filling.required(`${path}.url`, `link of card ${place + 1}`));
    const button: WhatsAppComponent = {
      ...{ type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text }] },
    };
    return [[header, button]];
  });
  if (shown.length >= whatsAppLimits.fewestCards) return shown;
  throw new UnsendableMessage(
    'emptyMessage',
    `there are products for ${shown.length} cards; Meta wants ${whatsAppLimits.fewestCards}`,
  );
}

function shortEnough(part: string, text: string, limit: number): string {
  const { length } = Array.from(text);
  if (length <= limit) return text;
  throw new UnsendableMessage(
    'contentTooLong',
    `the ${part} has ${length} characters for this person; Meta allows ${limit}`,
  );
}

/** A parameter may hold no newline, no tab and no row of more than four spaces (Meta 132012, 132018). */
function foldForParameter(text: string): string {
  return text
    .replace(/\s+/g, (space) => (/[\n\r\t\v\f\u2028\u2029]/.test(space) ? ' ' : space.replace(/ {4,}/g, ' ')))
    .trim();
}

function fileNameOf(link: string): string {
  const path = URL.canParse(link) ? new URL(link).pathname : link;
  return path.split('/').findLast((part) => part !== '') ?? 'document';
}
