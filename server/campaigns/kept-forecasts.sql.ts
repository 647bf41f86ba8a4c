import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { EstimatedForecast } from './estimated-forecast.ts';

/** Which forecast: of a campaign's launch as somebody asks about it. */
export interface ForecastKey {
  projectId: number;
  campaignId: number;
  asked: string;
}

/** The key of a launch: `parts` are all that it depends on. */
export function forecastKey(projectId: number, campaignId: number, parts: readonly unknown[]): ForecastKey {
  return {
    ...{ projectId, campaignId },
    asked: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
  };
}

/** Who asked no longer ago than `askedSince`, and who worked no longer ago than `workedSince`, counts. */
export interface Freshness {
  now: Date;
  askedSince: Date;
  workedSince: Date;
}

/** What a forecast has come to, if it is being looked at; notes that it is. `isWorkedOn`: its worker has just been heard of, or is through. */
export async function lookAtForecast(
  db: Database,
  key: ForecastKey,
  { now, askedSince, workedSince }: Freshness,
): Promise<{ forecast: EstimatedForecast; worker: string; isWorkedOn: boolean } | null> {
  const { rows } = await sql<{ answer: Stored; worker: string; isWorkedOn: boolean }>`
    UPDATE campaign_forecast SET asked_at = CASE WHEN (answer ->> 'isCounted')::boolean THEN asked_at ELSE ${now}::timestamptz END
    WHERE campaign_id = ${key.campaignId} AND asked = ${key.asked} AND project_id = ${key.projectId}
      AND asked_at > ${askedSince}::timestamptz
    RETURNING answer, worker, (answer ->> 'isCounted')::boolean OR worked_at > ${workedSince}::timestamptz AS "isWorkedOn"`.execute(
    db,
  );
  const found = rows[0];
  return found ? { ...found, forecast: asForecast(found.answer) } : null;
}

/**
 * Has `worker` work on a forecast, unless another does, and keeps what it knows by now; a better answer that another left
 * stays. Returns the answer that stands, and whose work it is.
 */
export async function beginForecast(
  db: Database,
  key: ForecastKey,
  worker: string,
  forecast: EstimatedForecast,
  { now, askedSince, workedSince }: Freshness,
): Promise<{ forecast: EstimatedForecast; isMine: boolean }> {
  await sql`
    DELETE FROM campaign_forecast WHERE project_id = ${key.projectId} AND asked_at <= ${askedSince}::timestamptz`.execute(
    db,
  );
  const { rows } = await sql<{ answer: Stored; worker: string }>`
    INSERT INTO campaign_forecast AS kept (campaign_id, asked, project_id, worker, answer, judged, asked_at, worked_at)
    VALUES (${key.campaignId}, ${key.asked}, ${key.projectId}, ${worker}::uuid, ${JSON.stringify(forecast)}::jsonb,
      ${forecast.judged}, ${now}, ${now})
    ON CONFLICT (campaign_id, asked) DO UPDATE SET asked_at = excluded.asked_at,
      worker = CASE WHEN kept.worked_at > ${workedSince}::timestamptz THEN kept.worker ELSE excluded.worker END,
      worked_at = CASE WHEN kept.worked_at > ${workedSince}::timestamptz THEN kept.worked_at ELSE excluded.worked_at END
    RETURNING answer, worker`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('a forecast was not kept');
  return { forecast: asForecast(row.answer), isMine: row.worker === worker };
}

/** Notes that its worker lives. Returns whether it is still this one's, and looked at. */
export async function isForecastWanted(
  db: Database,
  key: ForecastKey,
  worker: string,
  { now, askedSince }: Freshness,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE campaign_forecast SET worked_at = ${now}
    WHERE campaign_id = ${key.campaignId} AND asked = ${key.asked} AND worker = ${worker}::uuid
      AND asked_at > ${askedSince}::timestamptz RETURNING 1`.execute(db);
  return rows.length > 0;
}

/** Keeps a better answer, for as long as somebody looks at it. */
export async function keepForecast(
  db: Database,
  key: ForecastKey,
  worker: string,
  forecast: EstimatedForecast,
): Promise<void> {
  await sql`
    UPDATE campaign_forecast SET answer = ${JSON.stringify(forecast)}::jsonb, judged = ${forecast.judged}
    WHERE campaign_id = ${key.campaignId} AND asked = ${key.asked} AND worker = ${worker}::uuid
      AND judged <= ${forecast.judged}`.execute(db);
}

/** Gives up a forecast that broke off: who asks next begins it anew. */
export async function dropForecast(db: Database, key: ForecastKey, worker: string): Promise<void> {
  await sql`
    DELETE FROM campaign_forecast
    WHERE campaign_id = ${key.campaignId} AND asked = ${key.asked} AND worker = ${worker}::uuid`.execute(db);
}

/** As JSON has it. */
type Stored = Omit<EstimatedForecast, 'firstAt' | 'lastAt'> & {
  firstAt: string | null;
  lastAt: string | null;
};

const asForecast = ({ firstAt, lastAt, ...figures }: Stored): EstimatedForecast => ({
  ...figures,
  firstAt: firstAt === null ? null : new Date(firstAt),
  lastAt: lastAt === null ? null : new Date(lastAt),
});
