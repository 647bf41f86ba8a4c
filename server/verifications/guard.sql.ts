import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { VerificationTallyTable } from '../database/tables/verifications.ts';
import { limits } from './limits.ts';
import type { Profile } from './profiles.sql.ts';

/** Of what codes are counted together. */
type TallyKind = VerificationTallyTable['kind'];

/** What is counted of codes. */
type Counted = 'begun' | 'sent' | 'verified' | 'refused' | 'checked';

/** A place that codes are counted by. */
export interface TallyKey {
  kind: TallyKind;
  key: string;
}

/** Why no code is sent, and when one may be again; null where that is not a matter of time. */
export interface Refusal {
  limit: 'client' | 'prefix' | 'prefixBlocked' | 'countryBlocked' | 'hourly' | 'budget';
  until: Date | null;
}

const bucketMs = 5 * 60_000;
const hourMs = 3_600_000;

/** Adds to what is counted, in the sums of five minutes. */
export async function addToTallies(
  db: Database,
  { id, project_id }: Profile,
  keys: readonly TallyKey[],
  counted: Counted,
  now: Date,
  costMicros = 0,
): Promise<void> {
  const ordered = inOrder(keys);
  await sql`
    INSERT INTO verification_tally AS t (project_id, profile_id, kind, key, at, ${sql.ref(counted)}, cost_micros)
    SELECT ${project_id}, ${id}, kind, key, ${bucketOf(now)}::timestamptz, 1, ${costMicros}
    FROM unnest(${ordered.map(({ kind }) => kind)}::text[], ${ordered.map(({ key }) => key)}::text[]) AS k (kind, key)
    ON CONFLICT (profile_id, kind, key, at) DO UPDATE
      SET ${sql.ref(counted)} = t.${sql.ref(counted)} + 1, cost_micros = t.cost_micros + excluded.cost_micros`.execute(
    db,
  );
}

/**
 * Gives back a turn of which nothing came: who asks again and again for one number takes none from its neighbours, nor from everybody
 * else. `now` is that of the turn.
 */
export async function giveTurnBack(
  db: Database,
  { id, project_id }: Profile,
  keys: readonly TallyKey[],
  now: Date,
): Promise<void> {
  const ordered = inOrder(keys);
  await sql`
    INSERT INTO verification_tally AS t (project_id, profile_id, kind, key, at, refused)
    SELECT ${project_id}, ${id}, kind, key, ${bucketOf(now)}::timestamptz, 1
    FROM unnest(${ordered.map(({ kind }) => kind)}::text[], ${ordered.map(({ key }) => key)}::text[]) AS k (kind, key)
    ON CONFLICT (profile_id, kind, key, at) DO UPDATE
      SET refused = t.refused + 1, begun = greatest(t.begun - 1, 0)`.execute(db);
}

const bucketOf = (now: Date) => new Date(Math.floor(now.getTime() / bucketMs) * bucketMs);

/** In one order, so that no two calls wait for one another. */
const inOrder = (keys: readonly TallyKey[]) =>
  keys.toSorted((a, b) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1));

interface Sums {
  kind: TallyKind;
  begunAnHour: number;
  checkedAnHour: number;
  /** Of a country without what was sent so lately that it may still be checked. */
  sentADay: number;
  verifiedADay: number;
  costADay: number;
}

async function sumsOf(db: Database, profile: Profile, keys: readonly TallyKey[], now: Date): Promise<Sums[]> {
  const hourAgo = new Date(now.getTime() - hourMs);
  const dayAgo = new Date(now.getTime() - 24 * hourMs);
  const settled = new Date(now.getTime() - profile.lives_seconds * 1_000 - bucketMs);
  const { rows } = await sql<Sums>`
    SELECT k.kind,
      coalesce(sum(t.begun) FILTER (WHERE t.at > ${hourAgo}::timestamptz), 0)::int AS "begunAnHour",
      coalesce(sum(t.checked) FILTER (WHERE t.at > ${hourAgo}::timestamptz), 0)::int AS "checkedAnHour",
      coalesce(sum(t.sent) FILTER (WHERE k.kind <> 'country' OR t.at < ${settled}::timestamptz), 0)::int AS "sentADay",
      coalesce(sum(t.verified), 0)::int AS "verifiedADay",
      coalesce(sum(t.cost_micros), 0)::bigint AS "costADay"
    FROM unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ key }) => key)}::text[]) AS k (kind, key)
    LEFT JOIN verification_tally t ON t.profile_id = ${profile.id} AND t.kind = k.kind AND t.key = k.key
      AND t.at > ${dayAgo}::timestamptz
      -- A block that is over or lifted begins anew.
      AND t.at > coalesce((SELECT max(coalesce(b.lifted_at, b.until)) FROM verification_block b
        WHERE b.profile_id = ${profile.id} AND b.kind = k.kind AND b.key = k.key), '-infinity')
    GROUP BY k.kind`.execute(db);
  return rows;
}

