import { sql } from 'kysely';
import { isSendable } from '../content/templates/approval.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import { ApiError } from '../http/errors.ts';
import type { Medium } from '../medium/media.ts';

/** The template of a campaign with what its message type says about it. */
export interface CampaignTemplate {
  id: number;
  name: string;
  medium: Medium;
  purpose: Purpose;
  providerStatus: string | null;
  providerReason: string | null;
  /** The sender an email template asks for; null for any. */
  fromEmail: string | null;
}

/** What a campaign needs to be sent: parts of its row. */
export interface Launchable {
  template_id: number;
  list_ids: readonly number[];
  suppression_list_ids: readonly number[];
  sender_id: number | null;
  pool_id: number | null;
}

/**
 * The project's template with its medium and purpose. It stays to the transaction's end: one that is being deleted at this
 * moment is either gone for us, or its deletion sees our campaign. Throws `BadParams`, or `InvalidTemplate` when archived.
 */
export async function findCampaignTemplate(
  db: Database,
  projectId: number,
  id: number,
): Promise<CampaignTemplate> {
  const row = await db
    .selectFrom('template')
    .innerJoin('message_type', 'message_type.id', 'template.message_type_id')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['template.id', 'template.name', 'template.medium', 'channel.purpose'])
    .select(['provider_status as providerStatus', 'provider_reason as providerReason', 'archived_at'])
    .select(sql<string | null>`nullif(content ->> 'fromEmail', '')`.as('fromEmail'))
    .where('template.project_id', '=', projectId)
    .where('template.id', '=', id)
    .forKeyShare('template')
    .executeTakeFirst();
  if (!row)
    throw new ApiError(
      'BadParams',
      `templateId: no template ${id} in this project; GET /api/templates lists them`,
      {
        field: 'templateId',
        templateId: id,
      },
    );
  if (row.archived_at)
    throw new ApiError('InvalidTemplate', `templateId: template ${id} is archived; choose another`, {
      templateId: id,
    });
  const { archived_at: _, ...template } = row;
  return template;
}

/**
 * Throws `BadParams` naming every list of `ids` that is not this project's. The lists stay to the transaction's
 * end: a list that is being deleted at this moment is either gone for us, or its deletion sees our campaign.
 */
