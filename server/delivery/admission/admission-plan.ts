import { sql } from 'kysely';
import { type DataFeed, feedsById } from '../../content/feeds/data-feeds.sql.ts';
import { prepareTemplate } from '../../content/render-message.ts';
import { loadSnippets, type SnippetSet } from '../../content/snippets/snippet-set.ts';
import { billedCategory, isFreeForm } from '../../content/template-content.ts';
import { asSendable, unapprovedWords } from '../../content/templates/approval.ts';
import type { Template } from '../../content/templates/template.ts';
import { findSnapshot } from '../../content/templates/template-snapshot.sql.ts';
import { findTemplate } from '../../content/templates/templates.sql.ts';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { Asking } from '../../requests/audience-request.sql.ts';
import type { SenderChoice } from '../../senders/choose-sender.ts';
import { loadPrices } from '../../senders/rates/prices.ts';
import type { AdmissionPlan, PlannedSender } from './admit-user.ts';
import { readOptions } from './send-options.ts';

/** What of the program a plan is made with. */
export type PlanGround = Pick<Context, 'publicUrl' | 'secrets' | 'feeds'>;

/** Reads all that a request's admission needs; null when it or its template is gone. */
export async function loadPlan(
  db: Database,
  requestId: number,
  ground: PlanGround,
): Promise<AdmissionPlan | null> {
  const request = await db
    .selectFrom('send_request')
    .select(['id', 'project_id', 'campaign_id', 'campaign_name', 'template_id', 'snapshot_id'])
    .select(['sender_id', 'pool_id', 'options', 'data_fields', 'allow_repeats', 'send_at'])
    .where('id', '=', requestId)
    .executeTakeFirst();
  if (!request) return null;
  return planFor(db, ground, {
    requestId,
    projectId: request.project_id,
    templateId: request.template_id,
    snapshotId: request.snapshot_id,
    campaign: { id: request.campaign_id, name: request.campaign_name },
    senderId: request.sender_id,
    poolId: request.pool_id,
    options: request.options,
    allowRepeats: request.allow_repeats,
    dataFields: request.data_fields as Record<string, unknown>,
    sendAt: request.send_at,
  });
}

/** What asks for messages, as far as admission is concerned. */
export interface PlanRequest extends Omit<Asking, 'campaign'> {
  requestId: number;
  campaign: { id: number | null; name: string };
  /** Whether who has had a message of this (promotional) campaign may have another. */
  allowRepeats: boolean;
  dataFields: Record<string, unknown>;
  sendAt: Date;
  /** Nothing is sent: the template is supposed to be approved in all its languages. */
  isImagined?: boolean;
}

/** The same for a request that is being made. */
export async function planFor(
  db: Database,
  { publicUrl, secrets, feeds: feedReader }: PlanGround,
  request: PlanRequest,
): Promise<AdmissionPlan | null> {
  const template =
    request.snapshotId === null
      ? await findTemplate(db, request.projectId, request.templateId)
      : await findSnapshot(db, request.projectId, request.snapshotId);
  if (!template) return null;
  const [snippets, channel, project, senders, price] = await Promise.all([
    loadSnippets(db, request.projectId),
    channelOf(db, template),
    db
      .selectFrom('project')
      .select(['caution', 'brand', 'template_secret'])
      .where('id', '=', request.projectId)
      .executeTakeFirstOrThrow(),
    loadCandidates(db, request.projectId),
    loadPrices(db, request.projectId),
  ]);
  // What is only imagined is supposed to be approved by then.
  const sent = request.isImagined ? { template, unapproved: null } : sendableOf(template);
  return {
    requestId: request.requestId,
    projectId: request.projectId,
    campaignId: request.campaign.id,
    templateId: template.id,
    channelId: channel.id,
    messageTypeId: template.message_type_id,
    medium: template.medium,
    purpose: channel.purpose,
    category: billedCategory(template),
    unapproved: sent.unapproved,
    freeForm: await freeFormOf(db, template, snippets),
    template: prepareTemplate(sent.template, snippets),
    senders,
    choice: await choiceOf(db, request, template),
    poolId: request.poolId,
    options: readOptions(request.options),
    noRepeatOf: request.allowRepeats || channel.purpose === 'transactional' ? null : request.campaign.id,
    dataFields: request.dataFields,
    campaign: request.campaign,
    caution: project.caution,
    brand: project.brand,
    hmacSecret: project.template_secret && String(secrets.open(project.template_secret)),
    feeds: await plannedFeeds(db, template),
    ...{ mergedFeed: template.merge_data_feeds, feedReader },
    sendAt: request.sendAt,
    publicUrl,
    price: (message) => price({ ...message, at: request.sendAt }),
  };
}

/** A template with the texts that its provider lets go out, and where its default stands where it does not. */
function sendableOf(template: Template): { template: Template; unapproved: string | null } {
  const { barred, ...sent } = asSendable(template);
  return { ...sent, unapproved: barred && unapprovedWords(barred, template) };
}

/** What a free-form template says of those outside a session; the other template as it is now, gone or not. */
async function freeFormOf(
  db: Database,
  template: Template,
  snippets: SnippetSet,
): Promise<AdmissionPlan['freeForm']> {
  const { content, project_id: projectId } = template;
  if (!isFreeForm(content)) return null;
  const { otherwiseTemplateId: id } = content;
  const other = id === null ? null : await findTemplate(db, projectId, id);
  if (!other) return { otherwise: null };
  const sent = sendableOf(other);
  return {
    otherwise: {
      ...{ templateId: other.id, template: prepareTemplate(sent.template, snippets) },
      ...{ category: other.category, unapproved: sent.unapproved },
    },
  };
}

/** The template's feeds; one that is gone by now is asked no more, and what it would have shown is missing. */
async function plannedFeeds(db: Database, template: Template): Promise<DataFeed[]> {
  return feedsById(db, template.project_id, template.data_feed_ids);
}

function channelOf(db: Database, template: Template) {
  return db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['channel.id', 'purpose'])
    .where('message_type.id', '=', template.message_type_id)
    .executeTakeFirstOrThrow();
}

/** The project's senders, those that are stopped too, so that the reason of a refusal can be told. */
export function loadCandidates(db: Database, projectId: number): Promise<PlannedSender[]> {
  return db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .select(['sender.id', 'sender.name', 'kind', 'medium', 'purpose', 'country', 'state', 'wire'])
    .where('sender.project_id', '=', projectId)
    .orderBy('sender.id')
    .execute();
}

async function choiceOf(db: Database, request: PlanRequest, template: Template): Promise<SenderChoice> {
  if (template.content.medium === 'email' && template.content.fromEmail !== '')
    return senderOfAddress(db, request.projectId, template.content.fromEmail);
  if (request.senderId !== null) return { kind: 'sender', senderId: request.senderId };
  if (request.poolId === null) return { kind: 'any' };
  const pool = await db
    .selectFrom('sender_pool')
    .select('sender_ids')
    .where('id', '=', request.poolId)
    .executeTakeFirst();
  return { kind: 'pool', senderIds: pool?.sender_ids ?? [] };
}

/** The one sender that an email template asks for; an id that fits nobody where it is none of the project's. */
async function senderOfAddress(db: Database, projectId: number, address: string): Promise<SenderChoice> {
  const sender = await db
    .selectFrom('sender')
    .select('id')
    .where('project_id', '=', projectId)
    .where('medium', '=', 'email')
    .where(sql`lower(address)`, '=', address.toLowerCase())
    .executeTakeFirst();
  return { kind: 'sender', senderId: sender?.id ?? 0 };
}
