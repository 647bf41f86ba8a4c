import { recordWishes } from '../../consent/ledger.ts';
import { suppressStranger } from '../../consent/suppress-stranger.ts';
import type { Wish } from '../../consent/wish.ts';
import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { skipQueued } from '../../delivery/skip-queued.ts';
import type { Context } from '../../http/context.ts';
import type { Medium } from '../../medium/media.ts';
import type { AccountChange } from '../../providers/callback.ts';
import { findUsers } from '../../users/find-users.ts';
import type { UserRef } from '../../users/identity.ts';
import { reachedAt } from '../../users/whatsapp-number.ts';
import { askAbout } from '../unclear-replies.sql.ts';
import { channelsOn, standingChannels } from './standings.sql.ts';

/**
 * Acts on what WhatsApp tells of a person's account. A number that was given up is not written to there again: all who
 * have it are opted out of WhatsApp, and so is whoever gets it next; the new number starts without consent. Whether
 * the person still has the line is not known, so texts to it wait for somebody who decides, and so do messages on
 * WhatsApp where the account was registered anew or goes by another user id: it may be somebody else's by now.
 */
export async function obeyAccountChange(
  context: Context,
  from: CallingAccount,
  change: AccountChange,
): Promise<void> {
  const { db } = context;
  const { projectId } = from;
  const at = context.clock.now();
  const source = `WhatsApp: ${sources[change.kind]}`;
  const asked = async (
    user: UserRef,
    action: Wish['action'],
    channelIds: readonly number[],
    alongside: (transaction: Database) => Promise<unknown>,
  ) => {
    const person = { lane: user.lane, userId: user.id, projectId };
    const said = { method: 'provider', source, wording: change.body, happenedAt: change.at };
    const address = change.phone ?? change.whatsAppUserId ?? null;
    await recordWishes(
      context,
      channelIds.map((targetId) => ({ ...person, ...said, action, kind: 'channel', targetId, address })),
      at,
      async (transaction) => {
        await alongside(transaction);
      },
    );
  };
  const { phone } = change;
  const lost = change.kind === 'number' ? await channelsOn(db, projectId, 'whatsApp') : [];
  // Whoever is nobody's user yet, too: a file may name the old number tomorrow.
  if (phone)
    for (const channelId of lost)
      await suppressStranger(
        db,
        { id: projectId },
        { phone },
        { channelId },
        { source, note: change.body, at: change.at },
      );
  const users = await peopleOf(db, projectId, change);
  for (const user of lost.length > 0 ? users : [])
    await asked(user, 'optOut', lost, (transaction) =>
      skipQueued({ ...context, db: transaction }, user, { channelIds: lost }, 'optedOut', at),
    );
  const doubted: Medium = change.kind === 'number' ? 'sms' : 'whatsApp';
  for (const user of users) {
    const channelIds = await standingChannels(db, projectId, user, doubted);
    if (channelIds.length === 0) continue;
    // Together: what pauses without asking somebody to decide would pause for ever.
    await asked(user, 'pause', channelIds, (transaction) =>
      askAbout(transaction, {
        ...{ projectId, lane: user.lane, userIds: [user.id], channelIds, body: change.body, about: 'wish' },
        ...{ address: null, providerMessageId: change.providerMessageId, receivedAt: at },
      }),
    );
  }
}

const sources: Readonly<Record<AccountChange['kind'], string>> = {
  number: 'the number was given up for another',
  userId: 'the account has another user id',
  identity: 'the account was registered anew',
};

/** Everybody whom the account may be: who has the number, and who has the user id. */
async function peopleOf(db: Database, projectId: number, change: AccountChange): Promise<UserRef[]> {
  const { phone, whatsAppUserId } = change;
  const { holders, byOtherName } = phone
    ? await reachedAt(db, projectId, phone)
    : { holders: [], byOtherName: [] };
  const [owner] = whatsAppUserId ? await findUsers(db, projectId, [{ whatsAppUserId }]) : [];
  const people = [...holders, ...byOtherName, ...(owner ? [owner] : [])];
  return [...new Map(people.map((user) => [user.id, user])).values()];
}
