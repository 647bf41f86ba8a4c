import { isWebAddress } from '../network/callbacks.ts';
import type { Template } from '../network/registry.ts';
import { type MetaError, metaError } from './errors.ts';
import { at, listAt, textAt } from './fields.ts';
import { isCode } from './template-creation.ts';
import {
  type Component,
  componentsOf,
  partOf,
  type SentComponent,
  sentButton,
  sentComponentsOf,
  variablesIn,
} from './template-text.ts';

const mostCode = 15;
const mostSections = 10;
const mostProducts = 30;
const mostCards = 10;
const fewestCards = 2;

/** What review finds wrong, as Meta's reason, or null: variables need an example. An authentication template's text is Meta's own. */
export function reviewFault(template: Template): string | null {
  if (template.category === 'AUTHENTICATION') return null;
  const body = partOf(componentsOf(template.components), 'BODY');
  return variablesIn(body?.text ?? '').length > 0 && body?.example === undefined ? 'INVALID_FORMAT' : null;
}

function countFault(
  component: Component | undefined,
  sent: SentComponent | undefined,
  named: boolean,
): MetaError | null {
  const variables = variablesIn(component?.text ?? '');
  const parameters = sent?.parameters ?? [];
  const where = (component?.type ?? sent?.type ?? 'BODY').toLowerCase();
  if (variables.length !== parameters.length)
    return metaError(
      132000,
      `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${variables.length})`,
    );
  const missing = named && variables.find((name) => !parameters.some((one) => one.parameter_name === name));
  if (missing) return metaError(132000, `${where}: parameter_name ${missing} is missing`);
  const bad = parameters.find((one) => one.type === 'text' && /[\n\t]| {5,}/.test(one.text ?? ''));
  if (bad)
    return metaError(132018, `${where}: text may not hold new lines, tabs or more than four spaces in a row`);
  const empty = parameters.find((one) => one.type === 'text' && (one.text ?? '') === '');
  return empty ? metaError(131008, `${where}: a text parameter is empty`) : null;
}

const isNumberText = (value: unknown, largest: number) =>
  typeof value === 'string' && value.trim() !== '' && Math.abs(Number(value)) <= largest;

/** What a header that is no text is filled with. */
function parameterOfHeaderFault(format: string, parameter: unknown): MetaError | null {
  switch (format) {
    case 'location': {
      const place = at(parameter, 'location');
      const isPlace = isNumberText(at(place, 'latitude'), 90) && isNumberText(at(place, 'longitude'), 180);
      if (!isPlace) return metaError(131009, 'header: latitude and longitude are texts of numbers');
      return textAt(place, 'name') === '' || textAt(place, 'address') === ''
        ? metaError(131008, 'header: name and address of the location are missing')
        : null;
    }
    case 'product':
      return ['product_retailer_id', 'catalog_id'].some((name) => textAt(parameter, `product.${name}`) === '')
        ? metaError(131008, 'header: product_retailer_id or catalog_id is missing')
        : null;
    default: {
      const link = textAt(parameter, `${format}.link`);
      if (link === '' && textAt(parameter, `${format}.id`) === '')
        return metaError(131008, `header: ${format} needs a link or an id`);
      return link !== '' && !isWebAddress(link)
        ? metaError(131009, `header: ${format}.link is not a valid URL`)
        : null;
    }
  }
}

function headerFault(components: Component[], sent: SentComponent[], named: boolean): MetaError | null {
  const header = partOf(components, 'HEADER');
  const given = partOf(sent, 'HEADER');
  const format = (header?.format ?? 'TEXT').toLowerCase();
  if (format === 'text') return countFault(header, given, named);
  const [parameter] = given?.parameters ?? [];
  return parameter?.type === format
    ? parameterOfHeaderFault(format, parameter)
    : metaError(
        132012,
        `header: Format mismatch, expected ${format}, received ${parameter?.type ?? 'nothing'}`,
      );
}

type Button = NonNullable<Component['buttons']>[number];
type Given = SentComponent | undefined;

/** A button takes one parameter of a type, behind its sub_type. */
function oneParameter(place: number, given: Given, subType: string, type: string): MetaError | null {
  const [parameter, ...more] = given?.parameters ?? [];
  const where = `buttons: button at index ${place} of type ${subType}`;
  if (!parameter || more.length > 0) return metaError(132000, `${where} requires 1 parameter`);
  if (given?.sub_type?.toLowerCase() !== subType || parameter.type !== type)
    return metaError(132012, `${where} takes a parameter of type ${type}`);
  return null;
}

function buttonFault(button: Button, place: number, given: Given): MetaError | null {
  const parameter = given?.parameters?.[0];
  switch (button.type.toUpperCase()) {
    case 'URL': {
      const expected = variablesIn(button.url ?? '').length;
      return (given?.parameters?.length ?? 0) === expected
        ? null
        : metaError(
            132000,
            `buttons: button at index ${place} of type Url requires ${expected} parameter(s)`,
          );
    }
    case 'COPY_CODE': {
      const wrong = oneParameter(place, given, 'copy_code', 'coupon_code');
      if (wrong) return wrong;
      return isCode(parameter?.coupon_code)
        ? null
        : metaError(131009, `buttons: coupon_code has at most ${mostCode} letters and digits`);
    }
    case 'FLOW':
      return given ? oneParameter(place, given, 'flow', 'action') : null;
    case 'CATALOG':
      return given ? oneParameter(place, given, 'catalog', 'action') : null;
    case 'MPM':
      return oneParameter(place, given, 'mpm', 'action') ?? productsFault(at(parameter, 'action'));
    case 'QUICK_REPLY':
      return given ? oneParameter(place, given, 'quick_reply', 'payload') : null;
    default:
      return given ? metaError(132012, `buttons: button at index ${place} takes no parameter`) : null;
  }
}

