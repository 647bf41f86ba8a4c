import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
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
  media: readonly unknown[],
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO inbound_message (lane, id, project_id, user_id, sender_id, medium, from_address, body, media,
      provider_message_id, meaning, received_at)
    VALUES (${user.lane}, nextval('inbound_message_id_seq'), ${projectId}, ${user.id}, ${sender.id},
      ${sender.medium}, ${address}, ${body}, ${JSON.stringify(media)}::jsonb, ${providerMessageId},
      ${meaning.meaning}, ${at})
    ON CONFLICT (lane, project_id, provider_message_id) DO NOTHING
    RETURNING id`.execute(db);
  return rows[0]?.id ?? null;
}

/** Which of these people of a lane have written to their sender, each to one of their own, since an instant. */
export async function wroteSince(
  db: Database,
  lane: number,
  people: readonly { userId: number; senderId: number }[],
  since: Date,
): Promise<Set<number>> {
  if (people.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    SELECT p.user_id AS id FROM unnest(${people.map(({ userId }) => userId)}::bigint[],
      ${people.map(({ senderId }) => senderId)}::int[]) AS p (user_id, sender_id)
    WHERE EXISTS (SELECT 1 FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = p.user_id
      AND i.sender_id = p.sender_id AND i.received_at > ${since}::timestamptz)`.execute(db);
  return new Set(rows.map(({ id }) => id));
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
