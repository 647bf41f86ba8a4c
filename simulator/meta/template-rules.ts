import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Template } from '../network/registry.ts';
import { type MetaError, metaError } from './errors.ts';
import {
  type Component,
  componentsOf,
  type SentComponent,
  sentComponentsOf,
  variablesIn,
} from './template-text.ts';

/** Lengths and counts (Meta, message templates, v23 to v26). */
const most = {
  name: 512,
  header: 60,
  body: 1024,
  footer: 60,
  buttons: 10,
  buttonText: 25,
  urls: 2,
  codes: 1,
  code: 15,
};
const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];

function part(components: Component[], type: string): Component | undefined {
  return components.find((component) => component.type.toUpperCase() === type);
}

function buttonsFault(components: Component[]): string | null {
  const buttons = part(components, 'BUTTONS')?.buttons ?? [];
  if (buttons.length > most.buttons) return `at most ${most.buttons} buttons`;
  if (buttons.some((button) => (button.text ?? '').length > most.buttonText))
    return `a button's text has at most ${most.buttonText} characters`;
  const codes = buttons.filter((button) => button.type.toUpperCase() === 'COPY_CODE');
  if (codes.length > most.codes) return `at most ${most.codes} COPY_CODE button`;
  if (codes.some((button) => !isCode(button.example)))
    return `a COPY_CODE button needs an example of at most ${most.code} letters and digits`;
  const urls = buttons.filter((button) => button.type.toUpperCase() === 'URL');
  if (urls.length > most.urls) return `at most ${most.urls} URL buttons`;
  return urls.some((button) => !/^https?:\/\//.test(button.url ?? ''))
    ? 'a URL button needs an http address'
    : null;
}

/** A coupon code as Meta takes it: alone, or as the one entry of a list. */
function isCode(code: unknown): boolean {
  const text: unknown = Array.isArray(code) ? code[0] : code;
  return typeof text === 'string' && /^[A-Za-z0-9]+$/.test(text) && text.length <= most.code;
}

const HeaderExample = Compile(Type.Object({ header_handle: Type.Array(Type.String(), { minItems: 1 }) }));

/** Whether a header is a picture, film or document without the sample that reviewers look at. */
function lacksSample(header: Component | undefined): boolean {
  const isMedia = ['IMAGE', 'VIDEO', 'DOCUMENT'].includes((header?.format ?? '').toUpperCase());
  return isMedia && !HeaderExample.Check(header?.example);
}

/** What makes Meta refuse to take a template for review, or null. */
export function createFault(
  name: string,
  language: string,
  category: string,
  parts: unknown[],
): string | null {
  const components = componentsOf(parts);
  if (!/^[a-z0-9_]+$/.test(name) || name.length > most.name)
    return 'name: only lower-case letters, digits and underscores, at most 512';
  if (!/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language)) return `language: ${language} is not a language code`;
  if (!categories.includes(category)) return `category: one of ${categories.join(', ')}`;
  if (components.length !== parts.length) return 'components: each needs a type';
  const body = part(components, 'BODY');
  if (!body) return 'components: a BODY is needed';
  if (category === 'AUTHENTICATION') return authenticationFault(components);
  if (!body.text) return 'components: the BODY needs a text';
  if ((body.text ?? '').length > most.body) return `the body has at most ${most.body} characters`;
  if ((part(components, 'HEADER')?.text ?? '').length > most.header)
    return `the header has at most ${most.header} characters`;
  if ((part(components, 'FOOTER')?.text ?? '').length > most.footer)
    return `the footer has at most ${most.footer} characters`;
  if (lacksSample(part(components, 'HEADER')))
    return 'components: a HEADER with media needs example.header_handle, of an upload';
  return buttonsFault(components);
}

/** Meta writes the words of a code: what else stands in the template is refused (authentication templates). */
function authenticationFault(components: Component[]): string | null {
  if (part(components, 'HEADER')) return 'components: an AUTHENTICATION template has no HEADER';
  if (part(components, 'BODY')?.text || part(components, 'FOOTER')?.text)
    return 'components: an AUTHENTICATION template has no text of its own';
  const minutes = part(components, 'FOOTER')?.code_expiration_minutes;
  if (minutes !== undefined && (minutes < 1 || minutes > 90))
    return 'components: code_expiration_minutes is from 1 to 90';
  const [button, ...more] = part(components, 'BUTTONS')?.buttons ?? [];
  if (button?.type.toUpperCase() !== 'OTP' || more.length > 0)
    return 'components: an AUTHENTICATION template has one button, of type OTP';
  return ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'].includes((button.otp_type ?? '').toUpperCase())
    ? null
    : 'components: otp_type is COPY_CODE, ONE_TAP or ZERO_TAP';
}

