import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';
import { lanes } from '../lanes/lanes.ts';
import { addressHash, laneOfHash } from '../users/address-hash.ts';
import { type AddressHolder, addressesOn } from '../users/addresses.ts';
import { byLane, sendByLane } from '../users/by-lane.ts';
import { type ClosedGates, requireGates } from '../users/gates.ts';
import type { UserRef } from '../users/identity.ts';
import type { NewAddress } from '../users/people.ts';

/**
 * An opt-out of an address, whoever has it: opt-outs outlive the user's hold on an address, and need none. By the hash, no
 * address is kept.
 */
export interface Suppression {
  address: string;
  channelId: number;
  /** Where the opt-out is of one message type and not of the whole channel. */
  messageTypeId?: number;
  since: Date;
  /** How it was said and who recorded it, and a note, for one that was recorded by hand. */
  source?: string;
  note?: string | undefined;
}

/** The same as it is read back, for the ledger. */
interface Kept {
  kind: 'channel' | 'messageType';
  targetId: number;
  since: Date;
  source: string;
  note: string | null;
}

/**
 * Puts opt-outs kept for these addresses in force for those who have them now: a person who was deleted and comes
 * back is still opted out, and so is whoever gets a number of which an opt-out is on record. Writes the ledger entry
 * and the standing. To be called in the change's transaction, after the addresses were claimed.
 */
export async function applySuppressions(
  transaction: Database,
  gates: ClosedGates,
  projectId: number,
  addresses: readonly NewAddress[],
  at: Date,
): Promise<void> {
  if (!(await maySuppress(transaction, projectId, addresses.length))) return;
  const hashed = addresses
    .filter(({ kind }) => kind !== 'externalId')
    .map((address) => ({ ...address, hash: addressHash(projectId, address.value) }));
  const optOuts: (Kept & { user: UserRef; address: string; isNewcomer: boolean })[] = [];
  const laneOf = (row: (typeof hashed)[number]) => laneOfHash(row.hash);
  const byHash = Map.groupBy(hashed, ({ hash }) => hash.toString('hex'));
  const answers = await sendByLane(
    transaction,
    hashed,
    laneOf,
    (lane, group) => sql<Kept & { hash: Buffer }>`
      SELECT address_hash AS hash, since, note,
        CASE message_type_id WHEN 0 THEN 'channel' ELSE 'messageType' END AS kind,
        CASE message_type_id WHEN 0 THEN channel_id ELSE message_type_id END AS "targetId",
        'an earlier opt-out from this address' || coalesce(': ' || source, '') AS source FROM suppression
      WHERE lane = ${lane} AND project_id = ${projectId}
        AND address_hash = ANY(${group.map((row) => row.hash)}::bytea[])`,
  );
  for (const { hash, ...kept } of answers.flatMap(({ rows }) => rows))
    for (const { user, value, isNewcomer } of byHash.get(hash.toString('hex')) ?? [])
      optOuts.push({ ...kept, user, address: value, isNewcomer });
  requireGates(
    gates,
    optOuts.flatMap(({ user, isNewcomer }) => (isNewcomer ? [] : user.lane)),
  );
  for (const [lane, group] of byLane(optOuts, (row) => row.user.lane)) {
    await sql`
      WITH entry AS (
        INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, address, method,
          source, wording, happened_at, recorded_at)
        SELECT ${lane}, nextval('consent_entry_id_seq'), ${projectId}, o.user_id, 'optOut', o.kind,
          o.target_id, o.address, 'suppression', o.source, o.note, o.since, ${at}::timestamptz
        FROM unnest(${group.map((row) => row.user.id)}::bigint[], ${group.map((row) => row.kind)}::text[],
          ${group.map((row) => row.targetId)}::int[],
          ${group.map((row) => row.address)}::text[], ${group.map((row) => row.source)}::text[],
          ${group.map((row) => row.note)}::text[], ${group.map((row) => row.since)}::timestamptz[])
          AS o (user_id, kind, target_id, address, source, note, since)
        RETURNING id, user_id, kind, target_id, happened_at
      ), standing AS (
      INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, entry_id, since)
      SELECT ${lane}, ${projectId}, user_id, kind, target_id, 'unsubscribed', max(id), max(happened_at)
      FROM entry GROUP BY user_id, kind, target_id
      ON CONFLICT (lane, user_id, kind, target_id) DO UPDATE
        SET status = 'unsubscribed', entry_id = excluded.entry_id,
          since = greatest(subscription.since, excluded.since)
      ) SELECT 1`.execute(transaction);
    await endTypes(
      transaction,
      lane,
      group.map(({ user }) => user.id),
    );
  }
}

