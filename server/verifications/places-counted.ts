import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { ApiError } from '../http/errors.ts';
import { networkOf } from '../http/network-of-address.ts';
import type { TallyKey } from './guard.sql.ts';

/** By what a code to this number is counted: in all, by country, by the 10,000 numbers beside it. */
export const keysOfNumber = (e164: string, country: string): TallyKey[] => [
  { kind: 'all', key: '' },
  { kind: 'country', key: country },
  { kind: 'prefix', key: e164.slice(0, -4) },
];

/** By what a caller's own visitor is counted: a hash of the network. Null where the call names none. @throws ApiError BadParams for what is no address. */
export function keyOfClient(profileId: number, address: string | undefined): TallyKey | null {
  if (address === undefined) return null;
  if (isIP(address) === 0)
    throw new ApiError(
      'BadParams',
      'clientAddress: is no internet address; give one of IPv4 or IPv6 without a port, as 203.0.113.7 or 2001:db8::7, or leave it out',
      { field: 'clientAddress', value: address },
    );
  const key = createHash('sha256')
    .update(`${profileId} ${networkOf(address)}`)
    .digest('base64url')
    .slice(0, 22);
  return { kind: 'client', key };
}