function productsFault(action: unknown): MetaError | null {
  const sections = listAt(action, 'sections');
  const products = sections.flatMap((section) => listAt(section, 'product_items'));
  if (textAt(action, 'thumbnail_product_retailer_id') === '')
    return metaError(131008, 'buttons: thumbnail_product_retailer_id is missing');
  if (sections.length < 1 || sections.length > mostSections)
    return metaError(131009, `buttons: Invalid sections count. Min allowed: 1, Max allowed: ${mostSections}`);
  if (products.length < 1 || products.length > mostProducts)
    return metaError(
      131009,
      `buttons: Invalid product_items count. Min allowed: 1, Max allowed: ${mostProducts}`,
    );
  if (sections.some((section) => listAt(section, 'product_items').length === 0))
    return metaError(131009, 'buttons: a section has no product_items');
  return products.some((product) => textAt(product, 'product_retailer_id') === '')
    ? metaError(131008, 'buttons: product_retailer_id is missing')
    : null;
}

function buttonsFault(components: Component[], sent: SentComponent[]): MetaError | null {
  const buttons = partOf(components, 'BUTTONS')?.buttons ?? [];
  for (const [place, button] of buttons.entries()) {
    const fault = buttonFault(button, place, sentButton(sent, place));
    if (fault) return fault;
  }
  return null;
}

function offerFault(components: Component[], sent: SentComponent[]): MetaError | null {
  const offer = partOf(components, 'LIMITED_TIME_OFFER');
  if (!offer) return null;
  const ends = at(offer, 'limited_time_offer.has_expiration') === true;
  const [parameter] = partOf(sent, 'LIMITED_TIME_OFFER')?.parameters ?? [];
  if (!ends)
    return parameter
      ? metaError(132000, 'limited_time_offer: an offer without an end takes no parameter')
      : null;
  return typeof at(parameter, 'limited_time_offer.expiration_time_ms') === 'number'
    ? null
    : metaError(132000, 'limited_time_offer: expiration_time_ms is missing');
}

/** Each card is filled as a template is; of products there may be other numbers of cards than at creation. */
function carouselFault(components: Component[], sentParts: unknown[], named: boolean): MetaError | null {
  const carousel = partOf(components, 'CAROUSEL');
  if (!carousel) return null;
  const made = listAt(carousel, 'cards').map((card) => componentsOf(listAt(card, 'components')));
  const given = listAt(
    sentParts.find((part) => textAt(part, 'type').toUpperCase() === 'CAROUSEL'),
    'cards',
  );
  const isOfProducts = partOf(made[0] ?? [], 'HEADER')?.format?.toUpperCase() === 'PRODUCT';
  const isRight = isOfProducts
    ? given.length >= fewestCards && given.length <= mostCards
    : given.length === made.length;
  if (!isRight)
    return metaError(132000, `carousel: ${given.length} cards were sent, ${made.length} expected`);
  for (const [place, card] of given.entries()) {
    if (at(card, 'card_index') !== place) return metaError(131009, 'carousel: card_index must count from 0');
    const parts = made[isOfProducts ? 0 : place] ?? [];
    const fault = partsFault(parts, listAt(card, 'components'), named);
    if (fault) return { ...fault, details: `carousel card ${place}: ${fault.details}` };
  }
  return null;
}

function partsFault(components: Component[], sentParts: unknown[], named: boolean): MetaError | null {
  const sent = sentComponentsOf(sentParts);
  return (
    headerFault(components, sent, named) ??
    countFault(partOf(components, 'BODY'), partOf(sent, 'BODY'), named) ??
    buttonsFault(components, sent)
  );
}

/** The code of a message stands twice in it: in the body, and for the button. */
function authenticationCodeFault(category: string, sent: SentComponent[]): MetaError | null {
  if (category !== 'AUTHENTICATION') return null;
  const inBody = partOf(sent, 'BODY')?.parameters?.[0]?.text ?? '';
  const inButton = partOf(sent, 'BUTTON')?.parameters?.[0]?.text ?? '';
  if (inBody.length > mostCode) return metaError(131009, `body: the code has at most ${mostCode} characters`);
  return inBody === inButton ? null : metaError(131009, 'buttons: the code is another than that of the body');
}

/** What is wrong with the parameters of a template message, or null. */
export function parameterFault(template: Template, sentParts: unknown[]): MetaError | null {
  const named = template.parameterFormat === 'NAMED';
  const components = componentsOf(template.components);
  const sent = sentComponentsOf(sentParts);
  return (
    partsFault(components, sentParts, named) ??
    offerFault(components, sent) ??
    carouselFault(components, sentParts, named) ??
    authenticationCodeFault(template.category, sent)
  );
}
