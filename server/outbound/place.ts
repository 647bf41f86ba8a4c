import { isIP, isIPv6 } from 'node:net';

/** Where a call goes: a host in its one spelling (no case, no dot at its end, an address in its usual form) and a port. */
export interface Place {
  protocol: 'http' | 'smtp';
  host: string;
  port: number;
}

/** What was given as an address that a call cannot go to, with the fault in words that follow the field's name. */
export interface NoPlace {
  fault: string;
}

/** Where an http(s) address leads. */
export function placeOfUrl(address: string | URL): Place | NoPlace {
  const url = typeof address === 'string' ? URL.parse(address) : address;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return { fault: 'is no http(s) address; write it as https://example.com/path' };
  if (url.username !== '' || url.password !== '')
    return { fault: 'holds a user name or password, which would be shown; give it as a secret' };
  const usual = url.protocol === 'https:' ? 443 : 80;
  return {
    protocol: 'http',
    host: bareHost(url.hostname),
    port: url.port === '' ? usual : Number(url.port),
  };
}

/** Where a mail server is. */
export function placeOfMailServer(host: string, port: number): Place | NoPlace {
  const url = URL.parse(`http://${isIPv6(host) ? `[${host}]` : host}/`);
  const isBare = url !== null && !/[/?#@\\:]/.test(isIPv6(host) ? '' : host) && url.hostname !== '';
  return isBare
    ? { protocol: 'smtp', host: bareHost(url.hostname), port }
    : { fault: 'is no host name or IP address; write it as mail.example.com' };
}

/** A place as the operator would name it: `localhost:3000`, `[::1]:25`. */
export function placeText({ host, port }: Pick<Place, 'host' | 'port'>): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, '');
}
