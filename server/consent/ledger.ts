import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { closeLaneGate } from '../database/lane-locks.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { byLane, inBatches } from '../users/by-lane.ts';
import { mergedInto } from '../users/merged-users.ts';
import { retrying } from '../users/try-again.ts';
import { lockUsers } from '../users/user-row.ts';
import { loadConsentTree, type ProjectConsentTree } from './consent-tree.ts';
import { bindNumbers, isRefusal, liftFromNumbers } from './shared-numbers.ts';
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
  | { outcome: 'unknownTarget' | 'unknownUser' };

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
            trees,
            at,
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
  trees: ReadonlyMap<number, ProjectConsentTree>,
  at: Date,
): Promise<Recorded[]> {
  if (wishes.some((wish) => isRefusal(wish.action))) await closeLaneGate(transaction, lane);
  const { standings, phoneNumbers } = await lockStandings(transaction, lane, wishes);
  const before = copyOf(standings);
  let counter = 0;
  const entries: { wish: Wish; entry: RuledEntry }[] = [];
  const refused: boolean[] = [];
  const rulings = wishes.map((wish, index): (Ruling & { changed: boolean }) | { outcome: 'unknownUser' } => {
    const standing = standings.get(wish.userId);
    if (!standing) return { outcome: 'unknownUser' };
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
  const realIds = await insertEntries(transaction, lane, entries, at);
  await writeStandings(transaction, lane, wishes, standings, realIds);
  const proven = wishes.flatMap((wish, index) =>
    wish.action === 'optIn' && isProof(wish) && rulings[index]!.outcome === 'recorded'
      ? [{ wish, phoneNumber: phoneNumbers.get(wish.userId) ?? null }]
      : [],
  );
  await liftFromNumbers(transaction, proven, trees);
  const changes = standingChanges(before, standings, wishes, trees, at);
  if (changes.length > 0) await announce(transaction, changes);
  return rulings.map((ruling, index) => ({
    outcome:
      'entries' in ruling
        ? { outcome: ruling.outcome, entryId: realIds.get(ruling.entries[0]!.id)!, changed: ruling.changed }
        : ruling,
    held: ruling.outcome === 'unknownUser' || (refused[index] ?? false),
    phoneNumber: phoneNumbers.get(wishes[index]!.userId) ?? null,
  }));
}

/**
 * Where these people stand, and their numbers, held against others until the transaction ends; who is gone is absent.
 */
async function lockStandings(
  transaction: Database,
  lane: number,
  wishes: Wish[],
): Promise<{ standings: Map<number, Standings>; phoneNumbers: Map<number, string | null> }> {
  const standings = new Map<number, Standings>();
  const phoneNumbers = new Map<number, string | null>();
  for (const projectId of new Set(wishes.map((wish) => wish.projectId))) {
    const ids = wishes.filter((wish) => wish.projectId === projectId).map((wish) => wish.userId);
    for (const user of await lockUsers(transaction, projectId, lane, [...new Set(ids)])) {
      standings.set(user.id, new Map());
      phoneNumbers.set(user.id, user.phoneNumber);
    }
  }
  const { rows } = await sql<Standing & { userId: number; text: string }>`
    SELECT s.user_id AS "userId", s.kind || ':' || s.target_id AS text, s.status, s.paused_at AS "pausedAt",
      s.entry_id AS "entryId", s.since, coalesce(e.method = ANY(${provingMethods}::text[]) AND e.dated, false) AS proven
    FROM subscription s LEFT JOIN consent_entry e ON e.lane = ${lane} AND e.id = s.entry_id
    WHERE s.lane = ${lane} AND s.user_id = ANY(${[...standings.keys()]}::bigint[])`.execute(transaction);
  for (const { userId, text, ...standing } of rows) standings.get(userId)?.set(text, standing);
  return { standings, phoneNumbers };
}

/** Adds lines to the ledger; answers the real id of each by the number it had. */
async function insertEntries(
  transaction: Database,
  lane: number,
  entries: { wish: Wish; entry: RuledEntry }[],
  at: Date,
): Promise<Map<number, number>> {
  if (entries.length === 0) return new Map();
  const wishes = entries.map((row) => row.wish);
  const ruled = entries.map((row) => row.entry);
  const { rows } = await sql<{ id: number }>`
    WITH numbered AS MATERIALIZED (
      SELECT nextval('consent_entry_id_seq') AS id FROM generate_series(1, ${entries.length}::int)
    ) SELECT id FROM numbered ORDER BY id`.execute(transaction);
  await sql`
    INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, address, method, source,
      wording, ip, happened_at, dated, recorded_at)
    SELECT ${lane}, e.*, ${at}::timestamptz FROM unnest(
      ${rows.map((row) => row.id)}::bigint[], ${wishes.map((wish) => wish.projectId)}::int[],
      ${wishes.map((wish) => wish.userId)}::bigint[], ${ruled.map((entry) => entry.action)}::text[],
      ${ruled.map((entry) => entry.kind)}::text[], ${ruled.map((entry) => entry.targetId)}::int[],
      ${wishes.map((wish) => wish.address)}::text[], ${wishes.map((wish) => wish.method)}::text[],
      ${wishes.map((wish) => wish.source.trim())}::text[], ${wishes.map((wish) => wish.wording ?? null)}::text[],
      ${wishes.map((wish) => wish.ip ?? null)}::text[],
      ${wishes.map((wish) => wish.happenedAt)}::timestamptz[],
      ${wishes.map((wish) => !wish.undated)}::boolean[]) AS e`.execute(transaction);
  return new Map(ruled.map((entry, index) => [entry.id, rows[index]!.id]));
}

async function writeStandings(
  transaction: Database,
  lane: number,
  wishes: Wish[],
  standings: Map<number, Standings>,
  realIds: Map<number, number>,
): Promise<void> {
  const projectOf = new Map(wishes.map((wish) => [wish.userId, wish.projectId]));
  const rows = [...standings].flatMap(([userId, targets]) =>
    [...targets].map(([text, standing]) => {
      const [kind, targetId] = text.split(':');
      const entryId = realIds.get(standing.entryId) ?? standing.entryId;
      return {
        userId,
        projectId: projectOf.get(userId),
        kind,
        targetId: Number(targetId),
        ...standing,
        entryId,
      };
    }),
  );
  if (rows.length === 0 || realIds.size === 0) return;
  await sql`
    INSERT INTO subscription (lane, user_id, project_id, kind, target_id, status, paused_at, entry_id, since)
    SELECT ${lane}, s.* FROM unnest(
      ${rows.map((row) => row.userId)}::bigint[], ${rows.map((row) => row.projectId)}::int[],
      ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.targetId)}::int[],
      ${rows.map((row) => row.status)}::text[], ${rows.map((row) => row.pausedAt)}::timestamptz[],
      ${rows.map((row) => row.entryId)}::bigint[], ${rows.map((row) => row.since)}::timestamptz[]) AS s
    ON CONFLICT (lane, user_id, kind, target_id) DO UPDATE SET status = excluded.status,
      paused_at = excluded.paused_at, entry_id = excluded.entry_id, since = excluded.since
    WHERE (subscription.status, subscription.paused_at, subscription.entry_id, subscription.since)
      IS DISTINCT FROM (excluded.status, excluded.paused_at, excluded.entry_id, excluded.since)`.execute(
    transaction,
  );
}
