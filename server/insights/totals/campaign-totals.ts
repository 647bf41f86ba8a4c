import type { Database } from '../../database/connect.ts';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import {
  type ResponseCount,
  type ResponseKind,
  readResponses,
} from '../../delivery/rollups/fold-responses.sql.ts';
import { brakeOf } from '../../requests/brake.sql.ts';
import { countUnadmitted, type Unadmitted } from '../../requests/waiting-people.sql.ts';
import {
  countMessages,
  countPeople,
  countPurchases,
  countResponses,
  type MessageCount,
  type People,
  type Purchases,
  type SentBetween,
  type TotalsScope,
  tellsOfOpens,
} from './campaign-totals.sql.ts';
import {
  type Arrived,
  cutsRollups,
  leavesOut,
  type RolledUp,
  readArrived,
  readRolledUp,
} from './rolled-up.sql.ts';

/** Emails that were opened and how many people's they are; `byPeople` leaves out what only machines fetched. */
interface Opens {
  total: number;
  unique: number;
  byPeople: { total: number; unique: number };
}

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
  /** People reached, and people whom a message bounced from. */
  uniqueDelivered: number;
  uniqueBounced: number;
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
  /** Emails that were opened; null where nothing tells of it. */
  opens: Opens | null;
  /** Opt-outs by people's own word, of the message's channel or type, within a day after it left. */
  optOuts: { total: number; unique: number };
  /** What people wrote to the sender within a day after the message left. */
  replies: { total: number; unique: number };
  /** What people bought, as their purchases name the campaign. */
  purchases: Purchases;
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

/** Where no minutes are asked for. */
const never = new Date(8.64e15);

/** What happened in one minute of a campaign. */
export interface LiveMinute {
  /** Start of the minute, ms since 1970. */
  at: number;
  sends: number;
  delivered: number;
}

/** A campaign at one moment. */
export interface LiveCampaign {
  totals: CampaignTotals;
  /** Minutes in which something left or arrived, in order. */
  minutes: LiveMinute[];
  /** Messages a second, over what has passed since the first one left, a minute at most; 0 while nothing may leave. */
  rate: number;
  /** Of the pending, those that may not leave yet. */
  waiting: number;
}

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
  return inSnapshot(db, async (snapshot) => {
    const scope: TotalsScope = { projectId, campaignId, range, brake: await brakeOf(snapshot, campaignId) };
    const counts = (await cutsRollups(snapshot, scope))
      ? await countMessages(snapshot, scope)
      : await readRolledUp(snapshot, scope, never, never);
    return totalsOf(snapshot, scope, counts, await countUnadmitted(snapshot, scope));
  });
}

/** The same with its course since `since`, all from one snapshot. */
export async function liveCampaign(
  db: Database,
  projectId: number,
  campaignId: number,
  since: Date,
  now: Date,
): Promise<LiveCampaign> {
  return inSnapshot(db, async (snapshot) => {
    const brake = await brakeOf(snapshot, campaignId);
    const scope: TotalsScope = { projectId, campaignId, range: null, brake };
    const counts = await readRolledUp(snapshot, scope, since, now);
    const unadmitted = await countUnadmitted(snapshot, scope);
    const later = brake === 'aborted' ? [] : unadmitted.filter(({ sendAt }) => sendAt > now);
    return {
      totals: await totalsOf(snapshot, scope, counts, unadmitted),
      minutes: minutesOf(counts, await readArrived(snapshot, scope, since)),
      rate: brake === null || brake === 'open' ? rateOf(counts, now) : 0,
      waiting: sum(counts, (row) => row.waiting) + sum(later, (row) => row.people),
    };
  });
}

const minuteMs = 60_000;

/**
 * What left within the minute before now, as sends are kept by minutes: of the minute that began before it the share that it
 * reaches into. A young campaign is measured over its own age, but not over less than a second. Pure.
 */
function rateOf(counts: readonly RolledUp[], now: Date): number {
  const between = sentBetween(counts);
  if (!between) return 0;
  const first = between.first.getTime();
  const from = now.getTime() - minuteMs;
  const lately = sum(sentOf(counts), ({ leftAt, messages }) => {
    const end = (leftAt?.getTime() ?? Number.NEGATIVE_INFINITY) + minuteMs;
    const start = Math.max(end - minuteMs, Math.min(first, end - 1));
    return end <= from ? 0 : (messages * (end - Math.max(start, from))) / (end - start);
  });
  return lately / Math.min(60, Math.max(1, (now.getTime() - first) / 1000));
}

function inSnapshot<T>(db: Database, read: (snapshot: Database) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}

async function totalsOf(
  snapshot: Database,
  scope: TotalsScope,
  counts: readonly MessageCount[],
  unadmitted: readonly Unadmitted[],
): Promise<CampaignTotals> {
  const sent = sentOf(counts);
  // A request has one message for each person.
  const isOfOneRequest = new Set(sent.flatMap((row) => [row.firstRequest, row.lastRequest])).size <= 1;
  const people = isOfOneRequest ? messagesAsPeople(counts) : await countPeople(snapshot, scope);
  return {
    ...sumUp(
      counts,
      sum(unadmitted, (row) => row.people),
      scope.brake === 'aborted',
    ),
    uniqueSends: people.sent,
    uniqueDelivered: people.delivered,
    uniqueBounced: people.bounced,
    ...(await responsesIn(snapshot, scope, sentBetween(counts))),
    purchases: await countPurchases(snapshot, scope),
  };
}

