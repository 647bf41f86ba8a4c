import { type MetaError, metaError } from './errors.ts';
import { at, listAt, textAt } from './fields.ts';
import { type Component, componentsOf, partOf, variablesIn } from './template-text.ts';

/** Lengths and counts (Meta, message templates, v23 to v26). */
const most = {
  name: 512,
  header: 60,
  body: 1024,
  offerBody: 600,
  productBody: 160,
  cardBody: 160,
  footer: 60,
  offer: 16,
  buttons: 10,
  cardButtons: 2,
  buttonText: 25,
  url: 2000,
  phone: 20,
  code: 15,
  cards: 10,
};
const fewestCards = 2;
const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];

/** How many buttons of a kind a template has at most; of those that are not named, ten. */
const mostOfKind: Record<string, number> = {
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  VOICE_CALL: 1,
  REQUEST_CONTACT_INFO: 1,
};
const buttonKinds = ['QUICK_REPLY', ...Object.keys(mostOfKind)];

/** Meta's codes for what is wrong with a new template. */
const subcodes = {
  tooLong: 2388040,
  header: 2388047,
  body: 2388072,
  footer: 2388073,
  variables: 2388293,
  edges: 2388299,
} as const;

const wrong = (details: string, subcode?: keyof typeof subcodes): MetaError => ({
  ...metaError(100, details),
  ...(subcode && { subcode: subcodes[subcode] }),
});

type Button = NonNullable<Component['buttons']>[number];
const kindOf = (button: Button) => button.type.toUpperCase();

/** The first fault of several, each looked for only when those before are none. */
function firstOf(...rules: (() => MetaError | null)[]): MetaError | null {
  for (const rule of rules) {
    const fault = rule();
    if (fault) return fault;
  }
  return null;
}

const firstIn = <Item>(items: readonly Item[], rule: (item: Item) => MetaError | null) =>
  firstOf(...items.map((item) => () => rule(item)));

const tooLong = (what: string, text: string | undefined, limit: number): MetaError | null =>
  (text ?? '').length > limit ? wrong(`${what} has at most ${limit} characters`, 'tooLong') : null;

/** A coupon code as Meta takes it: alone, or as the one entry of a list. */
export function isCode(code: unknown): boolean {
  const text: unknown = Array.isArray(code) ? code[0] : code;
  return typeof text === 'string' && /^[A-Za-z0-9]+$/.test(text) && text.length <= most.code;
}

function headerFault(header: Component | undefined): MetaError | null {
  if (!header) return null;
  const format = (header.format ?? 'TEXT').toUpperCase();
  const text = header.text ?? '';
  if (format === 'TEXT') {
    if (text === '') return wrong('a HEADER of text needs one', 'header');
    if (/\n|\*|\p{Emoji_Presentation}|\uFE0F/u.test(text))
      return wrong("Headers can't have new lines, formatting characters, emojis or asterisks", 'header');
    if (variablesIn(text).length > 1) return wrong('a HEADER has one variable', 'header');
    return tooLong('the header', text, most.header);
  }
  if (['LOCATION', 'PRODUCT'].includes(format)) return null;
  if (!['IMAGE', 'VIDEO', 'GIF', 'DOCUMENT'].includes(format))
    return wrong(`HEADER has no format ${format}`, 'header');
  const [handle] = listAt(header.example, 'header_handle');
  return typeof handle === 'string'
    ? null
    : wrong('a HEADER with media needs example.header_handle, of an upload', 'header');
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const wordsIn = (text: string) =>
  [...segmenter.segment(text.replace(/\{\{[^}]*\}\}/g, ' '))].filter(({ isWordLike }) => isWordLike).length;

