import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { here } from '../lanes/here.sql.ts';
import { closeLaneGate } from '../lanes/lane-gate.ts';
import { addressesOf, isAmong, type ProfileAddresses } from '../users/addresses.ts';
import { byLane, inBatches } from '../users/by-lane.ts';
import { mergedInto } from '../users/merged-users.ts';
import { retrying } from '../users/try-again.ts';
import { loadConsentTree, type ProjectConsentTree } from './consent-tree.ts';
import { notingOwnOptOuts } from './own-opt-outs.sql.ts';
import {
  bindNumbers,
  type ClearNumbers,
  clearNumbersOf,
  isRefusal,
  liftFromNumbers,
} from './shared-numbers.ts';
import {
  isProof,
  provingMethods,
  type RuledEntry,
  type Ruling,
  ruleOnWish,
  type Standing,
  type Standings,
  targetText,
} from './standing.ts';
import { copyOf, standingChanges } from './standing-changes.ts';
import type { Wish } from './wish.ts';

/** What the ledger is written with. */
export type Ledger = Pick<Context, 'db' | 'announce'>;

/**
 * What came of a wish: recorded, waiting for the person's confirmation, or not taken. `changed`: the person's
 * standing with the target was another before.
 */
export type WishOutcome =
  | { outcome: 'recorded' | 'pending'; entryId: number; changed: boolean }
  | { outcome: 'optOutStands'; since: Date }
  | { outcome: 'unknownTarget' | 'unknownUser' | 'addressGone' };

/**
 * Records wishes in the ledger and brings standings in line, a transaction a lane, wishes of one person in the
 * order given; changes of standing are announced in that transaction. A refusal by text or WhatsApp binds everybody
 * who has the number (shared-numbers.ts), and one of somebody who was merged meanwhile is the remaining user's. When it returns, every opt-out among them holds: no message looked at
 * before it leaves after it. Outcomes come in the order of the wishes. Never call it inside a transaction that holds users' rows.
 * @param alongside What is to hold with the wishes or not at all: done in each lane's transaction, with its outcomes.
 * @throws ApiError ConsentRequired when a wish names no source; nothing is recorded then.
 */
export async function recordWishes(
  { db, announce }: Ledger,
  wishes: Wish[],
  at: Date,
  alongside?: Alongside,
): Promise<WishOutcome[]> {
  for (const wish of wishes) if (wish.source.trim() === '') throw missingSource('source');
  const trees = new Map<number, ProjectConsentTree>();
  for (const { projectId } of wishes)
    if (!trees.has(projectId)) trees.set(projectId, await loadConsentTree(db, projectId));
  const recorded = await recordByLane({ db, announce }, wishes, trees, at, alongside);
  const held = recorded.flatMap(({ held, phoneNumber }, index) =>
    held
      ? [{ wish: { ...wishes[index]!, happenedAt: notAfter(at, wishes[index]!.happenedAt) }, phoneNumber }]
      : [],
  );
  const shared = await bindNumbers(db, held, trees);
  if (shared.length > 0) await recordByLane({ db, announce }, shared, trees, at);
  const followed = await ofThoseWhoRemain(db, wishes, recorded);
  if (followed.length > 0) await recordWishes({ db, announce }, followed, at);
  return recorded.map(({ outcome }) => outcome);
}

/** The refusals of people who were merged into others, as wishes of those others. */
async function ofThoseWhoRemain(
  db: Database,
  wishes: readonly Wish[],
  recorded: readonly Recorded[],
): Promise<Wish[]> {
  const lost = wishes.filter(
    (wish, index) => isRefusal(wish.action) && recorded[index]!.outcome.outcome === 'unknownUser',
  );
  const remaining = await mergedInto(
    db,
    lost.map(({ lane, userId: id }) => ({ lane, id })),
  );
  return lost.flatMap((wish) => {
    const user = remaining.get(wish.userId);
    return user ? { ...wish, lane: user.lane, userId: user.id } : [];
  });
}

/** What is to hold with the wishes of a lane or not at all. */
type Alongside = (transaction: Database, lane: number, outcomes: readonly WishOutcome[]) => Promise<void>;

/** How many lanes' transactions of one call are under way at once: enough to keep the database busy meanwhile. */
const lanesAtOnce = 4;

/** An outcome, and what it means for the person's number. */
interface Recorded {
  outcome: WishOutcome;
  /** Whether a refusal holds: the person has not proven the contrary since; of one who is gone it does. */
  held: boolean;
  phoneNumber: string | null;
}

async function recordByLane(
  { db, announce }: Ledger,
  wishes: readonly Wish[],
  trees: ReadonlyMap<number, ProjectConsentTree>,
  at: Date,
  alongside?: Alongside,
): Promise<Recorded[]> {
  const recorded: Recorded[] = new Array(wishes.length);
  const clear = await clearNumbersOf(db, wishes, trees.keys());
  const numbered = wishes.map((wish, index) => ({ wish, index }));
  const lanes = byLane(numbered, (row) => row.wish.lane).values();
  const recordLane = async (lane: number, rows: typeof numbered) => {
    for (const batch of inBatches(rows)) {
      const ruled = await retrying(() =>
        db.transaction().execute(async (transaction) => {
          const inLane = await recordInLane(
            { db: transaction, announce },
            lane,
            batch.map((row) => row.wish),
            { trees, clear, at },
          );
          await alongside?.(
            transaction,
            lane,
            inLane.map(({ outcome }) => outcome),
          );
          return inLane;
        }),
      );
      batch.forEach((row, index) => {
        recorded[row.index] = ruled[index]!;
      });
    }
  };
  // Each takes the next lane that is left.
  const recordNext = async () => {
    for (const [lane, rows] of lanes) await recordLane(lane, rows);
  };
  await Promise.all(Array.from({ length: lanesAtOnce }, recordNext));
  return recorded;
}

