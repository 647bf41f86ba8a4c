import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import { here } from '../lanes/here.sql.ts';
import type { ProfileAddresses } from '../users/addresses.ts';
import { provingMethods, type RuledEntry, type Standing, type Standings } from './standing.ts';
import type { Wish } from './wish.ts';

/** A person's addresses, as they stand while the person is held. */
export interface Held extends ProfileAddresses {
  id: number;
}

/**
 * Where these people stand, and their addresses, held against others until the transaction ends; who is gone is
 * absent. `ids` are new ones for the ledger, one for each wish.
 */
export async function lockStandings(
  transaction: Database,
  lane: number,
  wishes: Wish[],
): Promise<{ standings: Map<number, Standings>; people: Map<number, Held>; ids: number[] }> {
  const byProject = Map.groupBy(wishes, ({ projectId }) => projectId);
  const locking = [...byProject].map(
    ([projectId, own]) => sql<Held>`
      SELECT id, email, phone_number AS "phoneNumber", whatsapp_user_id AS "whatsAppUserId" FROM users
      WHERE lane = ${lane} AND id = ANY(${userIds(own)}::bigint[]) AND project_id = ${projectId}
      ORDER BY id FOR UPDATE`,
  );
  const reading = sql<Standing & { userId: number; text: string }>`
    SELECT s.user_id AS "userId", s.kind || ':' || s.target_id AS text, s.status, s.paused_at AS "pausedAt",
      s.entry_id AS "entryId", s.since, coalesce(e.method = ANY(${provingMethods}::text[]) AND e.dated, false) AS proven
    FROM subscription s LEFT JOIN consent_entry e ON e.lane = ${lane} AND e.id = s.entry_id
    WHERE s.lane = ${lane} AND s.user_id = ANY(${userIds(wishes)}::bigint[])`;
  const [stood, numbered, ...held] = await sendTogether(transaction, (send) => {
    const people = locking.map(send);
    return Promise.all([send(reading), send(newIds(wishes.length)), ...people]);
  });
  const people = new Map(held.flatMap(({ rows }) => rows.map((person) => [person.id, person])));
  const standings = new Map<number, Standings>([...people.keys()].map((id) => [id, new Map()]));
  for (const { userId, text, ...standing } of stood.rows) standings.get(userId)?.set(text, standing);
  return { standings, people, ids: numbered.rows.map(({ id }) => id) };
}

const userIds = (wishes: readonly Wish[]): number[] => [...new Set(wishes.map(({ userId }) => userId))];

const newIds = (count: number) => sql<{ id: number }>`
  WITH numbered AS MATERIALIZED (
    SELECT nextval('consent_entry_id_seq') AS id FROM generate_series(1, ${count}::int)
  ) SELECT id FROM numbered ORDER BY id`;

/** The real id of each entry by the number it had; more than one entry comes of few wishes. */
export async function idsFor(
  transaction: Database,
  entries: { entry: RuledEntry }[],
  ids: readonly number[],
): Promise<Map<number, number>> {
  const lacking = entries.length - ids.length;
  const more = lacking > 0 ? (await newIds(lacking).execute(transaction)).rows : [];
  const all = [...ids, ...more.map(({ id }) => id)];
  return new Map(entries.map(({ entry }, index) => [entry.id, all[index]!]));
}

/** SQL: adds lines to the ledger. */
export function insertingEntries(
  lane: number,
  entries: { wish: Wish; entry: RuledEntry }[],
  realIds: ReadonlyMap<number, number>,
  at: Date,
) {
  const wishes = entries.map((row) => row.wish);
  const ruled = entries.map((row) => row.entry);
  return sql`
    INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, address, method, source,
      wording, ip, happened_at, dated, recorded_at)
    SELECT here.lane, e.*, ${at}::timestamptz FROM ${here(lane)} CROSS JOIN unnest(
      ${ruled.map((entry) => realIds.get(entry.id))}::bigint[], ${wishes.map((wish) => wish.projectId)}::int[],
      ${wishes.map((wish) => wish.userId)}::bigint[], ${ruled.map((entry) => entry.action)}::text[],
      ${ruled.map((entry) => entry.kind)}::text[], ${ruled.map((entry) => entry.targetId)}::int[],
      ${wishes.map((wish) => wish.address)}::text[], ${wishes.map((wish) => wish.method)}::text[],
      ${wishes.map((wish) => wish.source.trim())}::text[], ${wishes.map((wish) => wish.wording ?? null)}::text[],
      ${wishes.map((wish) => wish.ip ?? null)}::text[],
      ${wishes.map((wish) => wish.happenedAt)}::timestamptz[],
      ${wishes.map((wish) => !wish.undated)}::boolean[]) AS e`;
}

/** SQL: writes the standings that are others now: rules never change one in place. None where nothing is. */
export function writingStandings(
  lane: number,
  wishes: Wish[],
  { before, after }: Record<'before' | 'after', Map<number, Standings>>,
  realIds: ReadonlyMap<number, number>,
) {
  const projectOf = new Map(wishes.map((wish) => [wish.userId, wish.projectId]));
  const rows = [...after].flatMap(([userId, targets]) => {
    const known = before.get(userId);
    return [...targets].flatMap(([text, standing]) => {
      if (known?.get(text) === standing) return [];
      const [kind, targetId] = text.split(':');
      const entryId = realIds.get(standing.entryId) ?? standing.entryId;
      const projectId = projectOf.get(userId);
      return { userId, projectId, kind, targetId: Number(targetId), ...standing, entryId };
    });
  });
  if (rows.length === 0) return [];
  const writing = sql`
    INSERT INTO subscription (lane, user_id, project_id, kind, target_id, status, paused_at, entry_id, since)
    SELECT here.lane, s.* FROM ${here(lane)} CROSS JOIN unnest(
      ${rows.map((row) => row.userId)}::bigint[], ${rows.map((row) => row.projectId)}::int[],
      ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.targetId)}::int[],
      ${rows.map((row) => row.status)}::text[], ${rows.map((row) => row.pausedAt)}::timestamptz[],
      ${rows.map((row) => row.entryId)}::bigint[], ${rows.map((row) => row.since)}::timestamptz[]) AS s
    ON CONFLICT (lane, user_id, kind, target_id) DO UPDATE SET status = excluded.status,
      paused_at = excluded.paused_at, entry_id = excluded.entry_id, since = excluded.since
    WHERE (subscription.status, subscription.paused_at, subscription.entry_id, subscription.since)
      IS DISTINCT FROM (excluded.status, excluded.paused_at, excluded.entry_id, excluded.since)`;
  return [writing];
}
