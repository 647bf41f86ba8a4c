import { Type } from 'typebox';
import { addMembers, removeMembers } from '../../audiences/list-members.ts';
import { rowId } from '../../http/schemas.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { lockPeople } from '../runs/lane-lock.sql.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('list'),
    what: Type.Union([Type.Literal('add'), Type.Literal('remove')]),
    listId: rowId,
    next: target,
  },
  { additionalProperties: false, description: 'Puts people on a list, or takes them off it' },
);

/** Puts people on a list, or takes them off it. */
export const listTile = tileKind(
  'list',
  schema,
  ({ what, listId, next: onward, ...tile }, _id, place, ground) => {
    const list = { kind: 'list', id: listId } as const;
    ground.refer(list, `${place}.listId`);
    return {
      stored: { ...tile, what, listId, next: onward },
      ways: new Map([[next, onward]]),
      words: `${what === 'add' ? 'come onto' : 'go from'} the list ${ground.nameOf(list)}`,
      takesTime: false,
      hears: [],
      act: async ({ db, announce, people }, { projectId, lane, now }, runs, settle) => {
        await db.transaction().execute(async (transaction) => {
          await lockPeople(transaction, { projectId, lane }, runs);
          await settle(transaction, async (held) => {
            const users = held.map(({ userId }) => ({ lane, id: userId }));
            const book = { db: transaction, announce, listensFor: people.listensFor };
            if (what === 'add') await addMembers(book, projectId, listId, users, now);
            else await removeMembers(book, projectId, listId, users, now);
            return new Map();
          });
        });
      },
      rehearsal: {
        act: async (_imagining, runs) => new Map(runs.map(({ id }) => [id, { memory: {} }])),
        changes: [`list:${listId}`],
      },
      step: () => ({ go: next }),
    };
  },
);
