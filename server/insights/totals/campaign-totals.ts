import type { Database } from '../../database/connect.ts';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import {
  type ResponseCount,
  type ResponseKind,
  readResponses,
} from '../../delivery/rollups/fold-responses.sql.ts';
import { type Ask, askTogether } from '../../lanes/over-lanes.sql.ts';
import { launchesOf } from '../../requests/audience-request.sql.ts';
import { type BrakeState, brakeOf } from '../../requests/brake.sql.ts';
import { countUnadmitted, type Unadmitted } from '../../requests/waiting-people.sql.ts';
import {
  countMessages,
  countPeople,
  countPurchases,
  countResponses,
  type MessageCount,
  type People,
  type Purchases,
  type TotalsScope,
  tellsOfOpens,
} from './campaign-totals.sql.ts';
import { cellsOf, type RolledUp, readRolledUp } from './rolled-up.sql.ts';
import { partsOf, rangeOver, type TotalsRange } from './totals-range.ts';

/** Emails that were opened and how many people's they are; `byPeople` leaves out what only machines fetched. */
interface Opens {
  total: number;
  unique: number;
  byPeople: { total: number; unique: number };
}

/**
 * What became of a campaign. Two sums always hold: audience = sends + skips + pending, and
 * sends = delivered + bounced + awaitingReceipt.
 */
export interface CampaignTotals {
  audience: number;
  sends: number;
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

/**
 * Totals with people, where those count messages: several requests reach the same person, and then people are counted one by
 * one. No page that is looked at again and again waits for that.
 */
export interface PeopleTotals extends CampaignTotals {
  uniqueSends: number;
  /** People reached, and people whom a message bounced from. */
  uniqueDelivered: number;
  uniqueBounced: number;
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

/** What is read of a campaign, all as of one moment. */
interface Read {
  brake: BrakeState | null;
  counts: readonly MessageCount[];
  unadmitted: readonly Unadmitted[];
  responses: readonly ResponseCount[];
  purchases: Purchases;
  tellsOfOpens: boolean;
}

/**
 * A campaign's totals, exact, from one snapshot of the database. With a range they are those of its launches and messages in
 * it, with all that came of them whenever it came.
 */
export function campaignTotals(
  db: Database,
  projectId: number,
  campaignId: number,
  range: TotalsRange | null = null,
): Promise<PeopleTotals> {
  const campaign = { projectId, campaignId };
  return inSnapshot(db, async (ask) => {
    const { scope, ...read } =
      range === null
        ? await readWhole(ask, campaign, never, never)
        : await readRange(ask, { ...campaign, range });
    const { sent, delivered, bounced } = await peopleOf(ask, scope, read.counts);
    return { ...totalsOf(read), uniqueSends: sent, uniqueDelivered: delivered, uniqueBounced: bounced };
  });
}

/** The same with its course since `since`, all from one snapshot. */
export function liveCampaign(
  db: Database,
  projectId: number,
  campaignId: number,
  since: Date,
  now: Date,
): Promise<LiveCampaign> {
  return inSnapshot(db, async (ask) => {
    const read = await readWhole(ask, { projectId, campaignId }, since, now);
    const { brake, rolled, unadmitted } = read;
    const stopped = brake === 'aborted';
    const later = stopped ? [] : unadmitted.filter(({ sendAt }) => sendAt > now);
    const waiting = (row: RolledUp) => (stopped ? 0 : row.later + (brake === 'held' ? row.held : 0));
    return {
      totals: totalsOf(read),
      minutes: minutesOf(rolled),
      rate: brake === null || brake === 'open' ? rateOf(rolled, now) : 0,
      waiting: sum(rolled, waiting) + sum(later, (row) => row.people),
    };
  });
}

/** A whole campaign, by what is kept of it. */
async function readWhole(
  ask: Ask,
  campaign: { projectId: number; campaignId: number },
  since: Date,
  now: Date,
): Promise<Read & { scope: TotalsScope; rolled: readonly RolledUp[] }> {
  const scope: TotalsScope = { ...campaign, range: null, brake: null };
  const [brake, rolled, unadmitted, responses, purchases, tells] = await Promise.all([
    brakeOf(ask, scope.campaignId),
    readRolledUp(ask, scope, since, now),
    countUnadmitted(ask, scope),
    readResponses(ask, scope.projectId, scope.campaignId),
    countPurchases(ask, scope),
    tellsOfOpens(ask, scope),
  ]);
  const counts = asTheyStand(rolled, brake);
  const read = { brake, rolled, counts, unadmitted, responses, purchases, tellsOfOpens: tells };
  return { ...read, scope: { ...scope, brake } };
}

/** What of a campaign is in a range: by what is kept where that is in it as it is, else one by one. */
async function readRange(
  ask: Ask,
  { range, ...campaign }: { projectId: number; campaignId: number; range: TotalsRange },
): Promise<Read & { scope: TotalsScope }> {
  const [brake, launches] = await Promise.all([brakeOf(ask, campaign.campaignId), launchesOf(ask, campaign)]);
  const ranged = rangeOver(range, launches);
  const scope: TotalsScope = { ...campaign, range: ranged, brake };
  const { whole, apart, leavesOut } = partsOf(ranged, await cellsOf(ask, scope));
  const [rolled, counted, unadmitted, purchases, tells] = await Promise.all([
    readRolledUp(ask, scope, never, never, whole),
    countMessages(ask, scope, apart),
    countUnadmitted(ask, scope),
    countPurchases(ask, scope),
    tellsOfOpens(ask, scope),
  ]);
  const counts = asTheyStand([...rolled, ...counted], brake);
  const responses = leavesOut
    ? await countResponses(ask, scope)
    : await readResponses(ask, campaign.projectId, campaign.campaignId);
  return { brake, counts, unadmitted, responses, purchases, tellsOfOpens: tells, scope };
}

/** Those who were sent to: a request has one message for each person. */
async function peopleOf(ask: Ask, scope: TotalsScope, counts: readonly MessageCount[]): Promise<People> {
  const requests = new Set(sentOf(counts).flatMap((row) => [row.firstRequest, row.lastRequest]));
  return requests.size <= 1 ? messagesAsPeople(counts) : countPeople(ask, scope);
}

/**
 * What was counted as it stands under the campaign's brake: of one that was stopped for good nothing waits. Those that
 * arrived are in it once. Pure.
 */
function asTheyStand(counts: readonly MessageCount[], brake: BrakeState | null): MessageCount[] {
  const stopped = brake === 'aborted';
  return counts.flatMap((count): MessageCount[] => {
    switch (count.standing) {
      case 'arrived':
        return [];
      case 'queued':
        return [stopped ? { ...count, standing: 'skipped', skipReason: 'campaignAborted' } : count];
      case 'retrying':
        return [{ ...count, standing: stopped ? 'bounced' : 'queued' }];
      default:
        return [count];
    }
  });
}

const minuteMs = 60_000;

/**
 * What left within the minute before now, as sends are kept by minutes: of the minute that began before it the share that it
 * reaches into. A young campaign is measured over its own age, but not over less than a second. Pure.
 */
function rateOf(counts: readonly RolledUp[], now: Date): number {
  const firsts = sentOf(counts).flatMap(({ firstLeftAt }) => firstLeftAt?.getTime() ?? []);
  if (firsts.length === 0) return 0;
  const first = Math.min(...firsts);
  const from = now.getTime() - minuteMs;
  const lately = sum(sentOf(counts), ({ minute, messages }) => {
    const end = (minute?.getTime() ?? Number.NEGATIVE_INFINITY) + minuteMs;
    const start = Math.max(end - minuteMs, Math.min(first, end - 1));
    return end <= from ? 0 : (messages * (end - Math.max(start, from))) / (end - start);
  });
  return lately / Math.min(60, Math.max(1, (now.getTime() - first) / 1000));
}

function inSnapshot<T>(db: Database, read: (ask: Ask) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => askTogether(snapshot, read));
}

function totalsOf({ brake, counts, unadmitted, ...read }: Read): CampaignTotals {
  return {
    ...sumUp(
      counts,
      sum(unadmitted, (row) => row.people),
      brake === 'aborted',
    ),
    ...responsesOf(read.responses, read.tellsOfOpens),
    purchases: read.purchases,
  };
}

/** What people and machines did with the messages. Pure. */
function responsesOf(
  counts: readonly ResponseCount[],
  tells: boolean,
): Pick<CampaignTotals, 'clicks' | 'opens' | 'optOuts' | 'replies'> {
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
    opens: tells ? opens : null,
    optOuts: of('optOut'),
    replies: of('reply'),
  };
}

