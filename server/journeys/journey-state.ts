import { lockCampaign, storeCampaign } from '../campaigns/campaign.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { letDepart } from '../lanes/lane-gate.ts';
import { campaignsOfJourney } from './journey-campaigns.sql.ts';
import { findJourney, type Journey, type JourneyState, updateJourney } from './journeys.sql.ts';

/** What may be done with a journey as a whole. */
export const verbs = ['open', 'close', 'pause', 'resume', 'stop', 'archive'] as const;
export type Verb = (typeof verbs)[number];

/** From which states a verb leads where. */
const leads: Record<Verb, { from: readonly JourneyState[]; to: JourneyState }> = {
  open: { from: ['closed', 'stopped'], to: 'open' },
  close: { from: ['open'], to: 'closed' },
  pause: { from: ['open', 'closed'], to: 'paused' },
  resume: { from: ['paused'], to: 'open' },
  stop: { from: ['open', 'closed', 'paused'], to: 'stopped' },
  archive: { from: ['stopped', 'draft'], to: 'archived' },
};

const remedies: Record<JourneyState, string> = {
  draft: 'Publish it first (POST /api/journeys/{id}/publish)',
  open: 'People may enter, and those inside move',
  closed: 'Nobody may enter, and those inside move: open lets people in again',
  paused: 'Nobody moves: resume lets them go on',
  stopped: 'All were let go: open lets people in again',
  archived: 'It is kept for its numbers only: make another of its document',
};

/**
 * Opens, closes, pauses, resumes, stops or archives a journey. When a pause or a stop returns nothing of it leaves any more; who is inside is let go
 * afterwards, lane after lane. @throws ApiError InvalidState.
 */
export async function changeJourney(
  context: Context,
  { projectId, journeyId, by }: { projectId: number; journeyId: number; by: string },
  verb: Verb,
): Promise<Journey> {
  const at = context.clock.now();
  const { from, to } = leads[verb];
  const { journey, held } = await context.db.transaction().execute(async (transaction) => {
    const before = await findJourney(transaction, projectId, journeyId, true);
    if (before.state === to) return { journey: before, held: [] };
    if (!from.includes(before.state))
      throw new ApiError(
        'InvalidState',
        `Journey ${journeyId} is ${before.state}, so ${verb} cannot be done; nothing was changed. ${remedies[before.state]}`,
        { journeyId, state: before.state, allowed: from },
      );
    const campaigns = [...(await campaignsOfJourney(transaction, journeyId)).values()];
    const state = {
      pause: 'Paused',
      resume: 'Running',
      open: 'Running',
      stop: 'Paused',
      archive: 'Archived',
      close: null,
    } as const;
    const ofCampaigns = state[verb];
    if (ofCampaigns)
      for (const id of campaigns)
        await storeCampaign(
          transaction,
          await lockCampaign(transaction, projectId, id),
          { state: ofCampaigns },
          at,
        );
    const change = {
      state: to,
      ...(verb === 'pause' && { pausedAt: at, resumedAt: null }),
      ...(verb === 'resume' && { resumedAt: at }),
    };
    const changed = await updateJourney(transaction, before, change, by, at);
    return { journey: changed, held: verb === 'pause' || verb === 'stop' ? campaigns : [] };
  });
  if (held.length > 0) await letDepart(context.db);
  await context.listenersRenewed();
  context.wake();
  return journey;
}
