import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** A WhatsApp flow in the list. */
export type FlowSummary = Answer<'/api/whatsApp/flows'>['flows'][number];
/** A WhatsApp flow with its JSON, its versions and what becomes of its answers. */
export type Flow = Answer<'/api/whatsApp/flows/{id}'>;
/** What becomes of answers. */
export type FlowMapping = Flow['mapping'];
/** What a flow is answered while it is filled in. */
export type FlowExchange = Body<'/api/whatsApp/flows/{id}/exchange', 'put'>;
/** What somebody answered, and what came of it. */
export type FlowAnswer = Answer<'/api/whatsApp/flows/{id}/answers'>['answers'][number];
/** What is wrong with a flow's JSON, and what its answers would hold. */
export type FlowCheck = Answer<'/api/whatsApp/flows/check', 'post'>;

const one = (id: number) => ({ params: { path: { id } } });
/** Meta tells of a flow while one looks, and people answer. */
const lookAgain = 5_000;

export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: () => answerOf(server.GET('/api/whatsApp/flows')),
  refetchInterval: lookAgain,
});

export const startersQuery = queryOptions({
  queryKey: ['flowStarters'],
  queryFn: () => answerOf(server.GET('/api/whatsApp/flows/starters')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const flowQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', id],
    queryFn: () => answerOf(server.GET('/api/whatsApp/flows/{id}', one(id))),
    refetchInterval: lookAgain,
  });

export const flowAnswersQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', id, 'answers'],
    queryFn: () => answerOf(server.GET('/api/whatsApp/flows/{id}/answers', one(id))),
    refetchInterval: lookAgain,
  });

export const flowNoticesQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', id, 'notices'],
    queryFn: () => answerOf(server.GET('/api/whatsApp/flows/{id}/notices', one(id))),
    refetchInterval: lookAgain,
  });

/** What is wrong with a JSON that is being written. */
export const flowCheckQuery = (json: Record<string, unknown> | null) =>
  queryOptions({
    queryKey: ['flowCheck', json],
    queryFn: () => answerOf(server.POST('/api/whatsApp/flows/check', { body: { json: json ?? {} } })),
    enabled: json !== null,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const createFlow = (body: Body<'/api/whatsApp/flows'>) =>
  answerOf(server.POST('/api/whatsApp/flows', { body }));

export const saveFlowVersion = (id: number, json: Record<string, unknown>, after: number) =>
  answerOf(server.POST('/api/whatsApp/flows/{id}/versions', { ...one(id), body: { json, after } }));

export const readFlowVersion = (id: number, number: number) =>
  answerOf(server.GET('/api/whatsApp/flows/{id}/versions/{number}', { params: { path: { id, number } } }));

export const publishFlow = (id: number) => answerOf(server.POST('/api/whatsApp/flows/{id}/publish', one(id)));

export const deprecateFlow = (id: number) =>
  answerOf(server.POST('/api/whatsApp/flows/{id}/deprecate', one(id)));

export const refreshFlow = (id: number) => answerOf(server.POST('/api/whatsApp/flows/{id}/refresh', one(id)));

export const cloneFlow = (id: number, name: string) =>
  answerOf(server.POST('/api/whatsApp/flows/{id}/clone', { ...one(id), body: { name } }));

export const deleteFlow = (id: number) => answerOf(server.DELETE('/api/whatsApp/flows/{id}', one(id)));

export const mapFlow = (id: number, body: FlowMapping) =>
  answerOf(server.PUT('/api/whatsApp/flows/{id}/mapping', { ...one(id), body }));

export const planFlow = (id: number, body: FlowExchange) =>
  answerOf(server.PUT('/api/whatsApp/flows/{id}/exchange', { ...one(id), body }));

export const flowKeyQuery = (senderId: number | null) =>
  queryOptions({
    queryKey: ['flowKey', senderId],
    queryFn: () =>
      answerOf(server.GET('/api/whatsApp/flowKey', { params: { query: { senderId: senderId ?? 0 } } })),
    enabled: senderId !== null,
  });

export const registerFlowKey = (senderId: number) =>
  answerOf(server.POST('/api/whatsApp/flowKey', { body: { senderId } }));
