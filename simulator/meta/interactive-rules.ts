import { isWebAddress } from '../network/callbacks.ts';
import {
  countFault,
  first,
  isBlank,
  type Known,
  lengthFault,
  longFault,
  mediumFault,
  missing,
  most,
  twinFault,
} from './content-limits.ts';
import { type MetaError, metaError } from './errors.ts';
import { at, listAt, textAt } from './fields.ts';

type Rule = (interactive: unknown, known: Known) => MetaError | null;

/** A kind of interactive message: what may stand above its body, whether it needs one, and the rule of its action. */
interface Kind {
  headers: readonly string[];
  body: 'needed' | 'optional';
  longestBody?: number;
  rule: Rule;
}

const anyHeader = ['text', 'image', 'video', 'document'];
const cardHeaders = ['image', 'video'];
const fewestCards = 2;

function headerFault(holder: unknown, allowed: readonly string[], known: Known): MetaError | null {
  const header = at(holder, 'header');
  if (header === undefined) return null;
  const type = textAt(header, 'type');
  if (allowed.length === 0) return metaError(100, "Param interactive['header'] is not allowed in this type");
  if (!allowed.includes(type))
    return metaError(100, `Param interactive['header']['type'] must be one of {${allowed.join(', ')}}`);
  if (type === 'text') return lengthFault(header, 'text', 'Header text', most.header);
  return mediumFault(at(header, type), type, known);
}

function frameFault(interactive: unknown, kind: Kind, known: Known): MetaError | null {
  const isThere = (part: string) => at(interactive, part) !== undefined;
  const body =
    isThere('body') || kind.body === 'needed'
      ? lengthFault(interactive, 'body.text', 'Body text', kind.longestBody ?? most.body)
      : null;
  const footer = isThere('footer')
    ? lengthFault(interactive, 'footer.text', 'Footer text', most.footer)
    : null;
  return body ?? footer ?? headerFault(interactive, kind.headers, known);
}

/** Buttons that answer, in the object `key` of each. */
function replyButtonsFault(buttons: unknown[], key: string, longestId: number): MetaError | null {
  const texts = (name: string) => buttons.map((button) => textAt(button, `${key}.${name}`));
  return (
    countFault(buttons.length, 'buttons', 1, most.buttons) ??
    first(
      buttons.flatMap((button) => [
        lengthFault(button, `${key}.id`, 'Button id', longestId),
        lengthFault(button, `${key}.title`, 'Button title', most.label),
      ]),
    ) ??
    (texts('id').some((id) => id !== id.trim())
      ? metaError(131009, 'Button id must not begin or end with a space')
      : null) ??
    twinFault(texts('id'), 'Button ids') ??
    twinFault(texts('title'), 'Button titles')
  );
}

function rowFault(row: unknown): MetaError | null {
  return (
    lengthFault(row, 'id', 'Row id', most.rowId) ??
    lengthFault(row, 'title', 'Row title', most.rowTitle) ??
    longFault(row, 'description', 'Row description', most.rowDescription)
  );
}

/** Sections have a title where there are more than one. */
function titlesFault(sections: unknown[]): MetaError | null {
  const titled = sections.filter((section) => sections.length > 1 || at(section, 'title') !== undefined);
  return first(titled.map((section) => lengthFault(section, 'title', 'Section title', most.sectionTitle)));
}

