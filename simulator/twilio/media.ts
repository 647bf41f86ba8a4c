import { hash } from 'node:crypto';
import type { TwilioEntry } from '../ledger/entry.ts';
import { messageUri, rfc2822 } from './message.ts';

interface Medium {
  sid: string;
  url: string;
  /** Which of the message's media it is, from 0. */
  place: number;
}

function mediaOf(entry: TwilioEntry): Medium[] {
  const all = entry.media.map((url, place) => ({
    sid: `ME${hash('md5', `${entry.id}/${place}`)}`,
    url,
    place,
  }));
  return all.filter(({ place }) => !entry.removedMedia?.includes(place));
}

function mediumJson(entry: TwilioEntry, medium: Medium): Record<string, unknown> {
  return {
    sid: medium.sid,
    account_sid: entry.accountSid,
    parent_sid: entry.id,
    content_type: typeOf(medium.url),
    date_created: rfc2822(entry.at),
    date_updated: rfc2822(entry.at),
    uri: `${messageUri(entry).slice(0, -5)}/Media/${medium.sid}.json`,
  };
}

const types: Record<string, string> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  vcf: 'text/vcard',
};

/** The media type that a web address's file ending stands for. */
export function typeOf(url: string): string {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return types[ending] ?? 'application/octet-stream';
}

/** A message's media as Twilio lists them. */
export function listMedia(entry: TwilioEntry): string {
  const media = mediaOf(entry).map((medium) => mediumJson(entry, medium));
  const uri = `${messageUri(entry).slice(0, -5)}/Media.json`;
  return JSON.stringify({
    media_list: media,
    page: 0,
    page_size: 50,
    start: 0,
    end: Math.max(0, media.length - 1),
    uri,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
  });
}

/** One medium of a message: its JSON, its place and where its bytes are; null when the message has no such one. */
export function findMedium(
  entry: TwilioEntry,
  sid: string,
): { json: string; url: string; place: number } | null {
  const medium = mediaOf(entry).find((one) => one.sid === sid);
  return medium ? { ...medium, json: JSON.stringify(mediumJson(entry, medium)) } : null;
}
