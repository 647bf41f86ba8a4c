import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { isWanted, type NamedThing, type Wanted } from '../segments/leaf-kind.ts';

/** How a journey stands: nobody may enter (`closed`), nobody moves either (`paused`), all were let go (`stopped`). */
export type JourneyState = 'draft' | 'open' | 'closed' | 'paused' | 'stopped' | 'archived';

/** A journey as its row says it. */
export interface Journey {
  id: number;
  projectId: number;
  name: string;
  description: string;
  /** What is being drawn; null where nothing differs from what is published. */
  draft: unknown;
  /** The published version; null before the first. */
  version: number | null;
  state: JourneyState;
  /** When it was held last, and until when; null where it never was, or still is. */
  pausedAt: Date | null;
  resumedAt: Date | null;
  createdBy: string;
  createdAt: Date;
  updatedBy: string;
  updatedAt: Date;
}

/** States in which nobody moves. */
export const isHeld = (state: JourneyState): boolean => ['paused', 'stopped', 'archived'].includes(state);
/** States in which all who are inside are let go. */
export const isEnding = (state: JourneyState): boolean => state === 'stopped' || state === 'archived';

/** A version as it was published. */
export interface JourneyVersion {
  journeyId: number;
  version: number;
  document: unknown;
  choices: Choices;
  publishedBy: string;
  publishedAt: Date;
}

/** What becomes of people at tiles that a version changed. */
export interface Choices {
  /** Where those go who are at a tile that is gone: another tile, or `end`. */
  moves: Readonly<Record<string, string>>;
  /** Tiles at which those who wait are looked at by what the tile says now, from their arrival on. */
  recompute: readonly string[];
}

const columns = sql`id, project_id AS "projectId", name, description, draft, version, state, paused_at AS "pausedAt",
  resumed_at AS "resumedAt", created_by AS "createdBy", created_at AS "createdAt", updated_by AS "updatedBy", updated_at AS "updatedAt"`;

/** The project's journeys, in the order in which they were made. */
export async function journeysOf(db: Database, projectId: number): Promise<Journey[]> {
  const { rows } = await sql<Journey>`
    SELECT ${columns} FROM journey WHERE project_id = ${projectId} ORDER BY id`.execute(db);
  return rows;
}

/** One journey, its row held to the transaction's end where `held`. @throws ApiError NotFound. */
export async function findJourney(
  db: Database,
  projectId: number,
  id: number,
  held = false,
): Promise<Journey> {
  const { rows } = await sql<Journey>`
    SELECT ${columns} FROM journey WHERE project_id = ${projectId} AND id = ${id}
    ${held ? sql`FOR UPDATE` : sql``}`.execute(db);
  const [journey] = rows;
  if (journey) return journey;
  throw new ApiError('NotFound', `No journey ${id} in this project; GET /api/journeys lists them`, {
    field: 'id',
    value: id,
  });
}

/** How those of these journeys stand that the project has, by their ids. */
export async function statesOfJourneys(
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, JourneyState>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; state: JourneyState }>`
    SELECT id, state FROM journey WHERE project_id = ${projectId} AND id = ANY(${ids}::int[])`.execute(db);
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** Has the names of a project's journeys to oneself, to the transaction's end, among those who look for one that is free. */
export async function holdNames(transaction: Database, projectId: number): Promise<void> {
  await sql`SELECT 1 FROM project WHERE id = ${projectId} FOR NO KEY UPDATE`.execute(transaction);
}

