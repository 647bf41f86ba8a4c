import type { Wire } from '../wire.ts';
import { smtpAccount } from './account.ts';
import { rowOf } from './error-codes.ts';
import { smtpSetUp } from './set-up.ts';
import { createSmtpWire } from './smtp-wire.ts';

const minute = 60_000;

/** Email by a mail server, which is given messages and tells nothing of them later. */
export const smtp: Wire = {
  name: 'smtp',
  title: 'Mail server',
  media: ['email'],
  account: smtpAccount,
  setUp: smtpSetUp,
  errorOf: (code) => rowOf(code),
  // What is refused for the moment is tried for about four days (RFC 5321 section 4.5.4.1).
  waits: { transient: { firstMs: minute, longestMs: 240 * minute, growth: 2, most: 30 } },
  open: ({ guard }) => createSmtpWire(guard),
  callbacks: [],
  simulated: {
    settingsAt: ({ smtp: { host, port } }) => ({ host, port, secure: false }),
    newAccount: () => ({ settings: {}, secrets: {} }),
    registrations: () => [],
  },
};