/**
 * Takes a turn for a code that somebody asks for, or says which limit stands against it. One call of a profile after the
 * other, so that no limit is passed by calls at once.
 */
export async function takeTurn(
  transaction: Database,
  profile: Profile,
  keys: readonly TallyKey[],
  now: Date,
): Promise<Refusal | null> {
  await lockProfile(transaction, profile);
  const refusal =
    (await blockOf(transaction, profile, keys, now)) ?? (await limitOf(transaction, profile, keys, now));
  await addToTallies(transaction, profile, keys, refusal ? 'refused' : 'begun', now);
  return refusal;
}

/**
 * Counts a code that is sent and what it costs, or answers false where the profile's budget does not reach for it. One code of
 * a profile after the other, to the end of the transaction: codes that are sent at once do not pass the budget together.
 * Whoever calls has locked the codes of the people concerned before, so that no two wait for one another.
 */
export async function spend(
  transaction: Database,
  profile: Profile,
  keys: readonly TallyKey[],
  costMicros: number,
  now: Date,
): Promise<boolean> {
  await lockProfile(transaction, profile);
  const [sums] = await sumsOf(
    transaction,
    profile,
    keys.filter(({ kind }) => kind === 'all'),
    now,
  );
  if (Number(sums?.costADay ?? 0) + costMicros > profile.daily_budget_micros) return false;
  await addToTallies(transaction, profile, keys, 'sent', now, costMicros);
  return true;
}

/** When money is there again, at the latest. */
export const budgetReached = (now: Date): Refusal => ({
  limit: 'budget',
  until: new Date(now.getTime() + 24 * hourMs),
});

async function lockProfile(transaction: Database, { id }: Profile): Promise<void> {
  // Not FOR UPDATE, for which whoever adds to a sum would wait while its row is waited for here.
  await sql`SELECT 1 FROM verification_profile WHERE id = ${id} FOR NO KEY UPDATE`.execute(transaction);
}

async function limitOf(
  transaction: Database,
  profile: Profile,
  keys: readonly TallyKey[],
  now: Date,
): Promise<Refusal | null> {
  const inAnHour = new Date(now.getTime() + hourMs);
  for (const sums of await sumsOf(transaction, profile, keys, now)) {
    const { kind, begunAnHour, sentADay, verifiedADay, costADay } = sums;
    if (kind === 'client' && begunAnHour >= limits.clientBegins) return { limit: 'client', until: inAnHour };
    if (kind === 'all' && begunAnHour >= profile.hourly_limit) return { limit: 'hourly', until: inAnHour };
    if (kind === 'all' && costADay >= profile.daily_budget_micros) return budgetReached(now);
    if (kind === 'prefix' && begunAnHour >= limits.prefixBegins) return { limit: 'prefix', until: inAnHour };
    if (kind !== 'prefix' && kind !== 'country') continue;
    const rule = limits.blocks[kind];
    if (sentADay < rule.sent || verifiedADay >= sentADay * rule.share) continue;
    const until = new Date(now.getTime() + rule.hours * hourMs);
    const key = keys.find((each) => each.kind === kind)?.key ?? '';
    await transaction
      .insertInto('verification_block')
      .values({
        ...{ project_id: profile.project_id, profile_id: profile.id, kind, key },
        ...{ sent: sentADay, verified: verifiedADay, since: now, until, lifted_at: null, lifted_by: null },
      })
      .execute();
    return { limit: `${kind}Blocked`, until };
  }
  return null;
}

async function blockOf(
  db: Database,
  profile: Profile,
  keys: readonly TallyKey[],
  now: Date,
): Promise<Refusal | null> {
  const { rows } = await sql<{ kind: 'country' | 'prefix'; until: Date }>`
    SELECT b.kind, b.until FROM verification_block b
    JOIN unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ key }) => key)}::text[]) AS k (kind, key)
      ON k.kind = b.kind AND k.key = b.key
    WHERE b.profile_id = ${profile.id} AND b.until > ${now}::timestamptz AND b.lifted_at IS NULL
    ORDER BY b.until DESC LIMIT 1`.execute(db);
  const [found] = rows;
  return found ? { limit: `${found.kind}Blocked`, until: found.until } : null;
}

/** Whether so many codes were checked from one place of the internet within the hour that no more are looked at. */
export async function checksTooMany(
  db: Database,
  profile: Profile,
  client: TallyKey,
  now: Date,
): Promise<boolean> {
  const [sums] = await sumsOf(db, profile, [client], now);
  return (sums?.checkedAnHour ?? 0) >= limits.clientChecks;
}