/** What people and machines did with the messages. */
async function responsesIn(
  snapshot: Database,
  scope: TotalsScope,
  sent: SentBetween | null,
): Promise<Pick<CampaignTotals, 'clicks' | 'opens' | 'optOuts' | 'replies'>> {
  const counts: readonly ResponseCount[] = (await leavesOut(snapshot, scope))
    ? await countResponses(snapshot, scope, sent)
    : await readResponses(snapshot, scope.projectId, scope.campaignId);
  const of = (kind: ResponseKind) => {
    const ofKind = counts.filter((each) => each.kind === kind);
    return { total: sum(ofKind, (each) => each.total), unique: sum(ofKind, (each) => each.people) };
  };
  const opens = {
    total: of('openedMessage').unique,
    unique: of('open').unique,
    byPeople: of('openByPerson'),
  };
  return {
    clicks: { ...of('click'), previews: of('preview').total, bots: of('bot').total },
    opens: (await tellsOfOpens(snapshot, scope)) ? opens : null,
    optOuts: of('optOut'),
    replies: of('reply'),
  };
}

/** When the first and the last of the messages left; null when none did. */
function sentBetween(counts: readonly MessageCount[]): SentBetween | null {
  const instants = sentOf(counts).flatMap(({ firstLeftAt, lastLeftAt }) =>
    firstLeftAt && lastLeftAt ? [firstLeftAt.getTime(), lastLeftAt.getTime()] : [],
  );
  if (instants.length === 0) return null;
  return { first: new Date(Math.min(...instants)), last: new Date(Math.max(...instants)) };
}

const sentOf = <Count extends MessageCount>(counts: readonly Count[]) =>
  counts.filter((row) => sendStatuses.includes(row.status));

const sum = <Count>(counts: readonly Count[], of: (row: Count) => number) =>
  counts.reduce((total, row) => total + of(row), 0);

/** Sends by the minute in which they left, deliveries by that in which they arrived. Pure. */
function minutesOf(counts: readonly RolledUp[], arrived: readonly Arrived[]): LiveMinute[] {
  const minutes = new Map<number, LiveMinute>();
  const minuteAt = (at: Date) => {
    const minute = minutes.get(at.getTime()) ?? { at: at.getTime(), sends: 0, delivered: 0 };
    minutes.set(minute.at, minute);
    return minute;
  };
  for (const { leftAt, messages } of sentOf(counts)) if (leftAt) minuteAt(leftAt).sends += messages;
  for (const { arrivedAt, messages } of arrived) minuteAt(arrivedAt).delivered += messages;
  return [...minutes.values()].sort((a, b) => a.at - b.at);
}

const messagesOf = (counts: readonly MessageCount[], ...statuses: readonly MessageStatus[]) =>
  sum(
    counts.filter((row) => statuses.includes(row.status)),
    (row) => row.messages,
  );

/** The people of one request, who have a message each. Pure. */
function messagesAsPeople(counts: readonly MessageCount[]): People {
  return {
    sent: messagesOf(counts, ...sendStatuses),
    delivered: messagesOf(counts, 'delivered', 'read'),
    bounced: messagesOf(counts, 'bounced'),
  };
}

/** Adds the counts of each status and reason up to totals; of a stopped campaign nobody is admitted any more. Pure. */
function sumUp(counts: readonly MessageCount[], unadmitted: number, isAborted: boolean) {
  const number = (...statuses: readonly MessageStatus[]) => messagesOf(counts, ...statuses);
  const sent = sentOf(counts);
  const skipped = counts.filter((row) => row.status === 'skipped');
  const sends = sum(sent, (row) => row.messages);
  const skips = number('skipped') + (isAborted ? unadmitted : 0);
  const pending = isAborted ? 0 : number('queued') + unadmitted;
  const skipsByReason: Record<string, number> = {};
  for (const { skipReason, messages } of skipped)
    skipsByReason[skipReason ?? 'unknown'] = (skipsByReason[skipReason ?? 'unknown'] ?? 0) + messages;
  if (isAborted && unadmitted > 0)
    skipsByReason.campaignAborted = (skipsByReason.campaignAborted ?? 0) + unadmitted;
  return {
    audience: sends + skips + pending,
    sends,
    delivered: number('delivered', 'read'),
    read: number('read'),
    bounced: number('bounced'),
    awaitingReceipt: number('dispatching', 'inDoubt', 'sent'),
    inDoubt: number('inDoubt'),
    pending,
    skips,
    skipsByReason,
    segments: sum(sent, (row) => row.segments),
    price: sum(sent, (row) => row.priceMicros) / 1_000_000,
  };
}
