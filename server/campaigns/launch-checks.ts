import { asSendable, unapprovedWords } from '../content/templates/approval.ts';
import type { Template } from '../content/templates/template.ts';
import { findSnapshot } from '../content/templates/template-snapshot.sql.ts';
import { findTemplate } from '../content/templates/templates.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import { ApiError } from '../http/errors.ts';
import { factsOf, type Medium } from '../medium/media.ts';
import type { Audience } from '../segments/audience.ts';
import {
  countWorkingSenders,
  holdNamed,
  holdTemplate,
  purposeOf,
  type SenderChoice,
  senderOfEmail,
  useOfPool,
  useOfSender,
} from './launch-checks.sql.ts';

/** The template of a campaign with what its message type says about it. */
export interface CampaignTemplate {
  id: number;
  name: string;
  medium: Medium;
  purpose: Purpose;
  /** Where those of its texts stand that their provider does not let be sent now. */
  unapproved: string[];
  /** The sender an email template asks for; null for any. */
  fromEmail: string | null;
}

/** What a campaign needs to be sent: parts of its row. */
export interface Launchable {
  template_id: number;
  list_ids: readonly number[];
  suppression_list_ids: readonly number[];
  segment_ids: readonly number[];
  suppression_segment_ids: readonly number[];
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
  const held = await holdTemplate(db, projectId, id);
  if (!held)
    throw new ApiError(
      'BadParams',
      `templateId: no template ${id} in this project; GET /api/templates lists them`,
      {
        field: 'templateId',
        templateId: id,
      },
    );
  const template = held.archivedAt ? null : await findTemplate(db, projectId, id);
  if (!template)
    throw new ApiError('InvalidTemplate', `templateId: template ${id} is archived; choose another`, {
      templateId: id,
    });
  return forCampaign(template, held.purpose);
}

function forCampaign(template: Template, purpose: Purpose): CampaignTemplate {
  const { id, name, medium, content } = template;
  // Who reads a language that is not approved gets the default.
  const { barred } = asSendable(template);
  return {
    ...{ id, name, medium, purpose },
    unapproved: barred ? [unapprovedWords(barred, template)] : [],
    fromEmail: content.medium === 'email' && content.fromEmail !== '' ? content.fromEmail : null,
  };
}

/**
 * Throws `BadParams` naming every list and segment of an audience that is not this project's. They stay to the transaction's
 * end: one that is being deleted at this moment is either gone for us, or its deletion sees our campaign.
 */
export async function requireAudience(db: Database, projectId: number, audience: Audience): Promise<void> {
  const { listIds, suppressionListIds, segmentIds, suppressionSegmentIds } = audience;
  await requireRows(db, projectId, 'list', listIds, 'listIds');
  await requireRows(db, projectId, 'list', suppressionListIds, 'suppressionListIds');
  await requireRows(db, projectId, 'segment', segmentIds, 'segmentIds');
  await requireRows(db, projectId, 'segment', suppressionSegmentIds, 'suppressionSegmentIds');
}

/** To whom a campaign goes, by its row. */
export const audienceOf = (
  campaign: Pick<Launchable, 'list_ids' | 'suppression_list_ids' | 'segment_ids' | 'suppression_segment_ids'>,
): Audience => ({
  listIds: campaign.list_ids,
  suppressionListIds: campaign.suppression_list_ids,
  segmentIds: campaign.segment_ids,
  suppressionSegmentIds: campaign.suppression_segment_ids,
});

async function requireRows(
  db: Database,
  projectId: number,
  table: 'list' | 'segment',
  ids: readonly number[],
  field: string,
): Promise<void> {
  if (!ids.length) return;
  const known = await holdNamed(db, projectId, table, ids);
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length)
    throw new ApiError(
      'BadParams',
      `${field}: no ${table} ${missing.join(', ')} in this project; GET /api/${table}s lists them`,
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
  choice: SenderChoice,
): Promise<void> {
  await requireFromEmail(db, projectId, template, choice);
  if (choice.sender_id !== null && choice.pool_id !== null)
    throw new ApiError('BadParams', 'senderId and poolId are both given; name one of them');
  if (choice.sender_id !== null)
    requireFit('senderId', choice.sender_id, await useOfSender(db, projectId, choice.sender_id), template);
  if (choice.pool_id !== null)
    requireFit('poolId', choice.pool_id, await useOfPool(db, projectId, choice.pool_id), template);
}

async function requireFromEmail(
  db: Database,
  projectId: number,
  { id, purpose, fromEmail }: CampaignTemplate,
  choice: SenderChoice,
): Promise<void> {
  if (fromEmail === null) return;
  const sender = await senderOfEmail(db, projectId, purpose, fromEmail);
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
  const kept = await findSnapshot(db, projectId, snapshot_id);
  if (!kept) throw new Error(`snapshot ${snapshot_id} of a campaign is gone`);
  const purpose = await purposeOf(db, kept.message_type_id);
  await requireSendable(db, projectId, campaign, forCampaign(kept, purpose));
}

async function requireSendable(
  db: Database,
  projectId: number,
  campaign: Launchable,
  template: CampaignTemplate,
): Promise<void> {
  if (template.unapproved.length > 0)
    throw new ApiError(
      'InvalidTemplate',
      `Template ${template.id} (${template.name}) is ${template.unapproved.join(', ')} at Meta; it must be APPROVED before it can be sent`,
      { templateId: template.id, unapproved: template.unapproved },
    );
  await requireAudience(db, projectId, audienceOf(campaign));
  await requireFittingSender(db, projectId, template, campaign);
  const senders = await countWorkingSenders(db, projectId, template, campaign);
  if (senders === 0)
    throw new ApiError(
      'NoWire',
      `No active sender for ${template.purpose} ${factsOf(template.medium).title} messages stands ready for this campaign; set one up, or start one again: Senders in the console, /api/senders by call`,
      { medium: template.medium, purpose: template.purpose },
    );
}
