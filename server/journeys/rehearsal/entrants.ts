import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { idsOfPage } from '../../delivery/admission/audience-page.ts';
import { type ReadAudience, readAudience } from '../../segments/audience.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import type { UserRef } from '../../users/identity.ts';
import type { Caused, Trigger } from '../triggers/trigger-kind.ts';
import type { AskedEntries, AskedRehearsal } from './asked.ts';
import { holdingAt } from './instants.ts';
import { mostThings } from './rehearsal-ground.ts';
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
    const named = entries.recorded.people;
    const span = { from: new Date(entries.recorded.from), until: new Date(entries.recorded.until) };
    return {
      next: async (db, lane, afterUserId, limit) => {
        const place = { projectId, lane };
        const ids = named
          ? nextOf(named, lane, afterUserId, limit)
          : await recorded.people(db, place, span, afterUserId, limit);
        const caused = ids.length === 0 ? [] : await recorded.caused(db, place, span, ids, mostThings + 1);
        return {
          of: Map.groupBy(caused, ({ userId }) => userId),
          ...endOf(ids, afterUserId, limit),
        };
      },
    };
  }
  const { among, from, overMs, fields } = entries.supposed;
  const of = await readAmong(tools, projectId, among);
  return {
    next: async (db, lane, afterUserId, limit) => {
      const now = new Date(at);
      const people = await peopleAmong(db, of, { projectId, lane, afterUserId, limit, now });
      const ids = people.flatMap(({ id, exists }) => (exists ? [id] : []));
      const causedOf = (userId: number): Caused => {
        // Whole seconds: nobody tells less apart.
        const place = Math.floor((draws.placeOf(userId) * overMs) / 1_000) * 1_000;
        const entersAt = new Date(from + place);
        return { userId, at: entersAt, data: fields, eventId: null, cause: { supposed: true, at: entersAt } };
      };
      const caused = await fulfilling(db, { projectId, lane }, trigger, fields, ids.map(causedOf));
      return {
        of: new Map(caused.map((each) => [each.userId, [each]])),
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

/** The next of some people who are named, of one lane. Pure. */
const nextOf = (people: readonly UserRef[], lane: number, afterUserId: number, limit: number): number[] =>
  [...new Set(people.flatMap((each) => (each.lane === lane && each.id > afterUserId ? [each.id] : [])))]
    .toSorted((a, b) => a - b)
    .slice(0, limit);

/** Those of supposed entries of which the conditions hold that are asked of what lets people in, as far as they go by the person or by time. */
async function fulfilling(
  db: Database,
  place: { projectId: number; lane: number },
  { conditions }: Trigger,
  fields: Readonly<Record<string, unknown>>,
  caused: readonly Caused[],
): Promise<readonly Caused[]> {
  if (!conditions || (!conditions.asksPerson && !conditions.flips) || caused.length === 0) return caused;
  const base = sql`${JSON.stringify(fields)}::jsonb`;
  const asked = caused.map((each) => ({ each, userId: each.userId, now: each.at }));
  const held = await holdingAt(
    db,
    place,
    {
      holds: (of) => conditions.holds(base, of, 'u', 0),
      flipsAt: (of) => conditions.flips?.(base, of, 'u', 0) ?? null,
    },
    asked,
  );
  return asked.flatMap((one) => (held.has(one) ? [one.each] : []));
}

type Among = ReadAudience | readonly UserRef[] | null;

async function readAmong(
  tools: SegmentTools,
  projectId: number,
  among: Extract<AskedEntries, { supposed: unknown }>['supposed']['among'],
): Promise<Among> {
  if (among === null) return null;
  if ('people' in among) return among.people;
  return readAudience(tools, projectId, { ...among, suppressionListIds: [], suppressionSegmentIds: [] });
}

async function peopleAmong(
  db: Database,
  of: Among,
  page: { projectId: number; lane: number; afterUserId: number; limit: number; now: Date },
): Promise<{ id: number; exists: boolean }[]> {
  const { projectId, lane, afterUserId, limit } = page;
  const which =
    of === null
      ? null
      : 'length' in of
        ? sql`SELECT unnest(${nextOf(of, lane, afterUserId, limit)}::bigint[]) AS user_id`
        : idsOfPage({ ...page, audience: of });
  const { rows } = await (which
    ? sql<{ id: number; exists: boolean }>`
        SELECT p.user_id AS id, u.id IS NOT NULL AS exists FROM (${which}) p
        LEFT JOIN users u ON u.lane = ${lane} AND u.id = p.user_id AND u.project_id = ${projectId} ORDER BY p.user_id`
    : sql<{ id: number; exists: boolean }>`
        SELECT id, true AS exists FROM users WHERE lane = ${lane} AND project_id = ${projectId} AND id > ${afterUserId} ORDER BY id LIMIT ${limit}`
  ).execute(db);
  return rows;
}
