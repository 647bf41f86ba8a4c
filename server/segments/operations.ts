import type { Operations } from '../http/operations.ts';

const segment = { id: '{segmentId}' };
const definition = {
  all: [
    { event: { name: 'viewedProduct', during: { last: { days: 30 } }, times: { atLeast: 1 } } },
    { field: { path: 'firstName', exists: true } },
    { none: [{ purchase: { revenue: { moreThan: 100 }, during: { lastDays: 90 } } }] },
  ],
};

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const segmentOperations: Operations = {
  'POST /api/segments/preview': {
    description:
      'Counts a definition that need not be saved: in all, of each condition alone, and how many may be written to in each channel with why the others not. Of many people the first answer has an interval; asked again, it comes of more until `isCounted`. `sentence` says what the definition means, `remarks` what is dear or odd in it.',
    body: { definition },
  },
  'POST /api/segments': {
    description:
      'Keeps a definition under a name. It is asked anew each time it is used. Zones that are left out are filled in with the project’s.',
    body: { name: 'Looked, bought little', description: 'For the autumn offer', definition },
    learns: { segmentId: 'id' },
  },
  'GET /api/segments': { description: 'All segments of the project, each with its sentence.' },
  'GET /api/segments/schema': {
    description: 'What definitions may hold, as JSON Schema (draft 2020-12).',
  },
  'GET /api/segments/names': {
    description: 'Fields of profiles and events with their fields, as they were seen so far.',
  },
  'GET /api/segments/:id': { description: 'One segment.', params: segment },
  'PATCH /api/segments/:id': {
    description:
      'Changes what is named. A campaign that is being admitted goes by the new definition for those who are still to come. A segment that is made live is filled by a worker, silently, and so is a live one whose definition is another, unless `announce` is true.',
    params: segment,
    body: { name: 'Looked and bought little', live: true },
  },
  'POST /api/segments/:id/preview-change': {
    description:
      'For the question before a live segment is changed. Each live segment that would mean something else is told of: the segment itself, where it is live, and live ones that name it.',
    params: segment,
    body: { definition: { field: { path: 'firstName', is: 'Ada' } } },
  },
  'GET /api/segments/:id/size': {
    description:
      'A point for each full hour, and one for when it was filled. Of one that was never live there is none.',
    params: segment,
  },
  'GET /api/segments/:id/members': {
    description: 'Who is of it now. Go on with `nextAfter` until there is none.',
    params: segment,
    query: { limit: 10 },
  },
  'GET /api/segments/:id/why': {
    description:
      'Of one person, named by email, userId, phone or whatsAppUserId: whether each condition holds, and what it looked at, with those of the segments that it names.',
    params: segment,
    query: { userId: 'ada' },
  },
  'GET /api/segments/:id/file': {
    description:
      'For another project, or to be kept beside one’s own files. `names` tells what ids in it mean.',
    params: segment,
  },
  'POST /api/segments/import': {
    description:
      'Makes a segment of such a file. Lists, segments, channels, message types, templates, campaigns and journeys are found by what `names` calls them; one that is not there, or there twice, is refused.',
    body: {
      format: 'carillon-segment-1',
      name: 'Named Ada',
      definition: { field: { path: 'firstName', is: 'Ada' } },
      names: {},
    },
  },
  'POST /api/segments/diff': {
    description: 'The places at which two definitions differ, with both in words.',
    body: {
      before: { field: { path: 'firstName', is: 'Ada' } },
      after: { field: { path: 'firstName', is: 'Ada', ignoringCase: true } },
    },
  },
  'POST /api/segments/:id/list': {
    description: 'Makes a list of those who are of it at this instant.',
    params: segment,
    body: { name: 'Looked, bought little, in November' },
  },
  'DELETE /api/segments/:id': {
    description: 'Deletes a segment. Refused while another one, or a campaign that may yet send, names it.',
    params: segment,
  },
};
