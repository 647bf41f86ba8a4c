import type { Clock } from '../../clock/clock.ts';
import { type Ledger, recordWishes } from '../../consent/ledger.ts';
import type { Wish } from '../../consent/wish.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { Happening, MessageHappening } from '../../http/happenings.ts';
import type { Providers } from '../../providers/wires.ts';
import { actOnFailures, taughtOptOuts } from './act-on-failures.ts';
import { applyReceipts, type SettledMessage } from './apply-receipts.ts';

/** What settling needs. */
export interface Settler extends Ledger {
  clock: Clock;
  providers: Pick<Providers, 'known'>;
}

/** What came of it: receipts that another project's account had signed were dropped; more may wait. */
export interface Settling {
  foreign: number;
  more: boolean;
}

/** Opt-outs that receipts teach and that are not recorded yet: the receipts stay where they are. */
class Unrecorded extends Error {
  readonly wishes: Wish[];
  constructor(wishes: Wish[]) {
    super('opt-outs that the provider knows of are to be recorded first');
    this.wishes = wishes;
  }
}

/**
 * Applies what waits in one lane and acts on it, in one transaction: the messages' new standing, what is told of it, and
 * what failures teach hold together or not at all. An opt-out that the provider knows of binds people of other lanes
 * too, so that it is a transaction of its own and comes first: should the process die between the two, it is recorded
 * again, which changes nothing. The caller has taken the lane.
 */
export async function settleReceipts(work: Settler, lane: number): Promise<Settling> {
  const recorded = new Set<string>();
  for (;;) {
    try {
      return await settleOnce(work, lane, recorded);
    } catch (error) {
      if (!(error instanceof Unrecorded)) throw error;
      await recordWishes(work, error.wishes, work.clock.now());
      for (const wish of error.wishes) recorded.add(textOf(wish));
    }
  }
}

async function settleOnce(
  { db, announce, clock, providers }: Settler,
  lane: number,
  recorded: ReadonlySet<string>,
): Promise<Settling> {
  return db.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    const applied = await applyReceipts(transaction, providers.known, lane);
    const unrecorded = taughtOptOuts(applied.settled).filter((wish) => !recorded.has(textOf(wish)));
    if (unrecorded.length > 0) throw new Unrecorded(unrecorded);
    const happenings = applied.settled.flatMap((message) => happeningsOf(message, clock.now()));
    if (happenings.length > 0) await announce(transaction, happenings);
    await actOnFailures(transaction, announce, lane, applied.settled, clock.now());
    return { foreign: applied.foreign, more: applied.more };
  });
}

function textOf({ userId, targetId, address, happenedAt }: Wish): string {
  return `${userId} ${targetId} ${address} ${happenedAt.getTime()}`;
}

/** What people want to be told of a message's change: that it was sent, that it arrived, that it failed. */
function happeningsOf(message: SettledMessage, now: Date): Happening[] {
  const { before, after, medium, projectId, lane, userId, id: messageId, campaignId } = message;
  const told = (what: MessageHappening['what'], at: Date | null): MessageHappening => ({
    ...{ kind: 'message', what, medium, projectId, lane, userId, messageId, campaignId },
    ...{ reason: after.errorCode, at: at ?? new Date(0) },
  });
  const news = [
    ...(after.sentAt && !before.sentAt ? [told('send', after.sentAt)] : []),
    ...(after.deliveredAt && !before.deliveredAt ? [told('delivered', after.deliveredAt)] : []),
    ...(after.readAt && !before.readAt ? [told('seen', after.readAt)] : []),
    ...(after.status === 'bounced' && before.status !== 'bounced' ? [told('bounce', after.failedAt)] : []),
  ];
  if (news.length > 0 || after === before) return news;
  // It stands otherwise all the same: sent once more, or known to have been delivered earlier.
  return [{ kind: 'change', of: 'message', projectId, lane, userId, at: now }];
}
