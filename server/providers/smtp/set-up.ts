import type { Guard } from '../../outbound/guard.ts';
import { placeOfMailServer } from '../../outbound/place.ts';
import { type AccountSetUp, type AccountStep, type Finding, fault, fine, notice } from '../account-set-up.ts';
import { isSmtpAccount, type SmtpAccount } from './account.ts';
import { type Greeting, greetServer } from './smtp-wire.ts';

/** How long a mail server may take to answer while somebody watches, in ms. */
const patienceMs = 8_000;

const server: AccountStep = {
  name: 'server',
  title: 'Your mail server',
  about:
    'Your mail provider tells these under “SMTP”, “outgoing mail” or “sending by SMTP”. Take the server that is meant for sending by programs, not the one that a mail program reads from (IMAP).',
  fields: ['host', 'port', 'secure'],
  async check(account, { guard }) {
    if (!isSmtpAccount(account)) return [];
    const { host, port, secure } = account;
    const place = placeOfMailServer(host, port);
    const isOurs = !('fault' in place) && guard.isSimulator(place);
    const encrypted = await greet(account, guard, { requireTLS: !secure });
    if (encrypted.ok)
      return [fine('Connection', `${host}:${port} answers, and what goes there is encrypted by TLS`)];
    if (encrypted.code === 'OUTBOUND' || secure || encrypted.code === 'ECONNECTION')
      return [connectionFault(account, encrypted)];
    const plain = await greet(account, guard, {});
    if (!plain.ok) return [connectionFault(account, plain)];
    return [fine('Connection', `${host}:${port} answers`), ...(isOurs ? [] : [unencrypted])];
  },
};

const unencrypted = notice(
  'TLS',
  'The server takes mail without encryption only: whoever is on the way can read it, the password too',
  'Ask your provider for a server with TLS. Within your own network it may stay as it is.',
);

const signIn: AccountStep = {
  name: 'signIn',
  title: 'Sign in to it',
  about:
    'Sending by programs mostly wants a password made for it. Your domain must also allow this server to send for it (SPF and DKIM records, which your provider tells), or mail lands in spam.',
  fields: ['user', 'password'],
  async check(account, { guard }) {
    if (!isSmtpAccount(account)) return [];
    if (account.user === undefined)
      return [fine('Sign-in', 'No user name is given, so mail is sent without signing in')];
    const signed = await greet(account, guard, {
      auth: { user: account.user, pass: account.password ?? '' },
    });
    return [
      signed.ok ? fine('Sign-in', `The server takes ${account.user} and the password`) : signInFault(signed),
    ];
  },
};

const greet = (account: SmtpAccount, guard: Guard, more: Parameters<typeof greetServer>[3]) =>
  greetServer(account, guard, patienceMs, more);

function connectionFault(
  { host, port, secure }: SmtpAccount,
  { code, words }: Greeting & { ok: false },
): Finding {
  if (code === 'OUTBOUND')
    return fault('Connection', `The address ${words}`, 'Give the name of a server on the Internet.');
  const remedy =
    !secure && port === 465
      ? 'Port 465 wants TLS from the first byte: switch it on.'
      : secure && port !== 465
        ? `Port ${port} mostly begins without TLS: switch “TLS from the first byte” off, or take port 465.`
        : 'Compare name and port with what your provider tells. Many networks let nothing out on port 25: take 587.';
  return fault('Connection', `${host}:${port} could not be used: ${words}`, remedy);
}

function signInFault({ code, words }: Greeting & { ok: false }): Finding {
  return code === 'EAUTH' || code === 'ENOAUTH'
    ? fault(
        'Sign-in',
        `The server refused it: ${words}`,
        'Compare the user name, and make a new app password or SMTP key: the one you sign in to the website with is mostly refused.',
      )
    : fault('Sign-in', `The server could not be used: ${words}`, 'Try again in a moment.');
}

/** How an account with a mail server is connected. */
export const smtpSetUp: AccountSetUp = { steps: [server, signIn] };
