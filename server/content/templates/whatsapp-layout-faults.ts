import type { WhatsAppButton, WhatsAppTemplate } from '../template-content.ts';
import type { TemplateFault } from './text-faults.ts';
import { buttonWords } from './whatsapp-button-faults.ts';

/** Which parts go with which, by Meta's rules of its special kinds of template. */
export function layoutFaults(content: WhatsAppTemplate): TemplateFault[] {
  return [
    ...offerLayout(content),
    ...carouselLayout(content),
    ...callLayout(content),
    ...productLayout(content),
  ];
}

/** Kinds that are marketing, whatever they say. */
export function categoryFaults(content: WhatsAppTemplate, category: string | null): TemplateFault[] {
  if (category === null || category === 'MARKETING') return [];
  const { offer, carousel, buttons } = content;
  const kinds = [
    ...(offer ? ['an offer that ends'] : []),
    ...(carousel ? ['a carousel'] : []),
    ...(['copyCode', 'catalog', 'products', 'product'] as const)
      .filter((type) => buttons.some((button) => button.type === type))
      .map((type) => buttonWords[type]),
  ];
  return kinds.map((kind) => ({
    ...{ field: 'category', fault: `is ${category}, and Meta takes ${kind} as MARKETING only` },
  }));
}

/** A part that may not be there. */
const unless = (isAbsent: boolean, field: string, fault: string): TemplateFault[] =>
  isAbsent ? [] : [{ field, fault }];

const typesOf = (buttons: readonly WhatsAppButton[]) => buttons.map(({ type }) => type).join(' ');

function offerLayout({ offer, header, footer, buttons, carousel }: WhatsAppTemplate): TemplateFault[] {
  if (offer === undefined) return [];
  const isFilm = header === null || header.kind === 'image' || header.kind === 'video';
  const wanted = offer.expiresAt === null ? ['url', 'copyCode url'] : ['copyCode url'];
  return [
    ...unless(isFilm, 'header', `is a ${header?.kind}; an offer has an image, a video or none above it`),
    ...unless(footer === null, 'footer', 'is written; a template with an offer has none'),
    ...unless(carousel === undefined, 'carousel', 'stands beside an offer; a template has one of them'),
    ...unless(
      wanted.includes(typesOf(buttons)),
      'buttons',
      offer.expiresAt === null
        ? 'are not those of an offer: a link, or first a code to copy and then a link'
        : 'are not those of an offer that ends: first a code to copy, then a link',
    ),
  ];
}

function carouselLayout({ carousel, header, footer, buttons }: WhatsAppTemplate): TemplateFault[] {
  if (carousel === undefined) return [];
  return [
    ...unless(header === null, 'header', 'is there; above cards there is a body and nothing else'),
    ...unless(footer === null, 'footer', 'is written; a template with cards has none'),
    ...unless(buttons.length === 0, 'buttons', 'stand under the body; put them on the cards'),
  ];
}

function callLayout({ asksToCall, buttons, carousel, offer }: WhatsAppTemplate): TemplateFault[] {
  if (!asksToCall) return [];
  const isAlone = buttons.length === 0 && carousel === undefined && offer === undefined;
  return unless(
    isAlone,
    'asksToCall',
    'is set beside buttons, cards or an offer; WhatsApp puts its own question there',
  );
}

function productLayout({ header, body, buttons }: WhatsAppTemplate): TemplateFault[] {
  const has = (type: WhatsAppButton['type']) => buttons.some((button) => button.type === type);
  const alone = (['catalog', 'products', 'product'] as const).filter(has);
  const faults: TemplateFault[] = [];
  for (const type of alone)
    faults.push(
      ...unless(
        buttons.length === 1,
        'buttons',
        `hold others beside ${buttonWords[type]}; Meta takes such a button alone`,
      ),
    );
  if (has('products'))
    faults.push(
      ...unless(header?.kind === 'text', 'header', 'is no text; above products Meta wants a header of words'),
    );
  if (has('product'))
    faults.push(
      ...unless(header?.kind === 'product', 'header', 'is no product; the button shows that of the header'),
    );
  if (header?.kind === 'product')
    faults.push(
      ...unless(has('product'), 'buttons', 'lack the one that shows the product of the header; add it'),
    );
  return body.trim() === '' ? [] : faults;
}
