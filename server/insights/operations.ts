import type { Operations } from '../http/operations.ts';

const range = { startDateTime: '2026-11-01', endDateTime: '2027-01-01' };

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const insightOperations: Operations = {
  'GET /api/campaigns/metrics': {
    description: 'A CSV with a line for each campaign, in Iterable’s columns and some of our own.',
    query: { campaignId: '{campaignId}' },
  },
  'GET /api/campaigns/:id/links': {
    description:
      'Clicks on each link of a campaign: by people (total and unique), and by previews and bots apart. Where every person has an address of their own, they are counted by the page.',
    params: { id: '{campaignId}' },
  },
  'GET /api/campaigns/:id/replies': {
    description:
      'What people wrote to the sender of a campaign’s message within a day after it left, the newest first.',
    params: { id: '{campaignId}' },
  },
  'GET /api/messages': {
    description: 'Messages of the project, newest first; `status` and `skipReason` narrow them.',
    query: { campaignId: '{campaignId}', limit: 10 },
    learns: { sentMessageId: 'messages.0.messageId' },
  },
  'GET /api/messages/:messageId': {
    description: 'One message with its content and all that became of it.',
    params: { messageId: '{sentMessageId}' },
  },
  'POST /api/export/start': {
    description: 'Starts an export in the background; its files are listed while they are written.',
    body: { dataTypeName: 'user', outputFormat: 'text/csv', ...range },
    learns: { jobId: 'jobId' },
  },
  'GET /api/export/jobs': { description: 'The newest hundred export jobs.', given: 'theExportIsDone' },
  'GET /api/export/:jobId/files': {
    description: 'The files that an export has written so far, with an address each.',
    params: { jobId: '{jobId}' },
  },
  'GET /api/export/:jobId/files/:number': {
    description: 'One file of an export.',
    params: { jobId: '{jobId}', number: 1 },
  },
  'DELETE /api/export/:jobId': {
    description: 'Cancels an export that waits or runs; one that is completed cannot be cancelled.',
    params: { jobId: '{waitingJobId}' },
    given: 'anExportWaits',
  },
  'GET /api/export/data.csv': {
    description: 'The data itself as CSV, streamed; by `range`, or by startDateTime and endDateTime.',
    query: { dataTypeName: 'user', range: 'All' },
  },
  'GET /api/export/data.json': {
    description:
      'The data itself, one JSON object a line, streamed; by `range`, or by startDateTime and endDateTime.',
    query: { dataTypeName: 'user', range: 'All' },
  },
  'GET /api/export/userEvents': {
    description:
      'All that happened to and by one person, the oldest first: messages, clicks, replies, opt-ins and opt-outs by email, purchases; with `includeCustomEvents` tracked events too.',
    query: { userId: 'ada', includeCustomEvents: true },
  },
  'GET /api/email/viewInBrowser': {
    description:
      'The HTML of an email as it left, with this person’s fields and links. Name the person it was sent to.',
    query: { messageId: '{leftEmailId}', userId: 'grace' },
    given: 'anEmailHasLeft',
  },
};
