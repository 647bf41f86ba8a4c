import { closeAddressGate } from '../users/address-gate.ts';
import type { AddressHash } from '../users/address-hash.ts';
import { holdersOfHash } from '../users/identity.ts';
import { retrying } from '../users/try-again.ts';
import { type Ledger, recordWishes } from './ledger.ts';
import { suppressHashes } from './suppression.sql.ts';

/**
 * Records that an address wants no more of a channel of which nothing but the hash is kept, since the person who had it
 * was deleted: whoever gets it is opted out, and so is who has it again by now. Who is gaining it meanwhile is found by
 * the one or by the other.
 */
export async function optOutByHash(
  ledger: Ledger,
  projectId: number,
  channelId: number,
  address: AddressHash,
  source: string,
  at: Date,
): Promise<void> {
  const holders = await retrying(() =>
    ledger.db.transaction().execute(async (transaction) => {
      await closeAddressGate(transaction, address.identityLane);
      await suppressHashes(transaction, projectId, [{ channelId, hash: address.hash, since: at }]);
      return holdersOfHash(transaction, projectId, address);
    }),
  );
  if (holders.length === 0) return;
  const optOut = { action: 'optOut', kind: 'channel', method: 'link' } as const;
  await recordWishes(
    ledger,
    holders.map(({ lane, id: userId, value }) => ({
      ...optOut,
      ...{ lane, userId, projectId, targetId: channelId, address: value, source, happenedAt: at },
    })),
    at,
  );
}
