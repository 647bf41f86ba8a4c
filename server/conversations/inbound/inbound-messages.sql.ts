import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import type { InboundMessage } from '../../providers/callback.ts';
import type { Referral } from '../../providers/inbound-content.ts';
import type { UserRef } from '../../users/identity.ts';
import type { Inbound, WrittenSender } from './inbound.ts';

/** The sender that a provider names by its address, our number or Meta's phone-number id. */
export async function findSender(
  db: Database,
  from: CallingAccount,
  address: string,
): Promise<WrittenSender | undefined> {
  return db
    .selectFrom('sender')
    .select(['id', 'kind', 'medium', 'purpose', 'address'])
    .where('project_id', '=', from.projectId)
    .where('provider_account_id', '=', from.account.id)
    .where((where) => where.or([where('address', '=', address), where('wire_address', '=', address)]))
    .orderBy('id')
    .executeTakeFirst();
}

/** Whether a message is kept already, by the provider's id. */
export async function isKept(db: Database, inbound: Inbound): Promise<boolean> {
  const row = await db
    .selectFrom('inbound_message')
    .select('id')
    // Of those who share a number another may have been written to meanwhile.
    .where('lane', 'in', [...new Set(inbound.users.map((user) => user.lane))])
    .where('project_id', '=', inbound.projectId)
    .where('provider_message_id', '=', inbound.providerMessageId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps a message, once by the provider's id; answers its id, null where it is kept already. */
export async function insertInbound(
  db: Database,
  { projectId, user, sender, address, body, providerMessageId, meaning, at }: Inbound,
  { media, content, payload, inReplyTo }: InboundMessage,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO inbound_message (lane, id, project_id, user_id, sender_id, medium, from_address, body, media,
      kind, content, payload, in_reply_to, provider_message_id, meaning, received_at)
    VALUES (${user.lane}, nextval('inbound_message_id_seq'), ${projectId}, ${user.id}, ${sender.id},
      ${sender.medium}, ${address}, ${body}, ${JSON.stringify(media)}::jsonb, ${content?.kind ?? 'text'},
      ${content === undefined ? null : JSON.stringify(content)}::jsonb, ${payload ?? null}, ${inReplyTo ?? null},
      ${providerMessageId}, ${meaning.meaning}, ${at})
    ON CONFLICT (lane, project_id, provider_message_id) DO NOTHING
    RETURNING id`.execute(db);
  return rows[0]?.id ?? null;
}

/**
 * Hides what a message of somebody's held, which they have taken back, and drops its files; what was not kept, or is hidden already, stays
 * as it is.
 */
export async function hideTakenBack(
  db: Database,
  { user, sender, at }: Inbound,
  providerMessageId: string,
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    UPDATE inbound_message SET body = '', media = '[]', content = NULL, payload = NULL,
      taken_back = jsonb_build_object('at', ${at.toISOString()}::text, 'body', body, 'media', media, 'content', content, 'payload', payload)
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND sender_id = ${sender.id}
      AND provider_message_id = ${providerMessageId} AND taken_back IS NULL
    RETURNING id`.execute(db);
  for (const { id } of rows)
    await sql`DELETE FROM inbound_file WHERE lane = ${user.lane} AND user_id = ${user.id} AND inbound_id = ${id}`.execute(
      db,
    );
}

/** Keeps the ad that led somebody to write: as the first, where there was none before, and as the last. */
export async function keepReferral(
  db: Database,
  { projectId, user, sender, writtenAt }: Inbound,
  ad: Referral,
): Promise<void> {
  const touches = { first: sql`excluded.at < referral.at`, last: sql`excluded.at > referral.at` };
  for (const [touch, isBetter] of Object.entries(touches))
    await sql`
      INSERT INTO referral (lane, user_id, touch, project_id, sender_id, ad, at)
      VALUES (${user.lane}, ${user.id}, ${touch}, ${projectId}, ${sender.id}, ${JSON.stringify(ad)}::jsonb, ${writtenAt})
      ON CONFLICT (lane, user_id, touch) DO UPDATE
        SET sender_id = excluded.sender_id, ad = excluded.ad, at = excluded.at WHERE ${isBetter}`.execute(db);
}

/** The texts last sent to a person, of which one may come back by a quotation or from a machine. */
export async function latelySent(db: Database, projectId: number, user: UserRef): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`
    SELECT content->>'body' AS body FROM message
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND project_id = ${projectId}
      AND dispatched_at IS NOT NULL AND content->>'body' IS NOT NULL
    ORDER BY id DESC LIMIT 20`.execute(db);
  return rows.map((row) => row.body);
}

/** The name we write under. */
export async function brandOf(db: Database, projectId: number): Promise<string> {
  const project = await db
    .selectFrom('project')
    .select('brand')
    .where('id', '=', projectId)
    .executeTakeFirst();
  return project?.brand ?? '';
}
