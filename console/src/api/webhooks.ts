import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** A webhook, without its secrets: of these, only that they are set. */
export type Webhook = Answer<'/api/webhooks'>['webhooks'][number];
/** How the token is told to the receiver. */
export type AuthType = Webhook['authType'];

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async () => (await answerOf(server.GET('/api/webhooks'))).webhooks,
});

/** Changes a webhook; what is left out stays. */
export const changeWebhook = (id: number, change: Body<'/api/webhooks'>) =>
  answerOf(server.POST('/api/webhooks', { body: { id, ...change } }));
