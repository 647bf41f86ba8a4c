import { Type } from 'typebox';
import { type Reach, reachOfPeople } from '../../delivery/admission/reach.ts';
import { rowId } from '../../http/schemas.ts';
import { type Reference, strict } from '../../segments/leaf-kind.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { target } from '../definition/ways.ts';

const branch = strict(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    messageTypeId: rowId,
    senderId: Type.Optional(rowId),
    session: Type.Optional(
      Type.Boolean({
        description:
          'Only who has written to the sender that would be used within the time in which the medium lets one answer freely: 24 hours on WhatsApp',
      }),
    ),
    next: target,
  },
  'Who may be sent messages of this type now: has opted in to it and to its channel, has an address at which they are reached, and a sender may send there',
);

const schema = Type.Object(
  {
    kind: Type.Literal('channelSplit'),
    branches: Type.Array(branch, { minItems: 1, maxItems: 20 }),
    otherwise: target,
  },
  {
    additionalProperties: false,
    description:
      'Sends each person by the first branch on which they are reached, in the order given; who is reached on none goes by otherwise',
  },
);

/** Name of the way for those who are reached on none. */
const otherwise = 'otherwise';

/** Why somebody is not reached on a branch, by its place; null where they are. */
type Barred = (string | null)[];

/** Sends each person by the first branch on which they are reached, by the rules of admission. */
export const channelSplitTile = tileKind('channelSplit', schema, (tile, _id, place, ground) => {
  const { branches } = tile;
  const references = branches.map(({ name, messageTypeId }, index) => {
    const at = `${place}.branches.${index}`;
    if (name === otherwise || branches.findIndex((each) => each.name === name) < index)
      throw ground.refuse(
        `${at}.name`,
        `is taken: give each branch a name of its own, and none ${otherwise}`,
      );
    const reference: Reference = { kind: 'messageType', id: messageTypeId };
    ground.refer(reference, `${at}.messageTypeId`);
    return reference;
  });
  return {
    stored: tile,
    ways: new Map([...branches.map(({ name, next }) => [name, next] as const), [otherwise, tile.otherwise]]),
    words: `go by the first way on which they are reached: ${branches
      .map(
        ({ name, session }, index) =>
          `“${name}” (${ground.nameOf(references[index]!)}${session ? ', within an open session' : ''})`,
      )
      .join(', ')}, or else by “otherwise”`,
    takesTime: false,
    hears: [],
    reaches: branches.map(({ messageTypeId, senderId }) => ({ messageTypeId, senderId: senderId ?? null })),
    facts: async (db, where, runs) => {
      const userIds = runs.map(({ userId }) => userId);
      const barred = new Map<number, Barred>(runs.map(({ id }) => [id, []]));
      for (const { messageTypeId, senderId, session } of branches) {
        const choice =
          senderId === undefined ? ({ kind: 'any' } as const) : { kind: 'sender' as const, senderId };
        const reached = await reachOfPeople(db, where, { messageTypeId, choice }, userIds);
        for (const { id, userId } of runs)
          barred.get(id)?.push(whyNot(reached.of.get(userId), session ? where.now : null));
      }
      return barred;
    },
    // Whether a session is open is a matter of hours.
    ...(branches.some(({ session }) => session) ? {} : { factsUntil: async () => new Map<number, Date>() }),
    asks: ['consent'],
    step: (_run, fact) => {
      const barred = (fact as Barred | undefined) ?? [];
      const seen = {
        barred: Object.fromEntries(branches.map(({ name }, index) => [name, barred[index] ?? null])),
      };
      return { go: branches[barred.indexOf(null)]?.name ?? otherwise, seen };
    },
  };
});

/** Why somebody is not reached; where a session is asked for, one that is open at `openAt`. */
function whyNot(reach: Reach | undefined, openAt: Date | null): string | null {
  if (reach === undefined) return 'unknown';
  if (reach.skip !== null) return reach.skip;
  return openAt === null || (reach.sessionClosesAt ?? 0) > openAt.getTime() ? null : 'noSession';
}
