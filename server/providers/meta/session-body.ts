import type { CarouselCard, SessionHeader, SessionMessage, SessionMessageOf } from '../whatsapp-message.ts';

type Json = Record<string, unknown>;

/** The interactive kinds that Meta calls otherwise than we do. */
const interactiveTypes = {
  button: 'button',
  list: 'list',
  ctaUrl: 'cta_url',
  locationRequest: 'location_request_message',
  addressRequest: 'address_message',
  flow: 'flow',
  product: 'product',
  productList: 'product_list',
  catalog: 'catalog_message',
  carousel: 'carousel',
  productCarousel: 'carousel',
} as const;

type Interactive = SessionMessageOf<keyof typeof interactiveTypes>;

/** The version of messages that open a flow (Meta, flows, 2026). */
const flowMessageVersion = '3';

/**
 * A message of a session as Meta wants it: its `type` and the object of that name (Cloud API, messages reference, 2026). Fields
 * that are left out are undefined, which JSON leaves out too.
 */
export function sessionBody(message: SessionMessage): Json {
  switch (message.type) {
    case 'text':
      return { type: 'text', text: { body: message.body, preview_url: message.previewUrl ?? false } };
    case 'image':
    case 'video':
      return { type: message.type, [message.type]: { ...message.file, caption: message.caption } };
    case 'audio':
      return { type: 'audio', audio: { ...message.file, voice: message.voice } };
    case 'document': {
      const { file, caption, filename } = message;
      return { type: 'document', document: { ...file, caption, filename } };
    }
    case 'sticker':
      return { type: 'sticker', sticker: { ...message.file } };
    case 'location': {
      const { latitude, longitude, name, address } = message;
      return { type: 'location', location: { latitude, longitude, name, address } };
    }
    case 'contacts':
      return { type: 'contacts', contacts: snakeKeys(message.contacts) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: message.messageId, emoji: message.emoji } };
    default:
      return { type: 'interactive', interactive: interactiveBody(message) };
  }
}

function interactiveBody(message: Interactive): Json {
  const header = 'header' in message && message.header ? headerBody(message.header) : undefined;
  const footer = 'footer' in message ? textBody(message.footer) : undefined;
  const body = textBody(message.body);
  return { type: interactiveTypes[message.type], header, body, footer, action: actionBody(message) };
}

const textBody = (text: string | undefined): Json | undefined => (text === undefined ? undefined : { text });

function headerBody(header: SessionHeader): Json {
  if (header.kind === 'text') return { type: 'text', text: header.text };
  return { type: header.kind, [header.kind]: { ...header.file, filename: header.filename } };
}

function actionBody(message: Interactive): Json {
  switch (message.type) {
    case 'button':
      return { buttons: message.buttons.map((reply) => ({ type: 'reply', reply })) };
    case 'list':
      return { button: message.label, sections: message.sections };
    case 'ctaUrl':
      return linkAction(message.label, message.url);
    case 'locationRequest':
      return { name: 'send_location' };
    case 'addressRequest': {
      const { country, values, savedAddresses, validationErrors } = message;
      const parameters = snakeKeys({ country, values, savedAddresses, validationErrors });
      return { name: 'address_message', parameters };
    }
    case 'flow':
      return { name: 'flow', parameters: flowParameters(message) };
    case 'product':
      return { catalog_id: message.catalogId, product_retailer_id: message.productId };
    case 'productList':
      return {
        catalog_id: message.catalogId,
        sections: message.sections.map(({ title, productIds }) => ({
          title,
          product_items: productIds.map((id) => ({ product_retailer_id: id })),
        })),
      };
    case 'catalog': {
      const { thumbnailProductId: id } = message;
      return {
        name: 'catalog_message',
        ...(id === undefined ? {} : { parameters: { thumbnail_product_retailer_id: id } }),
      };
    }
    case 'carousel':
      return { cards: message.cards.map(cardBody) };
    case 'productCarousel':
      return {
        cards: message.productIds.map((id, index) => ({
          card_index: index,
          type: 'product',
          action: { catalog_id: message.catalogId, product_retailer_id: id },
        })),
      };
  }
}

const linkAction = (label: string, url: string): Json => ({
  name: 'cta_url',
  parameters: { display_text: label, url },
});

function flowParameters({ flow, label, token, isDraft, action }: SessionMessageOf<'flow'>): Json {
  const moves = action?.type === 'navigate';
  return {
    flow_message_version: flowMessageVersion,
    ...('id' in flow ? { flow_id: flow.id } : { flow_name: flow.name }),
    flow_cta: label,
    flow_token: token,
    mode: isDraft ? 'draft' : undefined,
    flow_action: action && (moves ? 'navigate' : 'data_exchange'),
    flow_action_payload: moves ? { screen: action.screen, data: action.data } : undefined,
  };
}

/** Cards of both kinds of button bear the one type. */
function cardBody({ header, body, action }: CarouselCard, index: number): Json {
  return {
    card_index: index,
    type: 'cta_url',
    header: { type: header.kind, [header.kind]: header.file },
    body: body === undefined ? undefined : { text: body },
    action:
      action.type === 'link'
        ? linkAction(action.label, action.url)
        : {
            buttons: action.buttons.map(({ id, title }) => ({
              type: 'quick_reply',
              quick_reply: { id, title },
            })),
          },
  };
}

/** The same value with its names in Meta's spelling: `formattedName` is `formatted_name`. */
function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeKeys(inner),
    ]),
  );
}
