import { isChangeNoted, takeCatalogChanges, unwatchCatalog } from '../../content/catalogs/watched.sql.ts';
import type { Database } from '../../database/connect.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { definitionsOf } from '../segments.sql.ts';
import { insertMeaning } from './meanings.sql.ts';
import { isAnyStale, isCompared, markStale, takeStale } from './stale.sql.ts';

/** A live segment's lanes are looked at again for its catalogs' sake no more often. */
const mostOftenMs = 60_000;

/**
 * Has the lanes of live segments looked at again that compare with catalogs of which items changed: each gets its own definition anew, by which
 * lanes are filled as by any, and whoever enters or leaves is told of. Items change without anything happening to people, and which people
 * would be concerned nobody knows. What is noted and marked stays when a process dies.
 */
export async function recheckCatalogs(db: Database, now: Date): Promise<void> {
  if (await isChangeNoted(db))
    await db.transaction().execute(async (transaction) => {
      const changed = await takeCatalogChanges(transaction);
      await markStale(transaction, changed, now);
      for (const catalog of changed)
        if (!(await isCompared(transaction, catalog)))
          await unwatchCatalog(transaction, catalog.id, () => isCompared(transaction, catalog));
    });
  if (!(await isAnyStale(db))) return;
  await db.transaction().execute(async (transaction) => {
    const stale = await takeStale(transaction, new Date(now.getTime() - mostOftenMs));
    for (const { segmentId, projectId } of stale) {
      const definitions = await definitionsOf(transaction, projectId, [segmentId]);
      const meaning = { segmentId, projectId, definitions, announces: true, isRecheck: true };
      await insertMeaning(transaction, meaning, now);
    }
    if (stale.length > 0) await wakeWorkersOnCommit(transaction);
  });
}
