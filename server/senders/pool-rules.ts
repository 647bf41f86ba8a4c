import { ApiError } from '../http/errors.ts';
import type { Pool } from './pools.sql.ts';

type Kind = Pick<Pool, 'medium' | 'purpose'>;

/** The one medium and purpose that these senders share. Throws when some are not among those found, or they share none. */
export function sharedKind(ids: readonly number[], found: readonly (Kind & { id: number })[]): Kind {
  const missing = ids.filter((one) => !found.some((sender) => sender.id === one));
  const [first] = found;
  if (missing.length > 0 || !first)
    throw new ApiError(
      'NotFound',
      `senderIds ${missing.join(', ')} are not senders of this project; see GET /api/senders`,
      { missing },
    );
  const odd = found.find((sender) => sender.medium !== first.medium || sender.purpose !== first.purpose);
  if (odd)
    throw new ApiError(
      'SenderRefused',
      `A pool has senders of one medium and purpose: ${first.id} is ${first.purpose} ${first.medium}, ${odd.id} is ${odd.purpose} ${odd.medium}`,
      { field: 'senderIds' },
    );
  return { medium: first.medium, purpose: first.purpose };
}

/** A pool keeps to its medium and purpose. Throws for senders of another. */
export function requireSameKind(pool: Kind, senders: Kind): void {
  if (senders.medium === pool.medium && senders.purpose === pool.purpose) return;
  throw new ApiError(
    'SenderRefused',
    `The pool is of ${pool.purpose} ${pool.medium} senders; make another for ${senders.purpose} ${senders.medium}`,
    { field: 'senderIds' },
  );
}
