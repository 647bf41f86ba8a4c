import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import type { ListHappening } from '../http/happenings.ts';
import { retrying } from '../users/try-again.ts';

/** What lists are changed with: the database, and with whom it is told who came and went. */
export type ListBook = Pick<Context, 'db' | 'announce' | 'listensFor'>;

/** Somebody on a list. */
export interface Membership {
  lane: number;
  listId: number;
  userId: number;
}

/**
 * Changes who is on lists of a project, again where it ran into another that changes the same. Where somebody listens, it is told in the same transaction who `entered` and who
 * `left`: those whom `change` answers.
 */
export async function tellingOfLists(
  { db, announce, listensFor }: ListBook,
  projectId: number,
  at: Date,
  change: (db: Database) => Promise<Partial<Record<ListHappening['what'], readonly Membership[]>>>,
): Promise<void> {
  if (!(await listensFor(db, projectId, 'list'))) {
    await (db.isTransaction ? change(db) : retrying(() => change(db)));
    return;
  }
  const told = async (transaction: Database) => {
    const { left = [], entered = [] } = await change(transaction);
    const happenings = [
      ...left.map((each) => listHappening('left', projectId, each, at)),
      ...entered.map((each) => listHappening('entered', projectId, each, at)),
    ];
    if (happenings.length > 0) await announce(transaction, happenings);
  };
  await (db.isTransaction ? told(db) : retrying(() => db.transaction().execute(told)));
}

/** That somebody came onto a list or went from it. */
export function listHappening(
  what: ListHappening['what'],
  projectId: number,
  { lane, listId, userId }: Membership,
  at: Date,
): ListHappening {
  return { kind: 'list', what, projectId, lane, userId, listId, at };
}