function textFault(text: string, named: boolean): boolean {
  const trimmed = text.trim();
  if (/^\{\{/.test(trimmed) || /\}\}$/.test(trimmed)) return true;
  const variables = variablesIn(text);
  if (!named && variables.some((name, place) => name !== String(place + 1))) return true;
  return /\n{3,}/.test(text);
}

/**
 * What review finds wrong, as Meta's reason, or null. A body may not begin or end with a variable, positional
 * variables count up from 1, variables need an example, a footer has none. An authentication template's text is
 * Meta's own and not reviewed.
 */
export function reviewFault(template: Template): string | null {
  if (template.category === 'AUTHENTICATION') return null;
  const named = template.parameterFormat === 'NAMED';
  const components = componentsOf(template.components);
  const body = part(components, 'BODY');
  const text = body?.text ?? '';
  if (variablesIn(text).length > 0 && body?.example === undefined) return 'INVALID_FORMAT';
  if (text !== '' && textFault(text, named)) return 'INVALID_FORMAT';
  return variablesIn(part(components, 'FOOTER')?.text ?? '').length > 0 ? 'INVALID_FORMAT' : null;
}

function sentPart(sent: SentComponent[], type: string): SentComponent | undefined {
  return sent.find((component) => component.type.toUpperCase() === type);
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

function headerFault(components: Component[], sent: SentComponent[], named: boolean): MetaError | null {
  const header = part(components, 'HEADER');
  const given = sentPart(sent, 'HEADER');
  const format = (header?.format ?? 'TEXT').toLowerCase();
  if (format === 'text') return countFault(header, given, named);
  const type = given?.parameters?.[0]?.type;
  return type === format
    ? null
    : metaError(132012, `header: Format mismatch, expected ${format}, received ${type ?? 'nothing'}`);
}

function urlFault(components: Component[], sent: SentComponent[]): MetaError | null {
  const buttons = part(components, 'BUTTONS')?.buttons ?? [];
  for (const [place, button] of buttons.entries()) {
    if (button.type.toUpperCase() !== 'URL') continue;
    const expected = variablesIn(button.url ?? '').length;
    const given = sent.find((one) => one.type.toUpperCase() === 'BUTTON' && Number(one.index) === place);
    if ((given?.parameters?.length ?? 0) !== expected)
      return metaError(
        132000,
        `buttons: button at index ${place} of type Url requires ${expected} parameter(s)`,
      );
  }
  return null;
}

function codeFault(components: Component[], sent: SentComponent[]): MetaError | null {
  const buttons = part(components, 'BUTTONS')?.buttons ?? [];
  for (const [place, button] of buttons.entries()) {
    if (button.type.toUpperCase() !== 'COPY_CODE') continue;
    const given = sent.find((one) => one.type.toUpperCase() === 'BUTTON' && Number(one.index) === place);
    const [parameter, ...more] = given?.parameters ?? [];
    if (!parameter || more.length > 0)
      return metaError(132000, `buttons: button at index ${place} of type CopyCode requires 1 parameter`);
    if (given?.sub_type?.toLowerCase() !== 'copy_code' || parameter.type !== 'coupon_code')
      return metaError(132012, `buttons: button at index ${place} takes a parameter of type coupon_code`);
    if (!isCode(parameter.coupon_code))
      return metaError(131009, `buttons: coupon_code has at most ${most.code} letters and digits`);
  }
  return null;
}

/** The code of a message stands twice in it: in the body, and for the button. */
function authenticationCodeFault(category: string, sent: SentComponent[]): MetaError | null {
  if (category !== 'AUTHENTICATION') return null;
  const inBody = sentPart(sent, 'BODY')?.parameters?.[0]?.text ?? '';
  const inButton = sentPart(sent, 'BUTTON')?.parameters?.[0]?.text ?? '';
  if (inBody.length > most.code)
    return metaError(131009, `body: the code has at most ${most.code} characters`);
  return inBody === inButton ? null : metaError(131009, 'buttons: the code is another than that of the body');
}

/** What is wrong with the parameters of a template message, or null. */
export function parameterFault(template: Template, sentParts: unknown[]): MetaError | null {
  const named = template.parameterFormat === 'NAMED';
  const components = componentsOf(template.components);
  const sent = sentComponentsOf(sentParts);
  // Parts of a carousel have parameters of their own, which are not looked at here.
  return (
    headerFault(components, sent, named) ??
    (part(components, 'CAROUSEL')
      ? null
      : countFault(part(components, 'BODY'), sentPart(sent, 'BODY'), named)) ??
    urlFault(components, sent) ??
    codeFault(components, sent) ??
    authenticationCodeFault(template.category, sent)
  );
}
