import type { Clock } from '../../../clock/clock.ts';
import type { Database } from '../../../database/connect.ts';
import type { Announce, CatalogItemHappening, ListensFor } from '../../../http/happenings.ts';
import { catalogNameOf } from '../catalogs.sql.ts';
import { alertsById } from './alerts.sql.ts';
import { type Concerned, findConcerned, noteTold } from './concerned.sql.ts';
import { type ItemAlert, isStillSo, valueAt } from './item-alert.ts';
import {
  type BatchChange,
  beginBatch,
  changesOfBatch,
  dropChanges,
  endInLane,
  itemsNow,
  lockWaiting,
  nextBatch,
  type ToldChange,
  type WaitingChange,
} from './item-changes.sql.ts';

/** What telling needs. */
export interface AlertTools {
  db: Database;
  clock: Clock;
  announce: Announce;
  listensFor: ListensFor;
}

/** Changes that go through the lanes together: in each lane the events of the alerts' windows are read once for all of them. */
const mostInBatch = 5_000;
/** People told in one transaction. */
const mostAtOnce = 1_000;

/**
 * Makes a batch of changes that wait, all of one catalog. Several changes of an item that one alert tells of become one; what is not so any
 * more, and what nobody listens for, is dropped. Answers whether there were any.
 */
export function takeUpChanges({ db, listensFor }: AlertTools): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const waiting = await lockWaiting(transaction, mostInBatch);
    const [first] = waiting;
    if (!first) return false;
    const told = (await listensFor(transaction, first.projectId, 'catalogItem'))
      ? await stillTrue(transaction, waiting)
      : [];
    const kept = new Set(told.map(({ id }) => id));
    await dropChanges(
      transaction,
      waiting.flatMap(({ id }) => (kept.has(id) ? [] : id)),
    );
    await beginBatch(transaction, told);
    return true;
  });
}

async function stillTrue(transaction: Database, waiting: readonly WaitingChange[]): Promise<ToldChange[]> {
  const catalogId = waiting[0]?.catalogId ?? 0;
  const alerts = await alertsById(transaction, [...new Set(waiting.map(({ alertId }) => alertId))]);
  const items = await itemsNow(transaction, catalogId, [...new Set(waiting.map(({ itemId }) => itemId))]);
  const ofOne = Map.groupBy(waiting, ({ alertId, itemId }) => `${alertId} ${itemId}`);
  return [...ofOne.values()].flatMap((changes): ToldChange[] => {
    const [first, last] = [changes[0], changes.at(-1)];
    const alert = first && alerts.get(first.alertId);
    const item = first && items.get(first.itemId);
    if (!last || !alert || !item || !isStillSo(alert.change, first.before, item)) return [];
    const { change, fields } = alert;
    const along = fields.map((path): [string, unknown] => [path, valueAt(item, path) ?? null]);
    return [
      {
        ...{ id: last.id, before: first.before, after: valueAt(item, change.field) },
        item: Object.fromEntries(along),
      },
    ];
  });
}

/**
 * Tells people of a lane of a batch that has yet to go through it, in one transaction: whoever was told is noted, so that a crash leaves
 * them told or not. Answers whether there is more to do in the lane.
 */
export function tellInLane({ db, clock, announce }: AlertTools, lane: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const batchId = await nextBatch(transaction, lane);
    if (batchId === null) return false;
    const changes = await changesOfBatch(transaction, batchId);
    const alerts = await alertsById(transaction, [...new Set(changes.map(({ alertId }) => alertId))]);
    const [one] = alerts.values();
    const catalog = one && (await catalogNameOf(transaction, one.catalogId));
    const people =
      one && catalog !== undefined
        ? await findConcerned(transaction, lane, { projectId: one.projectId, changes, alerts }, mostAtOnce)
        : [];
    if (people.length > 0 && catalog !== undefined) {
      await noteTold(transaction, lane, people, clock.now());
      await announce(transaction, happeningsOf(lane, catalog, people, changes, alerts));
    }
    if (people.length < mostAtOnce) await endInLane(transaction, lane, batchId);
    return true;
  });
}

function happeningsOf(
  lane: number,
  catalog: string,
  people: readonly Concerned[],
  changes: readonly BatchChange[],
  alerts: ReadonlyMap<number, ItemAlert>,
): CatalogItemHappening[] {
  const changeOf = new Map(changes.map((change) => [`${change.alertId} ${change.itemId}`, change]));
  return people.flatMap(({ userId, alertId, itemId, place, interestAt }): CatalogItemHappening[] => {
    const change = changeOf.get(`${alertId} ${itemId}`);
    const alert = alerts.get(alertId);
    const interest = alert?.interests[place];
    if (!change || !alert || !interest) return [];
    return [
      {
        ...{ kind: 'catalogItem', projectId: alert.projectId, lane, userId, at: change.at },
        ...{ catalog, itemId, alertId, alertName: alert.name, field: alert.change.field },
        ...{ before: change.before, after: change.after, item: change.item },
        ...{ did: 'event' in interest ? interest.event : null, didAt: interestAt.toISOString() },
      },
    ];
  });
}
