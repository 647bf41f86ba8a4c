import type { Account, Registry } from '../network/registry.ts';

/** Whose call it is: of the account `sid`, or of the one that calls when the path names none (null). */
export type Authenticate = (header: string | undefined, sid: string | null) => Account | null;

/**
 * Checks Basic auth of an account's calls. An account is known from its first call on: the token of that call
 * is its token, with which its callbacks are signed. An account may act for its subaccounts.
 */
export function createAuthenticate(registry: Registry): Authenticate {
  // Decoding the same header for every message would cost more than the rest of the check.
  const decoded = new Map<string, { user: string; token: string }>();

  function decode(header: string): { user: string; token: string } {
    const known = decoded.get(header);
    if (known) return known;
    const text = Buffer.from(header.slice(6), 'base64').toString();
    const colon = text.indexOf(':');
    const pair = { user: text.slice(0, Math.max(0, colon)), token: text.slice(colon + 1) };
    if (decoded.size > 1000) decoded.clear();
    decoded.set(header, pair);
    return pair;
  }

  function caller(user: string, token: string): Account | null {
    const account = registry.accounts.get(user);
    if (account) return account.authToken === token ? account : null;
    if (!user.startsWith('AC')) return null;
    const first = { sid: user, authToken: token };
    registry.accounts.set(user, first);
    return first;
  }

  return (header, sid) => {
    if (!header?.startsWith('Basic ')) return null;
    const { user, token } = decode(header);
    if (token === '') return null;
    // An API key (SK…) is taken for an account that is set up; its secret does not sign. Where the path names no
    // account it is the only one that there is.
    if (user.startsWith('SK')) {
      const accounts = registry.accounts.values();
      return (
        (sid === null ? (accounts.length === 1 ? accounts[0] : null) : registry.accounts.get(sid)) ?? null
      );
    }
    if (sid === null || sid === user) return caller(user, token);
    const other = registry.accounts.get(sid);
    return other?.ownerSid === user && caller(user, token) ? other : null;
  };
}
