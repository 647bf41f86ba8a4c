import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { TallyKey } from './guard.sql.ts';

/** By what a code to this number is counted: in all, by country, by the 10,000 numbers beside it. */
export const keysOfNumber = (e164: string, country: string): TallyKey[] => [
  { kind: 'all', key: '' },
  { kind: 'country', key: country },
  { kind: 'prefix', key: e164.slice(0, -4) },
];

/**
 * By what a caller's own visitor is counted: a hash of the address, of an IPv6 one its first 64 bits, which one household
 * has. Null where the call names none.
 */
export function keyOfClient(profileId: number, address: string | undefined): TallyKey | null {
  if (address === undefined) return null;
  const network = isIPv6(address) ? networkOf(address) : address;
  const key = createHash('sha256').update(`${profileId} ${network}`).digest('base64url').slice(0, 22);
  return { kind: 'client', key };
}

/** The first four groups of an IPv6 address, written out. */
function networkOf(address: string): string {
  const [front = '', back] = (address.split('%')[0] ?? '').split('::');
  const first = front === '' ? [] : front.split(':');
  const last = back ? back.split(':') : [];
  const zeros = back === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
}
