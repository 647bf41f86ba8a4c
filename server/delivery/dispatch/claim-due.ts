import { type RawBuilder, sql } from 'kysely';
import { mustBeApproved } from '../../content/templates/approval.ts';
import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { MessageBasis } from '../../database/tables/delivery.ts';
import { here } from '../../lanes/here.sql.ts';
import { factsOf, lawfulMedia, type Medium } from '../../medium/media.ts';
import type { MessageContent } from '../../providers/sending.ts';
import { sessionEnd } from '../../senders/sessions/sessions.sql.ts';
import { holding } from '../../users/address-rows.sql.ts';
import { isToEmpty } from '../empty-messages.sql.ts';
import { changeMessages, counting, standing } from '../rollups/count-changes.sql.ts';
import { ended } from '../skip-queued.ts';
import type { SkipReason } from '../skip-reason.ts';
import { wireMarginMs } from '../wire-margin.ts';
import { type FrequencyCap, shortestWaitMinutes } from './reached-limit.ts';

/** A message that may leave now: marked `dispatching`, its attempt counted. */
export interface ClaimedMessage {
  id: number;
  campaignId: number | null;
  userId: number;
  toAddress: string;
  content: MessageContent;
  segments: number;
  attempt: number;
  /** End of its lawful window, or of the session without which it may not go; null for none. */
  closesAt: Date | null;
  /** By when it leaves or not at all, as whoever asked for it said; null for any time. */
  leaveBefore: Date | null;
}

/** A message whose lawful window has closed meanwhile: its next one must be worked out. */
export interface ExpiredMessage {
  id: number;
  userId: number;
  onQuiet: string;
  notBefore: Date;
}

/** A message to an address that is not its user's any more, or where nobody is reached: see `readdress`. */
export interface MovedMessage {
  id: number;
  userId: number;
  toAddress: string | null;
  basis: MessageBasis;
}

/** What became of the due messages that were looked at. */
export interface Claim {
  leaving: ClaimedMessage[];
  expired: ExpiredMessage[];
  moved: MovedMessage[];
  /** The reason is null of what left before and failed: it remains bounced. */
  skipped: { id: number; campaignId: number | null; userId: number; reason: SkipReason | null }[];
  /** How many rows were looked at: fewer than the limit means that nothing more is due. */
  seen: number;
}

export interface ClaimRequest {
  lane: number;
  senderId: number;
  /** The sender's. */
  medium: Medium;
  purpose: Purpose;
  now: Date;
  /** Rows to look at. */
  limit: number;
  /** Segments that may leave; the first message may exceed it, so that a long one is never stuck. */
  segments: number;
  /** Segments that are left of the sender's day; nothing exceeds it. */
  today: number;
  frequencyCaps: readonly FrequencyCap[];
  dispatcher: number;
  /** The wire of the sender's account, by which what is claimed leaves. */
  wire: string;
}

/**
 * Claims what one sender may send in one lane now. In one statement, in the caller's transaction: takes the
 * oldest due rows, looks once more at campaign, address, consent, the template's approval, caps and hours, and marks each row `dispatching`,
 * `skipped` or delayed; what left before and failed is not skipped but remains bounced. The caller holds the lane's
 * gate, so no opt-out commits between this look and the wire.
 *
 * A user's second promotional message in the same batch, the later or that of lower rank, is left for the next claim, when the first counts
 * towards the caps. An answer to the person's own message (a confirmation after STOP, HELP) needs no opt-in. One that
 * asks the person to confirm an opt-in needs that it still waits for this, and that it was wished for after the
 * channel's latest opt-out. One that the person asked for (a code, an
 * agent's words) needs that the channel is not opted out of, and that the address is theirs yet.
 */
