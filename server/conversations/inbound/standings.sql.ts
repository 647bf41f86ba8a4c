import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { sendTogether } from '../../database/send-together.ts';
import type { Purpose, StandingStatus } from '../../database/tables/consent.ts';
import type { Medium } from '../../medium/media.ts';
import { sendByLane } from '../../users/by-lane.ts';
import type { UserRef } from '../../users/identity.ts';
import type { Inbound } from './inbound.ts';
import { revokesAll } from './revoke-all.ts';

/** Where a person stands with a channel or message type, as a reply needs it. */
export interface Standing {
  kind: 'channel' | 'messageType';
  targetId: number;
  /** The channel itself, or the one the message type belongs to. */
  channelId: number;
  status: StandingStatus;
  /** The ledger entry behind it: types that a channel's opt-out ended have the channel's. */
  entryId: number;
}

/** The channels of the medium a person wrote on, those of the sender's purpose first. */
interface ChannelsOfMedium {
  /** Those that an opt-out ends. */
  ended: number[];
  /** Those that an opt-in is about: of the sender's own purpose. */
  joined: number[];
}

/**
 * Which channels words to a sender are about. An opt-out to a promotional sender ends the medium's promotional
 * ones; one to a transactional sender ends all of the medium, since a person who refuses even what they need wants
 * nothing; so does any where a law says so (revoke-all.ts). An opt-in is only about the sender's own purpose.
 */
export async function channelsOf(db: Database, inbound: Inbound): Promise<ChannelsOfMedium> {
  const { sender } = inbound;
  const rows = await db
    .selectFrom('channel')
    .select(['id', 'purpose'])
    .where('project_id', '=', inbound.projectId)
    .where('medium', '=', sender.medium)
    .orderBy('id')
    .execute();
  const own = rows.filter((row) => row.purpose === sender.purpose).map((row) => row.id);
  const others = rows.filter((row) => row.purpose !== sender.purpose).map((row) => row.id);
  const endsAll =
    sender.purpose === 'transactional' || revokesAll(sender.medium, inbound.address, inbound.at);
  return { ended: endsAll ? [...own, ...others] : own, joined: own };
}

/** All that is on record of a person's standing. */
export async function standingsOf(db: Database, inbound: Inbound): Promise<Standing[]> {
  const rows = await db
    .selectFrom('subscription')
    .leftJoin('message_type', 'message_type.id', 'subscription.target_id')
    .select(['kind', 'target_id', 'status', 'entry_id', 'message_type.channel_id'])
    .where('lane', '=', inbound.user.lane)
    .where('subscription.project_id', '=', inbound.projectId)
    .where('user_id', '=', inbound.user.id)
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    targetId: row.target_id,
    channelId: row.kind === 'channel' ? row.target_id : (row.channel_id ?? 0),
    status: row.status,
    entryId: row.entry_id,
  }));
}

/**
 * The pending message types that this sender has asked this address to confirm since they are pending. Who was merged
 * into the person was asked on their behalf: such messages stay where they were. Words that name the message which they answer, as a press
 * on its button does, are no answer to another.
 */
export async function typesAskedAbout(db: Database, inbound: Inbound): Promise<number[]> {
  const { user, sender, addresses, answers: named } = inbound;
  const [pending, merged] = await sendTogether(db, (send) =>
    Promise.all([
      send(sql<{ typeId: number; since: Date }>`
        SELECT target_id AS "typeId", since FROM subscription
        WHERE lane = ${user.lane} AND user_id = ${user.id} AND project_id = ${inbound.projectId}
          AND kind = 'messageType' AND status = 'pending'`),
      send(sql<UserRef>`
        SELECT source_lane AS lane, source_id AS id FROM merged_user
        WHERE lane = ${user.lane} AND user_id = ${user.id}`),
    ]),
  );
  if (pending.rows.length === 0) return [];
  const asked = [{ lane: user.lane, id: user.id }, ...merged.rows];
  const answers = await sendByLane(
    db,
    asked,
    ({ lane }) => lane,
    (lane, group) => sql<{ typeId: number }>`
      SELECT DISTINCT p.type_id AS "typeId"
      FROM unnest(${pending.rows.map(({ typeId }) => typeId)}::int[], ${pending.rows.map(({ since }) => since)}::timestamptz[])
        AS p (type_id, since)
      JOIN message m ON m.message_type_id = p.type_id AND m.dispatched_at >= p.since
      WHERE m.lane = ${lane} AND m.user_id = ANY(${group.map(({ id }) => id)}::bigint[]) AND m.basis = 'pendingOptIn'
        AND m.sender_id = ${sender.id} AND m.to_address = ANY(${addresses}::text[])
        AND (${named}::bigint IS NULL OR m.id = ${named})
        AND m.status NOT IN ('queued', 'skipped', 'bounced')`,
  );
  const types = new Set(answers.flatMap(({ rows }) => rows.map(({ typeId }) => typeId)));
  return [...types].sort((a, b) => a - b);
}

/** The message type that START signs a newcomer up to: the first that is declared for it in these channels. */
export async function typeOfStart(
  db: Database,
  channelIds: readonly number[],
): Promise<{ id: number; doubleOptIn: boolean } | undefined> {
  return db
    .selectFrom('message_type')
    .select(['id', 'double_opt_in as doubleOptIn'])
    .where('channel_id', 'in', [...channelIds, -1])
    .where('start_subscribes', '=', true)
    .orderBy('channel_id')
    .executeTakeFirst();
}

/** The message type that a word of the project's own joins; undefined where it is gone. */
export const typeOfWord = (
  db: Database,
  projectId: number,
  typeId: number,
): Promise<{ doubleOptIn: boolean } | undefined> =>
  db
    .selectFrom('message_type')
    .select('double_opt_in as doubleOptIn')
    .where('project_id', '=', projectId)
    .where('id', '=', typeId)
    .executeTakeFirst();

/** How often the messages come, where it is one type's; several may differ. */
export async function frequencyOf(db: Database, typeIds: readonly number[]): Promise<string | undefined> {
  const [only, ...more] = typeIds;
  if (only === undefined || more.length > 0) return undefined;
  const type = await db
    .selectFrom('message_type')
    .select('frequency')
    .where('id', '=', only)
    .executeTakeFirst();
  return type?.frequency;
}

/** A project's channels of a medium, those of one purpose where it is told. */
export async function channelsOn(
  db: Database,
  projectId: number,
  medium: Medium,
  purpose?: Purpose,
): Promise<number[]> {
  let channels = db
    .selectFrom('channel')
    .select('id')
    .where('project_id', '=', projectId)
    .where('medium', '=', medium);
  if (purpose) channels = channels.where('purpose', '=', purpose);
  return (await channels.execute()).map((row) => row.id);
}

/** The channels of a medium that a person has not left. */
export async function standingChannels(
  db: Database,
  projectId: number,
  user: UserRef,
  medium: Medium,
): Promise<number[]> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('channel', 'channel.id', 'subscription.target_id')
    .select('target_id')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('subscription.project_id', '=', projectId)
    .where('kind', '=', 'channel')
    .where('medium', '=', medium)
    .where('status', '<>', 'unsubscribed')
    .execute();
  return rows.map((row) => row.target_id);
}
