import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { readOptions, sendOptions } from '../delivery/admission/send-options.ts';
import { mediumName, mediumNames } from '../http/media.ts';
import type { Campaign, CampaignState } from './campaign.ts';
import { withChangedTemplate } from './campaign-content.ts';

/** A campaign in Iterable's shape, with a few fields of our own beside it. Instants in ms since 1970. */
export const campaignAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  type: Type.Union([Type.Literal('Blast'), Type.Literal('Triggered')]),
  campaignState: Type.String(),
  messageMedium: mediumName,
  workflowId: Type.Optional(
    Type.Integer({ description: 'The journey whose tile sends by it; absent where none does' }),
  ),
  templateId: Type.Integer(),
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
  startAt: Type.Optional(Type.Integer()),
  endedAt: Type.Optional(Type.Integer()),
  /** Ours: when and by whose word it was stopped for good. */
  stoppedAt: Type.Optional(Type.Integer()),
  stoppedBy: Type.Optional(Type.String()),
  nothingSent: Type.Optional(
    Type.Boolean({
      description: 'true: it is finished and its last send reached nobody, as everybody was skipped',
    }),
  ),
  createdByUserId: Type.String(),
  listIds: Type.Array(Type.Integer()),
  suppressionListIds: Type.Array(Type.Integer()),
  /** Ours. */
  segmentIds: Type.Array(Type.Integer()),
  suppressionSegmentIds: Type.Array(Type.Integer()),
  labels: Type.Array(Type.String()),
  /** Ours: Iterable has no word for it, so `campaignState` says Running. */
  paused: Type.Optional(Type.Boolean()),
  senderId: Type.Optional(Type.Integer()),
  poolId: Type.Optional(Type.Integer()),
  options: sendOptions,
  /** Ours: since when and by whose word it keeps its content; absent where it goes by its template as that is. */
  contentAt: Type.Optional(Type.Integer()),
  contentBy: Type.Optional(Type.String()),
  /** Ours: its template says something else by now than what it keeps. */
  templateChanged: Type.Boolean(),
});

/** Which of our states stand behind each of Iterable's; its enumeration knows neither Paused nor Cancelled. */
export const statesBehind: Readonly<Record<string, readonly CampaignState[]>> = {
  Draft: ['Draft'],
  Ready: ['Ready', 'Cancelled'],
  Scheduled: ['Scheduled'],
  Running: ['Running', 'Paused'],
  Finished: ['Finished'],
  Aborted: ['Aborted'],
  Archived: ['Archived'],
  Starting: [],
  Recurring: [],
};

/** Campaigns' rows in Iterable's shape. */
export async function campaignsAsAnswers(
  db: Database,
  campaigns: readonly Campaign[],
): Promise<Static<typeof campaignAnswer>[]> {
  const changed = await withChangedTemplate(db, campaigns);
  return campaigns.map((campaign) => campaignAsAnswer(campaign, changed.has(campaign.id)));
}

function campaignAsAnswer(campaign: Campaign, templateChanged: boolean): Static<typeof campaignAnswer> {
  const { start_at, ended_at, sender_id, pool_id, content_at, content_by, stopped_at, stopped_by } = campaign;
  return {
    id: campaign.id,
    name: campaign.name,
    type: campaign.kind,
    campaignState: iterableState(campaign.state),
    messageMedium: mediumNames[campaign.medium],
    ...(campaign.journey_id !== null && { workflowId: campaign.journey_id }),
    templateId: campaign.template_id,
    createdAt: campaign.created_at.getTime(),
    updatedAt: campaign.updated_at.getTime(),
    ...(start_at && { startAt: start_at.getTime() }),
    ...(ended_at && { endedAt: ended_at.getTime() }),
    ...(stopped_at && { stoppedAt: stopped_at.getTime() }),
    ...(stopped_by !== null && { stoppedBy: stopped_by }),
    ...(campaign.state === 'Finished' && campaign.nothing_sent && { nothingSent: true }),
    createdByUserId: campaign.created_by,
    listIds: campaign.list_ids,
    suppressionListIds: campaign.suppression_list_ids,
    segmentIds: campaign.segment_ids,
    suppressionSegmentIds: campaign.suppression_segment_ids,
    labels: [],
    ...(campaign.state === 'Paused' && { paused: true }),
    ...(sender_id !== null && { senderId: sender_id }),
    ...(pool_id !== null && { poolId: pool_id }),
    options: readOptions(campaign.options),
    ...(content_at && { contentAt: content_at.getTime() }),
    ...(content_by !== null && { contentBy: content_by }),
    templateChanged,
  };
}

function iterableState(state: CampaignState): string {
  if (state === 'Paused') return 'Running';
  return state === 'Cancelled' ? 'Ready' : state;
}
