import { isIP, isIPv6 } from 'node:net';

/** Where calls out may go although it is no place on the public Internet; port null for all ports. */
export type AllowedPlace =
  | { kind: 'name'; host: string; port: number | null }
  | { kind: 'network'; address: string; bits: number; family: 'ipv4' | 'ipv6'; port: number | null };

/**
 * Reads the operator's list: host names, addresses and networks in CIDR form, between commas or blanks, names and addresses with a port
 * where only that one is meant. `localhost` means this machine by whatever name.
 * @throws Error that names the entry which is none of these, and the remedy.
 */
export function readAllowedPlaces(text: string): AllowedPlace[] {
  return text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .flatMap(readEntry);
}

/** A single place: a name or an address, with its port. */
export function allowedPlace(host: string, port: number | null): AllowedPlace {
  return isIP(host) === 0 ? { kind: 'name', host, port } : network(host, port);
}

function readEntry(entry: string): AllowedPlace[] {
  const [address = '', bits, ...more] = entry.split('/');
  if (bits !== undefined) {
    const widest = isIPv6(address) ? 128 : 32;
    const isNetwork = isIP(address) !== 0 && !address.includes('%') && /^\d{1,3}$/.test(bits);
    if (!isNetwork || Number(bits) > widest || more.length > 0) throw noPlace(entry);
    return [{ ...network(address, null), bits: Number(bits) }];
  }
  if (isIPv6(entry) && !entry.includes('%')) return [network(entry, null)];
  const url = URL.parse(`http://${entry}`);
  const port = /:(\d{1,5})$/.exec(entry)?.[1];
  const isHost = url !== null && url.pathname === '/' && url.search + url.hash + url.username === '';
  if (!isHost || /[@?#\\]/.test(entry) || (entry.includes(':') && !port && !entry.endsWith(']')))
    throw noPlace(entry);
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(host) === 0 && !/^[\w.-]+$/.test(host)) throw noPlace(entry);
  const place = allowedPlace(host, port === undefined ? null : Number(port));
  if (host !== 'localhost') return [place];
  return [place, { ...network('127.0.0.0', place.port), bits: 8 }, network('::1', place.port)];
}

function network(address: string, port: number | null): AllowedPlace & { kind: 'network' } {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  return { kind: 'network', address, bits: family === 'ipv6' ? 128 : 32, family, port };
}

function noPlace(entry: string): Error {
  return new Error(
    `names ${JSON.stringify(entry)}, which is no host and no network; write them as relay.lan, localhost:3000, 192.168.1.7 or 10.0.0.0/8, with commas between`,
  );
}
