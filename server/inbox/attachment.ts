import { mmsBytes, whatsAppMedia } from '../content/media/media-kinds.ts';
import type { SenderKind } from '../medium/media.ts';
import type { MessageContent } from '../providers/sending.ts';

/** A file that goes with an answer: one of the project's (`/api/media`). */
export interface Attachment {
  name: string;
  contentType: string;
  bytes: number;
  /** Where the provider fetches it. */
  url: string;
}

/** Files of which kinds and what size a sender takes. */
export interface FilesTaken {
  types: readonly string[];
  mostBytes: number;
}

/** Where senders that are numbers send MMS (Twilio, MMS by country, read November 2026). */
const mmsCountries = new Set(['US', 'CA', 'AU']);
/** Kinds of file of an MMS (Twilio, accepted content types for media). */
const mmsTypes = [
  ...['image/jpeg', 'image/png', 'image/gif', 'video/mp4', 'video/3gpp', 'audio/mpeg'],
  ...['application/pdf', 'text/vcard'],
];
/** The sounds that are kept and that WhatsApp takes (Meta, supported media types, read December 2025). */
const whatsAppSounds: FilesTaken = { types: ['audio/mpeg'], mostBytes: 16 * 1024 * 1024 };
/** The longest words that stand below a file on WhatsApp. */
const longestCaption = 1_024;

/** What may go with an answer from a sender; nothing where it takes no files. Pure. */
export function filesTakenBy({ kind, country }: { kind: SenderKind; country: string | null }): FilesTaken[] {
  switch (kind) {
    case 'whatsApp':
      return [
        ...Object.values(whatsAppMedia).map(({ types, bytes }) => ({ types, mostBytes: bytes })),
        whatsAppSounds,
      ];
    case 'longCode':
    case 'tollFree':
    case 'shortCode':
      return country !== null && mmsCountries.has(country)
        ? [{ types: mmsTypes, mostBytes: mmsBytes.most }]
        : [];
    default:
      return [];
  }
}

/** Why a file cannot go with an answer from a sender, with the remedy; null where it can. Pure. */
export function attachmentFault(
  taken: readonly FilesTaken[],
  { contentType, bytes }: Pick<Attachment, 'contentType' | 'bytes'>,
): string | null {
  if (taken.length === 0) return 'the sender takes no files; answer in words, or on another channel';
  const fits = taken.find(({ types }) => types.includes(contentType));
  if (!fits)
    return `a file of ${contentType} is not taken here, but ${taken.flatMap(({ types }) => types).join(', ')}; convert it`;
  if (bytes <= fits.mostBytes) return null;
  return `the file has ${bytes} bytes; ${contentType} may have ${fits.mostBytes} here, make it smaller`;
}

/** An answer with a file, in the words of its medium; or why it cannot be put so. Pure. */
export function contentWith(
  answers: 'sms' | 'whatsAppMessage',
  { name, contentType, url }: Attachment,
  text: string,
): MessageContent | { fault: string } {
  if (answers === 'sms') return { kind: answers, body: text, mediaUrls: [url] };
  const caption = text === '' ? {} : { caption: text };
  const file = { link: url };
  if (text.length > longestCaption)
    return {
      fault: `text: beside a file it has at most ${longestCaption} characters, this ${text.length}; send the rest apart`,
    };
  if (contentType.startsWith('image/')) return { kind: answers, type: 'image', file, ...caption };
  if (contentType.startsWith('video/')) return { kind: answers, type: 'video', file, ...caption };
  if (!contentType.startsWith('audio/'))
    return { kind: answers, type: 'document', file, filename: name, ...caption };
  return text === ''
    ? { kind: answers, type: 'audio', file }
    : { fault: 'text: no words stand beside a sound on WhatsApp; send them apart' };
}
