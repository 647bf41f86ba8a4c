import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Resource } from '../../network/registry.ts';
import { type TwilioError, twilioError } from '../errors.ts';

/** What of a content's types a handset shows, whatever the type (Twilio Content API). */
export const ContentTypes = Type.Record(
  Type.String({ pattern: '^(twilio|whatsapp)/[a-z-]+$' }),
  Type.Object({
    body: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    subtitle: Type.Optional(Type.String()),
    header_text: Type.Optional(Type.String()),
    footer: Type.Optional(Type.String()),
    media: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    actions: Type.Optional(
      Type.Array(Type.Object({ title: Type.Optional(Type.String()), url: Type.Optional(Type.String()) })),
    ),
    items: Type.Optional(Type.Array(Type.Object({ item: Type.Optional(Type.String()) }))),
  }),
);
const typesCheck = Compile(ContentTypes);
const variablesCheck = Compile(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])));

/** Types SMS can carry, the best first; what has none of them goes as text made of what it has. */
const forSms = ['twilio/media', 'twilio/text'];

/** The variables of a message; the error when they are no JSON object of names and texts. */
export function readVariables(text: string): { variables: Record<string, string> } | { error: TwilioError } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: twilioError(21656, 'it is not JSON') };
  }
  if (Array.isArray(value) || !variablesCheck.Check(value))
    return { error: twilioError(21656, 'it is an object of names and texts, such as {"1":"Ada"}') };
  const entries = Object.entries(value).map(([name, one]): [string, string] => [name, String(one)]);
  const bad = entries.find(([name, one]) => !/^\w+$/.test(name) || one === '');
  if (bad) return { error: twilioError(21656, `variable ${bad[0]} has no name or no text`) };
  return { variables: Object.fromEntries(entries) };
}

/** What a content says with these variables: its own samples stand for those left out. */
export function renderContent(
  content: Resource,
  variables: Record<string, string>,
  whatsApp: boolean,
): { body: string; media: string[] } {
  const { types, variables: samples } = content.fields;
  const all = typesCheck.Check(types) ? types : {};
  const values: Record<string, string | number> = {
    ...(variablesCheck.Check(samples) ? samples : {}),
    ...variables,
  };
  const fill = (text: string) =>
    text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => String(values[name] ?? whole));
  const names = Object.keys(all);
  const rich = names.find((name) => name !== 'twilio/text');
  const chosen = whatsApp ? rich : forSms.find((name) => names.includes(name));
  const type = all[chosen ?? names[0] ?? ''] ?? {};
  const labels = whatsApp ? [] : (type.actions ?? []).map(({ title, url }) => url ?? title ?? '');
  const lines = [type.header_text, type.title, type.body, type.subtitle, type.footer, ...labels];
  const media = typeof type.media === 'string' ? [type.media] : (type.media ?? []);
  return {
    body: lines
      .filter((line) => line)
      .map((line) => fill(line ?? ''))
      .join('\n'),
    media: media.map(fill),
  };
}
