import { queryOptions } from '@tanstack/react-query';
import { get, post, RequestError } from './request.ts';
import { identityOf, nameOf, type UserCard } from './users.ts';

/** The ledger entry that put somebody where they stand. */
export interface LedgerEntry {
  action: string;
  method: string;
  source: string;
  wording: string | null;
  address: string | null;
  ip: string | null;
  happenedAt: string;
}

/** Where somebody stands with a channel or a message type; `entry` is the proof. */
export interface Standing {
  kind: 'channel' | 'messageType';
  targetId: number;
  status: string;
  paused: boolean;
  since: string;
  entry: LedgerEntry | null;
}

/** A reply whose wish is unclear; the person gets no promotional message until somebody decides. */
export interface UnclearReply {
  id: number;
  body: string;
  /** What it may mean: a wish for fewer or no messages, another's number by now, a death. */
  about: 'wish' | 'wrongNumber' | 'died';
  receivedAt: string;
  /** Null when the person was deleted meanwhile. */
  user: UserCard | null;
}

/** What to call the writer of an unclear reply. */
export const writerOf = (reply: UnclearReply) => (reply.user ? nameOf(reply.user) : 'somebody deleted');

export const standingQuery = (user: UserCard) =>
  queryOptions({
    queryKey: ['users', user.ref, 'standing'],
    queryFn: async () =>
      (await get<{ standings: Standing[] }>('/api/consent/proof', identityOf(user))).standings,
    refetchInterval: 10_000,
  });

export const unclearQuery = queryOptions({
  queryKey: ['unclear'],
  queryFn: async () => (await get<{ replies: UnclearReply[] }>('/api/consent/unclear')).replies,
  refetchInterval: 10_000,
});

export const decideUnclear = (id: number, decision: 'optOut' | 'keep') =>
  post<unknown>(`/api/consent/unclear/${id}/decide`, { decision });

/** An opt-out by hand: which channels, from where the wish came, and its words. */
export interface OptOutByHand {
  user: UserCard;
  channelIds: number[];
  source: string;
  note: string;
}

/** Records it channel by channel; throws what the server refused first. */
export async function optOutByHand({ user, channelIds, source, note }: OptOutByHand): Promise<void> {
  for (const channelId of channelIds) {
    const { failures } = await post<{ failures: { reason: string; code: string }[] }>('/api/consent/optOut', {
      ...identityOf(user),
      channelId,
      source,
      ...(note ? { note } : {}),
    });
    const [failure] = failures;
    if (failure) throw new RequestError(400, failure.code, failure.reason);
  }
}

/** An opt-in that somebody gave outside: to what, and what proves it. */
export interface OptInByHand {
  user: UserCard;
  messageTypeIds: number[];
  method: string;
  source: string;
  wording: string;
  /** The day they agreed, YYYY-MM-DD. */
  on: string;
}

/** Records it with its proof; throws what was refused first. */
export async function optInByHand({ user, messageTypeIds, on, ...proof }: OptInByHand): Promise<void> {
  const consents = messageTypeIds.map((messageTypeId) => ({
    ...identityOf(user),
    ...proof,
    messageTypeId,
    happenedAt: on,
  }));
  const { failures } = await post<{ failures: { reason: string; code: string }[] }>('/api/consent', {
    consents,
  });
  const [failure] = failures;
  if (failure) throw new RequestError(400, failure.code, failure.reason);
}
