import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

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

/** Makes a sender. */
export const addSender = (sender: Body<'/api/senders'>) =>
  answerOf(server.POST('/api/senders', { body: sender }));

/** Changes a sender; what is left out stays. */
export const changeSender = (id: number, change: Body<'/api/senders/{id}', 'patch'>) =>
  answerOf(server.PATCH('/api/senders/{id}', { params: { path: { id } }, body: change }));

/** Deletes a sender that was never used. */
export const removeSender = (id: number) => server.DELETE('/api/senders/{id}', { params: { path: { id } } });

/** Makes a pool, or changes the one of this id. */
export const savePool = (id: number | null, pool: Body<'/api/senderPools'>) =>
  id === null
    ? answerOf(server.POST('/api/senderPools', { body: pool }))
    : answerOf(server.PATCH('/api/senderPools/{id}', { params: { path: { id } }, body: pool }));

/** Deletes a pool that no campaign names. */
export const removePool = (id: number) =>
  server.DELETE('/api/senderPools/{id}', { params: { path: { id } } });
