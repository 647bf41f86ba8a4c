import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { at, listAt, textAt } from './fields.ts';

const Button = Type.Object({
  type: Type.String(),
  text: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  phone_number: Type.Optional(Type.String()),
  otp_type: Type.Optional(Type.String()),
  example: Type.Optional(Type.Unknown()),
  flow_id: Type.Optional(Type.String()),
  flow_name: Type.Optional(Type.String()),
  flow_action: Type.Optional(Type.String()),
  navigate_screen: Type.Optional(Type.String()),
  ttl_minutes: Type.Optional(Type.Number()),
});

/** A part of a template as it was created. */
export const Component = Type.Object({
  type: Type.String(),
  format: Type.Optional(Type.String()),
  text: Type.Optional(Type.String()),
  add_security_recommendation: Type.Optional(Type.Boolean()),
  code_expiration_minutes: Type.Optional(Type.Number()),
  example: Type.Optional(Type.Unknown()),
  buttons: Type.Optional(Type.Array(Button)),
  limited_time_offer: Type.Optional(
    Type.Object({ text: Type.String(), has_expiration: Type.Optional(Type.Boolean()) }),
  ),
  cards: Type.Optional(Type.Array(Type.Object({ components: Type.Array(Type.Unknown()) }))),
});
export type Component = Static<typeof Component>;

const Parameter = Type.Object({
  type: Type.Optional(Type.String()),
  text: Type.Optional(Type.String()),
  parameter_name: Type.Optional(Type.String()),
  payload: Type.Optional(Type.String()),
  coupon_code: Type.Optional(Type.String()),
  location: Type.Optional(Type.Unknown()),
  product: Type.Optional(Type.Unknown()),
  action: Type.Optional(Type.Unknown()),
  limited_time_offer: Type.Optional(Type.Unknown()),
});
type Parameter = Static<typeof Parameter>;

/** A part of a template message as it is sent, with its parameters. */
export const SentComponent = Type.Object({
  type: Type.String(),
  sub_type: Type.Optional(Type.String()),
  index: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  parameters: Type.Optional(Type.Array(Parameter)),
});
export type SentComponent = Static<typeof SentComponent>;

const componentCheck = Compile(Component);
const sentCheck = Compile(SentComponent);

/** A template's parts, of those that are well formed. */
export function componentsOf(parts: unknown[]): Component[] {
  return parts.filter((part) => componentCheck.Check(part));
}

/** A template message's parts, of those that are well formed. */
export function sentComponentsOf(parts: unknown[]): SentComponent[] {
  return parts.filter((part) => sentCheck.Check(part));
}

/** The part of a type, whichever case that is written in. */
export function partOf<Part extends { type: string }>(
  parts: readonly Part[],
  type: string,
): Part | undefined {
  return parts.find((part) => part.type.toUpperCase() === type);
}

/** What a message brought for the button at a place. */
export function sentButton(sent: readonly SentComponent[], place: number): SentComponent | undefined {
  return sent.find((part) => part.type.toUpperCase() === 'BUTTON' && Number(part.index) === place);
}

/** The variables of a text, each once, in order: `1`, `2` or names. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([\w]+)\s*\}\}/g)].map(([, name]) => name ?? ''))];
}

/** The text of a parameter, whatever its type. */
export function parameterText(parameter: Parameter): string {
  return parameter.text ?? parameter.payload ?? parameter.coupon_code ?? `[${parameter.type ?? 'value'}]`;
}

/** The text with its variables filled in, by name or by order. */
function fill(text: string, parameters: Parameter[]): string {
  const names = variablesIn(text);
  return text.replace(/\{\{\s*([\w]+)\s*\}\}/g, (whole, name: string) => {
    const named = parameters.find((parameter) => parameter.parameter_name === name);
    const found = named ?? parameters[names.indexOf(name)];
    return found ? parameterText(found) : whole;
  });
}

/** A template message as a handset shows it. */
export interface RenderedTemplate {
  header?: { kind: string; text?: string };
  /** An offer and when it ends, in words. */
  offer?: string;
  body: string;
  footer?: string;
  buttons: RenderedButton[];
  /** Cards beside each other; what stands on their buttons is among `buttons` too. */
  cards?: RenderedTemplate[];
}

/** A button as it is shown: what a press opens, or answers. */
export interface RenderedButton {
  kind: string;
  text: string;
  url?: string;
  payload?: string;
  description?: string;
  /** The card that it stands on, counted from 0. */
  card?: number;
  /** Products that it shows. */
  products?: string[];
  /** Of a catalogue, with Meta. */
  catalogId?: string;
}

