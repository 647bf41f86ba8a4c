import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const userOperations: Operations = {
  'POST /api/users/update': {
    description:
      'Finds the person by userId, email or phone number and sets the fields that are named; somebody who is not known yet is made. A profile is no consent: that is recorded with POST /api/consent.',
    body: {
      userId: 'edsger',
      email: 'edsger@example.com',
      dataFields: { firstName: 'Edsger', phoneNumber: '(415) 555-0136', city: 'Austin' },
    },
  },
  'POST /api/users/bulkUpdate': {
    description:
      'Up to 10,000 people a call. Each row is taken or refused on its own; the answer names the refused ones with field, value and reason.',
    body: {
      users: [
        { userId: 'barbara', dataFields: { firstName: 'Barbara', phoneNumber: '+12125550137' } },
        { email: 'not an address', dataFields: { firstName: 'Nobody' } },
      ],
    },
  },
  'POST /api/users/updateEmail': {
    description:
      'Gives a person another email. What they agreed to by email goes along; opt-outs stay with the old address.',
    body: { currentEmail: 'edsger@example.com', newEmail: 'edsger.d@example.com' },
  },
  'GET /api/users/:email': {
    description: 'Nobody with this email is an empty object, as Iterable answers.',
    params: { email: 'ada@example.com' },
  },
  'GET /api/users/byUserId/:userId': {
    description: 'Nobody with this userId is an empty object, as Iterable answers.',
    params: { userId: 'ada' },
  },
  'GET /api/users/getByEmail': {
    description: 'The same with the email in the query. Nobody with this email is an empty object.',
    query: { email: 'ada@example.com' },
  },
  'GET /api/users/byUserId': {
    description: 'The same with the userId in the query. Nobody with this userId is an empty object.',
    query: { userId: 'ada' },
  },
  'GET /api/users/byPhone/:phone': {
    description: 'The number may be written as people write it; the project’s country tells it then.',
    params: { phone: '+14155550141' },
  },
  'GET /api/users/getFields': {
    description:
      'Every field that any profile has had, with the type of its first value; later values must agree.',
  },
  'POST /api/users/merge': {
    description:
      'Makes two people one: the destination keeps its fields, and gets what it lacks. The stricter of two consents stands. This cannot be taken back. Where there is no such destination the source gets its name.',
    body: { sourceUserId: 'barbara', destinationUserId: 'edsger' },
  },
  'POST /api/users/forget': {
    description:
      'Erases a person and their messages’ content, and refuses every update that would bring them back (409 ForgottenUserError) until they are unforgotten. Only hashes of what named them are kept. Whoever writes to us on their own is a new person; opt-outs stand.',
    body: { email: 'alan@example.com' },
  },
  'GET /api/users/forgotten': {
    description: 'SHA-256 of the email of everybody who is forgotten.',
  },
  'GET /api/users/forgottenUserIds': {
    description: 'SHA-256 of the userId, in lower case, of everybody who is forgotten.',
  },
  'POST /api/users/unforget': {
    description:
      'Lets a person be known again, by all that named them. What was deleted does not come back, and opt-outs stand.',
    body: { email: 'alan@example.com' },
  },
  'DELETE /api/users/:email': {
    description:
      'Deletes a person by email; an update may bring them back. Opt-outs stand on as a hash of the address.',
    params: { email: 'kurt@example.com' },
  },
  'DELETE /api/users/byUserId/:userId': {
    description:
      'Deletes a person by userId; an update may bring them back. Opt-outs stand on as a hash of the address.',
    params: { userId: 'emmy' },
  },
};
