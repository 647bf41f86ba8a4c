import { isWebAddress } from '../network/callbacks.ts';
import { type MetaError, metaError } from './errors.ts';
import { textAt } from './fields.ts';

/** What the rules ask of the network: whether an uploaded file, or a flow that can be sent, has this id. */
export interface Known {
  media(id: string): boolean;
  flow(idOrName: string, isDraft: boolean): boolean;
}

/** Lengths and counts (Meta, interactive messages and messages reference, 2026). */
export const most = {
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
  cardBreaks: 2,
  cardButtonId: 20,
  contacts: 5,
  pinCode: 6,
};

/** What lacks. */
export const missing = (what: string): MetaError =>
  metaError(131008, `Required parameter is missing: ${what}`);

/** Whether there is nothing to be seen at a path. */
export const isBlank = (content: unknown, path: string): boolean => textAt(content, path).trim() === '';

/** The text at a path of `content` is there and not too long. */
export function lengthFault(content: unknown, path: string, name: string, longest: number): MetaError | null {
  if (!isBlank(content, path) && textAt(content, path).length <= longest) return null;
  return metaError(131009, `${name} length invalid. Min length: 1, Max length: ${longest}`);
}

/** The text at a path is not too long, where there is one. */
export function longFault(content: unknown, path: string, name: string, longest: number): MetaError | null {
  if (textAt(content, path).length <= longest) return null;
  return metaError(131009, `${name} length invalid. Max length: ${longest}`);
}

/** There are not too few and not too many of something. */
export function countFault(count: number, name: string, least: number, highest: number): MetaError | null {
  if (count >= least && count <= highest) return null;
  return metaError(131009, `Invalid ${name} count. Min allowed: ${least}, Max allowed: ${highest}`);
}

/** Each text is another. */
export function twinFault(texts: string[], name: string): MetaError | null {
  return new Set(texts).size === texts.length ? null : metaError(131009, `${name} must be unique`);
}

/** The first fault that is found. */
export function first(faults: Iterable<MetaError | null>): MetaError | null {
  for (const fault of faults) if (fault) return fault;
  return null;
}

/** A file is named by an address to load it from, or by the id of an upload. */
export function mediumFault(medium: unknown, name: string, known: Known): MetaError | null {
  const id = textAt(medium, 'id');
  const link = textAt(medium, 'link');
  if (id === '' && link === '') return missing(`${name}['link'] or ${name}['id']`);
  if (link !== '' && !isWebAddress(link))
    return metaError(131009, `Param ${name}['link'] is not a valid URL`);
  if (id !== '' && !known.media(id))
    return metaError(100, `Param ${name}['id'] is not a valid whatsapp business account media attachment ID`);
  return longFault(medium, 'caption', `${name}['caption']`, most.caption);
}