/** The words that WhatsApp writes on a button itself. */
const fixedLabels: Record<string, string> = {
  COPY_CODE: 'Copy code',
  REQUEST_CONTACT_INFO: 'Share phone number',
};

function renderButton(
  button: NonNullable<Component['buttons']>[number],
  given: SentComponent | undefined,
): RenderedButton {
  const parameters = given?.parameters ?? [];
  const [first] = parameters;
  const kind = button.type.toLowerCase();
  const rendered: RenderedButton = {
    kind,
    text: button.text ?? fixedLabels[kind.toUpperCase()] ?? button.type,
  };
  if (button.url) rendered.url = fill(button.url, parameters);
  if (button.phone_number) rendered.url = `tel:${button.phone_number}`;
  const payload = first?.payload ?? first?.coupon_code ?? textAt(first, 'action.flow_token');
  if (payload) rendered.payload = payload;
  const thumbnail = textAt(first, 'action.thumbnail_product_retailer_id');
  const items = listAt(first, 'action.sections')
    .flatMap((section) => listAt(section, 'product_items'))
    .map((item) => textAt(item, 'product_retailer_id'));
  if (items.length > 0 || thumbnail) rendered.products = items.length > 0 ? items : [thumbnail];
  return rendered;
}

/** The product of a header is what the button below it shows. */
function withProduct(button: RenderedButton, header: SentComponent | undefined): RenderedButton {
  const product = at(header?.parameters?.[0], 'product');
  if (button.kind !== 'spm') return button;
  return {
    ...button,
    products: [textAt(product, 'product_retailer_id')],
    catalogId: textAt(product, 'catalog_id'),
  };
}

function renderHeader(
  component: Component,
  given: SentComponent | undefined,
): NonNullable<RenderedTemplate['header']> {
  const kind = (component.format ?? 'TEXT').toLowerCase();
  const [first] = given?.parameters ?? [];
  switch (kind) {
    case 'text':
      return { kind, text: fill(component.text ?? '', given?.parameters ?? []) };
    case 'location': {
      const lines = ['name', 'address'].map((name) => textAt(first, `location.${name}`));
      return { kind, text: `📍 ${lines.join(', ')}` };
    }
    case 'product':
      return { kind, text: `🛍 ${textAt(first, 'product.product_retailer_id')}` };
    default:
      return { kind };
  }
}

function renderOffer(component: Component, given: SentComponent | undefined): string {
  const end = at(given?.parameters?.[0], 'limited_time_offer.expiration_time_ms');
  const until = typeof end === 'number' ? ` · ends ${new Date(end).toISOString().slice(0, 16)}Z` : '';
  return `${component.limited_time_offer?.text ?? ''}${until}`;
}

function renderCards(component: Component, sentParts: unknown[]): RenderedTemplate[] {
  const made = component.cards ?? [];
  const given = listAt(
    sentParts.find((part) => textAt(part, 'type').toUpperCase() === 'CAROUSEL'),
    'cards',
  );
  return given.map((card, place) => {
    const parts = (made[place] ?? made[0])?.components ?? [];
    const rendered = renderTemplate(parts, listAt(card, 'components'));
    return { ...rendered, buttons: rendered.buttons.map((button) => ({ ...button, card: place })) };
  });
}

/** What WhatsApp asks where a business would like to call. */
const callButtons: RenderedButton[] = [
  { kind: 'call_permission', text: 'Allow calls', payload: 'accept' },
  { kind: 'call_permission', text: 'Not now', payload: 'reject' },
];

/** Fills a template's parts with what a message brought. */
export function renderTemplate(parts: unknown[], sentParts: unknown[]): RenderedTemplate {
  const sent = sentComponentsOf(sentParts);
  const rendered: RenderedTemplate = { body: '', buttons: [] };
  for (const component of componentsOf(parts)) {
    const type = component.type.toUpperCase();
    const given = partOf(sent, type);
    const text = fill(component.text ?? '', given?.parameters ?? []);
    if (type === 'HEADER') rendered.header = renderHeader(component, given);
    if (type === 'BODY') rendered.body = text;
    if (type === 'FOOTER') rendered.footer = text;
    if (type === 'LIMITED_TIME_OFFER') rendered.offer = renderOffer(component, given);
    if (type === 'BUTTONS')
      rendered.buttons = (component.buttons ?? []).map((button, place) =>
        withProduct(renderButton(button, sentButton(sent, place)), partOf(sent, 'HEADER')),
      );
    if (type === 'CALL_PERMISSION_REQUEST') rendered.buttons = callButtons;
    if (type === 'CAROUSEL') {
      rendered.cards = renderCards(component, sentParts);
      rendered.buttons = rendered.cards.flatMap((card) => card.buttons);
    }
  }
  return rendered;
}
