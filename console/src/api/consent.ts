import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, RequestError, server } from './request.ts';
import { identityOf, nameOf, type UserCard } from './users.ts';

/** Where somebody stands with a channel or a message type; `entry` is the proof. */
export type Standing = Answer<'/api/consent/proof'>['standings'][number];
/** A reply whose wish is unclear; the person gets no promotional message until somebody decides. */
export type UnclearReply = Answer<'/api/consent/unclear'>['replies'][number];

/** What to call the writer of an unclear reply. */
export const writerOf = (reply: UnclearReply) => (reply.user ? nameOf(reply.user) : 'somebody deleted');

export const standingQuery = (user: UserCard) =>
  queryOptions({
    queryKey: ['users', user.ref, 'standing'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/consent/proof', { params: { query: identityOf(user) } }))).standings,
    refetchInterval: 10_000,
  });

export const unclearQuery = queryOptions({
  queryKey: ['unclear'],
  queryFn: async () => (await answerOf(server.GET('/api/consent/unclear'))).replies,
  refetchInterval: 10_000,
});

export const decideUnclear = (id: number, decision: 'optOut' | 'keep') =>
  server.POST('/api/consent/unclear/{id}/decide', { params: { path: { id } }, body: { decision } });

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
    const body = { ...identityOf(user), channelId, source, ...(note ? { note } : {}) };
    throwRefused(await answerOf(server.POST('/api/consent/optOut', { body })));
  }
}

type OptIn = Body<'/api/consent'>['consents'][number];

/** An opt-in that somebody gave outside: to what, and what proves it. */
export interface OptInByHand extends Pick<OptIn, 'method' | 'source' | 'wording'> {
  user: UserCard;
  messageTypeIds: number[];
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
  throwRefused(await answerOf(server.POST('/api/consent', { body: { consents } })));
}

function throwRefused({ failures: [failure] }: Answer<'/api/consent', 'post'>): void {
  if (failure) throw new RequestError(400, failure.code, failure.reason);
}
