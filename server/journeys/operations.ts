import type { Operations } from '../http/operations.ts';

const journey = { id: '{journeyId}' };
const document = {
  entry: { on: { event: { name: 'cartAbandoned' } }, atOnce: 1 },
  exits: [{ name: 'bought', purchase: {}, goal: true }],
  goal: { purchase: {}, within: { hours: 168 } },
  start: 'hour',
  tiles: {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'seen' },
    seen: {
      kind: 'split',
      branches: [{ name: 'knows us', of: { event: { name: 'viewedProduct' } }, next: 'note' }],
      otherwise: 'end',
    },
    note: { kind: 'trackEvent', name: 'cartReminderDue', next: 'end' },
  },
};

const file = {
  format: 'carillon-journey-1',
  name: 'From a file',
  document: {
    entry: { on: { api: {} } },
    start: 'note',
    tiles: { note: { kind: 'trackEvent', name: 'welcomed', next: 'end' } },
  },
  names: {},
};

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const journeyOperations: Operations = {
  'POST /api/journeys': {
    description:
      'Makes a draft. It may be half done; what is still wrong in it is told by POST /api/journeys/{id}/check, and it is not published while anything is.',
    body: { name: 'Cart reminder', description: 'After an hour, unless they buy', document },
    learns: { journeyId: 'id' },
  },
  'GET /api/journeys': {
    description: 'Journeys of the project, as Iterable answers them.',
    query: { pageSize: 10 },
  },
  'GET /api/journeys/readyMade': {
    description:
      'For what most people need, each with a few questions and the answers that it has unless others are given.',
  },
  'POST /api/journeys/readyMade/:id': {
    description:
      'The draft is yours from then on, like any other. What it sends on WhatsApp has to be submitted to Meta before the journey is published.',
    params: { id: 'orderConfirmation' },
    body: { answers: { confirmation: 'Thank you, {{firstName}}. We have your order over {{total}}.' } },
  },
  'GET /api/journeys/schema': { description: 'What documents may hold, as JSON Schema (draft 2020-12).' },
  'GET /api/journeys/:id': { description: 'One journey with its draft.', params: journey },
  'PATCH /api/journeys/:id': {
    description: 'Changes what is named. Those inside go by what is published, whatever is drawn.',
    params: journey,
    body: { description: 'An hour after the cart was left, unless they buy' },
  },
  'POST /api/journeys/:id/check': {
    description: 'Each tile in words, and how many people are at tiles that the draft takes away or changes.',
    params: journey,
  },
  'POST /api/journeys/:id/publish': {
    description:
      'People go by the draft from the answer on. Those at a tile that is gone go where `moves` says; those in a wait that is otherwise go on waiting as they began, unless `recompute` names it.',
    params: journey,
    body: {},
  },
  'GET /api/journeys/:id/file': {
    description:
      'As it is published, or as it is drawn where it never was or where `draft` asks for it: with the names of all that its numbers mean, so that another project can read it.',
    params: journey,
  },
  'GET /api/journeys/:id/mermaid': {
    description: 'Its tiles in words and its ways, to be shown wherever Mermaid is drawn.',
    params: journey,
  },
  'GET /api/journeys/files': { description: 'What `journeys pull` writes into a folder.' },
  'POST /api/journeys/files/plan': {
    description:
      'Of each file: whether its journey is new, changed or the same, each change with its place, how many people stand where something changes, what it names that the project has not, and what else is wrong.',
    body: { files: [file] },
  },
  'POST /api/journeys/files/draft': {
    description:
      'Nobody enters it before it is published. What the file names and the project has not stands in the draft as 0, and secrets that were sealed elsewhere are left out: `check` tells each with its place.',
    body: { file },
  },
  'POST /api/journeys/files/apply': {
    description:
      'Journeys are found by their names, and what their documents need by the names in the file. Each is published by itself, in the order of the files; applied again, those that are done are the same. One that says `draft` is kept as a draft.',
    body: { files: [file] },
    learns: { calledJourneyId: 'plans.0.id' },
  },
  'GET /api/journeys/:id/versions': { description: 'Every version that was published.', params: journey },
  'GET /api/journeys/:id/counts': { description: 'What became of people at each tile.', params: journey },
  'GET /api/journeys/:id/experiments': {
    description: 'Results of experiments by variant; none where no tile is one.',
    params: journey,
  },
  'POST /api/workflows/triggerWorkflow': {
    description:
      'Lets somebody into a journey whose entry is `api`, as Iterable’s clients do it; any other is refused. Who is not known yet is made. `dataFields` come with the entry: tiles and templates see them.',
    body: { workflowId: '{calledJourneyId}', userId: 'ada', dataFields: { cart: 'blue shoes' } },
  },
  'POST /api/journeys/:id/rehearsals': {
    description:
      'Everybody goes along a virtual time of their own by the rules of the journey and of admission: who enters, what each tile does with them, which message leaves when and from whom, and why one does not. What people do meanwhile is supposed, or taken from what is on record. Nothing is sent or written but the sums.',
    params: journey,
    body: {
      entries: { supposed: { everybody: true, over: { hours: 12 } } },
      supposing: { purchase: { share: 20, within: { hours: 6 } } },
      days: 7,
    },
    learns: { rehearsalId: 'rehearsalId' },
  },
  'GET /api/journeys/:id/rehearsals': {
    description: 'What each was asked for, and how it stands; older ones are dropped.',
    params: journey,
    given: 'theRehearsalIsDone',
  },
  'GET /api/journeys/:id/rehearsals/:rehearsalId': {
    description:
      'Its figures grow while it is worked on. `actual` tells beside them what has really become of people since the journey was published.',
    params: { ...journey, rehearsalId: '{rehearsalId}' },
  },
  'GET /api/journeys/:id/rehearsals/defaults': {
    description:
      'Whether recorded entries can be asked for, and all that the journey hears of people, each with where it stands in `supposing`, and how often messages of the project have seen it.',
    params: journey,
  },
  'GET /api/journeys/:id/rehearsals/:rehearsalId/standings': {
    description:
      'By tile, in steps of an hour, or of some where many days are gone through: with what came and went one knows how many are where at any moment.',
    params: { ...journey, rehearsalId: '{rehearsalId}' },
  },
  'GET /api/journeys/:id/rehearsals/:rehearsalId/people': {
    description:
      'Each with their way: every tile, when and why; every message, when it leaves or why it does not.',
    params: { ...journey, rehearsalId: '{rehearsalId}' },
    query: { limit: 10 },
  },
  'POST /api/journeys/:id/rehearsals/:rehearsalId/cancel': {
    description: 'One that is over stays as it is.',
    params: { ...journey, rehearsalId: '{rehearsalId}' },
  },
  'GET /api/journeys/:id/why': {
    description:
      'Of one person, named by email or userId: each passage with every step and what was seen at it.',
    params: journey,
    query: { userId: 'ada' },
  },
  'GET /api/users/:ref/journeys': {
    description: 'A hundred at most. What each did in one of them tells `GET /api/journeys/{id}/why`.',
    params: { ref: 'ada' },
  },
  'POST /api/journeys/:id/close': { description: 'Nobody enters; those inside move on.', params: journey },
  'POST /api/journeys/:id/open': { description: 'People may enter again.', params: journey },
  'POST /api/journeys/:id/pause': {
    description:
      'Nobody enters, nobody moves, and nothing of it leaves. Time goes on: who was due in between goes on with the resumption.',
    params: journey,
  },
  'POST /api/journeys/:id/resume': {
    description: 'All who are inside go on, and people may enter again.',
    params: journey,
  },
  'POST /api/journeys/:id/stop': {
    description: 'All leave with the reason `stopped`; what waits of their messages is taken back.',
    params: journey,
  },
  'POST /api/journeys/:id/archive': { description: 'Puts it away with its numbers.', params: journey },
  'POST /api/journeys/:id/copy': {
    description: 'For a journey like it, or to go on with one that is archived.',
    params: journey,
    body: { name: 'Another cart reminder' },
    learns: { copyId: 'id' },
  },
  'DELETE /api/journeys/:id': {
    description: 'Deletes one that was never published. A published one is archived instead.',
    params: { id: '{copyId}' },
  },
};