function listFault(interactive: unknown): MetaError | null {
  const sections = listAt(interactive, 'action.sections');
  const rows = sections.flatMap((section) => listAt(section, 'rows'));
  return (
    lengthFault(interactive, 'action.button', 'Button text', most.label) ??
    countFault(sections.length, 'sections', 1, most.sections) ??
    (rows.length > most.rows
      ? metaError(131009, `Total row count exceed max allowed count: ${most.rows}`)
      : null) ??
    first(sections.map((section) => countFault(listAt(section, 'rows').length, 'rows', 1, most.rows))) ??
    titlesFault(sections) ??
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

function addressFault(interactive: unknown): MetaError | null {
  const parameters = at(interactive, 'action.parameters');
  const country = textAt(parameters, 'country');
  const saved = listAt(parameters, 'saved_addresses');
  if (country === '') return missing("action['parameters']['country']");
  if (country !== 'IN') return metaError(131009, `address_message is not offered in ${country}`);
  return (
    first(saved.map((one) => (isBlank(one, 'id') ? missing("saved_addresses['id']") : null))) ??
    first(
      [at(parameters, 'values'), ...saved.map((one) => at(one, 'value'))].map((values) =>
        longFault(values, 'in_pin_code', 'in_pin_code', most.pinCode),
      ),
    )
  );
}

function flowFault(interactive: unknown, known: Known): MetaError | null {
  const parameters = at(interactive, 'action.parameters');
  const flow = textAt(parameters, 'flow_id') || textAt(parameters, 'flow_name');
  const action = at(parameters, 'flow_action');
  if (flow === '') return missing('flow_id or flow_name');
  if (textAt(parameters, 'flow_message_version') === '') return missing('flow_message_version');
  if (!known.flow(flow, textAt(parameters, 'mode') === 'draft'))
    return metaError(131009, `Flow ${flow} does not exist, or is not published`);
  if (action !== undefined && action !== 'navigate' && action !== 'data_exchange')
    return metaError(131009, 'flow_action must be one of {navigate, data_exchange}');
  if (
    at(parameters, 'flow_action_payload') !== undefined &&
    isBlank(parameters, 'flow_action_payload.screen')
  )
    return missing("flow_action_payload['screen']");
  if (/\p{Extended_Pictographic}/u.test(textAt(parameters, 'flow_cta')))
    return metaError(131009, 'Flow CTA must not hold emoji');
  return lengthFault(parameters, 'flow_cta', 'Flow CTA', most.flowLabel);
}

function productsFault(interactive: unknown): MetaError | null {
  const sections = listAt(interactive, 'action.sections');
  const items = sections.flatMap((section) => listAt(section, 'product_items'));
  if (isBlank(interactive, 'header.text')) return missing("header['text']");
  if (isBlank(interactive, 'action.catalog_id')) return missing("action['catalog_id']");
  return (
    countFault(sections.length, 'sections', 1, most.sections) ??
    titlesFault(sections) ??
    first(
      sections.map((section) =>
        countFault(listAt(section, 'product_items').length, 'product_items', 1, most.products),
      ),
    ) ??
    countFault(items.length, 'product_items', 1, most.products) ??
    first(items.map((item) => (isBlank(item, 'product_retailer_id') ? missing('product_retailer_id') : null)))
  );
}

function productFault(interactive: unknown): MetaError | null {
  const needed = ['catalog_id', 'product_retailer_id'];
  const lacking = needed.find((name) => isBlank(interactive, `action.${name}`));
  return lacking === undefined ? null : missing(`action['${lacking}']`);
}

function catalogFault(interactive: unknown): MetaError | null {
  const thumbnail = 'action.parameters.thumbnail_product_retailer_id';
  return (
    nameFault(interactive, 'catalog_message') ??
    (at(interactive, thumbnail) !== undefined && isBlank(interactive, thumbnail)
      ? missing('thumbnail_product_retailer_id')
      : null)
  );
}

/** What a card's buttons are, which all cards have alike: `product`, `url`, or how many answer. */
function shapeOf(card: unknown): string {
  if (textAt(card, 'type') === 'product') return 'product';
  return at(card, 'action.name') === 'cta_url' ? 'url' : `${listAt(card, 'action.buttons').length} replies`;
}

function cardFault(card: unknown, known: Known): MetaError | null {
  const shape = shapeOf(card);
  if (shape === 'product') return productFault(card);
  if (at(card, 'header') === undefined) return missing("card['header']");
  const breaks = textAt(card, 'body.text').match(/\r\n|\r|\n/g)?.length ?? 0;
  const body =
    at(card, 'body') === undefined ? null : lengthFault(card, 'body.text', 'Card body', most.cardBody);
  if (breaks > most.cardBreaks)
    return metaError(131009, `Card body may have ${most.cardBreaks} line breaks at most`);
  return (
    body ??
    headerFault(card, cardHeaders, known) ??
    (shape === 'url'
      ? urlFault(at(card, 'action'))
      : replyButtonsFault(listAt(card, 'action.buttons'), 'quick_reply', most.cardButtonId))
  );
}

function carouselFault(interactive: unknown, known: Known): MetaError | null {
  const cards = listAt(interactive, 'action.cards');
  const ids = cards.flatMap((card) =>
    listAt(card, 'action.buttons').map((button) => textAt(button, 'quick_reply.id')),
  );
  if (at(interactive, 'footer') !== undefined)
    return metaError(100, "Param interactive['footer'] is not allowed in this type");
  return (
    countFault(cards.length, 'cards', fewestCards, most.cards) ??
    (cards.some((card, place) => at(card, 'card_index') !== place)
      ? metaError(131009, 'card_index must count from 0')
      : null) ??
    (new Set(cards.map(shapeOf)).size > 1
      ? metaError(131009, 'All cards must have the same type and buttons')
      : null) ??
    (new Set(cards.map((card) => textAt(card, 'action.catalog_id'))).size > 1
      ? metaError(131009, 'All cards must be of one catalog')
      : null) ??
    first(cards.map((card) => cardFault(card, known))) ??
    twinFault(ids, 'Button ids')
  );
}

function nameFault(interactive: unknown, name: string): MetaError | null {
  return textAt(interactive, 'action.name') === name ? null : missing(`action['name'] ${name}`);
}

/** A kind whose body is needed. */
const kind = (headers: readonly string[], rule: Rule): Kind => ({ headers, body: 'needed', rule });

const kinds: Record<string, Kind> = {
  button: kind(anyHeader, (one) => replyButtonsFault(listAt(one, 'action.buttons'), 'reply', most.buttonId)),
  list: { ...kind(['text'], listFault), longestBody: most.listBody },
  cta_url: kind(anyHeader, (one) => nameFault(one, 'cta_url') ?? urlFault(at(one, 'action'))),
  flow: kind(anyHeader, (one, known) => nameFault(one, 'flow') ?? flowFault(one, known)),
  location_request_message: kind([], (one) => nameFault(one, 'send_location')),
  address_message: kind([], (one) => nameFault(one, 'address_message') ?? addressFault(one)),
  product: { headers: [], body: 'optional', rule: productFault },
  product_list: kind(['text'], productsFault),
  catalog_message: kind([], catalogFault),
  carousel: kind([], carouselFault),
  call_permission_request: {
    headers: [],
    body: 'optional',
    rule: (one) => nameFault(one, 'call_permission_request'),
  },
  voice_call: kind(anyHeader, (one) => nameFault(one, 'voice_call')),
};

/** What is wrong with an interactive message, as Meta says it, or null. */
export function interactiveFault(interactive: unknown, known: Known): MetaError | null {
  const type = textAt(interactive, 'type');
  const found = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!found) {
    const names = Object.keys(kinds).join(', ');
    return metaError(100, `Param interactive['type'] must be one of {${names}} - got "${type}"`);
  }
  return frameFault(interactive, found, known) ?? found.rule(interactive, known);
}
