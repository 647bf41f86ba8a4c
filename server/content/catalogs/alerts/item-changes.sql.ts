import { sql } from 'kysely';
import type { Database } from '../../../database/connect.ts';
import type { Due } from '../../../lanes/lane-queue.ts';
import { overLanes } from '../../../lanes/over-lanes.sql.ts';
import { wakeWorkersOnCommit } from '../../../lanes/wake.ts';
import { inBatches } from '../../../users/by-lane.ts';
import type { ItemValue } from '../catalog-rules.ts';
import { hasChanged, type ItemAlert, valueAt } from './item-alert.ts';

/** An item as it was and as it is now; `before` is null for a new one. */
interface ChangedItem {
  itemId: string;
  before: ItemValue | null;
  after: ItemValue;
}

/**
 * Notes of changed items what their catalog's alerts are to tell, in the transaction that changes them: it is told once that is
 * committed.
 */
export async function noteChanges(
  transaction: Database,
  alerts: readonly ItemAlert[],
  items: readonly ChangedItem[],
  at: Date,
): Promise<void> {
  const found = alerts.flatMap((alert) =>
    items.flatMap(({ itemId, before, after }) =>
      hasChanged(alert.change, before, after)
        ? { alert, itemId, before: valueAt(before, alert.change.field) ?? null }
        : [],
    ),
  );
  if (found.length === 0) return;
  await sql`
    INSERT INTO item_change (project_id, catalog_id, alert_id, item_id, before, at)
    SELECT c.project_id, c.catalog_id, c.alert_id, c.item_id, c.before, ${at}::timestamptz FROM unnest(
      ${found.map(({ alert }) => alert.projectId)}::int[], ${found.map(({ alert }) => alert.catalogId)}::int[],
      ${found.map(({ alert }) => alert.id)}::int[], ${found.map(({ itemId }) => itemId)}::text[],
      ${found.map(({ before }) => (before === null ? null : JSON.stringify(before)))}::jsonb[]
    ) AS c (project_id, catalog_id, alert_id, item_id, before)`.execute(transaction);
  await wakeWorkersOnCommit(transaction);
}

/** A change that waits to be told. */
export interface WaitingChange {
  id: number;
  projectId: number;
  catalogId: number;
  alertId: number;
  itemId: string;
  before: unknown;
  at: Date;
}

/** Whether changes wait to be taken up. */
export async function areChangesWaiting(db: Database): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM item_change WHERE batch_id IS NULL LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Locks the next changes that wait, all of one catalog, the oldest first; those that another process takes up are passed over. */
export async function lockWaiting(transaction: Database, most: number): Promise<WaitingChange[]> {
  const { rows } = await sql<WaitingChange>`
    SELECT id, project_id AS "projectId", catalog_id AS "catalogId", alert_id AS "alertId", item_id AS "itemId", before, at
    FROM item_change
    WHERE batch_id IS NULL AND catalog_id = (
      SELECT catalog_id FROM item_change WHERE batch_id IS NULL ORDER BY id LIMIT 1)
    ORDER BY id LIMIT ${most} FOR UPDATE SKIP LOCKED`.execute(transaction);
  return rows;
}

/** What items of a catalog hold now; those that are gone are absent. */
export async function itemsNow(
  db: Database,
  catalogId: number,
  itemIds: readonly string[],
): Promise<Map<string, ItemValue>> {
  const found = new Map<string, ItemValue>();
  for (const some of inBatches(itemIds)) {
    const { rows } = await sql<{ itemId: string; value: ItemValue }>`
      SELECT item_id AS "itemId", value FROM catalog_item
      WHERE catalog_id = ${catalogId} AND item_id = ANY (${some}::text[])`.execute(db);
    for (const { itemId, value } of rows) found.set(itemId, value);
  }
  return found;
}

/** Drops changes that nobody is to be told of. */
export async function dropChanges(transaction: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`DELETE FROM item_change WHERE id = ANY (${ids}::bigint[])`.execute(transaction);
}

