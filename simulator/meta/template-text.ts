import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

const Button = Type.Object({
  type: Type.String(),
  text: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  phone_number: Type.Optional(Type.String()),
  otp_type: Type.Optional(Type.String()),
  example: Type.Optional(Type.Unknown()),
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
});
export type Component = Static<typeof Component>;

const Parameter = Type.Object({
  type: Type.Optional(Type.String()),
  text: Type.Optional(Type.String()),
  parameter_name: Type.Optional(Type.String()),
  payload: Type.Optional(Type.String()),
  coupon_code: Type.Optional(Type.String()),
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
  body: string;
  footer?: string;
  buttons: RenderedButton[];
}

/** A button as it is shown: what a press opens, or answers. */
export interface RenderedButton {
  kind: string;
  text: string;
  url?: string;
  payload?: string;
  description?: string;
}

function renderButtons(component: Component, sent: SentComponent[]): RenderedTemplate['buttons'] {
  return (component.buttons ?? []).map((button, place) => {
    const given = sent.find((part) => part.type.toLowerCase() === 'button' && Number(part.index) === place);
    const parameters = given?.parameters ?? [];
    const first = parameters[0];
    const rendered: RenderedTemplate['buttons'][number] = {
      kind: button.type.toLowerCase(),
      text: button.text ?? button.type,
    };
    if (button.url) rendered.url = fill(button.url, parameters);
    if (button.phone_number) rendered.url = `tel:${button.phone_number}`;
    if (first?.payload) rendered.payload = first.payload;
    if (first?.coupon_code) rendered.payload = first.coupon_code;
    return rendered;
  });
}

/** Fills a template's parts with what a message brought. */
export function renderTemplate(parts: unknown[], sentParts: unknown[]): RenderedTemplate {
  const sent = sentComponentsOf(sentParts);
  const parametersOf = (type: string) =>
    sent.find((part) => part.type.toUpperCase() === type)?.parameters ?? [];
  const rendered: RenderedTemplate = { body: '', buttons: [] };
  for (const component of componentsOf(parts)) {
    const type = component.type.toUpperCase();
    const text = fill(component.text ?? '', parametersOf(type));
    if (type === 'HEADER') rendered.header = { kind: (component.format ?? 'TEXT').toLowerCase(), text };
    if (type === 'BODY') rendered.body = text;
    if (type === 'FOOTER') rendered.footer = text;
    if (type === 'BUTTONS') rendered.buttons = renderButtons(component, sent);
  }
  return rendered;
}
