import { isWebAddress } from '../network/callbacks.ts';
import { type MetaError, metaError } from './errors.ts';
import { at, isObject, listAt, textAt } from './fields.ts';

/** What the rules ask of the network: whether an uploaded file, or a flow that can be sent, has this id. */
export interface Known {
  media(id: string): boolean;
  flow(idOrName: string, isDraft: boolean): boolean;
}

/** Lengths and counts (Meta, interactive messages and messages reference, 2026). */
const most = {
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
  cards: 10,
  cardBody: 160,
};
const fewestCards = 2;
const mediaTypes = ['image', 'video', 'audio', 'sticker', 'document'];
const headerTypes = ['text', 'image', 'video', 'document'];

const missing = (what: string) => metaError(131008, `Required parameter is missing: ${what}`);

/** The text at a path of `content` is there and not too long. */
function lengthFault(content: unknown, path: string, name: string, longest: number): MetaError | null {
  const { length } = textAt(content, path);
  if (length >= 1 && length <= longest) return null;
  return metaError(131009, `${name} length invalid. Min length: 1, Max length: ${longest}`);
}

function countFault(count: number, name: string, least: number, highest: number): MetaError | null {
  if (count >= least && count <= highest) return null;
  return metaError(131009, `Invalid ${name} count. Min allowed: ${least}, Max allowed: ${highest}`);
}

function twinFault(texts: string[], name: string): MetaError | null {
  return new Set(texts).size === texts.length ? null : metaError(131009, `${name} must be unique`);
}

/** The first fault that is found. */
function first(faults: Iterable<MetaError | null>): MetaError | null {
  for (const fault of faults) if (fault) return fault;
  return null;
}

/** A file is named by an address to load it from, or by the id of an upload. */
function mediumFault(medium: unknown, name: string, known: Known): MetaError | null {
  const id = textAt(medium, 'id');
  const link = textAt(medium, 'link');
  if (id === '' && link === '') return missing(`${name}['link'] or ${name}['id']`);
  if (link !== '' && !isWebAddress(link))
    return metaError(131009, `Param ${name}['link'] is not a valid URL`);
  if (id !== '' && !known.media(id))
    return metaError(100, `Param ${name}['id'] is not a valid whatsapp business account media attachment ID`);
  const caption = textAt(medium, 'caption');
  return caption === '' ? null : lengthFault(medium, 'caption', `${name}['caption']`, most.caption);
}

function headerFault(interactive: unknown, known: Known): MetaError | null {
  const header = at(interactive, 'header');
  if (header === undefined) return null;
  const type = textAt(header, 'type');
  if (!headerTypes.includes(type))
    return metaError(100, `Param interactive['header']['type'] must be one of {${headerTypes.join(', ')}}`);
  if (type === 'text') return lengthFault(header, 'text', 'Header text', most.header);
  return mediumFault(at(header, type), type, known);
}

function frameFault(interactive: unknown, longestBody: number, known: Known): MetaError | null {
  const isBodiless = ['product', 'catalog_message'].includes(textAt(interactive, 'type'));
  if (at(interactive, 'body') !== undefined || !isBodiless) {
    const body = lengthFault(interactive, 'body.text', 'Body text', longestBody);
    if (body) return body;
  }
  const footer =
    at(interactive, 'footer') === undefined
      ? null
      : lengthFault(interactive, 'footer.text', 'Footer text', most.footer);
  return footer ?? headerFault(interactive, known);
}

function buttonsFault(interactive: unknown): MetaError | null {
  const buttons = listAt(interactive, 'action.buttons');
  return (
    countFault(buttons.length, 'buttons', 1, most.buttons) ??
    first(
      buttons.flatMap((button) => [
        lengthFault(button, 'reply.id', 'Button id', most.buttonId),
        lengthFault(button, 'reply.title', 'Button title', most.label),
      ]),
    ) ??
    twinFault(
      buttons.map((button) => textAt(button, 'reply.id')),
      'Button ids',
    ) ??
    twinFault(
      buttons.map((button) => textAt(button, 'reply.title')),
      'Button titles',
    )
  );
}

function rowFault(row: unknown): MetaError | null {
  return (
    lengthFault(row, 'id', 'Row id', most.rowId) ??
    lengthFault(row, 'title', 'Row title', most.rowTitle) ??
    (textAt(row, 'description') === ''
      ? null
      : lengthFault(row, 'description', 'Row description', most.rowDescription))
  );
}

function listFault(interactive: unknown): MetaError | null {
  const sections = listAt(interactive, 'action.sections');
  const rows = sections.flatMap((section) => listAt(section, 'rows'));
  const titled = sections.filter((section) => sections.length > 1 || textAt(section, 'title') !== '');
  return (
    lengthFault(interactive, 'action.button', 'Button text', most.label) ??
    countFault(sections.length, 'sections', 1, most.sections) ??
    (rows.length > most.rows
      ? metaError(131009, `Total row count exceed max allowed count: ${most.rows}`)
      : countFault(rows.length, 'rows', 1, most.rows)) ??
    first(titled.map((section) => lengthFault(section, 'title', 'Section title', most.sectionTitle))) ??
    first(rows.map(rowFault)) ??
    twinFault(
      rows.map((row) => textAt(row, 'id')),
      'Row ids',
    )
  );
}

