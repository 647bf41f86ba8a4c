import { sql } from 'kysely';
import { freeForm } from '../content/templates/approval.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import type { Medium } from '../medium/media.ts';

/** The template of a campaign with what its message type says about it. */
export interface CampaignTemplate {
  id: number;
  name: string;
  medium: Medium;
  purpose: Purpose;
  providerStatus: string | null;
  providerReason: string | null;
  /** Of WhatsApp: nobody approves it. */
  isFreeForm: boolean;
  /** The sender an email template asks for; null for any. */
  fromEmail: string | null;
}

/** What a sender or a pool is for; undefined where the project has none of this id. */
type Use = { medium: string; purpose: string } | undefined;

/** The senders that a campaign may use: one, those of a pool, or any that fits. */
export interface SenderChoice {
  sender_id: number | null;
  pool_id: number | null;
}

/**
 * The project's template with its medium and purpose, held to the transaction's end: one that is being deleted at this
 * moment is either gone for us, or its deletion sees our campaign.
 */
export async function holdTemplate(
  db: Database,
  projectId: number,
  id: number,
): Promise<(CampaignTemplate & { archivedAt: Date | null }) | undefined> {
  return db
    .selectFrom('template')
    .innerJoin('message_type', 'message_type.id', 'template.message_type_id')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['template.id', 'template.name', 'template.medium', 'channel.purpose'])
    .select(['provider_status as providerStatus', 'provider_reason as providerReason'])
    .select('archived_at as archivedAt')
    .select(sql<string | null>`nullif(content ->> 'fromEmail', '')`.as('fromEmail'))
    .select(freeForm(sql`content`).as('isFreeForm'))
    .where('template.project_id', '=', projectId)
    .where('template.id', '=', id)
    .forKeyShare('template')
    .executeTakeFirst();
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

/** The template of a campaign as its snapshot has it; Meta's word counts while it is of what was shown to it then. */
export async function findKeptTemplate(
  db: Database,
  projectId: number,
  snapshotId: number,
): Promise<CampaignTemplate> {
  const { rows } = await sql<CampaignTemplate>`
    SELECT t.id, t.name, t.medium, ch.purpose, t.provider_reason AS "providerReason",
      CASE WHEN t.provider_name = s.content ->> 'provider_name' THEN t.provider_status ELSE 'APPROVED' END AS "providerStatus",
      nullif(s.content -> 'content' ->> 'fromEmail', '') AS "fromEmail", ${freeForm(sql`s.content -> 'content'`)} AS "isFreeForm"
    FROM template_snapshot s JOIN template t ON t.id = s.template_id
    JOIN message_type ty ON ty.id = (s.content ->> 'message_type_id')::int JOIN channel ch ON ch.id = ty.channel_id
    WHERE s.project_id = ${projectId} AND s.id = ${snapshotId}`.execute(db);
  const kept = rows[0];
  if (!kept) throw new Error(`snapshot ${snapshotId} of a campaign is gone`);
  return kept;
}

/** How many senders the campaign may use right now. */
export async function countWorkingSenders(
  db: Database,
  projectId: number,
  template: Pick<CampaignTemplate, 'medium' | 'purpose'>,
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
