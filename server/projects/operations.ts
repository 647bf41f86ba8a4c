import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const projectOperations: Operations = {
  'GET /auth/state': {
    description:
      'Tells the sign-in page whether to offer making the first account. Needs no key and tells nothing else.',
  },
  'POST /auth/first-account': {
    description:
      'Makes the first account of the project to which the key belongs; the key proves that the caller runs the project. Once there is one, further accounts are made by those who can sign in.',
    body: {
      key: '{key}',
      name: 'Ada Lovelace',
      email: 'ada@harbor.example',
      password: 'correct horse battery staple',
      brand: 'Harbor Coffee',
      helpContact: 'help@harbor.example',
    },
  },
  'GET /auth/accounts': {
    description: 'Everybody who may sign in to the console of this project, oldest first. Needs a session.',
  },
  'POST /auth/accounts': {
    description:
      'Adds an account to this project. An email has one account in the whole installation. Needs a session.',
    body: {
      name: 'Grace Hopper',
      email: 'grace@harbor.example',
      password: 'a phrase that nobody guesses',
    },
  },
  'POST /auth/accounts/:id/password': {
    description: 'For somebody who forgot theirs: sets another one and ends their sessions. Needs a session.',
    params: { id: '{accountId}' },
    body: { password: 'another phrase to begin with' },
  },
  'POST /auth/reset-password': {
    description:
      'For whoever forgot their password and has a server-side key of the project: sets another one and ends their sessions.',
    body: { key: '{key}', email: 'grace@harbor.example', password: 'a phrase of my own now' },
  },
  'DELETE /auth/accounts/:id': {
    description: 'Removes an account and ends its sessions. The last one stays. Needs a session.',
    params: { id: '{accountId}' },
  },
  'GET /api/project': {
    description:
      'Brand and help contact stand in the confirmations that people get; country and time zone are used where a number or a person names none.',
  },
  'PATCH /api/project': {
    description:
      'Changes what is named and leaves the rest. Set `brand` before the first campaign: it is how people recognise you in the answer to STOP.',
    body: {
      brand: 'Harbor Coffee',
      helpContact: 'help@harbor.example',
      frequencyCaps: [{ medium: 'sms', messages: 4, hours: 168 }],
    },
  },
  'GET /api/keys': {
    description: 'The keys by name and first characters; a whole key is never shown again.',
  },
  'POST /api/keys': {
    description:
      'A key of kind `server` may do everything, `readOnly` may only read. Keep the answer: only a hash of the key is stored.',
    body: { name: 'warehouse', kind: 'readOnly' },
    learns: { keyId: 'id' },
  },
  'DELETE /api/keys/:id': {
    description: 'Revokes a key for good. The last server-side key cannot be revoked.',
    params: { id: '{keyId}' },
  },
};
