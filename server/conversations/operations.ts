import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const conversationOperations: Operations = {
  'GET /api/keywords': {
    description: 'The words that are obeyed in every project, by language, and your own.',
  },
  'POST /api/keywords': {
    description:
      'A word of your own; it counts when it is the whole message. A word that means STOP anywhere is refused.',
    body: {
      word: 'COFFEE',
      meaning: 'optIn',
      messageTypeId: 1,
      answer: 'Welcome to Harbor Coffee! Reply STOP to end.',
    },
    learns: { keywordId: 'id' },
  },
  'DELETE /api/keywords/:id': {
    description: 'Deletes a word of your own; those built in stay.',
    params: { id: '{keywordId}' },
  },
  'GET /api/consent/unclear': {
    description:
      'What people wrote that may be a wish to be left alone. Until somebody decides, they get no marketing.',
    query: { limit: 10 },
    given: 'anUnclearReply',
    learns: { unclearId: 'replies.0.id' },
  },
  'POST /api/consent/unclear/:id/decide': {
    description: '`optOut` opts the person out as they wrote it; `keep` lets messages go on.',
    params: { id: '{unclearId}' },
    body: { decision: 'keep' },
  },
};