function urlFault(action: unknown): MetaError | null {
  if (!isWebAddress(textAt(action, 'parameters.url'))) return missing("action['parameters']['url']");
  return lengthFault(action, 'parameters.display_text', 'Button text', most.label);
}

function flowFault(interactive: unknown, known: Known): MetaError | null {
  const parameters = at(interactive, 'action.parameters');
  const flow = textAt(parameters, 'flow_id') || textAt(parameters, 'flow_name');
  if (flow === '') return missing('flow_id or flow_name');
  if (textAt(parameters, 'flow_message_version') === '') return missing('flow_message_version');
  if (!known.flow(flow, textAt(parameters, 'mode') === 'draft'))
    return metaError(131009, `Flow ${flow} does not exist, or is not published`);
  return lengthFault(parameters, 'flow_cta', 'Flow CTA', most.flowLabel);
}

function productsFault(interactive: unknown): MetaError | null {
  const sections = listAt(interactive, 'action.sections');
  const items = sections.flatMap((section) => listAt(section, 'product_items'));
  if (textAt(interactive, 'header.text') === '') return missing("header['text']");
  if (textAt(interactive, 'action.catalog_id') === '') return missing("action['catalog_id']");
  return (
    countFault(sections.length, 'sections', 1, most.sections) ??
    countFault(items.length, 'product_items', 1, most.products)
  );
}

function productFault(interactive: unknown): MetaError | null {
  const needed = ['catalog_id', 'product_retailer_id'];
  const lacking = needed.find((name) => textAt(interactive, `action.${name}`) === '');
  return lacking === undefined ? null : missing(`action['${lacking}']`);
}

function cardFault(card: unknown, known: Known): MetaError | null {
  if (textAt(card, 'type') === 'product') return productFault(card);
  const body =
    at(card, 'body') === undefined ? null : lengthFault(card, 'body.text', 'Card body', most.cardBody);
  const isUrl = at(card, 'action.name') === 'cta_url';
  return body ?? headerFault(card, known) ?? (isUrl ? urlFault(at(card, 'action')) : null);
}

function carouselFault(interactive: unknown, known: Known): MetaError | null {
  const cards = listAt(interactive, 'action.cards');
  return (
    countFault(cards.length, 'cards', fewestCards, most.cards) ??
    first(cards.map((card) => cardFault(card, known)))
  );
}

function nameFault(interactive: unknown, name: string): MetaError | null {
  return textAt(interactive, 'action.name') === name ? null : missing(`action['name'] ${name}`);
}

const kinds: Record<string, (interactive: unknown, known: Known) => MetaError | null> = {
  button: buttonsFault,
  list: listFault,
  cta_url: (one) => nameFault(one, 'cta_url') ?? urlFault(at(one, 'action')),
  flow: (one, known) => nameFault(one, 'flow') ?? flowFault(one, known),
  location_request_message: (one) => nameFault(one, 'send_location'),
  address_message: (one) => nameFault(one, 'address_message'),
  product: productFault,
  product_list: productsFault,
  catalog_message: (one) => nameFault(one, 'catalog_message'),
  carousel: carouselFault,
  call_permission_request: (one) => nameFault(one, 'call_permission_request'),
  voice_call: (one) => nameFault(one, 'voice_call'),
};

function interactiveFault(interactive: unknown, known: Known): MetaError | null {
  const type = textAt(interactive, 'type');
  const rule = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!rule) {
    const names = Object.keys(kinds).join(', ');
    return metaError(100, `Param interactive['type'] must be one of {${names}} - got "${type}"`);
  }
  const longest = type === 'list' ? most.listBody : most.body;
  return frameFault(interactive, longest, known) ?? rule(interactive, known);
}

/** What is wrong with what a message of a type holds, as Meta says it, or null. */
export function contentFault(type: string, content: unknown, known: Known): MetaError | null {
  if (type === 'contacts') return listAt({ content }, 'content').length > 0 ? null : missing('contacts');
  if (!isObject(content)) return missing(type);
  if (mediaTypes.includes(type)) return mediumFault(content, type, known);
  if (type === 'interactive') return interactiveFault(content, known);
  if (type === 'reaction') return textAt(content, 'message_id') ? null : missing("reaction['message_id']");
  if (type !== 'location') return null;
  const [latitude, longitude] = [
    Number(content.latitude ?? Number.NaN),
    Number(content.longitude ?? Number.NaN),
  ];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? null
    : metaError(131009, 'Param location: latitude is from -90 to 90, longitude from -180 to 180');
}
