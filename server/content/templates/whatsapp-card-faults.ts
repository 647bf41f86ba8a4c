import type { SnippetSet } from '../snippets/snippet-set.ts';
import type { WhatsAppCard, WhatsAppCarousel } from '../template-content.ts';
import { mostOfButton, whatsAppLimits } from './template-limits.ts';
import { addressFaults, type TemplateFault, textFaults } from './text-faults.ts';
import { buttonFaults, buttonWords } from './whatsapp-button-faults.ts';
import { bodyFaults, fixedTextFaults } from './whatsapp-text-faults.ts';

/** Faults of the cards beside each other under a body. */
export function carouselFaults(carousel: WhatsAppCarousel, snippets: SnippetSet): TemplateFault[] {
  const field = 'carousel.cards';
  const { length } = carousel.cards;
  if (length < whatsAppLimits.fewestCards || length > whatsAppLimits.cards)
    return [
      {
        field,
        fault: `has ${length} cards; Meta wants ${whatsAppLimits.fewestCards} to ${whatsAppLimits.cards}`,
      },
    ];
  return carousel.kind === 'media'
    ? [
        ...unlikeFaults(carousel.cards),
        ...carousel.cards.flatMap((card, place) => cardFaults(`${field}.${place}`, card, snippets)),
      ]
    : productFaults(carousel, snippets);
}

const buttonsOf = ({ buttons }: WhatsAppCard) => buttons.map(({ type }) => type).join(', ');

/** All cards are made as the first is. */
function unlikeFaults(cards: readonly WhatsAppCard[]): TemplateFault[] {
  const [first] = cards;
  if (!first) return [];
  return cards.flatMap((card, place) => {
    const field = `carousel.cards.${place}`;
    const faults: TemplateFault[] = [];
    if (card.header.kind !== first.header.kind)
      faults.push({
        field: `${field}.header`,
        fault: `shows a ${card.header.kind}, and the first card a ${first.header.kind}; all cards are alike`,
      });
    if ((card.body === null) !== (first.body === null))
      faults.push({
        field: `${field}.body`,
        fault: 'is there or not there, other than on the first card; write one for all cards or for none',
      });
    if (buttonsOf(card) !== buttonsOf(first))
      faults.push({
        field: `${field}.buttons`,
        fault: 'are others than on the first card; all cards have the same kinds of button in the same order',
      });
    return faults;
  });
}

function cardFaults(
  field: string,
  { header, body, buttons }: WhatsAppCard,
  snippets: SnippetSet,
): TemplateFault[] {
  const faults = addressFaults(`${field}.header.url`, header.url, snippets);
  if (body !== null) faults.push(...bodyFaults(`${field}.body`, body, whatsAppLimits.cardBody, snippets));
  const wrong = (fault: string) => faults.push({ field: `${field}.buttons`, fault });
  if (buttons.length === 0) wrong('is empty; give each card a button');
  if (buttons.length > whatsAppLimits.cardButtons)
    wrong(`has ${buttons.length} buttons; Meta allows ${whatsAppLimits.cardButtons} on a card`);
  for (const type of ['phone'] as const) {
    const most = mostOfButton[type] ?? 1;
    if (buttons.filter((button) => button.type === type).length > most)
      wrong(`has more than ${most} of ${buttonWords[type]}`);
  }
  buttons.forEach((button, place) => {
    faults.push(...buttonFaults(`${field}.buttons.${place}`, button, snippets));
  });
  return faults;
}

function productFaults(
  { catalogId, label, cards }: Extract<WhatsAppCarousel, { kind: 'products' }>,
  snippets: SnippetSet,
): TemplateFault[] {
  const faults = textFaults('carousel.catalogId', catalogId, snippets);
  if (catalogId.trim() === '')
    faults.push({
      field: 'carousel.catalogId',
      fault: 'is empty; give the id that the catalogue has with Meta',
    });
  if (label !== null)
    faults.push(...fixedTextFaults('carousel.label', label, whatsAppLimits.buttonText, 'the button’s words'));
  cards.forEach(({ productId, url }, place) => {
    const field = `carousel.cards.${place}`;
    faults.push(...textFaults(`${field}.productId`, productId, snippets));
    if (productId.trim() === '')
      faults.push({
        field: `${field}.productId`,
        fault: 'is empty; name a product by its id in the catalogue',
      });
    if (label !== null) faults.push(...addressFaults(`${field}.url`, url, snippets));
  });
  return faults;
}
