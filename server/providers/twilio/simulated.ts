import { randomBytes } from 'node:crypto';
import type { SimulatedSide } from '../simulated.ts';
import { isTwilioAccount } from './account.ts';
import { inboundUrlOf } from './webhook-set-up.ts';

/** Twilio as the simulator plays it. */
export const simulatedTwilio: SimulatedSide = {
  settingsAt: ({ url }) => ({ baseUrl: url }),
  newAccount: () => ({ settings: { accountSid: `AC${token()}` }, secrets: { authToken: token() } }),
  registrations(account, senders, callbacks) {
    if (!isTwilioAccount(account)) return [];
    const { accountSid, authToken } = account;
    const inboundUrl = inboundUrlOf(callbacks);
    return [
      { path: `/accounts/${accountSid}`, body: { authToken, inboundUrl } },
      ...senders
        .filter((sender) => sender.kind !== 'alphanumeric')
        .map(({ address }) => ({
          path: `/numbers/${encodeURIComponent(address)}`,
          // STOP is ours to obey and to answer, as with a Twilio account whose own handling is off.
          body: { accountSid, inboundUrl, optOutHandling: 'off' },
        })),
    ];
  },
};

function token(): string {
  return randomBytes(16).toString('hex');
}