export async function claimDue(transaction: Database, request: ClaimRequest): Promise<Claim> {
  const { rows } = await statement(request).execute(transaction);
  const claim: Claim = { leaving: [], expired: [], moved: [], skipped: [], seen: rows[0]?.seen ?? 0 };
  for (const row of rows) {
    if (row.id === null) continue;
    if (row.status === 'dispatching')
      claim.leaving.push({
        id: row.id,
        campaignId: row.campaign_id,
        userId: row.user_id,
        toAddress: row.to_address ?? '',
        content: row.content,
        segments: row.segments,
        attempt: row.attempts,
        closesAt: earlier(row.closes_at, row.session_closes_at),
        leaveBefore: row.leave_before,
      });
    else if (row.status === 'skipped' || row.status === 'bounced')
      claim.skipped.push({
        id: row.id,
        campaignId: row.campaign_id,
        userId: row.user_id,
        reason: row.skip_reason,
      });
    else if (row.verdict === 'expired')
      claim.expired.push({
        id: row.id,
        userId: row.user_id,
        onQuiet: row.on_quiet,
        notBefore: row.not_before,
      });
    else if (row.verdict === 'moved')
      claim.moved.push({
        id: row.id,
        userId: row.user_id,
        toAddress: row.to_address,
        basis: row.basis,
      });
  }
  return claim;
}

/**
 * Puts claimed messages that did not leave back in the queue, as if they had never been claimed. One lane; the
 * caller holds it.
 */
export async function giveBack(db: Database, lane: number, ids: readonly number[]): Promise<void> {
  await unclaim(lane, ids, sql`status = 'dispatching'`).execute(db);
}

/** SQL: puts these messages, as far as they are `claimed`, back in the queue, as if they had never been claimed. */
export function unclaim(
  lane: number,
  ids: readonly number[],
  claimed: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return changeMessages({
    lane,
    which: sql`id = ANY (${ids}::bigint[]) AND ${claimed}`,
    set: sql`status = 'queued', attempts = attempts - 1, dispatcher = NULL, dispatched_at = sent_at`,
    told: sql`id`,
  });
}

interface ClaimedRow {
  seen: number;
  id: number | null;
  user_id: number;
  campaign_id: number | null;
  to_address: string | null;
  content: MessageContent;
  segments: number;
  attempts: number;
  status: string;
  skip_reason: SkipReason | null;
  verdict: string;
  basis: MessageBasis;
  on_quiet: string;
  not_before: Date;
  closes_at: Date | null;
  leave_before: Date | null;
  session_closes_at: Date | null;
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one !== null && other !== null && other < one ? other : (one ?? other);

function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}

/** SQL: so many hours after an instant, in a form that does not ask for the session's time zone, which a cluster would refuse here. */
const hoursAfter = (at: RawBuilder<unknown>, hours: RawBuilder<unknown>) =>
  sql`((${at} AT TIME ZONE 'UTC' + make_interval(hours => ${hours})) AT TIME ZONE 'UTC')`;

/** A limit on the messages to one person: when it is reached, and when the oldest that counts to it no longer does. */
interface Limit {
  reached: RawBuilder<unknown>;
  reason: RawBuilder<unknown>;
  freeAt: RawBuilder<unknown>;
}

const legalLimit: Limit = {
  reached: sql`d.medium = ANY (${lawfulMedia}::text[]) AND r.legal >= d.legal_cap`,
  reason: sql`'legalCap'`,
  freeAt: hoursAfter(sql`r.legal_oldest`, sql`d.legal_cap_hours`),
};

function limitOfCap(cap: FrequencyCap, index: number): Limit {
  return {
    reached: sql`${sql.raw(`r.cap_${index}`)} >= ${cap.messages}::int
      AND (${cap.medium}::text IS NULL OR d.medium = ${cap.medium}::text)`,
    reason: sql`'frequencyCap'`,
    freeAt: hoursAfter(sql.raw(`r.cap_${index}_oldest`), sql`${cap.hours}::int`),
  };
}

/** How many messages count to a cap, and the oldest of them, as columns. */
function countOfCap(cap: FrequencyCap, index: number, now: Date): RawBuilder<unknown> {
  const within = sql`(WHERE p.dispatched_at > ${hoursBefore(now, cap.hours)}::timestamptz
    AND (${cap.medium}::text IS NULL OR p.medium = ${cap.medium}::text))`;
  return sql`
    (count(*) FILTER ${within})::int AS ${sql.raw(`cap_${index}`)},
    min(p.dispatched_at) FILTER ${within} AS ${sql.raw(`cap_${index}_oldest`)}`;
}

/** SQL: what is told of each message besides its standing. */
const claimed = sql`user_id, to_address, basis, content, attempts, on_quiet, not_before, closes_at, leave_before`;

