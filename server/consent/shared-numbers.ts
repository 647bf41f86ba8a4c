import type { Database } from '../database/connect.ts';
import { factsOf } from '../medium/media.ts';
import { identityOfAddress, identityText, lockedHoldersOf, type UserRef } from '../users/identity.ts';
import { retrying } from '../users/try-again.ts';
import type { ProjectConsentTree } from './consent-tree.ts';
import { isProof, type WishAction } from './standing.ts';
import { liftSuppressions, suppress, suppressedAmong } from './suppression.sql.ts';
import type { Wish } from './wish.ts';

/** A wish that holds, with the number on file of the person whose it is. */
export interface HeldWish {
  wish: Wish;
  phoneNumber: string | null;
}

/** A refusal that holds; of a person who is gone it is about the address alone. */
export interface HeldRefusal extends HeldWish {
  isGone: boolean;
}

/** Whether a wish asks for fewer messages. */
export const isRefusal = (action: WishAction): boolean => action === 'optOut' || action === 'pause';

/** The channel a wish is about, where messages there go to a number. */
function channelByNumber(wish: Wish, tree: ProjectConsentTree): number | null {
  const channelId = wish.kind === 'channel' ? wish.targetId : tree.channelOfType.get(wish.targetId);
  if (channelId === undefined) return null;
  const medium = tree.mediumOfChannel.get(channelId);
  return medium !== undefined && !factsOf(medium).addresses.includes('phone') ? null : channelId;
}

const addressText = (address: string): string => identityText(identityOfAddress(address));

/** The numbers a wish is about: the one it was said from or of, and the person's own; one spelling of each. */
function numbersOf({ wish, phoneNumber }: HeldWish): string[] {
  const numbers = [wish.address, phoneNumber].filter((each) => each?.startsWith('+')).map((each) => each!);
  return [...new Map(numbers.map((number) => [addressText(number), number])).values()];
}

/**
 * The addresses that a refusal binds, whoever has them: its numbers. A WhatsApp user id is one person's, whose standing says
 * all; of a person who is gone it is all that is left.
 */
function boundBy(held: HeldRefusal): string[] {
  const { address } = held.wish;
  return held.isGone && address !== null ? [address] : numbersOf(held);
}

/**
 * What refusals by text and WhatsApp mean for their numbers: a refusal binds everybody who has the number. Puts
 * opt-outs on record for the number, so that whoever gains it is out of the channel until they opt in provably, and answers the same
 * wishes for those who share it, to be recorded besides. Nobody gains one of the numbers between the two looks. So it is with the
 * WhatsApp user id of a person who is gone.
 */
export async function bindNumbers(
  db: Database,
  held: readonly HeldRefusal[],
  trees: ReadonlyMap<number, ProjectConsentTree>,
): Promise<Wish[]> {
  const asked = new Set(held.map(({ wish }) => wishText(wish, wish.userId)));
  const more: Wish[] = [];
  for (const [projectId, tree] of trees) {
    const refusals = held.filter(
      ({ wish }) =>
        wish.projectId === projectId && isRefusal(wish.action) && channelByNumber(wish, tree) !== null,
    );
    const addresses = refusals.flatMap(boundBy);
    if (addresses.length === 0) continue;
    const optOuts = refusals.flatMap((each) => {
      const { action, happenedAt: since } = each.wish;
      const channelId = channelByNumber(each.wish, tree);
      if (action !== 'optOut' || channelId === null) return [];
      return boundBy(each).map((address) => ({ address, channelId, since }));
    });
    const holders = await retrying(() =>
      db.transaction().execute(async (transaction) => {
        const found = await lockedHoldersOf(transaction, projectId, addresses);
        await suppress(transaction, projectId, optOuts);
        return found;
      }),
    );
    for (const refusal of refusals)
      for (const sharer of sharersOf(refusal, holders)) {
        const text = wishText(refusal.wish, sharer.id);
        if (asked.has(text)) continue;
        asked.add(text);
        more.push({ ...refusal.wish, lane: sharer.lane, userId: sharer.id });
      }
  }
  return more;
}

function sharersOf(held: HeldRefusal, holders: ReadonlyMap<string, UserRef[]>): UserRef[] {
  return boundBy(held).flatMap((address) => holders.get(addressText(address)) ?? []);
}

function wishText({ action, kind, targetId }: Wish, userId: number): string {
  return `${userId} ${action} ${kind} ${targetId}`;
}

/** By project: numbers of which no opt-out is on record. */
export type ClearNumbers = ReadonlyMap<number, ReadonlySet<string>>;

/** Of the numbers that provable opt-ins are about, those of which no opt-out is on record: one look for a whole batch. */
export async function clearNumbersOf(
  db: Database,
  wishes: readonly Wish[],
  projectIds: Iterable<number>,
): Promise<ClearNumbers> {
  const clear = new Map<number, ReadonlySet<string>>();
  for (const projectId of projectIds) {
    const proofs = wishes.filter(
      (wish) => wish.projectId === projectId && wish.action === 'optIn' && isProof(wish),
    );
    const numbers = new Set(proofs.flatMap(({ address }) => (address?.startsWith('+') ? address : [])));
    if (numbers.size > 0)
      clear.set(projectId, numbers.difference(await suppressedAmong(db, projectId, numbers)));
  }
  return clear;
}

/** Takes opt-outs off the record of numbers from which their people have since opted in provably. */
export async function liftFromNumbers(
  transaction: Database,
  optIns: readonly HeldWish[],
  trees: ReadonlyMap<number, ProjectConsentTree>,
  clear: ClearNumbers,
): Promise<void> {
  for (const [projectId, tree] of trees)
    await liftSuppressions(
      transaction,
      projectId,
      optIns.flatMap((each) => {
        const channelId = each.wish.projectId === projectId ? channelByNumber(each.wish, tree) : null;
        if (channelId === null) return [];
        const { kind, targetId, happenedAt } = each.wish;
        const messageTypeId = kind === 'messageType' ? targetId : undefined;
        return numbersOf(each)
          .filter((address) => !clear.get(projectId)?.has(address))
          .map((address) => ({ address, channelId, messageTypeId, happenedAt }));
      }),
    );
}
