import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import type { Medium } from '../medium/media.ts';

/** What a sender or a pool is for; undefined where the project has none of this id. */
type Use = { medium: string; purpose: string } | undefined;

/** The senders that a campaign may use: one, those of a pool, or any that fits. */
export interface SenderChoice {
  sender_id: number | null;
  pool_id: number | null;
}

/**
 * What the project's template is for, which is held to the transaction's end: one that is being deleted at this
 * moment is either gone for us, or its deletion sees our campaign.
 */
export const holdTemplate = (
  db: Database,
  projectId: number,
  id: number,
): Promise<{ purpose: Purpose; archivedAt: Date | null } | undefined> =>
  db
    .selectFrom('template')
    .innerJoin('message_type', 'message_type.id', 'template.message_type_id')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['channel.purpose', 'archived_at as archivedAt'])
    .where('template.project_id', '=', projectId)
    .where('template.id', '=', id)
    .forKeyShare('template')
    .executeTakeFirst();

/** What messages of a type are for. */
export async function purposeOf(db: Database, messageTypeId: number): Promise<Purpose> {
  const { purpose } = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select('channel.purpose')
    .where('message_type.id', '=', messageTypeId)
    .executeTakeFirstOrThrow();
  return purpose;
}

/** Those of these lists, or segments, that are the project's, held in the same way. */
export async function holdNamed(
  db: Database,
  projectId: number,
  table: 'list' | 'segment',
  ids: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', [...ids])
    .forKeyShare()
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** What a sender of the project is for. */
export const useOfSender = (db: Database, projectId: number, id: number): Promise<Use> =>
  db
    .selectFrom('sender')
    .select(['medium', 'purpose'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

/** What a pool of the project is for. */
export const useOfPool = (db: Database, projectId: number, id: number): Promise<Use> =>
  db
    .selectFrom('sender_pool')
    .select(['medium', 'purpose'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

/** The project's sender of emails from an address, in any case of its letters. */
export const senderOfEmail = (
  db: Database,
  projectId: number,
  purpose: Purpose,
  address: string,
): Promise<{ id: number } | undefined> =>
  db
    .selectFrom('sender')
    .select('id')
    .where('project_id', '=', projectId)
    .where('medium', '=', 'email')
    .where('purpose', '=', purpose)
    .where(sql`lower(address)`, '=', address.toLowerCase())
    .executeTakeFirst();

/** How many senders the campaign may use right now. */
export async function countWorkingSenders(
  db: Database,
  projectId: number,
  template: { medium: Medium; purpose: Purpose },
  choice: SenderChoice,
): Promise<number> {
  const chosen =
    choice.pool_id === null
      ? null
      : await db
          .selectFrom('sender_pool')
          .select('sender_ids')
          .where('project_id', '=', projectId)
          .where('id', '=', choice.pool_id)
          .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .select('sender.id')
    .where('sender.project_id', '=', projectId)
    .where('sender.medium', '=', template.medium)
    .where('sender.purpose', '=', template.purpose)
    .where('sender.state', '=', 'active')
    .where('provider_account.stopped_reason', 'is', null)
    .execute();
  return rows.filter(
    ({ id }) =>
      (choice.sender_id === null || id === choice.sender_id) && (!chosen || chosen.sender_ids.includes(id)),
  ).length;
}