/** SQL: the verdicts with which a message leaves: as it is, or as the template that stands by for it. */
const leavingVerdicts = sql`'send', 'otherwise'`;

/** What a claim asks of sessions: nothing on media that have none. */
interface SessionParts {
  /** Of what is due. */
  columns: RawBuilder<unknown>;
  /** When the session without which a message may not go ends. */
  end: RawBuilder<unknown>;
  /** The last word on what would leave, as a table expression, and the table that is gone on with. */
  judged: RawBuilder<unknown>;
  from: RawBuilder<unknown>;
  /** What becomes of a message that leaves otherwise. */
  set: RawBuilder<unknown>;
  /** The end once more, of what was claimed: as a join, and the column that it brings. */
  endOfLeaving: { join: RawBuilder<unknown>; column: RawBuilder<unknown> };
}

/**
 * SQL: what is free-form leaves within a session alone; where it is over the template leaves that stands by, as long as it is approved, and else nothing. All
 * else goes as it would.
 */
function sessionOf({ lane, senderId, medium }: ClaimRequest, onTheWire: Date): SessionParts {
  if (factsOf(medium).sessionHours === null)
    return {
      ...{ columns: sql``, judged: sql``, from: sql`judged`, set: sql`` },
      end: sql`NULL::timestamptz AS session_closes_at`,
      endOfLeaving: { join: sql``, column: sql`NULL::timestamptz` },
    };
  const isApproved = sql`NOT EXISTS (SELECT 1 FROM template_approval a
    WHERE a.template_id = j.otherwise_id AND a.name = j.otherwise_name AND a.language = j.otherwise_language
      AND a.status <> 'APPROVED')`;
  return {
    columns: sql`, coalesce(content ->> 'kind' = 'whatsAppMessage', false) AS is_free_form,
      (content #>> '{otherwise,templateId}')::int AS otherwise_id, content #>> '{otherwise,content,name}' AS otherwise_name,
      content #>> '{otherwise,content,language}' AS otherwise_language`,
    end: sql`d.is_free_form, d.otherwise_id, d.otherwise_name, d.otherwise_language,
      CASE WHEN d.is_free_form THEN ${sessionEnd(lane, sql`d.user_id`, senderId, sql`d.to_address`)} END
        AS session_closes_at`,
    judged: sql`heard AS (
      SELECT j.id, j.due_at, j.segments, j.on_cap, j.free_at, j.turn, j.is_free_form, j.session_closes_at,
        CASE
          WHEN j.verdict <> 'send' OR NOT j.is_free_form OR j.session_closes_at > ${onTheWire}::timestamptz
            THEN j.verdict
          WHEN j.otherwise_id IS NOT NULL AND ${isApproved} THEN 'otherwise'
          ELSE 'outsideSession'
        END AS verdict
      FROM judged j
    ),`,
    from: sql`heard`,
    set: sql`, ${sql.join([
      otherwiseSet('content', sql`content #> '{otherwise,content}'`),
      otherwiseSet('template_id', sql`(content #>> '{otherwise,templateId}')::int`),
      otherwiseSet('price_micros', sql`(content #>> '{otherwise,priceMicros}')::bigint`),
    ])}`,
    endOfLeaving: {
      join: sql`LEFT JOIN paced p ON p.id = moved.id AND p.is_free_form AND p.verdict = 'send'`,
      column: sql`p.session_closes_at`,
    },
  };
}

/** SQL: a column's new value where a message leaves otherwise. */
const otherwiseSet = (column: string, value: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  ${sql.ref(column)} = CASE WHEN id = ANY (ARRAY(SELECT id FROM paced WHERE verdict = 'otherwise'))
    THEN ${value} ELSE ${sql.ref(column)} END`;

