import { sql } from 'kysely';
import { countOptIns, takeBackOptIns } from '../../consent/take-back.sql.ts';
import type { Database } from '../../database/connect.ts';
import { lanes } from '../../lanes/lanes.ts';
import { deleteUsers } from '../../users/delete-users.ts';
import { type People, usersInUse } from '../../users/people.ts';
import { removeMembers } from '../list-members.ts';
import type { ImportContext } from './run.ts';

/** What undoing an import does, counted before it is done. */
export interface UndoCounts {
  /** Made by the import, and nobody else has touched them since. */
  usersRemoved: number;
  /** Known before, or changed, written to or put elsewhere since: they stay, with their profile as it is. */
  usersKept: number;
  /** Of those who stay. */
  membershipsEnded: number;
  consentsEnded: number;
  /** Opt-outs that the import recorded: they stay. */
  optOutsKept: number;
}

interface UndoneImport {
  id: number;
  projectId: number;
  listId: number | null;
  /** The imports of the project that are undone, this one with them. */
  undone: readonly number[];
}

interface Person {
  lane: number;
  id: number;
  removable: boolean;
  listed: boolean;
}

const batchSize = 1000;
/** How the source of an import's ledger entries names it. */
const sourcesOf = (imports: readonly number[]): string[] => imports.map((id) => `%(import ${id}, %`);

/** Counts what undoing an import would do. */
export async function countUndo(everybody: People, undone: UndoneImport): Promise<UndoCounts> {
  const { db } = everybody;
  const counts: UndoCounts = {
    usersRemoved: 0,
    usersKept: 0,
    membershipsEnded: 0,
    consentsEnded: 0,
    optOutsKept: 0,
  };
  const sources = sourcesOf([undone.id]);
  for await (const { lane, people } of takenPeople(everybody, undone)) {
    const kept = people.filter(({ removable }) => !removable);
    counts.usersRemoved += people.length - kept.length;
    counts.usersKept += kept.length;
    counts.membershipsEnded += kept.filter(({ listed }) => listed).length;
    counts.consentsEnded += await countOptIns(db, undone.projectId, lane, idsOf(kept), sources);
    counts.optOutsKept += await countOptOuts(db, lane, idsOf(people), sources);
  }
  return counts;
}

/**
 * Undoes an import that waits for it: users that it made and nobody else touched are deleted; of the others, the
 * places on its list that it gave and the opt-ins that it recorded end. Opt-outs stay. Begun again it goes on.
 */
export async function undoImport(context: ImportContext, importId: number): Promise<void> {
  const { db, clock } = context;
  const row = await db.selectFrom('import').selectAll().where('id', '=', importId).executeTakeFirst();
  if (row?.state !== 'undoing') return;
  const undone = await undoneImport(db, row);
  for await (const { people } of takenPeople(context.people, undone)) {
    const [gone, kept] = [
      people.filter(({ removable }) => removable),
      people.filter(({ removable }) => !removable),
    ];
    if (gone.length > 0) await deleteUsers(context.people, undone.projectId, gone, clock.now());
    if (undone.listId !== null)
      await removeMembers(
        context.people,
        undone.projectId,
        undone.listId,
        kept.filter(({ listed }) => listed),
        clock.now(),
      );
    await takeBackOptIns(context, undone.projectId, kept, {
      sources: sourcesOf(undone.undone),
      source: `undone (import ${undone.id}, ${row.file_name})`,
      at: clock.now(),
    });
  }
  await db.updateTable('import').set({ state: 'undone', error: null }).where('id', '=', importId).execute();
}

/** An import as undoing sees it. */
export async function undoneImport(
  db: Database,
  row: { id: number; project_id: number; options: unknown },
): Promise<UndoneImport> {
  const others = await db
    .selectFrom('import')
    .select('id')
    .where('project_id', '=', row.project_id)
    .where('state', '=', 'undone')
    .execute();
  const { options } = row;
  const listId = options && typeof options === 'object' && 'listId' in options ? options.listId : null;
  return {
    ...{ id: row.id, projectId: row.project_id },
    listId: typeof listId === 'number' ? listId : null,
    undone: [row.id, ...others.map(({ id }) => id)],
  };
}

/** Whom the import took and who is still there, a part of a lane at a time. */
async function* takenPeople(
  everybody: People,
  undone: UndoneImport,
): AsyncGenerator<{ lane: number; people: Person[] }> {
  const { db } = everybody;
  const [source = ''] = sourcesOf([undone.id]);
  for (const lane of lanes) {
    for (let after = 0; ; ) {
      const { rows } = await sql<{ id: number; removable: boolean; listed: boolean }>`
        SELECT i.user_id AS id, i.listed, i.created AND u.updated_at <= i.touched_at
          AND NOT EXISTS (SELECT 1 FROM event e WHERE e.lane = ${lane} AND e.user_id = i.user_id)
          AND NOT EXISTS (SELECT 1 FROM list_member m JOIN list l ON l.id = m.list_id
            WHERE m.lane = ${lane} AND m.user_id = i.user_id AND m.list_id IS DISTINCT FROM ${undone.listId}::int)
          AND NOT EXISTS (SELECT 1 FROM consent_entry c WHERE c.lane = ${lane} AND c.user_id = i.user_id
            AND c.source NOT LIKE ${source} AND c.method <> 'suppression') AS removable
        FROM import_user i JOIN users u ON u.lane = ${lane} AND u.id = i.user_id AND u.project_id = ${undone.projectId}
        WHERE i.lane = ${lane} AND i.import_id = ${undone.id} AND i.user_id > ${after}
        ORDER BY i.user_id LIMIT ${batchSize}`.execute(db);
      if (rows.length === 0) break;
      const inUse = await usersInUse(
        everybody,
        lane,
        rows.map(({ id }) => id),
      );
      const people = rows.map((row) => ({ ...row, lane, removable: row.removable && !inUse.has(row.id) }));
      yield { lane, people };
      after = rows.at(-1)!.id;
      if (rows.length < batchSize) break;
    }
  }
}

async function countOptOuts(
  db: Database,
  lane: number,
  ids: readonly number[],
  sources: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM consent_entry WHERE lane = ${lane} AND user_id = ANY(${ids}::bigint[])
      AND action = 'optOut' AND source LIKE ANY(${sources}::text[])`.execute(db);
  return rows[0]?.count ?? 0;
}

const idsOf = (people: readonly Person[]): number[] => people.map(({ id }) => id);
