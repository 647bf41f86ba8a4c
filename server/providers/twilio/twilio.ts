import type { Wire } from '../wire.ts';
import { twilioAccount } from './account.ts';
import { twilioCallbacks } from './callbacks.ts';
import { twilioError } from './error-codes.ts';
import { twilioSetUp } from './set-up.ts';
import { simulatedTwilio } from './simulated.ts';
import { createTwilioWire } from './twilio-wire.ts';

/** SMS and MMS by Twilio's Programmable Messaging. */
export const twilio: Wire = {
  name: 'twilio',
  title: 'Twilio',
  media: ['sms'],
  account: twilioAccount,
  setUp: twilioSetUp,
  errorOf: twilioError,
  open: ({ exchanges }) => createTwilioWire(exchanges),
  callbacks: twilioCallbacks,
  simulated: simulatedTwilio,
};
