import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import { zoneOfPerson } from '../../segments/time/zone.ts';
import type { Where } from '../definition/tile-kind.ts';
import type { DateRule } from '../triggers/trigger-kind.ts';

/** A person's date as their profile has it, with what is kept of it. */
export interface KnownDate {
  userId: number;
  /** The value as it stands in the profile; null where there is none. */
  value: unknown;
  zone: string;
  /** What was kept last; null for nobody who was looked at. */
  kept: KeptDate | null;
}

/** What is kept of a person's date in a journey. */
export interface KeptDate {
  value: unknown;
  /** Only what comes after this instant lets them in: when the date was learnt, or when they were last let in. */
  since: Date;
  /** Days that have let them in, or were to. */
  used: readonly string[];
  /** The day that comes next, and when it lets them in; null for none. */
  day: string | null;
  dueAt: Date | null;
}

/** The dates of people of one lane, by the path and the zone of a journey's rule; who is gone is absent. */
export async function datesOf(
  db: Database,
  { projectId, lane }: Omit<Where, 'now'>,
  journeyId: number,
  { path, zone }: DateRule,
  userIds: readonly number[],
): Promise<KnownDate[]> {
  const { rows } = await sql<
    Omit<KnownDate, 'kept'> & { keptValue: unknown; since: Date | null } & Omit<KeptDate, 'value' | 'since'>
  >`
    SELECT u.id AS "userId", u.data_fields #> ${path}::text[] AS value, ${zoneOfPerson(zone, 'u')} AS zone,
      d.value AS "keptValue", d.since, d.used, d.day, d.due_at AS "dueAt"
    FROM users u LEFT JOIN journey_date d ON d.lane = ${lane} AND d.journey_id = ${journeyId} AND d.user_id = u.id
    WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id = ANY (${userIds}::bigint[])`.execute(db);
  return rows.map(({ userId, value, zone: inZone, keptValue, since, used, day, dueAt }) => ({
    ...{ userId, value, zone: inZone },
    kept: since === null ? null : { value: keptValue, since, used, day, dueAt },
  }));
}

/** The next people of a lane, by their ids, whose profile has something at a path. */
export async function peopleWithDate(
  db: Database,
  { projectId, lane }: Omit<Where, 'now'>,
  { path }: DateRule,
  afterUserId: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT u.id FROM users u
    WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id > ${afterUserId} AND u.data_fields #> ${path}::text[] IS NOT NULL
    ORDER BY u.id LIMIT ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Keeps dates of people of one lane, over what was kept. */
export async function keepDates(
  transaction: Database,
  { projectId, lane }: Omit<Where, 'now'>,
  journeyId: number,
  dates: readonly (KeptDate & { userId: number })[],
): Promise<void> {
  if (dates.length === 0) return;
  await sql`
    INSERT INTO journey_date (lane, journey_id, user_id, project_id, value, since, used, day, due_at)
    SELECT here.lane, ${journeyId}, n.user_id, ${projectId}, n.value::jsonb, n.since,
      ARRAY(SELECT jsonb_array_elements_text(n.used::jsonb)), n.day, n.due_at
    FROM ${here(lane)} CROSS JOIN unnest(${dates.map(({ userId }) => userId)}::bigint[],
      ${dates.map(({ value }) => JSON.stringify(value ?? null))}::text[], ${dates.map(({ since }) => since)}::timestamptz[],
      ${dates.map(({ used }) => JSON.stringify(used))}::text[], ${dates.map(({ day }) => day)}::text[],
      ${dates.map(({ dueAt }) => dueAt)}::timestamptz[]) AS n (user_id, value, since, used, day, due_at)
    ON CONFLICT (lane, journey_id, user_id) DO UPDATE SET value = excluded.value, since = excluded.since, used = excluded.used,
      day = excluded.day, due_at = excluded.due_at`.execute(transaction);
}

/** People of a lane whose dates let them into a journey by now, the longest due first. */
export async function dueDates(
  db: Database,
  lane: number,
  journeyId: number,
  now: Date,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ userId: number }>`
    SELECT user_id AS "userId" FROM journey_date
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND due_at <= ${now}::timestamptz ORDER BY due_at, user_id LIMIT ${limit}`.execute(
    db,
  );
  return rows.map(({ userId }) => userId);
}

