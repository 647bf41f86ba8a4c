import { sql } from 'kysely';
import { type Ledger, recordWishes } from '../consent/ledger.ts';
import { outcomeOfWish } from '../consent/record-rows.ts';
import { targetText } from '../consent/standing.ts';
import { addressFor, mediaOfTargets } from '../consent/targets.ts';
import type { Wish } from '../consent/wish.ts';
import type { Database } from '../database/connect.ts';
import type { Caller } from '../http/context.ts';
import { sendByLane } from '../users/by-lane.ts';
import { findUsers, loadUsers } from '../users/find-users.ts';
import { forgottenAmong, forgottenRefusal } from '../users/forgotten.ts';
import type { UserKey, UserRef } from '../users/identity.ts';
import { prepareUpdate, type RowRefusal, type RowWarning, storageRefusal } from '../users/prepare-update.ts';
import { stillThere } from './list-members.ts';
import { keepingSizes } from './list-size.sql.ts';
import { standingsOf, type TargetStanding } from './subscriptions-of.ts';
import { type ListBook, type Membership, tellingOfLists } from './tell-lists.ts';

/** What one person is to be subscribed to; an array that is not given, or null, changes nothing. */
export interface PreferenceRow {
  email?: string | undefined;
  userId?: string | undefined;
  emailListIds?: readonly number[] | null | undefined;
  subscribedMessageTypeIds?: readonly number[] | null | undefined;
  unsubscribedMessageTypeIds?: readonly number[] | null | undefined;
  unsubscribedChannelIds?: readonly number[] | null | undefined;
}

/**
 * What came of a row. `warnings` name opt-outs that an array leaves out and that stand. Where wishes were refused all
 * else of the row was recorded, and `refused` names each.
 */
export type PreferenceOutcome =
  | { ok: true; warnings: RowWarning[] }
  | (RowRefusal & { refused?: RowRefusal[] });

type Asked = Pick<Wish, 'action' | 'kind' | 'targetId'>;

interface KnownRow {
  index: number;
  row: PreferenceRow;
  user: UserRef;
}

/**
 * Sets people's lists, message types and channels, up to about a thousand rows at a time: each array given is the
 * whole truth from now on. One exception: an opt-out that is merely left out of an array stands, for no one but the
 * person undoes it.
 */
export async function setPreferences(
  ledger: Ledger & ListBook,
  caller: Caller,
  rows: readonly PreferenceRow[],
  at: Date,
): Promise<PreferenceOutcome[]> {
  const { id: projectId } = caller.project;
  const outcomes: PreferenceOutcome[] = [];
  const known = await knownRows(ledger.db, caller, rows, outcomes);
  for (const round of roundsOf(known)) {
    const users = round.map(({ user }) => user);
    const standings = await standingsOf(ledger.db, projectId, users);
    const asked = round.map(({ row, user }) => askedWishes(row, standings.get(user.id) ?? []));
    const refused = await recordAsked(ledger, caller, users, asked, at);
    await setLists(ledger, projectId, round, at);
    round.forEach(({ index, row, user }, place) => {
      const [first] = refused[place]!;
      outcomes[index] = first
        ? { ...first, refused: refused[place]! }
        : { ok: true, warnings: standingOptOuts(row, standings.get(user.id) ?? []) };
    });
  }
  return outcomes;
}