const notAfter = (latest: Date, at: Date): Date => (at > latest ? latest : at);

/** The error for an opt-in of which nobody says where it was given. */
export function missingSource(field: string): ApiError {
  return new ApiError(
    'ConsentRequired',
    `${field} is empty; say where the person agreed (a page, a form, a shop), for consent must be provable`,
    { field },
  );
}

async function recordInLane(
  { db: transaction, announce }: Ledger,
  lane: number,
  wishes: Wish[],
  { trees, clear, at }: { trees: ReadonlyMap<number, ProjectConsentTree>; clear: ClearNumbers; at: Date },
): Promise<Recorded[]> {
  if (wishes.some((wish) => isRefusal(wish.action))) await closeLaneGate(transaction, lane);
  const { standings, people, ids } = await lockStandings(transaction, lane, wishes);
  const numberOf = ({ userId }: Wish) => people.get(userId)?.phoneNumber ?? null;
  const before = copyOf(standings);
  let counter = 0;
  const entries: { wish: Wish; entry: RuledEntry }[] = [];
  const refused: boolean[] = [];
  type NotRuled = { outcome: 'unknownUser' | 'addressGone' };
  const rulings = wishes.map((wish, index): (Ruling & { changed: boolean }) | NotRuled => {
    const standing = standings.get(wish.userId);
    if (!standing) return { outcome: 'unknownUser' };
    if (wish.onlyThere && !hasAddress(people.get(wish.userId), wish)) return { outcome: 'addressGone' };
    const status = () => standing.get(targetText(wish.kind, wish.targetId))?.status;
    const statusBefore = status();
    const happenedAt = notAfter(at, wish.happenedAt);
    const ruling = ruleOnWish(standing, trees.get(wish.projectId)!, { ...wish, happenedAt }, () => --counter);
    if (ruling.outcome === 'recorded' || ruling.outcome === 'pending')
      for (const entry of ruling.entries) entries.push({ wish: { ...wish, happenedAt }, entry });
    const now = standing.get(targetText(wish.kind, wish.targetId));
    if (wish.action === 'optOut') refused[index] = now?.status === 'unsubscribed';
    if (wish.action === 'pause')
      refused[index] = !now || now.status === 'unsubscribed' || now.pausedAt !== null;
    return { ...ruling, changed: status() !== statusBefore };
  });
  const realIds = await idsFor(transaction, entries, ids);
  if (entries.length > 0)
    await sendTogether(transaction, (send) =>
      Promise.all([
        ...notingOwnOptOuts(lane, entries).map(send),
        send(insertingEntries(lane, entries, realIds, at)),
        ...writingStandings(lane, wishes, { before, after: standings }, realIds).map(send),
      ]),
    );
  const proven = wishes.flatMap((wish, index) =>
    wish.action === 'optIn' && isProof(wish) && rulings[index]!.outcome === 'recorded'
      ? [{ wish, phoneNumber: numberOf(wish) }]
      : [],
  );
  await liftFromNumbers(transaction, proven, trees, clear);
  const changes = standingChanges(before, standings, wishes, trees, at);
  if (changes.length > 0) await announce(transaction, changes);
  return rulings.map((ruling, index) => ({
    outcome:
      'entries' in ruling
        ? { outcome: ruling.outcome, entryId: realIds.get(ruling.entries[0]!.id)!, changed: ruling.changed }
        : ruling,
    held: ruling.outcome === 'unknownUser' || (refused[index] ?? false),
    phoneNumber: numberOf(wishes[index]!),
  }));
}

/** A person's addresses, as they stand while the person is held. */
interface Held extends ProfileAddresses {
  id: number;
}

/** Whether the address that a wish is about is the person's. */
function hasAddress(person: Held | undefined, { address }: Wish): boolean {
  if (!person || address === null) return true;
  return isAmong(address, addressesOf(person));
}

/**
 * Where these people stand, and their addresses, held against others until the transaction ends; who is gone is
 * absent. `ids` are new ones for the ledger, one for each wish.
 */
async function lockStandings(
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
async function idsFor(
  transaction: Database,
  entries: { entry: RuledEntry }[],
  ids: readonly number[],
): Promise<Map<number, number>> {
  const lacking = entries.length - ids.length;
  const more = lacking > 0 ? (await newIds(lacking).execute(transaction)).rows : [];
  const all = [...ids, ...more.map(({ id }) => id)];
  return new Map(entries.map(({ entry }, index) => [entry.id, all[index]!]));
}

/** Adds lines to the ledger. */
function insertingEntries(
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

/** Writes the standings that are others now: rules never change one in place. None where nothing is. */
function writingStandings(
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
