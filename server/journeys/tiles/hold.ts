import { Type } from 'typebox';
import { hoursOfPeople } from '../../delivery/admission/hours-of-people.ts';
import type { Timing } from '../../delivery/admission/lawful-timing.ts';
import { rowId } from '../../http/schemas.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('hold'),
    messageTypeId: rowId,
    next: target,
  },
  {
    additionalProperties: false,
    description:
      'Holds each person until a message of this type may leave to them by the laws of hours where they are; who may be sent to now goes on at once',
  },
);

/** Holds people until the quiet hours where they are end, by the rule that messages go by. */
export const holdTile = tileKind('hold', schema, (tile, _id, place, ground) => {
  const type = { kind: 'messageType', id: tile.messageTypeId } as const;
  ground.refer(type, `${place}.messageTypeId`);
  return {
    stored: tile,
    ways: new Map([[next, tile.next]]),
    words: `wait until a message of the type ${ground.nameOf(type)} may leave to them by the laws of hours`,
    takesTime: false,
    hears: ['place'],
    facts: (db, where, runs) =>
      hoursOfPeople(
        db,
        where,
        tile.messageTypeId,
        runs.map(({ userId }) => userId),
      ).then(
        (timings) =>
          new Map(
            runs.flatMap(({ id, userId }) => {
              const timing = timings.get(userId);
              return timing ? [[id, timing] as const] : [];
            }),
          ),
      ),
    factsUntil: async () => new Map(),
    step: (_run, fact, now) => {
      const timing = (fact as ((from: Date) => Timing) | undefined)?.(now);
      // To whom none ever may is not held: what is to be sent says why it is not.
      if (timing === undefined || 'skip' in timing) return { go: next, seen: { skip: timing?.skip ?? null } };
      if (timing.dueAt.getTime() <= now.getTime()) return { go: next };
      return { stay: timing.dueAt, hears: ['place'], seen: { until: timing.dueAt } };
    },
  };
});
