import { type Static, Type } from 'typebox';
import { placeOfUrl } from '../../outbound/place.ts';
import { accountFields, accountShape, baseUrlField, patternField, textField } from '../account-shape.ts';
import type { ProviderAccount } from '../sending.ts';

const settings = accountFields({
  accountSid: patternField('Account SID', '^AC[0-9a-f]{32}$', 'AC and 32 signs from 0 to 9 and a to f', {
    where: 'On the first page of console.twilio.com, under “Account Info”. It begins with AC.',
  }),
  baseUrl: baseUrlField('https://api.twilio.com'),
});

const secrets = accountFields({
  authToken: textField('Auth token', {
    where:
      'Beside the Account SID: press “Show”. An API key will not do, since callbacks are signed with this token.',
  }),
  // Callbacks may be signed with either.
  otherAuthToken: Type.Optional(
    textField('Other auth token, while it is being rotated', {
      where: 'Only while you change tokens: Account → API keys & tokens → Secondary auth token.',
    }),
  ),
});

/** What an account with Twilio is made of. */
export const twilioAccount = accountShape({
  ...{ settings, secrets, destination: ['baseUrl'] },
  placeOf: ({ baseUrl }) => placeOfUrl(baseUrl),
});

/** An account with Twilio. */
export type TwilioAccount = ProviderAccount & Static<typeof settings> & Static<typeof secrets>;

/** Whether an account is one of this wire: it was then opened by the schemas above. */
export function isTwilioAccount(account: ProviderAccount): account is TwilioAccount {
  return account.wire === 'twilio';
}
