import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { laneOfKey, lanes } from '../database/lanes.ts';
import { byLane, eachLane } from './by-lane.ts';
import type { Identity, UserRef } from './identity.ts';

/** Opt-outs outlive the user they belonged to: by the hash of an address, no address is kept. */
export function addressHash(projectId: number, address: string): Buffer {
  return createHash('sha256').update(`${projectId}:${address}`).digest();
}

/** The lane of a suppression, by its hash. */
export const laneOfHash = (hash: Buffer): number => laneOfKey(hash.toString('hex'));

/** An address that somebody newly has. */
export interface NewAddress {
  identity: Identity;
  user: UserRef;
}

/**
 * Puts opt-outs of earlier owners of these addresses in force for those who have them now: a person who was
 * deleted and comes back is still opted out. Writes the ledger entry and the standing.
 */
export async function applySuppressions(
  transaction: Database,
  projectId: number,
  addresses: NewAddress[],
  at: Date,
): Promise<void> {
  if (!(await anySuppression(transaction, projectId))) return;
  const hashed = addresses
    .filter((address) => address.identity.kind !== 'externalId')
    .map((address) => ({ ...address, hash: addressHash(projectId, address.identity.value) }));
  const optOuts: { user: UserRef; channelId: number; address: string; since: Date }[] = [];
  const laneOf = (row: (typeof hashed)[number]) => laneOfHash(row.hash);
  await eachLane(hashed, laneOf, async (lane, group) => {
    const { rows } = await sql<{ hash: Buffer; channelId: number; since: Date }>`
      SELECT address_hash AS hash, channel_id AS "channelId", since FROM suppression
      WHERE lane = ${lane} AND project_id = ${projectId}
        AND address_hash = ANY(${group.map((row) => row.hash)}::bytea[])`.execute(transaction);
    for (const { hash, channelId, since } of rows)
      for (const row of group.filter((candidate) => candidate.hash.equals(hash)))
        optOuts.push({ user: row.user, channelId, address: row.identity.value, since });
  });
  for (const [lane, group] of byLane(optOuts, (row) => row.user.lane)) {
    await sql`
      WITH entry AS (
        INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, address, method,
          source, happened_at, recorded_at)
        SELECT ${lane}, nextval('consent_entry_id_seq'), ${projectId}, o.user_id, 'optOut', 'channel',
          o.channel_id, o.address, 'suppression', 'an earlier opt-out from this address', o.since, ${at}::timestamptz
        FROM unnest(${group.map((row) => row.user.id)}::bigint[], ${group.map((row) => row.channelId)}::int[],
          ${group.map((row) => row.address)}::text[],
          ${group.map((row) => row.since)}::timestamptz[]) AS o (user_id, channel_id, address, since)
        RETURNING id, user_id, target_id, happened_at
      )
      INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, entry_id, since)
      SELECT ${lane}, ${projectId}, user_id, 'channel', target_id, 'unsubscribed', max(id), max(happened_at)
      FROM entry GROUP BY user_id, target_id
      ON CONFLICT (lane, user_id, kind, target_id) DO UPDATE
        SET status = 'unsubscribed', entry_id = excluded.entry_id,
          since = greatest(subscription.since, excluded.since)`.execute(transaction);
  }
}

/** Most projects have none yet: one look over all lanes spares a look in each. */
async function anySuppression(transaction: Database, projectId: number): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    SELECT EXISTS (SELECT FROM suppression
      WHERE lane = ANY(${lanes}::smallint[]) AND project_id = ${projectId}) AS any`.execute(transaction);
  return rows[0]?.any ?? false;
}

/** Keeps the channel opt-outs of users of one lane by the hashes of their addresses, before the users go. */
export async function keepOptOuts(
  transaction: Database,
  projectId: number,
  users: (UserRef & { email: string | null; phoneNumber: string | null; whatsAppUserId: string | null })[],
): Promise<void> {
  const kept: { hash: Buffer; channelId: number; since: Date }[] = [];
  for (const [lane, group] of byLane(users, (user) => user.lane)) {
    const { rows } = await sql<{ userId: number; channelId: number; medium: string; since: Date }>`
      SELECT s.user_id AS "userId", s.target_id AS "channelId", c.medium, s.since
      FROM subscription s JOIN channel c ON c.id = s.target_id
      WHERE s.lane = ${lane} AND s.user_id = ANY(${group.map((user) => user.id)}::bigint[])
        AND s.kind = 'channel' AND s.status = 'unsubscribed'`.execute(transaction);
    for (const row of rows) {
      const user = group.find((candidate) => candidate.id === row.userId)!;
      const addresses =
        row.medium === 'email'
          ? [user.email]
          : row.medium === 'sms'
            ? [user.phoneNumber]
            : [user.phoneNumber, user.whatsAppUserId];
      for (const address of addresses)
        if (address !== null)
          kept.push({ hash: addressHash(projectId, address), channelId: row.channelId, since: row.since });
    }
  }
  for (const [lane, group] of byLane(kept, (row) => laneOfHash(row.hash))) {
    await sql`
      INSERT INTO suppression (lane, project_id, address_hash, channel_id, since)
      SELECT ${lane}, ${projectId}, k.hash, k.channel_id, max(k.since)
      FROM unnest(${group.map((row) => row.hash)}::bytea[], ${group.map((row) => row.channelId)}::int[],
        ${group.map((row) => row.since)}::timestamptz[]) AS k (hash, channel_id, since)
      GROUP BY k.hash, k.channel_id
      ON CONFLICT (lane, project_id, address_hash, channel_id) DO UPDATE
        SET since = greatest(suppression.since, excluded.since)`.execute(transaction);
  }
}
