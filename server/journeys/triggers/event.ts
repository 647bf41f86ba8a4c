import { type RawBuilder, sql } from 'kysely';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import { slot, strict } from '../../segments/leaf-kind.ts';
import type { Conditions } from '../../segments/values/conditions.ts';
import type { Where } from '../definition/tile-kind.ts';
import { type Caused, type Trigger, triggerKind } from './trigger-kind.ts';

const where = Type.Optional(
  slot('conditions', 'Conditions on its fields, as an event of a segment has them'),
);

/** An event is tracked. */
export const eventTrigger = triggerKind(
  'event',
  strict(
    { name: Type.String({ minLength: 1, maxLength: 255 }), where },
    'Somebody does something: an event of this name',
  ),
  ({ name, where: given }, place, ground) => {
    const conditions = given === undefined ? null : ground.conditions(given, `${place}.where`);
    return ofEvents(
      'event',
      name,
      { event: { name, ...(conditions && { where: conditions.stored }) } },
      conditions,
    );
  },
);

/** A purchase is tracked. */
export const purchaseTrigger = triggerKind(
  'purchase',
  strict({ where }, 'Somebody buys something'),
  ({ where: given }, place, ground) => {
    const conditions = given === undefined ? null : ground.conditions(given, `${place}.where`);
    return ofEvents(
      'purchase',
      null,
      { purchase: conditions ? { where: conditions.stored } : {} },
      conditions,
    );
  },
);

interface Row {
  id: number;
  userId: number;
  at: Date;
  data: Caused['data'];
}

function ofEvents(
  kind: 'event' | 'purchase',
  name: string | null,
  stored: Trigger['stored'],
  conditions: Conditions | null,
): Trigger {
  const named = { name: name ?? 'purchase', kind: name === null ? 'purchase' : 'custom' };
  /** Those of these events, `e`, that fulfil the conditions. */
  const meant = async (
    db: Database,
    { projectId, lane, now }: Where,
    among: readonly number[],
    which: RawBuilder<unknown>,
    of = conditions,
    mostOfEach: number | null = null,
  ): Promise<Row[]> => {
    const those = sql`
      SELECT e.id, e.user_id AS "userId", e.happened_at AS at, e.data${mostOfEach === null ? sql`` : sql`, row_number() OVER (PARTITION BY e.user_id ORDER BY e.happened_at, e.id) AS place`}
      FROM event e JOIN users u ON u.lane = ${lane} AND u.id = e.user_id
      WHERE e.lane = ${lane} AND ${which} AND e.project_id = ${projectId}
        AND ${of?.holds(sql`e.data`, { projectId, lane, now, among }, 'u', 0) ?? sql`true`}`;
    const { rows } = await (mostOfEach === null
      ? sql<Row>`${those}`
      : sql<Row>`SELECT id, "userId", at, data FROM (${those}) t WHERE place <= ${mostOfEach}`
    ).execute(db);
    return rows;
  };
  const asCaused = ({ id, userId, at, data }: Row): Caused => ({
    ...{ userId, at, data, eventId: id, cause: { [kind]: name ?? 'purchase', eventId: id, at } },
  });
  return {
    stored,
    words: `${name === null ? 'a purchase' : `the event “${name}”`}${conditions ? ` of which ${conditions.words}` : ''}`,
    kinds: [kind],
    ...(conditions && { conditions }),
    wants: (happening) => happening.kind === kind && (name === null || happening.name === name),
    caused: async (db, where, happenings) => {
      const ids = happenings.flatMap((each) => (each.kind === kind ? each.eventId : []));
      const among = [...new Set(happenings.map(({ userId }) => userId))];
      const rows = await meant(db, where, among, sql`e.id = ANY (${ids}::bigint[])`);
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const event = found.get(id);
        return event ? [asCaused(event)] : [];
      });
    },
    recorded: {
      people: async (db, { projectId, lane }, { from, until }, afterUserId, limit) => {
        const { rows } = await sql<{ id: number }>`
          SELECT DISTINCT e.user_id AS id FROM event e
          WHERE e.lane = ${lane} AND e.project_id = ${projectId} AND e.name = ${named.name} AND e.kind = ${named.kind}
            AND e.happened_at >= ${from}::timestamptz AND e.happened_at < ${until}::timestamptz AND e.user_id > ${afterUserId}
          ORDER BY id LIMIT ${limit}`.execute(db);
        return rows.map(({ id }) => id);
      },
      caused: async (db, { projectId, lane }, { from, until }, userIds, most) => {
        const which = sql`e.name = ${named.name} AND e.kind = ${named.kind} AND e.user_id = ANY (${userIds}::bigint[])
          AND e.happened_at >= ${from}::timestamptz AND e.happened_at < ${until}::timestamptz`;
        const isOfTime = conditions?.flips != null;
        const where = { projectId, lane, now: until };
        const rows = await meant(db, where, userIds, which, isOfTime ? null : conditions, most);
        const held = isOfTime ? await asTheyCame(db, where, rows) : rows;
        return held.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id).map(asCaused);
      },
    },
  };

  /** Those that fulfil conditions which go by time as they came, each asked about at its own instant. */
  async function asTheyCame(db: Database, where: Omit<Where, 'now'>, rows: readonly Row[]): Promise<Row[]> {
    const found: Row[] = [];
    for (const [at, of] of Map.groupBy(rows, (row) => row.at.getTime())) {
      const ids = of.map(({ id }) => id);
      const which = sql`e.id = ANY (${ids}::bigint[])`;
      const among = of.map(({ userId }) => userId);
      found.push(...(await meant(db, { ...where, now: new Date(at) }, among, which)));
    }
    return found;
  }
}