/** What these journeys are called. */
export async function namesById(db: Database, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM journey WHERE id = ANY (${ids}::int[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The journeys of a project among what conditions of segments may refer to. */
export async function journeysAmong(db: Database, projectId: number, wanted: Wanted): Promise<NamedThing[]> {
  if (![...wanted.ids, ...wanted.names].some(({ kind }) => kind === 'journey')) return [];
  const { rows } = await sql<NamedThing>`
    SELECT 'journey' AS kind, x.id, x.name, NULL AS of, x.state = 'archived' AS "isPutAway"
    FROM journey x WHERE x.project_id = ${projectId} AND ${isWanted('journey', wanted)}`.execute(db);
  return rows;
}

/** Makes a journey that is drawn, and published by nobody yet. Answers its id. */
export async function insertJourney(
  db: Database,
  projectId: number,
  { name, description, draft }: { name: string; description: string; draft: unknown },
  by: string,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO journey (project_id, name, description, draft, created_by, created_at, updated_by, updated_at)
    VALUES (${projectId}, ${name}, ${description}, ${JSON.stringify(draft)}::jsonb, ${by}, ${at}, ${by}, ${at})
    RETURNING id`.execute(db);
  return rows[0]!.id;
}

/** What of a journey may be written. */
export type JourneyChange = Partial<
  Pick<Journey, 'name' | 'description' | 'draft' | 'version' | 'state' | 'pausedAt' | 'resumedAt'>
>;

/** Changes a journey whose row is held. */
export async function updateJourney(
  transaction: Database,
  journey: Journey,
  change: JourneyChange,
  by: string,
  at: Date,
): Promise<Journey> {
  const now = { ...journey, ...change };
  const { rows } = await sql<Journey>`
    UPDATE journey SET name = ${now.name}, description = ${now.description},
      draft = ${now.draft === null ? null : JSON.stringify(now.draft)}::jsonb, version = ${now.version}, state = ${now.state},
      paused_at = ${now.pausedAt}, resumed_at = ${now.resumedAt}, is_emptied = is_emptied AND ${isEnding(now.state)}::boolean, updated_by = ${by}, updated_at = ${at}
    WHERE id = ${journey.id} RETURNING ${columns}`.execute(transaction);
  return rows[0]!;
}

/** Deletes a journey that was never published. */
export async function removeJourney(transaction: Database, id: number): Promise<void> {
  await sql`DELETE FROM journey WHERE id = ${id}`.execute(transaction);
}

const versionColumns = sql`journey_id AS "journeyId", version, document, choices, published_by AS "publishedBy", published_at AS "publishedAt"`;

/** Keeps a version. */
export async function insertVersion(
  transaction: Database,
  projectId: number,
  { journeyId, version, document, choices, publishedBy, publishedAt }: JourneyVersion,
): Promise<void> {
  await sql`
    INSERT INTO journey_version (journey_id, version, project_id, document, choices, published_by, published_at)
    VALUES (${journeyId}, ${version}, ${projectId}, ${JSON.stringify(document)}::jsonb, ${JSON.stringify(choices)}::jsonb,
      ${publishedBy}, ${publishedAt})`.execute(transaction);
}

/** A journey's versions, the newest first. */
export async function versionsOf(db: Database, journeyId: number): Promise<JourneyVersion[]> {
  const { rows } = await sql<JourneyVersion>`
    SELECT ${versionColumns} FROM journey_version WHERE journey_id = ${journeyId} ORDER BY version DESC`.execute(
    db,
  );
  return rows;
}

/** These versions of journeys; what is not there is absent. */
export async function findVersions(
  db: Database,
  wanted: readonly { journeyId: number; version: number }[],
): Promise<JourneyVersion[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<JourneyVersion>`
    SELECT ${versionColumns} FROM journey_version
    WHERE (journey_id::text || ' ' || version::text) = ANY (${wanted.map((each) => `${each.journeyId} ${each.version}`)}::text[])
      AND journey_id = ANY (${wanted.map((each) => each.journeyId)}::int[])`.execute(db);
  return rows;
}

/** What of a published journey the flow and the listener go by. */
export interface Published {
  id: number;
  projectId: number;
  version: number;
  state: JourneyState;
  /** When it was held last, and until when. */
  pausedAt: Date | null;
  resumedAt: Date | null;
}

/** Which of these journeys take people in. Asked by who has the lane to themselves, so that nobody enters after all were let go. */
export async function openAmong(db: Database, ids: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM journey WHERE id = ANY (${ids}::int[]) AND version IS NOT NULL AND state = 'open'`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Notes of stopped journeys that all have left them. */
export async function noteEmptied(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    UPDATE journey SET is_emptied = true WHERE id = ANY (${ids}::int[]) AND state IN ('stopped', 'archived')`.execute(
    db,
  );
}

/** Journeys that were published, but those that were stopped and that all have left: all, or those of some projects. */
export async function publishedJourneys(
  db: Database,
  projectIds: readonly number[] | null = null,
): Promise<Published[]> {
  const { rows } = await sql<Published>`
    SELECT id, project_id AS "projectId", version, state, paused_at AS "pausedAt", resumed_at AS "resumedAt" FROM journey
    WHERE version IS NOT NULL AND NOT is_emptied
      AND ${projectIds === null ? sql`true` : sql`project_id = ANY (${projectIds}::int[])`} ORDER BY id`.execute(
    db,
  );
  return rows;
}