function statement(request: ClaimRequest) {
  const { lane, senderId, medium, purpose, now, limit, segments, today, frequencyCaps, dispatcher, wire } =
    request;
  const promotional = purpose === 'promotional';
  const held = holding(medium, lane, sql`d.user_id`, sql`d.to_address`);
  const soon = new Date(now.getTime() + shortestWaitMinutes * 60_000);
  const onTheWire = new Date(now.getTime() + wireMarginMs);
  const farthest = hoursBefore(now, Math.max(24, ...frequencyCaps.map((cap) => cap.hours)));
  const counted = frequencyCaps.map((cap, index) => countOfCap(cap, index, now));
  const limits = promotional ? [legalLimit, ...frequencyCaps.map(limitOfCap)] : [];
  const reasons = limits.map(({ reached, reason }) => sql`WHEN ${reached} THEN ${reason}`);
  const instants = limits.map(({ reached, freeAt }) => sql`WHEN ${reached} THEN ${freeAt}`);
  const withinLaw = sql`(WHERE p.medium = ANY (${lawfulMedia}::text[])
    AND ${hoursAfter(sql`p.dispatched_at`, sql`d.legal_cap_hours`)} > ${now}::timestamptz)`;
  // Asked for each row by itself: joined as a set, a planner that knows little of the table reads the whole lane.
  const recent = promotional
    ? sql`LEFT JOIN LATERAL (
        SELECT (count(*) FILTER ${withinLaw})::int AS legal, min(p.dispatched_at) FILTER ${withinLaw} AS legal_oldest
          ${counted.length > 0 ? sql`, ${sql.join(counted)}` : sql``}
        FROM message p
        WHERE p.lane = ${lane} AND p.user_id = d.user_id AND p.purpose = 'promotional'
          AND p.dispatched_at > ${farthest}::timestamptz
          AND p.id <> d.id AND p.status <> 'skipped' AND p.basis IN ('optIn', 'pendingOptIn')
      ) r ON true`
    : sql``;
  // Only what a provider approves is asked of: what left its admission was approved, and may be so no more.
  const [submitted, template, refused] = mustBeApproved(medium)
    ? [
        sql`, template_id, content ->> 'name' AS provider_name, content ->> 'language' AS language`,
        sql`LEFT JOIN template_approval approval ON approval.template_id = d.template_id
          AND approval.name = d.provider_name AND approval.language = d.language`,
        sql`WHEN approval.status <> 'APPROVED' THEN 'templateNotApproved'`,
      ]
    : [sql``, sql``, sql``];
  const session = sessionOf(request, onTheWire);
  return sql<ClaimedRow>`
    WITH due AS MATERIALIZED (
      SELECT ${standing}, user_id, channel_id, message_type_id, medium, basis, to_address,
        closes_at, leave_before, rank, legal_cap, legal_cap_hours, on_cap ${submitted} ${session.columns}
      FROM message
      WHERE lane = ${lane} AND sender_id = ${senderId} AND waits_at <= ${now}::timestamptz
      ORDER BY waits_at, id
      LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ), judged AS (
      SELECT d.id, d.due_at, d.segments, d.on_cap, ${session.end},
        CASE WHEN false THEN NULL::timestamptz ${sql.join(instants, sql` `)} END AS free_at,
        row_number() OVER (PARTITION BY d.user_id ORDER BY coalesce(d.rank, 1), d.due_at, d.id) AS turn,
        CASE
          WHEN b.state = 'aborted' THEN 'campaignAborted'
          WHEN b.state = 'cancelled' THEN 'campaignCancelled'
          WHEN b.state = 'held' THEN 'wait'
          -- Their person is gone; what was in doubt then keeps its address for a while, so that its fate can be asked for.
          WHEN d.to_address IS NULL OR ${isToEmpty(lane, sql`d.id`)} THEN 'userDeleted'
          WHEN d.leave_before <= ${onTheWire}::timestamptz THEN 'tooLate'
          WHEN d.basis IN ('ownMessage', 'test') THEN 'send'
          -- What somebody asks for at their address needs no opt-in; whoever has the address next did not ask for it.
          WHEN d.basis = 'ownRequest' AND channel.status = 'unsubscribed' THEN 'optedOut'
          WHEN d.basis = 'ownRequest' AND held.value IS NULL THEN 'moved'
          WHEN d.basis = 'ownRequest' THEN 'send'
          WHEN held.value IS NULL AND (SELECT 1 FROM users u WHERE u.lane = ${lane} AND u.id = d.user_id) IS NULL
            THEN 'moved'
          WHEN NOT asked.again AND (channel.status = 'unsubscribed' OR type.status = 'unsubscribed') THEN 'optedOut'
          WHEN NOT asked.again
            AND (channel.status IS DISTINCT FROM 'subscribed' OR type.status IS DISTINCT FROM 'subscribed') THEN 'noOptIn'
          WHEN held.value IS NULL OR ${held.isDead} AND d.basis = 'optIn' THEN 'moved'
          ${refused}
          WHEN ${promotional} AND (channel.paused_at IS NOT NULL OR type.paused_at IS NOT NULL) THEN 'paused'
          WHEN d.closes_at <= ${onTheWire}::timestamptz THEN 'expired'
          ${sql.join(reasons, sql` `)}
          ELSE 'send'
        END AS verdict
      FROM due d
      LEFT JOIN brake b ON b.campaign_id = d.campaign_id
      ${held.join}
      LEFT JOIN subscription channel ON channel.lane = ${lane} AND channel.user_id = d.user_id
        AND channel.kind = 'channel' AND channel.target_id = d.channel_id
      LEFT JOIN subscription type ON type.lane = ${lane} AND type.user_id = d.user_id
        AND type.kind = 'messageType' AND type.target_id = d.message_type_id
      CROSS JOIN LATERAL (SELECT d.basis = 'pendingOptIn' AND coalesce(type.status = 'pending', false)
        AND (channel.status IS DISTINCT FROM 'unsubscribed' OR type.since > channel.since) AS again) asked
      ${template}
      ${recent}
    ), ${session.judged} paced AS MATERIALIZED (
      SELECT j.*,
        sum(CASE WHEN verdict IN (${leavingVerdicts}) THEN segments ELSE 0 END) OVER (ORDER BY due_at, id) - segments AS before
      FROM ${session.from} j
      WHERE NOT ${promotional} OR turn = 1
    ), leaving AS (
      -- By their ids alone: joined, a planner that knows little of the table reads the whole lane for each row.
      UPDATE message SET status = 'dispatching', skip_reason = NULL, dispatched_at = ${now}::timestamptz,
        dispatcher = ${dispatcher}::int, wire = ${wire}, attempts = attempts + 1 ${session.set}
      WHERE lane = ${lane} AND id = ANY (ARRAY(
        SELECT id FROM paced WHERE verdict IN (${leavingVerdicts})
          AND (before < ${segments} OR before = 0) AND before + segments <= ${today}))
      RETURNING ${standing}, ${claimed}, 'send' AS verdict
    ), departing AS (
      INSERT INTO departure (lane, dispatcher, message_ids, departed_at)
      SELECT here.lane, ${dispatcher}::int, array_agg(leaving.id), ${now}::timestamptz
      FROM leaving CROSS JOIN ${here(lane)} GROUP BY here.lane
    ), staying AS (
      UPDATE message SET
        status = CASE WHEN p.waits THEN 'queued' ELSE ${ended.status} END,
        skip_reason = CASE WHEN NOT p.waits THEN ${ended.reason(sql`p.verdict`)} END,
        due_at = CASE
          WHEN p.verdict = 'wait' THEN 'infinity'
          WHEN p.is_capped AND p.waits THEN greatest(p.free_at, ${soon}::timestamptz)
          ELSE message.due_at END
      FROM (
        SELECT id AS staying_id, verdict, free_at, is_capped,
          verdict IN ('wait', 'expired', 'moved') OR (is_capped AND on_cap = 'delay') AS waits
        FROM paced CROSS JOIN LATERAL (SELECT verdict IN ('legalCap', 'frequencyCap') AS is_capped) cap
        WHERE verdict NOT IN (${leavingVerdicts})) p
      WHERE lane = ${lane} AND id = p.staying_id
        AND id = ANY (ARRAY(SELECT id FROM paced WHERE verdict NOT IN (${leavingVerdicts})))
      RETURNING ${standing}, ${claimed}, p.verdict
    ), moved AS (
      SELECT * FROM leaving UNION ALL SELECT * FROM staying
    ), ${counting(lane, 'moved', 'due')}
    SELECT (SELECT count(*) FROM due)::int AS seen, moved.id, campaign_id, status, skip_reason, moved.segments, moved.verdict, ${claimed},
      ${session.endOfLeaving.column} AS session_closes_at
    FROM (SELECT 1) one LEFT JOIN moved ON true ${session.endOfLeaving.join}
    ORDER BY moved.id
  `;
}
