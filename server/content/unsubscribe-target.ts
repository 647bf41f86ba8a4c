import { type AddressHash, addressHash } from '../users/address-hash.ts';
import { identityOfAddress, laneOfIdentity } from '../users/identity.ts';

/** What a message's way out is about: a channel, and the address it went to or, of somebody deleted, that one's hash. */
export type UnsubscribeTarget = { channelId: number } & ({ address: string } | AddressHash);

const scheme = 'unsubscribe:';
const hashed = /^#(\d+):([0-9a-f]{64})$/;

/** For the column `link.url`. */
export function storedTarget(target: UnsubscribeTarget): string {
  const named =
    'address' in target ? target.address : `#${target.identityLane}:${target.hash.toString('hex')}`;
  return `${scheme}${target.channelId}:${named}`;
}

/** Reads `link.url`; null when the link leads to a page. */
export function readUnsubscribeTarget(stored: string): UnsubscribeTarget | null {
  const parts = /^unsubscribe:(\d+):(.+)$/.exec(stored);
  if (!parts?.[1] || !parts[2]) return null;
  const channelId = Number(parts[1]);
  const [, lane, hash] = hashed.exec(parts[2]) ?? [];
  if (lane && hash) return { channelId, hash: Buffer.from(hash, 'hex'), identityLane: Number(lane) };
  return { channelId, address: parts[2] };
}

/** What is kept of an address by which its holders are found again. */
export function hashOfAddress(projectId: number, address: string): AddressHash {
  const identity = identityOfAddress(address);
  return { hash: addressHash(projectId, address), identityLane: laneOfIdentity(projectId)(identity) };
}
