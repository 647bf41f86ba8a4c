import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { takingResponses } from '../../events/note-responses.sql.ts';
import { here } from '../../lanes/here.sql.ts';
import type { Ask } from '../../lanes/over-lanes.sql.ts';

/**
 * What is kept of a campaign: taps on links by people, by previews and by bots; opens of emails by anybody and by people;
 * replies; opt-outs. `openedMessage` counts the emails that were opened, by anybody.
 */
export type ResponseKind =
  | 'click'
  | 'preview'
  | 'bot'
  | 'open'
  | 'openByPerson'
  | 'openedMessage'
  | 'reply'
  | 'optOut';

/** SQL: how long after a message left an opt-out or a reply is put down to it. */
export const consequence = sql`interval '24 hours'`;

/** SQL: a message of alias `m` that left. */
const isSend = sql`m.status NOT IN ('queued', 'skipped')`;

/** SQL: whether a message of alias `m` left within the day before `at`. */
const leftWithinDay = (at: RawBuilder<unknown>) =>
  sql`${isSend} AND m.dispatched_at <= ${at} AND m.dispatched_at > ${at} - ${consequence}`;

/** SQL: whether somebody who wrote to a sender at a time answered the message of alias `m`. */
export const isAnswered = (senderId: RawBuilder<unknown>, at: RawBuilder<unknown>) =>
  sql`m.sender_id = ${senderId} AND ${leftWithinDay(at)}`;

/**
 * SQL: whether an opt-out of a channel or of types is put down to the message of alias `m`. One that had bounced by then did
 * not reach anybody: a provider that refuses it tells of an older opt-out.
 */
export const isLeftBy = (
  channelIds: RawBuilder<unknown>,
  messageTypeIds: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
) =>
  sql`(m.channel_id = ANY (${channelIds}) OR m.message_type_id = ANY (${messageTypeIds})) AND ${leftWithinDay(at)}
    AND (m.status <> 'bounced' OR m.failed_at > ${at})`;

/**
 * SQL: what noted responses of alias `noted` are counted as, and whom by; a reply or an opt-out for each campaign it is put down
 * to, with those of its messages that it is put down to.
 */
function countedAs(noted: string, isIn: RawBuilder<unknown>): RawBuilder<unknown> {
  const n = sql.ref(noted);
  const [at, sender] = [sql`${n}.at`, sql`${n}.sender_id`];
  const [channels, types] = [sql`${n}.channel_ids`, sql`${n}.message_type_ids`];
  // Asked for each response by itself: they are few, and the messages of a campaign many.
  return sql`
    SELECT ${n}.lane, ${n}.project_id, coalesce(${n}.campaign_id, sent.campaign_id) AS campaign_id, ${n}.user_id, cell.*,
      sent.message_ids
    FROM ${n} LEFT JOIN LATERAL (
      SELECT m.campaign_id, array_agg(m.id) AS message_ids FROM message m
      WHERE m.lane = ${n}.lane AND m.lane ${isIn} AND m.user_id = ${n}.user_id AND m.project_id = ${n}.project_id
        AND m.campaign_id IS NOT NULL AND CASE ${n}.kind WHEN 'reply' THEN ${isAnswered(sender, at)}
          WHEN 'optOut' THEN ${isLeftBy(channels, types, at)} ELSE false END
      GROUP BY m.campaign_id OFFSET 0
    ) sent ON ${n}.campaign_id IS NULL
    CROSS JOIN LATERAL (
      SELECT ${n}.kind, 0::bigint AS page_key, 0::bigint AS address_key, CASE ${n}.kind WHEN 'preview' THEN NULL
        WHEN 'bot' THEN NULL ELSE ${n}.user_id END AS subject_id WHERE ${n}.kind NOT IN ('personOpen', 'machineOpen')
      UNION ALL SELECT ${n}.kind, ${n}.page_key, link.address_key, CASE ${n}.kind WHEN 'click' THEN ${n}.user_id END
        FROM unnest(ARRAY[0, ${n}.address_key]) link (address_key) WHERE ${n}.page_key IS NOT NULL
      UNION ALL SELECT 'open', 0, 0, ${n}.user_id WHERE ${n}.kind IN ('personOpen', 'machineOpen')
      UNION ALL SELECT 'openByPerson', 0, 0, ${n}.user_id WHERE ${n}.kind = 'personOpen'
      UNION ALL SELECT 'openedMessage', 0, 0, ${n}.message_id WHERE ${n}.kind IN ('personOpen', 'machineOpen')
    ) cell
    WHERE coalesce(${n}.campaign_id, sent.campaign_id) IS NOT NULL`;
}

/** Of so many addresses, and of more of one lane, each is kept; more are each person's own, and kept by their pages only. */
export const mostAddresses = 50;

/** SQL: what tells a sum from the others of its lane. */
const key = sql`campaign_id, kind, page_key, address_key`;

