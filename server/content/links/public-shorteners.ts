/**
 * Hosts of shorteners that anybody may use. Carriers refuse texts with them: CTIA Messaging Principles 5.3.2
 * and T-Mobile's code of conduct 5 ask for a domain of the sender's own. bit.ly, goo.gl, tinyurl.com and t.co
 * are named by the sources; the rest are known in the trade.
 */
export const publicShorteners: readonly string[] = [
  'bit.ly',
  'goo.gl',
  'tinyurl.com',
  't.co',
  'adf.ly',
  'bc.vc',
  'bitly.com',
  'bl.ink',
  'buff.ly',
  'clck.ru',
  'cli.gs',
  'cutt.ly',
  'db.tt',
  'dlvr.it',
  'fb.me',
  'flip.it',
  'gg.gg',
  'hyperurl.co',
  'ht.ly',
  'is.gd',
  'j.mp',
  'kutt.it',
  'lnkd.in',
  'ow.ly',
  'qr.ae',
  'rb.gy',
  'rebrand.ly',
  's.id',
  'shorturl.at',
  'short.io',
  'shorte.st',
  'shrtco.de',
  'snip.ly',
  'soo.gd',
  'su.pr',
  't.ly',
  't2m.io',
  'tiny.cc',
  'tiny.one',
  'tr.im',
  'u.to',
  'urlz.fr',
  'v.gd',
  'vk.cc',
  'wa.link',
  'x.co',
  'yourls.org',
];

const hosts = new Set(publicShorteners);

/** Whether an address is on a public shortener, subdomains included. */
export function isPublicShortener(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const labels = new URL(url).hostname.toLowerCase().replace(/\.$/, '').split('.');
  return labels.some((_, i) => hosts.has(labels.slice(i).join('.')));
}
