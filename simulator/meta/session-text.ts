import { at, listAt, textAt } from './fields.ts';
import type { WhatsAppText } from './inbound.ts';
import type { RenderedButton, RenderedTemplate } from './template-text.ts';

/** What a message of a session looks like on a handset; null for a type that is nothing but words or a file. */
export function renderSession(type: string, content: unknown): RenderedTemplate | null {
  switch (type) {
    case 'interactive':
      return renderInteractive(content);
    case 'location': {
      const place = [textAt(content, 'name'), textAt(content, 'address')].filter(Boolean).join(', ');
      const point = `${at(content, 'latitude')},${at(content, 'longitude')}`;
      return { header: { kind: 'location', text: place }, body: point, buttons: [] };
    }
    case 'contacts':
      return { body: listAt({ content }, 'content').map(cardText).join('\n'), buttons: [] };
    case 'reaction':
      return { body: textAt(content, 'emoji') || 'took a reaction back', buttons: [] };
    default:
      return null;
  }
}

/** The kinds of button whose press is told to the business; the others open something on the phone alone. */
const answering = [
  ...['quick_reply', 'reply', 'row', 'catalog', 'mpm', 'spm'],
  ...['request_contact_info', 'call_permission'],
];

/** Whether the business hears of a press on a button. */
export const isAnswering = ({ kind }: RenderedButton): boolean => answering.includes(kind);

/** What a press on a button or row of a message comes to: of products one of each is ordered. */
export function pressOf(button: RenderedButton, handset: string): Partial<WhatsAppText> {
  const { kind, text, payload = text, description } = button;
  switch (kind) {
    case 'quick_reply':
      return { button: { text, payload } };
    case 'catalog':
    case 'mpm':
    case 'spm':
      return { order: { catalogId: button.catalogId ?? 'catalogue', items: itemsOf(button) } };
    case 'request_contact_info': {
      const name = { formatted_name: handset, first_name: handset };
      return { contacts: [{ name, phones: [{ phone: handset, type: 'CELL' }] }], isOwnContact: true };
    }
    case 'call_permission':
      return { mayCall: payload === 'accept' };
    default:
      return { interactive: { id: payload, title: text, list: kind === 'row', description } };
  }
}

const itemsOf = ({ products = ['first-of-catalogue'] }: RenderedButton) =>
  products.map((productId) => ({ productId, quantity: 1, price: 10, currency: 'USD' }));

function cardText(card: unknown): string {
  const phones = listAt(card, 'phones').map((phone) => textAt(phone, 'phone'));
  return [textAt(card, 'name.formatted_name'), ...phones].filter(Boolean).join(' ');
}

function renderInteractive(content: unknown): RenderedTemplate {
  const kind = textAt(content, 'header.type');
  const footer = textAt(content, 'footer.text');
  const cards = listAt(content, 'action.cards').map(renderCard);
  const body = [textAt(content, 'body.text'), ...cards.map((card) => card.body)].filter(Boolean);
  return {
    ...(kind && { header: { kind, text: textAt(content, 'header.text') } }),
    body: body.join('\n'),
    ...(footer && { footer }),
    buttons: [...buttonsOf(content), ...cards.flatMap((card) => card.buttons)],
  };
}

function renderCard(card: unknown): { body: string; buttons: RenderedButton[] } {
  const product = textAt(card, 'action.product_retailer_id');
  return { body: textAt(card, 'body.text') || product, buttons: buttonsOf(card) };
}

/** The words on the buttons that Meta labels itself. */
const fixedLabels: Record<string, string> = {
  location_request_message: 'Send location',
  address_message: 'Provide address',
  catalog_message: 'View catalog',
  product: 'View',
  product_list: 'View items',
};

function buttonsOf(holder: unknown): RenderedButton[] {
  const type = textAt(holder, 'type');
  const label = fixedLabels[type];
  if (label !== undefined) return [{ kind: type, text: label }];
  const cta = textAt(holder, 'action.parameters.flow_cta');
  if (type === 'flow') return [{ kind: 'flow', text: cta }];
  const url = textAt(holder, 'action.parameters.url');
  if (url !== '') return [{ kind: 'url', text: textAt(holder, 'action.parameters.display_text'), url }];
  const replies = listAt(holder, 'action.buttons').map((button): RenderedButton => {
    const reply = at(button, 'reply') ?? at(button, 'quick_reply');
    return { kind: 'reply', text: textAt(reply, 'title'), payload: textAt(reply, 'id') };
  });
  const rows = listAt(holder, 'action.sections')
    .flatMap((section) => listAt(section, 'rows'))
    .map((row): RenderedButton => {
      const description = textAt(row, 'description');
      return {
        ...{ kind: 'row', text: textAt(row, 'title'), payload: textAt(row, 'id') },
        ...(description && { description }),
      };
    });
  return [...replies, ...rows];
}
