import type {
  MessageContent,
  WhatsAppButtonAction,
  WhatsAppComponent,
  WhatsAppParameter,
} from '../providers/sending.ts';
import type { WhatsAppButton, WhatsAppTemplate } from './template-content.ts';
import { cutAtExpressions } from './template-expressions.ts';
import { labelOf } from './whatsapp/template-texts.ts';

/** A filled WhatsApp message as its reader sees it: the approved words with what the message puts into them. */
export interface ShownWhatsApp {
  header:
    | { kind: 'text'; text: string }
    | { kind: 'image' | 'video' | 'document'; url: string; text: string }
    | { kind: 'location'; name: string; address: string; latitude: string; longitude: string }
    | { kind: 'product'; productId: string }
    | null;
  /** An offer that ends, in milliseconds since 1970; null shows no end. */
  offer: { text: string; endsAt: number | null } | null;
  body: string;
  footer: string | null;
  buttons: ShownButton[];
  cards: ShownCard[];
  asksToCall: boolean;
}

interface ShownButton {
  type: WhatsAppButton['type'];
  text: string;
  /** What a press opens, dials, copies or answers. */
  leadsTo: string;
  /** The products that a press shows. */
  sections?: { title: string; productIds: string[] }[];
}

/** A card beside others. */
interface ShownCard {
  header: { kind: 'image' | 'video'; url: string } | { kind: 'product'; productId: string };
  body: string | null;
  buttons: ShownButton[];
}

type Filled = Extract<MessageContent, { kind: 'whatsAppTemplate' }>;

/** Puts together what Meta shows of a message: the template it has, and the parameters that were sent. */
export function shownWhatsApp(template: WhatsAppTemplate, message: Filled, publicUrl: string): ShownWhatsApp {
  const { components } = message;
  const { offer, asksToCall = false } = template;
  return {
    header: shownHeader(template, parametersOf(components, 'header')),
    offer: offer ? { text: offer.text, endsAt: endOf(components) } : null,
    body: filled(template.body, parametersOf(components, 'body')),
    footer: template.footer,
    buttons: template.buttons.map((button, place) => shownButton(button, place, components, publicUrl)),
    cards: shownCards(template, components, publicUrl),
    asksToCall,
  };
}

function parametersOf(
  components: readonly WhatsAppComponent[],
  type: 'header' | 'body' | 'limited_time_offer',
): readonly WhatsAppParameter[] {
  const found = components.find((component) => component.type === type);
  return found && 'parameters' in found ? found.parameters : [];
}

function endOf(components: readonly WhatsAppComponent[]): number | null {
  const [parameter] = parametersOf(components, 'limited_time_offer');
  return parameter?.type === 'limited_time_offer' ? parameter.limited_time_offer.expiration_time_ms : null;
}

function shownHeader(
  { header }: WhatsAppTemplate,
  parameters: readonly WhatsAppParameter[],
): ShownWhatsApp['header'] {
  if (header === null) return null;
  if (header.kind === 'text') return { kind: 'text', text: filled(header.text, parameters) };
  const [sent] = parameters;
  if (header.kind === 'location')
    return sent?.type === 'location' ? { kind: 'location', ...sent.location } : null;
  if (header.kind === 'product') return { kind: 'product', productId: wordsOf(sent) };
  const name = sent && 'filename' in sent ? (sent.filename ?? '') : '';
  return { kind: header.kind, url: wordsOf(sent), text: name };
}

function shownButton(
  button: WhatsAppButton,
  place: number,
  components: readonly WhatsAppComponent[],
  publicUrl: string,
): ShownButton {
  const sent = components.find((component) => component.type === 'button' && component.index === place);
  const [parameter] = sent && 'parameters' in sent ? sent.parameters : [];
  const { type } = button;
  const text = labelOf(button);
  if (button.type === 'phone') return { type, text, leadsTo: button.phone };
  if (type === 'url') return { type, text, leadsTo: `${publicUrl}/l/${wordsOf(parameter)}` };
  if (parameter?.type === 'action') return { type, text, ...opened(parameter.action) };
  return { type, text, leadsTo: wordsOf(parameter) };
}

function opened({ sections, thumbnail_product_retailer_id: thumbnail = '' }: WhatsAppButtonAction) {
  if (sections === undefined) return { leadsTo: thumbnail };
  const shown = sections.map(({ title, product_items }) => ({
    ...{ title, productIds: product_items.map((item) => item.product_retailer_id) },
  }));
  return { leadsTo: thumbnail, sections: shown };
}

/** The cards that were sent: all of a media carousel, and of products as many as there are for the person. */
function shownCards(
  { carousel }: WhatsAppTemplate,
  components: readonly WhatsAppComponent[],
  publicUrl: string,
): ShownCard[] {
  const sent = components.find((component) => component.type === 'carousel');
  if (carousel === undefined || sent?.type !== 'carousel') return [];
  return sent.cards.flatMap((card): ShownCard[] => {
    const [parameter] = parametersOf(card.components, 'header');
    if (carousel.kind === 'products') {
      const { label } = carousel;
      const button: WhatsAppButton =
        label === null ? { type: 'product' } : { type: 'url', text: label, url: '' };
      return [
        {
          header: { kind: 'product', productId: wordsOf(parameter) },
          body: null,
          buttons: [shownButton(button, 0, card.components, publicUrl)],
        },
      ];
    }
    const written = carousel.cards[card.card_index];
    if (!written) return [];
    return [
      {
        header: { kind: written.header.kind, url: wordsOf(parameter) },
        body: written.body === null ? null : filled(written.body, parametersOf(card.components, 'body')),
        buttons: written.buttons.map((button, place) =>
          shownButton(button, place, card.components, publicUrl),
        ),
      },
    ];
  });
}

function filled(words: string, parameters: readonly WhatsAppParameter[]): string {
  const cut = cutAtExpressions(words);
  if ('fault' in cut) throw new Error(`a template was filled that has no blanks: ${cut.fault.fault}`);
  const values = parameters.values();
  return cut.parts.map((part) => (part.kind === 'text' ? part.text : wordsOf(values.next().value))).join('');
}

function wordsOf(parameter: WhatsAppParameter | undefined): string {
  switch (parameter?.type) {
    case 'text':
      return parameter.text;
    case 'payload':
      return parameter.payload;
    case 'coupon_code':
      return parameter.coupon_code;
    case 'product':
      return parameter.product.product_retailer_id;
    case 'image':
    case 'video':
    case 'document':
      return parameter.link;
    default:
      return '';
  }
}
