import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/connect.ts';
import { here } from '../../../lanes/here.sql.ts';
import type { Interest, ItemAlert } from './item-alert.ts';
import type { BatchChange } from './item-changes.sql.ts';

/** Somebody who is to be told of an item by an alert. */
export interface Concerned {
  userId: number;
  alertId: number;
  itemId: string;
  /** Which of the alert's interests is theirs: the first of several, from 0. */
  place: number;
  /** When they last did what it is told for. */
  interestAt: Date;
}

/** Whom to look for in a lane: all changes are of one catalog. */
interface Search {
  projectId: number;
  changes: readonly BatchChange[];
  alerts: ReadonlyMap<number, ItemAlert>;
}

/** An interest in a changed item: what was done after `since`, and by the time of the change. */
interface Sought {
  alertId: number;
  itemId: string;
  place: number;
  since: Date;
  until: Date;
}

const dayMs = 86_400_000;
/** The event that `POST /api/commerce/updateCart` writes. */
const cartEvent = 'updateCart';

/**
 * The people of a lane whom changes of items concern and who were not told of them for the same interest yet, at most so many: all
 * items and interests are looked for in one statement.
 */
export async function findConcerned(
  db: Database,
  lane: number,
  search: Search,
  most: number,
): Promise<Concerned[]> {
  const { projectId } = search;
  const parts = partsOf(lane, search);
  if (parts.length === 0) return [];
  const { rows } = await sql<Concerned>`
    SELECT n.user_id AS "userId", n.alert_id AS "alertId", n.item_id AS "itemId", n.place, n.at AS "interestAt"
    FROM (
      SELECT d.user_id, d.alert_id, d.item_id, min(d.place) AS place,
        -- As it comes back from here.
        date_trunc('milliseconds', max(d.at)) AS at
      FROM (${sql.join(parts, sql` UNION ALL `)}) d GROUP BY d.user_id, d.alert_id, d.item_id
    ) n
    JOIN users u ON u.lane = ${lane} AND u.id = n.user_id AND u.project_id = ${projectId}
    LEFT JOIN item_told t ON t.lane = ${lane} AND t.alert_id = n.alert_id AND t.item_id = n.item_id AND t.user_id = n.user_id
    WHERE t.user_id IS NULL OR t.interest_at < n.at
    ORDER BY n.user_id, n.alert_id, n.item_id LIMIT ${most}
    -- Nobody is deleted or merged away until they are told.
    FOR KEY SHARE OF u`.execute(db);
  return rows;
}

/** What is looked for, the same event and field of several alerts together. */
function partsOf(lane: number, { projectId, changes, alerts }: Search): RawBuilder<unknown>[] {
  const groups = new Map<string, { interest: Interest; sought: Sought[] }>();
  for (const { alertId, itemId, at } of changes)
    for (const [place, interest] of (alerts.get(alertId)?.interests ?? []).entries()) {
      const { days, ...what } = interest;
      const key = JSON.stringify(what);
      const group = groups.get(key) ?? { interest, sought: [] };
      groups.set(key, group);
      group.sought.push({ alertId, itemId, place, since: new Date(at.getTime() - days * dayMs), until: at });
    }
  return [...groups.values()].map(({ interest, sought }) => {
    const asked = { lane, projectId, sought };
    return 'event' in interest
      ? whoDid(asked, interest.event, pathOf(interest.field.split('.')))
      : whoHasInCart(asked, interest.cart);
  });
}

interface Asked {
  lane: number;
  projectId: number;
  sought: readonly Sought[];
}

/** A path through objects and lists, as PostgreSQL reads it: `$."items"[*]."sku"[*]`. */
const pathOf = (names: readonly string[]): string =>
  `lax $${names.map((name) => `.${JSON.stringify(name)}[*]`).join('')}`;

