import type { Operations } from '../../http/operations.ts';

/** What the calls of data feeds do, with an example of each, in the order in which they can be made. */
export const feedOperations: Operations = {
  'POST /api/dataFeeds': {
    description:
      'Makes a feed: an address that is asked by GET for a JSON object as messages are made, once for all or for each person. Templates that name it in `dataFeedIds` show its fields by `[[field]]`. Values of headers are kept sealed and shown to nobody.',
    body: {
      ...{ name: 'Weather', url: 'https://harbor.example/weather?city={{city}}', alias: 'weather' },
      fallback: { sky: 'fine' },
    },
    learns: { feedId: 'id' },
  },
  'GET /api/dataFeeds': { description: 'The feeds of the project by name.' },
  'GET /api/dataFeeds/:id': {
    description: 'One feed by its id; of its headers the names.',
    params: { id: '{feedId}' },
  },
  'PATCH /api/dataFeeds/:id': {
    description: 'Changes a feed; what is left out stays. Answers that were kept of it are asked for anew.',
    params: { id: '{feedId}' },
    body: { timeoutMs: 2_000, cacheSeconds: 600 },
  },
  'POST /api/dataFeeds/:id/fetch': {
    description:
      'Asks the feed at once, whatever is kept of it, as for a person of these fields; tells the fault, or how long the answer took and what it holds.',
    params: { id: '{feedId}' },
    body: { dataFields: {} },
  },
  'DELETE /api/dataFeeds/:id': {
    description: 'Deletes a feed that no template asks.',
    params: { id: '{feedId}' },
  },
};
