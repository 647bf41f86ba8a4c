import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Networks that are no place on the public Internet: this machine, private and link-local ones, those set apart for
 * other use. Source: IANA's registries of special-purpose IPv4 and IPv6 addresses, checked 2026-11-23.
 */
const notPublic: readonly [network: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // The whole of what is not global unicast, IPv4 in IPv6 clothes among it.
  ['::', 3],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['4000::', 2],
  ['8000::', 1],
];

/** One list a family: a list takes an IPv4 address for the IPv6 one that holds it. */
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, bits] of notPublic) {
  const family = familyOf(network);
  blocked[family].addSubnet(network, bits, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** Whether an IP address is one of the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = familyOf(address);
  return isIP(address) !== 0 && !blocked[family].check(address, family);
}
