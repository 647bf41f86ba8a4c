import { newLinkCode } from './links/link-code.ts';

/** The picture an email calls home with: `stored` is kept as a row of the table `link`, `url` goes into the message. */
export interface OpenPixel {
  code: string;
  /** For the column `link.url`. */
  stored: string;
  /** Where the mail program fetches the picture. */
  url: string;
}

const stored = 'open:';

/** Makes the picture's address of one email to a user of this lane; nobody can guess it. */
export function newOpenPixel(publicUrl: string, lane: number): OpenPixel {
  const code = newLinkCode(lane);
  return { code, stored, url: `${publicUrl}/o/${code}` };
}

/** Whether a row of the table `link` is an email's picture. */
export const isOpenPixel = (linkUrl: string): boolean => linkUrl === stored;

/** The picture as it stands in an email's HTML. */
export const openPixelTag = (url: string): string =>
  `<img src="${url}" data-open alt="" width="1" height="1" style="border:0">`;

/** An email's HTML without the picture, so that looking at what was sent is no open. */
export const withoutOpenPixel = (html: string): string =>
  html.replace(/<img src="[^"<>]*" data-open [^<>]*>/g, '');

/** The picture itself: one transparent point. */
export const openPixelGif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Mail services' proxies that fetch a picture when the person looks at it: bots by name, people by deed. */
const fetchesForPerson = /GoogleImageProxy|YahooMailProxy/;

/** Gmail's fetch ahead of the reader says it is this browser of 2015, which nobody has. */
const gmailAhead = /Chrome\/42\.0\.2311\.135 Safari\/537\.36 Edge\/12\.246 Mozilla\/5\.0$/;

/**
 * Whether a fetch of the picture is for a person looking, as far as its user agent tells. Apple Mail's privacy
 * protection fetches whatever arrives, as bare `Mozilla/5.0`. `isBot`: what is known of the visitor otherwise.
 */
export function opener(userAgent: string, isBot: boolean): 'person' | 'machine' {
  if (fetchesForPerson.test(userAgent)) return 'person';
  return isBot || userAgent.trim() === 'Mozilla/5.0' || gmailAhead.test(userAgent) ? 'machine' : 'person';
}
