import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { lockKeys, markRevoked } from './keys.sql.ts';

/**
 * Revokes a key of the project; the last server-side one stays, since without it nothing could be changed. Two at once
 * would each leave the other's key: the locks on the project's keys put one behind the other.
 */
export async function revokeKey(
  transaction: Database,
  projectId: number,
  id: number,
  at: Date,
): Promise<void> {
  const keys = await lockKeys(transaction, projectId);
  const key = keys.find((each) => each.id === id);
  if (!key)
    throw new ApiError('NotFound', `No key ${id} in this project that is not revoked already`, { keyId: id });
  if (key.kind === 'server' && !keys.some((other) => other.id !== id && other.kind === 'server'))
    throw new ApiError(
      'InvalidState',
      `Key ${id} is the last server-side key, and without one nothing can be changed; make another with POST /api/keys first`,
      { keyId: id },
    );
  await markRevoked(transaction, id, at);
}