/** How far a lane has come with learning the dates by which a version of a journey lets people in. */
export interface DatePlace {
  version: number;
  /** The rule by which the dates that are kept were learnt. */
  rule: string;
  afterUserId: number;
  isDone: boolean;
}

/** The place of a lane; null where it has not begun. */
export async function datePlace(db: Database, lane: number, journeyId: number): Promise<DatePlace | null> {
  const { rows } = await sql<DatePlace>`
    SELECT version, rule, after_user_id AS "afterUserId", is_done AS "isDone" FROM journey_date_lane
    WHERE lane = ${lane} AND journey_id = ${journeyId}`.execute(db);
  return rows[0] ?? null;
}

/** Notes how far a lane has come. */
export async function placeDates(
  transaction: Database,
  lane: number,
  journeyId: number,
  { version, rule, afterUserId, isDone }: DatePlace,
): Promise<void> {
  await sql`
    INSERT INTO journey_date_lane (lane, journey_id, version, rule, after_user_id, is_done)
    SELECT here.lane, ${journeyId}, ${version}, ${rule}, ${afterUserId}, ${isDone} FROM ${here(lane)}
    ON CONFLICT (lane, journey_id) DO UPDATE SET version = excluded.version, rule = excluded.rule, after_user_id = excluded.after_user_id, is_done = excluded.is_done`.execute(
    transaction,
  );
}

/** Forgets the dates of journeys in a lane. */
export async function dropDates(
  transaction: Database,
  lane: number,
  journeyIds: readonly number[],
): Promise<void> {
  for (const table of ['journey_date', 'journey_date_lane'])
    await sql`DELETE FROM ${sql.table(table)} WHERE lane = ${lane} AND journey_id = ANY (${journeyIds}::int[])`.execute(
      transaction,
    );
}

/** Which journeys have dates in a lane. */
export async function datedIn(db: Database, lane: number): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`SELECT journey_id AS id FROM journey_date_lane WHERE lane = ${lane}`.execute(db);
  return rows.map(({ id }) => id);
}

/** How a lane stands with the dates by which a journey lets people in. */
interface DateLane {
  lane: number;
  journeyId: number;
  /** Whether it has learnt them for the version asked about. */
  isLearnt: boolean;
  /** When the next of them lets somebody in. */
  dueAt: Date | null;
}

/** How all lanes stand with these versions of journeys that go by dates. */
export const dateLanes = (
  db: Database,
  versions: readonly { id: number; version: number }[],
): Promise<DateLane[]> => overLanes(db, (isIn) => standingOf(versions, isIn));

/** How one lane does. */
export async function dateLane(
  db: Database,
  lane: number,
  versions: readonly { id: number; version: number }[],
): Promise<DateLane[]> {
  const { rows } = await standingOf(versions, sql`= ${lane}`).execute(db);
  return rows;
}

const standingOf = (
  versions: readonly { id: number; version: number }[],
  isIn: RawBuilder<unknown>,
) => sql<DateLane>`
      SELECT l.lane, j.id AS "journeyId",
        EXISTS (SELECT 1 FROM journey_date_lane p WHERE p.lane = l.lane AND p.journey_id = j.id AND p.version = j.version AND p.is_done) AS "isLearnt",
        (SELECT d.due_at FROM journey_date d
          WHERE d.lane = l.lane AND d.journey_id = j.id AND d.due_at IS NOT NULL ORDER BY d.due_at LIMIT 1) AS "dueAt"
      FROM lane l CROSS JOIN unnest(${versions.map(({ id }) => id)}::int[], ${versions.map(({ version }) => version)}::int[]) AS j (id, version)
      WHERE l.lane ${isIn}`;

/** When a journey was published, opened or changed last. */
export async function changedAt(db: Database, journeyId: number): Promise<Date | null> {
  const { rows } = await sql<{
    at: Date;
  }>`SELECT updated_at AS at FROM journey WHERE id = ${journeyId}`.execute(db);
  return rows[0]?.at ?? null;
}