/** Who did an event in which a field holds the id of an item, with when they did it last. */
const whoDid = ({ lane, projectId, sought }: Asked, event: string, path: string) => sql`
  SELECT e.user_id, w.alert_id, w.item_id, min(w.place) AS place, max(e.happened_at) AS at, min(w.since) AS since,
    max(w.until) AS until
  FROM event e CROSS JOIN LATERAL jsonb_path_query(e.data, ${path}::jsonpath) AS v (id)
  JOIN unnest(${sought.map(({ alertId }) => alertId)}::int[], ${sought.map(({ itemId }) => itemId)}::text[],
    ${sought.map(({ place }) => place)}::int[], ${sought.map(({ since }) => since)}::timestamptz[],
    ${sought.map(({ until }) => until)}::timestamptz[]) AS w (alert_id, item_id, place, since, until)
    ON w.item_id = (v.id #>> '{}') COLLATE "C" AND e.happened_at > w.since AND e.happened_at <= w.until
  WHERE e.lane = ${lane} AND e.project_id = ${projectId} AND e.name = ${event} AND e.kind = 'custom'
    AND e.happened_at > ${earliest(sought)}::timestamptz
  GROUP BY e.user_id, w.alert_id, w.item_id`;

const earliest = (sought: readonly Sought[]): Date =>
  new Date(Math.min(...sought.map(({ since }) => since.getTime())));

/**
 * Who has an item in the cart, with when they put it there: the first time that the cart had it since it last had not, or was
 * bought.
 */
const whoHasInCart = (asked: Asked, field: 'id' | 'sku') => {
  const { lane, projectId } = asked;
  const holdsIt = sql`@> jsonb_build_array(jsonb_build_object(${field}::text, c.item_id))`;
  const own = (alias: string) =>
    sql`${sql.ref(`${alias}.lane`)} = ${lane} AND ${sql.ref(`${alias}.user_id`)} = c.user_id AND ${sql.ref(`${alias}.happened_at`)} <= c.until`;
  const isCart = (alias: string) =>
    sql`${sql.ref(`${alias}.kind`)} = 'custom' AND ${sql.ref(`${alias}.name`)} = ${cartEvent}`;
  return sql`
    SELECT c.user_id, c.alert_id, c.item_id, c.place, put.at, c.since, c.until
    FROM (${whoDid(asked, cartEvent, pathOf(['items', field]))} OFFSET 0) c
    JOIN users cu ON cu.lane = ${lane} AND cu.id = c.user_id AND cu.project_id = ${projectId}
      AND cu.data_fields -> 'shoppingCartItems' ${holdsIt}
    CROSS JOIN LATERAL (
      SELECT max(lost.happened_at) AS at FROM event lost
      WHERE ${own('lost')} AND (lost.kind = 'purchase' OR (${isCart('lost')}
        AND NOT coalesce(lost.data -> 'items' ${holdsIt}, false)))
    ) before
    CROSS JOIN LATERAL (
      SELECT min(had.happened_at) AS at FROM event had
      WHERE ${own('had')} AND ${isCart('had')} AND (before.at IS NULL OR had.happened_at > before.at)
        AND had.data -> 'items' ${holdsIt}
    ) put
    WHERE put.at > c.since`;
};

/** Notes whom alerts have told, in the transaction that tells them. */
export async function noteTold(
  transaction: Database,
  lane: number,
  people: readonly Concerned[],
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO item_told (lane, alert_id, item_id, user_id, interest_at)
    SELECT here.lane, p.alert_id, p.item_id, p.user_id, p.at FROM ${here(lane)} CROSS JOIN unnest(
      ${people.map(({ alertId }) => alertId)}::int[], ${people.map(({ itemId }) => itemId)}::text[],
      ${people.map(({ userId }) => userId)}::bigint[], ${people.map(({ interestAt }) => interestAt)}::timestamptz[]
    ) AS p (alert_id, item_id, user_id, at)
    ON CONFLICT (lane, alert_id, item_id, user_id) DO UPDATE SET interest_at = excluded.interest_at`.execute(
    transaction,
  );
  const counts = [...Map.groupBy(people, ({ alertId }) => alertId)];
  await sql`
    INSERT INTO catalog_alert_lane (lane, alert_id, told, told_at)
    SELECT here.lane, a.id, a.told, ${at}::timestamptz FROM ${here(lane)} CROSS JOIN unnest(
      ${counts.map(([id]) => id)}::int[], ${counts.map(([, own]) => own.length)}::bigint[]) AS a (id, told)
    ON CONFLICT (lane, alert_id) DO UPDATE SET told = catalog_alert_lane.told + excluded.told, told_at = excluded.told_at`.execute(
    transaction,
  );
}
