import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { leaveAddresses } from './address-change.ts';
import { applyUpdate, draftOf, settlePlace } from './draft.ts';
import { endingConsent } from './gates.ts';
import { claimIdentities, releaseIdentities, type UserRef } from './identity.ts';
import { updateOf } from './prepare-update.ts';
import { applySuppressions, endTypes } from './suppression.ts';
import { identitiesOf, lockUsers, rewriteUsers, type User } from './user-row.ts';

/** Which array of the profile is joined rather than taken from the destination, and what tells its items apart. */
export interface ArrayMerge {
  field: string;
  dedupeBy?: string;
}

/**
 * Merges one user into another: the source's profile fills the gaps of the destination's, its events,
 * memberships, replies and ledger move, an opt-out of either stands, its free identities pass over, and it is
 * gone. Its opt-ins pass over with the address they were given for: where the destination has one of its own, the
 * source's address is nobody's and its opt-ins end. Its messages are shown in the destination's history.
 */
export async function mergeUsers(
  db: Database,
  projectId: number,
  source: UserRef,
  destination: UserRef,
  arrayMerge: ArrayMerge[],
  at: Date,
): Promise<void> {
  // Standing may become an opt-out here: nothing of either lane may be on its way meanwhile.
  await endingConsent(db, [source.lane, destination.lane], async (transaction, gates) => {
    const [from, to] = await lockBoth(transaction, projectId, source, destination);
    const after = await mergeProfile(transaction, projectId, from, to, arrayMerge, at);
    await leaveAddresses(transaction, gates, projectId, [{ before: from, after }]);
    await moveStanding(transaction, from, to);
    await moveMembership(transaction, from, to);
    for (const table of movedTables) await moveRows(transaction, table, from, to);
    await leaveMessages(transaction, from, to, at);
    await moveReplies(transaction, from, to);
    await transaction.deleteFrom('users').where('lane', '=', from.lane).where('id', '=', from.id).execute();
    const gained = identitiesOf(after).filter(
      (identity) => !identitiesOf(to).some((held) => held.kind === identity.kind),
    );
    await applySuppressions(
      transaction,
      gates,
      projectId,
      gained.map((identity) => ({ identity, user: to, isNewcomer: false })),
      at,
    );
  });
}

async function lockBoth(
  transaction: Database,
  projectId: number,
  source: UserRef,
  destination: UserRef,
): Promise<[User, User]> {
  const inOrder = [source, destination].sort((a, b) => a.lane - b.lane || a.id - b.id);
  const found: User[] = [];
  for (const ref of inOrder) found.push(...(await lockUsers(transaction, projectId, ref.lane, [ref.id])));
  const from = found.find((user) => user.id === source.id);
  const to = found.find((user) => user.id === destination.id);
  if (!from || !to)
    throw new ApiError('NotFound', `The ${from ? 'destination' : 'source'} was deleted or merged meanwhile`, {
      field: from ? 'destinationEmail' : 'sourceEmail',
    });
  return [from, to];
}

async function mergeProfile(
  transaction: Database,
  projectId: number,
  from: User,
  to: User,
  arrayMerge: ArrayMerge[],
  at: Date,
): Promise<User> {
  const draft = draftOf(to);
  const free = identitiesOf(from).filter(
    (identity) => !identitiesOf(to).some((held) => held.kind === identity.kind),
  );
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(from.dataFields))
    if (!(name in to.dataFields)) fields[name] = value;
  for (const merge of arrayMerge) {
    const [a, b] = [to.dataFields[merge.field], from.dataFields[merge.field]];
    if (Array.isArray(a) && Array.isArray(b)) fields[merge.field] = joinArrays(a, b, merge.dedupeBy);
  }
  applyUpdate(draft, updateOf(free, fields), new Map());
  settlePlace(draft);
  await releaseIdentities(
    transaction,
    projectId,
    identitiesOf(from).map((identity) => ({ ...identity, user: from })),
  );
  if (free.length > 0)
    await claimIdentities(
      transaction,
      projectId,
      free.map((identity) => ({ ...identity, user: to })),
    );
  await rewriteUsers(transaction, [{ before: to, after: draft.after }], at);
  return draft.after;
}

/** The items of both arrays once each, told apart by one of their fields or as a whole. */
function joinArrays(first: unknown[], second: unknown[], dedupeBy?: string): unknown[] {
  const keyOf = (item: unknown) =>
    dedupeBy && typeof item === 'object' && item !== null && dedupeBy in item
      ? JSON.stringify(Reflect.get(item, dedupeBy))
      : JSON.stringify(item);
  const seen = new Map<string, unknown>();
  for (const item of [...first, ...second]) if (!seen.has(keyOf(item))) seen.set(keyOf(item), item);
  return [...seen.values()];
}

