import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, server } from './request.ts';

/** What messages come from. */
export type Sender = Answer<'/api/senders'>['senders'][number];
/** Several senders of one medium and purpose; a person keeps to the one they know. */
export type SenderPool = Answer<'/api/senderPools'>['senderPools'][number];

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: async () => (await answerOf(server.GET('/api/senders'))).senders,
});

export const poolsQuery = queryOptions({
  queryKey: ['senderPools'],
  queryFn: async () => (await answerOf(server.GET('/api/senderPools'))).senderPools,
});

/** Stops a sender or starts it again; what waits for it stays. */
export const setSenderState = (id: number, state: Sender['state']) =>
  server.PATCH('/api/senders/{id}', { params: { path: { id } }, body: { state } });
