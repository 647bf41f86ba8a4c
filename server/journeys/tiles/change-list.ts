import { Type } from 'typebox';
import { addMembers, removeMembers } from '../../audiences/list-members.ts';
import { rowId } from '../../http/schemas.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';

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
        const users = runs.map(({ userId }) => ({ lane, id: userId }));
        await db.transaction().execute(async (transaction) => {
          const book = { db: transaction, announce, listensFor: people.listensFor };
          if (what === 'add') await addMembers(book, projectId, listId, users, now);
          else await removeMembers(book, projectId, listId, users, now);
          await settle(transaction, async () => new Map());
        });
      },
      step: () => ({ go: next }),
    };
  },
);
