import { Type } from 'typebox';
import { findCampaign } from '../../campaigns/campaign.ts';
import type { Routes } from '../../http/api.ts';
import { instantInput, nullable, rowId } from '../../http/schemas.ts';
import { readInstant } from '../../users/instant.ts';
import { campaignTotals, liveCampaign } from './campaign-totals.ts';
import { type CampaignMetrics, metricsCsv } from './metrics-csv.ts';
import type { TotalsRange } from './totals-range.ts';

const totalsAnswer = Type.Object({
  audience: Type.Integer({ description: 'sends + skips + pending' }),
  sends: Type.Integer({ description: 'A share of the audience; delivered + bounced + awaitingReceipt' }),
  delivered: Type.Integer({ description: 'A share of the sends: who is pending is in neither' }),
  read: Type.Integer(),
  bounced: Type.Integer(),
  awaitingReceipt: Type.Integer(),
  inDoubt: Type.Integer(),
  pending: Type.Integer({ description: 'Not sent yet and not skipped' }),
  skips: Type.Integer(),
  skipsByReason: Type.Record(Type.String(), Type.Integer()),
  clicks: Type.Object({
    total: Type.Integer(),
    unique: Type.Integer(),
    previews: Type.Integer(),
    bots: Type.Integer(),
  }),
  opens: nullable(
    Type.Object(
      {
        total: Type.Integer(),
        unique: Type.Integer(),
        byPeople: Type.Object({ total: Type.Integer(), unique: Type.Integer() }),
      },
      { description: 'Emails opened; null where nothing tells: other media, links that are not tracked' },
    ),
  ),
  optOuts: Type.Object(
    { total: Type.Integer(), unique: Type.Integer() },
    { description: 'By people’s own word within a day after a message reached them; no import, no call' },
  ),
  replies: Type.Object({ total: Type.Integer(), unique: Type.Integer() }),
  purchases: Type.Object(
    { total: Type.Integer(), unique: Type.Integer(), revenue: Type.Number() },
    { description: 'Those whose trackPurchase names the campaign; revenue in your own currency' },
  ),
  segments: Type.Integer(),
  price: Type.Number({ description: 'US dollars' }),
});

const liveAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  state: Type.String({ description: 'The true state, with Paused and Cancelled' }),
  medium: Type.String(),
  startAt: nullable(Type.Integer()),
  endedAt: nullable(Type.Integer()),
  totals: totalsAnswer,
  minutes: Type.Array(Type.Object({ at: Type.Integer(), sends: Type.Integer(), delivered: Type.Integer() }), {
    description: 'The last three hours in which something left or was delivered',
  }),
  waiting: Type.Integer({ description: 'Of the pending, those that wait for their hour' }),
  rate: Type.Number({
    description: 'Messages a second over the last minute, or since the first message left where that is less',
  }),
  eta: nullable(
    Type.Integer({
      description:
        'When all that may leave now has left at this rate, ms since 1970; those waiting are not in it',
    }),
  ),
});

const minuteMs = 60_000;
const shownMs = 180 * minuteMs;

/** A campaign's numbers: live for the console, and as Iterable's metrics. */
export const totalsRoutes: Routes = (api, context) => {
  api.get(
    '/api/campaigns/:id/live',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'State, totals, pace and expected end of a campaign at this moment',
        params: Type.Object({ id: rowId }),
        response: { 200: liveAnswer },
      },
    },
    async (request) => {
      const projectId = request.caller.project.id;
      const campaign = await findCampaign(context.db, projectId, request.params.id);
      const now = context.clock.now().getTime();
      const { totals, minutes, rate, waiting } = await liveCampaign(
        context.db,
        projectId,
        campaign.id,
        new Date(now - shownMs),
        new Date(now),
      );
      const inTurn = totals.pending - waiting;
      const running = campaign.state === 'Running' && inTurn > 0 && rate > 0;
      return {
        id: campaign.id,
        name: campaign.name,
        state: campaign.state,
        medium: campaign.medium,
        startAt: campaign.start_at?.getTime() ?? null,
        endedAt: campaign.ended_at?.getTime() ?? null,
        totals,
        minutes,
        waiting,
        rate,
        eta: running ? Math.round(now + (inTurn / rate) * 1000) : null,
      };
    },
  );

  api.get(
    '/api/campaigns/metrics',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Metrics of campaigns as CSV, in Iterable’s columns and some of our own',
        description:
          'With a range: of the launches whose time is in it, whole, and of what single people were sent in it, with all that came of them; purchases are those made in it. audience = sends + skips + pending; sends = delivered + bounced + awaiting receipt. A cell is empty where the figure is not known. Clicks are people’s: those of machines are in `live` and in the links of a campaign. Complaints have no column: no provider tells them.',
        querystring: Type.Object({
          campaignId: Type.Union([rowId, Type.Array(rowId, { maxItems: 100 })]),
          startDateTime: Type.Optional(instantInput),
          endDateTime: Type.Optional(instantInput),
        }),
        produces: ['text/csv'],
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const { campaignId, startDateTime, endDateTime } = request.query;
      const range = readRange(startDateTime, endDateTime);
      const metrics: CampaignMetrics[] = [];
      for (const id of new Set([campaignId].flat())) {
        const campaign = await findCampaign(context.db, request.caller.project.id, id);
        const totals = await campaignTotals(context.db, campaign.project_id, id, range);
        metrics.push({ id, medium: campaign.medium, totals });
      }
      return reply.type('text/csv; charset=utf-8').send(metricsCsv(metrics));
    },
  );
};

function readRange(start?: string | number, end?: string | number): TotalsRange | null {
  if (start === undefined && end === undefined) return null;
  return {
    from: start === undefined ? new Date(0) : readInstant('startDateTime', start),
    to: end === undefined ? new Date('9999-01-01T00:00:00Z') : readInstant('endDateTime', end),
  };
}
