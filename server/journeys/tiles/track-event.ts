import { Type } from 'typebox';
import { insertEvents, takeEventIds } from '../../events/insert-events.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { fieldsFromEntry, fromEntry } from './from-entry.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('trackEvent'),
    name: Type.String({ minLength: 1, maxLength: 255 }),
    dataFields: Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.Unknown())),
    fromEntry: fromEntry(
      'Fields that get what stands at a path of what came with the entry, above those of dataFields; where nothing does there is none',
    ),
    next: target,
  },
  { additionalProperties: false, description: 'Tracks an event of the person, as a call of the API would' },
);

/** Tracks an event of everybody who comes. */
export const trackEventTile = tileKind('trackEvent', schema, (tile, _id, place) => {
  const entered = fieldsFromEntry(tile.fromEntry, `${place}.fromEntry`);
  return {
    stored: tile,
    ways: new Map([[next, tile.next]]),
    words: `have the event “${tile.name}” tracked`,
    takesTime: false,
    hears: [],
    act: ({ db, announce }, { projectId, lane, now }, _runs, settle) =>
      db.transaction().execute((transaction) =>
        settle(transaction, async (held) => {
          const ids = await takeEventIds(transaction, held.length);
          const events = held.map(({ userId, data }, index) => ({
            user: { lane, id: userId },
            ...{
              id: ids[index] ?? 0,
              name: tile.name,
              kind: 'custom',
              data: { ...tile.dataFields, ...entered.of(data) },
            },
            happenedAt: now,
          }));
          await insertEvents(transaction, projectId, events, now);
          await announce(
            transaction,
            events.map(({ id, user }) => ({
              ...({ kind: 'event', name: tile.name, eventId: id } as const),
              ...{ projectId, lane, userId: user.id, at: now },
            })),
          );
          return new Map();
        }),
      ),
    rehearsal: {
      act: async (_imagining, runs) => new Map(runs.map(({ id }) => [id, { memory: {} }])),
      changes: [`event:${tile.name}`],
    },
    step: () => ({ go: next }),
  };
});