/**
 * Ends the message types of channels that ended by no wish of the person's own, so that a later opt-in to one type
 * opens no other. To be called after standings were written past the ledger.
 */
export async function endTypes(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
): Promise<void> {
  await sql`
    UPDATE subscription s SET status = 'unsubscribed', paused_at = NULL, entry_id = c.entry_id, since = c.since
    FROM message_type t, subscription c
    WHERE s.lane = ${lane} AND s.user_id = ANY(${userIds}::bigint[]) AND s.kind = 'messageType'
      AND s.status = 'subscribed' AND t.id = s.target_id
      AND c.lane = ${lane} AND c.user_id = s.user_id AND c.kind = 'channel' AND c.target_id = t.channel_id
      AND c.status = 'unsubscribed'`.execute(transaction);
}

/** An address that somebody has opted in from, by their own provable act. */
export interface ProvenOptIn {
  address: string;
  channelId: number;
  /** What of the channel was agreed to; absent for the channel itself. */
  messageTypeId?: number | undefined;
  happenedAt: Date;
}

/**
 * Takes opt-outs off the record of addresses from which somebody has since opted in by a provable act: the newest
 * word counts for whoever has the address next. Others who share it stay as they stand.
 */
export async function liftSuppressions(
  transaction: Database,
  projectId: number,
  optIns: readonly ProvenOptIn[],
): Promise<void> {
  const hashed = optIns.map((row) => ({ ...row, hash: addressHash(projectId, row.address) }));
  await sendByLane(
    transaction,
    hashed,
    (row) => laneOfHash(row.hash),
    (lane, group) => sql`
      DELETE FROM suppression s
      USING unnest(${group.map((row) => row.hash)}::bytea[], ${group.map((row) => row.channelId)}::int[],
        ${group.map((row) => row.messageTypeId ?? 0)}::int[], ${group.map((row) => row.happenedAt)}::timestamptz[])
        AS o (hash, channel_id, message_type_id, happened_at)
      WHERE s.lane = ${lane} AND s.project_id = ${projectId} AND s.address_hash = o.hash
        AND s.channel_id = o.channel_id AND s.message_type_id IN (0, o.message_type_id)
        AND s.since < o.happened_at`,
  );
}

/** Which of these addresses opt-outs are on record of. */
export async function suppressedAmong(
  db: Database,
  projectId: number,
  addresses: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(addresses)];
  if (!(await maySuppress(db, projectId, asked.length))) return new Set();
  const hashed = asked.map((address) => ({ address, hash: addressHash(projectId, address) }));
  const answers = await sendByLane(
    db,
    hashed,
    ({ hash }) => laneOfHash(hash),
    (lane, group) => sql<{ hash: Buffer }>`
      SELECT address_hash AS hash FROM suppression WHERE lane = ${lane} AND project_id = ${projectId}
        AND address_hash = ANY(${group.map(({ hash }) => hash)}::bytea[])`,
  );
  const found = new Set(answers.flatMap(({ rows }) => rows.map(({ hash }) => hash.toString('hex'))));
  return new Set(hashed.flatMap(({ address, hash }) => (found.has(hash.toString('hex')) ? address : [])));
}

/** Which channels an opt-out is on record of for an address, whoever has it. */
export async function suppressedChannels(
  db: Database,
  projectId: number,
  address: string,
): Promise<ReadonlySet<number>> {
  const hash = addressHash(projectId, address);
  const { rows } = await sql<{ channelId: number }>`
    SELECT channel_id AS "channelId" FROM suppression
    WHERE lane = ${laneOfHash(hash)} AND project_id = ${projectId} AND address_hash = ${hash} AND message_type_id = 0`.execute(
    db,
  );
  return new Set(rows.map(({ channelId }) => channelId));
}