/** Tables whose rows simply change hands, copied whole. */
const movedTables = ['event', 'inbound_message', 'consent_entry'] as const;

async function moveRows(
  transaction: Database,
  table: (typeof movedTables)[number],
  from: UserRef,
  to: UserRef,
): Promise<void> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    DELETE FROM ${sql.table(table)} AS gone WHERE lane = ${from.lane} AND user_id = ${from.id}
    RETURNING to_jsonb(gone.*) AS row`.execute(transaction);
  if (rows.length === 0) return;
  const moved = rows.map(({ row }) => JSON.stringify({ ...row, lane: to.lane, user_id: to.id }));
  // The same event key may have reached both: the destination's row stays.
  await sql`
    INSERT INTO ${sql.table(table)}
    SELECT (jsonb_populate_record(NULL::${sql.table(table)}, item)).* FROM unnest(${moved}::jsonb[]) AS item
    ON CONFLICT DO NOTHING`.execute(transaction);
}

/**
 * Messages stay in the lane they were sent from, for callbacks and links name it; the user that remains is told
 * where they are. What has not left yet is not sent: its user is no more.
 */
async function leaveMessages(transaction: Database, from: UserRef, to: UserRef, at: Date): Promise<void> {
  await sql`
    UPDATE message SET status = CASE WHEN failed_at IS NULL THEN 'skipped' ELSE 'bounced' END,
      skip_reason = CASE WHEN failed_at IS NULL THEN 'userDeleted' END,
      failed_at = coalesce(failed_at, ${at}::timestamptz), retry_at = NULL
    WHERE lane = ${from.lane} AND user_id = ${from.id} AND (status = 'queued' OR retry_at IS NOT NULL)`.execute(
    transaction,
  );
  const earlier = await transaction
    .deleteFrom('merged_user')
    .where('lane', '=', from.lane)
    .where('user_id', '=', from.id)
    .returning(['source_lane', 'source_id'])
    .execute();
  const sources = [{ source_lane: from.lane, source_id: from.id }, ...earlier];
  await transaction
    .insertInto('merged_user')
    .values(sources.map((source) => ({ lane: to.lane, user_id: to.id, ...source })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function moveStanding(transaction: Database, from: UserRef, to: UserRef): Promise<void> {
  const rows = await transaction
    .deleteFrom('subscription')
    .where('lane', '=', from.lane)
    .where('user_id', '=', from.id)
    .returningAll()
    .execute();
  if (rows.length === 0) return;
  await sql`
    INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, paused_at, entry_id, since)
    SELECT ${to.lane}, ${rows[0]!.project_id}, ${to.id}, s.*
    FROM unnest(${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.target_id)}::int[],
      ${rows.map((row) => row.status)}::text[], ${rows.map((row) => row.paused_at)}::timestamptz[],
      ${rows.map((row) => row.entry_id)}::bigint[], ${rows.map((row) => row.since)}::timestamptz[]) AS s
    ON CONFLICT (lane, user_id, kind, target_id) DO UPDATE SET
      paused_at = greatest(subscription.paused_at, excluded.paused_at),
      status = CASE WHEN excluded.status = 'unsubscribed' THEN 'unsubscribed' ELSE subscription.status END,
      entry_id = CASE WHEN excluded.status = 'unsubscribed' AND subscription.status <> 'unsubscribed'
        THEN excluded.entry_id ELSE subscription.entry_id END,
      since = CASE WHEN excluded.status = 'unsubscribed' THEN
          CASE WHEN subscription.status = 'unsubscribed' THEN greatest(subscription.since, excluded.since)
          ELSE excluded.since END
        ELSE subscription.since END`.execute(transaction);
  await endTypes(transaction, to.lane, [to.id]);
}

async function moveMembership(transaction: Database, from: UserRef, to: UserRef): Promise<void> {
  const rows = await transaction
    .deleteFrom('list_member')
    .where('lane', '=', from.lane)
    .where('user_id', '=', from.id)
    .returning(['list_id', 'added_at'])
    .execute();
  if (rows.length === 0) return;
  await sql`
    INSERT INTO list_member (lane, list_id, user_id, added_at)
    SELECT ${to.lane}, m.list_id, ${to.id}, m.added_at
    FROM unnest(${rows.map((row) => row.list_id)}::int[], ${rows.map((row) => row.added_at)}::timestamptz[])
      AS m (list_id, added_at)
    ON CONFLICT DO NOTHING`.execute(transaction);
}

async function moveReplies(transaction: Database, from: UserRef, to: UserRef): Promise<void> {
  await transaction
    .updateTable('unclear_reply')
    .set({ lane: to.lane, user_id: to.id })
    .where('lane', '=', from.lane)
    .where('user_id', '=', from.id)
    .execute();
  await sql`
    DELETE FROM sticky_sender WHERE lane = ${from.lane} AND user_id = ${from.id}`.execute(transaction);
}