function bodyFault(body: Component | undefined, limit: number, isNamed: boolean): MetaError | null {
  const text = body?.text ?? '';
  if (text === '') return wrong('components: the BODY needs a text', 'body');
  const trimmed = text.trim();
  const variables = variablesIn(text);
  if (/^\{\{/.test(trimmed) || /\}\}$/.test(trimmed))
    return wrong('Variables cannot be at the start or end of the template', 'edges');
  if (/\}\}\{\{/.test(text)) return wrong('Variables cannot stand side by side', 'body');
  if (/\{\{[^}]*[#$%][^}]*\}\}/.test(text)) return wrong('Variables cannot hold #, $ or %', 'body');
  if (!isNamed && variables.some((_, place) => !variables.includes(String(place + 1))))
    return wrong('Variables are numbered from 1 without gaps', 'body');
  if (/\n{3,}/.test(text)) return wrong('at most two line breaks in a row', 'body');
  if (variables.length > 0 && wordsIn(text) <= variables.length)
    return wrong('This template has too many variables for its length', 'variables');
  return tooLong('the body', text, limit);
}

function footerFault(footer: Component | undefined): MetaError | null {
  const text = footer?.text ?? '';
  if (variablesIn(text).length > 0 || /\n/.test(text))
    return wrong("Footers can't have variables or new lines", 'footer');
  return tooLong('the footer', text, most.footer);
}

function oneButtonFault(button: Button): MetaError | null {
  const kind = kindOf(button);
  const text = button.text ?? '';
  if (!buttonKinds.includes(kind)) return wrong(`buttons: type ${kind} is none`);
  if (/\{\{|\n/.test(text)) return wrong("a button's text has no variables and no new lines");
  switch (kind) {
    case 'COPY_CODE':
      return isCode(button.example)
        ? null
        : wrong(`a COPY_CODE button needs an example of at most ${most.code} letters and digits`);
    case 'URL':
      return urlFault(button.url ?? '', button.example);
    case 'PHONE_NUMBER':
      return /^\+?[0-9A-Za-z]{1,20}$/.test(button.phone_number ?? '')
        ? null
        : wrong(`a PHONE_NUMBER has at most ${most.phone} letters and digits`);
    case 'FLOW':
      return flowFault(button);
    case 'REQUEST_CONTACT_INFO':
      return text === '' ? null : wrong('REQUEST_CONTACT_INFO takes no text');
    default:
      if (text === '') return wrong(`a ${kind} button needs a text`);
      return fixedFault(kind, text);
  }
}

const fixedTexts: Record<string, string> = { CATALOG: 'View catalog', MPM: 'View items', SPM: 'View' };

function fixedFault(kind: string, text: string): MetaError | null {
  const fixed = fixedTexts[kind];
  return fixed === undefined || fixed === text ? null : wrong(`the text of a ${kind} button is ${fixed}`);
}

function urlFault(url: string, example: unknown): MetaError | null {
  if (!/^https?:\/\//.test(url)) return wrong('a URL button needs an http address');
  if (!/^[^{}]*(\{\{1\}\})?$/.test(url)) return wrong('a URL has one variable, at its end');
  if (url.includes('{{') && !Array.isArray(example)) return wrong('a URL with a variable needs an example');
  return tooLong('the URL', url, most.url);
}

function flowFault(button: Button): MetaError | null {
  const named = ['flow_id', 'flow_name', 'flow_json'].filter((name) => textAt(button, name) !== '');
  if (named.length !== 1) return wrong('a FLOW button needs one of flow_id, flow_name and flow_json');
  const action = textAt(button, 'flow_action') || 'navigate';
  if (!['navigate', 'data_exchange'].includes(action))
    return wrong('flow_action is navigate or data_exchange');
  if (/\p{Extended_Pictographic}/u.test(button.text ?? '')) return wrong('a FLOW button has no emoji');
  return (button.text ?? '') === '' ? wrong('a FLOW button needs a text') : null;
}

function buttonsFault(buttons: readonly Button[], limit: number): MetaError | null {
  if (buttons.length > limit) return wrong(`at most ${limit} buttons`);
  const kinds = buttons.map(kindOf);
  const turns = kinds.filter(
    (kind, place) => place > 0 && (kind === 'QUICK_REPLY') !== (kinds[place - 1] === 'QUICK_REPLY'),
  );
  if (turns.length > 1) return wrong('quick replies must stand together');
  return firstOf(
    () => firstIn(buttons, (button) => tooLong("a button's text", button.text, most.buttonText)),
    () =>
      firstIn(Object.entries(mostOfKind), ([kind, limit]) =>
        kinds.filter((each) => each === kind).length > limit
          ? wrong(`at most ${limit} ${kind} buttons`)
          : null,
      ),
    () => firstIn(buttons, oneButtonFault),
  );
}

/** What the special kinds of template want of their parts. */
function layoutFault(components: Component[], category: string): MetaError | null {
  const [header, footer, buttons] = ['HEADER', 'FOOTER', 'BUTTONS'].map((type) => partOf(components, type));
  const format = header && (header.format ?? 'TEXT').toUpperCase();
  const kinds = (buttons?.buttons ?? []).map(kindOf);
  const has = (kind: string) => kinds.includes(kind);
  const [offer, cards] = [partOf(components, 'LIMITED_TIME_OFFER'), partOf(components, 'CAROUSEL')];
  const isMarketing = offer || cards || ['COPY_CODE', 'CATALOG', 'MPM', 'SPM'].some(has);
  if (isMarketing && category !== 'MARKETING') return wrong('this kind of template is MARKETING');
  if (['CATALOG', 'MPM', 'SPM'].some(has) && kinds.length > 1)
    return wrong('a catalog, MPM or SPM button stands alone');
  if (has('MPM') && format !== 'TEXT') return wrong('MPM needs a HEADER of text', 'header');
  if (has('SPM') !== (format === 'PRODUCT')) return wrong('SPM needs a HEADER of format PRODUCT', 'header');
  if (partOf(components, 'CALL_PERMISSION_REQUEST') && (kinds.length > 0 || cards || offer))
    return wrong('call_permission_request stands beside no buttons, cards or offer');
  if (offer) return offerFault(offer, { format, footer, kinds });
  return cards && (header || footer || kinds.length > 0)
    ? wrong('a carousel has a BODY above it and nothing else')
    : null;
}

function offerFault(
  component: Component,
  { format, footer, kinds }: { format: string | undefined; footer: Component | undefined; kinds: string[] },
): MetaError | null {
  const offer = at(component, 'limited_time_offer');
  const ends = at(offer, 'has_expiration') === true;
  if (format !== undefined && format !== 'IMAGE' && format !== 'VIDEO')
    return wrong('a limited-time offer has a HEADER of an image or video, or none', 'header');
  if (footer) return wrong('a limited-time offer has no FOOTER', 'footer');
  if (textAt(offer, 'text') === '') return wrong('limited_time_offer needs a text');
  const order = kinds.join(' ');
  if (order !== 'COPY_CODE URL' && (ends || order !== 'URL'))
    return wrong('a limited-time offer has COPY_CODE first, then URL');
  return tooLong('limited_time_offer.text', textAt(offer, 'text'), most.offer);
}

const shapeOf = (card: Component[]): string =>
  JSON.stringify([
    partOf(card, 'HEADER')?.format?.toUpperCase(),
    partOf(card, 'BODY') !== undefined,
    (partOf(card, 'BUTTONS')?.buttons ?? []).map(kindOf),
  ]);

function carouselFault(components: Component[], isNamed: boolean): MetaError | null {
  const carousel = partOf(components, 'CAROUSEL');
  if (!carousel) return null;
  const cards = listAt(carousel, 'cards').map((card) => componentsOf(listAt(card, 'components')));
  if (cards.length < fewestCards || cards.length > most.cards)
    return wrong(`a carousel has ${fewestCards} to ${most.cards} cards`);
  if (new Set(cards.map(shapeOf)).size > 1) return wrong('all cards have the same components');
  return firstIn(cards, (card) => cardFault(card, isNamed));
}

function cardFault(card: Component[], isNamed: boolean): MetaError | null {
  const header = partOf(card, 'HEADER');
  const format = header?.format?.toUpperCase() ?? '';
  const buttons = partOf(card, 'BUTTONS')?.buttons ?? [];
  const body = partOf(card, 'BODY');
  const allowed = format === 'PRODUCT' ? ['SPM', 'URL'] : ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'];
  if (!['IMAGE', 'VIDEO', 'PRODUCT'].includes(format))
    return wrong('a card has a HEADER of an image, video or product', 'header');
  if (buttons.length === 0) return wrong('a card has a button');
  if (buttons.some((button) => !allowed.includes(kindOf(button))))
    return wrong(`a card has buttons of type ${allowed.join(', ')}`);
  return firstOf(
    () => headerFault(header),
    () => (body ? bodyFault(body, most.cardBody, isNamed) : null),
    () => buttonsFault(buttons, most.cardButtons),
  );
}

/** A new template as it is asked for. */
export interface AskedTemplate {
  name: string;
  language: string;
  category: string;
  parts: unknown[];
  isNamed: boolean;
}

/** What makes Meta refuse to take a template for review, or null. */
export function createFault({ name, language, category, parts, isNamed }: AskedTemplate): MetaError | null {
  const components = componentsOf(parts);
  if (!/^[a-z0-9_]+$/.test(name) || name.length > most.name)
    return wrong('name: only lower-case letters, digits and underscores, at most 512');
  if (!/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language))
    return wrong(`language: ${language} is not a language code`);
  if (!categories.includes(category)) return wrong(`category: one of ${categories.join(', ')}`);
  if (components.length !== parts.length) return wrong('components: each needs a type');
  if (!partOf(components, 'BODY')) return wrong('components: a BODY is needed', 'body');
  if (category === 'AUTHENTICATION') return authenticationFault(components);
  const header = partOf(components, 'HEADER');
  const limit = partOf(components, 'LIMITED_TIME_OFFER')
    ? most.offerBody
    : header?.format?.toUpperCase() === 'PRODUCT'
      ? most.productBody
      : most.body;
  return firstOf(
    () => headerFault(header),
    () => bodyFault(partOf(components, 'BODY'), limit, isNamed),
    () => footerFault(partOf(components, 'FOOTER')),
    () => buttonsFault(partOf(components, 'BUTTONS')?.buttons ?? [], most.buttons),
    () => carouselFault(components, isNamed),
    () => layoutFault(components, category),
  );
}

/** Meta writes the words of a code: what else stands in the template is refused (authentication templates). */
function authenticationFault(components: Component[]): MetaError | null {
  if (partOf(components, 'HEADER')) return wrong('components: an AUTHENTICATION template has no HEADER');
  if (partOf(components, 'BODY')?.text || partOf(components, 'FOOTER')?.text)
    return wrong('components: an AUTHENTICATION template has no text of its own');
  const minutes = partOf(components, 'FOOTER')?.code_expiration_minutes;
  if (minutes !== undefined && (minutes < 1 || minutes > 90))
    return wrong('components: code_expiration_minutes is from 1 to 90');
  const [button, ...more] = partOf(components, 'BUTTONS')?.buttons ?? [];
  if (!button || kindOf(button) !== 'OTP' || more.length > 0)
    return wrong('components: an AUTHENTICATION template has one button, of type OTP');
  return otpFault(button);
}

const otpTypes = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'];
const mostApps = 5;

function otpFault(button: Button): MetaError | null {
  const type = (button.otp_type ?? '').toUpperCase();
  if (!otpTypes.includes(type)) return wrong(`components: otp_type is one of ${otpTypes.join(', ')}`);
  if (type === 'COPY_CODE') return null;
  const apps = listAt(button, 'supported_apps');
  if (apps.length === 0 || apps.length > mostApps)
    return wrong(`supported_apps has 1 to ${mostApps} entries`);
  const bad = apps.find(
    (app) =>
      !/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/.test(textAt(app, 'package_name')) ||
      textAt(app, 'package_name').length > 224 ||
      !/^[A-Za-z0-9+/]{11}$/.test(textAt(app, 'signature_hash')),
  );
  if (bad) return wrong('supported_apps: each has a package_name, and a signature_hash of 11 characters');
  if (textAt(button, 'autofill_text').length > most.buttonText)
    return wrong(`autofill_text has at most ${most.buttonText} characters`, 'tooLong');
  return type === 'ZERO_TAP' && at(button, 'zero_tap_terms_accepted') !== true
    ? wrong('ZERO_TAP needs zero_tap_terms_accepted')
    : null;
}