/** Of so many addresses each lane is looked into at once. */
const fewAddresses = 16;

/** Most projects have none yet: for many addresses one look over all lanes spares a look in each of them, and the hashes. */
async function maySuppress(transaction: Database, projectId: number, addresses: number): Promise<boolean> {
  if (addresses <= fewAddresses) return true;
  const { rows } = await sql<{ any: boolean }>`
    SELECT EXISTS (SELECT 1 FROM suppression
      WHERE lane = ANY(${lanes}::smallint[]) AND project_id = ${projectId}) AS any`.execute(transaction);
  return rows[0]?.any ?? false;
}

interface KeptOf {
  userId: number;
  channelId: number;
  messageTypeId: number;
  medium: string;
  since: Date;
}

/** Keeps the opt-outs of users, of channels and of message types, by the hashes of these addresses of theirs, before the two part. */
export async function keepOptOuts(
  transaction: Database,
  projectId: number,
  users: readonly AddressHolder[],
): Promise<void> {
  const kept: Suppression[] = [];
  for (const [lane, group] of byLane(users, (user) => user.lane)) {
    const { rows } = await sql<KeptOf>`
      SELECT s.user_id AS "userId", c.id AS "channelId", coalesce(t.id, 0) AS "messageTypeId", c.medium, s.since
      FROM subscription s
      LEFT JOIN message_type t ON s.kind = 'messageType' AND t.id = s.target_id
      JOIN channel c ON c.id = CASE s.kind WHEN 'channel' THEN s.target_id ELSE t.channel_id END
      WHERE s.lane = ${lane} AND s.user_id = ANY(${group.map((user) => user.id)}::bigint[])
        AND s.status = 'unsubscribed'`.execute(transaction);
    for (const row of rows) {
      const user = group.find((candidate) => candidate.id === row.userId)!;
      for (const { value: address } of addressesOn(row.medium, user.addresses)) {
        const { channelId, messageTypeId, since } = row;
        kept.push({ address, channelId, messageTypeId, since });
      }
    }
  }
  await suppress(transaction, projectId, kept);
}

/** Keeps opt-outs of addresses, for whoever has them next. */
export async function suppress(
  db: Database,
  projectId: number,
  optOuts: readonly Suppression[],
): Promise<void> {
  await suppressHashes(
    db,
    projectId,
    optOuts.map((row) => ({ ...row, hash: addressHash(projectId, row.address) })),
  );
}

/** The same for addresses of which nothing but the hash is known by now. */
export async function suppressHashes(
  db: Database,
  projectId: number,
  hashed: readonly (Omit<Suppression, 'address'> & { hash: Buffer })[],
): Promise<void> {
  for (const [lane, group] of byLane(hashed, (row) => laneOfHash(row.hash))) {
    await sql`
      INSERT INTO suppression (lane, project_id, address_hash, channel_id, message_type_id, since, source, note)
      SELECT here.lane, ${projectId}::int, k.hash, k.channel_id, k.message_type_id, max(k.since), max(k.source), max(k.note)
      FROM ${here(lane)} CROSS JOIN unnest(${group.map((row) => row.hash)}::bytea[], ${group.map((row) => row.channelId)}::int[],
        ${group.map((row) => row.messageTypeId ?? 0)}::int[], ${group.map((row) => row.since)}::timestamptz[], ${group.map((row) => row.source ?? null)}::text[],
        ${group.map((row) => row.note ?? null)}::text[]) AS k (hash, channel_id, message_type_id, since, source, note)
      GROUP BY here.lane, k.hash, k.channel_id, k.message_type_id
      ON CONFLICT (lane, project_id, address_hash, channel_id, message_type_id) DO UPDATE
        SET since = greatest(suppression.since, excluded.since),
          source = coalesce(excluded.source, suppression.source), note = coalesce(excluded.note, suppression.note)
    `.execute(db);
  }
}
