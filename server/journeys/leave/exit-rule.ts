import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Happening } from '../../http/happenings.ts';
import { type Definition, slot, strict } from '../../segments/leaf-kind.ts';
import { heardAs } from '../../segments/live/heard-as.ts';
import type { TileGround, Where } from '../definition/tile-kind.ts';
import type { Run } from '../runs/run.ts';
import { awaitedEvent, conditionsHold, isThis, type OfEvent, readAwaitedEvent } from './awaited-event.ts';

/** What takes people out of a journey, as documents have it. */
export const exitSchema = strict(
  {
    name: Type.String({ minLength: 1, maxLength: 60, description: 'What is told as the reason' }),
    ...awaitedEvent,
    becomes: Type.Optional(slot('definition', 'A definition as segments have it: it holds of them')),
    goal: Type.Optional(Type.Boolean({ description: 'This is what the journey is for' })),
  },
  'One of event, purchase or becomes. Who is in a wait leaves at once, and what waits of their messages is taken back',
);

/** What takes people out of a journey, read. */
export interface ExitRule {
  readonly stored: Static<typeof exitSchema>;
  readonly name: string;
  readonly isGoal: boolean;
  readonly words: string;
  /** As happenings are called by which it may come to hold. */
  readonly hears: readonly string[];
  /** The event it looks for; null for one that looks at the person. */
  readonly event: OfEvent | null;
  readonly becomes: Definition | null;
}

/** Reads an exit rule. @throws ApiError naming the place. */
export function readExit(rule: Static<typeof exitSchema>, place: string, ground: TileGround): ExitRule {
  const { name, event, purchase, becomes, sameKey = null, goal = false } = rule;
  const forms = [event, purchase, becomes].filter((form) => form !== undefined);
  if (forms.length !== 1) throw ground.refuse(place, 'must have exactly one of event, purchase or becomes');
  if (becomes !== undefined) {
    if (sameKey !== null) throw ground.refuse(`${place}.sameKey`, 'goes with event or purchase');
    const definition = ground.definition(becomes, `${place}.becomes`);
    return {
      ...{
        stored: { ...rule, becomes: definition.stored },
        name,
        isGoal: goal,
        event: null,
        becomes: definition,
      },
      ...{ words: definition.sentence(ground.names), hears: definition.hears },
    };
  }
  const read = readAwaitedEvent(rule, place, ground);
  const { words, hears } = read;
  return {
    ...{ stored: { ...rule, ...read.stored }, name, isGoal: goal, becomes: null, event: read.event },
    ...{ words, hears },
  };
}

/** Of which passages a rule holds by these events, which are of their people. */
export async function heldByEvents(
  db: Database,
  { projectId, lane, now }: Where,
  { event }: ExitRule,
  runs: readonly Pick<Run, 'id' | 'userId' | 'key'>[],
  eventIds: readonly number[],
): Promise<Set<number>> {
  if (!event || runs.length === 0 || eventIds.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    SELECT DISTINCT r.id FROM unnest(${runs.map(({ id }) => id)}::bigint[], ${runs.map(({ userId }) => userId)}::bigint[],
      ${runs.map(({ key }) => key)}::text[]) AS r (id, user_id, key)
    JOIN users u ON u.lane = ${lane} AND u.id = r.user_id
    JOIN event e ON e.lane = ${lane} AND e.id = ANY (${eventIds}::bigint[]) AND e.user_id = r.user_id
    WHERE ${isThis(event)} AND ${conditionsHold(event, { projectId, lane, now }, runs)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Of which people, who are to enter, a rule holds by what they have done since an instant, the event that lets them in not counted. Of two like it at one
 * instant, of a journey that a purchase lets into and takes out of, the one that was written last lets in.
 */
export async function heldSince(
  db: Database,
  { projectId, lane, now }: Where,
  { event }: ExitRule,
  people: readonly { userId: number; key: string; since: Date; eventId: number | null }[],
): Promise<Set<number>> {
  if (!event || people.length === 0) return new Set();
  const { rows } = await sql<{ place: number }>`
    SELECT DISTINCT r.place FROM unnest(${people.map(({ userId }) => userId)}::bigint[], ${people.map(({ key }) => key)}::text[],
      ${people.map(({ since }) => since)}::timestamptz[], ${people.map(({ eventId }) => eventId)}::bigint[])
      WITH ORDINALITY AS r (user_id, key, since, event_id, place)
    JOIN users u ON u.lane = ${lane} AND u.id = r.user_id
    JOIN event e ON e.lane = ${lane} AND e.user_id = r.user_id AND e.happened_at >= r.since AND e.happened_at <= ${now}::timestamptz
      AND e.id IS DISTINCT FROM r.event_id AND e.project_id = ${projectId}
      AND NOT (e.happened_at = r.since AND coalesce(e.id < r.event_id, false)
        AND EXISTS (SELECT 1 FROM event c WHERE c.lane = ${lane} AND c.id = r.event_id AND c.name = e.name AND c.kind = e.kind))
    WHERE ${isThis(event)} AND ${conditionsHold(event, { projectId, lane, now }, people)}`.execute(db);
  return new Set(rows.map(({ place }) => Number(place) - 1));
}

/** Of which people a rule that looks at them holds now. */
export async function heldByPeople(
  db: Database,
  { projectId, lane, now }: Where,
  { becomes }: ExitRule,
  userIds: readonly number[],
): Promise<Set<number>> {
  if (!becomes || userIds.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    SELECT u.id FROM users u WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id = ANY (${userIds}::bigint[])
      AND ${becomes.holds({ projectId, lane, now, among: userIds })}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Whether a happening may bring any of these rules. */
export const isHeardBy = (rules: readonly ExitRule[], happening: Happening): boolean => {
  const names = heardAs(happening);
  return rules.some(({ hears }) => hears.some((name) => names.includes(name)));
};
