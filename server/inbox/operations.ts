import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const inboxOperations: Operations = {
  'GET /api/inbox/settings': {
    description:
      'Hours in which people answer, what is promised, and who may answer in whose threads. A project that has set nothing promises nothing.',
  },
  'PATCH /api/inbox/settings': {
    description: 'What is left out stays. Due times count working minutes: a night and a holiday are none.',
    body: { firstReplyMinutes: 60, nextReplyMinutes: 120, others: 'warned', unassignMinutes: 240 },
  },
  'POST /api/inbox/canned': {
    description: 'An answer that is written once and called by its code.',
    body: { code: 'hours', body: 'Hi {{firstName|there}}, we are open from 8 to 6.' },
  },
  'GET /api/inbox/canned': { description: 'All of them, with how often each was used.' },
  'GET /api/inbox/threads': {
    description:
      'One thread a person, over all channels. Keywords that are obeyed, reactions and taps of a campaign’s buttons open none.',
    given: 'aThreadIsOpen',
    query: { state: 'open', limit: 10 },
    learns: { threadId: 'threads.0.id' },
  },
  'GET /api/inbox/counts': { description: 'For the tabs of an inbox; large numbers are cut off at `most`.' },
  'GET /api/inbox/threads/:id': {
    description:
      'The thread, where its person can be answered now and until when, who has it open, your draft, and what was said and done.',
    params: { id: '{threadId}' },
    query: { limit: 20 },
  },
  'GET /api/inboundFiles/:id': {
    description:
      'Pictures, films and sounds come as what they are by their content, all else as bytes to save. Takes one `Range`, as players ask for.',
    params: { id: '{fileId}' },
  },
  'POST /api/inboundFiles/:id/fetch': {
    description:
      'Files are fetched from the provider within seconds, tried again for two days and then given up; this begins anew. One that waits or is here stays as it is.',
    params: { id: '{fileId}' },
  },
  'POST /api/inbox/threads/:id/canned/:code': {
    description: 'Fills in the fields and counts the use; nothing is sent.',
    params: { id: '{threadId}', code: 'hours' },
  },
  'POST /api/inbox/threads/:id/draft': {
    description: 'Kept for you and this thread, on the server.',
    params: { id: '{threadId}' },
    body: { body: 'Hi Ada, we' },
  },
  'POST /api/inbox/threads/:id/notes': {
    description: 'Never sent to the person.',
    params: { id: '{threadId}' },
    body: { body: 'She called about the same on Monday.' },
  },
  'POST /api/inbox/threads/:id/reply': {
    description:
      'Words go where the person wrote, without an opt-in, while the time for it lasts and they have not opted out there. 409 where another agent has answered since `seenMessageId`. A file of `POST /api/media` goes with them by `mediaId`, or alone. With `sendAt` it goes later, unless the person writes before.',
    params: { id: '{threadId}' },
    body: {
      text: 'Hi Ada, we are open from 8 to 6.',
      seenMessageId: null,
      sendAt: '2099-01-01T09:00:00Z',
    },
    learns: { scheduledReplyId: 'scheduledId' },
  },
  'DELETE /api/inbox/threads/:id/scheduled/:scheduledId': {
    description: 'It goes no more.',
    params: { id: '{threadId}', scheduledId: '{scheduledReplyId}' },
  },
  'POST /api/inbox/threads/:id/assign': {
    description: 'To a console account, by turns among those who are there, or (null) to nobody.',
    params: { id: '{threadId}' },
    body: { to: null },
  },
  'POST /api/inbox/threads/:id/tags': {
    description: 'Replaces the tags.',
    params: { id: '{threadId}' },
    body: { tags: ['delivery'] },
  },
  'POST /api/inbox/threads/:id/read': {
    description: 'For all agents: a thread is read once.',
    params: { id: '{threadId}' },
    body: { read: true },
  },
  'POST /api/inbox/threads/:id/state': {
    description:
      '`snoozed` needs `until`, and ends before it when the person writes. Spam stays spam whatever they write.',
    params: { id: '{threadId}' },
    body: { state: 'resolved' },
  },
  'POST /api/inbox/presence': {
    description:
      'Shows the others who looks at a thread or writes in it; it ends half a minute after the last sign.',
    body: { window: 'a-window', threadId: '{threadId}', doing: 'looking' },
  },
  'POST /api/inbox/agents/me': {
    description: 'Whoever is away gets no threads by turns.',
    body: { isAway: false },
  },
  'GET /api/inbox/agents': { description: 'The console accounts of the project.' },
  'GET /api/inbox/live': {
    description:
      'For an EventSource: it stays open for a quarter of an hour, or as many `seconds` as you say, and the browser comes back. Each connection begins with `lookAgain`, since nothing is kept for who was away.',
    query: { seconds: 1 },
  },
  'GET /api/inbox/measures': {
    description:
      'Of threads opened in a range of time, 30 days unless told. Waits are by the clock, in seconds.',
  },
  'DELETE /api/inbox/canned/:code': {
    description: 'Deletes a canned reply.',
    params: { code: 'hours' },
  },
};
