import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const senderOperations: Operations = {
  'GET /api/wires': {
    description:
      'Each wire with the schemas of its accounts: what `settings` and `secrets` of POST /api/providerAccounts hold, with a label for each field.',
  },
  'GET /api/providerAccounts': {
    description: 'Accounts with Twilio, Meta and mail servers; secrets are never shown.',
  },
  'POST /api/providerAccounts': {
    description: 'An account with a provider. Its secrets are encrypted with the installation’s own key.',
    body: {
      name: 'Twilio, second account',
      wire: 'twilio',
      settings: { accountSid: 'AC0123456789abcdef0123456789abcdef', baseUrl: 'https://api.twilio.com' },
      secrets: { authToken: '0123456789abcdef0123456789abcdef' },
    },
    learns: { accountId: 'id' },
  },
  'PATCH /api/providerAccounts/:id': {
    description: 'What is left out stays; `stoppedReason` stops an account, null starts it again.',
    params: { id: '{accountId}' },
    body: { stoppedReason: 'moving to another account' },
  },
  'GET /api/senders': {
    description: 'All senders with their pace, their daily cap and whether replies reach them.',
  },
  'POST /api/senders': {
    description:
      'Sets up a sender. A channel without a wire is refused; so is a kind that the country does not know.',
    body: {
      kind: 'email',
      address: 'club@harbor.example',
      country: 'US',
      purpose: 'promotional',
      providerAccountId: 3,
      name: 'Club',
      mps: 10,
    },
    learns: { senderId: 'id' },
  },
  'PATCH /api/senders/:id': {
    description: 'Changes, stops or starts a sender; workers know of it within a second.',
    params: { id: '{senderId}' },
    body: { mps: 14 },
  },
  'GET /api/senderPools': { description: 'All pools: several senders that share the work of one purpose.' },
  'POST /api/senderPools': {
    description: 'Makes a pool of senders of one medium and purpose. A person keeps the sender they know.',
    body: { name: 'Marketing', senderIds: [7, '{senderId}'] },
    learns: { poolId: 'id' },
  },
  'GET /api/senderPools/:id': { description: 'One pool with its senders.', params: { id: '{poolId}' } },
  'PATCH /api/senderPools/:id': {
    description: 'Renames a pool or changes its senders.',
    params: { id: '{poolId}' },
    body: { senderIds: [7] },
  },
  'DELETE /api/senderPools/:id': {
    description: 'Deletes a pool that no campaign names.',
    params: { id: '{poolId}' },
  },
  'DELETE /api/senders/:id': {
    description: 'Deletes a sender that was never used; one that was is stopped instead.',
    params: { id: '{senderId}' },
  },
  'PUT /api/rates': {
    description: 'Replaces the price list, as rows or as CSV; nothing is taken if one cell is wrong.',
    body: {
      rates: [
        { provider: 'Twilio', wire: 'twilio', country: 'US', medium: 'sms', amount: '0.0083' },
        { provider: 'Twilio', wire: 'twilio', country: '*', medium: 'sms', amount: '0.05' },
      ],
    },
  },
  'GET /api/rates': {
    description: 'The price list in force, your own or the one that comes with the program.',
  },
  'DELETE /api/rates': { description: 'Goes back to the price list that comes with the program.' },
};
