import type { Database } from '../../database/connect.ts';
import type { MessageStatus } from '../../database/schema.ts';
import {
  countClicks,
  countMessages,
  countOptOuts,
  countReplies,
  countUnadmitted,
  type MessageCount,
  type TotalsScope,
} from './campaign-totals.sql.ts';

/** Messages that were admitted from `from` (inclusive) to `to` (exclusive). */
export interface TotalsRange {
  from: Date;
  to: Date;
}

/**
 * What became of a campaign. Two sums always hold: audience = sends + skips + pending, and
 * sends = delivered + bounced + awaitingReceipt.
 */
export interface CampaignTotals {
  audience: number;
  sends: number;
  /** People, where `sends` counts messages: several launches reach the same person. */
  uniqueSends: number;
  delivered: number;
  /** Part of `delivered`: WhatsApp tells. */
  read: number;
  bounced: number;
  awaitingReceipt: number;
  /** Part of `awaitingReceipt`: on the wire when a process died, and not settled yet. */
  inDoubt: number;
  pending: number;
  skips: number;
  skipsByReason: Record<string, number>;
  clicks: { total: number; unique: number; previews: number; bots: number };
  /** People who opted out of the message's channel or type within a day after it left. */
  optOuts: number;
  /** What people wrote to the sender within a day after the message left. */
  replies: { total: number; unique: number };
  /** Segments and price (US dollars) of what was sent. */
  segments: number;
  price: number;
}

const sendStatuses: readonly MessageStatus[] = [
  'dispatching',
  'inDoubt',
  'sent',
  'delivered',
  'read',
  'bounced',
];

/**
 * A campaign's totals, exact, from one snapshot of the database. With a range they are those of the messages
 * admitted in it, with all that came of them whenever it came; what is not admitted yet counts by its request's
 * making.
 */
export async function campaignTotals(
  db: Database,
  projectId: number,
  campaignId: number,
  range: TotalsRange | null = null,
): Promise<CampaignTotals> {
  const scope: TotalsScope = { projectId, campaignId, range };
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const { counts, uniqueSends } = await countMessages(snapshot, scope);
      const unadmitted = await countUnadmitted(snapshot, scope);
      const clicks = await countClicks(snapshot, scope);
      const optOuts = await countOptOuts(snapshot, scope);
      const replies = await countReplies(snapshot, scope);
      return { ...sumUp(counts, unadmitted), uniqueSends, clicks, optOuts, replies };
    });
}

/** Adds the counts of each status and reason up to totals. Pure. */
function sumUp(counts: readonly MessageCount[], unadmitted: number) {
  const of = (...statuses: readonly MessageStatus[]) => counts.filter((row) => statuses.includes(row.status));
  const number = (rows: readonly MessageCount[]) => rows.reduce((sum, row) => sum + row.messages, 0);
  const sent = of(...sendStatuses);
  const skipped = of('skipped');
  const sends = number(sent);
  const skips = number(skipped);
  const pending = number(of('queued')) + unadmitted;
  return {
    audience: sends + skips + pending,
    sends,
    delivered: number(of('delivered', 'read')),
    read: number(of('read')),
    bounced: number(of('bounced')),
    awaitingReceipt: number(of('dispatching', 'inDoubt', 'sent')),
    inDoubt: number(of('inDoubt')),
    pending,
    skips,
    skipsByReason: Object.fromEntries(skipped.map((row) => [row.skipReason ?? 'unknown', row.messages])),
    segments: sent.reduce((sum, row) => sum + row.segments, 0),
    price: sent.reduce((sum, row) => sum + row.priceMicros, 0) / 1_000_000,
  };
}
