import type { Operations } from '../../http/operations.ts';

/** What the calls of this folder do, with an example of each. */
export const historyOperations: Operations = {
  'GET /api/users/:ref/history': {
    description: 'Messages, replies, clicks, events, consents and changes of one person, newest first.',
    params: { ref: 'ada' },
    query: { limit: 20 },
  },
  'GET /api/users/getSentMessages': {
    description:
      'What was sent to one person; skipped messages are left out. `startDateTime` and `endDateTime` bound it.',
    query: { userId: 'ada', limit: 5 },
  },
};
