import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { idsOfPage } from '../../delivery/admission/audience-page.ts';
import { type ReadAudience, readAudience } from '../../segments/audience.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import type { Caused, Trigger } from '../triggers/trigger-kind.ts';
import type { AskedRehearsal } from './asked.ts';
import type { Draws } from './supposing.ts';

/** People who enter in a rehearsal, with what lets each of them in, in its order. */
export interface Entrants {
  of: Map<number, readonly Caused[]>;
  /** The last who was looked at, and whether nobody comes after them. */
  last: number;
  isEnd: boolean;
}

/** Whose entries are rehearsed, ready to be asked for. */
export interface EntrantSource {
  /** The next people of a lane, by id. */
  next(db: Database, lane: number, afterUserId: number, limit: number): Promise<Entrants>;
}

/** Opens what a rehearsal was asked for. */
export async function openEntrants(
  tools: SegmentTools,
  projectId: number,
  { entries, at }: Pick<AskedRehearsal, 'entries' | 'at'>,
  trigger: Trigger,
  draws: Draws,
): Promise<EntrantSource> {
  if ('recorded' in entries) {
    const { recorded } = trigger;
    if (!recorded) throw new Error('of this trigger there is no record');
    const span = { from: new Date(entries.recorded.from), until: new Date(entries.recorded.until) };
    return {
      next: async (db, lane, afterUserId, limit) => {
        const place = { projectId, lane };
        const ids = await recorded.people(db, place, span, afterUserId, limit);
        const caused = ids.length === 0 ? [] : await recorded.caused(db, place, span, ids);
        return {
          of: Map.groupBy(caused, ({ userId }) => userId),
          ...endOf(ids, afterUserId, limit),
        };
      },
    };
  }
  const { among, from, overMs, fields } = entries.supposed;
  const audience =
    among &&
    (await readAudience(tools, projectId, { ...among, suppressionListIds: [], suppressionSegmentIds: [] }));
  return {
    next: async (db, lane, afterUserId, limit) => {
      const now = new Date(at);
      const people = await peopleAmong(db, audience, { projectId, lane, afterUserId, limit, now });
      const ids = people.flatMap(({ id, exists }) => (exists ? [id] : []));
      const causedOf = (userId: number): Caused => {
        // Whole seconds: nobody tells less apart.
        const place = Math.floor((draws.placeOf(userId) * overMs) / 1_000) * 1_000;
        const entersAt = new Date(from + place);
        return { userId, at: entersAt, data: fields, eventId: null, cause: { supposed: true, at: entersAt } };
      };
      return {
        of: new Map(ids.map((userId) => [userId, [causedOf(userId)]])),
        ...endOf(
          people.map(({ id }) => id),
          afterUserId,
          limit,
        ),
      };
    },
  };
}

const endOf = (ids: readonly number[], afterUserId: number, limit: number) => ({
  last: ids.at(-1) ?? afterUserId,
  isEnd: ids.length < limit,
});

async function peopleAmong(
  db: Database,
  audience: ReadAudience | null,
  page: { projectId: number; lane: number; afterUserId: number; limit: number; now: Date },
): Promise<{ id: number; exists: boolean }[]> {
  const { projectId, lane, afterUserId, limit } = page;
  const { rows } = await (audience
    ? sql<{ id: number; exists: boolean }>`
        SELECT p.user_id AS id, u.id IS NOT NULL AS exists FROM (${idsOfPage({ ...page, audience })}) p
        LEFT JOIN users u ON u.lane = ${lane} AND u.id = p.user_id AND u.project_id = ${projectId} ORDER BY p.user_id`
    : sql<{ id: number; exists: boolean }>`
        SELECT id, true AS exists FROM users WHERE lane = ${lane} AND project_id = ${projectId} AND id > ${afterUserId} ORDER BY id LIMIT ${limit}`
  ).execute(db);
  return rows;
}