/** A change with what is told of it. */
export interface ToldChange {
  id: number;
  /** What the field held before the first of several changes. */
  before: unknown;
  after: unknown;
  item: ItemValue;
}

/** Makes a batch of changes, which is to go through every lane. */
export async function beginBatch(transaction: Database, changes: readonly ToldChange[]): Promise<void> {
  const [first] = changes;
  if (!first) return;
  await sql`
    UPDATE item_change SET batch_id = ${first.id}, before = c.before, after = c.after, item = c.item
    FROM unnest(${changes.map(({ id }) => id)}::bigint[],
      ${changes.map(({ before }) => (before === null ? null : JSON.stringify(before)))}::jsonb[],
      ${changes.map(({ after }) => JSON.stringify(after))}::jsonb[],
      ${changes.map(({ item }) => JSON.stringify(item))}::jsonb[]) AS c (id, before, after, item)
    WHERE item_change.id = c.id`.execute(transaction);
  await sql`INSERT INTO item_change_lane (lane, batch_id) SELECT lane, ${first.id}::bigint FROM lane`.execute(
    transaction,
  );
}

/** Lanes that changes have yet to go through. */
export async function findLanesToTell(db: Database): Promise<Due<number>[]> {
  const { rows } = await sql<Due<number>>`
    SELECT l.lane, 0 AS due FROM lane l
    WHERE EXISTS (SELECT 1 FROM item_change_lane c WHERE c.lane = l.lane)`.execute(db);
  return rows;
}

/** The oldest batch that has yet to go through a lane, which has it alone to the transaction's end; null for none. */
export async function nextBatch(transaction: Database, lane: number): Promise<number | null> {
  const { rows } = await sql<{ batchId: number }>`
    SELECT batch_id AS "batchId" FROM item_change_lane WHERE lane = ${lane}
    ORDER BY batch_id LIMIT 1 FOR UPDATE`.execute(transaction);
  return rows[0]?.batchId ?? null;
}

/** A change of a batch, as people are told of it. */
export interface BatchChange extends ToldChange {
  projectId: number;
  alertId: number;
  itemId: string;
  at: Date;
}

/** The changes of a batch. */
export async function changesOfBatch(db: Database, batchId: number): Promise<BatchChange[]> {
  const { rows } = await sql<BatchChange>`
    SELECT id, project_id AS "projectId", alert_id AS "alertId", item_id AS "itemId", before, after, item, at
    FROM item_change WHERE batch_id = ${batchId} ORDER BY id`.execute(db);
  return rows;
}

/** A batch is through with a lane. */
export async function endInLane(transaction: Database, lane: number, batchId: number): Promise<void> {
  await sql`DELETE FROM item_change_lane WHERE lane = ${lane} AND batch_id = ${batchId}`.execute(transaction);
}

/**
 * Deletes the changes of batches that are through with all lanes, and were so at the look before, of which `seen` is the answer: on a
 * cluster a batch may be seen a moment before its lanes are.
 */
export async function endBatches(db: Database, seen: ReadonlySet<number>): Promise<Set<number>> {
  // Batches first: of one that is made in between nothing is known here.
  const { rows: begun } = await sql<{ id: number }>`
    SELECT DISTINCT batch_id AS id FROM item_change WHERE batch_id IS NOT NULL`.execute(db);
  if (begun.length === 0) return new Set();
  const lanes = await overLanes(
    db,
    (isIn) => sql<{ id: number }>`SELECT DISTINCT batch_id AS id FROM item_change_lane WHERE lane ${isIn}`,
  );
  const open = new Set(lanes.map(({ id }) => id));
  const over = begun.flatMap(({ id }) => (open.has(id) ? [] : id));
  const ended = over.filter((id) => seen.has(id));
  if (ended.length > 0)
    await sql`DELETE FROM item_change WHERE batch_id = ANY (${ended}::bigint[])`.execute(db);
  return new Set(over.filter((id) => !seen.has(id)));
}
