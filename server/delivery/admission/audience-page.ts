import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { StandingStatus } from '../../database/tables/consent.ts';
import { factsOf, type Medium } from '../../medium/media.ts';
import { isOfAudience, isOfLists, type ReadAudience } from '../../segments/audience.ts';
import { type OpenSession, sessionsOfUser } from '../../senders/sessions/sessions.sql.ts';
import { choosing } from '../../users/address-rows.sql.ts';

/** A user of an audience with all that admission asks about it. */
export interface AudienceUser {
  id: number;
  /** False when the list names a user that no longer exists. */
  exists: boolean;
  email: string | null;
  externalId: string | null;
  phoneNumber: string | null;
  /** Where the medium reaches them (users/addresses.ts); null where it does not. */
  address: string | null;
  /** The carrier's code, where that address turned out to be unreachable there. */
  unreachable: string | null;
  dataFields: Record<string, unknown>;
  placeKey: string;
  channelStatus: StandingStatus | null;
  typeStatus: StandingStatus | null;
  paused: boolean;
  /** The pool's sender this user has come to know. */
  stickySenderId: number | null;
  /** Their sessions with senders of the medium, open or over; null where there are none, or the medium has no such thing. */
  sessions: readonly OpenSession[] | null;
  /** A message of the campaign that may not be repeated is sent to them, or waits. */
  hadCampaign: boolean;
}

/** Which users to look at, and by which medium, channel and message type. */
export interface AudienceRequest {
  projectId: number;
  lane: number;
  medium: Medium;
  channelId: number;
  messageTypeId: number;
  poolId: number | null;
  /** The campaign that may not be repeated, null for none. */
  noRepeatOf: number | null;
}

/** The next people of an audience in one lane. */
export interface AudiencePage {
  /** Those of whom something is to be decided: whoever is on a list and no user any more is passed over. */
  users: AudienceUser[];
  /** How many were looked at, and the last one's id. */
  looked: number;
  last: number;
  /** Whether nobody comes after them. */
  isEnd: boolean;
}

/** Which page of an audience: those after the given one, as of an instant. */
export interface PageRequest extends AudienceRequest {
  audience: ReadAudience;
  afterUserId: number;
  limit: number;
  now: Date;
}

/** The next people of an audience in one lane, by id. Who is of its segments is asked anew for each page. */
export async function nextAudiencePage(db: Database, request: PageRequest): Promise<AudiencePage> {
  const { afterUserId, limit } = request;
  const found = await usersWithStanding(db, request, idsOfPage(request));
  return {
    users: found.filter((user) => user.exists),
    looked: found.length,
    last: found.at(-1)?.id ?? afterUserId,
    isEnd: found.length < limit,
  };
}

/** SQL: the ids of a page, as `user_id`. */
export function idsOfPage({
  projectId,
  lane,
  audience,
  afterUserId,
  limit,
  now,
}: Pick<PageRequest, 'projectId' | 'lane' | 'audience' | 'afterUserId' | 'limit' | 'now'>): ReturnType<
  typeof sql
> {
  if (!isOfLists(audience))
    return sql`
      SELECT u.id AS user_id FROM users u
      WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id > ${afterUserId}
        AND ${isOfAudience(audience, { projectId, lane, now, among: null })}
      ORDER BY u.id LIMIT ${limit}`;
  const { listIds, suppressionListIds } = audience;
  return sql`
    SELECT DISTINCT m.user_id FROM list_member m
    WHERE m.lane = ${lane} AND m.list_id = ANY (${listIds}::int[]) AND m.user_id > ${afterUserId}
      AND NOT EXISTS (SELECT 1 FROM list_member s
        WHERE s.lane = ${lane} AND s.list_id = ANY (${suppressionListIds}::int[]) AND s.user_id = m.user_id)
    ORDER BY m.user_id LIMIT ${limit}`;
}

/** Users of one lane by their ids. */
export async function usersById(
  db: Database,
  request: AudienceRequest,
  ids: number[],
): Promise<AudienceUser[]> {
  return usersWithStanding(db, request, sql`SELECT unnest(${ids}::bigint[]) AS user_id`);
}

async function usersWithStanding(
  db: Database,
  request: AudienceRequest,
  audience: ReturnType<typeof sql>,
): Promise<AudienceUser[]> {
  const { projectId, lane, medium, channelId, messageTypeId, poolId, noRepeatOf } = request;
  const { join, order, code } = choosing(medium, lane, sql`u.id`);
  const { rows } = await sql<AudienceUser>`
    SELECT DISTINCT ON (a.user_id) a.user_id AS id, u.id IS NOT NULL AS "exists", u.email, u.external_id AS "externalId",
      u.phone_number AS "phoneNumber", chosen.value AS address, ${code} AS unreachable,
      coalesce(u.data_fields, '{}') AS "dataFields", coalesce(u.place_key, '') AS "placeKey",
      channel.status AS "channelStatus", type.status AS "typeStatus",
      channel.paused_at IS NOT NULL OR type.paused_at IS NOT NULL AS paused,
      sticky.sender_id AS "stickySenderId",
      ${factsOf(medium).sessionHours === null ? sql`NULL` : sessionsOfUser(lane, sql`a.user_id`)} AS sessions,
      ${noRepeatOf}::int IS NOT NULL AND EXISTS (SELECT 1 FROM message had
        WHERE had.lane = ${lane} AND had.user_id = a.user_id AND had.campaign_id = ${noRepeatOf}::int
          AND had.status <> 'skipped') AS "hadCampaign"
    FROM (${audience}) a
    LEFT JOIN users u ON u.lane = ${lane} AND u.id = a.user_id AND u.project_id = ${projectId}
    ${join}
    LEFT JOIN subscription channel ON channel.lane = ${lane} AND channel.user_id = a.user_id
      AND channel.kind = 'channel' AND channel.target_id = ${channelId}
    LEFT JOIN subscription type ON type.lane = ${lane} AND type.user_id = a.user_id
      AND type.kind = 'messageType' AND type.target_id = ${messageTypeId}
    LEFT JOIN sticky_sender sticky ON sticky.lane = ${lane} AND sticky.user_id = a.user_id
      AND sticky.pool_id = ${poolId}::int
    ORDER BY a.user_id, ${order}
  `.execute(db);
  return rows;
}
