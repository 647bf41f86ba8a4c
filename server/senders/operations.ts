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
  'POST /api/providerAccounts/check': {
    description:
      'Looks with the provider at what is known so far, step by step (`steps` of GET /api/wires): each finding says what was found and, where something is wrong, the remedy. After the last step without a fault, `numbers` are those that may be senders. Nothing is kept.',
    body: {
      wire: 'twilio',
      step: 'numbers',
      settings: { accountSid: 'AC0123456789abcdef0123456789abcdef', baseUrl: '{simulatorUrl}' },
      secrets: { authToken: '0123456789abcdef0123456789abcdef' },
    },
  },
  'POST /api/providerAccounts': {
    description:
      'An account with a provider. Its secrets are encrypted with the installation’s own key. `senders` are made with it, all or nothing.',
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
  'GET /api/providerAccounts/:id/check': {
    description:
      'Looks an account over with its provider: sign-in, whether the provider calls here, and what it says of each active sender (registration, quality, limits). `webhooks` is what would be entered by hand.',
    params: { id: 2 },
  },
  'GET /api/providerAccounts/:id/numbers': {
    description:
      'What the account has at its provider that may be a sender, with the usual pace of its kind.',
    params: { id: 1 },
  },
  'POST /api/providerAccounts/:id/webhooks': {
    description:
      'Has the provider call here: Twilio for the texts to each active number, Meta for everything of the account.',
    params: { id: 1 },
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
  'GET /api/senders/:id/whatsApp': {
    description:
      'A WhatsApp number as Meta has it: registration, display name, profile, ice breakers, badge, and what is wrong with the remedy.',
    params: { id: 6 },
  },
  'PATCH /api/senders/:id/whatsApp/profile': {
    description: 'Changes the business profile at Meta; `pictureUrl` is fetched and uploaded there.',
    params: { id: 6 },
    body: { about: 'Coffee by the harbor', websites: ['https://harbor.example'], vertical: 'RETAIL' },
  },
  'PUT /api/senders/:id/whatsApp/conversation': {
    description:
      'Ice breakers are questions that one may tap before writing; commands are typed after a stroke.',
    params: { id: 6 },
    body: {
      iceBreakers: ['When are you open?', 'Where is my order?'],
      commands: [{ name: 'order', description: 'Where my order is' }],
    },
  },
  'POST /api/senders/:id/whatsApp/badge': {
    description: 'Meta grants the badge to verified, well-known businesses after 30 days on the platform.',
    params: { id: 6 },
    body: { action: 'submit' },
  },
  'POST /api/senders/:id/whatsApp/deregister': {
    description: 'Nothing can be sent from the number until it is registered again.',
    params: { id: 6 },
  },
  'POST /api/senders/:id/whatsApp/requestCode': {
    description: 'Meta texts or calls the number with six digits.',
    params: { id: 6 },
    body: { method: 'SMS', language: 'en_US' },
  },
  'POST /api/senders/:id/whatsApp/verifyCode': {
    description: 'The six digits, after which Meta knows that the number is yours.',
    given: 'aCodeCameToTheNumber',
    params: { id: 6 },
    body: { code: '{numberCode}' },
  },
  'POST /api/senders/:id/whatsApp/register': {
    description:
      'Needed before a number may send, and again after its display name was changed. The PIN is the number’s own; Meta takes ten tries in 72 hours.',
    params: { id: 6 },
    body: { pin: '314159' },
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