const isOneOf = (standing: MessageCount['standing'], statuses: readonly MessageStatus[]) =>
  statuses.some((status) => status === standing);

const sentOf = <Count extends MessageCount>(counts: readonly Count[]) =>
  counts.filter(({ standing }) => isOneOf(standing, sendStatuses));

const sum = <Count>(counts: readonly Count[], of: (row: Count) => number) =>
  counts.reduce((total, row) => total + of(row), 0);

/** Sends by the minute in which they left, deliveries by that in which they arrived. Pure. */
function minutesOf(rolled: readonly RolledUp[]): LiveMinute[] {
  const minutes = new Map<number, LiveMinute>();
  for (const { minute, standing, messages } of rolled) {
    if (minute === null || (standing !== 'arrived' && !isOneOf(standing, sendStatuses))) continue;
    const at = minute.getTime();
    const each = minutes.get(at) ?? { at, sends: 0, delivered: 0 };
    minutes.set(at, each);
    each[standing === 'arrived' ? 'delivered' : 'sends'] += messages;
  }
  return [...minutes.values()].sort((a, b) => a.at - b.at);
}

const messagesOf = (counts: readonly MessageCount[], ...statuses: readonly MessageStatus[]) =>
  sum(
    counts.filter(({ standing }) => isOneOf(standing, statuses)),
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
  const skipped = counts.filter((row) => row.standing === 'skipped');
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
