import { isIPv6 } from 'node:net';

/**
 * An IPv4 address, or the network of an IPv6 one, its first 64 bits: who has one address there has 2^64. However the address is
 * written (`2001:DB8:0::1`, `::ffff:192.0.2.1`), its network is written one way.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [bare = ''] = address.split('%');
  // As WHATWG has it: small letters, no leading zeros, no dots.
  const ip = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(ip) ?? [];
  if (high && low)
    return [high, low]
      .map((group) => Number.parseInt(group, 16))
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  const [head = '', tail = ''] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  const ending = tail === '' ? 0 : tail.split(':').length;
  while (ip.includes('::') && groups.length < 8 - ending) groups.push('0');
  return groups.slice(0, 4).join(':');
}
