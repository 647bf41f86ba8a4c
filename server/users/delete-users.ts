import { type RawBuilder, type Selectable, sql } from 'kysely';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Database } from '../database/connect.ts';
import { closeForgettingGate } from '../database/lane-locks.ts';
import type { LinkTable } from '../database/schema.ts';
import { refusalError } from './bulk-answer.ts';
import { byLane, inBatches } from './by-lane.ts';
import { findHolders } from './find-users.ts';
import { noteForgotten } from './forgotten.ts';
import { endingConsent, requireGates } from './gates.ts';
import { identityOfKey, releaseIdentities, type UserKey, type UserRef } from './identity.ts';
import { sharedNumber } from './named-user.ts';
import { keepOptOuts } from './suppression.ts';
import { TryAgain } from './try-again.ts';
import { hashOfAddress, readUnsubscribeTarget, storedTarget } from './unsubscribe-target.ts';
import { identitiesOf, lockUsers, type User } from './user-row.ts';
import { forgetWhatsAppNumbers } from './whatsapp-number.ts';

/**
 * Deletes users: profile, identities, events, memberships, consent, what they wrote and what reports of imports
 * say of them go; their messages stay
 * without address, content and what the call had told back, so that totals still tell the truth, and what has not left yet is skipped. An
 * opt-out lives on as a hash of the address.
 */
export async function deleteUsers(db: Database, projectId: number, refs: UserRef[], at: Date): Promise<void> {
  await endingConsent(
    db,
    refs.map((ref) => ref.lane),
    async (transaction) => {
      await deleteWithin(transaction, projectId, refs, at);
    },
  );
}

/**
 * Forgets whoever has this identity, and all that names them: deleted, and refused by every update until they are
 * unforgotten (forgotten.ts). Somebody who is not known is forgotten beforehand. False when nobody was there.
 * @throws ApiError SharedPhoneNumber when several users have the number.
 */
export async function forgetUser(db: Database, projectId: number, key: UserKey, at: Date): Promise<boolean> {
  return endingConsent(db, [], async (transaction, gates) => {
    await closeForgettingGate(transaction, projectId);
    const [holders = []] = await findHolders(transaction, projectId, [key]);
    if (holders.length > 1) throw refusalError(sharedNumber(holders.length, key));
    const [ref] = holders;
    if (ref) requireGates(gates, [ref.lane]);
    const deleted = await deleteWithin(transaction, projectId, ref ? [ref] : [], at);
    if (ref && deleted.length === 0) throw new TryAgain();
    await noteForgotten(
      transaction,
      projectId,
      [identityOfKey(key), ...deleted.flatMap((user) => identitiesOf(user))],
      at,
    );
    return deleted.length > 0;
  });
}

async function deleteWithin(
  transaction: Database,
  projectId: number,
  refs: UserRef[],
  at: Date,
): Promise<User[]> {
  const deleted: User[] = [];
  for (const [lane, group] of byLane(refs, (ref) => ref.lane)) {
    const users = await lockUsers(
      transaction,
      projectId,
      lane,
      group.map((ref) => ref.id),
    );
    const ids = users.map((user) => user.id);
    await keepOptOuts(transaction, projectId, users);
    await releaseIdentities(
      transaction,
      projectId,
      users.flatMap((user) => identitiesOf(user).map((identity) => ({ ...identity, user }))),
    );
    await forgetWhatsAppNumbers(
      transaction,
      projectId,
      users.flatMap(({ phoneNumber }) => phoneNumber ?? []),
    );
    await forgetReports(transaction, projectId, users);
    const sources = await forgetMerges(transaction, lane, ids);
    for (const [messageLane, owners] of byLane([...users, ...sources], (owner) => owner.lane))
      await emptyMessages(
        transaction,
        messageLane,
        owners.map((owner) => owner.id),
        at,
      );
    for (const table of ownedTables)
      await transaction
        .deleteFrom(table)
        .where('lane', '=', lane)
        .where('user_id', 'in', orNone(ids))
        .execute();
    await transaction.deleteFrom('users').where('lane', '=', lane).where('id', 'in', orNone(ids)).execute();
    deleted.push(...users);
  }
  return deleted;
}

