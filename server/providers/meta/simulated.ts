import { randomBytes, randomInt } from 'node:crypto';
import type { SimulatedSide } from '../simulated.ts';
import { isMetaAccount } from './account.ts';

/** Meta as the simulator plays it. */
export const simulatedMeta: SimulatedSide = {
  settingsAt: ({ url }) => ({ baseUrl: url }),
  newAccount: () => ({
    settings: { version: 'v26.0', businessAccountId: digits() },
    secrets: { accessToken: token(), appSecret: token(), verifyToken: token() },
  }),
  newWireAddress: digits,
  registrations(account, senders, callbacks) {
    if (!isMetaAccount(account)) return [];
    const { businessAccountId, appSecret, verifyToken, accessToken } = account;
    const phoneNumbers = senders.map(({ wireAddress, address }) => ({
      ...{ id: wireAddress, displayNumber: address },
    }));
    return [
      {
        path: `/businesses/${businessAccountId}`,
        body: { appSecret, verifyToken, accessToken, webhookUrl: callbacks, phoneNumbers },
      },
    ];
  },
};

function token(): string {
  return randomBytes(16).toString('hex');
}

/** An id as Meta's are: fifteen digits. */
function digits(): string {
  return `${randomInt(1, 10)}${String(randomInt(0, 10 ** 14)).padStart(14, '0')}`;
}
