import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const webhookOperations: Operations = {
  'POST /api/webhooks/create': {
    description: 'Makes a webhook. Keep the secret of the answer: each post is signed with it.',
    body: {
      endpoint: 'https://hooks.harbor.example/carillon',
      enabled: true,
      childEvents: ['smsSend', 'smsBounce'],
      headers: [{ key: 'X-Shop', value: 'harbor' }],
    },
    learns: { webhookId: 'id' },
  },
  'GET /api/webhooks': { description: 'The webhooks of the project, without their secrets.' },
  'POST /api/webhooks': {
    description: 'Changes a webhook; what is not named stays as it is.',
    body: { id: '{webhookId}', enabled: false },
  },
  'DELETE /api/webhooks/:id': {
    description: 'Deletes a webhook and what waits to be posted to it.',
    params: { id: '{webhookId}' },
  },
};