/** The rows of people who are known; why the others cannot be taken goes into `outcomes`. */
async function knownRows(
  db: Database,
  { project }: Caller,
  rows: readonly PreferenceRow[],
  outcomes: PreferenceOutcome[],
): Promise<KnownRow[]> {
  const lists = await knownLists(
    db,
    project.id,
    rows.flatMap((row) => row.emailListIds ?? []),
  );
  const read = rows.map((row) => {
    const key: UserKey = row.userId ? { userId: row.userId } : { email: row.email ?? '' };
    const prepared =
      storageRefusal(row) ?? prepareUpdate(row.userId || row.email ? key : {}, project.defaultCountry);
    return { key, prepared };
  });
  const refs = await findUsers(
    db,
    project.id,
    read.map(({ key }) => key),
  );
  const forgotten = await forgottenAmong(
    db,
    project.id,
    read.flatMap(({ prepared }, index) => (prepared.ok && !refs[index] ? prepared.identities : [])),
  );
  return rows.flatMap((row, index): KnownRow[] => {
    const { key, prepared } = read[index]!;
    const unknownList = row.emailListIds?.find((id) => !lists.has(id));
    const user = refs[index];
    if (!prepared.ok) outcomes[index] = prepared;
    else if (unknownList !== undefined) outcomes[index] = noSuchList(unknownList);
    else if (!user) outcomes[index] = forgottenRefusal(prepared, forgotten, false) ?? unknownUser(key);
    else return [{ index, row, user }];
    return [];
  });
}

