import { type RawBuilder, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { slot, strict } from '../../segments/leaf-kind.ts';
import type { Conditions } from '../../segments/values/conditions.ts';
import type { TileGround, Where } from '../definition/tile-kind.ts';

const where = Type.Optional(
  slot('conditions', 'Conditions on its fields, as an event of a segment has them'),
);

/** An event that something looks for, as fields of documents. */
export const awaitedEvent = {
  event: Type.Optional(strict({ name: Type.String({ minLength: 1, maxLength: 255 }), where })),
  purchase: Type.Optional(strict({ where })),
  sameKey: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The event counts for those passages only whose key this field of it holds',
    }),
  ),
};
const schema = Type.Object(awaitedEvent);

/** An event that is looked for, read. */
export interface OfEvent {
  name: string;
  kind: 'custom' | 'purchase';
  where: Conditions | null;
  sameKey: string | null;
}

/** Reads it where one of `event` and `purchase` is given. @throws ApiError naming the place. */
export function readAwaitedEvent(
  { event, purchase, sameKey }: Static<typeof schema>,
  place: string,
  ground: TileGround,
): { stored: object; event: OfEvent; words: string; hears: readonly string[] } {
  const given = event?.where ?? purchase?.where;
  const where =
    given === undefined ? null : ground.conditions(given, `${place}.${event ? 'event' : 'purchase'}.where`);
  const stored = event
    ? { event: { name: event.name, ...(where && { where: where.stored }) } }
    : { purchase: where ? { where: where.stored } : {} };
  const of = event
    ? ({ name: event.name, kind: 'custom' } as const)
    : ({ name: 'purchase', kind: 'purchase' } as const);
  return {
    ...{ stored, event: { ...of, where, sameKey: sameKey ?? null } },
    words: `${event ? `the event “${event.name}”` : 'a purchase'}${where ? ` of which ${where.words}` : ''}`,
    hears: [event ? `event:${event.name}` : 'purchase'],
  };
}

/** SQL: whether an event, `e`, is one of these. */
export const isThis = ({ name, kind }: OfEvent): RawBuilder<unknown> =>
  sql`e.name = ${name} AND e.kind = ${kind}`;

/** SQL: whether an event, `e`, of a person, `u`, fulfils the conditions for a passage, `r`. */
export const conditionsHold = (
  { where: conditions, sameKey }: OfEvent,
  { projectId, lane, now }: Where,
  people: readonly { userId: number }[],
): RawBuilder<unknown> => sql`${conditions?.holds(sql`e.data`, { projectId, lane, now, among: people.map(({ userId }) => userId) }, 'u', 0) ?? sql`true`}
  AND ${sameKey === null ? sql`true` : sql`e.data ->> ${sameKey}::text = r.key`}`;
