import { keepCampaigns } from '../campaigns/upkeep.sql.ts';
import { itemAlertsFlow } from '../content/catalogs/alerts/alerts-flow.ts';
import { tellOfLowPools } from '../content/coupons/low-pools.ts';
import { inboundFiles } from '../conversations/files/fetch-files.ts';
import type { Database } from '../database/connect.ts';
import { deliveryFlows } from '../delivery/flows/delivery-flows.ts';
import { happeningsFlow } from '../happenings/happenings-flow.ts';
import type { Outbox } from '../happenings/outbox.ts';
import type { Context } from '../http/context.ts';
import { inboxUpkeep } from '../inbox/inbox-upkeep.ts';
import { tellOfFile } from '../inbox/tell-of-file.sql.ts';
import { journeysFlow } from '../journeys/journeys-flow.ts';
import { rehearsalsFlow } from '../journeys/rehearsal/rehearsals-flow.ts';
import type { FlowBringer } from '../lanes/worker.ts';
import type { LiveGround } from '../segments/live/segment-listener.ts';
import { segmentsFlow } from '../segments/live/segments-flow.ts';
import { verificationUpkeep } from '../verifications/forget-newcomers.sql.ts';
import { tellOfBlocks } from '../verifications/tell-of-blocks.sql.ts';
import { tellBlockedCodes } from '../webhooks/tell-blocked-codes.ts';
import { tellLowPools } from '../webhooks/tell-low-pools.ts';

/**
 * Which part of a worker: what somebody waits for, or the rest with all that runs beside it (outgoing webhooks,
 * imports, exports). Each part can have a thread of its own, so that no batch holds up a code.
 */
export type WorkerPart = 'transactional' | 'rest';

/** The flows of each part of a worker. */
export const flowsOf: Record<WorkerPart, readonly string[]> = {
  transactional: ['transactional'],
  rest: [
    ...['promotional', 'admission', 'settlement', 'happenings', 'segments', 'journeys', 'itemAlerts'],
    'rehearsals',
  ],
};

/** The flows of all capabilities. `answers` is the database for what need not wait for the disk. */
export function bringFlows(
  context: Context & LiveGround,
  answers: Database,
  outbox: Outbox,
): readonly FlowBringer[] {
  return [
    deliveryFlows({ ...context, answers, keepOrigins: keepCampaigns }),
    happeningsFlow(context, outbox),
    alarmWatch(context),
    segmentsFlow(context),
    journeysFlow(context),
    rehearsalsFlow(context),
    itemAlertsFlow(context),
    verificationUpkeep(context),
    inboxUpkeep(context),
    inboundFiles(context, tellOfFile),
  ];
}

/** Brings no flow, but looks for coupon pools that have become low and for places that codes go to no more, and tells webhooks of them. */
function alarmWatch({ db, clock }: Context): FlowBringer {
  const lookForLow = () => tellOfLowPools(db, tellLowPools, clock.now());
  const lookForBlocks = () => tellOfBlocks(db, tellBlockedCodes, clock.now());
  return { begin: async () => ({ flows: [], everySecond: [lookForLow, lookForBlocks] }) };
}
