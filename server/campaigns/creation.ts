import { type Insertable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { CampaignTable } from '../database/tables/campaigns.ts';
import { fingerprintOf, keyConflict } from '../http/idempotency.ts';
import type { Campaign } from './campaign.ts';
import { audienceOf, findCampaignTemplate, requireAudience, requireFittingSender } from './launch-checks.ts';

/** A campaign that is about to be made. */
export type NewCampaign = Pick<
  Campaign,
  | 'name'
  | 'template_id'
  | 'list_ids'
  | 'suppression_list_ids'
  | 'segment_ids'
  | 'suppression_segment_ids'
  | 'sender_id'
  | 'pool_id'
> & { options: object };

/** Who makes it, and the caller's key as it is stored, if it gave one. */
export interface Creator {
  projectId: number;
  by: string;
  key: string | null;
}

/**
 * Stores a campaign: with lists or segments a blast, without a triggered one. One that was made before with the same key is found
 * instead. Throws `Conflict` when that was made of something else than `asked`, `BadParams` for a template or list that
 * is not there, `SenderRefused` for a sender that does not fit.
 */
export async function insertCampaign(
  transaction: Database,
  { projectId, by, key }: Creator,
  campaign: NewCampaign,
  asked: unknown,
  at: Date,
): Promise<{ id: number; isRepeated: boolean }> {
  const fingerprint = key === null ? null : fingerprintOf(asked);
  // One call under a key after another: on a cluster the same row, new on several nodes at once, would be a deadlock.
  if (key !== null)
    await sql`SELECT 1 FROM project WHERE id = ${projectId} FOR NO KEY UPDATE`.execute(transaction);
  const earlier = await findCreated(transaction, projectId, key, fingerprint);
  if (earlier) return earlier;
  const template = await findCampaignTemplate(transaction, projectId, campaign.template_id);
  await requireAudience(transaction, projectId, audienceOf(campaign));
  await requireFittingSender(transaction, projectId, template, campaign);
  const row = {
    ...campaign,
    project_id: projectId,
    kind: campaign.list_ids.length + campaign.segment_ids.length > 0 ? 'Blast' : 'Triggered',
    medium: template.medium,
    state: 'Ready',
    options: JSON.stringify(campaign.options),
    creation_key: key,
    creation_fingerprint: fingerprint,
    created_by: by,
    created_at: at,
    updated_at: at,
  } satisfies Insertable<CampaignTable>;
  const made = await transaction
    .insertInto('campaign')
    .values(row)
    .onConflict((conflict) => conflict.columns(['project_id', 'creation_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { id: made.id, isRepeated: false };
  // The same call at the same moment was first.
  const first = await findCreated(transaction, projectId, key, fingerprint);
  if (!first) throw new Error('a campaign conflicted with one that is not there');
  return first;
}

async function findCreated(
  db: Database,
  projectId: number,
  key: string | null,
  fingerprint: string | null,
): Promise<{ id: number; isRepeated: true } | null> {
  if (key === null) return null;
  const earlier = await db
    .selectFrom('campaign')
    .select(['id', 'creation_fingerprint'])
    .where('project_id', '=', projectId)
    .where('creation_key', '=', key)
    .executeTakeFirst();
  if (!earlier) return null;
  if (earlier.creation_fingerprint !== fingerprint) throw keyConflict();
  return { id: earlier.id, isRepeated: true };
}
