import type { Operations } from '../http/operations.ts';

/** What the calls of one-time codes do, with an example of each, in the order in which they can be made. */
export const verificationOperations: Operations = {
  'POST /api/verifications/profiles': {
    description:
      'Makes a verification profile: to which countries codes go, from which senders, how they are told, and what they may cost. Codes go to no country that it does not name.',
    body: { name: 'Sign-in', countries: ['US', 'GB'], webDomain: 'shop.example.com' },
    learns: { verificationProfileId: 'id' },
  },
  'GET /api/verifications/profiles': {
    description: 'All verification profiles of the project by name, each with the text that it sends.',
  },
  'GET /api/verifications/profiles/:id': {
    description: 'A verification profile, with the text that it sends.',
    params: { id: '{verificationProfileId}' },
  },
  'PATCH /api/verifications/profiles/:id': {
    description:
      'Changes a verification profile; what is left out stays. Codes that were sent live as long as they were to.',
    params: { id: '{verificationProfileId}' },
    body: { countries: ['US', 'GB', 'CA'], dailyBudget: 20 },
  },
  'POST /api/verifications/profiles/:id/whatsApp': {
    description:
      'Has Meta make the template by which codes go out on WhatsApp: its words are Meta’s own, in each language, with a button that copies the code. Call it again to ask where it stands; webhooks of Meta keep it up to date besides.',
    params: { id: '{verificationProfileId}' },
    body: { senderId: 6, language: 'en_US' },
  },
  'POST /api/verifications': {
    description:
      'Sends a code to a number, known or not; it goes out before all else. While the code lives the same one is sent again, after 30, 60 and then 120 seconds, 5 times an hour and 10 a day at most; a call that comes too early is refused with `retryAfterSeconds`. Name `clientAddress` so that nobody has codes sent to many numbers.',
    body: { profileId: '{verificationProfileId}', phoneNumber: '+14155550142', clientAddress: '203.0.113.7' },
  },
  'POST /api/verifications/check': {
    description:
      'Whether a code is the one that the number was sent last, lives and was not used. After five wrong ones it is worth nothing. Who is `verified` has the event `phoneVerified`.',
    body: { profileId: '{verificationProfileId}', phoneNumber: '+14155550142', code: '000000' },
  },
  'POST /api/verifications/cancel': {
    description: 'Takes back the code that a number was sent and has not used.',
    body: { profileId: '{verificationProfileId}', phoneNumber: '+14155550142' },
  },
  'POST /api/verify/sms/begin': {
    description:
      'As Iterable’s call of this name; `verificationProfileId` is a profile of this project. The same as `POST /api/verifications`, by SMS.',
    body: { verificationProfileId: '{verificationProfileId}', phoneNumber: '+14155550143' },
  },
  'POST /api/verify/sms/check': {
    description: 'As Iterable’s call of this name: `params.status` is `verified` or `rejected`.',
    body: { verificationProfileId: '{verificationProfileId}', phoneNumber: '+14155550143', code: '000000' },
  },
  'GET /api/verifications/profiles/:id/figures': {
    description:
      'How many codes were asked for, sent, checked rightly and refused, by hour, country and prefix, and what they cost. Where hardly any are checked somebody may be having them sent for money: such places are blocked, and listed.',
    params: { id: '{verificationProfileId}' },
    query: { days: 7 },
    given: 'aBlockStands',
  },
  'POST /api/verifications/profiles/:id/blocks/:blockId/lift': {
    description: 'Ends a block of a country or prefix; what was sent there before counts no more.',
    params: { id: '{verificationProfileId}', blockId: '{blockId}' },
  },
  'DELETE /api/verifications/profiles/:id': {
    description:
      'Deletes a verification profile with its figures; codes that it sent cannot be checked any more.',
    params: { id: '{verificationProfileId}' },
  },
};