/** Adds what was noted in a lane to its sums. The caller holds the lane. */
export async function foldResponses(transaction: Database, lane: number): Promise<void> {
  await sql`
    WITH taken AS (${takingResponses(lane)}), noted AS MATERIALIZED (${countedAs('taken', sql`= ${lane}`)}), crowded AS (
      SELECT campaign_id FROM response_rollup
      WHERE lane = ${lane} AND address_key <> 0 AND campaign_id IN (SELECT campaign_id FROM noted WHERE address_key <> 0)
      GROUP BY 1 HAVING count(DISTINCT address_key) > ${mostAddresses}
    ), counted AS MATERIALIZED (
      SELECT * FROM noted WHERE address_key = 0 OR campaign_id NOT IN (SELECT campaign_id FROM crowded)
    ), met AS (
      INSERT INTO responder (lane, ${key}, subject_id)
      SELECT DISTINCT here.lane, c.campaign_id, c.kind, c.page_key, c.address_key, c.subject_id
      FROM ${here(lane)} CROSS JOIN counted c WHERE c.subject_id IS NOT NULL
      ON CONFLICT DO NOTHING RETURNING ${key}
    ), newcomers AS (
      SELECT ${key}, count(*) AS people FROM met GROUP BY ${key}
    ), summed AS (
      SELECT ${key}, project_id, count(*) AS total FROM counted GROUP BY ${key}, project_id
    ), kept AS (
      INSERT INTO response_rollup (lane, ${key}, project_id, total, people)
      SELECT here.lane, s.campaign_id, s.kind, s.page_key, s.address_key, s.project_id, s.total, coalesce(n.people, 0)
      FROM ${here(lane)} CROSS JOIN summed s LEFT JOIN newcomers n ON n.campaign_id = s.campaign_id AND n.kind = s.kind
        AND n.page_key = s.page_key AND n.address_key = s.address_key
      ON CONFLICT (campaign_id, lane, kind, page_key, address_key) DO UPDATE SET
        total = response_rollup.total + excluded.total, people = response_rollup.people + excluded.people
    ), put_down AS (
      INSERT INTO response_put_down (lane, campaign_id, project_id, kind, user_id, message_ids)
      SELECT here.lane, n.campaign_id, n.project_id, n.kind, n.user_id, n.message_ids
      FROM ${here(lane)} CROSS JOIN noted n WHERE n.kind IN ('reply', 'optOut')
    )
    SELECT 1`.execute(transaction);
}

/** SQL: responses that are not folded yet and may be a campaign's. */
const notedOf = (projectId: number, campaignId: number, isIn: RawBuilder<unknown>) => sql`
  SELECT * FROM response_change
  WHERE lane ${isIn} AND project_id = ${projectId} AND (campaign_id = ${campaignId} OR campaign_id IS NULL)`;

/**
 * SQL: `kind`, `total` and `people` of the replies and opt-outs that are put down to those of a campaign's messages `m` that are
 * `chosen`. As they were put down when they came, since what they are known by does not stay: people are merged and forgotten,
 * and what left is sent again.
 */
export const countingPutDown = (
  projectId: number,
  campaignId: number,
  isIn: RawBuilder<unknown>,
  chosen: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  SELECT p.kind, count(*) AS total, count(DISTINCT p.user_id) AS people FROM (
    SELECT lane, kind, user_id, message_ids FROM response_put_down
    WHERE campaign_id = ${campaignId} AND lane ${isIn} AND project_id = ${projectId}
    UNION ALL
    SELECT c.lane, c.kind, c.user_id, c.message_ids
    FROM (WITH noted AS (${notedOf(projectId, campaignId, isIn)}) ${countedAs('noted', isIn)}) c
    WHERE c.campaign_id = ${campaignId} AND c.kind IN ('reply', 'optOut')
  ) p
  WHERE EXISTS (SELECT 1 FROM message m WHERE m.lane = p.lane AND m.id = ANY (p.message_ids) AND ${chosen} OFFSET 0)
  GROUP BY p.kind`;

/** How often something was done, and by how many people (or with how many emails). */
export interface ResponseCount {
  kind: ResponseKind;
  total: number;
  people: number;
}

/** Clicks of one kind on a page, or on one address of it. */
export interface LinkCount extends ResponseCount {
  /** Hashes, too long for a number. */
  page: string;
  /** '0': all of the page's. */
  address: string;
}

/** What is kept of a campaign's responses, with those noted since. */
export function readResponses(ask: Ask, projectId: number, campaignId: number): Promise<ResponseCount[]> {
  return ask.overLanes(
    (isIn) => sql<ResponseCount>`
    SELECT kind, sum(total)::bigint AS total, sum(people)::bigint AS people
    FROM (${keptIn(projectId, campaignId, isIn, 'all')}) kept GROUP BY kind`,
  );
}

/** The same of clicks, by where they led. */
export function readLinkCounts(ask: Ask, projectId: number, campaignId: number): Promise<LinkCount[]> {
  return ask.overLanes(
    (isIn) => sql<LinkCount>`
    SELECT kind, page_key::text AS page, address_key::text AS address, sum(total)::bigint AS total, sum(people)::bigint AS people
    FROM (${keptIn(projectId, campaignId, isIn, 'links')}) kept GROUP BY kind, page_key, address_key`,
  );
}

/** SQL: a campaign's sums, of everything or by link, and what they grow by. */
function keptIn(
  projectId: number,
  campaignId: number,
  isIn: RawBuilder<unknown>,
  which: 'all' | 'links',
): RawBuilder<unknown> {
  const asked = which === 'all' ? sql`page_key = 0` : sql`page_key <> 0`;
  return sql`
    WITH noted AS (${notedOf(projectId, campaignId, isIn)}), counted AS (${countedAs('noted', isIn)})
    SELECT kind, page_key, address_key, total, people FROM response_rollup
    WHERE campaign_id = ${campaignId} AND lane ${isIn} AND project_id = ${projectId} AND ${asked}
    UNION ALL
    SELECT c.kind, c.page_key, c.address_key, count(*), count(DISTINCT c.subject_id) FILTER (WHERE NOT EXISTS (
      SELECT 1 FROM responder r WHERE r.lane = c.lane AND r.lane ${isIn} AND r.campaign_id = c.campaign_id AND r.kind = c.kind
        AND r.page_key = c.page_key AND r.address_key = c.address_key AND r.subject_id = c.subject_id))
    FROM counted c WHERE c.campaign_id = ${campaignId} AND ${asked} GROUP BY c.kind, c.page_key, c.address_key`;
}