async function knownLists(db: Database, projectId: number, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('list')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Rows in their order, parted so that nobody is in one part twice: a later row is measured against the earlier. */
function roundsOf(rows: readonly KnownRow[]): KnownRow[][] {
  const rounds: KnownRow[][] = [];
  const seen = new Map<number, number>();
  for (const row of rows) {
    const round = seen.get(row.user.id) ?? 0;
    seen.set(row.user.id, round + 1);
    const present = rounds[round];
    if (present) present.push(row);
    else rounds.push([row]);
  }
  return rounds;
}

/** What the arrays ask for: opt-outs first, so that a type named in both arrays ends up opted out of. */
function askedWishes(row: PreferenceRow, standings: readonly TargetStanding[]): Asked[] {
  const unsubscribed = row.unsubscribedMessageTypeIds ?? [];
  const optOut = (kind: Asked['kind']) => (targetId: number) => ({
    action: 'optOut' as const,
    kind,
    targetId,
  });
  const asked: Asked[] = [
    ...(row.unsubscribedChannelIds ?? []).map(optOut('channel')),
    ...unsubscribed.map(optOut('messageType')),
  ];
  if (!row.subscribedMessageTypeIds) return asked;
  const kept = new Set(row.subscribedMessageTypeIds);
  const present = new Set(
    standings
      .filter((each) => each.kind === 'messageType' && each.status !== 'unsubscribed')
      .map((each) => each.targetId),
  );
  const dropped = [...present].filter((id) => !kept.has(id) && !unsubscribed.includes(id));
  return [
    ...asked,
    ...dropped.map(optOut('messageType')),
    ...[...kept]
      .filter((id) => !present.has(id) || unsubscribed.includes(id))
      .map((targetId) => ({ action: 'optIn' as const, kind: 'messageType' as const, targetId })),
  ];
}

/** Records what is asked for each user; answers what of it was refused, for each. */
async function recordAsked(
  ledger: Ledger,
  caller: Caller,
  users: readonly UserRef[],
  asked: readonly Asked[][],
  at: Date,
): Promise<RowRefusal[][]> {
  const projectId = caller.project.id;
  const media = await mediaOfTargets(ledger.db, projectId);
  const loaded = await loadUsers(ledger.db, projectId, users);
  const wishes = users.flatMap((ref, place) => {
    const user = loaded.get(ref.id);
    if (!user) return [];
    return asked[place]!.map((wish) => {
      const address = addressFor(user, media.get(targetText(wish.kind, wish.targetId)));
      const person = { lane: user.lane, userId: user.id, projectId, address };
      return { place, wish: { ...wish, ...person, method: 'api', source: caller.name, happenedAt: at } };
    });
  });
  const recorded = await recordWishes(
    ledger,
    wishes.map(({ wish }) => wish),
    at,
  );
  const refused: RowRefusal[][] = users.map(() => []);
  wishes.forEach(({ place, wish }, index) => {
    const outcome = outcomeOfWish(wish, recorded[index]!);
    if (!outcome.ok) refused[place]!.push(outcome);
  });
  return refused;
}

/** Opt-outs that an array which was given leaves out. */
function standingOptOuts(row: PreferenceRow, standings: readonly TargetStanding[]): RowWarning[] {
  const arrays = {
    channel: { field: 'unsubscribedChannelIds', ids: row.unsubscribedChannelIds },
    messageType: { field: 'unsubscribedMessageTypeIds', ids: row.unsubscribedMessageTypeIds },
  };
  return standings.flatMap(({ kind, targetId, status, since, endedWithChannel }) => {
    const { field, ids } = arrays[kind];
    if (!ids || status !== 'unsubscribed' || endedWithChannel || ids.includes(targetId)) return [];
    const reason = `leaving ${targetId} out does not undo the opt-out of ${since.toISOString()}; only the person does`;
    return [{ field, value: targetId, reason }];
  });
}

/** Makes the lists of each user those that its row names. */
async function setLists(
  book: ListBook,
  projectId: number,
  rows: readonly KnownRow[],
  at: Date,
): Promise<void> {
  const given = rows.filter(({ row }) => row.emailListIds);
  const laneOf = ({ user }: KnownRow) => user.lane;
  await tellingOfLists(book, projectId, at, async (db) => {
    const left = await sendByLane(db, given, laneOf, (lane, group) =>
      leaveOtherLists(projectId, lane, group),
    );
    const entered = await sendByLane(db, given, laneOf, (lane, group) =>
      joinLists(projectId, lane, group, at),
    );
    return { left: left.flatMap((each) => each.rows), entered: entered.flatMap((each) => each.rows) };
  });
}

const membershipsOf = (group: readonly KnownRow[]) =>
  group.flatMap(({ row, user }) =>
    [...new Set(row.emailListIds)].map((listId) => ({ listId, userId: user.id })),
  );

function leaveOtherLists(projectId: number, lane: number, group: readonly KnownRow[]) {
  const wanted = membershipsOf(group);
  return sql<Membership>`
    WITH held AS MATERIALIZED (
      ${stillThere(
        projectId,
        lane,
        group.map(({ user }) => user.id),
      )}
    ), gone AS (
      DELETE FROM list_member m
      WHERE m.lane = ${lane} AND m.user_id IN (SELECT id FROM held)
        AND m.list_id IN (SELECT id FROM list WHERE project_id = ${projectId})
        AND NOT EXISTS (SELECT 1 FROM unnest(${wanted.map((each) => each.listId)}::int[],
            ${wanted.map((each) => each.userId)}::bigint[]) AS w (list_id, user_id)
          WHERE w.list_id = m.list_id AND w.user_id = m.user_id)
      RETURNING m.lane, m.list_id, m.user_id
    ), ${keepingSizes(lane, 'gone', -1)}
    SELECT lane, list_id AS "listId", user_id AS "userId" FROM gone`;
}

function joinLists(projectId: number, lane: number, group: readonly KnownRow[], at: Date) {
  const wanted = membershipsOf(group);
  return sql<Membership>`
    WITH added AS (
      INSERT INTO list_member (lane, list_id, user_id, added_at)
      SELECT ${lane}, w.list_id, w.user_id, ${at}::timestamptz
      FROM unnest(${wanted.map((each) => each.listId)}::int[], ${wanted.map((each) => each.userId)}::bigint[])
        AS w (list_id, user_id)
      JOIN (${stillThere(
        projectId,
        lane,
        group.map(({ user }) => user.id),
      )}) u ON u.id = w.user_id
      ORDER BY w.list_id, w.user_id
      ON CONFLICT (lane, list_id, user_id) DO NOTHING RETURNING lane, list_id, user_id
    ), ${keepingSizes(lane, 'added', 1)}
    SELECT lane, list_id AS "listId", user_id AS "userId" FROM added`;
}

function noSuchList(id: number): RowRefusal {
  const reason = `emailListIds: no list ${id} in this project`;
  return { ok: false, code: 'BadParams', field: 'emailListIds', value: id, reason };
}

function unknownUser(key: UserKey): RowRefusal {
  const [field, value] = Object.entries(key)[0]!;
  return { ok: false, code: 'NotFound', field, value, reason: `no user has the ${field} ${value}` };
}
