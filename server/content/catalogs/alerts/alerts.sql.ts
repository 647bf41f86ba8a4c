import { type Selectable, sql } from 'kysely';
import type { Database } from '../../../database/connect.ts';
import type { CatalogAlertTable } from '../../../database/tables/content.ts';
import { lanes } from '../../../lanes/lanes.ts';
import { overLanes } from '../../../lanes/over-lanes.sql.ts';
import type { AlertChange, Interest, ItemAlert } from './item-alert.ts';

/** An alert as it is kept. */
export interface KeptAlert extends ItemAlert {
  createdAt: Date;
  updatedAt: Date;
}

/** What may be said of an alert. */
export type AlertFields = Pick<ItemAlert, 'name' | 'change' | 'interests' | 'fields'>;

const asKept = (row: Selectable<CatalogAlertTable>): KeptAlert => ({
  ...{ id: row.id, projectId: row.project_id, catalogId: row.catalog_id, name: row.name },
  ...{ change: row.change as AlertChange, interests: row.interests as Interest[], fields: row.fields },
  ...{ createdAt: row.created_at, updatedAt: row.updated_at },
});

/** A catalog's alerts, in the order in which they were made. */
export async function listAlerts(db: Database, catalogId: number): Promise<KeptAlert[]> {
  const rows = await db
    .selectFrom('catalog_alert')
    .selectAll()
    .where('catalog_id', '=', catalogId)
    .orderBy('id')
    .execute();
  return rows.map(asKept);
}

/** A catalog's alerts, as whoever changes its items asks; null where the catalog is gone. One look, whether it has some or none. */
export async function alertsToHeed(db: Database, catalogId: number): Promise<ItemAlert[] | null> {
  const { rows } = await sql<{ there: boolean } & Selectable<CatalogAlertTable>>`
    SELECT true AS there, a.* FROM catalog c LEFT JOIN catalog_alert a ON a.catalog_id = c.id
    WHERE c.id = ${catalogId}`.execute(db);
  if (rows.length === 0) return null;
  return rows.flatMap((row) => (row.id === null ? [] : asKept(row)));
}

/** Alerts by their ids; those that are gone are left out. */
export async function alertsById(db: Database, ids: readonly number[]): Promise<Map<number, KeptAlert>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('catalog_alert')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, asKept(row)]));
}

/** How many alerts a catalog has; whoever makes some has the catalog locked. */
export async function countAlerts(db: Database, catalogId: number): Promise<number> {
  const { count } = await db
    .selectFrom('catalog_alert')
    .select((each) => each.fn.countAll<string>().as('count'))
    .where('catalog_id', '=', catalogId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

const written = ({ name, change, interests, fields }: AlertFields) => ({
  ...{ name, change: JSON.stringify(change), interests: JSON.stringify(interests), fields: [...fields] },
});

/** Makes an alert; null where the catalog has one of this name. */
export async function insertAlert(
  db: Database,
  catalog: { id: number; project_id: number },
  fields: AlertFields,
  at: Date,
): Promise<KeptAlert | null> {
  const row = await db
    .insertInto('catalog_alert')
    .values({
      ...written(fields),
      ...{ project_id: catalog.project_id, catalog_id: catalog.id, created_at: at, updated_at: at },
    })
    .onConflict((conflict) => conflict.columns(['catalog_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? asKept(row) : null;
}

/** Changes an alert; null where it is gone. Its name is not taken by another. */
export async function updateAlert(
  db: Database,
  id: number,
  fields: AlertFields,
  at: Date,
): Promise<KeptAlert | null> {
  const row = await db
    .updateTable('catalog_alert')
    .set({ ...written(fields), updated_at: at })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ? asKept(row) : null;
}

/** Deletes alerts with what is known of whom they told; their changes go no further. */
export async function deleteAlerts(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('catalog_alert')
    .where('id', 'in', [...ids])
    .execute();
  for (const lane of lanes) {
    await sql`DELETE FROM item_told WHERE lane = ${lane} AND alert_id = ANY (${ids}::int[])`.execute(db);
    await sql`DELETE FROM catalog_alert_lane WHERE lane = ${lane} AND alert_id = ANY (${ids}::int[])`.execute(
      db,
    );
  }
}

/** What an alert has told so far. */
interface Telling {
  /** How often somebody was told of an item. */
  told: number;
  lastAt: Date;
}

/** What these alerts have told; one that has told nobody is absent. */
export async function tellingOf(db: Database, ids: readonly number[]): Promise<Map<number, Telling>> {
  if (ids.length === 0) return new Map();
  const rows = await overLanes(
    db,
    (isIn) => sql<{ id: number; told: number; lastAt: Date }>`
      SELECT alert_id AS id, sum(told)::bigint AS told, max(told_at) AS "lastAt" FROM catalog_alert_lane
      WHERE lane ${isIn} AND alert_id = ANY (${ids}::int[]) GROUP BY alert_id`,
  );
  const found = new Map<number, Telling>();
  for (const { id, told, lastAt } of rows) {
    const known = found.get(id);
    found.set(id, {
      told: told + (known?.told ?? 0),
      lastAt: known && known.lastAt > lastAt ? known.lastAt : lastAt,
    });
  }
  return found;
}

/** How many changes of these alerts are on their way to people. */
export async function countUnderWay(db: Database, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('item_change')
    .select(['alert_id as id', (each) => each.fn.countAll<string>().as('count')])
    .where('alert_id', 'in', [...ids])
    .groupBy('alert_id')
    .execute();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
