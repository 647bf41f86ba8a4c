import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { closeLaneGate } from '../lanes/lane-gate.ts';
import { addressesOf, isAmong } from '../users/addresses.ts';
import { byLane, inBatches } from '../users/by-lane.ts';
import { mergedInto } from '../users/merged-users.ts';
import { retrying } from '../users/try-again.ts';
import { loadConsentTree, type ProjectConsentTree } from './consent-tree.ts';
import { type Held, idsFor, insertingEntries, lockStandings, writingStandings } from './ledger.sql.ts';
import { notingOwnOptOuts } from './own-opt-outs.sql.ts';
import {
  bindNumbers,
  type ClearNumbers,
  clearNumbersOf,
  isRefusal,
  liftFromNumbers,
} from './shared-numbers.ts';
import { isProof, type RuledEntry, type Ruling, ruleOnWish, targetText } from './standing.ts';
import { copyOf, otherChanges, standingChanges } from './standing-changes.ts';
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
  const held = recorded.flatMap(({ held, outcome: { outcome }, phoneNumber }, index) => {
    const wish = wishes[index]!;
    const happenedAt = notAfter(at, wish.happenedAt);
    return held ? [{ wish: { ...wish, happenedAt }, phoneNumber, isGone: outcome === 'unknownUser' }] : [];
  });
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
  const changes = [
    ...standingChanges(before, standings, wishes, trees, at),
    ...otherChanges(before, standings, wishes, at),
  ];
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

/** Whether the address that a wish is about is the person's. */
function hasAddress(person: Held | undefined, { address }: Wish): boolean {
  if (!person || address === null) return true;
  return isAmong(address, addressesOf(person));
}
