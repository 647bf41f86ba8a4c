import { createHash } from 'node:crypto';
import { laneOfKey } from '../lanes/lanes.ts';
import { phoneKey } from './phone-key.ts';

/** An address of which no more than this is kept, as long as somebody's wish is to outlive it. All spellings of a phone have one hash. */
export function addressHash(projectId: number, address: string): Buffer {
  const matched = address.startsWith('+') ? phoneKey(address) : address;
  return createHash('sha256').update(`${projectId}:${matched}`).digest();
}

/** An address of which nothing else is kept, with the lane in which it stands who has it. */
export interface AddressHash {
  hash: Buffer;
  identityLane: number;
}

/** The lane of what is kept by a hash. */
export const laneOfHash = (hash: Buffer): number => laneOfKey(hash.toString('hex'));
