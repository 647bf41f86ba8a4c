import {
  countFault,
  first,
  isBlank,
  type Known,
  lengthFault,
  mediumFault,
  missing,
  most,
} from './content-limits.ts';
import { type MetaError, metaError } from './errors.ts';
import { at, isObject, listAt, textAt } from './fields.ts';
import { interactiveFault } from './interactive-rules.ts';

const mediaTypes = ['image', 'video', 'audio', 'sticker', 'document'];
/** Parts of a contact's name, of which one stands beside the whole. */
const nameParts = ['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'];

function contactFault(contact: unknown): MetaError | null {
  const birthday = at(contact, 'birthday');
  if (isBlank(contact, 'name.formatted_name')) return missing("contacts['name']['formatted_name']");
  if (nameParts.every((part) => textAt(contact, `name.${part}`) === ''))
    return metaError(131009, `contacts['name']: one of {${nameParts.join(', ')}} is needed`);
  if (birthday === undefined || /^\d{4}-\d{2}-\d{2}$/.test(String(birthday))) return null;
  return metaError(131009, "contacts['birthday'] is not of the form YYYY-MM-DD");
}

function contactsFault(contacts: unknown[]): MetaError | null {
  if (contacts.length === 0) return missing('contacts');
  return countFault(contacts.length, 'contacts', 1, most.contacts) ?? first(contacts.map(contactFault));
}

function reactionFault(reaction: unknown): MetaError | null {
  if (isBlank(reaction, 'message_id')) return missing("reaction['message_id']");
  const emoji = textAt(reaction, 'emoji');
  if (emoji === '' || /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v.test(emoji)) return null;
  return metaError(131009, "Param reaction['emoji'] is not an emoji");
}

function locationFault(location: Record<string, unknown>): MetaError | null {
  const latitude = Number(location.latitude ?? Number.NaN);
  const longitude = Number(location.longitude ?? Number.NaN);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? null
    : metaError(131009, 'Param location: latitude is from -90 to 90, longitude from -180 to 180');
}

/** A message that is quoted is named, and a reaction quotes none. */
export function contextFault(type: string, context: unknown): MetaError | null {
  if (context === undefined) return null;
  if (type === 'reaction') return metaError(131009, 'Param context: a reaction quotes no message');
  return lengthFault(context, 'message_id', "context['message_id']", Number.POSITIVE_INFINITY);
}

/** What is wrong with what a message of a type holds, as Meta says it, or null. */
export function contentFault(type: string, content: unknown, known: Known): MetaError | null {
  if (type === 'contacts') return contactsFault(listAt({ content }, 'content'));
  if (!isObject(content)) return missing(type);
  if (mediaTypes.includes(type)) return mediumFault(content, type, known);
  if (type === 'interactive') return interactiveFault(content, known);
  if (type === 'reaction') return reactionFault(content);
  return type === 'location' ? locationFault(content) : null;
}
