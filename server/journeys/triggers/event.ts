import { sql } from 'kysely';
import { Type } from 'typebox';
import { slot, strict } from '../../segments/leaf-kind.ts';
import type { Conditions } from '../../segments/values/conditions.ts';
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

function ofEvents(
  kind: 'event' | 'purchase',
  name: string | null,
  stored: Trigger['stored'],
  conditions: Conditions | null,
): Trigger {
  return {
    stored,
    words: `${name === null ? 'a purchase' : `the event “${name}”`}${conditions ? ` of which ${conditions.words}` : ''}`,
    kinds: [kind],
    wants: (happening) => happening.kind === kind && (name === null || happening.name === name),
    caused: async (db, { projectId, lane, now }, happenings) => {
      const ids = happenings.flatMap((each) => (each.kind === kind ? each.eventId : []));
      const among = [...new Set(happenings.map(({ userId }) => userId))];
      const { rows } = await sql<{ id: number; userId: number; at: Date; data: Caused['data'] }>`
        SELECT e.id, e.user_id AS "userId", e.happened_at AS at, e.data FROM event e
        JOIN users u ON u.lane = ${lane} AND u.id = e.user_id
        WHERE e.lane = ${lane} AND e.id = ANY (${ids}::bigint[]) AND e.project_id = ${projectId}
          AND ${conditions?.holds(sql`e.data`, { projectId, lane, now, among }, 'u', 0) ?? sql`true`}`.execute(
        db,
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id): Caused[] => {
        const event = found.get(id);
        if (!event) return [];
        const { userId, at, data } = event;
        return [{ userId, at, data, eventId: id, cause: { [kind]: name ?? 'purchase', eventId: id, at } }];
      });
    },
  };
}
