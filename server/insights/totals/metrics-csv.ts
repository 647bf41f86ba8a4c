import { csvText } from '../../http/csv.ts';
import type { PeopleTotals } from './campaign-totals.ts';

/** A campaign with its totals, as a row of the metrics is made of it. */
export interface CampaignMetrics {
  id: number;
  medium: string;
  totals: PeopleTotals;
}

/** A value is null where it is not known. */
type Column = [name: string, value: (totals: PeopleTotals) => number | null];

/**
 * Names of Iterable's metrics: those of SMS and email as its users' reports show them; those of WhatsApp are
 * formed alike.
 */
const columnsOf: Readonly<Record<string, readonly Column[]>> = {
  sms: [
    ['Total SMS Sent', (totals) => totals.sends],
    ['Unique SMS Sent', (totals) => totals.uniqueSends],
    ['Total SMS Sends', (totals) => totals.sends],
    ['Total SMS Delivered', (totals) => totals.delivered],
    ['Total SMS Bounced', (totals) => totals.bounced],
    ['Total SMS Send Skips', (totals) => totals.skips],
    ['Total SMS Clicks', (totals) => totals.clicks.total],
    ['Unique SMS Clicks', (totals) => totals.clicks.unique],
    ['Total Inbound SMS', (totals) => totals.replies.total],
    ['Unique Inbound SMS', (totals) => totals.replies.unique],
  ],
  whatsApp: [
    ['Total WhatsApp Sent', (totals) => totals.sends],
    ['Unique WhatsApp Sent', (totals) => totals.uniqueSends],
    ['Total WhatsApp Delivered', (totals) => totals.delivered],
    ['Total WhatsApp Seen', (totals) => totals.read],
    ['Total WhatsApp Bounced', (totals) => totals.bounced],
    ['Total WhatsApp Send Skips', (totals) => totals.skips],
    ['Total WhatsApp Clicks', (totals) => totals.clicks.total],
    ['Unique WhatsApp Clicks', (totals) => totals.clicks.unique],
    ['Total Inbound WhatsApp', (totals) => totals.replies.total],
    ['Unique Inbound WhatsApp', (totals) => totals.replies.unique],
  ],
  email: [
    ['Total Email Sends', (totals) => totals.sends],
    ['Unique Email Sends', (totals) => totals.uniqueSends],
    ['Total Emails Delivered', (totals) => totals.delivered],
    ['Unique Emails Delivered', (totals) => totals.uniqueDelivered],
    ['Total Emails Bounced', (totals) => totals.bounced],
    ['Unique Emails Bounced', (totals) => totals.uniqueBounced],
    ['Total Email Send Skips', (totals) => totals.skips],
    ['Total Email Opens', ({ opens }) => opens?.total ?? null],
    ['Unique Email Opens', ({ opens }) => opens?.unique ?? null],
    ['Total Email Opens (filtered)', ({ opens }) => opens?.byPeople.total ?? null],
    ['Unique Email Opens (filtered)', ({ opens }) => opens?.byPeople.unique ?? null],
    ['Total Emails Clicked', (totals) => totals.clicks.total],
    ['Total Email Clicks', (totals) => totals.clicks.total],
    ['Unique Email Clicks', (totals) => totals.clicks.unique],
    ['Unique Email Clicks (filtered)', (totals) => totals.clicks.unique],
  ],
};

/** Columns of every medium; the last ones are ours. */
const commonColumns: readonly Column[] = [
  ['Total Unsubscribes', (totals) => totals.optOuts.total],
  ['Unique Unsubscribes', (totals) => totals.optOuts.unique],
  ['Total Purchases', ({ purchases }) => purchases.total],
  ['Unique Purchases', ({ purchases }) => purchases.unique],
  ['Revenue', ({ purchases }) => purchases.revenue],
  ['Average Order Value', ({ purchases: { total, revenue } }) => (total > 0 ? revenue / total : null)],
  ['Audience', (totals) => totals.audience],
  ['Sends', (totals) => totals.sends],
  ['Delivered', (totals) => totals.delivered],
  ['Bounced', (totals) => totals.bounced],
  ['Awaiting Receipt', (totals) => totals.awaitingReceipt],
  ['In Doubt', (totals) => totals.inDoubt],
  ['Send Skips', (totals) => totals.skips],
  ['Pending', (totals) => totals.pending],
  ['Segments', (totals) => totals.segments],
  ['Price', (totals) => totals.price],
];

/** Campaigns' metrics as CSV, one row each; columns of media that do not occur are left out. */
export function metricsCsv(campaigns: readonly CampaignMetrics[]): string {
  const media = Object.keys(columnsOf).filter((medium) =>
    campaigns.some((campaign) => campaign.medium === medium),
  );
  const head = [
    'id',
    ...media.flatMap((medium) => (columnsOf[medium] ?? []).map(([name]) => name)),
    ...commonColumns.map(([name]) => name),
  ];
  const rows = campaigns.map(({ id, medium: own, totals }) => [
    id,
    ...media.flatMap((medium) =>
      (columnsOf[medium] ?? []).map(([, value]) => (medium === own ? value(totals) : 0)),
    ),
    ...commonColumns.map(([, value]) => value(totals)),
  ]);
  return csvText([head, ...rows]);
}
