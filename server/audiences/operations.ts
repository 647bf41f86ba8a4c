import type { Operations } from '../http/operations.ts';

const people = `userId,firstName,phone,city,sms opt in
lise,Lise,(415) 555-0151,San Francisco,yes
hedy,Hedy,212-555-0152,New York,yes
`;
const consent = {
  source: 'form at harbor.example/join',
  method: 'webForm',
  wording: 'Yes, text me your offers',
  messageTypeIds: [1],
};
const file = { name: 'people.csv', type: 'text/csv', content: people };

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const audienceOperations: Operations = {
  'POST /api/lists': {
    description: 'Makes an empty list. Being on a list is no consent.',
    body: { name: 'Regulars', description: 'Came three times or more' },
    learns: { listId: 'listId' },
  },
  'GET /api/lists': {
    description: 'All lists of the project; with `sizes` how many people are on each.',
    query: { sizes: true },
  },
  'POST /api/lists/subscribe': {
    description:
      'Puts people on a list; those not known yet are made. Rows that cannot be taken are named with the reason.',
    body: { listId: '{listId}', subscribers: [{ userId: 'ada' }, { email: 'grace@example.com' }] },
  },
  'GET /api/users': {
    description:
      'For people who look for people: beginnings of words of name, email or ids, in any case and without accents, or the beginning or the end of a number as it is written. Up to 5,000 who match are counted and put in any order; of more `isCapped` says so and they come in the order of `since`. `next` and `previous`, given as `cursor`, lead from page to page. `listId` narrows to a list, `messageTypeId` with `standing` to those who stand so with it.',
    query: { query: 'ada', sort: 'name', pageSize: 10 },
  },
  'GET /api/users/:ref/lists': {
    description: 'The lists one person is on, by name.',
    params: { ref: 'ada' },
  },
  'GET /api/lists/getUsers': {
    description: 'Streams the list as text, one person a line.',
    query: { listId: '{listId}' },
  },
  'GET /api/lists/:listId/size': {
    description: 'The number of people on the list, as text.',
    params: { listId: '{listId}' },
  },
  'GET /api/lists/previewUsers': {
    description: 'Some people of the list as text, one a line.',
    query: { listId: '{listId}', size: 10 },
  },
  'POST /api/lists/unsubscribe': {
    description:
      'Takes people off a list; with `channelUnsubscribe` they are opted out of all marketing channels too.',
    body: { listId: '{listId}', subscribers: [{ userId: 'grace' }] },
  },
  'POST /api/users/updateSubscriptions': {
    description:
      'Sets a person’s lists, channels and message types. What is left out stays, and an opt-out of the person’s own stands.',
    body: { userId: 'grace', emailListIds: ['{listId}'] },
  },
  'POST /api/users/bulkUpdateSubscriptions': {
    description:
      'The same for up to 10,000 people; each row is taken or refused on its own, and `warnings` names opt-outs that a row leaves out and that stand.',
    body: {
      updateSubscriptionsRequests: [
        { userId: 'grace', emailListIds: ['{listId}'] },
        { email: 'nobody@example.com', emailListIds: ['{listId}'] },
      ],
    },
  },
  'POST /api/subscriptions/subscribeToDoubleOptIn': {
    description:
      'Asks a person by SMS to confirm; they are subscribed when they answer yes. The text names the project’s brand. Somebody who has opted out is not asked (409).',
    body: { userId: 'emmeline', phoneNumber: '+14155550148', messageTypeIds: [1] },
  },
  'PUT /api/subscriptions/:subscriptionGroup/:subscriptionGroupId': {
    description: 'Subscribes or unsubscribes many people at once: from a list, a message type or a channel.',
    params: { subscriptionGroup: 'messageType', subscriptionGroupId: 1 },
    query: { action: 'unsubscribe' },
    body: { usersByUserId: ['hannah'] },
  },
  'PATCH /api/subscriptions/:subscriptionGroup/:subscriptionGroupId/user/:userEmail': {
    description: 'Subscribes one person by email.',
    params: { subscriptionGroup: 'emailList', subscriptionGroupId: '{listId}', userEmail: 'ada@example.com' },
  },
  'DELETE /api/subscriptions/:subscriptionGroup/:subscriptionGroupId/user/:userEmail': {
    description: 'Unsubscribes one person by email.',
    params: { subscriptionGroup: 'emailList', subscriptionGroupId: '{listId}', userEmail: 'ada@example.com' },
  },
  'PATCH /api/subscriptions/:subscriptionGroup/:subscriptionGroupId/byUserId/:userId': {
    description: 'Subscribes one person by userId.',
    params: { subscriptionGroup: 'emailList', subscriptionGroupId: '{listId}', userId: 'ada' },
  },
  'DELETE /api/subscriptions/:subscriptionGroup/:subscriptionGroupId/byUserId/:userId': {
    description: 'Unsubscribes one person by userId.',
    params: { subscriptionGroup: 'messageType', subscriptionGroupId: 1, userId: 'hannah' },
  },
  'DELETE /api/lists/:listId': {
    description: 'Deletes a list; its people stay. Refused while a campaign that may yet send names it.',
    params: { listId: '{listId}' },
  },
  'POST /api/import/preview': {
    description:
      'Reads the first rows as an import would and writes nothing: what each column becomes, what each consent column says in each row, and what an import would ask first.',
    form: { file, options: { consent } },
  },
  'POST /api/import': {
    description:
      'Takes a CSV or XLSX, looks through it and answers; its rows are taken in the background. A file that opts people in needs it stated where they agreed. What cannot be told (which column is consent to what, day or month first, which sheet) is asked: the error names field, columns and the options that answer it in `params.questions`.',
    form: { file, options: { newListName: 'Autumn', consent } },
    learns: { importId: 'importId' },
  },
  'GET /api/import': { description: 'The imports of the project, newest first.', given: 'theImportIsDone' },
  'GET /api/import/:id': {
    description: 'State and counts, while it runs and after.',
    params: { id: '{importId}' },
  },
  'GET /api/import/:id/rows': {
    description: 'What was refused or doubtful, row by row with the reason.',
    params: { id: '{importId}' },
  },
  'GET /api/import/:id/undo': {
    description:
      'Counts what undoing it would do: whom it made and nobody else touched, and what of the others would end.',
    params: { id: '{importId}' },
  },
  'POST /api/import/:id/undo': {
    description:
      'Removes whom the import made and nobody else touched since; of the others ends the places on its list and the opt-ins that it gave. Opt-outs stay.',
    params: { id: '{importId}' },
  },
  'GET /api/import/:id/report.csv': {
    description:
      'The rows with a remark as they came, with what was wrong behind: mended, the file can be sent again.',
    given: 'theImportIsUndone',
    params: { id: '{importId}' },
  },
};
