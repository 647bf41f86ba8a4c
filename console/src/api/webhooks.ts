import { queryOptions } from '@tanstack/react-query';
import { get, post } from './request.ts';

/** How the token is told to the receiver. */
export type AuthType = 'NoAuth' | 'Basic' | 'OAuth2' | 'Bearer';

/** A webhook, without its secrets: of these, only that they are set. */
export interface Webhook {
  id: number;
  endpoint: string;
  enabled: boolean;
  authType: AuthType;
  authTokenSet: boolean;
  customHeaders: { name: string; set: true }[];
  childEvents: string[];
}

/** What is changed; what is left out stays. */
export interface WebhookChange {
  endpoint: string;
  enabled: boolean;
  authType: AuthType;
  authToken?: string;
  customHeaders?: { name: string; value: string }[];
}

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async () => (await get<{ webhooks: Webhook[] }>('/api/webhooks')).webhooks,
});

export const changeWebhook = (id: number, change: WebhookChange) =>
  post<Webhook>('/api/webhooks', { id, ...change });