export async function requireLists(
  db: Database,
  projectId: number,
  ids: readonly number[],
  field: string,
): Promise<void> {
  if (!ids.length) return;
  const rows = await db
    .selectFrom('list')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', [...ids])
    .forKeyShare()
    .execute();
  const known = new Set(rows.map((row) => row.id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length)
    throw new ApiError(
      'BadParams',
      `${field}: no list ${missing.join(', ')} in this project; GET /api/lists lists them`,
      {
        field,
        missing,
      },
    );
}

/**
 * Checks that a chosen sender or pool exists and fits the template. Throws `BadParams`, or `SenderRefused` when
 * its medium or purpose is another (promotional and transactional messages never share a sender) or when the
 * template's `fromEmail` is no sender of the project, or not the one chosen.
 */
export async function requireFittingSender(
  db: Database,
  projectId: number,
  template: CampaignTemplate,
  choice: { sender_id: number | null; pool_id: number | null },
): Promise<void> {
  await requireFromEmail(db, projectId, template, choice);
  if (choice.sender_id !== null && choice.pool_id !== null)
    throw new ApiError('BadParams', 'senderId and poolId are both given; name one of them');
  if (choice.sender_id !== null) {
    const sender = await db
      .selectFrom('sender')
      .select(['id', 'medium', 'purpose'])
      .where('project_id', '=', projectId)
      .where('id', '=', choice.sender_id)
      .executeTakeFirst();
    requireFit('senderId', choice.sender_id, sender, template);
  }
  if (choice.pool_id !== null) {
    const pool = await db
      .selectFrom('sender_pool')
      .select(['id', 'medium', 'purpose'])
      .where('project_id', '=', projectId)
      .where('id', '=', choice.pool_id)
      .executeTakeFirst();
    requireFit('poolId', choice.pool_id, pool, template);
  }
}

async function requireFromEmail(
  db: Database,
  projectId: number,
  { id, purpose, fromEmail }: CampaignTemplate,
  choice: { sender_id: number | null; pool_id: number | null },
): Promise<void> {
  if (fromEmail === null) return;
  const sender = await db
    .selectFrom('sender')
    .select('id')
    .where('project_id', '=', projectId)
    .where('medium', '=', 'email')
    .where('purpose', '=', purpose)
    .where(sql`lower(address)`, '=', fromEmail.toLowerCase())
    .executeTakeFirst();
  const params = { templateId: id, fromEmail };
  if (!sender)
    throw new ApiError(
      'SenderRefused',
      `fromEmail ${fromEmail} of template ${id} is no ${purpose} email sender of this project; add it at /api/senders, or empty fromEmail to send from the campaign's own sender`,
      params,
    );
  if ((choice.sender_id === null || choice.sender_id === sender.id) && choice.pool_id === null) return;
  throw new ApiError(
    'SenderRefused',
    `template ${id} is to come from ${fromEmail}, which is sender ${sender.id}; name that one as senderId, or none`,
    { ...params, senderId: sender.id },
  );
}

function requireFit(
  field: string,
  id: number,
  found: { medium: string; purpose: string } | undefined,
  template: CampaignTemplate,
): void {
  if (!found)
    throw new ApiError(
      'BadParams',
      `${field}: nothing with id ${id} in this project; GET /api/senders and /api/senderPools list them`,
      {
        field,
        [field]: id,
      },
    );
  if (found.medium === template.medium && found.purpose === template.purpose) return;
  throw new ApiError(
    'SenderRefused',
    `${field} ${id} sends ${found.purpose} ${found.medium} and template ${template.id} is ${template.purpose} ${template.medium}; choose one that fits`,
    { [field]: id, templateId: template.id },
  );
}

/**
 * Everything that must hold before a campaign is sent: its template is there and (on WhatsApp) approved, its
 * lists are this project's, and a working sender of its medium and purpose stands on a wire. Throws
 * `BadParams`, `InvalidTemplate`, `SenderRefused` or `NoWire`.
 */
export async function requireReady(db: Database, projectId: number, campaign: Launchable): Promise<void> {
  await requireSendable(
    db,
    projectId,
    campaign,
    await findCampaignTemplate(db, projectId, campaign.template_id),
  );
}

/** The same of a campaign that keeps its content, whatever has become of its template since. */
export async function requireStillReady(
  db: Database,
  projectId: number,
  campaign: Launchable & { snapshot_id: number | null },
): Promise<void> {
  const { snapshot_id } = campaign;
  if (snapshot_id === null) return requireReady(db, projectId, campaign);
  await requireSendable(db, projectId, campaign, await findKeptTemplate(db, projectId, snapshot_id));
}

/** The template of a campaign as its snapshot has it; Meta's word counts while it is of what was shown to it then. */
async function findKeptTemplate(
  db: Database,
  projectId: number,
  snapshotId: number,
): Promise<CampaignTemplate> {
  const { rows } = await sql<CampaignTemplate>`
    SELECT t.id, t.name, t.medium, ch.purpose, t.provider_reason AS "providerReason",
      CASE WHEN t.provider_name = s.content ->> 'provider_name' THEN t.provider_status ELSE 'APPROVED' END AS "providerStatus",
      nullif(s.content -> 'content' ->> 'fromEmail', '') AS "fromEmail"
    FROM template_snapshot s JOIN template t ON t.id = s.template_id
    JOIN message_type ty ON ty.id = (s.content ->> 'message_type_id')::int JOIN channel ch ON ch.id = ty.channel_id
    WHERE s.project_id = ${projectId} AND s.id = ${snapshotId}`.execute(db);
  const kept = rows[0];
  if (!kept) throw new Error(`snapshot ${snapshotId} of a campaign is gone`);
  return kept;
}

async function requireSendable(
  db: Database,
  projectId: number,
  campaign: Launchable,
  template: CampaignTemplate,
): Promise<void> {
  if (!isSendable({ medium: template.medium, provider_status: template.providerStatus }))
    throw new ApiError(
      'InvalidTemplate',
      `Template ${template.id} (${template.name}) is ${template.providerStatus ?? 'not submitted'} at Meta${template.providerReason ? `: ${template.providerReason}` : ''}; it must be APPROVED before it can be sent`,
      { templateId: template.id, providerStatus: template.providerStatus },
    );
  await requireLists(db, projectId, campaign.list_ids, 'listIds');
  await requireLists(db, projectId, campaign.suppression_list_ids, 'suppressionListIds');
  await requireFittingSender(db, projectId, template, campaign);
  const senders = await workingSenders(db, projectId, template, campaign);
  if (senders === 0)
    throw new ApiError(
      'NoWire',
      `No active sender for ${template.purpose} ${template.medium} messages stands ready for this campaign; set one up or start it again at /api/senders`,
      { medium: template.medium, purpose: template.purpose },
    );
}

/** How many senders the campaign may use right now. */
async function workingSenders(
  db: Database,
  projectId: number,
  template: CampaignTemplate,
  choice: { sender_id: number | null; pool_id: number | null },
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