/** Tables whose rows go with their user. */
const ownedTables = [
  'event',
  'list_member',
  'consent_entry',
  'subscription',
  'sticky_sender',
  'inbound_message',
  'unclear_reply',
] as const;

/** What reports of imports say of these users: rows that name them, a number however it was written. */
async function forgetReports(transaction: Database, projectId: number, users: User[]): Promise<void> {
  const texts = users.flatMap((user) => identitiesOf(user).map(({ value }) => value.toLowerCase()));
  const digits = users.flatMap(({ phoneNumber }) => {
    const national = phoneNumber && parsePhoneNumberFromString(phoneNumber)?.nationalNumber;
    return phoneNumber ? [phoneNumber.slice(1), ...(national ? [String(national)] : [])] : [];
  });
  const names = (text: RawBuilder<unknown>) => sql`(lower(${text}) = ANY(${texts}::text[])
      OR ltrim(regexp_replace(${text}, '[^0-9]', '', 'g'), '0') = ANY(${digits}::text[]))`;
  await sql`
    WITH gone AS (
      DELETE FROM import_row_cells r USING import i
      WHERE i.id = r.import_id AND i.project_id = ${projectId}
        AND EXISTS (SELECT FROM jsonb_array_elements_text(r.cells) AS cell WHERE ${names(sql`cell`)})
      RETURNING r.import_id, r.row_number
    )
    DELETE FROM import_row_report r USING import i
    WHERE i.id = r.import_id AND i.project_id = ${projectId}
      AND (${names(sql`r.value`)} OR (r.import_id, r.row_number) IN (SELECT import_id, row_number FROM gone))
  `.execute(transaction);
}

/** Those who were merged into these users, whose messages are theirs too. */
async function forgetMerges(transaction: Database, lane: number, ids: number[]): Promise<UserRef[]> {
  return transaction
    .deleteFrom('merged_user')
    .where('lane', '=', lane)
    .where('user_id', 'in', orNone(ids))
    .returning(['source_lane as lane', 'source_id as id'])
    .execute();
}

async function emptyMessages(transaction: Database, lane: number, ids: number[], at: Date): Promise<void> {
  await emptyLinks(transaction, lane, ids);
  await sql`
    UPDATE message SET to_address = NULL, content = NULL, metadata = NULL, error_detail = NULL,
      status = CASE WHEN status <> 'queued' THEN status WHEN failed_at IS NULL THEN 'skipped' ELSE 'bounced' END,
      skip_reason = CASE WHEN status = 'queued' AND failed_at IS NULL THEN 'userDeleted' ELSE skip_reason END,
      failed_at = CASE WHEN status = 'queued' THEN coalesce(failed_at, ${at}::timestamptz) ELSE failed_at END,
      retry_at = NULL
    WHERE lane = ${lane} AND user_id = ANY(${ids}::bigint[])`.execute(transaction);
}

/**
 * Links lead nowhere any more, but for the way out of an email: whoever has it may still follow it years later. Of its
 * address the hash is kept.
 */
async function emptyLinks(transaction: Database, lane: number, ids: number[]): Promise<void> {
  const { rows } = await sql<Selectable<LinkTable>>`
    DELETE FROM link l USING message m
    WHERE l.lane = ${lane} AND m.lane = ${lane} AND l.message_id = m.id AND m.user_id = ANY(${ids}::bigint[])
    RETURNING l.*`.execute(transaction);
  const waysOut = rows.flatMap((row) => {
    const target = readUnsubscribeTarget(row.url);
    if (!target || !('address' in target)) return [];
    const kept = { channelId: target.channelId, ...hashOfAddress(row.project_id, target.address) };
    return [{ ...row, url: storedTarget(kept) }];
  });
  for (const batch of inBatches(waysOut)) await transaction.insertInto('link').values(batch).execute();
}

/** `IN ()` is no SQL; no user has the id -1. */
const orNone = (ids: number[]): number[] => (ids.length > 0 ? ids : [-1]);
