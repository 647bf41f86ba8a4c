import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const consentOperations: Operations = {
  'GET /api/channels': { description: 'A channel is a medium with a purpose: marketing or transactional.' },
  'POST /api/channels': {
    description:
      'A channel of your own. Its medium and purpose cannot be changed later, as consent hangs on them.',
    body: { name: 'Loyalty SMS', messageMedium: 'SMS', channelType: 'Marketing' },
    learns: { channelId: 'id' },
  },
  'PUT /api/channels/:id': {
    description: 'Renames a channel.',
    params: { id: '{channelId}' },
    body: { name: 'Loyalty club by SMS' },
  },
  'GET /api/messageTypes': {
    description: 'What people subscribe to within a channel. Everything is opt-in.',
  },
  'POST /api/messageTypes': {
    description:
      'A message type within a channel. With `doubleOptIn` an opt-in waits until the person says yes; `frequency` stands in the confirmation.',
    body: { channelId: '{channelId}', name: 'Points', frequency: 'Up to 2 msgs/month', doubleOptIn: true },
    learns: { messageTypeId: 'id' },
  },
  'PUT /api/messageTypes/:id': {
    description: 'Changes what is named and leaves the rest.',
    params: { id: '{messageTypeId}' },
    body: { frequency: 'Up to 4 msgs/month' },
  },
  'POST /api/consent': {
    description:
      'Records that people agreed, with where, when and to which words: nothing is sent without it. `happenedAt` may not lie in the future. An opt-out that is newer stands.',
    body: {
      consents: [
        {
          userId: 'edsger',
          messageTypeId: 1,
          method: 'webForm',
          source: 'https://harbor.example/join',
          wording: 'Yes, text me your offers. Up to 4 msgs/month. Reply STOP to end.',
          ip: '203.0.113.7',
          happenedAt: '2026-11-20T10:00:00Z',
        },
      ],
    },
  },
  'POST /api/consent/optOut': {
    description:
      'Records a wish to be left alone that came by another way. An address that nobody has yet is kept as a hash, and whoever gets it is opted out.',
    body: { phone: '+14155550199', channelId: 1, source: 'a call to the shop' },
  },
  'GET /api/consent/proof': {
    description:
      'Where a person stands with each channel and message type, and every line of the ledger that led there.',
    query: { userId: 'ada' },
  },
};
